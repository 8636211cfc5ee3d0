import { describe, expect, test } from 'vitest';
import { letterProcedure } from '../letter/procedure.ts';
import { orderProcedure } from '../order/procedure.ts';
import { CALENDARS, type Local } from './limit/table.ts';
import {
  dueRungs,
  extendClock,
  learnCalendar,
  light,
  nextRungAt,
  pauseClock,
  recomputeClock,
  resumeClock,
  startClock,
  stopClock,
  tellRung,
  timeLeft,
} from './rules.ts';
import type { ClockDefinition, ClockState, Instant, Limit } from './schema.ts';

const { to2026, to2027 } = CALENDARS;
const at = (local: Local): Instant => new Date(`${local.replace(' ', 'T')}:00+08:00`).toISOString();
const local = (instant: Instant | undefined): string =>
  instant ? new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ') : 'never';
const clocks: Readonly<Record<string, ClockDefinition>> = {
  ...letterProcedure.clocks,
  ...orderProcedure.clocks,
  letterHandling: letterProcedure.clocks.handling!,
};
const of = (id: string): ClockDefinition => clocks[id]!;
const start = (id: string, limit: string, from: Local, calendar = to2026): ClockState => {
  const [amount, unit] = limit.split(' ') as [string, Limit['unit']];
  return startClock(id, { amount: Number(amount), unit }, at(from), calendar);
};
const stop = (state: ClockState, now: Instant, calendar = to2026): ClockState => stopClock(of(state.clock), state, now, calendar);
const pause = (state: ClockState, now: Instant, calendar = to2026): ClockState => pauseClock(of(state.clock), state, now, calendar);
/** Tells what has to be told by a time, as the leader's poll does; answers the ids and the clock after. */
const tell = (id: string, state: ClockState, now: Local, calendar = to2026): [string[], ClockState] => {
  const due = dueRungs(of(id), state, at(now), calendar);
  return [due.map(({ rung }) => rung.id), due.reduce((after, { rung }) => tellRung(of(id), after, rung.id), state)];
};

describe('journey 1: the lamp before the holiday', () => {
  const overall = start('overall', '3 workingDay', '2026-09-30 21:40');
  const first = start('handling', '3 workingDay', '2026-09-30 21:45');
  test('both limits end with Saturday 10 October', () => {
    expect([local(overall.dueAt), local(first.dueAt)]).toEqual(['2026-10-10 23:59', '2026-10-10 23:59']);
    expect(timeLeft(overall, at('2026-09-30 22:00'), to2026)).toEqual({ amount: 3, unit: 'workingDay' });
    expect(timeLeft(overall, at('2026-10-10 22:00'), to2026)).toEqual({ amount: 0, unit: 'workingDay' });
  });
  test('a second body gets a handling limit of its own, while the resident’s overall limit runs on', () => {
    const stopped = stop(first, at('2026-10-09 15:00'), to2026);
    const second = start('handling', '3 workingDay', '2026-10-09 15:05');
    expect([stopped.overdueSince, local(second.dueAt), local(overall.dueAt)]).toEqual([undefined, '2026-10-13 23:59', '2026-10-10 23:59']);
    const [, late] = tell('overall', overall, '2026-10-11 00:00');
    expect([light(of('overall'), late, at('2026-10-11 00:00')), light(of('handling'), second, at('2026-10-11 00:00'))]).toEqual([
      'red',
      'green',
    ]);
  });
});

