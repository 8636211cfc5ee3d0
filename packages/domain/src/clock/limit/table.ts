import type { BusinessHours, Calendar, LocalDate } from '../../calendar/schema.ts';
import type { Limit } from '../schema.ts';

/**
 * Due times worked out by hand from the law and a printed calendar, never by running the code. Articles: CC = 民法典 (Civil Code) 200-204; the
 * holidays are those of the State Council's notices for 2024, 2025 and 2026 (standards of the README), written down here a second time so that the
 * table does not lean on the product's own data.
 */
const days = (words: string): LocalDate[] =>
  words.split(' ').flatMap((word) => {
    const [from, to] = word.split('..') as [string, string?];
    const first = Date.parse(`${from}T00:00Z`);
    const last = Date.parse(`${from.slice(0, 4)}-${to ?? from.slice(5)}T00:00Z`);
    return Array.from({ length: (last - first) / 86_400_000 + 1 }, (_, n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10));
  });
const NOTICES: Record<number, { off: string; work: string }> = {
  2024: {
    off: '2024-01-01 2024-02-10..02-17 2024-04-04..04-06 2024-05-01..05-05 2024-06-10 2024-09-15..09-17 2024-10-01..10-07',
    work: '2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12',
  },
  2025: {
    off: '2025-01-01 2025-01-28..02-04 2025-04-04..04-06 2025-05-01..05-05 2025-05-31..06-02 2025-10-01..10-08',
    work: '2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11',
  },
  2026: {
    off: '2026-01-01..01-03 2026-02-15..02-23 2026-04-04..04-06 2026-05-01..05-05 2026-06-19..06-21 2026-09-25..09-27 2026-10-01..10-07',
    work: '2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10',
  },
  /** Not the notice of 2027, which nobody knows here: only that New Year's Day is a holiday every year (全国年节及纪念日放假办法). */
  2027: { off: '2027-01-01', work: '' },
};
const calendarOf = (version: string, ...years: number[]): Calendar => ({
  version,
  years: new Set(years),
  exceptions: new Map(
    years.flatMap((year) => [
      ...days(NOTICES[year]!.off).map((day) => [day, 'off'] as const),
      ...(NOTICES[year]!.work ? days(NOTICES[year]!.work).map((day) => [day, 'work'] as const) : []),
    ]),
  ),
});
export const CALENDARS = {
  to2026: calendarOf('2024-2026', 2024, 2025, 2026),
  to2027: calendarOf('2024-2027', 2024, 2025, 2026, 2027),
  only2025: calendarOf('2025-2025', 2025),
  only2027: calendarOf('2027-2027', 2027),
  none: calendarOf('none'),
  /** 2027 as somebody might mistakenly load it: without New Year's Day. */
  plain2027: { ...calendarOf('2024-2026', 2024, 2025, 2026), version: 'plain 2027', years: new Set([2024, 2025, 2026, 2027]) },
} as const;

/** A local time of Shanghai, `2026-09-30 21:40`. */
export type Local = string;
export interface Row {
  /** `3 workingDay`; several, joined by ` + `, are a limit and its extensions. */
  readonly limit: string;
  readonly from: Local;
  /** `due` as a date: that day runs out (24:00). As a local time: that very minute. */
  readonly due: LocalDate | Local;
  readonly why: string;
  /** `[from, to]` of each pause. */
  readonly pauses?: readonly (readonly [Local, Local])[];
  /** The years known; to2026 where nothing else is said. */
  readonly calendar?: keyof typeof CALENDARS;
  readonly provisional?: true;
  readonly hours?: BusinessHours;
}

export const limitsOf = (words: string): Limit[] =>
  words.split(' + ').map((one) => {
    const [amount, unit] = one.split(' ') as [string, Limit['unit']];
    return { amount: Number(amount), unit };
  });

