import { expect, test } from 'vitest';
import { formatDay, formatEntered, formatInstant, formatMonthDay, formatShort, localDate, remaining } from './time.ts';

test('times are Shanghai’s wherever the screen stands', () => {
  expect(formatInstant('2026-09-30T13:40:00.000Z', 'zh')).toBe('2026年9月30日 21:40');
  expect(formatDay('2026-10-09T16:30:00.000Z', 'zh')).toContain('10月10日');
  expect(formatDay('2026-10-09T16:30:00.000Z', 'en')).toContain('10 October');
  expect(localDate(Date.parse('2026-12-31T16:00:00.000Z'))).toBe('2027-01-01');
});

test('a date that was entered is written out, other words stay', () => {
  expect(formatEntered('2026-10-30', 'zh')).toBe('2026年10月30日');
  expect(formatEntered('2026-10-30', 'en')).toBe('30 Oct 2026');
  expect(formatEntered('2026-10', 'zh')).toBe('2026年10月');
  expect(formatEntered('2026-10', 'en')).toBe('October 2026');
  expect(formatEntered('2026-13', 'en')).toBe('2026-13');
  expect(formatEntered('2026-10-30 之前', 'zh')).toBe('2026-10-30 之前');
  expect(formatMonthDay('2026-10-01', 'zh')).toBe('10月1日');
  expect(formatMonthDay('2026-10-01', 'en')).toBe('1 Oct');
});

test('a list leaves out the year, unless it is another one', () => {
  const now = Date.parse('2026-11-20T00:00:00.000Z');
  expect(formatShort('2026-12-31T15:59:00.000Z', 'zh', now)).toBe('12/31 23:59');
  expect(formatShort('2026-12-31T16:00:00.000Z', 'zh', now)).toBe('2027/01/01 00:00');
  expect(formatShort('2026-12-31T15:59:00.000Z', 'en', now)).toBe('31 Dec, 23:59');
  expect(formatShort('2026-12-31T16:00:00.000Z', 'en', now)).toBe('1 Jan 2027, 00:00');
});

test.each([
  [59, { late: false, unit: 'minute', amount: 59 }],
  [60, { late: false, unit: 'hour', amount: 1 }],
  [48 * 60 - 1, { late: false, unit: 'hour', amount: 47 }],
  [48 * 60, { late: false, unit: 'day', amount: 2 }],
  [-61, { late: true, unit: 'hour', amount: 1 }],
])('what is left of %i minutes', (minutes, wanted) => {
  const now = Date.parse('2026-09-30T00:00:00.000Z');
  expect(remaining(new Date(now + minutes * 60_000).toISOString(), now)).toEqual(wanted);
});
