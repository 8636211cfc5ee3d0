import type { ClockState } from '@tongxin/domain/clock/schema.ts';
import { describe, expect, test } from 'vitest';
import type { FeedEvent } from '../../platform/feed/consumer.ts';
import { type Procedures, tally } from './consumers.ts';
import type { Counted } from './repo.ts';

const procedures: Procedures = { isEnd: (_procedure, _version, stage) => stage === 'closed', overallClock: () => 'overall' };
const DUE = '2026-06-01T16:00:00.000Z';
const clock = (id: string, status: ClockState['status'], late: boolean): ClockState => ({
  clock: id,
  status,
  startedAt: '2026-05-28T02:00:00.000Z',
  limit: { amount: 3, unit: 'workingDay' },
  extensions: [],
  pauses: [],
  provisional: false,
  calendarVersion: 'test',
  told: [],
  ...(late ? { overdueSince: DUE } : {}),
});
const event = (eventNo: number, type: FeedEvent['type'], header: FeedEvent['header'], at = DUE): FeedEvent => ({
  caseId: '00000000-0000-7000-8000-000000000006',
  eventNo,
  position: eventNo,
  type,
  schemaVersion: 1,
  occurredAt: at,
  recordedAt: at,
  actor: { kind: 'system' },
  header,
  words: () => undefined,
});
const changed = (change: 'started' | 'told' | 'paused' | 'stopped', state: ClockState): FeedEvent['header'] => ({
  clocks: [{ change, state }],
});
const told = (before: Counted | undefined, one: FeedEvent): Counted => tally(before, one, procedures).counted;

test('a case counts as overdue by the resident’s overall limit alone, until that limit stops', () => {
  const opening = event(1, 'case.filed', {
    to: 'handling',
    codes: { procedureId: 'order', areaIds: ['a'] },
    clocks: [{ change: 'started', state: clock('overall', 'running', false) }],
  });
  const filed = told(undefined, opening);
  const slowToCall = told(filed, event(2, 'clock.told', changed('told', clock('contact', 'running', true))));
  const late = told(slowToCall, event(3, 'clock.told', changed('told', clock('overall', 'running', true))));
  const called = told(late, event(4, 'case.acted', changed('stopped', clock('contact', 'stopped', true))));
  const answered = told(called, event(5, 'case.acted', changed('stopped', clock('overall', 'stopped', true))));
  expect([filed, slowToCall, late, called, answered].map((one) => one.overdue)).toEqual([false, false, true, true, false]);
});

describe('how long a case took', () => {
  const FILED = '2026-05-01T00:00:00.000Z';
  const daysLater = (days: number): string => new Date(Date.parse(FILED) + days * 86_400_000).toISOString();
  const running = (startedAt: string, id = 'overall'): FeedEvent['header'] => ({
    clocks: [{ change: 'started', state: { ...clock(id, 'running', false), startedAt } }],
  });
  const opened = (type: 'case.filed' | 'case.imported', to: string, codes: object = {}, at = FILED) =>
    event(1, type, { to, codes: { procedureId: 'order', procedureVersion: 1, areaIds: ['a', 'b'], ...codes } }, at);
  const accepted = (eventNo: number, at: string, from = 'received') =>
    event(eventNo, 'case.acted', { from, to: 'accepted', ...running(at) }, at);
  const ended = (eventNo: number, at: string, from = 'accepted') =>
    // What ends a case may start a clock of its own: the window for reopening is no part of the wait.
    event(eventNo, 'case.acted', { from, to: 'closed', ...running(at, 'reopenWindow') }, at);

  /** Area, day and bucket of every duration a record counts. */
  const durations = (...events: FeedEvent[]) => {
    let counted: Counted | undefined;
    return events.flatMap((one) => {
      const folded = tally(counted, one, procedures);
      counted = folded.counted;
      return folded.durations.map(({ areaId, day, bucket }) => [areaId, day, bucket]);
    });
  };
  const inBoth = (day: string, bucket: number) => ['a', 'b'].map((areaId) => [areaId, day, bucket]);

  test('a case in hand has taken no time yet', () => {
    expect(durations(opened('case.filed', 'received'), accepted(2, daysLater(1)))).toEqual([]);
  });
  test('an accepted case took from its acceptance to its end, in each of its areas, on the day of the end', () => {
    expect(durations(opened('case.filed', 'received'), accepted(2, daysLater(4)), ended(3, daysLater(6.5)))).toEqual(
      inBoth('2026-05-07', 5),
    );
  });
  test('a case that was never accepted took from its filing', () => {
    expect(durations(opened('case.filed', 'received'), ended(2, daysLater(1.5), 'received'))).toEqual(inBoth('2026-05-02', 4));
  });
  test('a reopened case ends twice, the second time after the whole wait', () => {
    const [first, again] = [ended(3, daysLater(1.5)), accepted(4, daysLater(9), 'closed')];
    expect(durations(opened('case.filed', 'received'), accepted(2, daysLater(1)), first, again, ended(5, daysLater(9.5)))).toEqual([
      ...inBoth('2026-05-02', 3),
      ...inBoth('2026-05-10', 8),
    ]);
  });
  test('words and calls after the end end nothing again', () => {
    const rated = event(4, 'case.acted', { from: 'closed', to: 'closed' }, daysLater(3));
    const noted = event(5, 'note.added', {}, daysLater(4));
    expect(durations(opened('case.filed', 'received'), accepted(2, FILED), ended(3, daysLater(2)), rated, noted)).toHaveLength(2);
  });
  test('an imported case took from its own first day to its own last, whatever limit came with it', () => {
    const closed = opened('case.imported', 'closed', { closedAt: daysLater(3.5) });
    expect(durations({ ...closed, header: { ...closed.header, ...running(daysLater(-40)) } })).toEqual(inBoth('2026-05-04', 6));
    expect(durations(opened('case.imported', 'accepted'), ended(2, daysLater(20)))).toEqual(inBoth('2026-05-21', 10));
  });
  test('an imported case whose days are not told, or are told the wrong way round, took nobody knows how long', () => {
    expect(durations(opened('case.imported', 'closed'))).toEqual([]);
    expect(durations(opened('case.imported', 'closed', { closedAt: daysLater(-1) }))).toEqual([]);
    expect(durations(opened('case.imported', 'closed', { closedAt: daysLater(3), dateUnknown: true }))).toEqual([]);
    const later = [ended(2, daysLater(2)), accepted(3, daysLater(3), 'closed'), ended(4, daysLater(4))];
    expect(durations(opened('case.imported', 'accepted', { dateUnknown: true }), ...later)).toEqual([]);
  });
});
