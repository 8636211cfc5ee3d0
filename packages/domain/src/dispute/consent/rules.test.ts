import { expect, test } from 'vitest';
import { CALENDARS } from '../../clock/limit/table.ts';
import { mediateBy, TIME_LIMITS, type Timing } from './rules.ts';

const { to2026 } = CALENDARS;

/** Worked out by hand on the calendar of 2026: National Day is 1 to 7 October, Saturday 10 October is worked. */
test.each<[timing: Timing, consentOn: string, receivedOn: string | undefined, due: string, article: string]>([
  ['ordinary', '2026-09-08', undefined, '2026-10-08', 'local'],
  // The thirtieth day is 3 October, a holiday: the first day of work after it.
  ['ordinary', '2026-09-03', undefined, '2026-10-08', 'local'],
  ['courtBeforeFiling', '2026-09-10', '2026-09-08', '2026-10-08', '第二十七条第一款、第三款'],
  ['courtOrdinary', '2026-10-09', '2026-10-08', '2026-10-23', '第二十七条第二款、第三款'],
  // The seventh day is Sunday 18 October.
  ['courtSummary', '2026-10-12', '2026-10-11', '2026-10-19', '第二十七条第二款、第三款'],
  ['courtSummary', '2026-10-30', '2026-10-11', '2026-10-30', '第二十七条第二款、第三款'],
])('%s: agreed on %s, received on %s, to be mediated by %s (%s)', (timing, consentOn, receivedOn, due, article) => {
  expect(mediateBy(timing, { consentOn, receivedOn }, to2026)).toBe(due);
  expect(TIME_LIMITS[timing].source).toMatch(new RegExp(`${article}$`, 'u'));
});
