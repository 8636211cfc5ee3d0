const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * Milliseconds until trying again after so many failures in a row: not before the server said (Retry-After), and then anywhere in a span that doubles
 * ("full jitter"), so that phones which lost one server in the same second do not come back in the same second.
 */
export const pauseMs = (
  failures: number,
  retryAfterMs = 0,
  { first = FIRST_MS, longest = LONGEST_MS, random = Math.random }: { first?: number; longest?: number; random?: () => number } = {},
): number => Math.round(retryAfterMs + random() * Math.min(longest, first * 2 ** Math.max(0, failures - 1)));

/** A Retry-After header in milliseconds from now: seconds, or an HTTP date (RFC 9110 10.2.3). Undefined where it says neither. */
export const readRetryAfter = (header: string | null, now: number = Date.now()): number | undefined => {
  if (header === null || header.trim() === '') return undefined;
  if (/^\d{1,6}$/u.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
};
