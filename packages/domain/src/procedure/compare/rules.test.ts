import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterProcedure } from '../../letter/procedure.ts';
import { orderProcedure } from '../../order/procedure.ts';
import { canonical } from '../../record/rules.ts';
import { randomProcedure } from '../../soundness/random/build.ts';
import { differences, differingItems, withDifferences } from './rules.ts';

const seed = fc.integer({ min: 0, max: 2 ** 31 });

describe('two definitions', () => {
  it('differ by exactly what leads from the one to the other, both ways', () => {
    fc.assert(
      fc.property(seed, seed, (one, other) => {
        const [a, b] = [randomProcedure(one), randomProcedure(other)];
        expect(canonical(withDifferences(a, differences(a, b)))).toBe(canonical(b));
        expect(canonical(withDifferences(b, differences(b, a)))).toBe(canonical(a));
        // Each difference matters: with one left out something else comes of it.
        const found = differences(a, b);
        for (const [index] of found.entries()) expect(canonical(withDifferences(a, found.toSpliced(index, 1)))).not.toBe(canonical(b));
      }),
      { numRuns: 40 },
    );
    expect(canonical(withDifferences(orderProcedure, differences(orderProcedure, letterProcedure)))).toBe(canonical(letterProcedure));
  });

  it('do not differ from themselves, nor by the order in which entries stand', () => {
    expect(differences(orderProcedure, JSON.parse(JSON.stringify(orderProcedure)))).toEqual([]);
    const turned = { ...orderProcedure, actions: Object.fromEntries(Object.entries(orderProcedure.actions).reverse()) };
    expect(differences(orderProcedure, turned)).toEqual([]);
  });

  it('say what was and what is', () => {
    const limit = { fixed: { amount: 3, unit: 'hour' as const } };
    const b = { ...orderProcedure, clocks: { ...orderProcedure.clocks, contact: { ...orderProcedure.clocks.contact!, limit } } };
    expect(differences(orderProcedure, b)).toEqual([
      { part: 'clocks', id: 'contact', aspect: 'limit', before: { fixed: { amount: 24, unit: 'hour' } }, after: limit },
    ]);
    const { merge: _, ...actions } = orderProcedure.actions;
    expect(differences(orderProcedure, { ...orderProcedure, actions })).toEqual([
      { part: 'actions', id: 'merge', before: orderProcedure.actions.merge },
    ]);
  });
});

describe('two forms', () => {
  it('differ field by field', () => {
    const form = orderProcedure.actions.decline!.form!;
    const cost = { ...form[1]!, id: 'cost' };
    expect(differingItems(form, [{ ...form[0]!, required: false }, cost])).toEqual([
      { id: 'ground', before: form[0], after: { ...form[0]!, required: false } },
      { id: 'cost', after: cost },
      { id: 'reason', before: form[1] },
    ]);
    expect(differingItems(undefined, undefined)).toEqual([]);
  });
});
