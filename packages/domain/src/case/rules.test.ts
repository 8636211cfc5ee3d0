import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, instantOfMs } from '../calendar/rules.ts';
import type { Calendar } from '../calendar/schema.ts';
import { pauseClock, startClock, stopClock, tellRung } from '../clock/rules.ts';
import type { ClockState } from '../clock/schema.ts';
import { orderProcedure } from '../order/procedure.ts';
import { caseLight, isWrittenBy, lightLater } from './rules.ts';
import type { EventActor } from './schema.ts';

const calendar: Calendar = { version: 'test', years: new Set([2026]), exceptions: new Map() };
const START = Date.parse('2026-05-01T01:00:00.000Z');

/** A clock of the order as it may stand after some days: told of, paused, stopped, or as it was. */
const after = (id: string, days: number, at: number, happened: 'nothing' | 'told' | 'paused' | 'stopped'): ClockState => {
  const definition = orderProcedure.clocks[id]!;
  const started = startClock(id, { amount: days, unit: 'day' }, instantOfMs(START), calendar);
  const now = instantOfMs(at);
  if (happened === 'told') return tellRung(definition, started, now > started.dueAt! ? `${id}Overdue` : `${id}DueSoon`);
  if (happened === 'paused') return pauseClock(definition, started, now, calendar);
  return happened === 'stopped' ? stopClock(definition, started, now, calendar) : started;
};

test('a list shows the light that the case itself would show, however long after its last event it is read', () => {
  const happened = fc.constantFrom('nothing' as const, 'told' as const, 'paused' as const, 'stopped' as const);
  const days = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(days, days, days, days, happened, happened, (first, second, wait, read, one, other) => {
      const written = START + wait * DAY_MS;
      const clocks = { overall: after('overall', first, written, one), handling: after('handling', second, written, other) };
      const now = instantOfMs(written + read * DAY_MS);
      const dues = Object.values(clocks).map((clock) => (clock.status === 'running' ? clock.dueAt : undefined));
      const then = caseLight(orderProcedure, { clocks }, instantOfMs(written));
      expect(lightLater(then, dues, false, now)).toBe(caseLight(orderProcedure, { clocks }, now));
    }),
    { numRuns: 500 },
  );
});
test('is never red by a guess', () => {
  const due = instantOfMs(START);
  const now = instantOfMs(START + 1);
  expect([lightLater('green', [due], true, now), lightLater('green', [due], false, now)]).toEqual(['provisional', 'red']);
});

describe('the words of an event are the party’s own', () => {
  const event = (eventNo: number, actor: EventActor) => ({ eventNo, actor });
  const reporter = { partyId: 'reporter', personId: 'resident', isReporter: true };
  const other = { partyId: 'other', isReporter: false };

  test.each<[string, EventActor, boolean, boolean]>([
    ['who used the reporter’s code', { kind: 'anonymous', partyId: 'reporter' }, true, false],
    ['who used the code of the other', { kind: 'anonymous', partyId: 'other' }, false, true],
    ['who used a code before codes were told apart', { kind: 'anonymous' }, true, false],
    ['the reporter’s person, signed in', { kind: 'person', personId: 'resident' }, true, false],
    ['the same person at work', { kind: 'person', personId: 'resident', postId: 'post', organizationId: 'body' }, false, false],
    ['somebody else', { kind: 'person', personId: 'neighbour' }, false, false],
    ['the system', { kind: 'system' }, false, false],
  ])('%s', (_who, actor, ofReporter, ofOther) => {
    expect([isWrittenBy(reporter, event(5, actor)), isWrittenBy(other, event(5, actor))]).toEqual([ofReporter, ofOther]);
  });
  test('when the case was opened with them, whoever wrote them down', () => {
    const operator = event(1, { kind: 'person', personId: 'operator', postId: 'post', organizationId: 'hotline' });
    expect([isWrittenBy(reporter, operator), isWrittenBy(other, operator)]).toEqual([true, true]);
  });
});
