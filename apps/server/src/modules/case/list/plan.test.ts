import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { send, withScope } from '../../../platform/tx/tx.ts';
import { sendMaterial } from '../repo.ts';
import { type Anchor, type ListFilter, listQuery } from './repo.ts';

/** Rows are read in the order of an index and no further than the page: what a list costs does not grow with the cases of the city. */
const CASES = 20_000;
let server: TestServer;

interface Node {
  'Node Type': string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Recheck Cond'?: string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
}

beforeAll(async () => {
  server = await testServer();
  const { people, points, categories, areas } = server.world;
  const id = v7();
  const filed = await server.as(people.dispatcherA, {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text: '路灯不亮', demandKind: 'help', categoryId: categories.lamp, point: points.inA11 },
  });
  expect(filed.statusCode, filed.body).toBe(201);
  const admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ column_name: string }>(
    "select column_name from information_schema.columns where table_name = 'cases' and is_generated = 'NEVER' order by ordinal_position",
  );
  const varied: Readonly<Record<string, string>> = {
    case_id: 'gen_random_uuid()',
    number: "'X' || n",
    updated_at: "c.updated_at - n * interval '1 minute'",
    town_id: `case when n % 3 = 0 then '${areas.townB.areaId}'::uuid else c.town_id end`,
    community_id: `case when n % 3 = 0 then '${areas.communityB1.areaId}'::uuid when n % 3 = 1 then '${areas.communityA2.areaId}'::uuid else c.community_id end`,
    grid_id: `case when n % 3 = 0 then '${areas.gridB11.areaId}'::uuid when n % 3 = 1 then '${areas.gridA21.areaId}'::uuid else c.grid_id end`,
    lead_organization_id: `case when n % 2 = 0 then '${server.world.organizations.bodyA.organizationId}'::uuid else '${server.world.organizations.bodyB.organizationId}'::uuid end`,
    handler_id: `case when n % 20 = 0 then '${people.handlerA.personId}'::uuid end`,
    ended_at: 'case when n % 10 > 0 then c.updated_at end',
    overall_due_at: "case when n % 50 > 0 then c.updated_at + n * interval '1 minute' end",
    dispatcher_id: `case when n % 4 = 0 then '${people.dispatcherA.personId}'::uuid end`,
    overlay_ids: `case when n % 200 = 0 then array['${areas.schoolA.areaId}'::uuid] else '{}' end`,
    lon: '113.0 + (n % 200) / 1000.0',
    lat: '22.0 + (n / 200) / 1000.0',
    marks: "case when n % 100 = 0 then '{instructed}'::text[] else '{}' end",
  };
  const names = rows.map((row) => row.column_name);
  await admin.query(
    `insert into cases (${names.join(', ')}) select ${names.map((name) => varied[name] ?? `c.${name}`).join(', ')}
     from cases c, generate_series(1, ${CASES}) n where c.case_id = $1`,
    [id],
  );
  await admin.query('vacuum analyze cases');
  await admin.end();
});
afterAll(() => server.close());

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const planOf = (filter: ListFilter): Promise<Node[]> =>
  withScope(server.deps.pools.app, server.world.people.dispatcherA.who, async (scope) => {
    const { rows } = await send(
      scope.client,
      sql<{ 'QUERY PLAN': [{ Plan: Node }] }>`explain (analyze, timing off, format json) ${listQuery(filter)}`,
    );
    return nodesOf(rows[0]!['QUERY PLAN'][0].Plan);
  });

/** The way the page was read: which index, whether anything was sorted, and how many rows were looked at. */
const wayOf = async (filter: ListFilter) => {
  const nodes = await planOf(filter);
  const onCases = nodes.filter((node) => node['Relation Name'] === 'cases');
  return {
    index: onCases.map((node) => node['Index Name'] ?? node['Node Type']),
    sorted: nodes.some((node) => /Sort/u.test(node['Node Type'])),
    looked: Math.max(...onCases.map((node) => node['Actual Rows'] * node['Actual Loops'] + (node['Rows Removed by Filter'] ?? 0))),
  };
};

