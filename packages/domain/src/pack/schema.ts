import type { AreaKind, Geometry, Setting } from '../area/schema.ts';
import type { Actor, Channel, DemandKind } from '../case/schema.ts';
import type { Question } from '../category/schema.ts';
import type { Limit } from '../clock/schema.ts';
import type { Form } from '../collection/schema.ts';
import type { DisputeKind } from '../dispute/kind/schema.ts';
import type { Fields } from '../edit/schema.ts';
import type { PanelField } from '../hearing/schema.ts';
import type { Label } from '../label/schema.ts';
import type { Role } from '../post/policy.ts';
import type { PremisesKind } from '../premises/schema.ts';
import type { Way } from '../reception/schema.ts';
import type { Degree, Step } from '../screening/schema.ts';
import type { SheetMap } from '../visit/sheet/schema.ts';

/** A pack is a city or locality as data, loaded by `tongxin pack load <folder>`. Every row says whether it is synthetic. */

export interface PackArea {
  readonly areaId: string;
  readonly kind: AreaKind;
  readonly parentId?: string;
  /** Ancestors from the top, this area last. */
  readonly path: readonly string[];
  readonly name: Label;
  readonly setting?: Setting;
  readonly households?: number;
  readonly code: string;
  readonly scheme: 'NBS2023' | 'MCA' | 'local';
  readonly geometry: Geometry;
  /** west, south, east, north in degrees. */
  readonly bbox: readonly [number, number, number, number];
}

export interface PackFacility {
  readonly facilityId: string;
  readonly kind: string;
  readonly code: string;
  readonly name: Label;
  readonly areaId: string;
  readonly lon: number;
  readonly lat: number;
}

export const ORGANIZATION_KINDS = [
  'party',
  'government',
  'department',
  'centre',
  'hotline',
  'police',
  'court',
  'justice',
  'committee',
  'ownersCommittee',
  'property',
  'utility',
  'enterprise',
  'socialOrganization',
  'gridTeam',
  'service',
] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];

export interface PackOrganization {
  readonly organizationId: string;
  readonly kind: OrganizationKind;
  /** What the body is to the pack, the same in every town: `planning`, `sanitation`, `letters`. */
  readonly key: string;
  readonly name: Label;
  readonly areaId: string;
  readonly parentId?: string;
  /** Set up later than the rest: of several that could receive, the oldest does. */
  readonly validFrom?: string;
}

export interface PackPost {
  readonly postId: string;
  readonly organizationId: string;
  readonly areaId: string;
  readonly role: Role;
  readonly title: Label;
  readonly responsibility?: 1 | 2 | 3;
}

export interface PackPerson {
  readonly personId: string;
  readonly kind: 'staff' | 'resident' | 'service';
  /** Present for people who sign in. */
  readonly authUserId?: string;
}

export interface PackHolding {
  readonly holdingId: string;
  readonly postId: string;
  readonly personId: string;
}

/** Someone who can sign in to the demo; named by post, never by person. */
export interface PackAccount {
  readonly username: string;
  readonly authUserId: string;
  readonly personId: string;
  readonly title: Label;
  readonly organization: Label;
}

export interface PackShift {
  readonly shiftId: string;
  readonly organizationId: string;
  readonly postId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly kind: 'day' | 'night' | 'holiday';
}

export const DUTY_LIST_KINDS = [
  'townBasic',
  'townAssist',
  'recovered',
  'rights',
  'admission',
  'agentService',
  'selfGovernance',
  'assistance',
  'negative',
  'dispatchCatalogue',
] as const;
export type DutyListKind = (typeof DUTY_LIST_KINDS)[number];

export interface PackDutyItem {
  readonly dutyItemId: string;
  readonly clause: string;
  readonly title: Label;
  readonly categoryId?: string;
  readonly organizationId?: string;
}
export interface PackDutyList {
  readonly dutyListId: string;
  readonly kind: DutyListKind;
  readonly title: Label;
  readonly areaId: string;
  readonly source: string;
  readonly items: readonly PackDutyItem[];
}

export interface PackCategory {
  readonly categoryId: string;
  readonly version: number;
  readonly scheme: string;
  readonly parentId?: string;
  readonly name: Label;
  readonly grade?: 'A' | 'B' | 'C' | 'D' | 'E' | 'Q';
  readonly limit?: Limit;
  /** Emergency numbers shown before anything is typed. */
  readonly danger: readonly string[];
  /** What it asks beside the words of a report. */
  readonly questions?: readonly Question[];
}

/** A shop or workshop of a grid. */
export interface PackPremises {
  readonly premisesId: string;
  readonly kind: PremisesKind;
  readonly name: string;
  readonly address: string;
  readonly areaId: string;
  readonly lon: number;
  readonly lat: number;
  readonly formId: string;
  readonly formVersion: number;
  readonly fields: Fields;
}

/** A department's own sheet: how its workbook is drawn, and how a visit fills it. */
export interface PackSheet {
  readonly id: string;
  readonly department: string;
  readonly formId: string;
  readonly name: Label;
  readonly tab: string;
  /** `to`: merged as far as that. */
  readonly cells: readonly { readonly at: string; readonly to?: string; readonly text?: string; readonly formula?: string }[];
  readonly map: SheetMap;
}

