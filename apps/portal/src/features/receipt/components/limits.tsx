import type { CaseView, ClockView } from '@tongxin/domain/case/view.ts';
import { formatDay } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** The limits that a law sets for this matter: what each is, where it stands, and the article. Nothing where no law does. */
export const Limits = ({ view }: { view: CaseView }) => {
  const { t, l, language } = useWords();
  const lawful = view.clocks.filter(({ source }) => source !== undefined).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  if (!lawful.length) return null;
  const stands = (clock: ClockView): string => {
    if (clock.status === 'stopped')
      return t(clock.window ? 'limits.windowOver' : clock.overdue ? 'limits.keptLate' : 'limits.kept', {
        day: formatDay(clock.stoppedAt ?? clock.startedAt, language),
      });
    if (clock.status === 'paused' || !clock.dueAt) return t('case.byPaused');
    const day = formatDay(clock.dueAt, language);
    return t(
      clock.window && !clock.provisional
        ? 'case.until'
        : clock.overdue
          ? 'case.byLate'
          : clock.provisional
            ? 'case.byProvisional'
            : 'case.byDue',
      { day },
    );
  };
  return (
    <section>
      <h2>{t('limits.title')}</h2>
      <dl>
        {lawful.map((clock) => (
          <div key={clock.clock}>
            <dt>{l(clock.label)}</dt>
            <dd>
              {stands(clock)}
              <br />
              <small lang="zh-CN">{clock.source}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