const row = (limit: string, from: Local, due: string, why: string, more: Partial<Row> = {}): Row => ({ limit, from, due, why, ...more });
const unknown = { provisional: true } as const;
const with2027 = { calendar: 'to2027' } as const;
const paused = (...pauses: [Local, Local][]): Partial<Row> => ({ pauses });

const WORKING_DAYS: readonly Row[] = [
  row('1 workingDay', '2026-03-02 09:00', '2026-03-03', 'CC 201: the day it starts on is not counted'),
  row('1 workingDay', '2026-03-02 00:00', '2026-03-03', 'CC 201, from the first minute of a day'),
  row('1 workingDay', '2026-03-02 23:59', '2026-03-03', 'CC 201, from the last minute of a day'),
  row('1 workingDay', '2026-03-06 16:00', '2026-03-09', 'Friday: Monday is next'),
  row('3 workingDay', '2026-03-06 16:00', '2026-03-11', 'class C over a weekend'),
  row('1 workingDay', '2026-03-07 10:00', '2026-03-09', 'started on a Saturday'),
  row('1 workingDay', '2026-03-08 22:00', '2026-03-09', 'started on a Sunday'),
  row('5 workingDay', '2026-03-12 09:00', '2026-03-19', 'class D over a weekend'),
  row('15 workingDay', '2026-03-02 09:00', '2026-03-23', 'class E: three weeks'),
  row('10 workingDay', '2026-07-01 09:00', '2026-07-15', 'two weeks from a Wednesday'),
  row('20 workingDay', '2026-08-31 09:00', '2026-09-28', '政府信息公开条例 33: make-up Sunday 20 September counts, 25-27 are off'),
  row('20 workingDay + 20 workingDay', '2026-08-31 09:00', '2026-10-30', '政府信息公开条例 33, extended: forty in all'),
  row('3 workingDay', '2026-09-30 21:40', '2026-10-10', 'journey 1: 8, 9 and make-up Saturday 10 October'),
  row('1 workingDay', '2026-09-30 08:00', '2026-10-08', 'seven days of National Day are off'),
  row('2 workingDay', '2026-09-30 08:00', '2026-10-09', 'the second day after National Day'),
  row('4 workingDay', '2026-09-30 08:00', '2026-10-12', 'after the make-up Saturday comes an ordinary Sunday'),
  row('1 workingDay', '2026-10-10 09:00', '2026-10-12', 'started on a make-up Saturday'),
  row('1 workingDay', '2026-10-09 09:00', '2026-10-10', 'a make-up Saturday is a working day'),
  row('1 workingDay', '2026-10-03 12:00', '2026-10-08', 'started within a holiday'),
  row('1 workingDay', '2026-09-19 12:00', '2026-09-20', 'a make-up Sunday is a working day'),
  row('1 workingDay', '2026-09-18 12:00', '2026-09-20', 'an ordinary Saturday, then a make-up Sunday'),
  row('1 workingDay', '2026-09-24 12:00', '2026-09-28', 'Mid-Autumn 25-27 September'),
  row('1 workingDay', '2026-09-25 12:00', '2026-09-28', 'started on a Friday that is off'),
  row('5 workingDay', '2026-09-29 12:00', '2026-10-12', '信访工作条例 23: five working days to object'),
  row('15 workingDay', '2026-09-20 12:00', '2026-10-16', 'two holidays and a make-up day in one limit'),
  row('1 workingDay', '2026-02-13 12:00', '2026-02-14', 'make-up Saturday before Spring Festival'),
  row('2 workingDay', '2026-02-13 12:00', '2026-02-24', 'nine days of Spring Festival'),
  row('1 workingDay', '2026-02-14 12:00', '2026-02-24', 'nine days of Spring Festival from a make-up day'),
  row('4 workingDay', '2026-02-14 12:00', '2026-02-27', 'the week after Spring Festival'),
  row('5 workingDay', '2026-02-14 12:00', '2026-02-28', 'and its make-up Saturday'),
  row('1 workingDay', '2026-02-27 12:00', '2026-02-28', 'month end on a make-up Saturday'),
  row('2 workingDay', '2026-02-27 12:00', '2026-03-02', 'over the end of February'),
  row('1 workingDay', '2026-02-18 12:00', '2026-02-24', 'started within Spring Festival'),
  row('1 workingDay', '2025-12-31 12:00', '2026-01-04', 'over the year: make-up Sunday 4 January'),
  row('2 workingDay', '2025-12-31 12:00', '2026-01-05', 'over the year, two days'),
  row('1 workingDay', '2026-01-03 12:00', '2026-01-04', 'the last day of a holiday, then a make-up Sunday'),
  row('1 workingDay', '2026-04-03 12:00', '2026-04-07', 'Qingming: Monday 6 April is off'),
  row('1 workingDay', '2026-04-30 12:00', '2026-05-06', 'Labour Day 1-5 May'),
  row('3 workingDay', '2026-04-30 12:00', '2026-05-08', 'Labour Day, three days'),
  row('4 workingDay', '2026-04-30 12:00', '2026-05-09', 'Labour Day and its make-up Saturday'),
  row('2 workingDay', '2026-05-08 12:00', '2026-05-11', 'Saturday 9 May counts, Sunday does not'),
  row('1 workingDay', '2026-06-18 12:00', '2026-06-22', 'Dragon Boat 19-21 June'),
  row('15 workingDay', '2026-06-18 12:00', '2026-07-10', 'class E over Dragon Boat'),
  row('1 workingDay', '2025-01-24 12:00', '2025-01-26', 'make-up Sunday before Spring Festival 2025'),
  row('2 workingDay', '2025-01-24 12:00', '2025-01-27', 'the last day before Spring Festival 2025'),
  row('3 workingDay', '2025-01-24 12:00', '2025-02-05', 'eight days of Spring Festival 2025'),
  row('4 workingDay', '2025-01-27 12:00', '2025-02-08', 'make-up Saturday after Spring Festival 2025'),
  row('1 workingDay', '2025-09-26 12:00', '2025-09-28', 'make-up Sunday before National Day 2025'),
  row('3 workingDay', '2025-09-30 12:00', '2025-10-11', 'eight days of National Day 2025, make-up Saturday after'),
  row('2 workingDay', '2025-04-25 12:00', '2025-04-28', 'make-up Sunday 27 April 2025'),
  row('1 workingDay', '2025-05-30 12:00', '2025-06-03', 'Dragon Boat 2025 over the end of May'),
  row('1 workingDay', '2024-02-28 12:00', '2024-02-29', 'the leap day counts'),
  row('1 workingDay', '2024-02-29 12:00', '2024-03-01', 'from the leap day'),
  row('1 workingDay', '2024-02-02 12:00', '2024-02-04', 'make-up Sunday 4 February 2024'),
  row('1 workingDay', '2024-02-09 12:00', '2024-02-18', 'Spring Festival 2024: New Year’s Eve was a working day, 18 February made up'),
  row('0 workingDay', '2026-03-02 09:00', '2026-03-02', 'no days: the day itself'),
];