describe('journey 2: a letter served on paper', () => {
  test('sixty days, thirty more, and a review window that ends on a Sunday of a year nobody knows yet', () => {
    const handling = start('letterHandling', '60 day', '2026-09-10 10:00');
    expect(local(handling.dueAt)).toBe('2026-11-09 23:59');
    expect(timeLeft(handling, at('2026-11-10 09:00'), to2026)).toEqual({ amount: -1, unit: 'day' });
    const extended = extendClock(handling, { amount: 30, unit: 'day' }, to2026);
    expect(local(extended.dueAt)).toBe('2026-12-09 23:59');
    const review = start('reviewWindow', '30 day', '2026-12-04 15:00');
    expect([local(review.dueAt), review.provisional, light(of('reviewWindow'), review, at('2026-12-05 09:00'))]).toEqual([
      '2027-01-03 23:59',
      true,
      'provisional',
    ]);
    const known = recomputeClock(review, to2027);
    expect([local(known.dueAt), known.provisional, known.calendarVersion]).toEqual(['2027-01-04 23:59', false, to2027.version]);
  });
  test('nobody loses a right on a guessed date: the window is reminded of, but lapses only once the year is known', () => {
    const review = start('reviewWindow', '30 day', '2026-12-04 15:00');
    const [told, reminded] = tell('reviewWindow', review, '2027-01-20 09:00');
    expect(told).toEqual(['reviewWindowSoon']);
    expect(nextRungAt(of('reviewWindow'), reminded, to2026)).toBeUndefined();
    const known = recomputeClock(reminded, to2027);
    expect(tell('reviewWindow', known, '2027-01-04 12:00', to2027)[0]).toEqual([]);
    expect(tell('reviewWindow', known, '2027-01-05 00:00', to2027)[0]).toEqual(['reviewWindowEnds']);
  });
});

