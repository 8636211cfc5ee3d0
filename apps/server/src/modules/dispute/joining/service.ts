import { isOn, misasked } from '@tongxin/domain/dispute/joining/rules.ts';
import type {
  HelperRemoval,
  HelpersView,
  Invitation,
  InvitationAnswer,
  NewHelper,
  ObjectionAnswer,
  OwnObjection,
  RecordedObjection,
} from '@tongxin/domain/dispute/joining/schema.ts';
import { UNSIGNED } from '@tongxin/domain/dispute/sides/procedure.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { bodyOf, choosingOf, conflictsByMediator, conflictsOfStranger, heads } from '../choosing/service.ts';
import { actThrough, type Held, holdInScope, withCodeOf, withDispute, withOwnDispute } from '../hold/service.ts';
import { mediatorName } from '../mediator/present.ts';
import { findMediators } from '../mediator/repo.ts';
import { findSessions } from '../session/repo.ts';
import { voidSlipsSeenBy } from '../slip/service.ts';
import { helperPlace, presentHelper, presentInvitation, standingAmong, stepPlace } from './present.ts';
import {
  answerHelping,
  findHelperSteps,
  findHelpers,
  findHelping,
  type HelperRow,
  type HelperStepRow,
  insertHelper,
  insertHelperStep,
} from './repo.ts';

const now = (deps: Deps): string => deps.clock.now().toISOString();
/** Whoever is asked comes to talks; where nobody talks yet, or any more, nobody comes. */
const TALKING = ['mediating', 'cooling', 'drafted'];

const isHead = (held: Held): boolean => heads(held.scope.actor, bodyOf(held));
/** Who has it in hand and the head ask and take off; a second mediator does not. */
const asks = (held: Held): boolean => held.row.state.handlerId === held.scope.actor.personId || isHead(held);

const viewOf = async (deps: Deps, held: Held): Promise<HelpersView> => {
  const { tx } = held.scope;
  const steps = await findHelperSteps(tx, held.row.case_id);
  return {
    caseId: held.row.case_id,
    mayAsk: !held.ownSide && asks(held),
    mayAnswer: !held.ownSide && isHead(held),
    helpers: (await findHelpers(tx, held.row.case_id)).map((helper) => presentHelper(deps, held, helper, steps)),
  };
};

export const helpersOf = (deps: Deps, who: Who, caseId: string): Promise<HelpersView> =>
  withDispute(deps, who, caseId, (held) => viewOf(deps, held));
/** A side is told who helps. */
export const ownHelpers = (deps: Deps, who: Who): Promise<HelpersView> => withCodeOf(deps, who, (held) => viewOf(deps, held));

/** What speaks against whoever is asked, and under which name they come. */
const judged = async (deps: Deps, held: Held, asked: NewHelper): Promise<{ name: string; conflicts: number }> => {
  if (asked.role !== 'coMediator') {
    const [name, phone] = [asked.name!.trim(), asked.phone!.trim()];
    return { name, conflicts: (await conflictsOfStranger(deps, held, { name, phone })).length };
  }
  const choosing = await choosingOf(deps, held);
  const one = choosing.candidates.find(({ mediator_id }) => mediator_id === asked.mediatorId);
  if (!one || one.person_id === held.row.state.handlerId) throw invalid('unknownMediator', { field: 'mediatorId' });
  if (choosing.standing.excluded.has(one.mediator_id)) throw conflict('mediatorSteppedAside');
  if (!one.available) throw conflict('mediatorNotFree');
  const conflicts = (await conflictsByMediator(deps, choosing)).get(one.mediator_id) ?? [];
  return { name: mediatorName(deps, one), conflicts: conflicts.length };
};

