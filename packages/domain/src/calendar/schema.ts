import { type Static, Type } from 'typebox';

/** `YYYY-MM-DD` in Asia/Shanghai. */
export type LocalDate = string;

/**
 * The statutory calendar: weekends and holidays as moved by the yearly notice. A year is known only when its notice has been loaded;
 * asking about any other year must be answered 'unknown', never guessed.
 */
export interface Calendar {
  readonly version: string;
  readonly years: ReadonlySet<number>;
  /** Days that differ from plain Monday-to-Friday work. */
  readonly exceptions: ReadonlyMap<LocalDate, 'work' | 'off'>;
}

/** The notice of a year as a file: every day on which work differs from plain Monday to Friday; weekends within a holiday may be named too. */
export const CalendarYear = Type.Object(
  {
    year: Type.Integer({ minimum: 1990, maximum: 2100 }),
    /** Title and number of the notice. */
    source: Type.String({ minLength: 1, maxLength: 200 }),
    exceptions: Type.Array(
      Type.Object(
        {
          day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
          kind: Type.Enum(['work', 'off']),
          reason: Type.String({ minLength: 1, maxLength: 60 }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 120 },
    ),
  },
  { additionalProperties: false },
);
export type CalendarYear = Static<typeof CalendarYear>;

/** Business hours of a body as minutes since local midnight, in order, not overlapping: 09:00-12:00 is `[540, 720]`. */
export type BusinessHours = readonly (readonly [from: number, to: number])[];

export const DEFAULT_BUSINESS_HOURS: BusinessHours = [
  [540, 720],
  [810, 1050],
];
