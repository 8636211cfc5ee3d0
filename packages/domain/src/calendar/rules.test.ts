import { describe, expect, test } from 'vitest';
import {
  dateOfDay,
  dayOfDate,
  dayOfInstant,
  findCalendarFault,
  instantOfMs,
  instantToLocalDate,
  isWeekday,
  isWorkday,
  msOfDay,
} from './rules.ts';
import type { Calendar, CalendarYear } from './schema.ts';

const calendar: Calendar = {
  version: '2026-2026',
  years: new Set([2026]),
  exceptions: new Map([
    ['2026-10-01', 'off'],
    ['2026-10-10', 'work'],
    ['2027-01-01', 'off'],
  ]),
};

describe('whether people work on a day', () => {
  test.each([
    ['2026-10-01', false, 'a holiday'],
    ['2026-10-10', true, 'a make-up Saturday'],
    ['2026-10-11', false, 'a Sunday'],
    ['2026-10-12', true, 'a Monday'],
    ['2027-01-01', 'unknown', 'a day of a year whose notice is not loaded, whatever is written about it'],
    ['2025-12-31', 'unknown', 'the day before the first known year'],
  ] as const)('%s: %s (%s)', (day, answer, _why) => {
    expect(isWorkday(calendar, day)).toBe(answer);
  });
});

describe('days of Shanghai', () => {
  test.each([
    ['2026-09-30T15:59:59.999Z', '2026-09-30'],
    ['2026-09-30T16:00:00.000Z', '2026-10-01'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
    ['1969-12-31T15:59:00.000Z', '1969-12-31'],
  ] as const)('%s is on %s, in whatever zone the process runs', (instant, date) => {
    expect(instantToLocalDate(instant)).toBe(date);
    expect(dateOfDay(dayOfInstant(instant))).toBe(date);
  });
  test('every day from 1960 to 2100 has its number, its midnight and its weekday', () => {
    const odd: number[] = [];
    for (let day = dayOfDate('1960-01-01'); day <= dayOfDate('2100-12-31'); day++) {
      const midnight = instantOfMs(msOfDay(day)) === `${dateOfDay(day - 1)}T16:00:00.000Z`;
      if (dayOfDate(dateOfDay(day)) !== day || !midnight || isWeekday(day) !== isWeekday(day - 7)) odd.push(day);
    }
    expect(odd).toEqual([]);
    expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map((date) => isWeekday(dayOfDate(date)))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('the notice of a year', () => {
  const off = (...days: string[]): CalendarYear['exceptions'] => days.map((day) => ({ day, kind: 'off', reason: '放假' }));
  const holidays = off('2029-01-01', '2029-05-01', '2029-10-01', '2029-10-02', '2029-10-03');
  const notice = (exceptions: CalendarYear['exceptions']): CalendarYear => ({ year: 2029, source: '测试', exceptions });
  test.each([
    ['a day of another year', notice([...holidays, ...off('2028-11-30')]), 'calendarDayUnfit', '2028-11-30'],
    ['a day that does not exist', notice([...holidays, ...off('2029-02-29')]), 'calendarDayUnfit', '2029-02-29'],
    ['a month that does not exist', notice([...holidays, ...off('2029-13-01')]), 'calendarDayUnfit', '2029-13-01'],
    ['a day named twice', notice([...holidays, { day: '2029-05-01', kind: 'work', reason: '上班' }]), 'calendarDayTwice', '2029-05-01'],
    ['no holiday at all', notice([]), 'calendarHolidayMissing', '2029-01-01'],
    ['National Day as a working day', notice(holidays.slice(0, 4)), 'calendarHolidayMissing', '2029-10-03'],
  ])('with %s is refused, and the day named', (_what, year, code, day) => {
    expect(findCalendarFault(year)).toEqual({ code, day });
  });
  test('may move the December before for New Year’s Day, and need not name holidays that are weekends', () => {
    expect(findCalendarFault(notice([...holidays, ...off('2028-12-31')]))).toBeUndefined();
    expect(findCalendarFault({ ...notice(off('2022-05-02', '2022-10-03')), year: 2022 })).toBeUndefined();
  });
});