/** Asks somebody to help. What speaks against them is a question to the head, as it is with a mediator. */
export const askHelper = (deps: Deps, who: Who, caseId: string, asked: NewHelper): Promise<HelpersView> =>
  withDispute(deps, who, caseId, async (held) => {
    const { tx } = held.scope;
    const wrong = misasked(asked);
    if (wrong) throw invalid(wrong.code, { field: wrong.field });
    if (!asks(held)) throw forbidden('mediatorAsks');
    const before = await findHelpers(tx, caseId);
    if (before.some(({ helper_id }) => helper_id === asked.id)) return viewOf(deps, held);
    if (!TALKING.includes(held.row.stage)) throw conflict('wrongStage', { stage: held.row.stage });
    if (asked.phone && !canBeDialled(asked.phone)) throw invalid('badPhone');
    if (asked.sessionId) {
      const session = (await findSessions(tx, caseId)).find(({ session_id }) => session_id === asked.sessionId);
      if (!session) throw invalid('unknownSession', { field: 'sessionId' });
      if (session.state === 'held' || session.state === 'cancelled') throw conflict('sessionOver');
    }
    const steps = await findHelperSteps(tx, caseId);
    const phoneIndex = asked.phone ? deps.crypto.blindIndex('phone', asked.phone.trim()) : undefined;
    const again = before.some(
      (one) =>
        isOn(standingAmong(one, steps)) &&
        one.role === asked.role &&
        (asked.mediatorId
          ? one.mediator_id === asked.mediatorId
          : phoneIndex !== undefined && one.phone_index?.equals(phoneIndex) === true && one.session_id === (asked.sessionId ?? null)),
    );
    if (again) throw conflict('registeredAlready');
    const { name, conflicts } = await judged(deps, held, asked);
    if (conflicts && !(asked.despite?.trim() && isHead(held))) throw conflict('conflictAsked', { n: conflicts });
    const seal = (field: 'name' | 'phone' | 'subject', words: string | undefined): Buffer | null =>
      words?.trim() ? deps.crypto.seal(words.trim(), helperPlace(caseId, asked.id, field)) : null;
    const row: HelperRow = {
      helper_id: asked.id,
      role: asked.role,
      mediator_id: asked.mediatorId ?? null,
      name_sealed: seal('name', name)!,
      phone_sealed: asked.role === 'coMediator' ? null : seal('phone', asked.phone),
      phone_index: asked.role === 'coMediator' ? null : (phoneIndex ?? null),
      subject_sealed: seal('subject', asked.subject),
      session_id: asked.sessionId ?? null,
    };
    await insertHelper(tx, caseId, row, now(deps));
    return viewOf(deps, held);
  });

/** The person of a second mediator. */
const personOf = async ({ scope, row }: Held, { mediator_id }: HelperRow): Promise<string | undefined> => {
  if (!mediator_id) return undefined;
  // Also of a register they have left meanwhile: by the line that asked them.
  const bodies = [row.state.leadOrganizationId, row.state.receivingOrganizationId].filter((id) => id !== undefined);
  return (await findMediators(scope.tx, bodies)).find((one) => one.mediator_id === mediator_id)?.person_id;
};

interface Said {
  readonly commandId: string;
  readonly step: 'objected' | 'kept' | 'removed';
  /** Who may say so. */
  readonly by: 'side' | 'head' | 'mediator';
  readonly partyId?: string;
  readonly why?: string | undefined;
}

/** Keeps a step about a helper, once; whoever is off it sees nothing from then on. */
const say = async (deps: Deps, held: Held, helperId: string, said: Said): Promise<HelpersView> => {
  const { tx } = held.scope;
  const caseId = held.row.case_id;
  const helper = (await findHelpers(tx, caseId)).find(({ helper_id }) => helper_id === helperId);
  if (!helper) throw invalid('unknownHelper', { field: 'helperId' });
  if (said.by === 'head' && !isHead(held)) throw forbidden('headDecides');
  if (said.by === 'mediator' && !asks(held)) throw forbidden('mediatorAsks');
  const steps = await findHelperSteps(tx, caseId);
  const prior = steps.find(({ step_id }) => step_id === said.commandId);
  if (prior) {
    if (prior.step !== said.step || prior.helper_id !== helperId) throw conflict('commandReused');
    return viewOf(deps, held);
  }
  // Whoever talked with them has talked: what is said against somebody then changes nothing any more.
  if (said.step === 'objected' && !UNSIGNED.includes(held.row.stage)) throw conflict('wrongStage', { stage: held.row.stage });
  const standing = standingAmong(helper, steps);
  if (!isOn(standing)) throw conflict('helperOff');
  if (said.step === 'kept' && standing !== 'objected') throw conflict('nobodyObjected');
  const row: HelperStepRow = {
    step_id: said.commandId,
    helper_id: helperId,
    step: said.step,
    party_id: said.partyId ?? null,
    why_sealed: said.why?.trim() ? deps.crypto.seal(said.why.trim(), stepPlace(caseId, said.commandId)) : null,
  };
  await insertHelperStep(tx, caseId, row, now(deps));
  // Read before the step of the case, which commits.
  const view = await viewOf(deps, held);
  const person = said.step === 'removed' ? await personOf(held, helper) : undefined;
  if (person && held.row.state.besideIds?.includes(person)) {
    await voidSlipsSeenBy(deps, held, person);
    await actThrough(deps, held, said.commandId, 'leaveBeside', { mediator: person });
  }
  return view;
};

