import type { FollowedView } from '@tongxin/domain/follow/schema.ts';
import { formatDay } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { go, Link } from '../../../app/router.tsx';
import { followStore } from '../../../lib/follow/follow.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { api } from '../../../lib/services.ts';
import { Happened } from './happened.tsx';

/** What somebody else reported, as whoever met the same thing reads it. */
export const FollowedPage = ({ code, view }: { code: string; view: FollowedView }) => {
  const { t, l, why, language } = useWords();
  const [problem, setProblem] = useState<unknown>();
  const stop = async (): Promise<void> => {
    try {
      await api.stopFollowing(code);
      for (const one of await followStore.all()) if (one.queryCode === code) await followStore.remove(one.id);
      go('/track');
    } catch (failure) {
      setProblem(failure);
    }
  };
  const day = view.dueAt ? formatDay(view.dueAt, language) : undefined;
  return (
    <>
      <h1 tabIndex={-1}>{view.categoryLabel ? l(view.categoryLabel) : t('follow.title')}</h1>
      <p class="hint">{t('follow.hint')}</p>
      <section class="notice">
        <h2>{t('case.now')}</h2>
        <p class="stage">{l(view.stageLabel)}</p>
        <dl>
          <dt>{t('case.who')}</dt>
          <dd>{view.organizationLabel ? l(view.organizationLabel) : t('case.whoNobody')}</dd>
          {day ? (
            <>
              <dt>{t('case.by')}</dt>
              <dd>{t(view.overdue ? 'case.byLate' : view.provisional ? 'case.byProvisional' : 'case.byDue', { day })}</dd>
            </>
          ) : null}
          <dt>{t('case.place')}</dt>
          <dd>{view.areaLabels.map(l).join(' ')}</dd>
        </dl>
        {view.unanswered ? (
          <>
            <p>{t('follow.unanswered')}</p>
            <Link to="/report" class="button primary">
              {t('home.report')}
            </Link>
          </>
        ) : null}
      </section>
      <section>
        <h2>{t('case.happened')}</h2>
        <Happened code={code} record={view.record} />
      </section>
      <button type="button" onClick={() => void stop()}>
        {t('follow.stop')}
      </button>
      {problem ? (
        <p class="wrong" role="alert">
          {why(problem)}
        </p>
      ) : null}
    </>
  );
};
