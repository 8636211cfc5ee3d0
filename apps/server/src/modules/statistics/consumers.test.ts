import type { ClockState } from '@tongxin/domain/clock/schema.ts';
import { expect, test } from 'vitest';
import type { FeedEvent } from '../../platform/feed/consumer.ts';
import { type Procedures, tally } from './consumers.ts';
import type { Counted } from './repo.ts';

const procedures: Procedures = { isEnd: (_procedure, stage) => stage === 'closed', overallClock: () => 'overall' };
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
const event = (eventNo: number, type: FeedEvent['type'], header: FeedEvent['header']): FeedEvent => ({
  caseId: '00000000-0000-7000-8000-000000000006',
  eventNo,
  position: eventNo,
  type,
  schemaVersion: 1,
  occurredAt: DUE,
  recordedAt: DUE,
  actor: { kind: 'system' },
  header,
  words: () => undefined,
});
const changed = (change: 'started' | 'told' | 'paused' | 'stopped', state: ClockState): FeedEvent['header'] => ({
  clocks: [{ change, state }],
});
const told = (before: Counted | undefined, one: FeedEvent): Counted => tally(before, one, procedures, undefined).counted;

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
