import { expect, test } from 'vitest';
import { hearingFault, mayDraw, mostReplaced } from './rules.ts';

const NOW = '2026-09-30T13:40:00.000Z';
test.each([
  [{ startsAt: '2026-10-07T01:00:00Z' }, undefined],
  [{ startsAt: '2026-10-06T15:00:00Z' }, 'noticeTooShort'],
  [{ evidenceBy: '2026-10-07' }, 'evidenceDayUnfit'],
  [{ evidenceBy: '2026-09-30' }, 'evidenceDayUnfit'],
  [{ seats: 4 }, 'seatsEven'],
  [{ startsAt: 'tomorrow at nine o’clock' }, 'fieldUnfit'],
])('a hearing with %o: %s', (more, fault) => {
  expect(hearingFault({ startsAt: '2026-10-07T01:00:00Z', evidenceBy: '2026-10-05', seats: 3, ...more }, NOW)).toBe(fault);
});
test('the lot waits for another day of Shanghai', () => {
  expect([mayDraw(NOW, '2026-09-30T15:59:59.000Z'), mayDraw(NOW, '2026-09-30T16:00:00.000Z')]).toEqual([false, true]);
});
test('most of a panel stays as it was drawn', () => {
  for (const seats of [3, 5, 7, 9, 11, 13, 15]) expect((seats - mostReplaced(seats)) * 2).toBeGreaterThan(seats);
  expect([mostReplaced(3), mostReplaced(15)]).toEqual([1, 7]);
});
