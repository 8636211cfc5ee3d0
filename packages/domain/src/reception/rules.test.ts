import { expect, test } from 'vitest';
import { closesAt, isOnDay, isOpen, nearestFirst, sessionFault, turnOf } from './rules.ts';
import type { NewSession } from './schema.ts';

const NOW = '2026-09-30T02:00:00.000Z';
const SESSION: NewSession = {
  organizationId: '0b000000-0000-8000-8000-000000000011',
  postId: '0c000000-0000-8000-8000-000000000001',
  place: '一楼接待室',
  startsAt: '2026-10-09T01:00:00.000Z',
  endsAt: '2026-10-09T03:00:00.000Z',
  minutes: 20,
  slots: 6,
};

test('turns follow each other from the beginning, and fill the hours to the last minute', () => {
  expect([1, 2, 6].map((slot) => turnOf(SESSION, slot))).toEqual([
    '2026-10-09T01:00:00.000Z',
    '2026-10-09T01:20:00.000Z',
    '2026-10-09T02:40:00.000Z',
  ]);
  expect(sessionFault(SESSION, NOW)).toBeUndefined();
});

test.each([
  ['with more turns than time', { slots: 7 }, 'slotsTooMany'],
  ['that end before they begin', { endsAt: SESSION.startsAt }, 'endsBeforeItBegins'],
  ['over midnight in China', { startsAt: '2026-10-09T15:00:00.000Z', endsAt: '2026-10-09T17:00:00.000Z' }, 'sessionOfTwoDays'],
  ['that nobody could book any more', { startsAt: '2026-09-30T04:00:00.000Z', endsAt: '2026-09-30T06:00:00.000Z' }, 'sessionTooSoon'],
  ['at no time', { startsAt: 'soon' }, 'fieldUnfit'],
])('hours %s are not published', (_what, part, fault) => {
  expect(sessionFault({ ...SESSION, ...part }, NOW)).toBe(fault);
});

test('hours that end at midnight are of one day', () => {
  expect(sessionFault({ ...SESSION, startsAt: '2026-10-09T14:00:00.000Z', endsAt: '2026-10-09T16:00:00.000Z' }, NOW)).toBeUndefined();
});

test('two hours before it begins a session is closed; who came is said from its day on', () => {
  expect(closesAt(SESSION.startsAt)).toBe('2026-10-08T23:00:00.000Z');
  expect([isOpen(SESSION.startsAt, '2026-10-08T22:59:59.999Z'), isOpen(SESSION.startsAt, '2026-10-08T23:00:00.000Z')]).toEqual([
    true,
    false,
  ]);
  expect([isOnDay(SESSION.startsAt, '2026-10-08T15:59:59.999Z'), isOnDay(SESSION.startsAt, '2026-10-08T16:00:00.000Z')]).toEqual([
    false,
    true,
  ]);
});

test('the nearest desk that has a turn comes first, then the next in time; full ones come last', () => {
  const hours = (id: string, areaPath: string[], startsAt: string, free: number[] = [1]) => ({ id, areaPath, startsAt, free });
  const list = [
    hours('other town', ['city', 'b'], '2026-10-01'),
    hours('town', ['city', 'a'], '2026-10-03'),
    hours('estate, full', ['city', 'a', 'a1', 'estate'], '2026-10-01', []),
    hours('community later', ['city', 'a', 'a1'], '2026-10-08'),
    hours('community', ['city', 'a', 'a1'], '2026-10-07'),
  ];
  expect(nearestFirst(list, ['city', 'a', 'a1', 'estate']).map(({ id }) => id)).toEqual([
    'community',
    'community later',
    'town',
    'other town',
    'estate, full',
  ]);
});
