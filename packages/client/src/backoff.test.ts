import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pauseMs, readRetryAfter } from './backoff.ts';

test('nobody comes back before the server said, and never later than a minute after it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(600_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, told, luck) => {
      const pause = pauseMs(failures, told, { random: () => luck });
      expect(pause).toBeGreaterThanOrEqual(told);
      expect(pause).toBeLessThanOrEqual(told + 60_000);
    }),
  );
});

test('the span grows with each failure, and all of it is used', () => {
  expect([1, 2, 3, 4, 9].map((failures) => pauseMs(failures, 0, { random: () => 1 }))).toEqual([1000, 2000, 4000, 8000, 60_000]);
  expect(pauseMs(5, 5000, { random: () => 0 })).toBe(5000);
});

test('a server says when in seconds or by a date', () => {
  const now = Date.parse('2026-09-30T13:40:00Z');
  expect(readRetryAfter('5', now)).toBe(5000);
  expect(readRetryAfter('Wed, 30 Sep 2026 13:41:00 GMT', now)).toBe(60_000);
  expect(readRetryAfter('Wed, 30 Sep 2026 13:39:00 GMT', now)).toBe(0);
  for (const none of [null, '', 'soon', '-1x']) expect(readRetryAfter(none, now)).toBeUndefined();
});
