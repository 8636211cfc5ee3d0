import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import { mediateBy } from '@tongxin/domain/dispute/consent/rules.ts';
import type { ConsentsView, OwnConsent, RecordedConsent } from '@tongxin/domain/dispute/consent/schema.ts';
import { timingOf } from '@tongxin/domain/dispute/referral/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid } from '../../../platform/errors/problem.ts';
import type { ScopedTx, Who } from '../../../platform/tx/tx.ts';
import { findSideIds } from '../hold/repo.ts';
import { actThrough, type Held, withCodeOf, withDispute } from '../hold/service.ts';
import { findReferral, type ReferralRecord } from '../referral/repo.ts';
import { cancelToCome } from '../session/repo.ts';
import { type ConsentRow, findConsents, insertConsent } from './repo.ts';

/** The last word of each side that said one. */
const lastWords = (consents: readonly ConsentRow[]): Map<string, ConsentRow> => new Map(consents.map((row) => [row.party_id, row]));

const allAgree = (sides: readonly string[], consents: readonly ConsentRow[]): boolean => {
  const last = lastWords(consents);
  return sides.length > 1 && sides.every((side) => last.get(side)?.answer === 'agreed');
};

/** Whether every side wants to be mediated: without it nobody is (人民调解法 第十七条). */
export const everybodyAgreed = async (tx: ScopedTx, caseId: string): Promise<boolean> =>
  allAgree(await findSideIds(tx, caseId), await findConsents(tx, caseId));

const present = ({ row, sides, spokenFor, ownSide }: Held, version: number, consents: readonly ConsentRow[]): ConsentsView => {
  const last = lastWords(consents);
  return {
    ...(ownSide ? {} : { version: version || row.version }),
    everybodyAgreed: allAgree(sides, consents),
    sides: sides.map((partyId) => {
      const said = last.get(partyId);
      return {
        partyId,
        own: partyId === ownSide,
        spokenFor: spokenFor.includes(partyId),
        ...(said ? { answer: said.answer, how: said.how, on: said.said_on } : {}),
      };
    }),
  };
};

const viewOf = async (held: Held): Promise<ConsentsView> => present(held, 0, await findConsents(held.scope.tx, held.row.case_id));

export const consentsOf = (deps: Deps, who: Who, caseId: string): Promise<ConsentsView> => withDispute(deps, who, caseId, viewOf);
export const ownConsents = (deps: Deps, who: Who): Promise<ConsentsView> => withCodeOf(deps, who, viewOf);

interface Said {
  readonly commandId: string;
  readonly partyId: string;
  readonly agrees: boolean;
  readonly how: ConsentRow['how'];
  readonly on: string;
  readonly ways?: string | undefined;
}

/** The step a word leads to. A no ends it at once: nobody is pushed. */
const stepOf = (
  deps: Deps,
  { row, sides, ownSide }: Held,
  said: Said,
  after: readonly ConsentRow[],
  referral: ReferralRecord | undefined,
): { readonly action: string; readonly input: Readonly<Record<string, unknown>> } => {
  if (!said.agrees)
    return ownSide ? { action: 'leave', input: {} } : { action: 'recordLeaving', input: { by: 'one', ways: said.ways ?? '' } };
  if (!['registered', 'consulting'].includes(row.stage) || !allAgree(sides, after)) return { action: 'consent', input: {} };
  // Of the last word that was said, in whatever order they were written down.
  const consentOn = [...lastWords(after).values()]
    .map(({ said_on }) => said_on)
    .toSorted()
    .at(-1)!;
  return {
    action: 'lastConsent',
    input: { until: mediateBy(timingOf(referral?.sender), { consentOn, receivedOn: referral?.received_on }, deps.calendar()) },
  };
};

/** Writes down what a side said and takes the step it leads to. The same command again changes nothing. */
const say = async (deps: Deps, held: Held, said: Said): Promise<ConsentsView> => {
  const { tx } = held.scope;
  const caseId = held.row.case_id;
  const now = deps.clock.now().toISOString();
  const before = await findConsents(tx, caseId);
  const prior = before.find(({ consent_id }) => consent_id === said.commandId);
  if (prior) {
    if (prior.party_id !== said.partyId || (prior.answer === 'agreed') !== said.agrees) throw conflict('commandReused');
    return present(held, 0, before);
  }
  if (!held.sides.includes(said.partyId)) throw invalid('unknownParty', { field: 'partyId' });
  if (!isDate(said.on)) throw invalid('fieldUnfit', { field: 'on', why: 'notDate' });
  if (said.on > instantToLocalDate(now)) throw invalid('dateInFuture', { field: 'on' });
  const referral = await findReferral(tx, caseId);
  const received = referral?.received_on ?? '';
  if (said.on < (received && received < held.dispute.mediated_on ? received : held.dispute.mediated_on))
    throw invalid('saidBeforeReceived', { field: 'on' });
  const no = lastWords(before).get(said.partyId)?.answer === 'agreed' ? 'withdrawn' : 'refused';
  const row: ConsentRow = {
    consent_id: said.commandId,
    party_id: said.partyId,
    answer: said.agrees ? 'agreed' : no,
    how: said.how,
    said_on: said.on,
  };
  await insertConsent(tx, caseId, row, now);
  const after = [...before, row];
  const { action, input } = stepOf(deps, held, said, after, referral);
  const { version } = await actThrough(deps, held, said.commandId, action, input);
  return present(held, version, after);
};

/** What a side said, as whoever mediates heard it. */
export const recordConsent = (deps: Deps, who: Who, caseId: string, { commandId, ...said }: RecordedConsent): Promise<ConsentsView> =>
  withDispute(deps, who, caseId, (held) => say(deps, held, { commandId, ...said }));

/**
 * What a side says itself. To leave is its own right (人民调解法 第二十三条): who speaks for it needs to be authorised for that in particular
 * (特别授权, 民事诉讼法 第六十二条), which is shown and written down at the desk.
 */
export const giveConsent = (deps: Deps, who: Who, { commandId, agrees }: OwnConsent): Promise<ConsentsView> =>
  withCodeOf(deps, who, async (held) => {
    if (held.spokenFor.includes(held.ownSide)) throw conflict(agrees ? 'saysItself' : 'leavesItself');
    if (!agrees) await cancelToCome(held.scope.tx, held.row.case_id, deps.clock.now());
    return say(deps, held, {
      commandId,
      partyId: held.ownSide,
      agrees,
      how: 'portal',
      on: instantToLocalDate(deps.clock.now().toISOString()),
    });
  });
