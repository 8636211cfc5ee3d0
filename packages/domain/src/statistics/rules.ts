/** Duration buckets by powers of two of an hour: bucket b holds durations below 2^b hours; the last holds the rest. */
export const BUCKETS = 14;

export const durationBucket = (fromInstant: string, toInstant: string): number => {
  const hours = Math.max(0, (Date.parse(toInstant) - Date.parse(fromInstant)) / 3_600_000);
  for (let bucket = 0; bucket < BUCKETS - 1; bucket++) if (hours < 2 ** bucket) return bucket;
  return BUCKETS - 1;
};

/** Upper end of a bucket in hours; infinite for the last. */
export const bucketHours = (bucket: number): number => (bucket >= BUCKETS - 1 ? Number.POSITIVE_INFINITY : 2 ** bucket);
