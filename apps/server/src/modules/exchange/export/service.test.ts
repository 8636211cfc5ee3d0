import { fillCases, workThrough } from '@tongxin/testing/long-list.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { POST_HEADER } from '../../../platform/access-plugin/caller.ts';
import { startJob } from '../../../platform/jobs/jobs.ts';
import { settleJobs, sweepJobs } from '../../../platform/jobs/worker.ts';
import { withScope } from '../../../platform/tx/tx.ts';
import type { JobView } from '../present.ts';

const { people, organizations } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  await fillCases(server, 10_000);
});
afterAll(() => server.close());

const ask = (caller: Caller, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method: 'POST', body }), headers });
const jobOf = async (caller: Caller, id: string): Promise<JobView> => (await ask(caller, `/jobs/${id}`)).json();
const begin = async (caller: Caller, body: object): Promise<JobView> => {
  const answer = await ask(caller, '/exports', { id: v7(), source: 'cases', format: 'csv', ...body });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const exported = async (caller: Caller, body: object): Promise<{ job: JobView; bytes: Buffer }> => {
  const { id } = await begin(caller, body);
  await workThrough(server);
  const job = await jobOf(caller, id);
  expect([job.status, job.problem]).toEqual(['done', undefined]);
  return { job, bytes: (await ask(caller, `/jobs/${id}/file`)).rawPayload };
};
const table = (bytes: Buffer): Record<string, string>[] => parse(bytes, { bom: true, columns: true });

describe('who takes a list along', () => {
  test('gets the rows that the list shows, of no other area, and nobody else gets the file', async () => {
    const { job, bytes } = await exported(people.dispatcherA, { filter: { view: 'area' } });
    const rows = table(bytes);
    expect(rows).toHaveLength(9001);
    expect(new Set(rows.map((row) => row.镇街))).toEqual(new Set(['甲镇']));
    expect(job).toMatchObject({ done: 9001, total: 9001, result: { rows: 9001 } });
    for (const other of [people.dispatcherB, people.handlerA, people.residentA])
      for (const path of [`/jobs/${job.id}`, `/jobs/${job.id}/file`]) expect((await ask(other, path)).statusCode).toBe(404);
    expect((await ask('anonymous', `/jobs/${job.id}`)).statusCode).toBe(401);
  });
  test('whoever sees nothing of an area gets an empty table of it, with its header', async () => {
    const { bytes } = await exported(people.handlerB, { filter: { areaId: WORLD.areas.townA.areaId } });
    expect(bytes.toString('utf8').split('\r\n')).toHaveLength(2);
  });
  test('a job that waits while its starter loses the post brings no row', async () => {
    const { id } = await begin(people.dispatcherB, { filter: { view: 'area' } });
    const { maintenance } = server.db.pools;
    const end = (day: string | null) =>
      maintenance.query('update post_holding set valid_to = $2 where person_id = $1', [people.dispatcherB.personId, day]);
    await end('2020-01-01');
    await workThrough(server);
    expect(await jobOf(people.dispatcherB, id)).toMatchObject({ status: 'failed', problem: 'missingCapability' });
    await end(null);
    expect((await ask(people.dispatcherB, `/jobs/${id}/retry`, {})).statusCode).toBe(200);
    await workThrough(server);
    expect(await jobOf(people.dispatcherB, id)).toMatchObject({ status: 'done', result: { rows: 1001 } });
  });
  test('of several posts, a job reads by the one chosen when it was asked for; once that is over it fails rather than read by another', async () => {
    const { maintenance } = server.db.pools;
    const caller = people.dispatcherA2;
    const { postId } = people.dispatcherB.posts[0]!;
    const holding = [v7(), postId, caller.personId];
    await maintenance.query(
      `insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-02-01')`,
      holding,
    );
    const body = { source: 'cases', format: 'csv', filter: { view: 'area' } };
    const started = async (by: string): Promise<string> => {
      const answer = await ask(caller, '/exports', { id: v7(), ...body }, { [POST_HEADER]: by });
      expect(answer.statusCode, answer.body).toBe(201);
      return answer.json().id;
    };
    const there = await started(postId);
    await workThrough(server);
    const rows = table((await ask(caller, `/jobs/${there}/file`)).rawPayload);
    expect(new Set(rows.map((row) => row.镇街))).toEqual(new Set(['乙镇']));
    const late = await started(postId);
    await maintenance.query('delete from post_holding where holding_id = $1', [holding[0]]);
    await workThrough(server);
    expect(await jobOf(caller, late)).toMatchObject({ status: 'failed', problem: 'postNotYours' });
    const own = table((await exported(caller, { filter: { view: 'area' } })).bytes);
    expect(new Set(own.map((row) => row.镇街))).toEqual(new Set(['甲镇']));
  });
  test('residents take no cases along, and unknown columns, forms and empty purposes are refused before anything is queued', async () => {
    const refused = async (caller: Caller, body: object) => {
      const answer = await ask(caller, '/exports', { id: v7(), source: 'cases', format: 'csv', ...body });
      return [answer.statusCode, answer.json().code];
    };
    expect(await refused(people.residentA, {})).toEqual([403, 'missingCapability']);
    expect(await refused(people.dispatcherA, { columns: ['state'] })).toEqual([422, 'unknownColumn']);
    expect(await refused(people.dispatcherA, { columns: ['reporterName'] })).toEqual([422, 'purposeMissing']);
    expect(await refused(people.leaderA, { columns: ['reporterName'], purpose: '了解情况' })).toEqual([403, 'missingCapability']);
    expect(await refused(people.dispatcherA, { source: 'areas', format: 'geojson' })).toEqual([422, 'formatUnfit']);
  });
});

describe('words and names', () => {
  test('text is masked; names and telephones come for a purpose, for few, and every reading is logged', async () => {
    const { bytes } = await exported(people.dispatcherA, {
      filter: { areaId: WORLD.areas.gridA11.areaId },
      columns: ['number', 'text'],
    });
    expect(bytes.toString('utf8')).toContain('小区门口路灯不亮，联系电话139********');
    expect(bytes.toString('utf8')).not.toContain('13912345678');
    const purpose = '电话核实地点';
    const named = { columns: ['number', 'reporterName', 'reporterPhone'], purpose };
    const { id } = await begin(people.dispatcherA, { ...named, filter: { view: 'area' } });
    await workThrough(server);
    expect(await jobOf(people.dispatcherA, id)).toMatchObject({ status: 'failed', problem: 'tooManyNamed' });
    const { rows: none } = await server.db.pools.maintenance.query('select 1 from person_access');
    expect(none).toEqual([]);
    const { rows: filed } = await server.db.pools.maintenance.query<{ number: string }>("select number from cases where number like 'GD%'");
    for (const { number } of filed) {
      const some = await exported(people.dispatcherA, { ...named, filter: { q: number } });
      for (const row of table(some.bytes)) expect(row).toMatchObject({ 诉求人姓名: '陈某', 诉求人电话: '13800138000' });
    }
    const { rows: read } = await server.db.pools.maintenance.query('select purpose, fields, reader_person_id as reader from person_access');
    expect(read).toEqual([{ purpose, fields: ['name', 'phone'], reader: people.dispatcherA.personId }]);
  });
});

describe('formats', () => {
  test('a workbook of ten thousand rows has types, widths, a frozen header and a filter, and nothing in it runs', async () => {
    const { bytes } = await exported(people.hotlineDispatcher, { format: 'xlsx', filter: { view: 'area' } });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0]!;
    expect(sheet.rowCount).toBe(10_003);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.autoFilter).toBeTruthy();
    const header = (sheet.getRow(1).values as string[]).slice(1);
    const at = (name: string): number => header.indexOf(name) + 1;
    expect(sheet.getColumn(at('标题')).width).toBe(44);
    const row = sheet.getRow(500);
    expect(row.getCell(at('上报时间')).value).toBeInstanceOf(Date);
    expect(row.getCell(at('上报时间')).numFmt).toBe('yyyy-mm-dd hh:mm');
    const titles: unknown[] = [];
    sheet.getColumn(at('标题')).eachCell((cell) => titles.push(cell.value));
    expect(titles).toContain('=HYPERLINK("http://x")');
    expect(titles.every((title) => typeof title === 'string')).toBe(true);
    expect(titles.some((title) => String(title).endsWith('号𠮷'))).toBe(true);
  });
  test('in a table of words what a spreadsheet would run is made words', async () => {
    const { bytes } = await exported(people.dispatcherA, { filter: { view: 'area' }, columns: ['number', 'title', 'days'] });
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows = table(bytes);
    expect(rows.filter((row) => row.标题!.startsWith("'="))).not.toEqual([]);
    expect(rows.filter((row) => /^[=+@-]/u.test(row.标题!))).toEqual([]);
    expect(new Set(rows.map((row) => row.办理天数))).toEqual(new Set(['', '1.5']));
  });
  test('GeoJSON has a point for each case that has one', async () => {
    const { bytes } = await exported(people.dispatcherA, { format: 'geojson', filter: { areaId: WORLD.areas.gridA11.areaId } });
    const { features } = JSON.parse(bytes.toString('utf8')) as { features: { geometry: { coordinates: number[] }; properties: object }[] };
    expect(features.length).toBeGreaterThan(0);
    expect(features[0]!.geometry.coordinates).toEqual([expect.closeTo(WORLD.points.inA11.lon), expect.closeTo(WORLD.points.inA11.lat)]);
  });
  test('a list within a box on the map is what the box holds, and of that only what maps show', async () => {
    const { lon, lat } = WORLD.points.inA11;
    const bbox = [lon - 0.0001, lat - 0.0001, lon + 0.0001, lat + 0.0001].join(',');
    const filter = { areaId: WORLD.areas.gridA11.areaId, bbox };
    const within = async () => table((await exported(people.dispatcherA, { filter })).bytes).map((row) => row.工单编号!);
    const shown = await within();
    expect(shown.length).toBeGreaterThan(0);
    const hide = (hidden: boolean) =>
      server.db.pools.maintenance.query('update cases set reporter_protected = $2, respondent_organization_id = $3 where number = $1', [
        shown[0],
        hidden,
        hidden ? organizations.propertyA.organizationId : null,
      ]);
    await hide(true);
    expect(await within()).toEqual(shown.slice(1));
    await hide(false);
    const nowhere = { ...filter, bbox: '113.3,22.1,113.31,22.11' };
    expect(table((await exported(people.dispatcherA, { filter: nowhere })).bytes)).toEqual([]);
  });
  test.each(['areas', 'organizations', 'posts', 'dutyItems', 'categories', 'facilities', 'shifts'])(
    'the register %s goes both ways',
    async (source) => {
      const csv = await exported(people.handlerA, { source });
      const { bytes } = await exported(people.handlerA, { source, format: 'xlsx' });
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
      expect(workbook.worksheets[0]!.rowCount - 1).toBe(table(csv.bytes).length);
      if (source === 'organizations') expect(csv.bytes.toString('utf8')).toContain(organizations.bodyA.name.zh);
    },
  );
});

