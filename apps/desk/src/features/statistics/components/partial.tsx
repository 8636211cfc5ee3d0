import { useQuery, useQueryClient } from '@tanstack/react-query';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Alert } from 'antd';
import { useEffect, useRef } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { standingQuery } from '../queries.ts';

const FIGURES = new Set(['counts', 'durations', 'late']);

/** Says that figures are of a part while events wait to be counted: after a first start, an import, or when nobody counts. */
export const Partial = () => {
  const { t, language } = useWords('statistics');
  const client = useQueryClient();
  const { data } = useQuery(standingQuery);
  const partial = data?.partial ?? false;
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !partial) void client.invalidateQueries({ predicate: ({ queryKey }) => FIGURES.has(String(queryKey[0])) });
    was.current = partial;
  }, [partial, client]);
  return (
    <div role="status">
      {data?.partial ? (
        <Alert
          type="warning"
          showIcon
          className="field"
          title={t('stats.partial', { n: data.behind.toLocaleString('en'), at: formatInstant(data.asOf, language) })}
        />
      ) : null}
    </div>
  );
};
