import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import { type Standing, type Step, standingOf } from '@tongxin/domain/dispute/choosing/rules.ts';
import type {
  Appointment,
  ChallengeAnswer,
  ChoosingStep,
  ChoosingView,
  OwnChoice,
  RecordedChoice,
  SteppingAside,
} from '@tongxin/domain/dispute/choosing/schema.ts';
import { type Conflict, conflictsOf, inOrder, isCourtInvited } from '@tongxin/domain/dispute/mediator/rules.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import { permitWork } from '@tongxin/domain/procedure/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid } from '../../../platform/errors/problem.ts';
import type { Who } from '../../../platform/tx/tx.ts';
import { refused, viewInScope } from '../../case/index.ts';
import { actThrough, type Held, notBeside, stageSeen, withCodeOf, withDispute, withOwnDispute } from '../hold/service.ts';
import { courtOf, mediatorHome, mediatorName } from '../mediator/present.ts';
import { countInHand, findHolders, findMediators, type MediatorRow } from '../mediator/repo.ts';
import { cancelToCome } from '../session/repo.ts';
import { voidSlipsSeenBy } from '../slip/service.ts';
import { type ChoiceRow, findBodies, findChoices, findEarlier, findSides, insertChoice } from './repo.ts';

/** Words a side reads in its own log. */
const ASKING = {
  zh: '核对回避：调解员是否经手过您以往的纠纷',
  en: 'Whether a mediator dealt with an earlier dispute of yours',
} as const;
const whyPlace = (caseId: string, choiceId: string): string => `choice:${caseId}:${choiceId}`;

const stepOf = ({ choice_id, step, party_id, mediator_id }: ChoiceRow): Step => ({
  id: choice_id,
  step,
  partyId: party_id ?? undefined,
  mediatorId: mediator_id ?? undefined,
});

/** The dispute with everything its choice of a mediator hangs on. */
export interface Choosing {
  readonly held: Held;
  /** Who may be chosen: of the register, whoever holds a post of the body today. */
  readonly candidates: readonly MediatorRow[];
  /** All of the register, also who has left. */
  readonly register: readonly MediatorRow[];
  readonly choices: readonly ChoiceRow[];
  readonly standing: Standing;
}

export const bodyOf = ({ row, dispute }: Held): string => row.state.leadOrganizationId ?? dispute.organization_id;

export const choosingOf = async (deps: Deps, held: Held): Promise<Choosing> => {
  const { tx } = held.scope;
  const choices = await findChoices(tx, held.row.case_id);
  const register = await findMediators(tx, [bodyOf(held)]);
  const holders = new Set(
    (await findHolders(tx, [bodyOf(held)], instantToLocalDate(deps.clock.now().toISOString()))).map(({ person_id }) => person_id),
  );
  const candidates = register.filter(({ person_id }) => holders.has(person_id));
  return { held, candidates, register, choices, standing: standingOf(choices.map(stepOf), held.sides) };
};

/** Whether somebody heads a body today. */
export const heads = ({ posts }: Actor, organizationId: string): boolean =>
  posts.some((post) => post.organizationId === organizationId && post.capabilities.includes('case.confided'));

/** The sides as blind indexes, and where it arose. */
const quarrelOf = async (deps: Deps, { scope, row, sides }: Held) => {
  const indexes = new Map((await findSides(scope.tx, row.case_id)).map((side) => [side.party_id, side]));
  return {
    sides: sides.map((id) => ({
      name: indexes.get(id)?.name_index.toString('hex') ?? id,
      phone: indexes.get(id)?.phone_index?.toString('hex'),
    })),
    place: (await viewInScope(deps, scope, row.case_id)).address,
    areaIds: row.state.areaIds,
  };
};

/** What speaks against somebody who is on no register: their name and telephone are all that is known. */
export const conflictsOfStranger = async (
  deps: Deps,
  held: Held,
  { name, phone }: { readonly name: string; readonly phone: string },
): Promise<Conflict[]> =>
  conflictsOf(
    {
      name: deps.crypto.blindIndex('name', name).toString('hex'),
      phone: deps.crypto.blindIndex('phone', phone).toString('hex'),
      bodies: [],
      earlier: [],
    },
    await quarrelOf(deps, held),
  );

