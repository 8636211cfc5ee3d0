import type { Calendar } from '@tongxin/domain/calendar/schema.ts';
import type { Point } from '@tongxin/domain/case/schema.ts';
import type { Question } from '@tongxin/domain/category/schema.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './clock/clock.ts';
import type { Config } from './config/config.ts';
import type { CryptoProvider } from './crypto/crypto.ts';
import type { Pools } from './db/pools.ts';
import type { FileStore } from './files/file-store.ts';
import type { CodeSender } from './messages/codes.ts';
import type { Senders } from './messages/sender.ts';

/** Published definitions in memory. A running case pins its version; `latest` prefers a locality's variant for the areas given. */
/** A published version with what is known of its publication. */
export interface PublishedVersion {
  readonly id: string;
  readonly version: number;
  /** The area whose locality published it; null for everywhere. */
  readonly areaId: string | null;
  readonly definition: Procedure;
  readonly publishedAt: Date;
  readonly note: string | null;
  readonly postId: string | null;
}
/** A version that new cases of an area follow from a day on. */
export interface VersionInUse {
  readonly useId: string;
  readonly procedureId: string;
  readonly version: number;
  readonly areaId: string;
  readonly from: string;
  readonly note: string;
  readonly postId: string | null;
  readonly setAt: Date;
}

export interface ProcedureStore {
  get(id: string, version: number): Procedure | undefined;
  /** What a new case follows: the version in use on the day in the first of the areas that has one (nearest first), else the newest of everywhere. */
  latest(id: string, at?: { readonly areaIds: readonly string[]; readonly day: string }): Procedure | undefined;
  all(): readonly Procedure[];
  published(): readonly PublishedVersion[];
  uses(): readonly VersionInUse[];
  reload(): Promise<void>;
}

/** Where a point lies. Ids are stable area ids; absent where the point lies outside. */
export interface Place {
  readonly cityId?: string;
  readonly districtId?: string;
  readonly townId?: string;
  readonly communityId?: string;
  readonly gridId?: string;
  readonly overlayIds: readonly string[];
}
export interface PlaceIndex {
  resolve(point: Point): Place;
  /** The place of an area itself: its ancestors by level. */
  ofArea(areaId: string): Place | undefined;
  /** A point well inside an area above grids, for what is told of a place no nearer than that; undefined where no boundary is known. */
  middleOf(areaId: string): Point | undefined;
}

export interface CategoryEntry {
  readonly categoryId: string;
  readonly version: number;
  readonly parentId?: string;
  readonly label: Label;
  readonly limit?: Limit;
  readonly questions: readonly Question[];
  readonly danger: readonly string[];
  /** Nothing new is filed under it; what takes its place, where something does. */
  readonly isRetired: boolean;
  readonly successorId?: string;
}

/** Reference data by id, in memory, reloaded when an administrator changes it. */
export interface Directory {
  organization(id: string):
    | {
        readonly label: Label;
        readonly areaId: string;
        readonly kind: string;
        readonly mark?: string;
        readonly isClosed: boolean;
        /** Whether it may be complained of: it is told to answer. */
        readonly mayBeRespondent: boolean;
      }
    | undefined;
  area(id: string): { readonly label: Label; readonly kind: string } | undefined;
  post(id: string): { readonly label: Label; readonly organizationId: string } | undefined;
  category(id: string, version?: number): CategoryEntry | undefined;
  /** Categories that something may be filed under, newest version each, by id. */
  categories(): readonly CategoryEntry[];
  /** Bodies that a duty list or the dispatch catalogue names for a category in an area, best first. */
  suggest(categoryId: string, place: Place): readonly { readonly organizationId: string; readonly clause?: string }[];
  /** The body that receives what is filed by a channel for a place: the nearest one that holds the capability, the hotline for calls. */
  receiving(capability: string, channel: string, place: Place): string | undefined;
  /** The offices somebody at a place may address: those that hold the capability there and above, nearest first; of no place, those of the whole installation. */
  offices(capability: string, place: Place): readonly string[];
  /** All open offices of the installation that hold it, wherever they are; the hotline is none. */
  everyOffice(capability: string): readonly string[];
}

/** Everything a service may use from outside itself. */
export interface Deps {
  readonly config: Config;
  readonly pools: Pools;
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly calendar: () => Calendar;
  readonly procedures: ProcedureStore;
  readonly places: PlaceIndex;
  readonly directory: Directory;
  readonly files: FileStore;
  readonly codes: CodeSender;
  /** Ways out of the house that this installation has. */
  readonly messages: Senders;
  readonly log: FastifyBaseLogger;
  /** Reads reference data into memory again, after an administrator changed it here or elsewhere. */
  readonly reload: () => Promise<void>;
  /** Long-running parts (feed, clock leader): started after listening, stopped before the pools close. */
  readonly background: { readonly name: string; start(): void | Promise<void>; stop(): void | Promise<void> }[];
}
