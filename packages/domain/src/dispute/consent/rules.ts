import { dayOfDate, instantOfMs, instantToLocalDate, msOfDay } from '../../calendar/rules.ts';
import type { Calendar, LocalDate } from '../../calendar/schema.ts';
import { dueAt } from '../../clock/limit/rules.ts';

/** How a dispute came, as far as its time hangs on it: a court before filing (委派) or after (委托), in ordinary or summary procedure. */
export const TIMINGS = ['ordinary', 'courtBeforeFiling', 'courtOrdinary', 'courtSummary'] as const;
export type Timing = (typeof TIMINGS)[number];

interface TimeLimit {
  readonly days: number;
  /** From everybody's consent, or from signing for the court's material. */
  readonly from: 'consent' | 'received';
  readonly source: string;
}

const COURT = '特邀调解规定 (2016)';

/** Days to mediate in; more by consent of all (`extendMediation`). */
export const TIME_LIMITS: Readonly<Record<Timing, TimeLimit>> = {
  ordinary: { days: 30, from: 'consent', source: 'local' },
  courtBeforeFiling: { days: 30, from: 'received', source: `${COURT} 第二十七条第一款、第三款` },
  courtOrdinary: { days: 15, from: 'received', source: `${COURT} 第二十七条第二款、第三款` },
  courtSummary: { days: 7, from: 'received', source: `${COURT} 第二十七条第二款、第三款` },
};

/** The last day to mediate, counted as the Civil Code counts (200–204); never before the last consent, which is what it was waited for. */
export const mediateBy = (
  timing: Timing,
  { consentOn, receivedOn }: { readonly consentOn: LocalDate; readonly receivedOn?: LocalDate | undefined },
  calendar: Calendar,
): LocalDate => {
  const { days, from } = TIME_LIMITS[timing];
  const begins = from === 'received' && receivedOn ? receivedOn : consentOn;
  const due = instantToLocalDate(dueAt([{ amount: days, unit: 'day' }], instantOfMs(msOfDay(dayOfDate(begins))), calendar).dueAt);
  return due < consentOn ? consentOn : due;
};
