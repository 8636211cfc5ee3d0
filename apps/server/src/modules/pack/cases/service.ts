import { createHash } from 'node:crypto';
import { caseLight } from '@tongxin/domain/case/rules.ts';
import type { Actor, CaseState, EventActor, NewEvent } from '@tongxin/domain/case/schema.ts';
import { dueRungs, nextRungAt, tellRung } from '@tongxin/domain/clock/rules.ts';
import type { ClockState, Limit } from '@tongxin/domain/clock/schema.ts';
import { maskedTitle } from '@tongxin/domain/mask/rules.ts';
import type { PlannedCase, PlannedStep } from '@tongxin/domain/pack/schema.ts';
import { decide, evolve, fileCase } from '@tongxin/domain/procedure/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps, Place } from '../../../platform/deps.ts';
import { type ChainedEvent, chain, firstHead, type Head } from '../../../platform/record/chain.ts';
import { derivedColumns, filedRow, keptAfter, partyPlace, spotColumns, UNTOUCHED } from '../../case/index.ts';
import { told } from '../../clock/index.ts';
import { reporterPartyId } from '../../intake/index.ts';
import type { ClockRow, LoadedCase } from './repo.ts';

type CaseDeps = Pick<Deps, 'crypto' | 'calendar' | 'procedures' | 'directory' | 'places'>;

const SYSTEM: Actor = { kind: 'system', posts: [] };

const eventActorOf = (actor: Actor): EventActor => ({
  kind: actor.kind,
  personId: actor.personId,
  postId: actor.posts[0]!.postId,
  organizationId: actor.posts[0]!.organizationId,
});

const areaIdsOf = (place: Place): string[] =>
  [place.cityId, place.districtId, place.townId, place.communityId, place.gridId, ...place.overlayIds].filter((id) => id !== undefined);

