import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Calendar } from '../../calendar/schema.ts';
import { dueAt } from '../limit/rules.ts';
import { extendClock, pauseClock, recomputeClock, resumeClock, startClock } from '../rules.ts';
import type { ClockDefinition, ClockState, Limit } from '../schema.ts';
import { type Pause, slowDue } from './build.ts';

const LONG = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env.TONGXIN_LONG === '1';
const RUNS = { numRuns: LONG ? 5000 : 400 };
vi.setConfig({ testTimeout: 120_000 });
const MINUTE = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const FIRST = Date.parse('2024-01-01T00:00:00+08:00');
const dateAfter = (days: number): string => iso(Date.UTC(2024, 0, 1) + days * 86_400_000).slice(0, 10);

const MOST = { hour: 60, workingHour: 30, workingDay: 25, day: 70, month: 4 } as const;
const limit: fc.Arbitrary<Limit> = fc
  .constantFrom(...(Object.keys(MOST) as Limit['unit'][]))
  .chain((unit) => fc.record({ amount: fc.nat(MOST[unit]), unit: fc.constant(unit) }));
const limits = fc.array(limit, { minLength: 1, maxLength: 3 });

/** Minutes of four years; every other start lies within the last five weeks of a year, where calendars end. */
const start = fc.oneof(
  fc.nat(4 * 365 * 1440).map((minute) => FIRST + minute * MINUTE),
  fc
    .tuple(fc.constantFrom(2024, 2025, 2026, 2027), fc.nat(35 * 1440))
    .map(([year, minute]) => Date.UTC(year, 11, 31, 16) - minute * MINUTE),
);
/** Any years known, with holidays of up to nine days and made-up days anywhere. */
const calendar: fc.Arbitrary<Calendar> = fc
  .record({
    years: fc.subarray([2023, 2024, 2025, 2026, 2027, 2028]),
    off: fc.array(fc.tuple(fc.nat(1500), fc.integer({ min: 1, max: 9 })), { maxLength: 25 }),
    work: fc.array(fc.nat(1500), { maxLength: 25 }),
  })
  .map(({ years, off, work }) => ({
    version: years.join('+') || 'none',
    years: new Set(years),
    exceptions: new Map([
      ...off.flatMap(([first, length]) => Array.from({ length }, (_, n) => [dateAfter(first + n), 'off'] as const)),
      ...work.map((day) => [dateAfter(day), 'work'] as const),
    ]),
  }));
const minutes = fc.oneof(fc.nat(600), fc.nat(20_000));
/** Pauses after a start, in order, sometimes touching. */
const gaps = fc.array(fc.tuple(minutes, minutes), { maxLength: 3 });
const pausesFrom = (from: number, all: readonly (readonly [number, number])[]): Pause[] => {
  let at = from;
  return all.map(([gap, length]) => {
    const pause = { from: at + gap * MINUTE, to: at + (gap + length) * MINUTE };
    at = pause.to;
    return pause;
  });
};
const written = (pauses: readonly Pause[]) => pauses.map(({ from, to }) => ({ from: iso(from), to: iso(to) }));
const due = (all: Limit | readonly Limit[], from: number, known: Calendar, pauses: readonly Pause[] = []): number =>
  Date.parse(dueAt(all, iso(from), known, { pauses: written(pauses) }).dueAt);

const definition: ClockDefinition = {
  label: { zh: '时限', en: 'Limit' },
  limit: { fixed: { amount: 1, unit: 'day' } },
  ladder: [{ id: 'soon', when: 'before', offset: { amount: 1, unit: 'day' }, kind: 'dueSoon', tell: ['handler'] }],
  source: 'local',
};
const started = (by: Limit, from: number, known: Calendar): ClockState => startClock('handling', by, iso(from), known);

describe('due times', () => {
  test('are those of somebody who counts days and minutes one by one, and provisional exactly when an unknown year was asked about', () => {
    fc.assert(
      fc.property(limits, start, calendar, gaps, (all, from, known, between) => {
        const pauses = pausesFrom(from, between);
        const fast = dueAt(all, iso(from), known, { pauses: written(pauses).reverse() });
        const slow = slowDue(all, from, known, pauses);
        expect({ at: Math.ceil(Date.parse(fast.dueAt) / MINUTE), provisional: fast.provisional }).toEqual({
          at: Math.ceil(slow.dueAt / MINUTE),
          provisional: slow.touchedUnknown,
        });
      }),
      RUNS,
    );
  });
  test('are never earlier for more time, nor for a later start', () => {
    fc.assert(
      fc.property(limit, start, calendar, gaps, minutes, (one, from, known, between, later) => {
        const pauses = pausesFrom(from, between);
        expect(due({ ...one, amount: one.amount + 1 }, from, known, pauses)).toBeGreaterThanOrEqual(due(one, from, known, pauses));
        expect(due(one, from + later * MINUTE, known)).toBeGreaterThanOrEqual(due(one, from, known));
      }),
      RUNS,
    );
  });
  test('stay where they are once every day counted is known, whatever is learnt of other years', () => {
    fc.assert(
      fc.property(limits, start, calendar, (all, from, known) => {
        const first = dueAt(all, iso(from), known);
        fc.pre(!first.provisional);
        const learnt = { ...known, version: 'more', years: new Set([2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031]) };
        expect(dueAt(all, iso(from), learnt)).toEqual(first);
      }),
      RUNS,
    );
  });
});

