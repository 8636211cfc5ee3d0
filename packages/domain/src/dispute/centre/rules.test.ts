import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMobile, periodsToTell, toldMedian, waitingPeriod, workingDaysBetween } from './rules.ts';

test('periods of ninety days follow one another without a gap or a day in two, and only one that is over is told', () => {
  let last = waitingPeriod('2026-01-01');
  for (let day = Date.parse('2026-01-02T00:00:00Z'); day < Date.parse('2027-12-31T00:00:00Z'); day += 86_400_000) {
    const today = new Date(day).toISOString().slice(0, 10);
    const next = waitingPeriod(today);
    expect(next.until <= today).toBe(true);
    if (next.until !== last.until) expect(next.from).toBe(last.until);
    else expect(next).toEqual(last);
    last = next;
  }
});

test('whatever is written down, and whenever somebody is there to tell it, each stands in exactly one release', () => {
  const date = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10);
  const BEGUN = Date.parse('2026-01-01T00:00:00Z') / 86_400_000;
  const days = fc.integer({ min: BEGUN, max: BEGUN + 1500 });
  fc.assert(
    fc.property(fc.array(days, { maxLength: 40 }), fc.array(days, { minLength: 1, maxLength: 12 }), (written, runs) => {
      const periods: { from: string; until: string }[] = [];
      for (const today of [...runs, BEGUN + 2000].sort((a, b) => a - b)) {
        const due = periodsToTell(periods.at(-1)?.until, date(today));
        // Only what is over: nothing can be written into it any more.
        expect(due.every(({ until }) => until <= date(today))).toBe(true);
        periods.push(...due);
      }
      const begins = periods[0]!.from;
      for (const day of written.map(date).filter((one) => one >= begins))
        expect([day, periods.filter(({ from, until }) => from <= day && day < until).length]).toEqual([day, 1]);
      expect(new Set(periods.map(({ until }) => until)).size).toBe(periods.length);
    }),
  );
});

test('waiting is counted in working days: a weekend and a holiday are nobody’s delay, a make-up Saturday is', () => {
  const calendar = {
    version: 'test',
    years: new Set([2026]),
    exceptions: new Map([
      ['2026-10-01', 'off'],
      ['2026-10-02', 'off'],
      ['2026-10-10', 'work'],
    ] as const),
  };
  expect(workingDaysBetween(calendar, '2026-09-30', '2026-09-30')).toBe(0);
  expect(workingDaysBetween(calendar, '2026-09-30', '2026-10-05')).toBe(1);
  expect(workingDaysBetween(calendar, '2026-10-09', '2026-10-12')).toBe(2);
  // Nobody knows the notice of 2031 yet: plain weeks.
  expect(workingDaysBetween(calendar, '2031-01-03', '2031-01-06')).toBe(1);
});

test('the middle one is told of five or more, and of fewer nothing', () => {
  expect(toldMedian([])).toBeUndefined();
  expect(toldMedian([1, 2, 3, 4])).toBeUndefined();
  expect(toldMedian([9, 1, 3, 2, 30])).toBe(3);
  expect(toldMedian([1, 2, 3, 4, 5, 6])).toBe(4);
  expect(toldMedian([0, 0, 0, 0, 0])).toBe(0);
});

test('a mobile number is somebody’s own, however it is written; an office’s is not', () => {
  for (const own of ['13800138000', '+86 138 0013 8000', '138-0013-8000']) expect([own, isMobile(own)]).toEqual([own, true]);
  for (const office of ['0760-88880000', '12348', '8888 0000', '4001234567']) expect([office, isMobile(office)]).toEqual([office, false]);
});
