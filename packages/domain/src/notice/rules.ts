import type { CaseState, EventActor, EventHeader, EventType, TaskState } from '../case/schema.ts';
import type { Rung } from '../clock/schema.ts';
import type { FactValue, Procedure, Relation } from '../procedure/schema.ts';
import type { NoticeKind } from './schema.ts';

/** Who is told: posts of a body with one of the capabilities, its responsible person of a rank, one person, or checkers of an area. */
export type Audience =
  | { readonly to: 'posts'; readonly organizationId: string; readonly capabilities: readonly string[] }
  | { readonly to: 'responsible'; readonly organizationId: string; readonly rank: 1 | 2 | 3 }
  | { readonly to: 'person'; readonly personId: string }
  | { readonly to: 'area'; readonly areaIds: readonly string[]; readonly capabilities: readonly string[] };

export interface Telling {
  readonly kind: NoticeKind;
  readonly audiences: readonly Audience[];
}

const HANDLES = ['case.handle', 'letter.answer', 'letter.review'];
const RECEIVES = ['case.accept', 'case.dispatch', 'letter.accept'];

const posts = (organizationId: string | undefined, capabilities: readonly string[]): Audience[] =>
  organizationId ? [{ to: 'posts', organizationId, capabilities }] : [];

const owners = (state: CaseState, owner: Relation | undefined): Audience[] => {
  switch (owner) {
    case 'leadBody':
      return posts(state.leadOrganizationId, HANDLES);
    case 'receivingBody':
      return posts(state.receivingOrganizationId, RECEIVES);
    case 'area':
      return state.areaIds.length > 0 ? [{ to: 'area', areaIds: state.areaIds, capabilities: ['case.verify'] }] : [];
    default:
      return [];
  }
};

const RANKS = { thirdResponsible: 3, secondResponsible: 2, firstResponsible: 1 } as const;

/** Whom a rung of a ladder names. Reporters are told on their own page, not here. */
const named = (state: CaseState, who: Rung['tell'][number]): Audience[] => {
  switch (who) {
    case 'handler':
      return state.handlerId ? [{ to: 'person', personId: state.handlerId }] : posts(state.leadOrganizationId, HANDLES);
    case 'leadBody':
      return posts(state.leadOrganizationId, HANDLES);
    case 'receivingBody':
      return posts(state.receivingOrganizationId, RECEIVES);
    case 'thirdResponsible':
    case 'secondResponsible':
    case 'firstResponsible': {
      const organizationId = state.leadOrganizationId ?? state.receivingOrganizationId;
      return organizationId ? [{ to: 'responsible', organizationId, rank: RANKS[who] }] : [];
    }
    case 'reporter':
      return [];
    default:
      return who satisfies never;
  }
};

/** Who does the work; where nobody was asked yet, whoever is to ask them. */
const worker = (state: CaseState): Audience[] => {
  if (state.handlerId) return [{ to: 'person', personId: state.handlerId }];
  return state.leadOrganizationId ? posts(state.leadOrganizationId, HANDLES) : posts(state.receivingOrganizationId, RECEIVES);
};

/** Whose turn it is, by the queue the case stands in. */
const holder = (procedure: Procedure, state: CaseState): Audience[] =>
  procedure.stages[state.stage]?.owner === 'receivingBody' ? posts(state.receivingOrganizationId, RECEIVES) : worker(state);

/** Who may take an action, as the procedure of the case says now: a locality's variant may have named others. */
const takersOf = (procedure: Procedure, state: CaseState, action: string): Audience[] =>
  (procedure.actions[action]?.by ?? []).flatMap(({ capability, relation }): Audience[] => {
    if (!capability) return [];
    if (relation === 'receivingBody') return posts(state.receivingOrganizationId, [capability]);
    if (relation === 'leadBody') return posts(state.leadOrganizationId, [capability]);
    return relation === 'area' && !state.receivingOrganizationId
      ? [{ to: 'area', areaIds: state.areaIds, capabilities: [capability] }]
      : [];
  });

/** Whom an action that leaves a case where it stands gives notice of, and of what. */
interface Aside {
  readonly kind: NoticeKind;
  /** `worker` does the work; `holder` has the turn; `answers` may take that action. */
  readonly whom: readonly ('worker' | 'holder' | 'thirdResponsible' | { readonly answers: string })[];
  /** Only where the action set this. */
  readonly where?: { readonly fact: string; readonly is: FactValue };
}

/**
 * Actions to `same`, by procedure. A locality cannot add an action, so the table is whole. What it lacks is
 * the work of whoever has the case, or of a clock, and tells nobody (each written down in the test).
 */
const ASIDE: Readonly<Record<string, Readonly<Record<string, Aside>>>> = {
  order: {
    requestExtension: { kind: 'extension', whom: [{ answers: 'approveExtension' }] },
    approveExtension: { kind: 'extension', whom: ['worker'] },
    refuseExtension: { kind: 'extension', whom: ['worker'] },
    urge: { kind: 'urged', whom: ['worker'] },
    supervise: { kind: 'supervised', whom: ['worker', 'thirdResponsible'] },
    answerSupervision: { kind: 'news', whom: [{ answers: 'supervise' }] },
    instruct: { kind: 'instructed', whom: ['worker'] },
    respond: { kind: 'news', whom: ['holder'] },
    addInformation: { kind: 'news', whom: ['holder'] },
    rate: { kind: 'news', whom: [{ answers: 'callBackReached' }], where: { fact: 'satisfaction', is: 'dissatisfied' } },
  },
  letter: {
    requestExtension: { kind: 'extension', whom: [{ answers: 'approveExtension' }] },
    approveExtension: { kind: 'extension', whom: ['worker'] },
    refuseExtension: { kind: 'extension', whom: ['worker'] },
    reportBack: { kind: 'news', whom: [{ answers: 'assignWithReport' }] },
    urge: { kind: 'supervised', whom: ['worker', 'thirdResponsible'] },
    addInformation: { kind: 'news', whom: ['holder'] },
  },
  mediation: {
    consent: { kind: 'news', whom: ['worker'] },
    extendMediation: { kind: 'news', whom: ['worker'] },
    letChoosingLapse: { kind: 'news', whom: ['worker'] },
    letConfirmationLapse: { kind: 'news', whom: ['worker'] },
    joinBeside: { kind: 'news', whom: ['worker'] },
    leaveBeside: { kind: 'news', whom: ['worker'] },
  },
  hearing: {
    addEvidence: { kind: 'news', whom: ['worker'] },
    closeEvidence: { kind: 'news', whom: ['worker'] },
  },
};

