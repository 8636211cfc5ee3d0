import { queryOptions, useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { LeaseChange, LeaseView } from '@tongxin/domain/lease/schema.ts';
import { useEffect, useState } from 'react';
import { api, queryClient } from '../services.ts';

/** Everything in somebody's hands now that the reader sees; the live line keeps it so. */
export const leasesQuery = queryOptions({ queryKey: keys.leases, queryFn: api.listLeases, staleTime: 5 * 60_000 });

export const noteLease = ({ id, lease }: LeaseChange): void => {
  queryClient.setQueryData<LeaseView[]>(keys.leases, (known) => [
    ...(known ?? []).filter((one) => one.caseId !== id),
    ...(lease ? [lease] : []),
  ]);
};

/** What this window let go; what a colleague took meanwhile stays theirs. */
export const forgetOwn = (caseId: string): void => {
  queryClient.setQueryData<LeaseView[]>(keys.leases, (known) => known?.filter((one) => one.caseId !== caseId || !one.mine));
};

/** The same by case. What nobody kept alive has run out: it is looked at again when the next one does. */
export const useLeases = (): ReadonlyMap<string, LeaseView> => {
  const { data = [] } = useQuery(leasesQuery);
  const [, again] = useState(0);
  const now = Date.now();
  const live = data.filter(({ expiresAt }) => Date.parse(expiresAt) > now);
  const next = Math.min(...live.map(({ expiresAt }) => Date.parse(expiresAt)));
  useEffect(() => {
    if (!Number.isFinite(next)) return;
    const timer = setTimeout(() => again((n) => n + 1), Math.max(0, next - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [next]);
  return new Map(live.map((lease) => [lease.caseId, lease]));
};
