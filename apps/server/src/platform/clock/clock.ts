/** The server's time. Tests set their own; nothing else reads the process's clock for anything that is recorded. */
export interface Clock {
  now(): Date;
}
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands where it is put: journeys of days run in seconds. */
export const settableClock = (at: string): Clock & { set(instant: string): void; advance(milliseconds: number): void } => {
  let now = new Date(at).getTime();
  return {
    now: () => new Date(now),
    set: (instant) => {
      now = new Date(instant).getTime();
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
};
