import { DAY_MS, dayOfMs, instantOfMs, isWeekday, isWorkday_, MINUTE_MS, msOfDay, yearOfDay } from '../calendar/rules.ts';
import { type BusinessHours, type Calendar, DEFAULT_BUSINESS_HOURS } from '../calendar/schema.ts';
import type { Light } from '../case/view.ts';
import type { ClockDefinition, ClockState, Instant, Limit, Rung } from './schema.ts';

const HOUR_MS = 3_600_000;
/** No clock runs longer than this; a limit that would is refused by the schema. */
const HORIZON_DAYS = 40_000;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Answers questions about days and remembers whether any answer was a guess. */
class Days {
  guessed = false;
  readonly calendar: Calendar;
  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }
  works(day: number): boolean {
    const known = isWorkday_(this.calendar, day);
    if (known !== 'unknown') return known;
    this.guessed = true;
    return isWeekday(day);
  }
  isKnown(day: number): boolean {
    if (this.calendar.years.has(yearOfDay(day))) return true;
    this.guessed = true;
    return false;
  }
}

/** Paused days: from the day of the pause up to, not including, the day of resuming. Pausing and resuming on one day changes nothing. */
const isPaused = (day: number, pauses: readonly Span[]): boolean =>
  pauses.some(({ from, to }) => dayOfMs(from) <= day && day < dayOfMs(to));

const addDays = (start: number, amount: number, counts: (day: number) => boolean): number => {
  let day = start;
  for (let left = amount; left > 0; ) {
    day += 1;
    if (day - start > HORIZON_DAYS) throw new RangeError('the limit lies beyond a century');
    if (counts(day)) left -= 1;
  }
  return day;
};

/** The corresponding day, or the last day of a month that has none (Civil Code 202). */
const addMonths = (day: number, months: number): number => {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / DAY_MS;
};

const pausedDays = (from: number, to: number, pauses: readonly Span[]): number => {
  let n = 0;
  for (let day = from + 1; day <= to; day++) if (isPaused(day, pauses)) n += 1;
  return n;
};

/** Working minutes counted on from an instant, skipping pauses; the instant at which they are used up. */
const addWorkingMinutes = (start: number, minutes: number, days: Days, hours: BusinessHours, pauses: readonly Span[]): number => {
  let left = minutes * MINUTE_MS;
  let at = start;
  for (let day = dayOfMs(start); ; day++) {
    if (day - dayOfMs(start) > HORIZON_DAYS) throw new RangeError('the limit lies beyond a century');
    if (!days.works(day)) continue;
    for (const [open, close] of hours) {
      let spans: Span[] = [{ from: Math.max(at, msOfDay(day) + open * MINUTE_MS), to: msOfDay(day) + close * MINUTE_MS }];
      for (const pause of pauses)
        spans = spans.flatMap(({ from, to }) => [
          { from, to: Math.min(to, pause.from) },
          { from: Math.max(from, pause.to), to },
        ]);
      for (const { from, to } of spans) {
        if (to <= from) continue;
        if (to - from >= left) return from + left;
        left -= to - from;
        at = to;
      }
    }
  }
};

/** Consecutive limits of the same unit are one: sixty days and thirty more are ninety from the same start. */
const joined = (limits: readonly Limit[]): Limit[] => {
  const all: Limit[] = [];
  for (const limit of limits) {
    const last = all.at(-1);
    if (last?.unit === limit.unit) all[all.length - 1] = { unit: limit.unit, amount: last.amount + limit.amount };
    else all.push(limit);
  }
  return all;
};

/**
 * When limits counted on from a start are used up. Days end with the day (23:59:59.999 in Shanghai): the starting day is not counted, and a
 * last day that is a holiday moves to the next working day (Civil Code 201-203). Hours are exact and run through holidays. In a year whose
 * calendar is unknown working days are counted as Monday to Friday, a last day is not moved, and the answer is provisional.
 */