const CALENDAR_DAYS: readonly Row[] = [
  row('60 day', '2026-09-10 10:00', '2026-11-09', 'journey 2, 信访工作条例 34: sixty days from acceptance; holidays count'),
  row('60 day + 30 day', '2026-09-10 10:00', '2026-12-09', 'journey 2, 信访工作条例 34: thirty days more'),
  row('15 day', '2026-09-08 10:00', '2026-09-23', '信访工作条例 22: registration'),
  row('30 day', '2026-10-20 10:00', '2026-11-19', 'journey 5, 人民调解法 33: thirty days to ask for confirmation'),
  row('60 day', '2026-09-10 00:00', '2026-11-09', 'CC 201, accepted at midnight'),
  row('60 day', '2026-09-10 23:59', '2026-11-09', 'CC 201, accepted a minute before midnight'),
  row('60 day', '2026-09-10 07:59', '2026-11-09', 'still the day before in UTC: the day of Shanghai decides'),
  row('30 day', '2026-09-01 10:00', '2026-10-08', 'CC 203: the thirtieth day is 1 October, moved behind the holiday'),
  row('30 day', '2026-09-05 10:00', '2026-10-08', 'CC 203: the thirtieth day is 5 October'),
  row('15 day', '2026-09-05 10:00', '2026-09-20', 'a make-up Sunday is no holiday: not moved'),
  row('15 day', '2026-09-04 10:00', '2026-09-20', 'CC 203: Saturday 19 moves to make-up Sunday 20'),
  row('15 day', '2026-09-10 10:00', '2026-09-28', 'CC 203: 25 September is off, so are 26 and 27'),
  row('15 day', '2026-09-25 10:00', '2026-10-10', 'a make-up Saturday is no holiday: not moved'),
  row('10 day', '2026-10-01 10:00', '2026-10-12', 'CC 203: Sunday 11 moves to Monday'),
  row('1 day', '2026-03-06 10:00', '2026-03-09', 'CC 203: Saturday moves to Monday'),
  row('2 day', '2026-03-06 10:00', '2026-03-09', 'CC 203: Sunday moves to Monday'),
  row('3 day', '2026-03-06 10:00', '2026-03-09', 'Monday by itself'),
  row('7 day', '2026-03-02 10:00', '2026-03-09', 'a week'),
  row('30 day', '2026-01-29 10:00', '2026-02-28', 'month end on a make-up Saturday'),
  row('30 day', '2026-01-20 10:00', '2026-02-24', 'CC 203: 19 February lies in Spring Festival'),
  row('60 day', '2025-12-17 10:00', '2026-02-24', 'CC 203: over the year into Spring Festival'),
  row('30 day', '2024-01-30 10:00', '2024-02-29', 'the leap day is a last day'),
  row('30 day', '2025-01-29 10:00', '2025-02-28', 'started within a holiday, which counts all the same'),
  row('60 day', '2025-08-05 10:00', '2025-10-09', 'CC 203: 4 October 2025 moves behind eight days of holiday'),
  row('90 day', '2026-07-04 10:00', '2026-10-08', 'CC 203: started on a Saturday, ends on 2 October'),
  row('365 day', '2025-03-03 10:00', '2026-03-03', 'days, not a year'),
  row('366 day', '2024-01-02 10:00', '2025-01-02', 'the leap day is one of them'),
  row('15 day', '2026-04-20 10:00', '2026-05-06', 'CC 203: 5 May is off'),
  row('15 day', '2026-04-24 10:00', '2026-05-09', 'make-up Saturday 9 May: not moved'),
  row('30 day', '2026-05-20 10:00', '2026-06-22', 'CC 203: 19 June is off, then a weekend'),
  row('30 day', '2026-03-05 10:00', '2026-04-07', 'CC 203: Qingming 4-6 April'),
  row('15 day + 10 day', '2026-09-08 10:00', '2026-10-08', 'CC 203: twenty-five days end on 3 October'),
  row(
    '60 day + 30 day',
    '2026-08-05 10:00',
    '2026-11-03',
    'CC 203 moves the last day only: the sixtieth, 4 October, is not moved before thirty are added',
  ),
  row('15 day + 2 workingDay', '2026-09-05 10:00', '2026-09-22', 'an extension of another unit is counted on from the last day'),
  row(
    '15 day + 1 workingDay',
    '2026-09-10 10:00',
    '2026-09-28',
    'the fifteenth day is off and not moved; the first working day after it is 28 September',
  ),
];

