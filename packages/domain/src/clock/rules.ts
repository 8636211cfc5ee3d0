import { dayOfMs, instantOfMs } from '../calendar/rules.ts';
import type { Calendar } from '../calendar/schema.ts';
import type { Light } from '../case/view.ts';
import { dueAt, moved, workingDaysBetween, workingMinutesBetween } from './limit/rules.ts';
import type { ClockDefinition, ClockState, Instant, Limit, Rung } from './schema.ts';

/** A due time another system gave, put off by what was paused before it. */
const putOff = (given: Instant, pauses: readonly { from: Instant; to: Instant }[]): Instant =>
  pauses.reduce((due, { from, to }) => (from < due ? instantOfMs(Date.parse(due) + Date.parse(to) - Date.parse(from)) : due), given);

/** The due time of a clock again from what it was started with: deterministic, whatever happened in between. */
export const recomputeClock = (state: ClockState, calendar: Calendar): ClockState => {
  if (state.status === 'stopped') return state;
  const open = state.pauses.some((pause) => pause.to === undefined);
  const { dueAt: _before, ...rest } = state;
  if (open) return { ...rest, calendarVersion: calendar.version };
  const pauses = state.pauses.map((pause) => ({ from: pause.from, to: pause.to! }));
  const limits = [state.limit, ...state.extensions];
  const due = dueAt(limits, state.given ? putOff(state.given, pauses) : state.startedAt, calendar, { pauses });
  return { ...rest, dueAt: due.dueAt, provisional: due.provisional, calendarVersion: calendar.version };
};

/**
 * The clock under a calendar that knows more, or better. Lateness against a due time that turns out to be another was none: it is struck, and
 * the ladder speaks again for the true due time. Lateness from before an extension stays.
 */
export const learnCalendar = (state: ClockState, calendar: Calendar): ClockState => {
  const learnt = recomputeClock(state, calendar);
  if (state.status !== 'running' || learnt.dueAt === state.dueAt || state.overdueSince !== state.dueAt) return learnt;
  const { overdueSince: _mistaken, ...rest } = learnt;
  return { ...rest, told: [] };
};

export const startClock = (clock: string, limit: Limit, at: Instant, calendar: Calendar, given?: Instant): ClockState =>
  recomputeClock(
    {
      clock,
      status: 'running',
      startedAt: at,
      limit,
      ...(given ? { given } : {}),
      extensions: [],
      pauses: [],
      provisional: false,
      calendarVersion: calendar.version,
      told: [],
    },
    calendar,
  );

/** Whether running out is lateness. A window that merely ends (for objecting, for a review) is never late: nothing on its ladder says so. */
const isLate = (definition: ClockDefinition, state: ClockState, at: Instant): boolean =>
  state.dueAt !== undefined && !state.provisional && at > state.dueAt && definition.ladder.some((rung) => rung.kind === 'overdue');

/** Stops for good. A clock stopped after its due time was overdue, whether or not anybody was told. */
export const stopClock = (definition: ClockDefinition, state: ClockState, at: Instant, calendar: Calendar): ClockState => {
  if (state.status === 'stopped') return state;
  const resumed = state.status === 'paused' ? resumeClock(state, at, calendar) : state;
  const late = isLate(definition, resumed, at);
  return { ...resumed, status: 'stopped', stoppedAt: at, ...(late && !resumed.overdueSince ? { overdueSince: resumed.dueAt } : {}) };
};

/** Pauses a running clock; its due time is unknown until it resumes. Pausing after the due time keeps the lateness on record. */
export const pauseClock = (definition: ClockDefinition, state: ClockState, at: Instant, calendar: Calendar): ClockState => {
  if (state.status !== 'running') return state;
  const late = isLate(definition, state, at);
  return recomputeClock(
    {
      ...state,
      status: 'paused',
      pauses: [...state.pauses, { from: at }],
      ...(late && !state.overdueSince ? { overdueSince: state.dueAt } : {}),
    },
    calendar,
  );
};

export const resumeClock = (state: ClockState, at: Instant, calendar: Calendar): ClockState => {
  if (state.status !== 'paused') return state;
  const pauses = state.pauses.map((pause) =>
    pause.to === undefined ? { from: pause.from, to: at < pause.from ? pause.from : at } : pause,
  );
  return recomputeClock({ ...state, status: 'running', pauses }, calendar);
};

/**
 * Counts an extension on top of the limit and of earlier ones. The ladder speaks again for the new due time: whoever was reminded of the old
 * one must be reminded of this one. Lateness that was there before stays on record.
 */
export const extendClock = (state: ClockState, by: Limit, calendar: Calendar): ClockState =>
  state.status === 'stopped' ? state : recomputeClock({ ...state, extensions: [...state.extensions, by], told: [] }, calendar);

