import type { CalendarYear } from '@tongxin/domain/calendar/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellDue } from '../clock/index.ts';
import { loadCalendarYear, readCalendarYear } from './index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-12-30T01:00:00.000Z' });
});
afterAll(() => server.close());

const off = (...days: string[]): CalendarYear['exceptions'] => days.map((day) => ({ day, kind: 'off', reason: '放假' }));
const FIXED = off('2027-01-01', '2027-10-01');
const notice = (exceptions: CalendarYear['exceptions'] = FIXED): CalendarYear => ({
  year: 2027,
  source: '测试通知〔2026〕1号',
  exceptions,
});

const view = async (id: string): Promise<CaseView> =>
  (await server.as(server.world.people.dispatcherA, { url: `/api/v1/cases/${id}` })).json();
const overall = async (id: string) => (await view(id)).clocks.find((clock) => clock.clock === 'overall')!;
const recomputed = async (id: string): Promise<number> =>
  (await view(id)).record.filter((entry) => entry.type === 'clock.recomputed').length;
/** A lamp of class C, three working days, accepted now. */
const accepted = async (): Promise<string> => {
  const id = v7();
  const { points, categories, people } = server.world;
  await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text: '路灯不亮', point: points.inA11, categoryId: categories.lamp },
  });
  const answer = await server.as(people.dispatcherA, {
    method: 'POST',
    url: `/api/v1/cases/${id}/actions`,
    body: { commandId: v7(), action: 'accept', version: (await view(id)).version, input: {} },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return id;
};
const load = (year: CalendarYear, replace = false) => loadCalendarYear(server.deps, year, { replace });

describe('a notice that cannot be used is refused', () => {
  test.each([
    ['text that is no JSON', '{', 'malformedJson'],
    ['another shape', '{"year": 2027}', 'calendarUnfit'],
    ['a field nobody knows', JSON.stringify({ ...notice(), note: 'x' }), 'calendarUnfit'],
    ['a kind of day nobody knows', JSON.stringify(notice([{ day: '2027-01-01', kind: 'half' as 'off', reason: 'x' }])), 'calendarUnfit'],
    ['a day twice', JSON.stringify(notice([...FIXED, ...off('2027-01-01')])), 'calendarDayTwice'],
    ['a day of another year', JSON.stringify(notice([...FIXED, ...off('2028-01-01')])), 'calendarDayUnfit'],
    ['work on National Day', JSON.stringify(notice(off('2027-01-01'))), 'calendarHolidayMissing'],
  ])('%s', (_what, text, code) => {
    expect(() => readCalendarYear(text)).toThrow(expect.objectContaining({ status: 422, code }));
  });
  test('a known year with other days, unless it is replaced on purpose; nothing changes', async () => {
    const { version } = server.deps.calendar();
    await expect(load({ ...notice(off('2026-01-01', '2026-05-01', '2026-10-01', '2026-10-02')), year: 2026 })).rejects.toMatchObject({
      status: 409,
      code: 'calendarYearKnown',
    });
    await server.deps.reload();
    expect(server.deps.calendar().version).toBe(version);
  });
});

describe('a year that becomes known', () => {
  test('makes provisional limits certain, once, and says so on the record; loading it again changes nothing', async () => {
    const id = await accepted();
    expect(await overall(id)).toMatchObject({ provisional: true, dueAt: '2027-01-04T15:59:59.999Z' });
    expect(await load(notice())).toEqual({ year: 2027, change: 'new', amended: [], clocks: 0 });
    await server.deps.reload();
    await tellDue(server.deps);
    await tellDue(server.deps);
    expect(await overall(id)).toMatchObject({ provisional: false, dueAt: '2027-01-05T15:59:59.999Z' });
    expect(await recomputed(id)).toBe(1);
    expect(await load(notice())).toEqual({ year: 2027, change: 'same', amended: [], clocks: 0 });
    expect(await load(notice([...FIXED].reverse()))).toMatchObject({ change: 'same' });
  });
});

describe('a notice that is amended', () => {
  test('moves the limits that reach a changed day, and only those; what was late by the old one is late no more', async () => {
    server.deps.clock.set('2027-02-02T01:00:00.000Z');
    const before = await accepted();
    server.deps.clock.set('2027-02-09T01:00:00.000Z');
    const reaching = await accepted();
    expect([(await overall(before)).dueAt, (await overall(reaching)).dueAt]).toEqual([
      '2027-02-05T15:59:59.999Z',
      '2027-02-12T15:59:59.999Z',
    ]);
    server.deps.clock.set('2027-02-13T01:00:00.000Z');
    await tellDue(server.deps);
    expect([(await overall(before)).overdue, (await overall(reaching)).overdue]).toEqual([true, true]);

    const longer = notice([...FIXED, ...off('2027-02-11', '2027-02-12'), { day: '2027-02-14', kind: 'work', reason: '补班' }]);
    expect(await load(longer, true)).toEqual({
      year: 2027,
      change: 'replaced',
      amended: ['2027-02-11', '2027-02-12', '2027-02-14'],
      clocks: expect.any(Number),
    });
    await server.deps.reload();
    for (let told = 1; told > 0; ) told = await tellDue(server.deps);
    // 10 February, make-up Sunday 14, Monday 15.
    expect(await overall(reaching)).toMatchObject({ overdue: false, light: 'green', dueAt: '2027-02-15T15:59:59.999Z' });
    expect(await overall(before)).toMatchObject({ overdue: true, dueAt: '2027-02-05T15:59:59.999Z' });
    expect([await recomputed(before), await recomputed(reaching)]).toEqual([0, 1]);

    server.deps.clock.set('2027-02-16T01:00:00.000Z');
    await tellDue(server.deps);
    expect(await overall(reaching)).toMatchObject({ overdue: true, light: 'red' });
  });
  test('may move the last days of the December before', async () => {
    server.deps.clock.set('2027-12-28T01:00:00.000Z');
    const id = await accepted();
    expect(await overall(id)).toMatchObject({ provisional: false, dueAt: '2027-12-31T15:59:59.999Z' });
    const next: CalendarYear = {
      year: 2028,
      source: '测试通知〔2027〕1号',
      exceptions: off('2027-12-31', '2028-01-03', '2028-05-01', '2028-10-02', '2028-10-03'),
    };
    expect(await load(next)).toMatchObject({ change: 'new', amended: ['2027-12-31'] });
    expect(await load(next)).toMatchObject({ change: 'same' });
    await server.deps.reload();
    for (let told = 1; told > 0; ) told = await tellDue(server.deps);
    expect(await overall(id)).toMatchObject({ provisional: false, dueAt: '2028-01-04T15:59:59.999Z' });
  });
});