describe('a download', () => {
  test('goes on from any byte as long as it is the same file', async () => {
    const { job, bytes } = await exported(people.dispatcherA, { filter: { view: 'area' } });
    const path = `/jobs/${job.id}/file`;
    const whole = await ask(people.dispatcherA, path);
    const etag = whole.headers.etag as string;
    expect(whole.headers['content-length']).toBe(String(bytes.length));
    const rest = await ask(people.dispatcherA, path, undefined, { range: 'bytes=1000-', 'if-range': etag });
    expect([rest.statusCode, rest.headers['content-range']]).toEqual([206, `bytes 1000-${bytes.length - 1}/${bytes.length}`]);
    expect(rest.rawPayload.equals(bytes.subarray(1000))).toBe(true);
    const last = await ask(people.dispatcherA, path, undefined, { range: 'bytes=-10' });
    expect(last.rawPayload.equals(bytes.subarray(-10))).toBe(true);
    const other = await ask(people.dispatcherA, path, undefined, { range: 'bytes=1000-', 'if-range': '"other"' });
    expect([other.statusCode, other.rawPayload.length]).toEqual([200, bytes.length]);
    const beyond = await ask(people.dispatcherA, path, undefined, { range: `bytes=${bytes.length}-` });
    expect([beyond.statusCode, beyond.json().code]).toEqual([416, 'rangeUnfit']);
  });
  test('is over when its time is over, and its bytes are gone', async () => {
    const { job } = await exported(people.dispatcherA, { source: 'areas' });
    server.deps.clock.set('2026-10-20T00:00:00.000Z');
    await sweepJobs(server.deps);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
    const gone = await ask(people.dispatcherA, `/jobs/${job.id}/file`);
    expect([gone.statusCode, gone.json().code]).toEqual([410, 'fileGone']);
  });
});