const MONTHS: readonly Row[] = [
  row('1 month', '2026-03-10 10:00', '2026-04-10', 'CC 202: the corresponding day'),
  row('1 month', '2026-01-31 10:00', '2026-02-28', 'CC 202: no 31 February; its last day is a make-up Saturday'),
  row('1 month', '2026-01-15 10:00', '2026-02-24', 'CC 202, 203: 15 February lies in Spring Festival'),
  row('1 month', '2024-01-31 10:00', '2024-02-29', 'CC 202 in a leap year'),
  row('1 month', '2024-01-30 10:00', '2024-02-29', 'CC 202 in a leap year, from the 30th'),
  row('1 month', '2024-01-29 10:00', '2024-02-29', 'the corresponding day is the leap day'),
  row('1 month', '2025-01-31 10:00', '2025-02-28', 'CC 202 in an ordinary year'),
  row('12 month', '2024-02-29 10:00', '2025-02-28', 'CC 202: a year from the leap day'),
  row('1 month', '2024-02-29 10:00', '2024-03-29', 'the corresponding day, not the month’s end'),
  row('1 month', '2026-03-31 10:00', '2026-04-30', 'CC 202: no 31 April'),
  row('1 month', '2026-05-31 10:00', '2026-06-30', 'CC 202: no 31 June'),
  row('1 month', '2026-08-31 10:00', '2026-09-30', 'CC 202: no 31 September'),
  row('3 month', '2026-03-10 10:00', '2026-06-10', 'CC 202'),
  row('4 month', '2025-10-31 10:00', '2026-02-28', 'CC 202 over the year'),
  row('1 month', '2026-09-01 10:00', '2026-10-08', 'CC 203: 1 October'),
  row('3 month', '2026-07-10 10:00', '2026-10-10', 'make-up Saturday: not moved'),
  row('2 month', '2025-12-31 10:00', '2026-02-28', 'CC 202 over the year to a month without the day'),
  row('12 month', '2025-06-08 10:00', '2026-06-08', 'a year from a Sunday'),
  row('1 month + 1 month', '2026-01-31 10:00', '2026-03-31', 'CC 202: two months from the same start, not one from the 28th'),
  row('1 month + 15 day', '2026-03-10 10:00', '2026-04-27', 'CC 203: 25 April is a Saturday'),
];