/** What speaks against each candidate, by blind indexes and codes; addresses are compared and go nowhere. */
export const conflictsByMediator = async (deps: Deps, { held, candidates }: Choosing): Promise<Map<string, Conflict[]>> => {
  const { scope, row, sides } = held;
  const persons = candidates.map(({ person_id }) => person_id);
  const permitted = permitWork(row.state, scope.actor, 'mediation.record');
  if (!permitted.ok) throw refused(permitted);
  const earlier = await findEarlier(scope.tx, row.case_id, persons, {
    purpose: ASKING[scope.language],
    postId: permitted.post.postId,
    organizationId: permitted.post.organizationId,
    now: deps.clock.now().toISOString(),
  });
  const posts = await findBodies(scope.tx, persons);
  const quarrel = await quarrelOf(deps, held);
  const bodyNames = (personId: string): string[] =>
    posts
      .filter(({ person_id }) => person_id === personId)
      .flatMap(({ organization_id }) => deps.directory.organization(organization_id)?.label.zh ?? [])
      .map((name) => deps.crypto.blindIndex('name', name).toString('hex'));
  return new Map(
    candidates.map((one) => [
      one.mediator_id,
      conflictsOf(
        {
          name: one.name_index.toString('hex'),
          phone: one.phone_index?.toString('hex'),
          home: mediatorHome(deps, one),
          homeAreaId: one.home_area_id ?? undefined,
          bodies: bodyNames(one.person_id),
          earlier: earlier
            .filter(({ person_id }) => person_id === one.person_id)
            .map(({ party_id, sure }) => ({ side: sides.indexOf(party_id) + 1, sure })),
        },
        quarrel,
      ),
    ]),
  );
};

const whyOf = (deps: Deps, { held, choices }: Choosing, choiceId: string | undefined): { why?: string } => {
  const sealed = choices.find(({ choice_id }) => choice_id === choiceId)?.why_sealed;
  return sealed && choiceId ? { why: deps.crypto.open(sealed, whyPlace(held.row.case_id, choiceId)).toString('utf8') } : {};
};

const present = async (deps: Deps, choosing: Choosing): Promise<ChoosingView> => {
  const { held, candidates, register, choices, standing } = choosing;
  const { row, sides, ownSide, scope } = held;
  const isHead = !ownSide && heads(scope.actor, bodyOf(held));
  const conflicts = ownSide ? undefined : await conflictsByMediator(deps, choosing);
  const loads = isHead ? await countInHand(scope.tx, [bodyOf(held)]) : undefined;
  const today = instantToLocalDate(deps.clock.now().toISOString());
  const current = register.find(({ person_id }) => person_id === row.state.handlerId);
  // In the choice itself whoever wrote it down has it in hand, and mediates nothing yet.
  const mediating = current && row.stage !== 'choosing' && row.stage !== 'consulting' && row.stage !== 'registered' ? current : undefined;
  const challenge = standing.challenge && choices.find(({ choice_id }) => choice_id === standing.challenge?.id);
  const own = challenge?.party_id === ownSide;
  return {
    ...(ownSide ? {} : { version: row.version }),
    stage: stageSeen(deps, held),
    ...(mediating ? { mediatorId: mediating.mediator_id, mediatorName: mediatorName(deps, mediating) } : {}),
    candidates: inOrder(
      candidates.map((one) => ({
        id: one.mediator_id,
        name: mediatorName(deps, one),
        kinds: one.kinds as DisputeKind[],
        languages: one.languages,
        courtNow: isCourtInvited(courtOf(one), today),
        available: one.available,
        excluded: standing.excluded.has(one.mediator_id),
        ...(loads ? { load: loads.get(one.person_id) ?? 0 } : {}),
        ...(conflicts ? { conflicts: conflicts.get(one.mediator_id) ?? [] } : {}),
      })),
      held.dispute.kind,
    ),
    sides: sides.map((partyId) => {
      const isTold = !ownSide || partyId === ownSide || standing.settledOn !== undefined;
      const chosen = standing.chosen.get(partyId);
      return {
        partyId,
        own: partyId === ownSide,
        ...(chosen && isTold ? { chosen } : {}),
        left: isTold && standing.left.has(partyId),
        accepted: isTold && standing.accepted.has(partyId),
      };
    }),
    ...(standing.named ? { named: standing.named } : {}),
    ...(standing.settledOn ? { settledOn: standing.settledOn } : {}),
    // Who asks for another is told to the desk and to whoever asked.
    ...(challenge && (!ownSide || own) ? { challenge: { own, ...whyOf(deps, choosing, challenge.choice_id) } } : {}),
    ...(standing.refusal && (!ownSide || standing.refusal.partyId === ownSide)
      ? { refused: whyOf(deps, choosing, standing.refusal.id) }
      : {}),
  };
};

