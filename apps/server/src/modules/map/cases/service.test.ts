import { placeKeyOf } from '@tongxin/domain/map/rules.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featuresIn, tilePath } from '../build.ts';

/** Copies of one lamp, spread over both towns: enough that a plan is chosen for its cost. */
const COPIES = 6_000;
let server: TestServer;
let admin: pg.Client;

const MIDDLE = [113.2, 22.1] as const;
const tile = (caller: Caller, path: string, query = '') =>
  server.as(caller, { url: `/api/v1/map/tiles/cases/${path}.mvt${query && `?${query}`}`, headers: { 'accept-encoding': 'identity' } });
/** Everything a reader is shown of all tiles of a zoom around the two towns, by layer. */
const sweep = async (caller: Caller, zoom: number, layer: 'cells' | 'cases', query = '') => {
  const paths = new Set<string>();
  for (let lon = 113; lon <= 113.4; lon += 0.02) for (let lat = 22; lat <= 22.2; lat += 0.02) paths.add(tilePath(lon, lat, zoom));
  const found: Readonly<Record<string, unknown>>[] = [];
  for (const path of paths) {
    const answer = await tile(caller, path, query);
    expect(answer.statusCode, answer.body).toBe(200);
    found.push(...featuresIn(answer.rawPayload, layer));
  }
  return found;
};
const sumOf = (features: readonly Readonly<Record<string, unknown>>[], what = 'n'): number =>
  features.reduce((sum, feature) => sum + Number(feature[what]), 0);
const counts = async (caller: Caller, query = '') => (await server.as(caller, { url: `/api/v1/map/counts${query && `?${query}`}` })).json();
const listed = async (caller: Caller, query: string): Promise<number> =>
  (await server.as(caller, { url: `/api/v1/cases?${query}&limit=1&count=true` })).json().count.n;

beforeAll(async () => {
  server = await testServer();
  const { people, points, categories, areas, organizations } = server.world;
  const id = v7();
  const filed = await server.as(people.dispatcherA, {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text: '路灯不亮', demandKind: 'help', categoryId: categories.lamp, point: points.inA11 },
  });
  expect(filed.statusCode, filed.body).toBe(201);
  admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ column_name: string }>(
    "select column_name from information_schema.columns where table_name = 'cases' and is_generated = 'NEVER' order by ordinal_position",
  );
  // Two in three lie in town A, every seventh is late, nine in ten have ended, every hundredth is confidential.
  const inB = 'n % 3 = 0';
  const varied: Readonly<Record<string, string>> = {
    case_id: 'gen_random_uuid()',
    number: "'X' || n",
    lon: `case when ${inB} then 113.2 else 113.0 end + 0.001 + (n * 37 % 198) / 1000.0`,
    lat: '22.001 + (n * 53 % 98) / 1000.0',
    town_id: `case when ${inB} then '${areas.townB.areaId}'::uuid else '${areas.townA.areaId}'::uuid end`,
    community_id: `case when ${inB} then '${areas.communityB1.areaId}'::uuid else '${areas.communityA1.areaId}'::uuid end`,
    grid_id: `case when ${inB} then '${areas.gridB11.areaId}'::uuid else '${areas.gridA11.areaId}'::uuid end`,
    lead_organization_id: `case when n % 50 = 1 then '${organizations.bodyA.organizationId}'::uuid end`,
    receiving_organization_id: 'null',
    participant_ids: "'{}'",
    light: "case when n % 7 = 0 then 'red' else 'green' end",
    confidential: 'n % 100 = 0',
    created_at: "c.created_at - (n % 40) * interval '1 day'",
    ended_at: 'case when n % 10 > 0 then c.updated_at end',
  };
  const names = rows.map((row) => row.column_name);
  await admin.query(
    `insert into cases (${names.join(', ')}) select ${names.map((name) => varied[name] ?? `c.${name}`).join(', ')}
     from cases c, generate_series(1, ${COPIES}) n where c.case_id = $1`,
    [id],
  );
  await admin.query('vacuum analyze cases');
});
afterAll(async () => {
  await admin?.end();
  await server?.close();
});

