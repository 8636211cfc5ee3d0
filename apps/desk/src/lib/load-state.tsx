import type { UseQueryResult } from '@tanstack/react-query';
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

export const Failed = ({ problem, again }: { problem: unknown; again?: () => void }) => {
  const { t, why } = useWords();
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

/** What a query shows before its data is there; with data, the data. */
export const Loaded = <T,>({ query, children }: { query: Query<T>; children: (data: T) => ReactNode }) => {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failed problem={query.error} again={() => void query.refetch()} />;
  return <Loading />;
};
