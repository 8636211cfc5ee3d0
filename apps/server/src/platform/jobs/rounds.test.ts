import { expect, test, vi } from 'vitest';
import type { Deps } from '../deps.ts';
import { roundsBackground } from './rounds.ts';

test('a round that fails is logged and tried again, the others go on, and a stop waits for what is under way', async () => {
  vi.useFakeTimers();
  try {
    const errors: unknown[] = [];
    const deps = { log: { error: (of: { error: string }, what: string) => errors.push([of.error, what]) } } as unknown as Deps;
    let [failing, steady, isOver] = [0, 0, false];
    let release = (): void => undefined;
    const { start, stop } = roundsBackground(deps, 'test', [
      {
        everyMs: 1000,
        what: 'the first',
        work: async () => {
          failing += 1;
          throw new Error('no disk');
        },
      },
      {
        everyMs: 1000,
        what: 'the second',
        work: async () => {
          steady += 1;
          if (steady === 2) await new Promise<void>((done) => (release = done));
        },
      },
    ]);
    await start();
    await vi.advanceTimersByTimeAsync(2500);
    expect([failing, steady, errors]).toEqual([
      2,
      2,
      [
        ['no disk', 'the first failed; tried again'],
        ['no disk', 'the first failed; tried again'],
      ],
    ]);
    const stopping = Promise.resolve(stop()).then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(5000);
    expect([isOver, steady]).toEqual([false, 2]);
    release();
    await stopping;
    expect(steady).toBe(2);
  } finally {
    vi.useRealTimers();
  }
});