describe('a tile of cases', () => {
  it('is refused to strangers, outside the map, and for days that are none, the wrong way round or too many', async () => {
    const { dispatcherA } = server.world.people;
    const path = tilePath(...MIDDLE, 12);
    expect((await tile('anonymous', path)).statusCode).toBe(401);
    expect((await tile(dispatcherA, '3/9/0')).json().code).toBe('noTile');
    for (const [query, code] of [
      ['show=filed', 'periodMissing'],
      ['show=filed&from=2026-09-30&to=2026-09-01', 'periodUnfit'],
      ['show=filed&from=2026-01-01&to=2026-09-01', 'periodUnfit'],
      ['from=2026-02-30', 'fieldUnfit'],
    ] as const)
      expect([query, (await tile(dispatcherA, path, query)).json().code]).toEqual([query, code]);
    expect((await tile(dispatcherA, path, 'light=blue')).statusCode).toBe(400);
  });

  it('holds for a dispatcher the open cases of the own town and of no other, at every zoom as many as the list', async () => {
    const { dispatcherA, dispatcherB } = server.world.people;
    const { townA, townB } = server.world.areas;
    for (const [who, town] of [
      [dispatcherA, townA],
      [dispatcherB, townB],
    ] as const) {
      const hidden = (await admin.query('select count(*)::int as n from cases where town_id = $1 and ended_at is null and confidential', [
        town.areaId,
      ])) as { rows: { n: number }[] };
      expect(hidden.rows[0]!.n).toBeGreaterThan(0);
      const expected = await listed(who, `areaId=${town.areaId}&open=true`);
      expect(expected).toBeGreaterThan(100);
      for (const zoom of [9, 11, 13]) expect([zoom, sumOf(await sweep(who, zoom, 'cells'))]).toEqual([zoom, expected]);
      const alone = await sweep(who, 14, 'cases');
      expect(alone).toHaveLength(expected);
      const { rows } = await admin.query<{ town_id: string }>('select distinct town_id from cases where case_id = any ($1)', [
        alone.map(({ id }) => id),
      ]);
      expect(rows).toEqual([{ town_id: town.areaId }]);
    }
  });

  it('tells how many are late, as the list does, and obeys stage, light, category and days of filing', async () => {
    const { dispatcherA } = server.world.people;
    const { townA } = server.world.areas;
    const at = `areaId=${townA.areaId}&open=true`;
    const cells = await sweep(dispatcherA, 12, 'cells');
    expect(sumOf(cells, 'late')).toBe(await listed(dispatcherA, `${at}&light=red`));
    const { rows: stages } = await admin.query<{ stage: string }>('select stage from cases limit 1');
    for (const query of ['light=red', `stage=${stages[0]!.stage}`, 'stage=closed', `categoryId=${server.world.categories.lamp}`])
      expect([query, sumOf(await sweep(dispatcherA, 12, 'cells', query))]).toEqual([query, await listed(dispatcherA, `${at}&${query}`)]);
    const { rows } = await admin.query<{ n: number }>(
      "select count(*)::int as n from cases where town_id = $1 and not confidential and filed_on between '2026-09-01' and '2026-09-07'",
      [townA.areaId],
    );
    const filed = await sweep(dispatcherA, 12, 'cells', 'show=filed&from=2026-09-01&to=2026-09-07');
    expect(sumOf(filed)).toBe(rows[0]!.n);
    // What has ended keeps its last light; it is not told as late.
    expect(filed.every((cell) => !('late' in cell))).toBe(true);
  });

  it('shows a handler what the own body leads, and a resident nothing', async () => {
    const { handlerA, residentA } = server.world.people;
    const { rows } = await admin.query<{ n: number }>(
      'select count(*)::int as n from cases where lead_organization_id = $1 and ended_at is null and not confidential',
      [server.world.organizations.bodyA.organizationId],
    );
    expect(sumOf(await sweep(handlerA, 11, 'cells'))).toBe(rows[0]!.n);
    expect(await sweep(residentA, 11, 'cells')).toEqual([]);
  });

  it('never shows a letter, nor a protected reporter’s case where a body is complained of', async () => {
    const { letterOfficerA, dispatcherA } = server.world.people;
    const { organizations } = server.world;
    await admin.query(
      "update cases set lead_organization_id = $1, confidential = true where case_id in (select case_id from cases where number in ('X10', 'X20'))",
      [organizations.lettersA.organizationId],
    );
    expect(await listed(letterOfficerA, 'view=organization')).toBe(2);
    expect(await sweep(letterOfficerA, 14, 'cases')).toEqual([]);
    const { rows } = await admin.query<{ case_id: string }>(
      `update cases set reporter_protected = true, respondent_organization_id = $1 where case_id =
        (select case_id from cases where town_id = $2 and ended_at is null and not confidential limit 1) returning case_id`,
      [organizations.propertyA.organizationId, server.world.areas.townA.areaId],
    );
    const seen = (await sweep(dispatcherA, 14, 'cases')).map(({ id }) => id);
    expect(seen).not.toContain(rows[0]!.case_id);
    await admin.query('update cases set reporter_protected = false, respondent_organization_id = null where case_id = $1', [
      rows[0]!.case_id,
    ]);
    expect((await sweep(dispatcherA, 14, 'cases')).map(({ id }) => id)).toContain(rows[0]!.case_id);
  });

  it('gathers what stands too close even there, with the number told', async () => {
    const { dispatcherA } = server.world.people;
    const [west, south] = [113.05, 22.05];
    const { rowCount } = await admin.query(
      `update cases set lon = $1, lat = $2 where town_id = $3 and ended_at is not null and case_id in
        (select case_id from cases where town_id = $3 and ended_at is not null and not confidential limit 700)`,
      [west, south, server.world.areas.townA.areaId],
    );
    expect(rowCount).toBe(700);
    await admin.query('update cases set ended_at = null where lon = $1 and lat = $2', [west, south]);
    const path = tilePath(west, south, 17);
    const answer = await tile(dispatcherA, path);
    expect(featuresIn(answer.rawPayload, 'cases')).toEqual([]);
    expect(sumOf(featuresIn(answer.rawPayload, 'cells'))).toBeGreaterThanOrEqual(700);
    await admin.query('update cases set ended_at = updated_at where lon = $1 and lat = $2', [west, south]);
  });

  it('numbers places as the database does', async () => {
    const places = [
      [113.38, 22.52],
      [-180, 85.06],
      [180, -90],
      [0, 0],
      [113.050_000_1, 22.049_999_9],
    ] as const;
    for (const [lon, lat] of places) {
      const { rows } = await admin.query<{ key: string }>('select place_key($1, $2) as key', [lon, lat]);
      expect([lon, lat, Number(rows[0]!.key)]).toEqual([lon, lat, placeKeyOf(lon, lat)]);
    }
  });
});