const HOURS: readonly Row[] = [
  row('24 hour', '2026-09-30 21:40', '2026-10-01 21:40', 'class B runs through the holiday; CC 201: hours from the very moment'),
  row('2 hour', '2026-10-01 23:30', '2026-10-02 01:30', 'class A runs through night and holiday'),
  row('2 hour', '2026-02-16 23:00', '2026-02-17 01:00', 'class A on New Year’s Eve'),
  row('24 hour', '2024-02-28 12:00', '2024-02-29 12:00', 'into the leap day'),
  row('24 hour', '2026-02-28 12:00', '2026-03-01 12:00', 'over a month end'),
  row('72 hour', '2026-03-06 17:30', '2026-03-09 17:30', 'over a weekend'),
  row('24 hour', '2026-12-31 20:00', '2027-01-01 20:00', 'hours ask no calendar: an unknown year does not matter'),
  row('2 hour', '2026-10-01 08:00', '2026-10-01 10:00', 'hours need no calendar at all', { calendar: 'none' }),
  row('48 hour + 24 hour', '2026-03-02 09:00', '2026-03-05 09:00', 'extended by a day of hours'),
  row('0 hour', '2026-03-02 09:00', '2026-03-02 09:00', 'at once'),
  row('24 hour + 1 workingDay', '2026-03-05 10:00', '2026-03-09', 'hours end on Friday the 6th; the next working day is Monday'),
];

