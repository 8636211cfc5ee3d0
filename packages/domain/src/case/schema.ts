import { type Static, Type } from 'typebox';
import type { ClockState, Instant } from '../clock/schema.ts';
import type { Duty, FactValue, Relation } from '../procedure/schema.ts';

export const Channel = Type.Enum(['portal', 'hotline', 'window', 'letter', 'patrol', 'department', 'sensor', 'media', 'open311', 'import']);
export type Channel = Static<typeof Channel>;

/** 诉求类型: what the person wants, apart from what it is about. */
export const DemandKind = Type.Enum(['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise']);
export type DemandKind = Static<typeof DemandKind>;

/** Longitude and latitude in WGS-84 degrees. Other datums are converted at the edge. */
export const Point = Type.Object({ lon: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) });
export type Point = Static<typeof Point>;

/** A post somebody holds today, with what it allows. */
export interface HeldPost {
  readonly postId: string;
  readonly organizationId: string;
  /** The area the post answers for; the organization's area when the post names none. */
  readonly areaId: string;
  readonly role: string;
  readonly capabilities: readonly string[];
}

/** Who acts. A person holds posts; a service (import, clock, portal) acts under a service post; `anonymous` holds a receipt only. */
export interface Actor {
  readonly kind: 'person' | 'service' | 'anonymous' | 'system';
  readonly personId?: string;
  readonly posts: readonly HeldPost[];
  /** Of several posts the one they chose to work by; it stands first. */
  readonly chosenPostId?: string;
  /** Cases whose receipt the actor presented. */
  readonly receiptCaseIds?: readonly string[];
  /** The party whose receipt it is. */
  readonly receiptPartyId?: string;
}

/** Who did what, as it stands in the header of an event: opaque ids only. */
export interface EventActor {
  readonly kind: Actor['kind'];
  readonly personId?: string;
  readonly postId?: string;
  readonly organizationId?: string;
  /** Whose query code it was done with. */
  readonly partyId?: string;
}

/** What the rules know of a case. Everything here is codes and opaque ids; words live in event contents. */
export interface CaseState {
  readonly caseId: string;
  readonly procedureId: string;
  readonly procedureVersion: number;
  readonly stage: string;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly clocks: Readonly<Record<string, ClockState>>;
  /** Persons who performed each duty so far. */
  readonly doers: Readonly<Partial<Record<Duty, readonly string[]>>>;
  readonly areaIds: readonly string[];
  readonly receivingOrganizationId?: string;
  readonly leadOrganizationId?: string;
  readonly supportingOrganizationIds: readonly string[];
  readonly respondentOrganizationId?: string;
  readonly handlerId?: string;
  /** Persons who work beside the handler: they see what the handler sees, and take nothing from whoever has it in hand. */
  readonly besideIds?: readonly string[];
  readonly mainCaseId?: string;
  readonly categoryId?: string;
  readonly categoryVersion?: number;
  /** Persons who are parties, by role. */
  readonly reporterIds: readonly string[];
  readonly respondentIds: readonly string[];
  readonly partyIds: readonly string[];
  readonly tasks: Readonly<Record<string, TaskState>>;
  /** Number of the last event; the optimistic version. */
  readonly version: number;
}

export interface TaskState {
  readonly taskId: string;
  readonly organizationId: string;
  readonly status: 'open' | 'acknowledged' | 'done' | 'returned' | 'cancelled';
  /** Until when an answer is asked for: the end of a day in China. */
  readonly dueAt?: Instant;
}

/** A clock change inside an event: the clock's whole new state, so that replay needs no calendar. */
export interface ClockChange {
  readonly change: 'started' | 'stopped' | 'paused' | 'resumed' | 'extended' | 'told' | 'recomputed';
  readonly state: ClockState;
  readonly rung?: string;
}

/** Codes and opaque ids of an event. */
export interface EventHeader {
  readonly action?: string;
  readonly from?: string;
  readonly to?: string;
  readonly duty?: Duty;
  readonly set?: Readonly<Record<string, FactValue>>;
  readonly assign?: Readonly<Record<string, string | null>>;
  /** Everybody who works beside the handler from now on. */
  readonly beside?: readonly string[];
  readonly clocks?: readonly ClockChange[];
  readonly task?: TaskState;
  readonly fileIds?: readonly string[];
  /** Coded answers of the form (fields with `content: false`). */
  readonly input?: Readonly<Record<string, unknown>>;
  /** Anything else that is coded: category, area ids, source number, linked case. */
  readonly codes?: Readonly<Record<string, unknown>>;
}

export const EVENT_TYPES = [
  'case.filed',
  'case.imported',
  'case.acted',
  'case.takenOver',
  'case.placed',
  'case.migrated',
  'clock.told',
  'clock.recomputed',
  'task.opened',
  'task.changed',
  'note.added',
  'document.issued',
  'document.signed',
  'document.placed',
  'document.archived',
  'document.read',
  'agreement.signed',
  'session.cancelled',
  'code.renewed',
  'hearing.published',
  'case.handedOver',
  'content.erased',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** An event before it has a number, a hash and a place in the feed. */
export interface NewEvent {
  readonly type: EventType;
  readonly occurredAt: Instant;
  readonly actor: EventActor;
  readonly header: EventHeader;
  /** Words; encrypted, salted, erasable. Absent: the event has none. */
  readonly content?: Readonly<Record<string, unknown>>;
}

export interface RecordedEvent extends NewEvent {
  readonly caseId: string;
  /** From 1, without gaps. */
  readonly eventNo: number;
  readonly recordedAt: Instant;
  readonly schemaVersion: number;
}

/** What somebody asks the case to do. */
export interface Command {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly files: readonly { readonly fileId: string; readonly kind: 'photo' | 'document' | 'sound' }[];
  /** When it happened according to who says so; clocks never use it. */
  readonly occurredAt?: Instant;
  /** Post to act under where it may; otherwise the first that may. */
  readonly postId?: string;
}

export type Refusal = {
  readonly ok: false;
  /** Stable code; also the i18n key `refusal.<code>`. */
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number | boolean>>;
};

export type Decision = { readonly ok: true; readonly events: readonly NewEvent[]; readonly state: CaseState } | Refusal;

export interface Standing {
  readonly relations: ReadonlySet<Relation>;
  readonly post?: HeldPost;
}