describe('pauses', () => {
  test('never bring a due time forward; a longer one puts it off no less', () => {
    fc.assert(
      fc.property(limits, start, calendar, minutes, minutes, minutes, (all, from, known, gap, length, more) => {
        const pause = { from: from + gap * MINUTE, to: from + (gap + length) * MINUTE };
        const longer = { ...pause, to: pause.to + more * MINUTE };
        expect(due(all, from, known, [pause])).toBeGreaterThanOrEqual(due(all, from, known));
        expect(due(all, from, known, [longer])).toBeGreaterThanOrEqual(due(all, from, known, [pause]));
      }),
      RUNS,
    );
  });
  test('that touch are one pause; one without length, or after the time was up, changes nothing', () => {
    fc.assert(
      fc.property(limits, start, calendar, minutes, minutes, minutes, (all, from, known, gap, a, b) => {
        const [begin, middle, end] = [from + gap * MINUTE, from + (gap + a) * MINUTE, from + (gap + a + b) * MINUTE];
        const whole = due(all, from, known, [{ from: begin, to: end }]);
        expect(
          due(all, from, known, [
            { from: begin, to: middle },
            { from: middle, to: end },
          ]),
        ).toBe(whole);
        const unpaused = due(all, from, known);
        expect(due(all, from, known, [{ from: begin, to: begin }])).toBe(unpaused);
        const after = Math.ceil((unpaused + 1) / MINUTE) * MINUTE;
        expect(due(all, from, known, [{ from: after, to: after + b * MINUTE }])).toBe(unpaused);
      }),
      RUNS,
    );
  });
  test('put hours off by exactly what was paused before they were used up', () => {
    fc.assert(
      fc.property(fc.nat(60), start, gaps, (amount, from, between) => {
        const pauses = pausesFrom(from, between);
        const known: Calendar = { version: 'none', years: new Set(), exceptions: new Map() };
        const end = due({ amount, unit: 'hour' }, from, known, pauses);
        const stood = pauses.filter((pause) => pause.from < end).reduce((sum, pause) => sum + pause.to - pause.from, 0);
        expect(end).toBe(from + amount * 60 * MINUTE + stood);
      }),
      RUNS,
    );
  });
});

describe('a clock', () => {
  test('paused and resumed has the due time of its limit and its pauses; computing it again changes nothing', () => {
    fc.assert(
      fc.property(limit, start, calendar, gaps, (one, from, known, between) => {
        const pauses = pausesFrom(from, between);
        let state = started(one, from, known);
        for (const pause of pauses) state = resumeClock(pauseClock(definition, state, iso(pause.from), known), iso(pause.to), known);
        expect(Date.parse(state.dueAt!)).toBe(due(one, from, known, pauses));
        expect(recomputeClock(state, known)).toEqual(state);
      }),
      RUNS,
    );
  });
  test('extended twice is due as if extended once by both; in whatever order it was paused and extended', () => {
    fc.assert(
      fc.property(limit, fc.nat(20), fc.nat(20), limit, start, calendar, minutes, minutes, (one, a, b, other, from, known, gap, length) => {
        const state = started(one, from, known);
        const { unit } = other;
        const twice = extendClock(extendClock(state, { amount: a, unit }, known), { amount: b, unit }, known);
        expect(twice.dueAt).toBe(extendClock(state, { amount: a + b, unit }, known).dueAt);
        const [begin, end] = [iso(from + gap * MINUTE), iso(from + (gap + length) * MINUTE)];
        const pausedFirst = extendClock(resumeClock(pauseClock(definition, state, begin, known), end, known), other, known);
        const between = resumeClock(extendClock(pauseClock(definition, state, begin, known), other, known), end, known);
        expect(between.dueAt).toBe(pausedFirst.dueAt);
      }),
      RUNS,
    );
  });
  test('that learns of a year computes what it would have computed had the year been known from the start', () => {
    fc.assert(
      fc.property(limit, start, calendar, gaps, (one, from, known, between) => {
        const all = { ...known, version: 'all', years: new Set([...known.years, 2023, 2024, 2025, 2026, 2027, 2028, 2029]) };
        const run = (used: Calendar): ClockState =>
          pausesFrom(from, between).reduce(
            (state, pause) => resumeClock(pauseClock(definition, state, iso(pause.from), used), iso(pause.to), used),
            started(one, from, used),
          );
        const [{ dueAt: learnt, provisional }, { dueAt: always }] = [recomputeClock(run(known), all), run(all)];
        expect({ learnt, provisional }).toEqual({ learnt: always, provisional: false });
      }),
      RUNS,
    );
  });
});