describe('a job', () => {
  test('of the same id is the same job; another under that id, a fourth at a time and a stop are answered as such', async () => {
    const body = { id: v7(), source: 'areas', format: 'csv' };
    expect((await ask(people.handlerA, '/exports', body)).statusCode).toBe(201);
    expect((await ask(people.handlerA, '/exports', body)).json()).toMatchObject({ id: body.id, status: 'waiting' });
    expect((await ask(people.handlerA, '/exports', { ...body, format: 'xlsx' })).json()).toMatchObject({ code: 'idTaken' });
    for (const id of [v7(), v7()]) expect((await ask(people.handlerA, '/exports', { ...body, id })).statusCode).toBe(201);
    expect((await ask(people.handlerA, '/exports', { ...body, id: v7() })).json()).toMatchObject({ code: 'tooManyJobs' });
    expect((await ask(people.handlerA, `/jobs/${body.id}/cancel`, {})).json()).toMatchObject({ status: 'cancelled' });
    await workThrough(server);
    expect(await jobOf(people.handlerA, body.id)).toMatchObject({ status: 'cancelled' });
    const { rows } = await server.db.pools.maintenance.query("select 1 from service_session where note like 'job: %'");
    expect(rows.length).toBeLessThanOrEqual(1);
  });

  test('that fails by surprise is tried again; a stop while it runs is heard', async () => {
    let tries = 0;
    const flaky = {
      name: 'flaky',
      run: async () => {
        tries += 1;
        if (tries === 1) throw new Error('surprise');
        return {};
      },
    };
    const endless = {
      name: 'endless',
      run: ({ signal }: { signal: AbortSignal }) =>
        new Promise<never>((_, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error))),
    };
    const start = (kind: string, id: string) =>
      withScope(server.deps.pools.app, people.leaderA.who, (scope) => startJob(server.deps, scope, { id, kind, input: {}, about: {} }));
    const [first, second] = [v7(), v7()];
    await start('flaky', first);
    await settleJobs(server.deps, [flaky, endless]);
    expect(await jobOf(people.leaderA, first)).toMatchObject({ status: 'waiting' });
    await server.db.pools.maintenance.query('update graphile_worker._private_jobs set run_at = now() where key = $1', [first]);
    await settleJobs(server.deps, [flaky, endless]);
    expect([tries, (await jobOf(people.leaderA, first)).status]).toEqual([2, 'done']);
    await start('endless', second);
    const running = settleJobs(server.deps, [endless]);
    while ((await jobOf(people.leaderA, second)).status !== 'running') await new Promise((done) => setTimeout(done, 50));
    // Nobody takes over what somebody has in hand.
    expect(await sweepJobs(server.deps)).toBe(0);
    expect((await ask(people.leaderA, `/jobs/${second}/cancel`, {})).json()).toMatchObject({ stopping: true });
    await running;
    expect(await jobOf(people.leaderA, second)).toMatchObject({ status: 'cancelled' });
  });

  test('whose process was killed is begun again, and comes to the same end', async () => {
    const { id } = await begin(people.dispatcherA, { filter: { view: 'area' } });
    const { maintenance } = server.db.pools;
    await maintenance.query("update job set status = 'running', attempt = 1 where job_id = $1", [id]);
    await maintenance.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = 'gone', attempts = 1 where key = $1", [
      id,
    ]);
    await workThrough(server);
    expect(await jobOf(people.dispatcherA, id)).toMatchObject({ status: 'running' });
    expect(await sweepJobs(server.deps)).toBe(1);
    await workThrough(server);
    expect(await jobOf(people.dispatcherA, id)).toMatchObject({ status: 'done', result: { rows: 9001 } });
  });
});
