import type { Instant } from '../clock/schema.ts';

/** Upper ends of the buckets of a duration in hours, whole days from the fourth on; one more bucket holds what took longer. */
export const DURATION_BOUNDS = [1, 4, 8, 24, 48, 72, 120, 168, 240, 360, 720, 1440, 2160] as const;

/** Elapsed hours of a bucket, nights and holidays included: from `fromHours` on, below `underHours`; the last has no upper end. */
export interface DurationBucket {
  readonly fromHours: number;
  readonly underHours?: number;
}

export const DURATION_BUCKETS: readonly DurationBucket[] = [0, ...DURATION_BOUNDS].map((fromHours, bucket) => {
  const underHours = DURATION_BOUNDS[bucket];
  return { fromHours, ...(underHours === undefined ? {} : { underHours }) };
});

const HOUR_MS = 3_600_000;

/** The bucket of the time between two instants; undefined where the end lies before the beginning, as files of other systems may say. */
export const durationBucket = (from: Instant, to: Instant): number | undefined => {
  const hours = (Date.parse(to) - Date.parse(from)) / HOUR_MS;
  if (!(hours >= 0)) return undefined;
  const bucket = DURATION_BOUNDS.findIndex((bound) => hours < bound);
  return bucket === -1 ? DURATION_BOUNDS.length : bucket;
};