/** A line of the register of mediators; its name and telephone are invented, as its person is. */
export interface PackMediator {
  readonly mediatorId: string;
  readonly organizationId: string;
  readonly personId: string;
  readonly name: string;
  readonly phone: string;
  readonly homeAreaId?: string;
  readonly kinds: readonly DisputeKind[];
  readonly languages: readonly string[];
  readonly filingNumber: string;
  readonly court?: { readonly name: string; readonly from: string; readonly to: string };
  readonly available: boolean;
}

export interface PackCentre {
  readonly organizationId: string;
  readonly address: string;
  readonly telephone: string;
  readonly hours: string;
  readonly kinds: readonly DisputeKind[];
  /** Names of its rooms. */
  readonly rooms: readonly { readonly roomId: string; readonly name: string }[];
}

export interface PackPanellist {
  readonly panellistId: string;
  readonly areaId: string;
  readonly name: string;
  readonly field: PanelField;
  /** A body the panellist works for: the lot leaves it out where that body convenes. */
  readonly organizationId?: string;
  readonly since: string;
}

export interface PackScreeningReport {
  readonly reportId: string;
  readonly organizationId: string;
  readonly month: string;
  readonly dueOn: string;
  readonly reportedAt: string;
  readonly items: readonly {
    readonly kind: DisputeKind;
    readonly areaId: string;
    readonly place: string;
    readonly matter: string;
    readonly degree: Degree;
    readonly step: Step;
  }[];
}

/** Duty hours of a lawyer, cut into slots. */
export interface PackHours {
  readonly sessionId: string;
  readonly organizationId: string;
  readonly postId: string;
  readonly personId: string;
  readonly way: Way;
  readonly place: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly minutes: number;
  readonly slots: number;
}

/** Who and what a city has for settling disputes. */
export interface PackMediation {
  readonly mediators: readonly PackMediator[];
  readonly centres: readonly PackCentre[];
  readonly panellists: readonly PackPanellist[];
  readonly screeningUnits: readonly { readonly organizationId: string; readonly since: string; readonly dueDay: number }[];
  readonly screeningReports: readonly PackScreeningReport[];
  readonly hours: readonly PackHours[];
  readonly aidStandards: readonly {
    readonly standardId: string;
    readonly areaId: string;
    readonly monthlyIncome: number;
    readonly source: string;
    readonly from: string;
    readonly setBy: string;
  }[];
}

export interface PackCity {
  /** First day everything in the pack is valid. */
  readonly validFrom: string;
  readonly areas: readonly PackArea[];
  readonly facilities: readonly PackFacility[];
  readonly organizations: readonly PackOrganization[];
  readonly posts: readonly PackPost[];
  readonly people: readonly PackPerson[];
  readonly holdings: readonly PackHolding[];
  readonly accounts: readonly PackAccount[];
  readonly shifts: readonly PackShift[];
  readonly dutyLists: readonly PackDutyList[];
  readonly categories: readonly PackCategory[];
  readonly forms: readonly Form[];
  readonly premises: readonly PackPremises[];
  readonly sheets: readonly PackSheet[];
  /** What it has for settling disputes; a pack may have none. */
  readonly mediation?: PackMediation;
  /** What areas tell anybody of their reports; none where nothing is told. */
  readonly publications?: readonly PackPublication[];
}

export interface PackPublication {
  readonly areaId: string;
  readonly nearby: boolean;
  readonly listed: boolean;
  readonly categoryIds: readonly string[];
}

/** One act on a planned case: the rules decide it when the pack is loaded, exactly as they would have decided it then. */
export interface PlannedStep {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** A picture or paper goes with it. */
  readonly evidence?: 'photo' | 'document';
}

/** A synthetic case before any rule has judged it. */
export interface PlannedCase {
  readonly caseId: string;
  readonly procedureId: 'order' | 'letter';
  /** When it was filed, milliseconds since the epoch. */
  readonly at: number;
  readonly channel: Channel;
  /** What a worker finds on patrol has none. */
  readonly demandKind?: DemandKind;
  readonly categoryId: string;
  readonly text: string;
  readonly address: string;
  /** Base grid the point lies in. */
  readonly gridId: string;
  readonly lon: number;
  readonly lat: number;
  readonly reporter: { readonly name?: string; readonly phone?: string; readonly protected: boolean; readonly callBackWanted: boolean };
  readonly filer: Actor;
  readonly steps: readonly PlannedStep[];
}

/** What a pack's folder gives: `packs/<name>/pack.ts` exports one as `pack`. */
/** What a pack may come to have after a city of it was loaded. */
export type PackPart = 'mediation';

export interface Pack {
  readonly id: string;
  /** Told without building it, so that a start can ask. */
  readonly parts?: readonly PackPart[];
  readonly seed: string;
  /** The day the city is looked at; its year of cases ends here. */
  readonly date: string;
  /** The same seed gives the same bytes. */
  build(seed: string): {
    readonly city: PackCity;
    /** `count` cases in the order in which they were filed. */
    cases(count: number): Iterable<PlannedCase>;
  };
}
