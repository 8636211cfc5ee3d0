import { ApiProblem } from '@tongxin/client/problem.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { useRef, useState } from 'react';

/**
 * One change of a register: `write` gets the command's key, which stays the same while nobody knows whether the server heard it, and is new after
 * an answer. Answers what was written, or undefined with `problem` set.
 */
export const useChange = () => {
  const key = useRef(uuidv7());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const change = async <T>(write: (commandId: string) => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await write(key.current);
      key.current = uuidv7();
      return answer;
    } catch (failure) {
      setProblem(failure);
      if (failure instanceof ApiProblem && failure.status >= 400 && failure.status < 500) key.current = uuidv7();
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, change };
};
