import type { CaseView } from '@tongxin/domain/case/view.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishCalendar } from '../../platform/calendar/calendar.ts';
import { tellDue } from './index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-09-30T01:00:00.000Z' });
});
afterAll(() => server.close());

const view = async (id: string): Promise<CaseView> =>
  (await server.as(server.world.people.dispatcherA, { url: `/api/v1/cases/${id}` })).json();
const filed = async (): Promise<string> => {
  const id = v7();
  const { points, categories } = server.world;
  await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text: '路灯不亮', point: points.inA11, categoryId: categories.lamp },
  });
  return id;
};
const act = async (id: string, action: string, input: object = {}) => {
  const { version } = await view(id);
  const answer = await server.as(server.world.people.dispatcherA, {
    method: 'POST',
    url: `/api/v1/cases/${id}/actions`,
    body: { commandId: v7(), action, version, input },
  });
  expect(answer.statusCode, answer.body).toBe(200);
};

describe('the ladder of a clock', () => {
  test('nothing is told before its time; then each rung is told once, however often the poll runs', async () => {
    server.deps.clock.set('2026-09-30T01:00:00.000Z');
    const id = await filed();
    await act(id, 'accept');
    await act(id, 'dispatch', { organizationId: server.world.organizations.bodyA.organizationId });
    expect(await tellDue(server.deps)).toBe(0);
    server.deps.clock.set('2026-10-30T01:00:00.000Z');
    await Promise.all([tellDue(server.deps), tellDue(server.deps)]);
    await tellDue(server.deps);
    const { record, clocks } = await view(id);
    const rungs = record.filter((entry) => entry.type === 'clock.told');
    expect(rungs.length).toBeGreaterThanOrEqual(4);
    const { rows } = await server.db.pools.maintenance.query<{ header: string }>(
      "select header from events where case_id = $1 and type = 'clock.told'",
      [id],
    );
    const ids = rows.map((row) => JSON.parse(row.header).header.codes.rung as string);
    expect(new Set(ids).size).toBe(ids.length);
    expect(clocks.find((clock) => clock.clock === 'handling')).toMatchObject({ overdue: true, light: 'red' });
  });
  test('a due time that rests on an unknown year is never late, and is computed again when the year is loaded', async () => {
    server.deps.clock.set('2026-12-30T01:00:00.000Z');
    const id = await filed();
    await act(id, 'accept');
    const before = (await view(id)).clocks.find((clock) => clock.clock === 'overall')!;
    expect(before.provisional).toBe(true);
    server.deps.clock.set('2027-02-01T01:00:00.000Z');
    await tellDue(server.deps);
    expect((await view(id)).clocks.find((clock) => clock.clock === 'overall')!.overdue).toBe(false);
    await publishCalendar(
      server.db.pools.maintenance,
      [{ year: 2027, source: 'test', exceptions: [{ day: '2027-01-01', kind: 'off', reason: '元旦' }] }],
      server.deps.clock.now(),
    );
    await server.deps.reload();
    await tellDue(server.deps);
    const after = await view(id);
    expect(after.record.map((entry) => entry.type)).toContain('clock.recomputed');
    expect(after.clocks.find((clock) => clock.clock === 'overall')).toMatchObject({ provisional: false, overdue: true });
  });
  test('a poll cut off at any moment tells nothing twice and forgets nothing', async () => {
    server.deps.clock.set('2026-09-30T01:00:00.000Z');
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) {
      const id = await filed();
      await act(id, 'accept');
      ids.push(id);
    }
    server.deps.clock.set('2026-10-30T01:00:00.000Z');
    const { pools } = server.db;
    const admin = new pg.Client({ connectionString: server.db.adminUrl });
    await admin.connect();
    let cut = 0;
    // Each poll is let run a little longer before its connections are cut.
    for (let patience = 0; patience < 15; patience++) {
      const poll = tellDue(server.deps).catch(() => {
        cut += 1;
      });
      for (let waits = 0; waits < patience; waits++) await admin.query('select 1');
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'tongxin_app'",
      );
      await poll;
    }
    await admin.end();
    expect(cut).toBeGreaterThan(0);
    for (let told = 1; told > 0; ) told = await tellDue(server.deps);
    const { rows } = await pools.maintenance.query<{ case_id: string; header: string }>(
      "select case_id, header from events where case_id = any ($1) and type = 'clock.told'",
      [ids],
    );
    const told = rows.map((row) => `${row.case_id} ${JSON.parse(row.header).header.codes.rung}`);
    expect(new Set(told).size).toBe(told.length);
    for (const id of ids) expect(told.filter((one) => one.startsWith(id)).length).toBe(3);
  });
  test('nobody but the clock’s service may look for due cases', async () => {
    const { withScope } = await import('../../platform/tx/tx.ts');
    const { findDueCases } = await import('./repo.ts');
    const who = { kind: 'person', token: server.world.people.dispatcherA.token } as const;
    await expect(
      withScope(server.db.pools.app, who, (scope) => findDueCases(scope.tx, '2030-01-01T00:00:00Z', 'x', 10)),
    ).rejects.toMatchObject({ code: '42501' });
  });
});