const rungAt = (rung: Rung, { dueAt: due, startedAt, pauses }: ClockState, calendar: Calendar): number => {
  const at = Date.parse(due!);
  if (rung.when === 'at' || !rung.offset) return at;
  if (rung.when === 'since') {
    const counted = instantOfMs(moved(Date.parse(startedAt), rung.offset, 1, calendar));
    const over = pauses.flatMap(({ from, to }) => (to === undefined ? [] : [{ from, to }]));
    return Math.min(at, Date.parse(putOff(counted, over)));
  }
  return moved(at, rung.offset, rung.when === 'before' ? -1 : 1, calendar);
};

/** Reminders may rest on a guess; lateness, escalation and what takes somebody's chance to act may not. */
const mayGuess = (rung: Rung): boolean => rung.kind === 'dueSoon' && !rung.action;

/** Rungs still to be told: none on a clock that does not run; of a provisional due time reminders only. */
const openRungs = (definition: ClockDefinition, state: ClockState): Rung[] =>
  state.status !== 'running' || !state.dueAt
    ? []
    : definition.ladder.filter((rung) => !state.told.includes(rung.id) && (!state.provisional || mayGuess(rung)));

/** Rungs whose time has come, earliest first. */
export const dueRungs = (definition: ClockDefinition, state: ClockState, now: Instant, calendar: Calendar): { rung: Rung; at: Instant }[] =>
  openRungs(definition, state)
    .map((rung) => ({ rung, at: rungAt(rung, state, calendar) }))
    .filter(({ at }) => at <= Date.parse(now))
    .sort((a, b) => a.at - b.at)
    .map(({ rung, at }) => ({ rung, at: instantOfMs(at) }));

/** When the ladder has something to say next. */
export const nextRungAt = (definition: ClockDefinition, state: ClockState, calendar: Calendar): Instant | undefined => {
  const times = openRungs(definition, state).map((rung) => rungAt(rung, state, calendar));
  return times.length > 0 ? instantOfMs(Math.min(...times)) : undefined;
};

/** Marks a rung told. Telling lateness sets since when it is late: the due time itself. */
export const tellRung = (definition: ClockDefinition, state: ClockState, rungId: string): ClockState => {
  const rung = definition.ladder.find((one) => one.id === rungId);
  if (!rung || state.told.includes(rungId)) return state;
  const late = rung.kind === 'overdue' && state.dueAt !== undefined && !state.provisional;
  return { ...state, told: [...state.told, rungId], ...(late && !state.overdueSince ? { overdueSince: state.dueAt } : {}) };
};

/**
 * What is left of a running clock in its limit's own family: minutes of hours, minutes of business, working days or days after today; negative
 * when late, 0 on the last day. Undefined while paused or stopped.
 */
export const timeLeft = (
  state: ClockState,
  now: Instant,
  calendar: Calendar,
): { amount: number; unit: 'minute' | 'workingMinute' | 'workingDay' | 'day' } | undefined => {
  if (state.status !== 'running' || !state.dueAt) return undefined;
  const [at, due] = [Date.parse(now), Date.parse(state.dueAt)];
  switch (state.limit.unit) {
    case 'hour':
      return { amount: Math.floor((due - at) / 60_000), unit: 'minute' };
    case 'workingHour':
      return { amount: workingMinutesBetween(at, due, calendar), unit: 'workingMinute' };
    case 'workingDay':
      return { amount: workingDaysBetween(dayOfMs(at), dayOfMs(due), calendar), unit: 'workingDay' };
    case 'day':
    case 'month':
      return { amount: dayOfMs(due) - dayOfMs(at), unit: 'day' };
    default:
      return state.limit.unit satisfies never;
  }
};

/** Red when late, amber from the first told 'due soon' rung; a provisional due time is never red. */
/** A time in which something may be asked for: when it is over the platform itself goes on. */
export const isWindow = ({ ladder }: Pick<ClockDefinition, 'ladder'>): boolean => ladder.some(({ action }) => action !== undefined);

export const light = (definition: ClockDefinition, state: ClockState, now: Instant): Light => {
  if (state.status === 'stopped') return state.overdueSince ? 'red' : 'none';
  if (state.status === 'paused') return 'paused';
  if (state.dueAt && now > state.dueAt) {
    if (state.provisional) return 'provisional';
    // A time of somebody else's, a court's, is told when it is over, and is nobody's lateness here.
    return definition.ladder.length === 0 || definition.ladder.some(({ kind }) => kind === 'overdue') ? 'red' : 'amber';
  }
  if (definition.ladder.some((rung) => rung.kind === 'dueSoon' && state.told.includes(rung.id))) return 'amber';
  return state.provisional ? 'provisional' : 'green';
};
