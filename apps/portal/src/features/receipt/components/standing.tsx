import type { CaseView, ClockView } from '@tongxin/domain/case/view.ts';
import { formatDay } from '@tongxin/ui/time.ts';
import { Fragment } from 'preact';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** Where it stands, who has it, by when, and what comes next: the four things people ask. */
export const Standing = ({ view }: { view: CaseView }) => {
  const { t, l, language } = useWords();
  const clock = view.clocks.find(({ status, window }) => status !== 'stopped' && !window);
  // What the reader may still ask for, and until when.
  const windows = view.clocks.filter(({ status, dueAt, window }) => status === 'running' && dueAt && window);
  const by = (running: ClockView): string => {
    if (running.status === 'paused' || !running.dueAt) return t('case.byPaused');
    const day = formatDay(running.dueAt, language);
    return t(running.overdue ? 'case.byLate' : running.provisional ? 'case.byProvisional' : 'case.byDue', { day });
  };
  const who = view.leadOrganizationLabel ?? view.receivingOrganizationLabel;
  const next =
    view.stage === 'merged'
      ? 'case.nextMerged'
      : view.procedureId === 'mediation' && (view.stage === 'unsettled' || view.stage === 'withdrawn')
        ? 'dispute.over'
        : view.ended
          ? view.allowed.length
            ? 'case.nextEndedMore'
            : 'case.nextEnded'
          : view.allowed.some(({ id }) => id === 'rate' || id === 'rateAnswer')
            ? windows.length
              ? 'case.nextWindow'
              : 'case.nextRate'
            : 'case.nextOpen';
  return (
    <section class="notice">
      <h2>{t('case.now')}</h2>
      <p class="stage">{l(view.stageLabel)}</p>
      <dl>
        <dt>{t('case.who')}</dt>
        <dd>{who ? l(who) : t('case.whoNobody')}</dd>
        {!view.ended && clock ? (
          <>
            {/* In a quarrel no answer is owed, but each limit has a name of its own. */}
            <dt>{view.procedureId === 'mediation' ? l(clock.label) : t('case.by')}</dt>
            <dd>{by(clock)}</dd>
          </>
        ) : null}
        {windows.map((own) => (
          <Fragment key={own.clock}>
            <dt>{l(own.label)}</dt>
            <dd>{own.provisional ? by(own) : t('case.until', { day: formatDay(own.dueAt!, language) })}</dd>
          </Fragment>
        ))}
        <dt>{t('case.next')}</dt>
        <dd>{next === 'case.nextOpen' && view.nextLabel ? t('case.nextStep', { step: l(view.nextLabel) }) : t(next)}</dd>
      </dl>
    </section>
  );
};