export const dueAt = (
  limits: Limit | readonly Limit[],
  from: Instant,
  calendar: Calendar,
  { hours = DEFAULT_BUSINESS_HOURS, pauses = [] }: { hours?: BusinessHours; pauses?: readonly { from: Instant; to: Instant }[] } = {},
): { dueAt: Instant; provisional: boolean } => {
  const days = new Days(calendar);
  const spans = pauses.map((pause) => ({ from: Date.parse(pause.from), to: Date.parse(pause.to) })).sort((a, b) => a.from - b.from);
  let at = Date.parse(from);
  let moves = false;
  for (const { amount, unit } of joined('unit' in limits ? [limits] : limits)) {
    const start = dayOfMs(at);
    const end = (day: number): number => msOfDay(day + 1) - 1;
    moves = unit === 'day' || unit === 'month';
    if (unit === 'hour') {
      let due = at + amount * HOUR_MS;
      for (const span of spans) if (span.from < due && span.to > at) due += span.to - Math.max(span.from, at);
      at = due;
    } else if (unit === 'workingHour') at = addWorkingMinutes(at, amount * 60, days, hours, spans);
    else if (unit === 'workingDay') at = end(addDays(start, amount, (day) => !isPaused(day, spans) && days.works(day)));
    else if (unit === 'day') at = end(addDays(start, amount, (day) => !isPaused(day, spans)));
    else {
      const target = addMonths(start, amount);
      at = end(addDays(target, pausedDays(start, target, spans), (day) => !isPaused(day, spans)));
    }
  }
  if (moves) {
    let day = dayOfMs(at);
    while (days.isKnown(day) && !days.works(day)) day += 1;
    at = msOfDay(day + 1) - 1;
  }
  return { dueAt: instantOfMs(at), provisional: days.guessed };
};

/** The due time of a clock again from what it was started with: deterministic, whatever happened in between. */
export const recomputeClock = (state: ClockState, calendar: Calendar): ClockState => {
  if (state.status === 'stopped') return state;
  const open = state.pauses.some((pause) => pause.to === undefined);
  const { dueAt: _before, ...rest } = state;
  if (open) return { ...rest, calendarVersion: calendar.version };
  const closed = state.pauses.map((pause) => ({ from: pause.from, to: pause.to! }));
  const due = dueAt([state.limit, ...state.extensions], state.startedAt, calendar, { pauses: closed });
  return { ...rest, dueAt: due.dueAt, provisional: due.provisional, calendarVersion: calendar.version };
};

export const startClock = (clock: string, _definition: ClockDefinition, limit: Limit, at: Instant, calendar: Calendar): ClockState =>
  recomputeClock(
    {
      clock,
      status: 'running',
      startedAt: at,
      limit,
      extensions: [],
      pauses: [],
      provisional: false,
      calendarVersion: calendar.version,
      told: [],
    },
    calendar,
  );

/** Stops for good. A clock stopped after its due time was overdue, whether or not anybody was told. */
export const stopClock = (state: ClockState, at: Instant, calendar: Calendar): ClockState => {
  if (state.status === 'stopped') return state;
  const resumed = state.status === 'paused' ? resumeClock(state, at, calendar) : state;
  const late = resumed.dueAt !== undefined && !resumed.provisional && at > resumed.dueAt;
  return { ...resumed, status: 'stopped', stoppedAt: at, ...(late && !resumed.overdueSince ? { overdueSince: resumed.dueAt } : {}) };
};

