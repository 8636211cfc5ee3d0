import { expect, test } from 'vitest';
import type { Shift } from '../roster/rules.ts';
import { shiftsAround } from './rules.ts';

const shift = (postId: string, startsAt: string, endsAt: string): Shift => ({
  organizationId: 'o',
  postId,
  startsAt,
  endsAt,
  kind: 'night',
});
const night = shift('night', '2026-09-30T09:30:00.000Z', '2026-10-01T01:00:00.000Z');
const holiday = shift('holiday', '2026-10-01T01:00:00.000Z', '2026-10-01T09:30:00.000Z');
const later = shift('later', '2026-10-02T01:00:00.000Z', '2026-10-02T09:30:00.000Z');

test('the night hands over to the day that follows, whose work is looked at to its end', () => {
  expect(shiftsAround([later, holiday, night], '2026-09-30T13:40:00.000Z')).toEqual({ shift: night, next: holiday, until: holiday.endsAt });
});
test('between shifts there is none to end, and the next is the one to come', () => {
  expect(shiftsAround([night, holiday, later], '2026-10-01T12:00:00.000Z')).toEqual({ next: later, until: later.endsAt });
});
test('without a roster a day is looked at', () => {
  expect(shiftsAround([], '2026-10-01T12:00:00.000Z')).toEqual({ until: '2026-10-02T12:00:00.000Z' });
  expect(shiftsAround([night], '2026-09-30T13:40:00.000Z')).toEqual({ shift: night, until: '2026-10-01T13:40:00.000Z' });
});
