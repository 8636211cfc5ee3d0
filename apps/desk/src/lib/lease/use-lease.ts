import { ApiProblem } from '@tongxin/client/problem.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { LEASE_MS, type LeaseView } from '@tongxin/domain/lease/schema.ts';
import { useCallback, useEffect, useState } from 'react';
import { api, queryClient } from '../services.ts';
import { forgetOwn, leasesQuery, noteLease, useLeases } from './leases.ts';

const hold = async (caseId: string): Promise<void> => {
  noteLease({ id: caseId, lease: await api.claim(caseId) });
};

/** Leaves also when the window closes; what is lost runs out by itself. */
const letGo = (caseId: string): void => {
  forgetOwn(caseId);
  void fetch(`/api/v1/cases/${encodeURIComponent(caseId)}/lease`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
};

export interface Hold {
  /** Who has the case in hand, if anybody. */
  readonly lease: LeaseView | undefined;
  /** Whether this window keeps it. */
  readonly kept: boolean;
  readonly problem: unknown;
  readonly keep: () => void;
  readonly release: () => void;
  readonly takeOver: () => Promise<void>;
}

/** Takes a case in hand while `wanted` (a form is open) or while its reader asked for it, and lets it go with the page. */
export const useHold = (caseId: string, wanted: boolean): Hold => {
  const lease = useLeases().get(caseId);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const kept = wanted || asked;
  const mine = lease?.mine ?? false;
  const others = lease !== undefined && !mine;
  useEffect(() => {
    if (!kept || others) return;
    const keep = (): void => {
      hold(caseId).then(
        () => setProblem(undefined),
        // A broken line is tried again in half a minute.
        (failure: unknown) => {
          const held = failure instanceof ApiProblem && failure.code === 'caseHeld';
          if (held) void queryClient.invalidateQueries({ queryKey: leasesQuery.queryKey });
          setProblem(held ? undefined : failure);
        },
      );
    };
    keep();
    const timer = setInterval(keep, LEASE_MS / 3);
    const leave = (): void => letGo(caseId);
    addEventListener('pagehide', leave);
    return () => {
      clearInterval(timer);
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [caseId, kept, others]);
  const takeOver = useCallback(async (): Promise<void> => {
    try {
      noteLease({ id: caseId, lease: await api.takeOver(caseId, uuidv7()) });
      setAsked(true);
      setProblem(undefined);
    } catch (failure) {
      setProblem(failure);
    }
  }, [caseId]);
  return { lease, kept: kept && !others, problem, keep: () => setAsked(true), release: () => setAsked(false), takeOver };
};
