import { useEffect, useState } from 'preact/hooks';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { api } from '../../../lib/services.ts';

/** What the history keeps of a page whose address was exchanged: for this tab alone. */
export const codeOfHistory = (): string | undefined => {
  const kept = (history.state as { code?: unknown } | null)?.code;
  return typeof kept === 'string' ? kept : undefined;
};

/**
 * As soon as a case is drawn, the address bar holds the link that may be forwarded: whoever is sent it from a chat's menu sees how far the matter is,
 * and not the matter. The query code stays with this tab.
 */
export const Share = ({ code }: { code: string }) => {
  const { t } = useWords();
  const [token, setToken] = useState<string>();
  const [said, setSaid] = useState('');
  useEffect(() => {
    let here = true;
    api.shareReceipt(code).then(
      (made) => {
        if (!here) return;
        setToken(made.token);
        history.replaceState({ code }, '', `/s/${made.token}`);
      },
      () => {},
    );
    return () => {
      here = false;
    };
  }, [code]);
  const copy = (path: string): void => {
    const written = navigator.clipboard?.writeText(`${location.origin}${path}`) ?? Promise.reject();
    written.then(
      () => setSaid(t('receipt.copied')),
      () => setSaid(t('receipt.copyFailed')),
    );
  };
  return (
    <section>
      <h2>{t('share.title')}</h2>
      <p class="hint">{t('share.hint')}</p>
      <div class="row">
        <button type="button" disabled={!token} onClick={() => copy(`/s/${token}`)}>
          {t('share.forward')}
        </button>
        <button type="button" onClick={() => copy(`/r/${code}`)}>
          {t('share.own')}
        </button>
      </div>
      <p role="status">{said}</p>
    </section>
  );
};
