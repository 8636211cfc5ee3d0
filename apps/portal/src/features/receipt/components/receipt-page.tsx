import type { OutboxItem } from '@tongxin/client/outbox.ts';
import { ApiProblem } from '@tongxin/client/problem.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { useEffect, useState } from 'preact/hooks';
import { go, Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { outbox } from '../../../lib/services.ts';
import { reopenDraft } from '../mutations.ts';

const Sent = ({ item }: { item: OutboxItem }) => {
  const { t, language } = useWords();
  const [copied, setCopied] = useState<'copied' | 'copyFailed'>();
  const receipt = item.receipt!;
  const path = `/r/${receipt.queryCode}`;
  const link = `${location.origin}${path}`;
  const copy = (): void => {
    const written = navigator.clipboard?.writeText(link) ?? Promise.reject();
    written.then(
      () => setCopied('copied'),
      () => setCopied('copyFailed'),
    );
  };
  return (
    <>
      <h1 tabIndex={-1}>✓ {t('receipt.sent')}</h1>
      <div class="notice">
        <dl>
          <dt>{t('receipt.code')}</dt>
          <dd>
            <p class="code">{receipt.queryCode}</p>
          </dd>
          {receipt.behalfOfQueryCode ? (
            <>
              <dt>{t('receipt.behalfOfCode')}</dt>
              <dd>
                <p class="code">{receipt.behalfOfQueryCode}</p>
                <p class="hint">{t('receipt.behalfOfHint')}</p>
              </dd>
            </>
          ) : null}
          <dt>{t('receipt.number')}</dt>
          <dd>{receipt.number}</dd>
          <dt>{t('receipt.receivedAt')}</dt>
          <dd>{formatInstant(receipt.receivedAt, language)}</dd>
          <dt>{t('receipt.link')}</dt>
          <dd>
            <Link to={path}>{link}</Link>
          </dd>
        </dl>
        <p class="hint">{t('receipt.codeHint')}</p>
        <div class="row">
          <Link to={path} class="button primary">
            {t('receipt.see')}
          </Link>
          <button type="button" onClick={copy}>
            {t('receipt.copy')}
          </button>
        </div>
        <p role="status">{copied ? t(`receipt.${copied}`) : ''}</p>
      </div>
    </>
  );
};

/** What became of a filing: on its way, waiting for a network, refused, or received with its code. */
export const ReceiptPage = ({ id }: { id: string }) => {
  const { t, why } = useWords();
  const [item, setItem] = useState<OutboxItem | null>();
  useEffect(() => {
    void outbox.get(id).then((found) => setItem(found ?? null));
    return outbox.onChange((changed) => changed.id === id && setItem(changed));
  }, [id]);
  if (item === undefined)
    return (
      <p class="state" role="status">
        {t('load.loading')}
      </p>
    );
  if (item === null)
    return (
      <>
        <h1 tabIndex={-1}>{t('receipt.unknown')}</h1>
        <Link to="/track" class="button primary">
          {t('track.title')}
        </Link>
      </>
    );
  if (item.state === 'sent') return <Sent item={item} />;
  const problem = item.problem && new ApiProblem(item.problem.status, item.problem.code, item.problem.title, item.problem.params);
  if (item.state === 'refused')
    return (
      <>
        <h1 tabIndex={-1}>{t('receipt.refused')}</h1>
        <p class="notice bad" role="alert">
          {why(problem)}
        </p>
        <button type="button" class="primary" onClick={() => void reopenDraft(item).then(go)}>
          {t('receipt.edit')}
        </button>
      </>
    );
  return (
    <>
      <h1 tabIndex={-1}>{t(item.state === 'waiting' && problem ? 'receipt.waiting' : 'receipt.sending')}</h1>
      {item.state === 'waiting' && problem ? (
        <div class="notice" role="status">
          <p>{why(problem)}</p>
          <p>{t('receipt.waitingBody')}</p>
          <button type="button" class="primary" onClick={() => void outbox.flush()}>
            {t('receipt.tryNow')}
          </button>
        </div>
      ) : (
        <p role="status">{t('receipt.sending')}</p>
      )}
    </>
  );
};