export const objectToHelper = (deps: Deps, who: Who, helperId: string, { commandId, why }: OwnObjection): Promise<HelpersView> =>
  withOwnDispute(deps, who, (held) => say(deps, held, helperId, { commandId, step: 'objected', by: 'side', partyId: held.ownSide, why }));

/** An objection as whoever mediates heard it. */
export const recordObjection = (
  deps: Deps,
  who: Who,
  caseId: string,
  helperId: string,
  { commandId, partyId, why }: RecordedObjection,
): Promise<HelpersView> =>
  withDispute(deps, who, caseId, (held) => {
    if (!held.sides.includes(partyId)) throw invalid('unknownParty', { field: 'partyId' });
    return say(deps, held, helperId, { commandId, step: 'objected', by: 'side', partyId, why });
  });

/** The head answers: they are off, or stay with the reason told. */
export const answerObjection = (
  deps: Deps,
  who: Who,
  caseId: string,
  helperId: string,
  { commandId, upheld, why }: ObjectionAnswer,
): Promise<HelpersView> =>
  withDispute(deps, who, caseId, (held) => say(deps, held, helperId, { commandId, step: upheld ? 'removed' : 'kept', by: 'head', why }));

/** Takes somebody off; their sight goes with it. */
export const takeOff = (deps: Deps, who: Who, caseId: string, helperId: string, { commandId, why }: HelperRemoval): Promise<HelpersView> =>
  withDispute(deps, who, caseId, (held) => say(deps, held, helperId, { commandId, step: 'removed', by: 'mediator', why }));

/** Everybody who helps is off: another body takes the matter over and asks whom it needs. */
export const letGo = async (deps: Deps, { scope, row }: Held): Promise<void> => {
  const steps = await findHelperSteps(scope.tx, row.case_id);
  for (const helper of await findHelpers(scope.tx, row.case_id))
    if (isOn(standingAmong(helper, steps)))
      await insertHelperStep(
        scope.tx,
        row.case_id,
        { step_id: helper.helper_id, helper_id: helper.helper_id, step: 'removed', party_id: null, why_sealed: null },
        now(deps),
      );
};

/** What the caller is asked to, as what, when and where. */
export const invitations = (deps: Deps, who: Who): Promise<Invitation[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const byHelper = Map.groupBy(await findHelping(tx), ({ helper_id }) => helper_id);
    return [...byHelper.values()].map((rows) => presentInvitation(deps, rows));
  });

/**
 * The answer of who was asked: yes takes the duty of confidentiality on (人民调解法 第十五条); no needs no reason and may be said at any time. A
 * second mediator who says yes stands in the case from then on.
 */
export const answerInvitation = async (
  deps: Deps,
  who: Who,
  helperId: string,
  { commandId, joins }: InvitationAnswer,
): Promise<Invitation[]> => {
  await withScope(deps.pools.app, who, async (scope) => {
    const answered = await answerHelping(scope.tx, helperId, commandId, joins, now(deps));
    if (!answered) throw notFound();
    if (answered.role !== 'coMediator' || answered.repeated) return;
    const held = await holdInScope(scope, answered.case_id);
    const person = scope.actor.personId!;
    const isBeside = held.row.state.besideIds?.includes(person) ?? false;
    if (joins && !isBeside) {
      // Since they were asked they may have been appointed themselves, or have stepped aside.
      const { register, standing } = await choosingOf(deps, held);
      const own = register.filter(({ person_id }) => person_id === person);
      if (held.row.state.handlerId === person) throw conflict('helperOff');
      if (own.some(({ mediator_id }) => standing.excluded.has(mediator_id))) throw conflict('mediatorSteppedAside');
    }
    if (isBeside && !joins) await voidSlipsSeenBy(deps, held, person);
    if (joins !== isBeside) await actThrough(deps, held, commandId, joins ? 'joinBeside' : 'leaveBeside', { mediator: person });
  });
  return invitations(deps, who);
};
