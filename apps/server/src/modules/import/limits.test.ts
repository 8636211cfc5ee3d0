import { join, resolve } from 'node:path';
import type { CasePage, CaseView } from '@tongxin/domain/case/view.ts';
import type { CaseMap } from '@tongxin/domain/import/schema.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import baltimore from '../../../../../packs/maps/baltimore-2018.json' with { type: 'json' };
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';
import { tellDue } from '../clock/index.ts';
import { verifyRecord } from '../record/index.ts';
import { importCases } from './index.ts';

/** Rows of the invented set whose limits were kept, missed by a second, missed long ago, and are still to come. */
const FILE = resolve(import.meta.dirname, 'fixtures/synthetic/english311/baltimore-2018.csv');

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-11-20T01:00:00.000Z' });
  await importCases(server.deps, { kind: 'service', token: server.deps.config.secrets.serviceTokens.import }, FILE, {
    map: baltimore as CaseMap,
    rejectsFolder: join(server.deps.config.dataDir, 'rejects'),
  });
});
afterAll(() => server.close());

const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
const one = async <T>(statement: string): Promise<T> => (await server.db.pools.maintenance.query(statement)).rows[0] as T;
const notices = async () => (await one<{ n: number }>('select count(*)::int as n from notice')).n;
const queue = async (more = ''): Promise<CasePage> =>
  (await server.as(server.world.people.hotlineDispatcher, { url: `/api/v1/cases?view=receiving&limit=200${more}` })).json<CasePage>();
const viewOf = async (sourceNumber: string): Promise<CaseView> => {
  const row = (await queue()).rows.find((found) => found.sourceNumber === sourceNumber)!;
  return (await server.as(server.world.people.hotlineDispatcher, { url: `/api/v1/cases/${row.id}` })).json<CaseView>();
};

test('rows whose limit ran out months ago ring no clock and send no notice, in however many rounds', async () => {
  expect(await one("select count(*)::int as n from clock where due_at < '2026-11-20T01:00:00Z' and status = 'running'")).toEqual({ n: 4 });
  for (let round = 0; round < 3; round++) {
    expect(await tellDue(server.deps)).toBe(0);
    await settle();
    server.deps.clock.advance(86_400_000);
  }
  expect(await notices()).toBe(0);
  expect(await one('select count(*)::int as n, array_agg(distinct type) as types from events')).toEqual({
    n: 17,
    types: ['case.imported'],
  });
  expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, broken: [] });
});

test('whoever opens such a row reads the limit of its file, and that it is late', async () => {
  const late = await viewOf('SYN-00005');
  expect(late.clocks).toHaveLength(1);
  expect(late.clocks[0]).toMatchObject({ dueAt: '2026-03-04T13:00:00.000Z', light: 'red' });
  expect(late).toMatchObject({ imported: true, ended: false, reportedAt: '2026-03-02T13:00:00.000Z' });
});

test.each([
  ['closed before its limit', 'SYN-00001', false],
  ['closed on the second of its limit', 'SYN-00002', false],
  ['closed a second after its limit', 'SYN-00003', true],
  ['closed months after its limit', 'SYN-00004', true],
  ['open, its limit long past', 'SYN-00006', true],
  ['open, its limit to come', 'SYN-00007', false],
  ['closed a second before its limit, over the hour that summer time takes away', 'SYN-00008', false],
  ['closed without a limit', 'SYN-00009', false],
  ['open without a limit', 'SYN-00010', false],
  ['closed late, reported nobody knows when', 'SYN-00011', true],
  ['due before it was reported', 'SYN-00012', true],
])('a row %s is late or not as its file says', async (_what, sourceNumber, late) => {
  const rows = (await server.as(server.world.people.administrator, { url: '/api/v1/statistics/late?limit=200' })).json().rows;
  expect([sourceNumber, rows.some((row: { sourceNumber?: string }) => row.sourceNumber === sourceNumber)]).toEqual([sourceNumber, late]);
});

test('a row with coordinates off every map, with half of them or with none waits unplaced in the receiving body’s queue, to be dispatched from there', async () => {
  const { people, areas } = server.world;
  for (const sourceNumber of ['SYN-00014', 'SYN-00015', 'SYN-00012']) {
    const row = (await queue()).rows.find((found) => found.sourceNumber === sourceNumber);
    expect([sourceNumber, row?.areaLabel]).toEqual([sourceNumber, areas.city.name]);
    expect((await server.as(people.dispatcherA, { url: `/api/v1/cases/${row!.id}` })).statusCode).toBe(404);
  }
  expect((await viewOf('SYN-00015')).allowed.map(({ id }) => id)).toContain('dispatch');
  expect((await queue()).rows.map((row) => row.sourceNumber)).not.toContain('SYN-00013');
  const placed = (await server.as(people.dispatcherA, { url: '/api/v1/cases?view=receiving' })).json<CasePage>();
  expect(placed.rows.map((row) => [row.sourceNumber, row.areaLabel])).toEqual([['SYN-00013', areas.gridA12.name]]);
});

test('a limit that was to come when its row was imported, and then ran out, is told once', async () => {
  server.deps.clock.set('2027-01-15T21:59:59.999Z');
  expect(await tellDue(server.deps)).toBe(0);
  server.deps.clock.set('2027-01-15T22:00:00.000Z');
  expect(await tellDue(server.deps)).toBe(1);
  expect(await tellDue(server.deps)).toBe(0);
  await settle();
  expect(await notices()).toBeGreaterThan(0);
  server.deps.clock.advance(1000);
  expect((await viewOf('SYN-00007')).clocks[0]).toMatchObject({ dueAt: '2027-01-15T22:00:00.000Z', light: 'red' });
});