describe('the index of places', () => {
  it('holds all that a tile and a count ask', async () => {
    await admin.query('vacuum analyze cases');
    const plan = async (statement: string): Promise<string> => {
      const { rows } = await admin.query<{ 'QUERY PLAN': unknown }>(`explain (analyze, timing off, format json) ${statement}`);
      return JSON.stringify(rows[0]!['QUERY PLAN']);
    };
    const { townA } = server.world.areas;
    const where = async (open: boolean): Promise<string> => {
      const { rows } = await admin.query<{ words: string }>("select map_where($1, 'levels') as words", [open]);
      const values = [
        `'{${townA.areaId}}'::uuid[]`,
        "'{}'::uuid[]",
        "'2026-09-01'::date",
        "'2026-09-30'::date",
        'null::text',
        'null::text',
        'null::text',
      ];
      return values.reduce((words, value, i) => words.replaceAll(`$${i + 1}`, value), rows[0]!.words);
    };
    const range = 'c.place_key >= 0 and c.place_key < 2::bigint ^ 40';
    const tileOfOpen = await plan(
      `select c.place_key >> 12, count(*), count(*) filter (where c.light = 'red'), avg(c.lon) from cases c where ${range} and ${await where(true)} group by 1`,
    );
    expect(tileOfOpen).toMatch(/"Node Type":"Index Only Scan"[^}]*"Index Name":"cases_map_open"/u);
    const tileOfFiled = await plan(
      `select c.place_key >> 12, count(*), avg(c.lon) from cases c where ${range} and ${await where(false)} group by 1`,
    );
    expect(tileOfFiled).toMatch(/"Node Type":"Index Only Scan"[^}]*"Index Name":"cases_map_filed"/u);
  });
});

