import type { OwnCase } from '@tongxin/domain/account/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { strToU8, zipSync } from 'fflate';
import { withoutSession } from '../../../platform/access-plugin/caller.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { Who } from '../../../platform/tx/tx.ts';
import { ownFollowings } from '../../follow/index.ts';
import { viewReceipt } from '../../intake/index.ts';
import { ownAddresses } from '../../message/index.ts';
import { accessLog, ownDetails, presentAccess } from '../../person/index.ts';
import { ownAdvice, ownBookings } from '../../reception/index.ts';
import { ownCases, ways } from '../service.ts';
import { pageOf } from './present.ts';

const PAGE = 500;

/** What modules keep of a person besides, by the name it has in the copy. A module that keeps something of residents adds itself here. */
const PARTS: Readonly<Record<string, (deps: Deps, who: Who) => Promise<unknown>>> = {
  notices: ownAddresses,
  bookings: ownBookings,
  legalAdvice: ownAdvice,
  follows: ownFollowings,
};

export interface Copy {
  readonly copiedAt: string;
  readonly details: unknown;
  readonly signIn: unknown;
  readonly cases: readonly { readonly summary: OwnCase; readonly view: CaseView }[];
  readonly readings: ReturnType<typeof presentAccess>['entries'];
  readonly parts: Readonly<Record<string, unknown>>;
}

const allReadings = async (deps: Deps, who: Who): Promise<Copy['readings']> => {
  const entries: Copy['readings'][number][] = [];
  let before: string | undefined;
  do {
    const page = presentAccess(await accessLog(deps, who, before, PAGE), PAGE);
    entries.push(...page.entries);
    before = page.before;
  } while (before);
  return entries;
};

/** Everything of each matter that its reporter may see: read by the query code, as its page is. */
const allCases = async (deps: Deps, who: Who): Promise<Copy['cases']> => {
  const cases: Copy['cases'][number][] = [];
  for (const summary of await ownCases(deps, who)) {
    const holder: Who = { ...withoutSession(deps), kind: 'service', receiptHash: deps.crypto.receiptHash(summary.queryCode) };
    cases.push({ summary, view: await viewReceipt(deps, holder) });
  }
  return cases;
};

/** A copy of what is kept of the caller, for another system (data.json) and to read (a page of its own). */
export const copyOf = async (deps: Deps, who: Who, language: Language): Promise<Buffer> => {
  const parts: [string, unknown][] = [];
  for (const [name, read] of Object.entries(PARTS)) parts.push([name, await read(deps, who)]);
  const copy: Copy = {
    copiedAt: deps.clock.now().toISOString(),
    details: await ownDetails(deps, who),
    signIn: await ways(deps, who),
    cases: await allCases(deps, who),
    readings: await allReadings(deps, who),
    parts: Object.fromEntries(parts),
  };
  const files = { 'data.json': strToU8(JSON.stringify(copy, null, 2)), 'data.html': strToU8(pageOf(copy, language)) };
  return Buffer.from(zipSync(files, { level: 6 }));
};
