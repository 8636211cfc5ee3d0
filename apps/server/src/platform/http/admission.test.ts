import { expect, it } from 'vitest';
import { Problem } from '../errors/problem.ts';
import { makeAdmission } from './admission.ts';

const toldAfter = (check: () => void): number | undefined => {
  try {
    check();
    return undefined;
  } catch (problem) {
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status: 503, code: 'overloaded' });
    return (problem as Problem).retryAfter;
  }
};

it('tells a crowd to come back one after the other, as fast as places become free, and nobody later than in a minute', async () => {
  let now = 0;
  const admission = makeAdmission(1, () => now);
  expect(toldAfter(admission.check)).toBeUndefined();
  let leave = (): void => undefined;
  const inside = admission.within(() => new Promise<void>((done) => (leave = done)));
  const told = Array.from({ length: 4000 }, () => toldAfter(admission.check)!);
  expect(told[0]).toBe(6);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  // Fifty a second is what is reckoned with: the five hundredth waits ten seconds more than the first.
  expect(told[500]! - told[0]!).toBe(10);
  expect(Math.max(...told)).toBe(60);
  leave();
  await inside;
  expect(toldAfter(admission.check)).toBeUndefined();
  // Slow work is seen: whoever comes then is spread wider.
  now = 100_000;
  void admission.within(() => new Promise<void>(() => undefined));
  const later = Array.from({ length: 200 }, () => toldAfter(admission.check)!);
  expect(later[199]! - later[0]!).toBeGreaterThan(6);
});