const WORKING_HOURS: readonly Row[] = [
  row('2 workingHour', '2026-03-02 09:00', '2026-03-02 11:00', 'within a morning (09:00-12:00, 13:30-17:30)'),
  row('2 workingHour', '2026-03-02 11:00', '2026-03-02 14:30', 'over the noon break'),
  row('3 workingHour', '2026-03-02 09:00', '2026-03-02 12:00', 'used up as the morning ends'),
  row('4 workingHour', '2026-03-02 09:00', '2026-03-02 14:30', 'one hour of the afternoon'),
  row('7 workingHour', '2026-03-02 09:00', '2026-03-02 17:30', 'CC 203: a whole day ends at close of business'),
  row('8 workingHour', '2026-03-02 09:00', '2026-03-03 10:00', 'a day and an hour'),
  row('2 workingHour', '2026-03-02 12:30', '2026-03-02 15:30', 'started in the noon break'),
  row('2 workingHour', '2026-03-02 07:00', '2026-03-02 11:00', 'started before opening'),
  row('2 workingHour', '2026-03-06 17:00', '2026-03-09 10:30', 'half an hour on Friday, the rest on Monday'),
  row('2 workingHour', '2026-03-07 10:00', '2026-03-09 11:00', 'started on a Saturday'),
  row('2 workingHour', '2026-09-30 21:40', '2026-10-08 11:00', 'started at night before National Day'),
  row('4 workingHour', '2026-10-09 16:30', '2026-10-10 12:00', 'the make-up Saturday is open'),
  row('14 workingHour', '2026-02-13 13:30', '2026-02-24 12:00', 'Friday, make-up Saturday, and after Spring Festival'),
  row('2 workingHour', '2026-03-02 11:00', '2026-03-02 15:30', 'a body with hours of its own', {
    hours: [
      [510, 720],
      [870, 1080],
    ],
  }),
];

const UNKNOWN_YEARS: readonly Row[] = [
  row('30 day', '2026-12-04 10:00', '2027-01-03', 'journey 2: a Sunday of an unknown year is not moved, only provisional', unknown),
  row('30 day', '2026-12-04 10:00', '2027-01-04', 'journey 2 once 2027 is loaded: CC 203 moves Sunday to Monday', with2027),
  row('12 day', '2026-12-21 10:00', '2027-01-02', 'a Saturday of an unknown year', unknown),
  row('12 day', '2026-12-21 10:00', '2027-01-04', 'the same once 2027 is loaded', with2027),
  row('10 day', '2026-12-21 10:00', '2026-12-31', 'the last day known: nothing provisional'),
  row('3 workingDay', '2026-12-30 10:00', '2027-01-04', 'plain weekdays: 31 December, Friday 1 and Monday 4 January', unknown),
  row('3 workingDay', '2026-12-30 10:00', '2027-01-05', 'the same once New Year’s Day is known to be off', with2027),
  row('1 workingDay', '2026-12-30 10:00', '2026-12-31', 'the last known day: nothing provisional'),
  row('2 workingDay', '2026-12-30 10:00', '2027-01-01', 'a first day of an unknown year is a guess', unknown),
  row('2 workingHour', '2026-12-31 16:30', '2027-01-01 10:00', 'an hour in a known year, an hour in an unknown one', unknown),
  row('2 workingHour', '2026-12-31 16:30', '2027-01-04 10:00', 'the same once 2027 is loaded', with2027),
  row('1 month', '2026-12-15 10:00', '2027-01-15', 'CC 202 into an unknown year', unknown),
  row('1 month', '2026-12-15 10:00', '2027-01-15', 'the same once 2027 is loaded', with2027),
  row('3 month', '2026-11-30 10:00', '2027-02-28', 'a Sunday of an unknown year is not moved', unknown),
  row('3 month', '2026-11-30 10:00', '2027-03-01', 'CC 203 once 2027 is loaded', with2027),
  row('5 workingDay', '2026-09-28 10:00', '2026-10-05', 'no calendar at all: plain weekdays', { calendar: 'none', ...unknown }),
  row('60 day', '2026-09-10 10:00', '2026-11-09', 'no calendar at all: a date, but provisional', { calendar: 'none', ...unknown }),
  row('20 day', '2027-12-06 10:00', '2027-12-27', 'the last year known, its last week', { calendar: 'only2027' }),
  row('30 day', '2026-12-04 10:00', '2027-01-04', 'days of an unknown year are counted all the same; only the last day asks the calendar', {
    calendar: 'only2027',
  }),
  row('3 workingDay', '2024-12-30 10:00', '2025-01-03', '31 December of an unknown year was counted: 31, 2 and 3 January', {
    calendar: 'only2025',
    ...unknown,
  }),
  row('1 workingDay', '2024-12-31 10:00', '2025-01-02', 'the starting day is not counted, so its year need not be known', {
    calendar: 'only2025',
  }),
];

