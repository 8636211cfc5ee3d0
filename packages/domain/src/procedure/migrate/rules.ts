import type { CaseState, EventActor, NewEvent, Refusal } from '../../case/schema.ts';
import type { Node } from '../../soundness/explore/rules.ts';
import { checkFrom } from '../../soundness/rules.ts';
import { evolve } from '../rules.ts';
import type { FactValue, Procedure } from '../schema.ts';
import type { Mapping, Standing } from './schema.ts';

const refuse = (code: string, params?: Refusal['params']): Refusal => ({ ok: false, code, ...(params ? { params } : {}) });
const own = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record && Object.hasOwn(record, key) ? record[key] : undefined;

/** Stages of the same name, and nothing else: what is to be declared begins with it. */
export const sameStages = (from: Procedure, to: Procedure): Mapping => ({
  stages: Object.fromEntries(
    Object.entries(from.stages).flatMap(([id, stage]) => {
      const other = own(to.stages, id);
      return stage.end === undefined && other && other.end === undefined ? [[id, id]] : [];
    }),
  ),
});

/** Facts of the new version about which a case of the old one may say nothing that fits: the mapping says it for them. */
export const factsToSay = (from: Procedure, to: Procedure): readonly string[] =>
  Object.entries(to.facts).flatMap(([fact, values]) => (own(from.facts, fact)?.every((value) => values.includes(value)) ? [] : [fact]));

/** Where a mapping names what is not there, or would end a case; undefined where it fits both versions. */
export const mappingFault = (from: Procedure, to: Procedure, { stages, facts = {} }: Mapping): string | undefined => {
  if (from.id !== to.id || from.version === to.version || from.confidential !== to.confidential || from.confided !== to.confided)
    return 'to';
  for (const [stage, into] of Object.entries(stages)) {
    const [before, after] = [own(from.stages, stage), own(to.stages, into)];
    // What has ended keeps its version, and no case ends by a change of version.
    if (!before || before.end !== undefined || !after || after.end !== undefined) return `stages.${stage}`;
  }
  return Object.entries(facts)
    .filter(([fact, value]) => !own(to.facts, fact)?.includes(value))
    .map(([fact]) => `facts.${fact}`)[0];
};

export const standingOf = (state: CaseState): Standing => ({
  stage: state.stage,
  facts: state.facts,
  clocks: Object.fromEntries(Object.values(state.clocks).map(({ clock, status }) => [clock, status])),
  lead: state.leadOrganizationId !== undefined,
  handled: (state.doers.handle?.length ?? 0) > 0,
});

type Moved = { readonly ok: true; readonly stage: string; readonly set: Readonly<Record<string, FactValue>> };
export type Judged = Moved | Refusal;

const judge = (from: Procedure, to: Procedure, mapping: Mapping, { stage, facts, clocks, lead, handled }: Standing): Judged => {
  if (own(from.stages, stage)?.end !== undefined) return refuse('caseEnded');
  const into = own(mapping.stages, stage);
  if (into === undefined) return refuse('stageUnmapped', { stage });
  const now: Record<string, FactValue> = {};
  for (const [fact, values] of Object.entries(to.facts)) {
    const initial = own(to.initial, fact);
    const said = [own(facts, fact), own(mapping.facts, fact), typeof initial === 'object' ? undefined : initial].find(
      (value) => value !== undefined && values.includes(value),
    );
    if (said === undefined) return refuse('factUnmapped', { fact });
    now[fact] = said;
  }
  const running = Object.entries(clocks).filter(([, status]) => status !== 'stopped');
  const lost = running.find(([clock]) => own(to.clocks, clock) === undefined);
  if (lost) return refuse('clockUnmapped', { clock: lost[0] });
  const start: Node = {
    stage: into,
    facts: now,
    clocks: Object.fromEntries(
      Object.keys(to.clocks).map((clock) => {
        const status = own(clocks, clock) ?? 'stopped';
        return [clock, status === 'stopped' ? 'off' : status];
      }),
    ),
    lead,
    handled,
  };
  // Published versions are sound from their beginning; a case comes in from the side.
  const [finding] = checkFrom(to, start);
  if (finding) return refuse('wouldStick', { where: finding.where });
  return { ok: true, stage: into, set: Object.fromEntries(Object.entries(now).filter(([fact, value]) => facts[fact] !== value)) };
};

/** A declared change of version. */
export interface Migration {
  readonly from: Procedure;
  readonly to: Procedure;
  /** Whether and how a case that stands so goes on. Cases that stand alike are judged once. */
  readonly judge: (standing: Standing) => Judged;
}

/** Of a mapping without `mappingFault`. */
export const declareMigration = (from: Procedure, to: Procedure, mapping: Mapping): Migration => {
  const known = new Map<string, Judged>();
  return {
    from,
    to,
    judge: (standing) => {
      const sorted = (record: object): string => JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
      const key = [standing.stage, sorted(standing.facts), sorted(standing.clocks), standing.lead, standing.handled].join('|');
      const judged = known.get(key) ?? judge(from, to, mapping, standing);
      known.set(key, judged);
      return judged;
    },
  };
};

/**
 * The event by which a running case goes on under another version, or why it keeps its own: no action is taken, nobody is told, due times stay
 * as they were promised; what clocks say next follows the new version's ladders. Pure.
 */
export const migrate = (
  migration: Migration,
  state: CaseState,
  { id, actor, now }: { readonly id: string; readonly actor: EventActor; readonly now: string },
): { readonly ok: true; readonly event: NewEvent; readonly state: CaseState } | Refusal => {
  const { from, to } = migration;
  if (state.procedureId !== from.id || state.procedureVersion !== from.version) return refuse('caseChanged');
  const judged = migration.judge(standingOf(state));
  if (!judged.ok) return judged;
  const clocks = Object.values(state.clocks).filter(({ status }) => status !== 'stopped');
  const event: NewEvent = {
    type: 'case.migrated',
    occurredAt: now,
    actor,
    header: {
      from: state.stage,
      to: judged.stage,
      ...(Object.keys(judged.set).length ? { set: judged.set } : {}),
      ...(clocks.length ? { clocks: clocks.map((clock) => ({ change: 'recomputed' as const, state: clock })) } : {}),
      codes: { migrationId: id, procedureVersion: to.version, fromVersion: from.version },
    },
  };
  return { ok: true, event, state: evolve(state, event) };
};