const aside = (procedure: Procedure, state: CaseState, { action = '', set }: EventHeader): Telling[] => {
  const row = ASIDE[procedure.id]?.[action];
  if (!row || (row.where && set?.[row.where.fact] !== row.where.is)) return [];
  const audiences = row.whom.flatMap((who) =>
    typeof who === 'object'
      ? takersOf(procedure, state, who.answers)
      : who === 'worker'
        ? worker(state)
        : who === 'holder'
          ? holder(procedure, state)
          : named(state, who),
  );
  return [{ kind: row.kind, audiences }];
};

/** Whose work it was before an event that gave it to others. */
export interface Former {
  readonly organizationId?: string | undefined;
  readonly handlerId?: string | undefined;
}

/** Work that was taken away: given to another body, taken back, or ended by somebody else while it was under way. */
const taken = (procedure: Procedure, state: CaseState, { header, actor }: Told, former: Former): Telling[] => {
  const lead = header.assign?.leadOrganizationId;
  const ended =
    procedure.stages[header.to ?? '']?.end !== undefined && procedure.stages[header.from ?? '']?.owner === 'leadBody' && lead === undefined;
  const organizationId = lead === undefined ? (ended ? state.leadOrganizationId : undefined) : former.organizationId;
  if (!organizationId || organizationId === lead || organizationId === actor.organizationId) return [];
  const handlerId = ended ? state.handlerId : former.handlerId;
  return [{ kind: 'taken', audiences: handlerId ? [{ to: 'person', personId: handlerId }] : posts(organizationId, HANDLES) }];
};

/** Whom an action itself named: the body or the person whose work it is from now on, where no queue tells them. */
const given = (procedure: Procedure, { header, actor }: Told): Telling[] => {
  const { leadOrganizationId: lead, handlerId } = header.assign ?? {};
  const audiences: Audience[] = [];
  if (handlerId && handlerId !== actor.personId) audiences.push({ to: 'person', personId: handlerId });
  if (lead && lead !== actor.organizationId && procedure.stages[header.to ?? '']?.owner !== 'leadBody')
    audiences.push(...posts(lead, HANDLES));
  return [{ kind: 'arrived', audiences }];
};

const ofTask = (state: CaseState, type: EventType, task: TaskState): Telling[] => {
  if (type === 'task.opened') return [{ kind: 'arrived', audiences: posts(task.organizationId, HANDLES) }];
  if (task.status === 'done' || task.status === 'returned') return [{ kind: 'news', audiences: worker(state) }];
  return task.status === 'cancelled' ? [{ kind: 'taken', audiences: posts(task.organizationId, HANDLES) }] : [];
};

const handedOver = (procedure: Procedure, state: CaseState, { header }: Told): Telling[] => [
  {
    kind: 'arrived',
    audiences: header.task
      ? posts(header.task.organizationId, HANDLES)
      : state.handlerId
        ? [{ to: 'person', personId: state.handlerId }]
        : owners(state, procedure.stages[state.stage]?.owner),
  },
];

/** An event, as far as telling of it goes. */
export interface Told {
  readonly type: EventType;
  readonly header: EventHeader;
  readonly actor: EventActor;
}

const tellings = (procedure: Procedure, state: CaseState, event: Told, former: Former): Telling[] => {
  const { type, header } = event;
  switch (type) {
    case 'clock.told': {
      const { kind, tell } = header.codes as { kind: NoticeKind; tell: Rung['tell'] };
      return [{ kind, audiences: tell.flatMap((who) => named(state, who)) }];
    }
    case 'task.opened':
    case 'task.changed':
      return header.task ? ofTask(state, type, header.task) : [];
    case 'case.handedOver':
      return handedOver(procedure, state, event);
    case 'case.takenOver': {
      const personId = header.codes?.fromPersonId;
      return typeof personId === 'string' ? [{ kind: 'taken', audiences: [{ to: 'person', personId }] }] : [];
    }
    case 'case.filed':
    case 'case.acted': {
      const moved = header.to !== undefined && header.to !== header.from;
      const there = moved
        ? [{ kind: 'arrived' as const, audiences: owners(state, procedure.stages[header.to!]?.owner) }]
        : aside(procedure, state, header);
      return [...there, ...given(procedure, event), ...taken(procedure, state, event, former)];
    }
    default:
      return [];
  }
};

/**
 * What an event gives notice of, the weightiest first: a case that arrives in somebody's queue, what was said or demanded about it, that it
 * went to others, and what its clocks say. Imported cases tell nobody. `state` is the case after the event.
 */
export const tellingsOf = (procedure: Procedure, state: CaseState, event: Told, former: Former = {}): Telling[] =>
  tellings(procedure, state, event, former).filter(({ audiences }) => audiences.length > 0);
