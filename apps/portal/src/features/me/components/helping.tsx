import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import { answerInvitation } from '../mutations.ts';
import { invitations } from '../queries.ts';

/** Talks of others the reader is asked to advise or interpret in: when and where, and nothing of the matter. */
export const Helping = () => {
  const { t, l, language } = useWords();
  const { loaded, reload, show } = useLoad(invitations, [language]);
  const { busy, wrong, said, run } = useDoing();
  if (loaded.state === 'ready' && !loaded.data.length) return <Outcome wrong={wrong} said={said} />;
  return (
    <section>
      <h2>{t('helping.title')}</h2>
      {loaded.state === 'ready' ? (
        <>
          <p class="hint">{t('helping.duty')}</p>
          <ul class="list">
            {loaded.data.map((one) => {
              const answer = (joins: boolean): void =>
                run(async () => show(await answerInvitation(one.id, { commandId: uuidv7(), joins })));
              return (
                <li key={one.id}>
                  <strong>{one.organizationLabel ? l(one.organizationLabel) : ''}</strong>
                  <p>{[t(`helper.role.${one.role}`), one.subject, one.joined ? t('helping.joined') : ''].filter(Boolean).join(' · ')}</p>
                  {one.sessions.length ? null : <p>{t('helping.noTime')}</p>}
                  {one.sessions.map(({ startsAt, fixed, room, link }) => (
                    <p key={startsAt}>
                      {[formatInstant(startsAt, language), room, fixed ? '' : t('session.state.proposed')].filter(Boolean).join(' · ')}{' '}
                      {link ? (
                        <a href={link} target="_blank" rel="noreferrer">
                          {t('helping.open')}
                        </a>
                      ) : null}
                    </p>
                  ))}
                  <div class="row">
                    {one.joined ? null : (
                      <button type="button" class="primary" disabled={busy} onClick={() => answer(true)}>
                        {t('helping.join')}
                      </button>
                    )}
                    <button type="button" disabled={busy} onClick={() => answer(false)}>
                      {t('helping.decline')}
                    </button>
                  </div>
                </li>
              );
            })}
          </ul>
        </>
      ) : (
        <LoadState loaded={loaded} again={reload} />
      )}
      <Outcome wrong={wrong} said={said} />
    </section>
  );
};
