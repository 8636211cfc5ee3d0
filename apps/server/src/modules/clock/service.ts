import type { CaseState, NewEvent } from '@tongxin/domain/case/schema.ts';
import { dueRungs, learnCalendar, tellRung } from '@tongxin/domain/clock/rules.ts';
import type { Rung } from '@tongxin/domain/clock/schema.ts';
import { evolve } from '@tongxin/domain/procedure/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { appendAndCommit, type CaseRecord, decideSystemAction, procedureOf, sendClocks } from '../case/index.ts';
import { findDueCases, lockDueCase } from './repo.ts';

const SYSTEM = { kind: 'system' } as const;

const clockService = (deps: Deps): Who => ({ kind: 'service', token: deps.config.secrets.serviceTokens.clock });

/** Clocks of the case computed again, where what a newer calendar knows changes what they were told before. */
const recomputed = (deps: Deps, state: CaseState, now: string): NewEvent[] => {
  const calendar = deps.calendar();
  const changed = Object.values(state.clocks).flatMap((clock) => {
    if (clock.status === 'stopped' || clock.calendarVersion === calendar.version || clock.calendarVersion === 'imported') return [];
    const learnt = learnCalendar(clock, calendar);
    if (learnt.dueAt === clock.dueAt && learnt.provisional === clock.provisional) return [];
    return [{ change: 'recomputed' as const, state: learnt }];
  });
  return changed.length ? [{ type: 'clock.recomputed', occurredAt: now, actor: SYSTEM, header: { clocks: changed } }] : [];
};

/** The word of a rung as an event, at the rung's own time. */
export const told = (
  state: CaseState,
  clock: string,
  rung: Rung,
  next: CaseState['clocks'][string],
  now: string,
  at: string,
): NewEvent => ({
  type: 'clock.told',
  occurredAt: at > now ? now : at,
  actor: SYSTEM,
  header: {
    clocks: [{ change: 'told', state: next, rung: rung.id }],
    codes: { clock, rung: rung.id, kind: rung.kind, tell: [...rung.tell], stage: state.stage },
  },
});

/** Everything the ladders of a case have to say by now, in order: reminders, lateness, escalation, and the actions rungs take. */
export const dueEvents = (deps: Deps, row: CaseRecord): { events: NewEvent[]; state: CaseState } => {
  const procedure = procedureOf(deps, row);
  const now = deps.clock.now().toISOString();
  const calendar = deps.calendar();
  const events = recomputed(deps, row.state, now);
  let state = events.reduce(evolve, row.state);
  const due = Object.values(state.clocks)
    .flatMap((clock) => dueRungs(procedure.clocks[clock.clock]!, clock, now, calendar).map((one) => ({ ...one, clock: clock.clock })))
    .sort((a, b) => a.at.localeCompare(b.at));
  for (const { rung, at, clock } of due) {
    const current = state.clocks[clock]!;
    if (current.status !== 'running' || current.told.includes(rung.id)) continue;
    const event = told(state, clock, rung, tellRung(procedure.clocks[clock]!, current, rung.id), now, at);
    events.push(event);
    state = evolve(state, event);
    if (!rung.action) continue;
    const decided = decideSystemAction(deps, { ...row, state }, rung.action);
    if (decided) {
      events.push(...decided.events);
      state = decided.state;
    }
  }
  return { events, state };
};

const tellCase = async (deps: Deps, scope: Scope, caseId: string): Promise<number> => {
  const now = deps.clock.now().toISOString();
  const row = await lockDueCase(scope.client, caseId, now, deps.calendar().version);
  if (!row) return 0;
  const { events, state } = dueEvents(deps, row);
  if (events.length > 0) {
    await appendAndCommit(deps, scope, row, events, state);
    return events.length;
  }
  // The index said due, the state says nothing is: set the index right, so that it is not asked again at once.
  const changes = Object.values(row.state.clocks).map((clock) => ({
    change: 'recomputed' as const,
    state: { ...clock, calendarVersion: deps.calendar().version },
  }));
  await scope.commitWith((client) => [sendClocks(client, caseId, procedureOf(deps, row), changes, deps.calendar())]);
  return 0;
};

/** One round of the poll: each due case in its own transaction. Killed at any instant and run again, each rung is told once. */
export const tellDue = async (deps: Deps, limit = 200): Promise<number> => {
  const now = deps.clock.now().toISOString();
  const caseIds = await withScope(deps.pools.app, clockService(deps), (scope) =>
    findDueCases(scope.tx, now, deps.calendar().version, limit),
  );
  let n = 0;
  for (const caseId of caseIds) n += await withScope(deps.pools.app, clockService(deps), (scope) => tellCase(deps, scope, caseId));
  return n;
};
