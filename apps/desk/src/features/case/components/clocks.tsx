import type { ClockView } from '@tongxin/domain/case/view.ts';
import { formatInstant, largestUnit, remaining } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LightMark } from '../../../lib/light-mark.tsx';

/** What is left of a limit, in its own family: working time of one that counts working time. */
const useLeft = () => {
  const { t } = useWords();
  return ({ left, dueAt }: ClockView): string => {
    const late = (n: number, unit: 'minute' | 'hour' | 'day'): string => t(`due.late.${unit}`, { n });
    if (!left) {
      const rest = dueAt ? remaining(dueAt, Date.now()) : undefined;
      return rest ? t(`due.${rest.late ? 'late' : 'in'}.${rest.unit}`, { n: rest.amount }) : '';
    }
    const n = Math.abs(left.amount);
    if (left.unit === 'workingDay' || left.unit === 'day') {
      if (left.amount === 0) return t('clock.lastDay');
      return left.unit === 'day'
        ? t(left.amount < 0 ? 'due.late.day' : 'due.in.day', { n })
        : t(left.amount < 0 ? 'clock.lateWorkingDays' : 'clock.workingDays', { n });
    }
    const hours = Math.floor(n / 60);
    if (left.unit === 'workingMinute') {
      if (left.amount < 0) return hours ? t('clock.lateWorkingHours', { n: hours }) : t('clock.lateWorkingMinutes', { n });
      return hours ? t('clock.workingHours', { n: hours, minutes: n % 60 }) : t('clock.workingMinutes', { n });
    }
    const whole = largestUnit(left.amount);
    if (whole.unit === 'day') return t(whole.late ? 'due.late.day' : 'due.in.day', { n: whole.amount });
    if (left.amount < 0) return hours ? late(hours, 'hour') : late(n, 'minute');
    return hours ? t('clock.hours', { n: hours, minutes: n % 60 }) : t('due.in.minute', { n });
  };
};

/** Both clocks of a case, and any other: light, limit, due time, what is left and why nothing is counted. */
export const Clocks = ({ clocks }: { clocks: readonly ClockView[] }) => {
  const { t, l, limit, language, list } = useWords();
  const leftWords = useLeft();
  const ordered = [...clocks].sort((a, b) => Number(a.status === 'stopped') - Number(b.status === 'stopped'));
  return (
    <section className="card" aria-labelledby="clocks">
      <h2 id="clocks">{t('case.clocks')}</h2>
      {clocks.length ? null : <p>{t('case.noClocks')}</p>}
      <ul className="cards">
        {ordered.map((clock) => (
          <li key={clock.clock}>
            <div className="row">
              <strong>{l(clock.label)}</strong>
              {clock.status === 'stopped' && !clock.overdue ? (
                <span className="quiet">{t('due.stopped')}</span>
              ) : (
                <LightMark light={clock.light} />
              )}
              {clock.limit && clock.status !== 'stopped' ? (
                <span className="quiet">{t('clock.limit', { limit: limit(clock.limit) })}</span>
              ) : null}
            </div>
            {clock.status === 'running' ? <div className="left">{leftWords(clock)}</div> : null}
            {clock.dueAt ? <div className="quiet">{t('due.at', { time: formatInstant(clock.dueAt, language) })}</div> : null}
            {clock.paused ? (
              <div>
                {clock.paused.by
                  ? t('clock.pausedBy', { action: l(clock.paused.by), time: formatInstant(clock.paused.since, language) })
                  : t('clock.pausedSince', { time: formatInstant(clock.paused.since, language) })}
              </div>
            ) : clock.status === 'paused' ? (
              <div className="quiet">{t('due.paused')}</div>
            ) : null}
            {clock.provisional && clock.status !== 'stopped' ? (
              <div>
                {clock.unknownYears?.length
                  ? t('clock.unknownYears', { years: list(clock.unknownYears.map(String)) })
                  : t('due.provisional')}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
};