describe('a tile, for a post at a dedicated grid', () => {
  it('holds what lies in that grid, gathered and alone, and nothing of the town around', async () => {
    const { gridWorkerB, leaderA } = server.world.people;
    const { schoolA, townA } = server.world.areas;
    const [{ case_id, lon, lat }] = (
      await admin.query<{ case_id: string; lon: number; lat: number }>(
        'select case_id, lon, lat from cases where town_id = $1 and mapped and ended_at is null order by case_id limit 1',
        [townA.areaId],
      )
    ).rows as [{ case_id: string; lon: number; lat: number }];
    await admin.query('update cases set overlay_ids = $2 where case_id = $1', [case_id, [schoolA.areaId]]);
    const at = (postId: string, areaId: string) => admin.query('update post set area_id = $2 where post_id = $1', [postId, areaId]);
    const { postId, areaId: before } = gridWorkerB.posts[0]!;
    await at(postId, schoolA.areaId);
    expect(sumOf(featuresIn((await tile(gridWorkerB, tilePath(lon, lat, 11))).rawPayload, 'cells'))).toBe(1);
    const alone = featuresIn((await tile(gridWorkerB, tilePath(lon, lat, 16))).rawPayload, 'cases');
    expect(alone.map(({ id }) => id)).toEqual([case_id]);
    expect((await counts(gridWorkerB)).total.n).toBe(1);
    await at(postId, before);
    // Whoever sees the town finds the grid too.
    expect((await counts(leaderA, `areaId=${schoolA.areaId}`)).total.n).toBe(1);
  });
});

describe('counts by area', () => {
  it('are the list’s own, by what lies below, with what is late and what came today', async () => {
    const { dispatcherA } = server.world.people;
    const { townA, city, communityA1 } = server.world.areas;
    const { area, path, rows, total, elsewhere } = await counts(dispatcherA);
    expect([area.id, path.map(({ id }: { id: string }) => id)]).toEqual([townA.areaId, [city.areaId]]);
    expect(area.bounds).toEqual([...townA.bbox]);
    expect(rows.map(({ id }: { id: string }) => id)).toEqual([communityA1.areaId, server.world.areas.communityA2.areaId]);
    expect(rows[0].n).toBe(await listed(dispatcherA, `areaId=${communityA1.areaId}&open=true`));
    expect(rows[0].late).toBe(await listed(dispatcherA, `areaId=${communityA1.areaId}&open=true&light=red`));
    expect(total.n).toBe(rows[0].n + rows[1].n + elsewhere.n);
    const { rows: today } = await admin.query<{ n: number }>(
      "select count(*)::int as n from cases where town_id = $1 and not confidential and filed_on = '2026-09-30'",
      [townA.areaId],
    );
    expect(total.today).toBe(today[0]!.n);
  });

  it('of a grid are its own, and of an area out of sight are zeros', async () => {
    const { dispatcherA } = server.world.people;
    const { gridA11, townB } = server.world.areas;
    const grid = await counts(dispatcherA, `areaId=${gridA11.areaId}`);
    expect([grid.rows, grid.total.n]).toEqual([[], await listed(dispatcherA, `areaId=${gridA11.areaId}&open=true`)]);
    expect((await counts(dispatcherA, `areaId=${townB.areaId}`)).total).toEqual({ n: 0, late: 0, today: 0 });
    expect((await counts(dispatcherA, `areaId=${v7()}`)).code).toBe('unknownArea');
    expect((await counts(server.world.people.residentA)).code).toBe('areaMissing');
  });
});
