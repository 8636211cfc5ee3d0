import { ApiProblem } from '@tongxin/client/problem.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { LEASE_MS, type LeaseView } from '@tongxin/domain/lease/schema.ts';
import { useCallback, useEffect, useState } from 'react';
import { api, queryClient } from '../services.ts';
import { forgetOwn, leasesQuery, noteLease, useLeases } from './leases.ts';

/** One after another: a case that is let go must not be taken by a word that was sent before. */
let line: Promise<unknown> = Promise.resolve();
const inLine = <T>(work: () => Promise<T>): Promise<T> => {
  const mine = line.then(work);
  line = mine.catch(() => undefined);
  return mine;
};

const hold = (caseId: string): Promise<void> =>
  inLine(async () => {
    noteLease({ id: caseId, lease: await api.claim(caseId) });
  });

const letGo = (caseId: string): void => {
  forgetOwn(caseId);
  // What is lost runs out by itself.
  inLine(() => api.release(caseId)).catch(() => undefined);
};

/** The window closes: nothing is waited for. */
const leave = (caseId: string): void => {
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
  const others = lease !== undefined && !lease.mine;
  const keeps = (wanted || asked) && !others;
  const free = lease === undefined;
  const keep = useCallback((): void => {
    hold(caseId).then(
      () => setProblem(undefined),
      // A broken line is tried again in half a minute.
      (failure: unknown) => {
        const held = failure instanceof ApiProblem && failure.code === 'caseHeld';
        if (held) void queryClient.invalidateQueries({ queryKey: leasesQuery.queryKey });
        setProblem(held ? undefined : failure);
      },
    );
  }, [caseId]);
  // Also what was let go with a step that was taken, while a form is open still.
  useEffect(() => {
    if (keeps && free) keep();
  }, [keeps, free, keep]);
  useEffect(() => {
    if (!keeps) return;
    const timer = setInterval(keep, LEASE_MS / 3);
    const away = (): void => leave(caseId);
    addEventListener('pagehide', away);
    return () => {
      clearInterval(timer);
      removeEventListener('pagehide', away);
      letGo(caseId);
    };
  }, [caseId, keeps, keep]);
  // Taken over by a colleague, it is theirs also after they let it go.
  useEffect(() => {
    if (others) setAsked(false);
  }, [others]);
  const takeOver = useCallback(async (): Promise<void> => {
    try {
      const taken = await inLine(() => api.takeOver(caseId, uuidv7()));
      setAsked(true);
      noteLease({ id: caseId, lease: taken });
      setProblem(undefined);
    } catch (failure) {
      setProblem(failure);
    }
  }, [caseId]);
  return { lease, kept: keeps, problem, keep: () => setAsked(true), release: () => setAsked(false), takeOver };
};
