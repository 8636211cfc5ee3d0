import type { ClockView } from '@tongxin/domain/case/view.ts';
import { formatInstant, remaining } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LightMark } from '../../../lib/light-mark.tsx';

/** Both clocks of a case, and any other: light, due time, what is left. */
export const Clocks = ({ clocks }: { clocks: readonly ClockView[] }) => {
  const { t, l, language } = useWords();
  const ordered = [...clocks].sort((a, b) => Number(a.status === 'stopped') - Number(b.status === 'stopped'));
  return (
    <section className="card" aria-labelledby="clocks">
      <h2 id="clocks">{t('case.clocks')}</h2>
      {clocks.length ? null : <p>{t('case.noClocks')}</p>}
      <ul className="cards">
        {ordered.map((clock) => {
          const left = clock.dueAt && clock.status === 'running' ? remaining(clock.dueAt, Date.now()) : undefined;
          return (
            <li key={clock.clock}>
              <div className="row">
                <strong>{l(clock.label)}</strong>
                {clock.status === 'stopped' && !clock.overdue ? (
                  <span className="quiet">{t('due.stopped')}</span>
                ) : (
                  <LightMark light={clock.light} />
                )}
              </div>
              {clock.dueAt ? (
                <div>
                  {t('due.at', { time: formatInstant(clock.dueAt, language) })}
                  {left ? <span className="quiet"> · {t(`due.${left.late ? 'late' : 'in'}.${left.unit}`, { n: left.amount })}</span> : null}
                </div>
              ) : null}
              {clock.status === 'paused' ? <div className="quiet">{t('due.paused')}</div> : null}
              {clock.provisional && clock.status !== 'stopped' ? <div className="quiet">{t('due.provisional')}</div> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
