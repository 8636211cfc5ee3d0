import type { Label } from '@tongxin/domain/label/schema.ts';
import type { VariantChange } from '@tongxin/domain/variant/schema.ts';

/** Shapes of /api/v1 apart from cases, as the screens read them. Those of cases are in domain/case/view.ts. */

export interface HeldPostView {
  readonly postId: string;
  readonly title: Label;
  readonly organizationId: string;
  readonly organization: Label;
  readonly areaId: string;
  readonly area: Label;
  readonly areaKind: string;
  readonly role: string;
  readonly capabilities: readonly string[];
}
export interface Me {
  readonly personId: string;
  readonly kind: string;
  readonly language: 'zh' | 'en';
  /** The password was given by somebody else: no post counts until it is replaced. */
  readonly passwordOnce: boolean;
  readonly posts: readonly HeldPostView[];
}
export interface DemoAccount {
  readonly username: string;
  readonly title: Label;
  readonly organization: Label;
}
export interface NoticeView {
  readonly id: string;
  readonly caseId?: string;
  /** Stable code; also the i18n key `notice.<kind>`. */
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly urgent: boolean;
  readonly at: string;
  /** Later than `at` where quiet hours or a digest held it. */
  readonly toldAt: string;
  readonly readAt?: string;
}
export interface NoticePage {
  readonly notices: readonly NoticeView[];
  /** Exact to 99; 100 means 100 or more. */
  readonly unread: number;
  readonly next?: string;
}
/** One published version; what has an area was published by a locality. */
export interface ProcedureSummary {
  readonly id: string;
  readonly version: number;
  readonly title: Label;
  readonly source: string;
  readonly confidential: boolean;
  /** In no list and no figure, but those of the law. */
  readonly confided?: true;
  readonly stages: number;
  readonly actions: number;
  readonly publishedAt: string;
  readonly extends?: { readonly id: string; readonly version: number };
  readonly areaId?: string;
  readonly area?: Label;
  readonly post?: Label;
  readonly note?: string;
}
/** Which version new cases of an area follow from a day on. */
export interface ProcedureUse {
  readonly id: string;
  readonly procedureId: string;
  readonly version: number;
  readonly areaId: string;
  readonly area?: Label;
  readonly from: string;
  readonly note: string;
  readonly setAt: string;
  readonly post?: Label;
}
export interface NewProcedureUse {
  readonly id: string;
  readonly procedureId: string;
  readonly version: number;
  readonly areaId: string;
  readonly from: string;
  readonly note: string;
}
/** A variant that a body is writing. `version` counts savings. */
export interface ProcedureDraft {
  readonly id: string;
  readonly version: number;
  readonly procedureId: string;
  readonly baseVersion: number;
  readonly areaId: string;
  readonly area?: Label;
  readonly change: VariantChange;
  readonly updatedAt: string;
  readonly post?: Label;
  readonly publishedVersion?: number;
}
export type SavedDraft = Pick<ProcedureDraft, 'version' | 'procedureId' | 'baseVersion' | 'areaId' | 'change'>;
export interface CountRow {
  readonly key: string;
  readonly label?: Label;
  readonly n: number;
}
export interface Counts {
  readonly areaId: string;
  readonly rows: readonly CountRow[];
}
/** How long what ended took, from acceptance: ends by elapsed hours, every bucket in order; the last has no upper end. */
export interface Durations {
  readonly areaId: string;
  readonly procedureId: string;
  readonly rows: readonly { readonly fromHours: number; readonly underHours?: number; readonly n: number }[];
}
export interface LateTotal {
  readonly key: string;
  readonly label?: Label;
  readonly late: number;
  readonly stillOpen: number;
}
/** Who was late: cases, and totals by category, body and month. */
export interface Late {
  readonly rows: readonly {
    readonly id: string;
    readonly number: string;
    readonly sourceNumber?: string;
    readonly title: string;
    readonly organizationLabel?: Label;
    readonly dueAt: string;
    readonly closedAt?: string;
    readonly daysLate: number;
  }[];
  readonly next?: string;
  readonly byCategory: readonly LateTotal[];
  readonly byOrganization: readonly LateTotal[];
  readonly byMonth: readonly LateTotal[];
}
export interface PartyDetails {
  readonly name?: string;
  readonly phone?: string;
}
/** Who looked at one's name or telephone. */
export interface Readings {
  readonly entries: readonly {
    readonly id: string;
    readonly at: string;
    readonly purpose: string;
    readonly fields: readonly string[];
    readonly post?: Label;
    readonly organization?: Label;
    /** The case that an objection to it opened. */
    readonly objectionCaseId?: string;
  }[];
  readonly before?: string;
}
export interface LiveEvent {
  readonly id: string;
  readonly position: number;
  readonly version: number;
}
/** Whether figures are whole. */
export interface Standing {
  readonly behind: number;
  readonly asOf: string;
  readonly partial: boolean;
}