/** Pauses a running clock; its due time is unknown until it resumes. Pausing after the due time keeps the lateness on record. */
export const pauseClock = (state: ClockState, at: Instant, calendar: Calendar): ClockState => {
  if (state.status !== 'running') return state;
  const late = state.dueAt !== undefined && !state.provisional && at > state.dueAt;
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

export const extendClock = (state: ClockState, by: Limit, calendar: Calendar): ClockState =>
  state.status === 'stopped' ? state : recomputeClock({ ...state, extensions: [...state.extensions, by] }, calendar);

/** An instant moved by an offset back (-1) or on (+1); working units count work only. */
const moved = (at: number, offset: Limit, direction: 1 | -1, calendar: Calendar): number => {
  const days = new Days(calendar);
  switch (offset.unit) {
    case 'hour':
      return at + direction * offset.amount * HOUR_MS;
    case 'day':
      return at + direction * offset.amount * DAY_MS;
    case 'month':
      return at + (addMonths(dayOfMs(at), direction * offset.amount) - dayOfMs(at)) * DAY_MS;
    case 'workingDay': {
      let day = dayOfMs(at);
      for (let left = offset.amount; left > 0; ) {
        day += direction;
        if (days.works(day)) left -= 1;
      }
      return at + (day - dayOfMs(at)) * DAY_MS;
    }
    case 'workingHour': {
      if (direction === 1) return addWorkingMinutes(at, offset.amount * 60, days, DEFAULT_BUSINESS_HOURS, []);
      let left = offset.amount * 60 * MINUTE_MS;
      for (let day = dayOfMs(at); ; day--) {
        if (!days.works(day)) continue;
        for (const [open, close] of [...DEFAULT_BUSINESS_HOURS].reverse()) {
          const from = msOfDay(day) + open * MINUTE_MS;
          const to = Math.min(at, msOfDay(day) + close * MINUTE_MS);
          if (to <= from) continue;
          if (to - from >= left) return to - left;
          left -= to - from;
        }
      }
    }
    default:
      return offset.unit satisfies never;
  }
};

const rungAt = (rung: Rung, due: Instant, calendar: Calendar): number => {
  const at = Date.parse(due);
  if (rung.when === 'at' || !rung.offset) return at;
  return moved(at, rung.offset, rung.when === 'before' ? -1 : 1, calendar);
};

/** Rungs still to be told: none on a clock that does not run; lateness is never told of a provisional due time. */
const openRungs = (definition: ClockDefinition, state: ClockState): Rung[] =>
  state.status !== 'running' || !state.dueAt
    ? []
    : definition.ladder.filter((rung) => !state.told.includes(rung.id) && !(state.provisional && rung.kind !== 'dueSoon'));

/** Rungs whose time has come, earliest first. */
export const dueRungs = (definition: ClockDefinition, state: ClockState, now: Instant, calendar: Calendar): { rung: Rung; at: Instant }[] =>
  openRungs(definition, state)
    .map((rung) => ({ rung, at: rungAt(rung, state.dueAt!, calendar) }))
    .filter(({ at }) => at <= Date.parse(now))
    .sort((a, b) => a.at - b.at)
    .map(({ rung, at }) => ({ rung, at: instantOfMs(at) }));

/** When the ladder has something to say next. */
export const nextRungAt = (definition: ClockDefinition, state: ClockState, calendar: Calendar): Instant | undefined => {
  const times = openRungs(definition, state).map((rung) => rungAt(rung, state.dueAt!, calendar));
  return times.length > 0 ? instantOfMs(Math.min(...times)) : undefined;
};

/** Marks a rung told. Telling lateness sets since when it is late: the due time itself. */
export const tellRung = (definition: ClockDefinition, state: ClockState, rungId: string): ClockState => {
  const rung = definition.ladder.find((one) => one.id === rungId);
  if (!rung || state.told.includes(rungId)) return state;
  const late = rung.kind === 'overdue' && state.dueAt !== undefined && !state.provisional;
  return { ...state, told: [...state.told, rungId], ...(late && !state.overdueSince ? { overdueSince: state.dueAt } : {}) };
};

/** Milliseconds until the due time; negative when late; undefined while paused or stopped. */
export const timeLeft = (state: ClockState, now: Instant): number | undefined =>
  state.status === 'running' && state.dueAt ? Date.parse(state.dueAt) - Date.parse(now) : undefined;

/** Red when late, amber from the first told 'due soon' rung; a provisional due time is never red. */
export const light = (definition: ClockDefinition, state: ClockState, now: Instant): Light => {
  if (state.status === 'stopped') return state.overdueSince ? 'red' : 'none';
  if (state.status === 'paused') return 'paused';
  if (state.dueAt && now > state.dueAt) return state.provisional ? 'provisional' : 'red';
  if (definition.ladder.some((rung) => rung.kind === 'dueSoon' && state.told.includes(rung.id))) return 'amber';
  return state.provisional ? 'provisional' : 'green';
};