export const choosingView = (deps: Deps, who: Who, caseId: string): Promise<ChoosingView> =>
  withDispute(deps, who, caseId, async (held) => present(deps, await choosingOf(deps, held)));

export const ownChoosing = (deps: Deps, who: Who): Promise<ChoosingView> =>
  withCodeOf(deps, who, async (held) => present(deps, await choosingOf(deps, held)));

interface Said {
  readonly commandId: string;
  readonly step: ChoosingStep;
  readonly partyId?: string | undefined;
  readonly mediatorId?: string | undefined;
  readonly why?: string | undefined;
}

/** Keeps a step; answers whether it was kept before. */
const keep = async (deps: Deps, { held, choices }: Choosing, said: Said): Promise<boolean> => {
  const prior = choices.find(({ choice_id }) => choice_id === said.commandId);
  if (prior) {
    if (prior.step !== said.step || (prior.mediator_id ?? undefined) !== said.mediatorId) throw conflict('commandReused');
    return true;
  }
  const caseId = held.row.case_id;
  const row: ChoiceRow = {
    choice_id: said.commandId,
    step: said.step,
    party_id: said.partyId ?? null,
    mediator_id: said.mediatorId ?? null,
    why_sealed: said.why?.trim() ? deps.crypto.seal(said.why.trim(), whyPlace(caseId, said.commandId)) : null,
  };
  await insertChoice(held.scope.tx, caseId, row, deps.clock.now().toISOString());
  return false;
};

const AT: Readonly<Partial<Record<ChoosingStep, readonly string[]>>> = { challenged: ['mediating', 'cooling', 'drafted'] };

const checked = (choosing: Choosing, { step, partyId, mediatorId, why }: Said): void => {
  const { held, candidates, standing } = choosing;
  if (!(AT[step] ?? ['choosing']).includes(held.row.stage)) throw conflict('wrongStage', { action: step });
  if (step !== 'named' && !(partyId && held.sides.includes(partyId))) throw invalid('unknownParty', { field: 'partyId' });
  if (step === 'challenged' && !why?.trim()) throw invalid('fieldMissing', { field: 'why' });
  if (step === 'chosen' || step === 'named') {
    const one = candidates.find(({ mediator_id }) => mediator_id === mediatorId);
    if (!one) throw invalid('unknownMediator', { field: 'mediatorId' });
    if (standing.excluded.has(one.mediator_id)) throw conflict('mediatorSteppedAside');
    if (!one.available) throw conflict('mediatorNotFree');
  }
  if ((step === 'accepted' || step === 'declined') && (!standing.named || standing.named !== mediatorId)) throw conflict('nobodyNamed');
};

const say = async (deps: Deps, held: Held, said: Said): Promise<ChoosingView> => {
  const choosing = await choosingOf(deps, held);
  if (!choosing.choices.some(({ choice_id }) => choice_id === said.commandId)) checked(choosing, said);
  await keep(deps, choosing, said);
  return present(deps, await choosingOf(deps, held));
};

/** What a side said at the desk, or whom the committee names. */
export const recordChoice = (deps: Deps, who: Who, caseId: string, body: RecordedChoice): Promise<ChoosingView> =>
  withDispute(deps, who, caseId, (held) => {
    if (body.step === 'named' && body.partyId) throw invalid('unknownParty', { field: 'partyId' });
    return say(deps, held, body);
  });

export const makeChoice = (deps: Deps, who: Who, body: OwnChoice): Promise<ChoosingView> =>
  withOwnDispute(deps, who, (held) => say(deps, held, { ...body, partyId: held.ownSide }));