/** Id of the picture or paper that went with an act; derived, so that the same plan gives the same record. */
const evidenceId = (caseId: string, step: PlannedStep): string => {
  const hex = createHash('sha256').update(`evidence:${caseId}:${step.at}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** A case on its way through the past: what has happened, and what its clocks will say next. */
class Course {
  readonly deps: CaseDeps;
  readonly procedure: Procedure;
  readonly limit: Limit | undefined;
  readonly chained: ChainedEvent[] = [];
  state: CaseState;
  endedAt: string | null = null;
  kept = UNTOUCHED;
  /** When each clock speaks next, by the state it is in: a state never changes. */
  readonly #next = new WeakMap<ClockState, number>();

  constructor(deps: CaseDeps, procedure: Procedure, limit: Limit | undefined, opening: { event: NewEvent; state: CaseState }, at: string) {
    this.deps = deps;
    this.procedure = procedure;
    this.limit = limit;
    this.state = opening.state;
    this.append([opening.event], opening.state, at);
  }

  append(events: readonly NewEvent[], state: CaseState, at: string): void {
    const last = this.chained.at(-1);
    const head: Head = last ? { eventNo: last.eventNo, hash: last.hash } : firstHead;
    this.chained.push(...chain(this.deps.crypto, state.caseId, head, events, at));
    this.state = state;
    this.kept = keptAfter(this.procedure, this.kept, events);
    const ended = this.procedure.stages[state.stage]?.end !== undefined;
    if (!ended) this.endedAt = null;
    else this.endedAt ??= at;
  }

  decide(
    action: string,
    input: PlannedStep['input'],
    actor: Actor,
    at: string,
    files: { fileId: string; kind: 'photo' | 'document' }[] = [],
  ): boolean {
    const around = { now: at, calendar: this.deps.calendar(), ...(this.limit ? { categoryLimit: this.limit } : {}) };
    const decision = decide(this.procedure, this.state, { action, input, files }, actor, around);
    if (!decision.ok) return false;
    this.append(decision.events, decision.state, at);
    return true;
  }

  #speaks(clock: ClockState): number {
    if (clock.status !== 'running') return Number.POSITIVE_INFINITY;
    let at = this.#next.get(clock);
    if (at === undefined) {
      const next = nextRungAt(this.procedure.clocks[clock.clock]!, clock, this.deps.calendar());
      at = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next);
      this.#next.set(clock, at);
    }
    return at;
  }

  /** Lets the clocks say what they had to say up to a moment, in the order of their times, as the leader's poll would have. */
  advance(until: number): void {
    for (;;) {
      let first: ClockState | undefined;
      for (const clock of Object.values(this.state.clocks)) if (!first || this.#speaks(clock) < this.#speaks(first)) first = clock;
      if (!first || this.#speaks(first) > until) return;
      const due = new Date(this.#speaks(first)).toISOString();
      // A reminder four hours before a limit of two is due before its clock began: it is told at once, not in the past.
      const before = this.chained.at(-1)!.recordedAt;
      const at = due > before ? due : before;
      const definition = this.procedure.clocks[first.clock]!;
      const rung = dueRungs(definition, first, at, this.deps.calendar())[0]!.rung;
      const event = told(this.state, first.clock, rung, tellRung(definition, first, rung.id), at, due);
      this.append([event], evolve(this.state, event), at);
      if (rung.action) this.decide(rung.action, {}, SYSTEM, at);
    }
  }
}

const bodyOf = (plan: PlannedCase) => ({
  id: plan.caseId,
  procedure: plan.procedureId,
  channel: plan.channel,
  ...(plan.demandKind ? { demandKind: plan.demandKind } : {}),
  categoryId: plan.categoryId,
  text: plan.text,
  point: { lon: plan.lon, lat: plan.lat },
  address: plan.address,
  reporter: plan.reporter,
});

const opening = (deps: CaseDeps, plan: PlannedCase, procedure: Procedure, place: Place, limit: Limit | undefined, at: string) => {
  const receiving = deps.directory.receiving(procedure.receivedBy, plan.channel, place);
  return fileCase(
    procedure,
    {
      caseId: plan.caseId,
      facts: {
        reporterReachable: plan.reporter.phone !== undefined,
        callBackWanted: plan.reporter.callBackWanted,
        reporterProtected: plan.reporter.protected,
        ...(plan.demandKind ? { demandKind: plan.demandKind } : {}),
        channel: plan.channel,
      },
      areaIds: areaIdsOf(place),
      ...(receiving ? { receivingOrganizationId: receiving } : {}),
      categoryId: plan.categoryId,
      categoryVersion: deps.directory.category(plan.categoryId)?.version,
      reporterIds: [],
      codes: { channel: plan.channel, ...(plan.demandKind ? { demandKind: plan.demandKind } : {}) },
      content: { text: plan.text, address: plan.address },
    },
    eventActorOf(plan.filer),
    { now: at, calendar: deps.calendar(), ...(limit ? { categoryLimit: limit } : {}) },
  );
};

/**
 * Runs a plan through the true procedure at its past instants: filing, every act decided by the rules, every word of the clocks up to `until`.
 * Answers the rows a live case would have left. Throws when the rules refuse a planned act: then the plan is wrong.
 */
export const liveThrough = (deps: CaseDeps, plan: PlannedCase, until: number): LoadedCase => {
  const procedure = deps.procedures.latest(plan.procedureId);
  if (!procedure) throw new Error(`procedure ${plan.procedureId} is not published`);
  const { caseId } = plan;
  const place = deps.places.resolve({ lon: plan.lon, lat: plan.lat });
  const limit = deps.directory.category(plan.categoryId)?.limit;
  const filedAt = new Date(plan.at).toISOString();
  const course = new Course(deps, procedure, limit, opening(deps, plan, procedure, place, limit, filedAt), filedAt);
  for (const step of plan.steps) {
    course.advance(step.at);
    const at = new Date(step.at).toISOString();
    const files = step.evidence ? [{ fileId: evidenceId(caseId, step), kind: step.evidence }] : [];
    if (!course.decide(step.action, step.input, step.actor, at, files))
      throw new Error(`the rules refuse ${step.action} in ${course.state.stage} of synthetic case ${caseId}`);
  }
  course.advance(until);
  const { state } = course;
  const last = course.chained.at(-1)!;
  const light = caseLight(procedure, state, new Date(until).toISOString());
  const row = filedRow(procedure, state, derivedColumns(procedure, state, last, light, course.endedAt, course.kept), {
    channel: plan.channel,
    demand_kind: plan.demandKind ?? null,
    title: maskedTitle(plan.text),
    reporter_protected: plan.reporter.protected,
    call_back_wanted: plan.reporter.callBackWanted,
    ...spotColumns(place, plan),
    submitter_id: plan.filer.personId!,
    payload_digest: createHash('sha256')
      .update(canonical(bodyOf(plan)))
      .digest(),
    created_at: filedAt,
  });
  const partyId = reporterPartyId(caseId);
  const seal = (field: 'name' | 'phone', words: string | undefined) =>
    words ? deps.crypto.seal(words, partyPlace(caseId, partyId, field)) : null;
  return {
    row,
    events: course.chained,
    clocks: Object.values(state.clocks).map(
      (clock): ClockRow => ({
        clock: clock.clock,
        status: clock.status,
        dueAt: clock.dueAt ?? null,
        provisional: clock.provisional,
        calendarVersion: clock.calendarVersion,
        nextAt: nextRungAt(procedure.clocks[clock.clock]!, clock, deps.calendar()) ?? null,
      }),
    ),
    party: {
      partyId,
      protected: plan.reporter.protected,
      nameSealed: seal('name', plan.reporter.name),
      phoneSealed: seal('phone', plan.reporter.phone),
      phoneIndex: plan.reporter.phone ? deps.crypto.blindIndex('phone', plan.reporter.phone) : null,
      receiptHash: deps.crypto.receiptHash(deps.crypto.receiptCode(caseId, partyId)),
    },
  };
};