const PAUSES: readonly Row[] = [
  row(
    '5 workingDay',
    '2026-03-02 10:00',
    '2026-03-11',
    'paused over the ends of Wednesday and Thursday: two days later',
    paused(['2026-03-04 10:00', '2026-03-06 15:00']),
  ),
  row(
    '5 workingDay',
    '2026-03-02 10:00',
    '2026-03-09',
    'paused and resumed within one day: nothing gained',
    paused(['2026-03-04 10:00', '2026-03-04 16:00']),
  ),
  row('5 workingDay', '2026-09-28 10:00', '2026-10-10', 'not paused, for comparison: 29, 30, 8, 9, 10'),
  row(
    '5 workingDay',
    '2026-09-28 10:00',
    '2026-10-10',
    'paused from holiday to first working day: nothing gained or lost',
    paused(['2026-10-01 08:00', '2026-10-08 08:00']),
  ),
  row('5 workingDay', '2026-09-28 10:00', '2026-10-10', 'paused within the holiday', paused(['2026-10-02 08:00', '2026-10-05 08:00'])),
  row(
    '5 workingDay',
    '2026-09-28 10:00',
    '2026-10-12',
    'paused over the end of one working day and the holiday: one day',
    paused(['2026-09-30 16:00', '2026-10-08 08:00']),
  ),
  row(
    '5 workingDay',
    '2026-09-28 10:00',
    '2026-10-13',
    'paused over two working days and the holiday',
    paused(['2026-09-30 10:00', '2026-10-09 10:00']),
  ),
  row(
    '5 workingDay',
    '2026-09-28 10:00',
    '2026-10-12',
    'paused over the make-up Saturday: the next day is Monday',
    paused(['2026-10-10 09:00', '2026-10-11 09:00']),
  ),
  row(
    '60 day',
    '2026-09-10 10:00',
    '2026-11-16',
    '信访工作条例 36: five days of hearing are not counted; Saturday 14 moves (CC 203)',
    paused(['2026-10-12 09:00', '2026-10-17 10:00']),
  ),
  row(
    '60 day',
    '2026-09-10 10:00',
    '2026-11-10',
    'paused over the end of the starting day: one day later',
    paused(['2026-09-10 15:00', '2026-09-11 09:00']),
  ),
  row(
    '1 workingDay',
    '2026-03-06 10:00',
    '2026-03-10',
    'paused from Friday to Monday from the start: Friday’s afternoon is given back on Tuesday',
    paused(['2026-03-06 11:00', '2026-03-09 09:00']),
  ),
  row(
    '1 workingDay',
    '2026-03-07 10:00',
    '2026-03-09',
    'paused over a weekend on which nothing ran',
    paused(['2026-03-07 11:00', '2026-03-09 09:00']),
  ),
  row(
    '10 workingDay',
    '2026-06-01 10:00',
    '2026-06-18',
    'two pauses of one and two working days',
    paused(['2026-06-03 10:00', '2026-06-04 10:00'], ['2026-06-09 10:00', '2026-06-11 10:00']),
  ),
  row(
    '10 workingDay',
    '2026-06-01 10:00',
    '2026-06-17',
    'two pauses that touch are one',
    paused(['2026-06-03 10:00', '2026-06-04 10:00'], ['2026-06-04 10:00', '2026-06-05 10:00']),
  ),
  row('15 day', '2026-09-08 10:00', '2026-09-24', 'paused over the end of the last day', paused(['2026-09-23 10:00', '2026-09-24 10:00'])),
  row(
    '15 day',
    '2026-09-08 10:00',
    '2026-09-28',
    'resumed on a holiday: the last day is moved (CC 203)',
    paused(['2026-09-23 10:00', '2026-09-25 10:00']),
  ),
  row(
    '30 day',
    '2026-09-01 10:00',
    '2026-10-12',
    'paused on the working day a last day was moved to: moved on',
    paused(['2026-10-08 09:00', '2026-10-12 09:00']),
  ),
  row(
    '1 month',
    '2026-03-10 10:00',
    '2026-04-15',
    'five days paused are added to the month',
    paused(['2026-03-20 10:00', '2026-03-25 10:00']),
  ),
  row(
    '1 month',
    '2026-03-10 10:00',
    '2026-04-13',
    'paused over two days’ ends from the start: 12 April is a Sunday',
    paused(['2026-03-10 11:00', '2026-03-12 10:00']),
  ),
  row('24 hour', '2026-03-02 09:00', '2026-03-03 11:30', 'two and a half hours paused', paused(['2026-03-02 10:00', '2026-03-02 12:30'])),
  row(
    '24 hour',
    '2026-10-01 09:00',
    '2026-10-09 09:00',
    'a week paused over the holiday, to the hour',
    paused(['2026-10-01 10:00', '2026-10-08 10:00']),
  ),
  row(
    '24 hour',
    '2026-03-02 09:00',
    '2026-03-03 09:00',
    'paused at the very moment the time was up: nothing given',
    paused(['2026-03-03 09:00', '2026-03-03 12:00']),
  ),
  row(
    '24 hour',
    '2026-03-02 09:00',
    '2026-03-03 09:00',
    'paused after the time was up: nothing given',
    paused(['2026-03-03 10:00', '2026-03-03 12:00']),
  ),
  row(
    '4 workingHour',
    '2026-03-02 09:00',
    '2026-03-02 17:00',
    'paused from 10:00 to 14:00: one hour before, three after',
    paused(['2026-03-02 10:00', '2026-03-02 14:00']),
  ),
  row(
    '8 workingHour',
    '2026-03-02 09:00',
    '2026-03-03 10:00',
    'paused overnight, when nothing runs',
    paused(['2026-03-02 17:30', '2026-03-03 09:00']),
  ),
  row(
    '4 workingHour',
    '2026-09-30 16:30',
    '2026-10-08 12:00',
    'paused over National Day, when nothing runs',
    paused(['2026-09-30 17:30', '2026-10-08 09:00']),
  ),
  row(
    '4 workingHour',
    '2026-03-06 15:00',
    '2026-03-09 14:30',
    'paused from Friday 16:00 to Monday 10:00',
    paused(['2026-03-06 16:00', '2026-03-09 10:00']),
  ),
  row('5 workingDay', '2026-12-28 10:00', '2027-01-11', 'paused over the year; days of an unknown year follow', {
    ...paused(['2026-12-30 10:00', '2027-01-06 10:00']),
    ...unknown,
  }),
  row('5 workingDay', '2026-12-28 10:00', '2027-01-11', 'the same once 2027 is loaded', {
    ...paused(['2026-12-30 10:00', '2027-01-06 10:00']),
    ...with2027,
  }),
  row(
    '60 day + 30 day',
    '2026-09-10 10:00',
    '2026-12-14',
    'extended and paused for five days',
    paused(['2026-10-12 09:00', '2026-10-17 10:00']),
  ),
];

export const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'working days': WORKING_DAYS,
  'calendar days': CALENDAR_DAYS,
  months: MONTHS,
  hours: HOURS,
  'working hours': WORKING_HOURS,
  'unknown years': UNKNOWN_YEARS,
  pauses: PAUSES,
};
