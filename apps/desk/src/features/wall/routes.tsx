import { ApiProblem } from '@tongxin/client/problem.ts';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Screen } from './components/screen.tsx';
import { isDisplay, useWall } from './queries.ts';

/** Why nothing is shown, in a sentence that can be read from afar and says who can mend it. */
const Why = ({ problem }: { problem: unknown }) => {
  const { t, why } = useWords('wall');
  const status = problem instanceof ApiProblem ? problem.status : 0;
  if (status === 401)
    return (
      <main className="wall-note" role="alert">
        <p>{t(isDisplay ? 'wall.revoked' : 'wall.signIn')}</p>
        {isDisplay ? null : <a href="/desk/">{t('wall.toDesk')}</a>}
      </main>
    );
  return (
    <main className="wall-note" role="alert">
      <p>{status === 403 ? t('wall.forbidden') : why(problem)}</p>
      <p className="quiet">{t('wall.again')}</p>
    </main>
  );
};

/** Figures of an area for a screen in a hall: no mouse, no scrolling, nothing that blinks. */
export const WallPage = ({ areaId }: { areaId: string | undefined }) => {
  const { t } = useWords('wall');
  const { query, connected } = useWall(areaId);
  const refused = query.error instanceof ApiProblem && (query.error.status === 401 || query.error.status === 403);
  if (query.data && !refused)
    return <Screen view={query.data} areaId={areaId} connected={connected && !query.error} loadedAt={query.dataUpdatedAt} />;
  if (query.error) return <Why problem={query.error} />;
  return (
    <main className="wall-note" role="status" aria-busy="true">
      <p>{t('app.loading')}</p>
    </main>
  );
};
