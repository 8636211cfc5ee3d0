import type { CaseState, EventHeader, EventType } from '../case/schema.ts';
import type { Rung } from '../clock/schema.ts';
import type { Procedure, Relation } from '../procedure/schema.ts';
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

/**
 * What an event gives notice of: a case that arrives in somebody's queue, and what its clocks say. Imported cases tell nobody. `state` is the
 * case after the event.
 */
export const tellingOf = (
  procedure: Procedure,
  state: CaseState,
  event: { readonly type: EventType; readonly header: EventHeader },
): Telling | undefined => {
  const { type, header } = event;
  if (type === 'clock.told') {
    const { kind, tell } = header.codes as { kind: NoticeKind; tell: Rung['tell'] };
    const audiences = tell.flatMap((who) => named(state, who));
    return audiences.length > 0 ? { kind, audiences } : undefined;
  }
  if (type === 'task.opened' && header.task) return { kind: 'arrived', audiences: posts(header.task.organizationId, HANDLES) };
  if (type === 'case.handedOver') {
    const audiences = header.task
      ? posts(header.task.organizationId, HANDLES)
      : state.handlerId
        ? [{ to: 'person' as const, personId: state.handlerId }]
        : owners(state, procedure.stages[state.stage]?.owner);
    return audiences.length > 0 ? { kind: 'arrived', audiences } : undefined;
  }
  if ((type !== 'case.filed' && type !== 'case.acted') || header.to === undefined || header.to === header.from) return undefined;
  const audiences = owners(state, procedure.stages[header.to]?.owner);
  return audiences.length > 0 ? { kind: 'arrived', audiences } : undefined;
};
