import { formatInstant } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { answerSession } from '../mutations.ts';
import { getOwnSessions } from '../queries.ts';

/** Times a side is invited to: whether it can come, where, and what all heard. */
export const Sessions = ({ code, version }: { code: string; version: number }) => {
  const { t, why, language } = useWords();
  const { loaded, reload, show } = useLoad((signal) => getOwnSessions(code, signal), [code, language, version]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const { sessions, me } = loaded.data;
  const shown = sessions.filter(({ state }) => state !== 'cancelled');
  if (!shown.length || !me) return null;
  const answer = async (id: string, accepts: boolean): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      show(await answerSession(code, id, accepts));
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  return (
    <section>
      <h2>{t('session.title')}</h2>
      <ul class="list">
        {shown.map((session) => (
          <li key={session.id}>
            <strong>{formatInstant(session.startsAt, language)}</strong>
            <p>{t(`session.state.${session.state as 'proposed' | 'fixed' | 'held'}`)}</p>
            {session.room ? <p>{session.room}</p> : null}
            {session.online ? <p>{t('session.online')}</p> : null}
            {session.link ? (
              <p>
                <a href={session.link} target="_blank" rel="noreferrer">
                  {t('session.link')}
                </a>
                <br />
                <span class="hint">{t('session.linkRules')}</span>
              </p>
            ) : null}
            {session.state === 'proposed' || session.state === 'fixed' ? (
              <div class="row">
                {session.accepted.includes(me) ? (
                  <span>✓ {t('session.youCome')}</span>
                ) : (
                  <button type="button" class="primary" disabled={busy} onClick={() => void answer(session.id, true)}>
                    {t('session.come')}
                  </button>
                )}
                {session.declined.includes(me) ? (
                  <span>{t('session.youDecline')}</span>
                ) : (
                  <button type="button" disabled={busy} onClick={() => void answer(session.id, false)}>
                    {t('session.decline')}
                  </button>
                )}
              </div>
            ) : null}
            {session.record ? <p class="words">{session.record}</p> : null}
          </li>
        ))}
      </ul>
      {problem ? (
        <p class="wrong" role="alert">
          {why(problem)}
        </p>
      ) : null}
    </section>
  );
};
