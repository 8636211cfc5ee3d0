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
}

export const EXPORT_FORMATS = ['xlsx', 'csv', 'geojson'] as const;
export const ExportFormat = Type.Enum([...EXPORT_FORMATS]);
export type ExportFormat = Static<typeof ExportFormat>;

/** Registers that can be taken along, apart from cases. */
export const REGISTERS = ['areas', 'organizations', 'posts', 'dutyItems', 'categories', 'facilities', 'shifts'] as const;
export type Register = (typeof REGISTERS)[number];
export const EXPORT_SOURCES = ['cases', ...REGISTERS] as const;
export const ExportSource = Type.Enum([...EXPORT_SOURCES]);
export type ExportSource = Static<typeof ExportSource>;

/** A cell as the writer of a file takes it: instants are Dates, days `YYYY-MM-DD`. */
export type Cell = string | number | boolean | Date | null;
