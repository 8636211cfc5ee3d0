import { describe, expect, test } from 'vitest';
import { findCalendarFault, isWorkday } from '../rules.ts';
import { builtInYears, calendarOfYears, isDayOff } from './rules.ts';

const years = builtInYears(2100);
const calendar = calendarOfYears('built in', years);
/** Every day of a year on which work differs from Monday to Friday, by the calendar's own answers. */
const differing = (year: number): { off: string[]; work: string[] } => {
  const found = { off: [] as string[], work: [] as string[] };
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const weekday = ![0, 6].includes(new Date(at).getUTCDay());
    const works = isWorkday(calendar, day);
    if (works !== weekday) found[works ? 'work' : 'off'].push(day.slice(5));
  }
  return found;
};

describe('the calendar that ships', () => {
  test('knows 2026 as the State Council announced it: holidays on weekdays, work on weekends', () => {
    expect(differing(2026)).toEqual({
      off: [
        ...['01-01', '01-02'],
        ...['02-16', '02-17', '02-18', '02-19', '02-20', '02-23'],
        '04-06',
        ...['05-01', '05-04', '05-05'],
        '06-19',
        '09-25',
        ...['10-01', '10-02', '10-05', '10-06', '10-07'],
      ],
      work: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
    });
  });
  test('knows 2025 as the State Council announced it', () => {
    expect(differing(2025)).toEqual({
      off: [
        '01-01',
        ...['01-28', '01-29', '01-30', '01-31', '02-03', '02-04'],
        '04-04',
        ...['05-01', '05-02', '05-05'],
        '06-02',
        ...['10-01', '10-02', '10-03', '10-06', '10-07', '10-08'],
      ],
      work: ['01-26', '02-08', '04-27', '09-28', '10-11'],
    });
  });
  test('says it does not know 2027', () => {
    expect(years.map(({ year }) => year)).toEqual(Array.from({ length: 23 }, (_, n) => 2004 + n));
    expect(isWorkday(calendar, '2027-01-01')).toBe('unknown');
    // Saturday and Sunday all the same, for invented data of years to come.
    expect(['2027-01-01', '2027-01-02', '2027-01-04', '2026-10-05', '2026-10-10'].map(isDayOff)).toEqual([false, true, false, true, false]);
  });
  test('would pass the check that a year loaded by hand must pass', () => {
    // May Day is a holiday in every one of these years, October 1-3 and New Year's Day too.
    expect(years.flatMap((year) => findCalendarFault(year) ?? [])).toEqual([]);
  });
  test('leaves out years that are known already, and later ones', () => {
    expect(
      builtInYears(2025, new Set([2024]))
        .map(({ year }) => year)
        .slice(-2),
    ).toEqual([2023, 2025]);
  });
});
