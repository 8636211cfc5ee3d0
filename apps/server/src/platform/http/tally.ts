/** Counts by address within a window that begins anew for all at once: nothing of anybody outlives it, and none of it is written down. */
export interface Tally {
  /** Counts one more; answers how many there are now. */
  add(address: string): number;
  of(address: string): number;
}

/** A household has a /64 of IPv6 addresses to choose from: it counts as one. */
const placeOf = (address: string): string => (address.includes(':') ? address.split(':', 4).join(':') : address);

export const makeTally = (windowMs: number, now: () => number = Date.now): Tally => {
  let since = now();
  let counts = new Map<string, number>();
  const current = (): Map<string, number> => {
    if (now() - since >= windowMs) {
      since = now();
      counts = new Map();
    }
    return counts;
  };
  return {
    add: (address) => {
      const n = (current().get(placeOf(address)) ?? 0) + 1;
      counts.set(placeOf(address), n);
      return n;
    },
    of: (address) => current().get(placeOf(address)) ?? 0,
  };
};
