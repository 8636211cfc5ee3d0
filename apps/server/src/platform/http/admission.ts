import { Problem } from '../errors/problem.ts';

/**
 * How many requests are worked on at once. More would only wait in here for the database, longer than those who sent them do, and be worked on after
 * they have given up. Whoever comes when all places are taken is told when there should be one: each a little later than the one before, by how fast
 * places become free, so that a crowd comes back as a queue and not as a crowd.
 */
export interface Admission {
  /** Throws 503 `overloaded` while every place is taken: before a body is read. */
  check(): void;
  /** Takes a place for as long as the work lasts. Throws 503 `overloaded` when there is none. */
  within<T>(work: () => Promise<T>): Promise<T>;
}

const SOONEST_MS = 5_000;
const LATEST_MS = 60_000;
/** What is reckoned with before anything was measured: a small machine at work. */
const FIRST_PER_SECOND = 50;

export const makeAdmission = (most: number, now: () => number = () => performance.now()): Admission => {
  let inside = 0;
  /** When whoever was told last should come. */
  let turn = 0;
  let perSecond = FIRST_PER_SECOND;
  let since = now();
  let finished = 0;
  const measure = (): void => {
    const passed = now() - since;
    if (passed < 1000) return;
    perSecond = Math.max(1, (perSecond + (finished * 1000) / passed) / 2);
    since = now();
    finished = 0;
  };
  const check = (): void => {
    if (inside < most) return;
    measure();
    turn = Math.min(Math.max(turn, now() + SOONEST_MS) + 1000 / perSecond, now() + LATEST_MS);
    throw new Problem(503, 'overloaded', {}, Math.ceil((turn - now()) / 1000));
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
        finished += 1;
      }
    },
  };
};