/** After an action that has committed: what the next reader sees is read anew. */
const acted = async (deps: Deps, who: Who, caseId: string, act: (held: Held) => Promise<unknown>): Promise<{ version: number }> =>
  withDispute(deps, who, caseId, async (held) => (await act(held)) as { version: number });

/**
 * Appoints whom all sides chose, or accepted. A question of conflict is answered by the head, with a reason that stands with the choice. Whoever
 * stepped aside is not appointed again.
 */
export const appoint = (
  deps: Deps,
  who: Who,
  caseId: string,
  { commandId, mediatorId, despite }: Appointment,
): Promise<{ version: number }> =>
  acted(deps, who, caseId, async (held) => {
    const choosing = await choosingOf(deps, held);
    const { candidates, choices, standing } = choosing;
    if (choices.some(({ choice_id }) => choice_id === commandId)) {
      await keep(deps, choosing, { commandId, step: 'appointed', mediatorId });
      return { version: held.row.version };
    }
    const one = candidates.find(({ mediator_id }) => mediator_id === mediatorId);
    if (!one) throw invalid('unknownMediator', { field: 'mediatorId' });
    if (standing.excluded.has(mediatorId)) throw conflict('mediatorSteppedAside');
    if (standing.settledOn?.mediatorId !== mediatorId) throw conflict('sidesNotAgreed');
    // Free when chosen is not free today.
    if (!one.available) throw conflict('mediatorNotFree');
    const found = (await conflictsByMediator(deps, choosing)).get(mediatorId) ?? [];
    if (found.length && !(despite?.trim() && heads(held.scope.actor, bodyOf(held)))) throw conflict('conflictAsked', { n: found.length });
    await keep(deps, choosing, { commandId, step: 'appointed', mediatorId, why: despite });
    return actThrough(deps, held, commandId, 'appoint', { mediator: one.person_id, how: standing.settledOn.how });
  });

const stepAsideFor = async (
  deps: Deps,
  held: Held,
  commandId: string,
  why: 'conflict' | 'challenged' | 'unavailable',
  note: string | undefined,
): Promise<{ version: number }> => {
  const choosing = await choosingOf(deps, held);
  const current = choosing.register.find(({ person_id }) => person_id === held.row.state.handlerId);
  const said = { commandId, step: 'steppedAside', mediatorId: current?.mediator_id } as const;
  if (choosing.choices.some(({ choice_id }) => choice_id === commandId)) return { version: held.row.version };
  await keep(deps, choosing, { ...said, why: note });
  await cancelToCome(held.scope.tx, held.row.case_id, deps.clock.now());
  if (held.row.state.handlerId) await voidSlipsSeenBy(deps, held, held.row.state.handlerId);
  return actThrough(deps, held, commandId, 'stepAside', { why, ...(note?.trim() ? { note: note.trim() } : {}) });
};

/** The mediator's own disclosure of an interest, or that somebody cannot go on; the head may say so for them. */
export const stepAside = (deps: Deps, who: Who, caseId: string, { commandId, why, note }: SteppingAside): Promise<{ version: number }> =>
  acted(deps, who, caseId, (held) => {
    if (why === 'conflict' && !note?.trim()) throw invalid('fieldMissing', { field: 'note' });
    notBeside(held);
    return stepAsideFor(deps, held, commandId, why, note);
  });

/** The head answers a challenge: the mediator steps aside, or stays with the reason told. */
export const answerChallenge = (
  deps: Deps,
  who: Who,
  caseId: string,
  { commandId, upheld, why }: ChallengeAnswer,
): Promise<{ version: number }> =>
  acted(deps, who, caseId, async (held) => {
    const choosing = await choosingOf(deps, held);
    if (choosing.choices.some(({ choice_id }) => choice_id === commandId)) return { version: held.row.version };
    if (!choosing.standing.challenge) throw conflict('nobodyChallenged');
    if (!heads(held.scope.actor, bodyOf(held))) throw forbidden('headDecides');
    if (upheld) return stepAsideFor(deps, held, commandId, 'challenged', why);
    if (!why?.trim()) throw invalid('fieldMissing', { field: 'why' });
    await keep(deps, choosing, { commandId, step: 'challengeRefused', why });
    return { version: held.row.version };
  });