describe('the ladder', () => {
  test('tells each rung once, in the order of their times: due soon, late, second and first responsible person', () => {
    const handling = start('letterHandling', '60 day', '2026-09-10 10:00');
    expect(local(nextRungAt(of('letterHandling'), handling, to2026))).toBe('2026-10-30 23:59');
    expect(tell('letterHandling', handling, '2026-10-30 23:58')[0]).toEqual([]);
    const [soon, amber] = tell('letterHandling', handling, '2026-10-31 00:00');
    expect([soon, light(of('letterHandling'), amber, at('2026-10-31 00:00'))]).toEqual([['handlingDueSoon'], 'amber']);
    const [late, red] = tell('letterHandling', amber, '2026-11-20 09:00');
    expect(late).toEqual(['handlingOverdue', 'handlingSecond', 'handlingFirst']);
    expect([local(red.overdueSince), light(of('letterHandling'), red, at('2026-11-20 09:00'))]).toEqual(['2026-11-09 23:59', 'red']);
    expect(tell('letterHandling', red, '2027-11-20 09:00')[0]).toEqual([]);
    expect(nextRungAt(of('letterHandling'), red, to2026)).toBeUndefined();
    expect(tellRung(of('letterHandling'), red, 'handlingOverdue')).toEqual(red);
    expect(tellRung(of('letterHandling'), red, 'no such rung')).toEqual(red);
  });
  test('reminds of a provisional due time, never says it is late', () => {
    const handling = start('letterHandling', '60 day', '2026-12-04 10:00');
    const [told, state] = tell('letterHandling', handling, '2027-06-01 09:00');
    expect([told, state.overdueSince, light(of('letterHandling'), state, at('2027-06-01 09:00'))]).toEqual([
      ['handlingDueSoon'],
      undefined,
      'provisional',
    ]);
    expect(stop(state, at('2027-06-01 09:00'), to2026).overdueSince).toBeUndefined();
    expect(pause(state, at('2027-06-01 09:00'), to2026).overdueSince).toBeUndefined();
    expect(tellRung(of('letterHandling'), state, 'handlingOverdue').overdueSince).toBeUndefined();
  });
  test('speaks again for the new due time after an extension; what was late stays on record', () => {
    const [, reminded] = tell('letterHandling', start('letterHandling', '60 day', '2026-09-10 10:00'), '2026-11-02 09:00');
    const extended = extendClock(reminded, { amount: 30, unit: 'day' }, to2026);
    expect(light(of('letterHandling'), extended, at('2026-11-02 09:00'))).toBe('green');
    expect(tell('letterHandling', extended, '2026-11-30 09:00')[0]).toEqual(['handlingDueSoon']);
    const [, late] = tell('letterHandling', reminded, '2026-11-10 09:00');
    const rescued = extendClock(late, { amount: 30, unit: 'day' }, to2026);
    expect([local(rescued.overdueSince), light(of('letterHandling'), rescued, at('2026-11-11 09:00'))]).toEqual([
      '2026-11-09 23:59',
      'green',
    ]);
  });
  test('counts working days before and after by the calendar', () => {
    const definition: ClockDefinition = {
      ...of('handling'),
      ladder: [
        { id: 'dayBefore', when: 'before', offset: { amount: 1, unit: 'workingDay' }, kind: 'dueSoon', tell: ['handler'] },
        { id: 'hoursBefore', when: 'before', offset: { amount: 4, unit: 'workingHour' }, kind: 'dueSoon', tell: ['handler'] },
        { id: 'hoursAfter', when: 'after', offset: { amount: 2, unit: 'workingHour' }, kind: 'escalate', tell: ['thirdResponsible'] },
        { id: 'dayAfter', when: 'after', offset: { amount: 1, unit: 'workingDay' }, kind: 'escalate', tell: ['secondResponsible'] },
        { id: 'monthAfter', when: 'after', offset: { amount: 1, unit: 'month' }, kind: 'escalate', tell: ['firstResponsible'] },
      ],
    };
    const state = start('handling', '2 workingDay', '2026-09-28 10:00');
    const rungs = dueRungs(definition, state, at('2027-01-01 00:00'), to2026);
    expect(rungs.map((one) => [one.rung.id, local(one.at)])).toEqual(
      [
        ['dayBefore', '2026-09-29 23:59'],
        ['hoursBefore', '2026-09-30 13:30'],
        ['dayAfter', '2026-10-08 23:59'],
        ['hoursAfter', '2026-10-08 11:00'],
        ['monthAfter', '2026-10-30 23:59'],
      ].sort((a, b) => (a[1]! < b[1]! ? -1 : 1)),
    );
  });
  test('counts from the start where it says so: not from a last day that moved, put off by what was paused, and never after the end', () => {
    const since = (amount: number): ClockDefinition => ({
      ...of('letterHandling'),
      ladder: [{ id: 'since', when: 'since', offset: { amount, unit: 'day' }, kind: 'dueSoon', tell: ['reporter'] }],
    });
    // The thirtieth day is the 4th of October and moves to the 8th.
    const state = start('letterHandling', '30 day', '2026-09-04 00:00');
    const told = (clock: ClockState, amount: number) => local(nextRungAt(since(amount), clock, to2026));
    expect([20, 25, 40].map((amount) => told(state, amount))).toEqual(['2026-09-24 00:00', '2026-09-29 00:00', '2026-10-08 23:59']);
    const resumed = resumeClock(pause(state, at('2026-09-10 09:00')), at('2026-09-12 09:00'), to2026);
    expect(told(resumed, 20)).toBe('2026-09-26 00:00');
  });
  test('is silent while the clock is paused, and after it stopped', () => {
    const paused = pause(start('letterHandling', '60 day', '2026-09-10 10:00'), at('2026-10-12 09:00'), to2026);
    expect([paused.dueAt, nextRungAt(of('letterHandling'), paused, to2026), timeLeft(paused, at('2026-10-13 09:00'), to2026)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([tell('letterHandling', paused, '2027-10-12 09:00')[0], light(of('letterHandling'), paused, at('2027-10-12 09:00'))]).toEqual([
      [],
      'paused',
    ]);
    const stopped = stop(start('letterHandling', '60 day', '2026-09-10 10:00'), at('2026-10-12 09:00'), to2026);
    expect([tell('letterHandling', stopped, '2027-10-12 09:00')[0], light(of('letterHandling'), stopped, at('2027-10-12 09:00'))]).toEqual([
      [],
      'none',
    ]);
  });
});

describe('a clock', () => {
  const running = start('overall', '24 hour', '2026-10-01 09:00');
  test('stopped within its limit was in time to the very end, and late from the next millisecond, told or not', () => {
    expect(stop(running, running.dueAt!, to2026).overdueSince).toBeUndefined();
    const late = stop(running, new Date(Date.parse(running.dueAt!) + 1).toISOString(), to2026);
    expect([late.overdueSince, light(of('overall'), late, at('2026-10-03 09:00'))]).toEqual([running.dueAt, 'red']);
  });
  test('paused when it was late already stays late on record', () => {
    const paused = pause(running, at('2026-10-02 10:00'), to2026);
    expect(paused.overdueSince).toBe(running.dueAt);
    expect(stop(paused, at('2026-10-05 10:00'), to2026)).toMatchObject({ status: 'stopped', overdueSince: running.dueAt });
  });
  test('stopped while paused is judged with its pause ended', () => {
    const paused = pause(running, at('2026-10-01 10:00'), to2026);
    const stopped = stop(paused, at('2026-10-05 10:00'), to2026);
    expect([local(stopped.dueAt), stopped.overdueSince]).toEqual(['2026-10-06 09:00', undefined]);
  });
  test('that is a window is never late: it merely ends, stopped or paused a day after', () => {
    const window = start('reopenWindow', '24 hour', '2026-10-01 09:00');
    expect([stop(window, at('2026-10-03 09:00')).overdueSince, pause(window, at('2026-10-03 09:00')).overdueSince]).toEqual([
      undefined,
      undefined,
    ]);
  });
  test('does nothing twice: not paused, not running or stopped, it stays as it is', () => {
    const paused = pause(running, at('2026-10-01 10:00'), to2026);
    const stopped = stop(running, at('2026-10-01 10:00'), to2026);
    expect(pause(paused, at('2026-10-01 11:00'), to2026)).toBe(paused);
    expect(resumeClock(running, at('2026-10-01 11:00'), to2026)).toBe(running);
    for (const again of [
      stop(stopped, at('2026-10-09 11:00'), to2026),
      extendClock(stopped, { amount: 1, unit: 'day' }, to2026),
      recomputeClock(stopped, to2027),
      pause(stopped, at('2026-10-09 11:00'), to2026),
    ])
      expect(again).toBe(stopped);
  });
  test('resumed by a clock that went backwards has paused for no time', () => {
    const resumed = resumeClock(pause(running, at('2026-10-01 10:00'), to2026), at('2026-10-01 09:30'), to2026);
    expect(resumed.dueAt).toBe(running.dueAt);
  });
  test('of an imported case keeps the due time it came with, and is extended and paused from there', () => {
    const imported: ClockState = {
      ...running,
      limit: { amount: 0, unit: 'hour' },
      given: at('2026-10-09 17:00'),
      dueAt: at('2026-10-09 17:00'),
    };
    expect(recomputeClock(imported, to2026).dueAt).toBe(at('2026-10-09 17:00'));
    expect(local(extendClock(imported, { amount: 1, unit: 'workingDay' }, to2026).dueAt)).toBe('2026-10-10 23:59');
    const resumed = resumeClock(pause(imported, at('2026-10-08 10:00'), to2026), at('2026-10-08 12:00'), to2026);
    expect(local(resumed.dueAt)).toBe('2026-10-09 19:00');
    expect(local(extendClock(resumed, { amount: 2, unit: 'hour' }, to2026).dueAt)).toBe('2026-10-09 21:00');
  });
  test('that was late by a calendar which was wrong was not late; the ladder speaks again for the true due time', () => {
    const before = start('overall', '1 workingDay', '2026-12-31 10:00', CALENDARS.plain2027);
    const [, late] = tell('overall', before, '2027-01-04 09:00', CALENDARS.plain2027);
    expect([local(before.dueAt), local(late.overdueSince)]).toEqual(['2027-01-01 23:59', '2027-01-01 23:59']);
    const learnt = learnCalendar(late, to2027);
    expect([local(learnt.dueAt), learnt.overdueSince, learnt.told]).toEqual(['2027-01-04 23:59', undefined, []]);
    expect(learnCalendar(late, { ...CALENDARS.plain2027, version: 'the same days' }).overdueSince).toBe(late.overdueSince);
    const rescued = extendClock(late, { amount: 2, unit: 'workingDay' }, CALENDARS.plain2027);
    expect(local(learnCalendar(rescued, to2027).overdueSince)).toBe('2027-01-01 23:59');
  });
  test('says what is left in the family of its limit', () => {
    expect(timeLeft(running, at('2026-10-02 08:00'), to2026)).toEqual({ amount: 60, unit: 'minute' });
    expect(timeLeft(running, at('2026-10-02 09:30'), to2026)).toEqual({ amount: -30, unit: 'minute' });
    const working = start('overall', '4 workingHour', '2026-10-09 16:30');
    expect(timeLeft(working, at('2026-10-09 17:00'), to2026)).toEqual({ amount: 210, unit: 'workingMinute' });
    expect(timeLeft(working, at('2026-10-12 09:30'), to2026)).toEqual({ amount: -270, unit: 'workingMinute' });
    const days = start('overall', '3 workingDay', '2026-09-30 10:00');
    expect(timeLeft(days, at('2026-10-12 09:30'), to2026)).toEqual({ amount: -1, unit: 'workingDay' });
  });
});
