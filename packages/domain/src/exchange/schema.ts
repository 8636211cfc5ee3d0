import { type Static, Type } from 'typebox';
import type { Label } from '../label/schema.ts';

/** What a column holds, so that a spreadsheet gets dates as dates and numbers as numbers. */
export type ColumnType = 'text' | 'number' | 'date' | 'instant' | 'flag';

export interface Column {
  readonly id: string;
  readonly label: Label;
  readonly type: ColumnType;
  /** Width in a spreadsheet, in characters. */
  readonly width: number;
  /** Taken along unless somebody chooses. */
  readonly usual?: true;
  /** Names somebody: only with the capability, for a purpose that is named and logged. */
  readonly personal?: true;
  /** Brought in, and never taken along. */
  readonly inward?: true;
  /** Holds a code, whose words stand under this name in CODE_LABELS. */
  readonly code?: string;
  /** Holds a label: a file is written and read in one language of it. */
  readonly named?: true;
  /** Holds the id of something with a name: written in words, and found again by them. */
  readonly refers?: Reference;
  /** Holds several, apart by `、`. */
  readonly many?: true;
  /** Read by an import: what the row is known by, what may change, or what is said once when the row is made. */
  readonly in?: 'id' | 'free' | 'fixed';
  /** A new row must have it. */
  readonly needed?: true;
  /** A day in it says that what the row is about is gone: it is taken out of the register, and its history stays. */
  readonly gone?: true;
  /** An empty cell says nothing: what stands is kept, and a new row gets what the form begins with. */
  readonly defaults?: true;
}

/** What a column may refer to. */
export const REFERENCES = ['area', 'organization', 'post', 'category'] as const;
export type Reference = (typeof REFERENCES)[number];

export const EXPORT_FORMATS = ['xlsx', 'csv', 'geojson'] as const;
export const ExportFormat = Type.Enum([...EXPORT_FORMATS]);
export type ExportFormat = Static<typeof ExportFormat>;

/** Registers that can be taken along, apart from cases. */
export const REGISTERS = [
  'areas',
  'organizations',
  'posts',
  'dutyItems',
  'categories',
  'articles',
  'replyTemplates',
  'facilities',
  'shifts',
  'calendarDays',
  'mediators',
  'panellists',
] as const;
export type Register = (typeof REGISTERS)[number];
/** `burden`: what departments ask of kinds of posts, sums of an area and a span of days. */
export const EXPORT_SOURCES = ['cases', 'burden', ...REGISTERS] as const;
export const ExportSource = Type.Enum([...EXPORT_SOURCES]);
export type ExportSource = Static<typeof ExportSource>;

/** Registers that can be brought in. People come in and never go out. */
export const IMPORT_REGISTERS = [
  'organizations',
  'posts',
  'people',
  'dutyItems',
  'categories',
  'articles',
  'replyTemplates',
  'facilities',
  'shifts',
  'calendarDays',
  'mediators',
  'panellists',
] as const;
export const ImportRegister = Type.Enum([...IMPORT_REGISTERS]);
export type ImportRegister = Static<typeof ImportRegister>;

/** Registers whose rows hold what is sealed: read by the routes of their own screens, not from their tables. */
export const SEALED_REGISTERS = ['people', 'mediators', 'panellists'] as const satisfies readonly ImportRegister[];
export type SealedRegister = (typeof SEALED_REGISTERS)[number];
export const isSealed = (register: string): register is SealedRegister => (SEALED_REGISTERS as readonly string[]).includes(register);

/** A cell as the writer of a file takes it: instants are Dates, days `YYYY-MM-DD`. */
export type Cell = string | number | boolean | Date | null;
