import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { useState } from 'react';

/** Runs one step on a dispute at a time; whatever shows it is read again, and what went wrong is said. */
export const useStep = (caseId: string) => {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (failure) {
      setProblem(failure);
      return false;
    } finally {
      await client.invalidateQueries({ queryKey: keys.case(caseId) });
      setBusy(false);
    }
  };
  return { run, busy, problem };
};
