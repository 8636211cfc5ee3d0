import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, instantOfMs } from '../calendar/rules.ts';
import type { Calendar } from '../calendar/schema.ts';
import { pauseClock, startClock, stopClock, tellRung } from '../clock/rules.ts';
import type { ClockState } from '../clock/schema.ts';
import { orderProcedure } from '../order/procedure.ts';
import { caseLight, lightLater } from './rules.ts';

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
