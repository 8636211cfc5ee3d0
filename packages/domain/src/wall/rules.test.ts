import { describe, expect, test } from 'vitest';
import { dateOfDay, dayOfDate } from '../calendar/rules.ts';
import { againstUsual, coarse, type Hours, median, rising, sameWeekdays, satisfactionOf, usualByHour } from './rules.ts';

const TODAY = '2026-09-30';
const before = (days: number): string => dateOfDay(dayOfDate(TODAY) - days);
const at = (...hours: readonly (readonly [hour: number, n: number])[]): number[] =>
  Array.from({ length: 24 }, (_, hour) => hours.find(([one]) => one === hour)?.[1] ?? 0);

test('small counts are not told, none and five are', () => expect([0, 1, 4, 5, 120].map(coarse)).toEqual([0, 'few', 'few', 5, 120]));

test('the median of none, of odd and of even many', () =>
  expect([median([]), median([3]), median([9, 1, 5]), median([4, 1, 3, 2])]).toEqual([0, 3, 5, 2.5]));

describe('the same weekdays', () => {
  test('are eight, a week apart, none today', () => {
    const days = sameWeekdays(TODAY, '2020-01-01');
    expect(days).toEqual([7, 14, 21, 28, 35, 42, 49, 56].map(before));
    expect(new Set(days.map((day) => new Date(`${day}T00:00:00Z`).getUTCDay()))).toEqual(new Set([3]));
  });
  test('are only those since anything was counted', () => {
    expect(sameWeekdays(TODAY, before(14))).toEqual([before(7), before(14)]);
    expect(sameWeekdays(TODAY, TODAY)).toEqual([]);
    expect(sameWeekdays(TODAY, undefined)).toEqual([]);
  });
});

describe('against what is usual', () => {
  const hours: Hours = new Map([
    [TODAY, at([8, 4], [9, 2], [10, 7])],
    [before(7), at([8, 1], [20, 9])],
    [before(14), at([8, 3], [9, 1])],
  ]);
  const weekdays = sameWeekdays(TODAY, before(21));
  test('both end with the last full hour; a weekday without a row had none', () => {
    expect(weekdays).toHaveLength(3);
    expect(againstUsual(hours, TODAY, 10, weekdays)).toEqual({ today: 6, median: 1 });
    expect(againstUsual(hours, TODAY, 24, weekdays)).toEqual({ today: 13, median: 4 });
    expect(againstUsual(hours, TODAY, 0, weekdays)).toEqual({ today: 0, median: 0 });
  });
  test('hour by hour', () => expect(usualByHour(hours, weekdays)?.slice(8, 10)).toEqual([1, 0]));
  test('two weekdays are no custom', () => {
    expect(againstUsual(hours, TODAY, 10, weekdays.slice(0, 2))).toBeUndefined();
    expect(usualByHour(hours, weekdays.slice(0, 2))).toBeUndefined();
  });
});

describe('rising categories', () => {
  const row = (categoryId: string, days: number, n: number) => ({ day: before(days), categoryId, n });
  const counts = [
    row('lamp', 0, 6),
    row('lamp', 6, 6),
    ...[7, 20, 27, 30].map((days) => row('lamp', days, 4)),
    row('bin', 1, 9),
    ...[8, 15, 22, 29].map((days) => row('bin', days, 9)),
    row('noise', 2, 4),
    row('lift', 3, 5),
  ];
  test('are those of which seven days brought more than the median of the weeks before, and at least five', () =>
    expect(rising(counts, TODAY, 5)).toEqual([
      { id: 'lamp', n: 12, usual: 4 },
      { id: 'lift', n: 5, usual: 0 },
    ]));
  test('a day of the future and one of long ago count nowhere', () =>
    expect(rising([...counts, row('lamp', -1, 90), row('lamp', 63, 90)], TODAY, 1)).toEqual([{ id: 'lamp', n: 12, usual: 4 }]));
  test('are not named before some weeks are known', () =>
    expect(
      rising(
        counts.filter(({ day }) => day > before(14)),
        TODAY,
        5,
      ),
    ).toEqual([]));
});

test('a satisfaction rate needs five answers', () => {
  expect(satisfactionOf({ satisfied: 2, basicallySatisfied: 1, dissatisfied: 1 }, 30)).not.toHaveProperty('rate');
  expect(satisfactionOf({ satisfied: 3, basicallySatisfied: 1, dissatisfied: 1 }, 30).rate).toBe(0.8);
});
