import { Problem } from '../errors/problem.ts';

/**
 * How many requests are worked on at once. More would only wait in here for the database, longer than those who sent them do, and be worked on after
 * they have given up: whoever comes when all places are taken is told to come back, and nobody's work is lost by it.
 */
export interface Admission {
  /** Throws 503 `overloaded` while every place is taken: before a body is read. */
  check(): void;
  /** Takes a place for as long as the work lasts. Throws 503 `overloaded` when there is none. */
  within<T>(work: () => Promise<T>): Promise<T>;
}

export const makeAdmission = (most: number): Admission => {
  let inside = 0;
  const check = (): void => {
    if (inside >= most) throw new Problem(503, 'overloaded');
  };
  return {
    check,
    within: async (work) => {
      check();
      inside += 1;
      try {
        return await work();
      } finally {
        inside -= 1;
      }
    },
  };
};
