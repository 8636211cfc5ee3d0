import type { AllowedAction } from '@tongxin/domain/case/view.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** What will happen when an action is taken, in words: where the case goes, limits, who answers for it, who is told. */
export const Consequences = ({ action }: { action: AllowedAction }) => {
  const { t, l, of, language, list } = useWords();
  const { consequence } = action;
  if (!consequence) return null;
  const { to, clocks, lead, reporterReads, reporterSees, barred, appeal } = consequence;
  const names = (labels: Parameters<typeof l>[0][]): string => list(labels.map(l));
  const clockWords = ({ label, change, dueAt, provisional, byField }: (typeof clocks)[number]): string => {
    const clock = l(label);
    if (byField) return t(`follow.${change}ByField`, { clock, field: l(byField) });
    if (!dueAt) return t(`follow.${change}`, { clock });
    return `${t(`follow.${change}Until`, { clock, time: formatInstant(dueAt, language) })}${provisional ? t('follow.provisional') : ''}`;
  };
  const lines = [
    to ? t(to.end ? 'follow.ends' : 'follow.to', { stage: l(to.label) }) : t('follow.stays'),
    ...(to && !to.end && to.owner ? [of('follow.owner', to.owner, '')] : []),
    ...(lead === 'none' ? [t('follow.leadNone')] : []),
    ...(typeof lead === 'object' ? [t('follow.leadByField', { field: l(lead.byField) })] : []),
    ...clocks.map(clockWords),
    reporterReads ? t('follow.told', { words: l(reporterReads) }) : t('follow.untold'),
    ...(reporterSees.length ? [t('follow.sees', { fields: names(reporterSees) })] : []),
    ...(barred.length ? [t('follow.barred', { actions: names(barred) })] : []),
    ...(appeal
      ? ['final' in appeal ? t('follow.final', { article: appeal.final }) : t('follow.appeal', { action: l(appeal.action) })]
      : []),
  ].filter(Boolean);
  return (
    <section className="field follows" aria-label={t('follow.title')}>
      <strong>{t('follow.title')}</strong>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
};