const { areas, organizations, people } = WORLD;
const walks: [string, Anchor, string][] = [
  ['of the city', { by: 'city', id: areas.city.areaId }, 'cases_city'],
  ['of a town', { by: 'town', id: areas.townA.areaId }, 'cases_town'],
  ['of a community', { by: 'community', id: areas.communityA1.areaId }, 'cases_community'],
  ['of a grid', { by: 'grid', id: areas.gridA11.areaId }, 'cases_grid'],
  ['of the body that handles', { by: 'lead', id: organizations.bodyA.organizationId }, 'cases_lead'],
  ['of the body that receives', { by: 'receiving', id: organizations.centreA.organizationId }, 'cases_receiving'],
  ['of a handler', { by: 'handler', id: people.handlerA.personId }, 'cases_handler'],
];

describe('a list', () => {
  const deep = { at: '2026-09-24T00:00:00.000Z', caseId: '00000000-0000-7000-8000-000000000000' };
  test.each(walks)('%s is read along its own index, first page and deep page alike', async (_what, anchor, index) => {
    for (const after of [undefined, deep]) {
      const way = await wayOf({ anchor, limit: 51, ...(after ? { after } : {}) });
      expect({ ...way, looked: way.looked <= 160 }).toEqual({ index: [index], sorted: false, looked: true });
    }
  });
  test.each([
    ['a town', { by: 'town', id: areas.townA.areaId }, 'cases_instructed_town'],
    ['the city', { by: 'city', id: areas.city.areaId }, 'cases_instructed_city'],
    ['a body', { by: 'lead', id: organizations.bodyA.organizationId }, 'cases_instructed_lead'],
  ] as [string, Anchor, string][])('of what leaders instructed in %s looks at nothing else', async (_what, anchor, index) => {
    const way = await wayOf({ anchor, mark: 'instructed', limit: 51 });
    expect({ ...way, looked: way.looked <= 160 }).toEqual({ index: [index], sorted: false, looked: true });
  });
  test.each([
    ['stage', { stage: 'objected' }, 'cases_stage_city'],
    ['light', { light: 'paused' }, 'cases_light_city'],
    ['channel', { channel: 'media' }, 'cases_channel_city'],
    ['category', { categoryId: 'none.such' }, 'cases_category_city'],
  ] as [string, Partial<ListFilter>, string][])(
    'of the city, of a %s that few or none have, looks at nothing else',
    async (_what, narrowed, index) => {
      for (const after of [undefined, deep]) {
        const way = await wayOf({ anchor: { by: 'city', id: areas.city.areaId }, ...narrowed, limit: 51, ...(after ? { after } : {}) });
        expect({ ...way, looked: way.looked <= 160 }).toEqual({ index: [index], sorted: false, looked: true });
      }
    },
  );
  test('narrowed in two ways is planned for what it is asked, however often it was asked for something else', async () => {
    // A process prepares so many texts and no more; here none was prepared before.
    vi.resetModules();
    const fresh = await import('./repo.ts');
    const asked: pg.QueryConfig[] = [];
    const recorder = { query: async (statement: pg.QueryConfig) => void asked.push(statement) } as unknown as pg.PoolClient;
    const city: Anchor = { by: 'city', id: areas.city.areaId };
    await fresh.sendList(recorder, { anchor: city, light: 'green', limit: 51 });
    await fresh.sendList(recorder, { anchor: city, stage: 'closed', light: 'green', limit: 51 });
    await fresh.sendCount(recorder, { anchor: city, categoryId: 'none.such', channel: 'media', limit: 51 });
    // A prepared text is planned for its values five times; then PostgreSQL may take one plan for all values.
    expect(asked.map(({ name }) => name !== undefined)).toEqual([true, false, false]);
  });
  test('of a dedicated grid looks at what lies in it, and at nothing else', async () => {
    const nodes = await planOf({ anchor: { by: 'overlay', id: areas.schoolA.areaId }, limit: 51 });
    expect(nodes.map((node) => node['Index Name']).filter(Boolean)).toEqual(['cases_overlay']);
    expect(nodes.find((node) => node['Relation Name'] === 'cases')!['Actual Rows']).toBeLessThanOrEqual(100);
  });
  test('of what somebody gave out is read along its own index', async () => {
    const way = await wayOf({ anchor: { by: 'dispatcher', id: people.dispatcherA.personId }, limit: 51 });
    expect({ ...way, looked: way.looked <= 160 }).toEqual({ index: ['cases_dispatcher'], sorted: false, looked: true });
  });
  test('of what is open looks at the ended ones between, and no further', async () => {
    const way = await wayOf({ anchor: { by: 'town', id: areas.townA.areaId }, open: true, limit: 51 });
    expect({ ...way, looked: way.looked <= 1200 }).toEqual({ index: ['cases_town'], sorted: false, looked: true });
  });
  test('of a small box on the map looks at what is open there, by the index of places', async () => {
    const city: Anchor = { by: 'city', id: areas.city.areaId };
    const box = [113.1, 22.05, 113.11, 22.06] as const;
    const nodes = await planOf({ anchor: city, box, open: true, limit: 51 });
    expect(nodes.map((node) => node['Index Name']).filter(Boolean)).toContain('cases_map_open');
    const whole = nodes.find((node) => node['Relation Name'] === 'cases')!;
    expect(whole['Actual Rows'] + (whole['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(60);
    // Of one day either way is short; PostgreSQL 15 takes the city's latest changes, and then looks at that day's and no more.
    const filed = await planOf({ anchor: city, box, filed: { from: '2026-09-29T16:00:00.000Z' }, limit: 51 });
    const days = filed.find((node) => node['Relation Name'] === 'cases')!;
    const index = filed.map((node) => node['Index Name']).filter(Boolean);
    expect(index).toContain(inject('postgres').major > 15 || index.includes('cases_map_filed') ? 'cases_map_filed' : 'cases_city');
    expect(days['Actual Rows'] + (days['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(1500);
  });
  test('of a box that holds the city is read in the list’s own order', async () => {
    const box = [112, 21, 114, 23] as const;
    const way = await wayOf({ anchor: { by: 'city', id: areas.city.areaId }, box, limit: 51 });
    expect({ ...way, looked: way.looked <= 160 }).toEqual({ index: ['cases_city'], sorted: false, looked: true });
  });
});

describe('a view of one case', () => {
  test('finds everything it is made of by the case’s own keys', async () => {
    const { rows } = await server.db.pools.maintenance.query<{ case_id: string }>('select case_id from cases limit 1');
    const texts: pg.QueryConfig[] = [];
    const recorder = { query: async (statement: pg.QueryConfig) => void texts.push(statement) } as unknown as pg.PoolClient;
    await Promise.all(sendMaterial(recorder, rows[0]!.case_id));
    await withScope(server.deps.pools.app, server.world.people.dispatcherA.who, async ({ client }) => {
      // These tables hold a row or two here, which a planner may rather read whole: what is asked is whether a key is there to go by.
      await client.query('set local enable_seqscan = off');
      for (const { text, values } of texts) {
        const { rows: plan } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(`explain (format json) ${text}`, values as unknown[]);
        const walked = nodesOf(plan[0]!['QUERY PLAN'][0].Plan).filter((node) => node['Relation Name']);
        const byNoKey = walked.filter((node) => !(node['Index Cond'] ?? node['Recheck Cond'])?.includes('_id = '));
        expect(byNoKey.map((node) => [node['Node Type'], node['Relation Name']])).toEqual([]);
      }
    });
    expect(texts).toHaveLength(6);
  });
});

describe('a list by what is due next', () => {
  // Of a few hundred open cases a planner may as well sort all: what is asked is what it does with many.
  beforeAll(async () => {
    const admin = new pg.Client({ connectionString: server.db.adminUrl });
    await admin.connect();
    await admin.query('update cases set ended_at = null');
    await admin.query('vacuum analyze cases');
    await admin.end();
  });
  const due: [string, Anchor, string][] = walks.map(([what, anchor, index]) => [what, anchor, index.replace('cases_', 'cases_due_')]);
  const deepDue = { at: '2026-10-02T00:00:00.000Z', caseId: '00000000-0000-7000-8000-000000000000' };
  test.each([...due, ['given out by somebody', { by: 'dispatcher', id: people.dispatcherA.personId }, 'cases_due_dispatcher'] as const])(
    '%s is read along its own index, first page and deep page alike',
    async (_what, anchor, index) => {
      for (const after of [undefined, deepDue]) {
        const way = await wayOf({ anchor, order: 'due', open: true, limit: 51, ...(after ? { after } : {}) });
        expect({ ...way, looked: way.looked <= 160 }).toEqual({ index: [index], sorted: false, looked: true });
      }
    },
  );
  test('of one day’s dues looks at that day', async () => {
    const way = await wayOf({
      anchor: { by: 'town', id: areas.townA.areaId },
      order: 'due',
      open: true,
      due: { from: '2026-10-02T16:00:00.000Z', before: '2026-10-03T16:00:00.000Z' },
      limit: 51,
    });
    expect({ ...way, looked: way.looked <= 160 }).toEqual({ index: ['cases_due_town'], sorted: false, looked: true });
  });
});
