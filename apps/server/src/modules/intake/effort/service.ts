import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { bitsFor, effortText, leadingZeroBits, readEffort } from '@tongxin/domain/effort/rules.ts';
import type { Call } from '../../../platform/access-plugin/route.ts';
import type { Deps } from '../../../platform/deps.ts';
import { Problem } from '../../../platform/errors/problem.ts';
import { makeTally, type Tally } from '../../../platform/http/tally.ts';

const HOUR_MS = 3_600_000;
/** A filing stands for so many requests of a minute: of 6,000 an address has 30 an hour for nothing. */
const REQUESTS_A_FILING_STANDS_FOR = 200;

/** By app, so that two servers in one process count apart. */
const tallies = new WeakMap<Deps, Tally>();
const tallyOf = (deps: Deps): Tally => {
  const known = tallies.get(deps) ?? makeTally(HOUR_MS);
  tallies.set(deps, known);
  return known;
};

/** Of this filing and this hour: nobody solves ahead, and a solution files one thing. */
const stampOf = (deps: Deps, id: string, hour: number): string =>
  createHmac('sha256', deps.config.secrets.authSecret).update(`effort:${id}:${hour}`).digest('base64url').slice(0, 22);

const isStamp = (deps: Deps, id: string, stamp: string): boolean => {
  const hour = Math.floor(deps.clock.now().getTime() / HOUR_MS);
  return [hour, hour - 1].some((one) => {
    const own = stampOf(deps, id, one);
    return own.length === stamp.length && timingSafeEqual(Buffer.from(own), Buffer.from(stamp));
  });
};

const isSolved = (deps: Deps, id: string, header: string | undefined, bits: number): boolean => {
  const effort = readEffort(header);
  if (!effort || !isStamp(deps, id, effort.stamp)) return false;
  return leadingZeroBits(createHash('sha256').update(effortText(effort.stamp, effort.nonce)).digest()) >= bits;
};

/**
 * Whoever is nobody (no sign-in, no service's token) files a few things an hour from one address for nothing, and then shows some work for each.
 * The count is this process's, and gone within the hour. Throws 428 `effortNeeded` with what is to be solved.
 */
export const demandEffort = (call: Pick<Call, 'deps' | 'who' | 'address' | 'requestsPerMinute' | 'header'>, id: string): void => {
  const { deps, who, address, requestsPerMinute, header } = call;
  if (who.kind !== 'service' || who.token !== deps.config.secrets.serviceTokens.portal) return;
  const free = Math.max(1, requestsPerMinute / REQUESTS_A_FILING_STANDS_FOR);
  const tally = tallyOf(deps);
  const bits = bitsFor(tally.of(address) + 1, free);
  if (bits !== undefined && !isSolved(deps, id, header('x-effort'), bits))
    throw new Problem(428, 'effortNeeded', { bits, stamp: stampOf(deps, id, Math.floor(deps.clock.now().getTime() / HOUR_MS)) });
  tally.add(address);
};
