import { dayOfDate, instantOfMs, instantToLocalDate, msOfDay } from '../../calendar/rules.ts';
import type { Calendar, LocalDate } from '../../calendar/schema.ts';
import { dueAt } from '../../clock/limit/rules.ts';
import { mediateBy, TIMINGS, type Timing } from '../consent/rules.ts';
import type { Result, Sender } from './schema.ts';

/** The time a sender leaves: a court's own, or the ordinary one. */
export const timingOf = (sender: Sender | undefined): Timing =>
  (TIMINGS as readonly string[]).includes(sender ?? '') ? (sender as Timing) : 'ordinary';

/** Days after which a sender other than a court hears of the result, where it named no day: counted as every other limit (民法典 200–204), by local custom. */
const REPORT_DAYS = 30;

/** When the sender waits for the result: a court with the time to mediate, everybody else by the day it named. */
export const reportBy = (
  sender: Sender,
  { receivedOn, dueOn }: { readonly receivedOn: LocalDate; readonly dueOn?: LocalDate | undefined },
  calendar: Calendar,
): LocalDate => {
  const timing = timingOf(sender);
  if (timing !== 'ordinary') return mediateBy(timing, { consentOn: receivedOn, receivedOn }, calendar);
  if (dueOn) return dueOn;
  return instantToLocalDate(dueAt([{ amount: REPORT_DAYS, unit: 'day' }], instantOfMs(msOfDay(dayOfDate(receivedOn))), calendar).dueAt);
};

const REACHED: readonly Result[] = ['agreed', 'reconciled'];
const NOT_REACHED: readonly Result[] = ['apart', 'unwilling', 'unreachable', 'expired', 'unsigned', 'other'];
const first = (result: Result): readonly Result[] => [result, ...NOT_REACHED.filter((other) => other !== result)];

/** What may be reported of a dispute at a stage, the likely one first. Nothing while it goes on. */
const RESULTS_AT: Readonly<Record<string, readonly Result[]>> = {
  settled: REACHED,
  promised: REACHED,
  effective: REACHED,
  confirming: REACHED,
  broken: REACHED,
  unsettled: NOT_REACHED,
  withdrawn: first('unwilling'),
  stopped: first('other'),
};

export const resultsAt = (stage: string): readonly Result[] => RESULTS_AT[stage] ?? [];
