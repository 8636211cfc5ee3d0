import type { OutboxItem } from '@tongxin/client/outbox.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { useEffect, useState } from 'preact/hooks';
import { go, Link } from '../../../app/router.tsx';
import { type Followed, followStore } from '../../../lib/follow/follow.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { outbox } from '../../../lib/services.ts';

/** Look up by code, or from what was reported on this phone. */
export const TrackPage = () => {
  const { t, l, language } = useWords();
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const [mine, setMine] = useState<OutboxItem[]>();
  const [followed, setFollowed] = useState<readonly Followed[]>([]);
  const list = (): void => void outbox.all().then((all) => setMine(all.sort((a, b) => (a.id < b.id ? 1 : -1))));
  useEffect(() => {
    list();
    void followStore.all().then((all) => setFollowed(all.sort((a, b) => (a.id < b.id ? 1 : -1))));
    return outbox.onChange(list);
  }, []);
  return (
    <>
      <h1 tabIndex={-1}>{t('track.title')}</h1>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = code.replace(/\s/g, '');
          setMissing(!wanted);
          if (wanted) go(`/r/${encodeURIComponent(wanted)}`);
        }}
      >
        <FormField id="code" label={t('track.code')} hint={t('track.codeHint')} wrong={missing ? t('track.codeMissing') : undefined}>
          {(tied) => (
            <input
              {...tied}
              type="text"
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              maxLength={60}
              value={code}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          )}
        </FormField>
        <button type="submit" class="primary wide">
          {t('track.find')}
        </button>
      </form>
      <section>
        <h2>{t('track.mine')}</h2>
        {mine?.length === 0 ? <p>{t('track.none')}</p> : null}
        <ul class="list">
          {mine?.map((item) => (
            <li key={item.id}>
              <Link to={item.receipt ? `/r/${item.receipt.queryCode}` : `/receipt/${item.id}`}>
                {item.body.text.length > 40 ? `${item.body.text.slice(0, 40)}…` : item.body.text}
                <br />
                <small>
                  {item.receipt?.number} {t(`track.state.${item.state}`)} · {formatInstant(item.queuedAt, language)}
                </small>
              </Link>
              {item.state === 'sending' ? null : (
                <button type="button" class="plain" onClick={() => void outbox.remove(item.id).then(list)}>
                  {t('track.forget')}
                </button>
              )}
            </li>
          ))}
        </ul>
        {mine?.length ? <p class="hint">{t('track.forgetHint')}</p> : null}
      </section>
      {followed.length ? (
        <section>
          <h2>{t('track.followed')}</h2>
          <ul class="list">
            {followed.map((one) => (
              <li key={one.id}>
                <Link to={`/r/${one.queryCode}`}>
                  {one.label ? l(one.label) : t('follow.title')} <small>{formatInstant(one.since, language)}</small>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
};
