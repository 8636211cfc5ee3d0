import { describe, expect, it } from 'vitest';
import { letterProcedure } from '../letter/procedure.ts';
import { orderProcedure } from '../order/procedure.ts';
import { bruteForce } from './brute/build.ts';
import { randomProcedure } from './random/build.ts';
import { checkProcedure } from './rules.ts';

/** The full figures of `npm run test:long`; the domain itself knows no process. */
const LONG = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env.TONGXIN_LONG === '1';

describe('the built-in procedures', () => {
  for (const procedure of [orderProcedure, letterProcedure])
    it(`are sound: ${procedure.title.zh}`, () => {
      const { ok, findings, states } = checkProcedure(procedure);
      expect(findings).toEqual([]);
      expect(ok).toBe(true);
      expect(states).toBeGreaterThan(100);
    });
});

describe('the checker against brute force', () => {
  const wanted = LONG ? 1000 : 100;
  it(`says the same of ${wanted} random definitions`, { timeout: 600_000 }, () => {
    let compared = 0;
    let sound = 0;
    const codes = new Set<string>();
    for (let seed = 1; compared < wanted; seed += 1) {
      const definition = randomProcedure(seed);
      const { ok, findings } = checkProcedure(definition);
      expect(findings.filter((one) => one.rule === 'definition')).toEqual([]);
      const said = findings.map((one) => `${one.code} ${one.where}`).sort();
      expect({ seed, said }).toEqual({ seed, said: bruteForce(definition) });
      expect(ok).toBe(said.length === 0);
      for (const one of findings) codes.add(one.code);
      if (ok) sound += 1;
      compared += 1;
    }
    // Both verdicts and most variants must have occurred, or the comparison would prove little.
    expect(codes.size).toBeGreaterThan(LONG ? 22 : 15);
    if (LONG) expect(sound).toBeGreaterThan(0);
  });
});
