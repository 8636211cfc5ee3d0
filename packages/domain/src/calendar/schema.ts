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

/** Business hours of a body as minutes since local midnight, in order, not overlapping: 09:00-12:00 is `[540, 720]`. */
export type BusinessHours = readonly (readonly [from: number, to: number])[];

export const DEFAULT_BUSINESS_HOURS: BusinessHours = [
  [540, 720],
  [810, 1050],
];
