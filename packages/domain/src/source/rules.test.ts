import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aimsAtNone, compare, spansOf, verdictOf } from './rules.ts';

/** P(X ≤ k) of a binomial, summed term by term. */
const upTo = (k: number, n: number, p: number): number => {
  let [term, sum] = [(1 - p) ** n, 0];
  for (let i = 0; i <= k; i++) {
    sum += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return sum;
};
const counts = fc.integer({ min: 1, max: 60 });

test('the bounds are those at which what was counted, or more extreme, comes in 25 of 1,000', () => {
  fc.assert(
    fc.property(counts, counts, (before, after) => {
      const { low, high } = compare(before, after);
      const share = (ratio: number): number => ratio / (1 + ratio);
      expect(1 - upTo(after - 1, before + after, share(low))).toBeCloseTo(0.025, 6);
      expect(upTo(after, before + after, share(high!))).toBeCloseTo(0.025, 6);
    }),
  );
});

test('turned round, the interval is turned round; where nothing was counted nothing is known', () => {
  fc.assert(
    fc.property(counts, counts, (before, after) => {
      expect(compare(after, before).low).toBeCloseTo(1 / compare(before, after).high!, 6);
    }),
  );
  expect(compare(0, 0)).toEqual({ before: 0, after: 0, low: 0 });
  expect(compare(4, 0)).toMatchObject({ ratio: 0, low: 0 });
  expect(verdictOf(compare(0, 3))).toBe('unclear');
});

test('a drop of chance is none', () => {
  expect(compare(20, 10)).toMatchObject({ ratio: 0.5 });
  expect([compare(20, 10), compare(20, 8), compare(8, 20), compare(40, 40)].map(verdictOf)).toEqual([
    'unclear',
    'fewer',
    'more',
    'unclear',
  ]);
});

test('as many days before as after, whole days, a year at most', () => {
  expect(spansOf('2026-03-01', '2026-03-31', '2020-01-01')).toEqual({ days: 30, before: '2026-01-30', after: '2026-03-31' });
  expect(spansOf('2026-09-10', '2026-09-30', '2020-01-01').lacks).toBe('tooEarly');
  expect(spansOf('2020-01-01', '2026-09-30', '2010-01-01')).toMatchObject({ days: 365, after: '2020-12-31' });
});

test('no span reaches back before anything was recorded; where too little was, nothing is compared', () => {
  const short = spansOf('2026-03-01', '2026-06-30', '2026-01-20');
  expect(short).toEqual({ days: 40, before: '2026-01-20', after: '2026-04-10' });
  for (const since of ['2026-02-02', '2026-03-15', undefined])
    expect([since, spansOf('2026-03-01', '2026-06-30', since).lacks]).toEqual([since, 'noBefore']);
  expect(spansOf('2026-03-01', '2026-06-30', '2026-02-01').lacks).toBeUndefined();
});

test.each(['全年零诉讼', '建设无讼社区', '杜绝信访', '做到零纠纷', 'a year of zero lawsuits', '不发生投诉'])(
  '%s is a target of none',
  (words) => expect(aimsAtNone(words)).toBe(true),
);
test.each(['物业费公示上墙', '停车位重新划线', '婚前财产约定讲座', '诉前先问一句，能谈的先谈'])('%s is a measure', (words) =>
  expect(aimsAtNone(words)).toBe(false),
);
