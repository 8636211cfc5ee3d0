import type { Calendar } from '@tongxin/domain/calendar/schema.ts';
import type { Point } from '@tongxin/domain/case/schema.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './clock/clock.ts';
import type { Config } from './config/config.ts';
import type { CryptoProvider } from './crypto/crypto.ts';
import type { Pools } from './db/pools.ts';
import type { FileStore } from './files/file-store.ts';
import type { CodeSender } from './sms/sms.ts';

/** Published definitions in memory. A running case pins its version; `latest` prefers a locality's variant for the areas given. */
export interface ProcedureStore {
  get(id: string, version: number): Procedure | undefined;
  latest(id: string, areaIds?: readonly string[]): Procedure | undefined;
  all(): readonly Procedure[];
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
}

export interface CategoryEntry {
  readonly categoryId: string;
  readonly version: number;
  readonly label: Label;
  readonly limit?: Limit;
  readonly danger: readonly string[];
  /** Nothing new is filed under it; what takes its place, where something does. */
  readonly isRetired: boolean;
  readonly successorId?: string;
}

/** Reference data by id, in memory, reloaded when an administrator changes it. */
export interface Directory {
  organization(
    id: string,
  ):
    | { readonly label: Label; readonly areaId: string; readonly kind: string; readonly mark?: string; readonly isClosed: boolean }
    | undefined;
  area(id: string): { readonly label: Label; readonly kind: string } | undefined;
  post(id: string): { readonly label: Label; readonly organizationId: string } | undefined;
  category(id: string, version?: number): CategoryEntry | undefined;
  /** Bodies that a duty list or the dispatch catalogue names for a category in an area, best first. */
  suggest(categoryId: string, place: Place): readonly { readonly organizationId: string; readonly clause?: string }[];
  /** The body that receives what is filed by a channel for a place: the nearest one that holds the capability, the hotline for calls. */
  receiving(capability: string, channel: string, place: Place): string | undefined;
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
  readonly log: FastifyBaseLogger;
  /** Reads reference data into memory again, after somebody changed it. */
  readonly reload: () => Promise<void>;
  /** Long-running parts (feed, clock leader): started after listening, stopped before the pools close. */
  readonly background: { readonly name: string; start(): void | Promise<void>; stop(): void | Promise<void> }[];
}
