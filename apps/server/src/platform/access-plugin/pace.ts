import { createHash } from 'node:crypto';
import type { Deps } from '../deps.ts';
import { Problem } from '../errors/problem.ts';
import { makeTally, type Tally } from '../http/tally.ts';
import type { Who } from '../tx/tx.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A key's minute is a tenth of an address's: many systems stand behind one gateway, and none takes another's turn. */
const SHARE_OF_A_MINUTE = 10;
/** A key's day is so many of its minutes: a system that never rests is told so before it has asked for everything a thousand times. */
const MINUTES_OF_A_DAY = 240;

interface Pace {
  readonly minute: Tally;
  readonly day: Tally;
}
/** By app; of this process, and gone with the window. */
const paces = new WeakMap<Deps, Pace>();
const paceOf = (deps: Deps): Pace => {
  const known = paces.get(deps) ?? { minute: makeTally(MINUTE_MS), day: makeTally(DAY_MS) };
  paces.set(deps, known);
  return known;
};

/** Whose key it is, as it is counted; undefined for people and for the house's own services. */
const keyOf = (deps: Deps, who: Who): string | undefined => {
  if (who.kind !== 'service' || Object.values<string>(deps.config.secrets.serviceTokens).includes(who.token)) return undefined;
  return createHash('sha256').update(who.token).digest('base64url');
};

/** Counts what a machine asks by its key, whatever address it comes from. Throws 429 `tooManyRequests` above its minute or its day. */
export const demandPace = (deps: Deps, who: Who, requestsPerMinute: number): void => {
  const key = keyOf(deps, who);
  if (key === undefined) return;
  const { minute, day } = paceOf(deps);
  const most = Math.max(1, requestsPerMinute / SHARE_OF_A_MINUTE);
  if (minute.of(key) >= most || day.of(key) >= most * MINUTES_OF_A_DAY) throw new Problem(429, 'tooManyRequests');
  minute.add(key);
  day.add(key);
};
