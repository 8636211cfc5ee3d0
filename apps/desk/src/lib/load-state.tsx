import type { UseQueryResult } from '@tanstack/react-query';
import { ApiProblem } from '@tongxin/client/problem.ts';
import { Alert, Button, Skeleton } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from './i18n/i18n.tsx';

const SLOW_AFTER_MS = 3_000;

export const Loading = () => {
  const { t } = useWords();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-busy="true" className="pad">
      <p>{t(slow ? 'app.slow' : 'app.loading')}</p>
      <Skeleton active title={false} paragraph={{ rows: 4 }} />
    </div>
  );
};

/** Refusals that another post or a wider one would lift. Asking again does not. */
const LACKS_RIGHT: ReadonlySet<string> = new Set(['forbidden', 'missingCapability', 'beyondYourArea', 'areaNotManaged', 'notYourArea']);

export const Failed = ({ problem, again }: { problem: unknown; again?: () => void }) => {
  const { t, why } = useWords();
  if (problem instanceof ApiProblem && problem.status === 403 && LACKS_RIGHT.has(problem.code))
    return <Alert role="status" type="info" showIcon className="field" title={why(problem)} description={t('app.askAdministrator')} />;
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      title={why(problem)}
      action={
        again ? (
          <Button size="small" onClick={again}>
            {t('app.again')}
          </Button>
        ) : undefined
      }
    />
  );
};

type Query<T> = Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;

/**
 * What a query shows before its data is there; with data, the data. What the reader may no longer see (its part is done, or the work went to
 * others) is said so and not shown as it was.
 */
export const Loaded = <T,>({ query, children }: { query: Query<T>; children: (data: T) => ReactNode }) => {
  const { t } = useWords();
  if (query.data !== undefined && query.error instanceof ApiProblem && query.error.status === 404)
    return <Alert role="status" type="info" showIcon title={t('app.outOfSight')} />;
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failed problem={query.error} again={() => void query.refetch()} />;
  return <Loading />;
};
