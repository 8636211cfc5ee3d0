import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type NoticeSettings } from '../schema.ts';
import { summarise, tellAt } from './rules.ts';

/** A wall-clock time in Shanghai on a day of October 2026. */
const at = (day: number, time: string): string =>
  new Date(`2026-10-${String(day).padStart(2, '0')}T${time.length === 5 ? `${time}:00` : time}+08:00`).toISOString();
const minute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const settings = (more: Partial<NoticeSettings> = {}): NoticeSettings => ({ ...DEFAULT_SETTINGS, ...more });
const quiet = (from: string, to: string) => ({ quiet: { from: minute(from), to: minute(to) } });
const ordinary = { kind: 'arrived', urgent: false };
const urgent = { kind: 'arrived', urgent: true };

describe('quiet hours', () => {
  const night = settings(quiet('22:00', '07:30'));
  const noon = settings(quiet('12:00', '14:00'));
  test.each([
    ['just before they begin', night, at(8, '21:59:59'), at(8, '21:59:59')],
    ['the instant they begin', night, at(8, '22:00'), at(9, '07:30')],
    ['before midnight', night, at(8, '23:59:59'), at(9, '07:30')],
    ['at midnight', night, at(9, '00:00'), at(9, '07:30')],
    ['after midnight', night, at(9, '03:00'), at(9, '07:30')],
    ['the last second', night, at(9, '07:29:59'), at(9, '07:30')],
    ['the instant they end', night, at(9, '07:30'), at(9, '07:30')],
    ['by day, not over midnight', noon, at(8, '12:00'), at(8, '14:00')],
    ['by day, just before the end', noon, at(8, '13:59:59'), at(8, '14:00')],
    ['by day, before', noon, at(8, '11:59'), at(8, '11:59')],
  ])('%s', (_name, who, now, told) => expect(tellAt(who, ordinary, now)).toBe(told));
  test('urgent matters pass where the person allows it, and wait where not', () => {
    expect(tellAt(night, urgent, at(9, '03:00'))).toBe(at(9, '03:00'));
    expect(tellAt({ ...night, urgentPasses: false }, urgent, at(9, '03:00'))).toBe(at(9, '07:30'));
  });
});

describe('digests', () => {
  const hourly = settings({ digest: 'hourly' });
  const daily = settings({ digest: 'daily', digestAt: minute('08:30') });
  test.each([
    ['hourly: at the next full hour', hourly, at(8, '10:15'), at(8, '11:00')],
    ['hourly: on the hour, with the next one', hourly, at(8, '10:00'), at(8, '11:00')],
    ['hourly: over midnight', hourly, at(8, '23:30'), at(9, '00:00')],
    ['daily: before the time, today', daily, at(8, '08:29:59'), at(8, '08:30')],
    ['daily: at the time, tomorrow', daily, at(8, '08:30'), at(9, '08:30')],
    ['daily: late at night', daily, at(8, '23:59'), at(9, '08:30')],
    ['hourly in quiet hours: at their end', { ...hourly, ...quiet('22:00', '07:30') }, at(8, '22:10'), at(9, '07:30')],
    ['hourly: the one that would come at their beginning', { ...hourly, ...quiet('22:00', '07:30') }, at(8, '21:40'), at(9, '07:30')],
    ['daily at a quiet time: when they end', { ...daily, ...quiet('08:00', '09:00') }, at(8, '07:00'), at(8, '09:00')],
  ])('%s', (_name, who, now, told) => expect(tellAt(who, ordinary, now)).toBe(told));
  test('urgent matters do not wait for a digest', () => expect(tellAt(daily, urgent, at(8, '09:00'))).toBe(at(8, '09:00')));

  const shiftly = settings({ digest: 'shift', digestAt: minute('08:30') });
  const nights = [
    { startsAt: at(8, '20:00'), endsAt: at(9, '08:00') },
    { startsAt: at(10, '20:00'), endsAt: at(11, '08:00') },
  ];
  test.each([
    ['before the shift: at its start', at(8, '15:00'), at(8, '20:00')],
    ['the instant it begins: at once', at(8, '20:00'), at(8, '20:00')],
    ['on shift after midnight: at once', at(9, '02:00'), at(9, '02:00')],
    ['the instant it ends: at the next start', at(9, '08:00'), at(10, '20:00')],
    ['no further shift known: at the daily time', at(11, '08:00'), at(11, '08:30')],
  ])('at shift start: %s', (_name, now, told) => expect(tellAt(shiftly, ordinary, now, nights)).toBe(told));
  test('who begins a night shift is told then, quiet hours or not', () => {
    const sleeper = { ...shiftly, ...quiet('19:00', '07:00') };
    expect(tellAt(sleeper, ordinary, at(8, '15:00'), nights)).toBe(at(8, '20:00'));
    expect(tellAt(sleeper, ordinary, at(9, '02:00'), nights)).toBe(at(9, '02:00'));
    expect(tellAt(sleeper, ordinary, at(11, '20:00'), nights)).toBe(at(12, '08:30'));
  });
});

test('a kind nobody wants is not told; what duty tells is told all the same', () => {
  const muted = settings({ muted: ['arrived', 'dueSoon'] });
  expect(tellAt(muted, ordinary, at(8, '10:00'))).toBeUndefined();
  expect(tellAt(muted, urgent, at(8, '10:00'))).toBeUndefined();
  expect(tellAt(muted, { kind: 'overdue', urgent: false }, at(8, '10:00'))).toBe(at(8, '10:00'));
});

test('nobody is told before, nor later than a day and the quiet hours, nor in quiet hours', () => {
  const time = fc.integer({ min: 0, max: 1439 });
  fc.assert(
    fc.property(
      fc.constantFrom('off', 'hourly', 'daily'),
      time,
      fc.option(fc.tuple(time, time).filter(([from, to]) => from !== to)),
      fc.integer({ min: 0, max: 10 * 86_400 }),
      (digest, digestAt, hours, second) => {
        const now = new Date(Date.parse(at(1, '00:00')) + second * 1000).toISOString();
        const who = settings({ digest, digestAt, ...(hours ? { quiet: { from: hours[0], to: hours[1] } } : {}) });
        const told = tellAt(who, ordinary, now)!;
        expect(told >= now).toBe(true);
        expect(Date.parse(told) - Date.parse(now)).toBeLessThanOrEqual(2 * 86_400_000);
        // Asked again at that time, an undigested notice does not move: what is told falls into no quiet hour.
        expect(tellAt({ ...who, digest: 'off' }, ordinary, told)).toBe(told);
      },
    ),
  );
});

test('a digest says how many, of what kinds, about how many cases, and from when to when', () => {
  const one = (kind: string, caseId: string | null, time: string, isUrgent = false) => ({
    kind,
    caseId,
    urgent: isUrgent,
    at: at(8, time),
  });
  expect(summarise([one('arrived', 'a', '10:20'), one('arrived', 'b', '10:10', true), one('dueSoon', 'a', '10:40')])).toEqual({
    n: 3,
    cases: 2,
    urgent: 1,
    kinds: { arrived: 2, dueSoon: 1 },
    from: at(8, '10:10'),
    to: at(8, '10:40'),
  });
});
