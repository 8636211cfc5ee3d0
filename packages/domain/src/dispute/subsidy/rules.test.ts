import { expect, test } from 'vitest';
import { type EndedCase, ratesFor, subsidyLines, subsidyTotal } from './rules.ts';

const amounts = {
  oral: { ordinary: 5000, difficult: 10_000 },
  written: { ordinary: 20_000, difficult: 50_000 },
  unsettled: { ordinary: 0, difficult: 3000 },
};
const rates = { areaId: 'town', from: '2026-03', amounts, manySides: 5, needsFile: true };
const ended = (more: Partial<EndedCase> = {}): EndedCase => ({
  organizationId: 'centre',
  mediatorId: 'a',
  kind: 'neighbour',
  result: 'written',
  sides: 2,
  sentUp: false,
  fileComplete: true,
  ...more,
});

test('rates are those of the nearest area that has any, of the latest month that has come', () => {
  const all = [{ ...rates, areaId: 'city', from: '2026-06' }, { ...rates, from: '2026-09' }, rates];
  const at = (path: string[], month: string) => {
    const found = ratesFor(all, path, month);
    return found && [found.areaId, found.from];
  };
  expect(at(['city', 'town'], '2026-08')).toEqual(['town', '2026-03']);
  expect(at(['city', 'town'], '2026-09')).toEqual(['town', '2026-09']);
  expect(at(['city', 'other'], '2026-08')).toEqual(['city', '2026-06']);
  expect(at(['city', 'town'], '2026-02')).toBeUndefined();
});

test('equal cases are one line with its amount; a file that lacks something is paid nothing where the locality says so', () => {
  const cases = [
    ended(),
    ended(),
    ended({ fileComplete: false }),
    ended({ sides: 5 }),
    ended({ sentUp: true, result: 'unsettled' }),
    ended({ mediatorId: 'b', result: 'oral' }),
  ];
  const lines = subsidyLines(cases, rates).map(({ mediatorId, result, difficulty, fileComplete, cases: n, each, amount }) => [
    mediatorId,
    result,
    difficulty,
    fileComplete,
    n,
    each,
    amount,
  ]);
  expect(lines).toEqual([
    ['a', 'unsettled', 'difficult', true, 1, 3000, 3000],
    ['a', 'written', 'difficult', true, 1, 50_000, 50_000],
    ['a', 'written', 'ordinary', false, 1, 0, 0],
    ['a', 'written', 'ordinary', true, 2, 20_000, 40_000],
    ['b', 'oral', 'ordinary', true, 1, 5000, 5000],
  ]);
  expect(subsidyLines([ended({ fileComplete: false })], { ...rates, needsFile: false })[0]!.amount).toBe(20_000);
  // Where nothing was set, cases are counted and no sum is made up.
  expect(subsidyLines([ended({ sides: 9 })], undefined)).toEqual([
    {
      organizationId: 'centre',
      mediatorId: 'a',
      kind: 'neighbour',
      result: 'written',
      fileComplete: true,
      difficulty: 'ordinary',
      cases: 1,
    },
  ]);
});

test('the sums count every case, and what is paid where anything has a price', () => {
  expect(subsidyTotal([])).toEqual({ cases: 0 });
  expect(subsidyTotal([{ cases: 2 }, { cases: 1 }])).toEqual({ cases: 3 });
  expect(subsidyTotal([{ cases: 2 }, { cases: 1, amount: 0 }, { cases: 3, amount: 300 }])).toEqual({ cases: 6, amount: 300 });
});
