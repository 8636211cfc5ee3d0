import { light } from '../clock/rules.ts';
import type { Instant } from '../clock/schema.ts';
import { type CaseMark, MARK_OF } from '../post/policy.ts';
import { isRespondent, workingPost } from '../procedure/rules.ts';
import type { Procedure, ReaderKind } from '../procedure/schema.ts';
import type { Actor, CaseState, NewEvent, RecordedEvent } from './schema.ts';
import type { Light } from './view.ts';

const WORST: readonly Light[] = ['red', 'amber', 'provisional', 'paused', 'green', 'none'];

/** The worse of the two clocks that light a list; `none` once the case has ended and its clocks stopped in time. */
export const caseLight = (procedure: Procedure, state: Pick<CaseState, 'clocks'>, now: Instant): Light => {
  const ids = [procedure.lights.overall, ...(procedure.lights.handling ? [procedure.lights.handling] : [])];
  const lights = ids.flatMap((id): Light[] => {
    const clock = state.clocks[id];
    return clock ? [light(procedure.clocks[id]!, clock, now)] : [];
  });
  return WORST.find((one) => lights.includes(one)) ?? 'none';
};

/**
 * The light of a case read some time after it was written, from what its row keeps: the light then, when its running limits end, and whether
 * that is a guess. Lists read it so, without opening the state.
 */
export const lightLater = (written: Light, dues: readonly (Instant | null | undefined)[], provisional: boolean, now: Instant): Light => {
  if (written === 'red' || written === 'none' || !dues.some((due) => due && now > due)) return written;
  return provisional ? 'provisional' : 'red';
};

/**
 * How a reader reads a case. The side complained of always reads as respondent, whatever else it is (R5); a post makes somebody staff only of
 * the cases it has before it.
 */
export const readerKind = (state: CaseState, actor: Actor): ReaderKind => {
  if (isRespondent(state, actor)) return 'respondent';
  if (actor.receiptCaseIds?.includes(state.caseId)) return 'reporter';
  if (workingPost(state, actor, 'case.read')) return 'staff';
  if (actor.personId && state.reporterIds.includes(actor.personId)) return 'reporter';
  return 'party';
};

/** Whom a sealed party stands for. */
export interface Writer {
  readonly partyId: string;
  readonly personId?: string;
  /** Whoever told of the matter; else the one it was told for. */
  readonly isReporter: boolean;
}

/**
 * Whether the words of an event are a party's own: those the case was opened with, what was done with the party's query code, and what its
 * person did signed in, as nobody but themselves.
 */
export const isWrittenBy = (
  { partyId, personId, isReporter }: Writer,
  { eventNo, actor }: Pick<RecordedEvent, 'eventNo' | 'actor'>,
): boolean => {
  if (eventNo === 1) return true;
  if (actor.kind === 'anonymous') return actor.partyId ? actor.partyId === partyId : isReporter;
  return actor.kind === 'person' && !actor.postId && personId !== undefined && actor.personId === personId;
};

type Said = Pick<NewEvent, 'actor' | 'header'>;

/** Who last gave the case to another body than their own, after further events; taken back or taken over, nobody. */
export const dispatcherAfter = (dispatcherId: string | null, events: readonly Said[]): string | null =>
  events.reduce((before, { actor, header }) => {
    const body = header.assign?.leadOrganizationId;
    if (body === undefined) return before;
    return body !== null && body !== actor.organizationId && actor.kind === 'person' ? (actor.personId ?? null) : null;
  }, dispatcherId);

/** The marks a case bears after further events. Which acts leave one follows from who may take them, so a locality's own act leaves it too. */
export const marksAfter = (procedure: Procedure, marks: readonly CaseMark[], events: readonly Said[]): CaseMark[] => {
  const left = events.flatMap(({ header }) => (header.action ? (procedure.actions[header.action]?.by ?? []) : []));
  return [...new Set([...marks, ...left.flatMap(({ capability }) => (capability && MARK_OF[capability]) || [])])];
};
