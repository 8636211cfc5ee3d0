import { expect, test } from 'vitest';
import { isMobile, toldMedian, waitingPeriod, workingDaysBetween } from './rules.ts';

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
