import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DURATION_BOUNDS, DURATION_BUCKETS, durationBucket } from './rules.ts';

const FROM = '2026-09-30T13:40:00.000Z';
const HOUR_MS = 3_600_000;
const after = (milliseconds: number): string => new Date(Date.parse(FROM) + milliseconds).toISOString();

test('an end before its beginning tells no duration', () => {
  expect(durationBucket(FROM, after(-1))).toBeUndefined();
  expect(durationBucket(FROM, 'gone')).toBeUndefined();
});

test('every bucket begins with its own lower end and ends a millisecond before the next', () => {
  expect(durationBucket(FROM, FROM)).toBe(0);
  for (const [i, bound] of DURATION_BOUNDS.entries()) {
    expect(durationBucket(FROM, after(bound * HOUR_MS - 1))).toBe(i);
    expect(durationBucket(FROM, after(bound * HOUR_MS))).toBe(i + 1);
  }
});

test('a case falls into the one bucket whose hours hold it', () => {
  expect(DURATION_BUCKETS).toHaveLength(DURATION_BOUNDS.length + 1);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000 * HOUR_MS }), (milliseconds) => {
      const hours = milliseconds / HOUR_MS;
      const holding = DURATION_BUCKETS.flatMap(({ fromHours, underHours = Number.POSITIVE_INFINITY }, bucket) =>
        hours >= fromHours && hours < underHours ? [bucket] : [],
      );
      expect(holding).toEqual([durationBucket(FROM, after(milliseconds))]);
    }),
  );
});
