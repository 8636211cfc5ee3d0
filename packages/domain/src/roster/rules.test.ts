import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInYears, calendarOfYears } from '../calendar/notices/rules.ts';
import { DEFAULT_BUSINESS_HOURS } from '../calendar/schema.ts';
import { gapsIn, moveShifts, onDuty, rosterGaps, type Shift } from './rules.ts';

const shift = (postId: string, startsAt: string, endsAt: string): Shift => ({
  organizationId: 'o',
  postId,
  startsAt,
  endsAt,
  kind: 'night',
});
const night = shift('night', '2026-09-30T09:30:00.000Z', '2026-10-01T01:00:00.000Z');
const holiday = shift('holiday', '2026-10-01T01:00:00.000Z', '2026-10-01T09:30:00.000Z');

it('the night dispatcher is on duty at 21:40 before the holiday; at nine the next one takes over', () => {
  expect(onDuty([night, holiday], '2026-09-30T13:40:00.000Z').map((s) => s.postId)).toEqual(['night']);
  expect(onDuty([night, holiday], '2026-10-01T01:00:00.000Z').map((s) => s.postId)).toEqual(['holiday']);
  expect(onDuty([night, holiday], '2026-09-30T09:29:59.999Z')).toEqual([]);
});

it('who came on last is asked first', () => {
  const late = shift('late', '2026-09-30T12:00:00.000Z', '2026-10-01T00:00:00.000Z');
  expect(onDuty([night, late], '2026-09-30T13:00:00.000Z').map((s) => s.postId)).toEqual(['late', 'night']);
});

it('an instant is in a gap exactly when nobody is on duty', () => {
  const base = Date.UTC(2026, 0, 1);
  const iso = (hour: number): string => new Date(base + hour * 3_600_000).toISOString();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 })), { maxLength: 8 }),
      fc.integer({ min: 0, max: 39 }),
      (times, hour) => {
        const shifts = times.map(([from, length], i) => shift(`p${i}`, iso(from), iso(from + length)));
        const inGap = gapsIn(shifts, iso(0), iso(40)).some((gap) => gap.from <= iso(hour) && iso(hour) < gap.to);
        expect(inGap).toBe(onDuty(shifts, iso(hour)).length === 0);
      },
    ),
  );
});

describe('what a roster leaves open', () => {
  const calendar = calendarOfYears('test', builtInYears(2026));
  it('is the night of a working day and the whole of a day off, where nobody is on duty', () => {
    // Wednesday 30 September 2026 is worked; 1 October is off.
    expect(rosterGaps([night], calendar, '2026-09-30', 2, DEFAULT_BUSINESS_HOURS)).toEqual([
      { from: '2026-09-29T16:00:00.000Z', to: '2026-09-30T01:00:00.000Z' },
      { from: '2026-10-01T01:00:00.000Z', to: '2026-10-01T16:00:00.000Z' },
    ]);
  });
  it('is nothing where every hour outside business is covered, and plain weeks where the year is not known', () => {
    const all = shift('all', '2026-09-29T16:00:00.000Z', '2026-10-01T16:00:00.000Z');
    expect(rosterGaps([all], calendar, '2026-09-30', 2, DEFAULT_BUSINESS_HOURS)).toEqual([]);
    // Saturday 6 January 2035.
    expect(rosterGaps([], calendar, '2035-01-06', 1, DEFAULT_BUSINESS_HOURS)).toEqual([
      { from: '2035-01-05T16:00:00.000Z', to: '2035-01-06T16:00:00.000Z' },
    ]);
  });
  it('moves with its week by whole days', () =>
    expect(moveShifts([night], '2026-09-28', '2026-10-05')).toEqual([
      { ...night, startsAt: '2026-10-07T09:30:00.000Z', endsAt: '2026-10-08T01:00:00.000Z' },
    ]));
});
