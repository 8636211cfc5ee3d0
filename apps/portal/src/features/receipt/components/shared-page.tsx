import { ApiProblem } from '@tongxin/client/problem.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { api } from '../../../lib/services.ts';
import { CasePage } from './case-page.tsx';
import { codeOfHistory } from './share.tsx';

/** How far a matter is, for whoever was forwarded the link. In the tab of whoever opened it with the code it is the case itself. */
export const SharedPage = ({ token }: { token: string }) => {
  const code = codeOfHistory();
  return code ? <CasePage code={code} /> : <Masked token={token} />;
};

const Masked = ({ token }: { token: string }) => {
  const { t, l, language } = useWords();
  const { loaded, reload } = useLoad((signal) => api.getShared(token, signal), [token, language]);
  if (loaded.state !== 'ready')
    return (
      <>
        <h1 tabIndex={-1}>{t('shared.title')}</h1>
        {loaded.state === 'failed' && loaded.problem instanceof ApiProblem && loaded.problem.status === 404 ? (
          <p role="alert">{t('shared.gone')}</p>
        ) : (
          <LoadState loaded={loaded} again={reload} />
        )}
      </>
    );
  const view = loaded.data;
  return (
    <>
      <h1 tabIndex={-1}>{view.categoryLabel ? l(view.categoryLabel) : t('shared.title')}</h1>
      <section class="notice">
        <p class="stage">{l(view.stageLabel)}</p>
        <dl>
          {view.areaLabels.length ? (
            <>
              <dt>{t('case.place')}</dt>
              <dd>{view.areaLabels.map(l).join(' ')}</dd>
            </>
          ) : null}
          {view.organizationLabel ? (
            <>
              <dt>{t('case.who')}</dt>
              <dd>{l(view.organizationLabel)}</dd>
            </>
          ) : null}
          {view.reportedOn ? (
            <>
              <dt>{t('shared.reported')}</dt>
              <dd>{formatEntered(view.reportedOn, language)}</dd>
            </>
          ) : null}
          <dt>{t('shared.updated')}</dt>
          <dd>{formatEntered(view.updatedOn, language)}</dd>
          {view.dueOn ? (
            <>
              <dt>{t('case.by')}</dt>
              <dd>{t('case.byDue', { day: formatEntered(view.dueOn, language) })}</dd>
            </>
          ) : null}
        </dl>
      </section>
      <p class="hint">{t('shared.hint')}</p>
      <Link to="/track" class="button">
        {t('shared.own')}
      </Link>
    </>
  );
};
