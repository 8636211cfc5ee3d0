import type { CaseState } from '../case/schema.ts';
import { extendClock, pauseClock, resumeClock, startClock } from '../clock/rules.ts';
import type { ClockState } from '../clock/schema.ts';
import type { Label } from '../label/schema.ts';
import { holds, limitOf, type Surroundings } from '../procedure/rules.ts';
import type { Action, Procedure } from '../procedure/schema.ts';
import type { Ahead, ClockEffect, Consequence } from './schema.ts';

const fieldLabel = (action: Action, id: string): Label | undefined => action.form?.find((field) => field.id === id)?.label;

const ended = (state: ClockState): Pick<ClockEffect, 'dueAt' | 'provisional'> => ({
  ...(state.dueAt ? { dueAt: state.dueAt } : {}),
  provisional: state.provisional,
});

/** The same order and conditions as `decide`: what would change nothing is not announced. */
const clockEffects = (procedure: Procedure, action: Action, state: CaseState, around: Surroundings): ClockEffect[] => {
  const { start = [], stop = [], pause = [], resume = [], extend = [] } = action.clocks ?? {};
  const effect = (clock: string, change: ClockEffect['change'], more: Partial<ClockEffect> = {}): ClockEffect => ({
    clock,
    label: procedure.clocks[clock]!.label,
    change,
    provisional: false,
    ...more,
  });
  const started = start.map((one): ClockEffect => {
    if (typeof one !== 'string') {
      const byField = fieldLabel(action, 'from' in one ? one.from.input : one.until.input);
      return effect(one.clock, 'started', byField ? { byField } : {});
    }
    return effect(one, 'started', ended(startClock(one, limitOf(procedure.clocks[one]!.limit, around), around.now, around.calendar)));
  });
  const startedIds = new Set(started.map(({ clock }) => clock));
  return [
    // A limit that starts again is told once: as starting.
    ...stop.flatMap((clock) => {
      const running = state.clocks[clock];
      return running && running.status !== 'stopped' && !startedIds.has(clock) ? [effect(clock, 'stopped')] : [];
    }),
    ...started,
    ...pause.flatMap((clock) => {
      const running = state.clocks[clock];
      if (running?.status !== 'running') return [];
      return [effect(clock, 'paused', ended(pauseClock(procedure.clocks[clock]!, running, around.now, around.calendar)))];
    }),
    ...resume.flatMap((clock) => {
      const paused = state.clocks[clock];
      return paused?.status === 'paused' ? [effect(clock, 'resumed', ended(resumeClock(paused, around.now, around.calendar)))] : [];
    }),
    ...extend.flatMap(({ clock, by }) => {
      const running = state.clocks[clock];
      if (!running || running.status === 'stopped') return [];
      if (!('input' in by)) return [effect(clock, 'extended', ended(extendClock(running, by, around.calendar)))];
      const byField = fieldLabel(action, by.input);
      return [effect(clock, 'extended', byField ? { byField } : {})];
    }),
  ];
};

const leadAfter = (action: Action): Consequence['lead'] => {
  const lead = action.assign?.leadOrganization;
  if (lead === undefined || typeof lead === 'string') return lead;
  const byField = fieldLabel(action, lead.input);
  return byField ? { byField } : undefined;
};

const appealOf = (procedure: Procedure, { appeal }: Action): Consequence['appeal'] => {
  if (!appeal) return undefined;
  return 'final' in appeal ? appeal : { action: procedure.actions[appeal.action]!.label };
};

/** What would follow from an action on a case now. Pure: from the definition, the state and the calendar alone. */
export const consequenceOf = (procedure: Procedure, state: CaseState, actionId: string, around: Surroundings): Consequence => {
  const action = procedure.actions[actionId]!;
  const moves = action.to !== 'same' && action.to !== state.stage;
  const stage = moves ? procedure.stages[action.to]! : undefined;
  const lead = leadAfter(action);
  const appeal = appealOf(procedure, action);
  const barred = Object.entries(procedure.actions).filter(([id, other]) => id !== actionId && other.notBy?.includes(action.duty));
  return {
    ...(stage
      ? {
          to: {
            stage: action.to,
            label: stage.label,
            ...(stage.end ? { end: stage.end } : {}),
            ...(stage.owner ? { owner: stage.owner } : {}),
          },
        }
      : {}),
    clocks: clockEffects(procedure, action, state, around),
    ...(lead ? { lead } : {}),
    ...(action.told ? { reporterReads: action.told } : {}),
    // Who is not told of the step does not see its answers either.
    reporterSees: action.told ? (action.form ?? []).filter((field) => field.seenBy?.includes('reporter')).map(({ label }) => label) : [],
    barred: barred.map(([, { label }]) => label),
    ...(appeal ? { appeal } : {}),
  };
};

/** The stages a case may come to next, with the actions that lead there, in the definition's order: what its facts rule out is left out. */
export const aheadOf = (procedure: Procedure, state: CaseState): Ahead[] => {
  const found = new Map<string, Label[]>();
  for (const action of Object.values(procedure.actions)) {
    if (action.to === 'same' || action.to === state.stage) continue;
    if (!action.from.includes(state.stage) || !holds(action.guard, state.facts)) continue;
    found.set(action.to, [...(found.get(action.to) ?? []), action.label]);
  }
  return [...found].map(([stage, actions]) => ({ stage, label: procedure.stages[stage]!.label, actions }));
};

/** What a reporter may expect next if all goes well: what is told at the stage to which the office's own main action leads. */
export const nextTold = (procedure: Procedure, state: CaseState): Label | undefined => {
  const main = Object.values(procedure.actions).find(
    ({ primary, duty, from, to, guard }) =>
      primary && duty !== 'party' && to !== 'same' && to !== state.stage && from.includes(state.stage) && holds(guard, state.facts),
  );
  return main && procedure.stages[main.to]?.told;
};
