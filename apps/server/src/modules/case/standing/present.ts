import { dayOfInstant, yearOfDay } from '@tongxin/domain/calendar/rules.ts';
import type { Calendar } from '@tongxin/domain/calendar/schema.ts';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { AllowedAction, CaseView, ClockView } from '@tongxin/domain/case/view.ts';
import { isWindow, light, timeLeft } from '@tongxin/domain/clock/rules.ts';
import type { ClockState } from '@tongxin/domain/clock/schema.ts';
import { aheadOf, consequenceOf } from '@tongxin/domain/consequence/rules.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { allowedActions } from '@tongxin/domain/procedure/rules.ts';
import type { Procedure, ReaderKind } from '@tongxin/domain/procedure/schema.ts';
import { readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { CaseRecord, EventRow } from '../repo.ts';

/** What `decide` needs from outside, for a case. */
export const surroundings = (deps: Deps, row: Pick<CaseRecord, 'category_id' | 'category_version'>) => {
  const limit = row.category_id ? deps.directory.category(row.category_id, row.category_version ?? undefined)?.limit : undefined;
  return { now: deps.clock.now().toISOString(), calendar: deps.calendar(), ...(limit ? { categoryLimit: limit } : {}) };
};

/** By event number, the definition under which it happened: a case may have gone on under another version since. */
export const definitionsAlong = (
  deps: Pick<Deps, 'procedures'>,
  procedure: Procedure,
  record: readonly EventRow[],
): ((eventNo: number) => Procedure) => {
  const changes = record.flatMap((event) => {
    if (event.type !== 'case.migrated') return [];
    const { fromVersion } = readHeader(event.header).header.codes ?? {};
    return [{ until: event.event_no, before: deps.procedures.get(procedure.id, Number(fromVersion)) ?? procedure }];
  });
  return (eventNo) => changes.find(({ until }) => eventNo < until)?.before ?? procedure;
};

/** The step that stopped a clock, as the record says. */
const pausedBy = (along: ReturnType<typeof definitionsAlong>, record: readonly EventRow[], clock: string): Label | undefined => {
  const step = record.findLast((event) => {
    const { clocks } = readHeader(event.header).header;
    return clocks?.some(({ change, state }) => change === 'paused' && state.clock === clock);
  });
  const action = step && readHeader(step.header).header.action;
  return action ? along(step.event_no).actions[action]?.label : undefined;
};

const unknownYears = (clock: ClockState, calendar: Calendar): number[] => {
  if (!clock.provisional || !clock.dueAt) return [];
  const last = yearOfDay(dayOfInstant(clock.dueAt));
  const years: number[] = [];
  for (let year = yearOfDay(dayOfInstant(clock.startedAt)); year <= last; year += 1) if (!calendar.years.has(year)) years.push(year);
  return years;
};

interface Standing {
  readonly row: CaseRecord;
  readonly record: readonly EventRow[];
}

/** How a limit stands, for those who work by it. */
const forStaff = (deps: Deps, procedure: Procedure, { record }: Standing, clock: ClockState, now: string): Partial<ClockView> => {
  const left = timeLeft(clock, now, deps.calendar());
  const since = clock.status === 'paused' ? clock.pauses.at(-1)?.from : undefined;
  const by = since ? pausedBy(definitionsAlong(deps, procedure, record), record, clock.clock) : undefined;
  const years = unknownYears(clock, deps.calendar());
  return {
    // A date that was set is all of its limit.
    ...(clock.given ? {} : { limit: clock.limit }),
    ...(left ? { left } : {}),
    ...(since ? { paused: { since, ...(by ? { by } : {}) } } : {}),
    ...(years.length ? { unknownYears: years } : {}),
  };
};

/** The limits of a case as a reader may see them. */
export const clockViews = (deps: Deps, procedure: Procedure, standing: Standing, reader: ReaderKind): ClockView[] => {
  const now = deps.clock.now().toISOString();
  return Object.values(standing.row.state.clocks).flatMap((clock) => {
    const definition = procedure.clocks[clock.clock];
    if (!definition || (reader !== 'staff' && !definition.shownToReporter)) return [];
    return [
      {
        clock: clock.clock,
        label: definition.label,
        status: clock.status,
        startedAt: clock.startedAt,
        ...(clock.dueAt ? { dueAt: clock.dueAt } : {}),
        provisional: clock.provisional,
        light: light(definition, clock, now),
        ...(clock.stoppedAt ? { stoppedAt: clock.stoppedAt } : {}),
        overdue: clock.overdueSince !== undefined,
        ...(definition.source.startsWith('local') ? {} : { source: definition.source }),
        window: isWindow(definition),
        ...(reader === 'staff' ? forStaff(deps, procedure, standing, clock, now) : {}),
      },
    ];
  });
};

/** The actions open to a reader, for staff with what follows from each. */
export const allowedViews = (deps: Deps, procedure: Procedure, row: CaseRecord, actor: Actor, reader: ReaderKind): AllowedAction[] => {
  const around = surroundings(deps, row);
  return allowedActions(procedure, row.state, actor).map((id) => {
    const action = procedure.actions[id]!;
    return {
      id,
      label: action.label,
      form: action.form ?? [],
      ...(action.evidence ? { evidence: action.evidence } : {}),
      primary: action.primary ?? false,
      duty: action.duty,
      ...(reader === 'staff' ? { consequence: consequenceOf(procedure, row.state, id, around) } : {}),
    };
  });
};

/** The way a case came through its procedure, and where it may go. */
export const wayOf = (deps: Deps, procedure: Procedure, { row, record }: Standing): NonNullable<CaseView['way']> => {
  const along = definitionsAlong(deps, procedure, record);
  return {
    came: record.flatMap((event) => {
      const { header, recordedAt } = readHeader(event.header);
      const { stages, actions } = along(event.event_no);
      const stage = header.to && header.to !== header.from ? stages[header.to] : undefined;
      const by = header.action ? actions[header.action]?.label : undefined;
      return stage ? [{ stage: header.to!, label: stage.label, at: recordedAt, ...(by ? { by } : {}) }] : [];
    }),
    ahead: aheadOf(procedure, row.state),
  };
};

/** The smallest area a case lies in. */
export const areaIdOf = (row: CaseRecord): string | undefined =>
  row.grid_id ?? row.community_id ?? row.town_id ?? row.district_id ?? row.city_id ?? undefined;
