import { describe, expect, test } from 'vitest';
import type { Instant } from '../schema.ts';
import { dueAt } from './rules.ts';
import { CALENDARS, type Local, limitsOf, TABLE } from './table.ts';

const instantOf = (local: Local): Instant => new Date(`${local.replace(' ', 'T')}:00+08:00`).toISOString();
/** An instant as the table writes it: a date where a day runs out, else a local time. */
const written = (instant: Instant): string => {
  const local = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return local.endsWith('T23:59:59.999Z') ? local.slice(0, 10) : local.slice(0, 16).replace('T', ' ');
};

describe.each(Object.entries(TABLE))('%s', (_group, rows) => {
  test.each(rows)(
    '$limit from $from is due $due: $why',
    ({ limit, from, due, calendar = 'to2026', provisional = false, pauses = [], hours }) => {
      const answer = dueAt(limitsOf(limit), instantOf(from), CALENDARS[calendar], {
        pauses: pauses.map(([start, end]) => ({ from: instantOf(start), to: instantOf(end) })),
        ...(hours ? { hours } : {}),
      });
      expect({ due: written(answer.dueAt), provisional: answer.provisional }).toEqual({ due, provisional });
    },
  );
});

test('the table is large and says each thing once', () => {
  const all = Object.values(TABLE).flat();
  expect(all.length).toBeGreaterThanOrEqual(120);
  expect(new Set(all.map((one) => JSON.stringify({ ...one, why: '' }))).size).toBe(all.length);
});
