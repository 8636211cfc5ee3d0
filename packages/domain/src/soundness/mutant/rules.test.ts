import { describe, expect, it } from 'vitest';
import { letterProcedure } from '../../letter/procedure.ts';
import { orderProcedure } from '../../order/procedure.ts';
import { bruteForce } from '../brute/build.ts';
import { checkProcedure } from '../rules.ts';
import { type Mutant, mutants } from './build.ts';

/** The full figures of `npm run test:long`; the domain itself knows no process. */
const LONG = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env.TONGXIN_LONG === '1';

/** Strokes that no rule may let pass, wherever they fall. */
const ALWAYS_CAUGHT = new Set(['article dropped', 'main case dropped']);

/** All of them, or in the short form the first caught and the first let through of each kind. */
const judged = (all: readonly Mutant[]) => {
  const checked = all.map((mutant) => ({ ...mutant, findings: checkProcedure(mutant.definition).findings }));
  if (LONG) return checked;
  const seen = new Set<string>();
  return checked.filter(({ kind, findings }) => {
    const key = `${kind} ${findings.length > 0}`;
    return !seen.has(key) && seen.add(key);
  });
};

/** In the short form a few of each kind, spread over the procedure, are looked at: the long form looks at all. */
const sample = (all: readonly Mutant[], ofEach: number): Mutant[] =>
  LONG
    ? [...all]
    : [...Map.groupBy(all, ({ kind }) => kind).values()].flatMap((same) =>
        same.filter((_, index) => index % Math.ceil(same.length / ofEach) === 0),
      );

/** Kinds of which some must be caught wherever one looks. */
const CAUGHT = ['stop dropped', 'redirected', 'respondent let in', 'appeal dropped'];

describe('a built-in procedure weakened by one stroke', () => {
  for (const [procedure, ofEach] of [
    [letterProcedure, 8],
    [orderProcedure, 3],
  ] as const)
    it(`is caught, or brute force finds nothing wrong with it either: ${procedure.title.zh}`, { timeout: 3_600_000 }, () => {
      const all = mutants(procedure);
      expect(all.length).toBeGreaterThan(300);
      // Walking every state of the larger procedure takes seconds: the short form does so twice.
      let walked = 0;
      const results = judged(sample(all, ofEach));
      for (const { kind, where, definition, findings } of results) {
        const said = findings.map((one) => `${one.code} ${one.where}`).sort();
        // A definition of unfit form is caught before anything is explored: brute force has nothing to say about it.
        if (findings.some((one) => one.rule === 'definition' || one.code === 'unknownAppeal')) continue;
        // Brute force on a caught mutant of the larger procedure only repeats what the random definitions show.
        const worthwhile = procedure === letterProcedure || (findings.length === 0 && (LONG || ++walked <= 2));
        if (worthwhile) expect({ kind, where, said }).toEqual({ kind, where, said: bruteForce(definition) });
        if (ALWAYS_CAUGHT.has(kind)) expect({ kind, where, caught: said.length > 0 }).toEqual({ kind, where, caught: true });
      }
      const caught = new Set(results.filter((one) => one.findings.length > 0).map(({ kind }) => kind));
      expect(CAUGHT.filter((kind) => !caught.has(kind))).toEqual([]);
    });

  it('never loses an appeal of a refusal, nor lets a handler verify', () => {
    for (const procedure of [orderProcedure, letterProcedure])
      for (const { kind, where, definition } of mutants(procedure)) {
        const action = procedure.actions[where];
        const refusal = action?.duty === 'refuse' || action?.form?.some((field) => field.options?.some((option) => option.refuses));
        if ((kind === 'appeal dropped' && refusal) || (kind === 'notBy dropped' && action?.duty === 'verify'))
          expect({ kind, where, ok: checkProcedure(definition).ok }).toEqual({ kind, where, ok: false });
      }
  });
});
