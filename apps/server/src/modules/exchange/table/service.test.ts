import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseMap } from '@tongxin/domain/import/schema.ts';
import { workThrough } from '@tongxin/testing/long-list.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepTables } from './service.ts';

const { people } = WORLD;
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

interface Taken {
  readonly id: string;
  readonly header: string[];
  readonly samples: string[][];
  readonly map?: CaseMap;
  readonly remembered: boolean;
}
interface Ended {
  readonly status: string;
  readonly problem?: string;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly detail?: {
    rejected: { line: number; code: string }[];
    conflicts: { line: number; key: string; seen: boolean; fields: object[] }[];
  };
  readonly file?: { name: string };
}
const bring = (caller: Caller, id: string, words: string | Buffer, name = '台账.csv') =>
  server.as(caller, {
    method: 'PUT',
    url: `/api/v1/uploads/${id}`,
    body: Buffer.from(words),
    headers: { 'content-type': 'text/csv', 'x-name': encodeURIComponent(name) },
  });
const taken = async (words: string): Promise<Taken> => {
  const answer = await bring(people.administrator, v7(), words);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const post = (caller: Caller, path: string, body: object) => server.as(caller, { method: 'POST', url: `/api/v1${path}`, body });
const run = async ({ id: uploadId }: Taken, map: CaseMap, dryRun: boolean): Promise<Ended & { id: string }> => {
  const id = v7();
  const started = await post(people.administrator, '/imports', { id, uploadId, map, dryRun });
  expect(started.statusCode, started.body).toBe(201);
  await workThrough(server);
  return { ...(await server.as(people.administrator, { url: `/api/v1/jobs/${id}` })).json<Ended>(), id };
};
const cases = async (): Promise<number> =>
  (await server.db.pools.maintenance.query<{ n: number }>('select count(*)::int as n from cases where imported')).rows[0]!.n;

const HEADER = '编号,内容,受理时间,地址\n';
const TABLE = `${HEADER}A1,路灯不亮,2026-09-01 08:00,一号楼\nA2,井盖缺失,2026-09-02 08:00,二号楼\nA3,,2026-09-02 08:00,\nA4,垃圾满溢,没有这一天,\n`;
const fit = (map: CaseMap): CaseMap => ({ ...map, sourceSystem: 'ledger' });

describe('a table on the screen', () => {
  let map: CaseMap;
  test('is taken in by who may import, read by its header, and the same id is the same table', async () => {
    for (const [caller, status] of [
      [people.dispatcherA, 403],
      [people.residentA, 403],
      ['anonymous', 401],
    ] as const)
      expect((await bring(caller, v7(), TABLE)).statusCode).toBe(status);
    const id = v7();
    const first = (await bring(people.administrator, id, TABLE)).json<Taken>();
    expect(first).toMatchObject({ header: ['编号', '内容', '受理时间', '地址'], remembered: false });
    expect(first.samples[0]).toEqual(['A1', '路灯不亮', '2026-09-01 08:00', '一号楼']);
    expect(first.map).toMatchObject({ sourceNumber: '编号', text: ['内容'], address: ['地址'] });
    map = fit(first.map!);
    expect((await bring(people.administrator, id, TABLE)).statusCode).toBe(201);
    expect((await bring(people.administrator, id, `${TABLE}A9,别的,,\n`)).json()).toMatchObject({ code: 'idTaken' });
  });
  test('is rehearsed without a trace: counts, and the first rows that would not be taken with their reasons', async () => {
    const ended = await run(await taken(TABLE), map, true);
    expect(ended).toMatchObject({ status: 'done', result: { dryRun: true, read: 4, imported: 2, rejected: 2, conflicts: 0 } });
    expect(ended.detail?.rejected).toMatchObject([
      { line: 4, code: 'textMissing' },
      { line: 5, code: 'dateUnfit' },
    ]);
    expect(await cases()).toBe(0);
  });
  test('is imported, with what was not taken as a file; the same again is known, and its reading is remembered', async () => {
    const ended = await run(await taken(TABLE), map, false);
    expect(ended).toMatchObject({ status: 'done', result: { dryRun: false, imported: 2, rejected: 2 } });
    const rejects = await server.as(people.administrator, { url: `/api/v1/jobs/${ended.id}/file` });
    expect(rejects.body).toContain('没有这一天');
    expect(await cases()).toBe(2);
    const { rows } = await server.db.pools.maintenance.query('select distinct submitter_id from cases where imported');
    expect(rows).toEqual([{ submitter_id: people.administrator.personId }]);
    const again = await taken(TABLE);
    expect(again).toMatchObject({ remembered: true, map });
    expect(await run(again, map, false)).toMatchObject({ result: { imported: 0, duplicates: 2 } });
  });
  test('that changes a known row shows both sides and overwrites nothing', async () => {
    const changed = `${HEADER}A1,路灯亮了又灭,2026-09-01 08:00,一号楼\nA5,新事项,2026-09-03 08:00,\nA5,新事项改了,2026-09-03 08:00,\n`;
    const ended = await run(await taken(changed), map, true);
    expect(ended.result).toMatchObject({ conflicts: 2, imported: 1 });
    expect(ended.detail?.conflicts).toMatchObject([
      { line: 2, key: 'A1', seen: true, fields: [{ field: 'text', before: '路灯不亮', now: '路灯亮了又灭' }] },
      { line: 4, key: 'A5', seen: true, earlierLine: 3, fields: [{ field: 'text', before: '新事项', now: '新事项改了' }] },
    ]);
  });
  test('that cannot be read is refused with its reason, and nothing of any of it lies open in the data folder', async () => {
    const codes = await Promise.all(
      [
        ['', 'fileEmpty'],
        ['甲,甲\n1,2\n', 'columnTwice'],
        [Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'workbookBroken'],
      ].map(async ([words, code]) => [(await bring(people.administrator, v7(), words!)).json<{ code: string }>().code, code]),
    );
    for (const [met, expected] of codes) expect(met).toBe(expected);
    const upload = await taken(TABLE);
    expect(await run(upload, { ...map, text: ['没有的列'] }, true)).toMatchObject({ status: 'failed', problem: 'columnMissing' });
    expect((await post(people.administrator, '/imports', { id: v7(), uploadId: v7(), map, dryRun: true })).statusCode).toBe(404);
    expect(readdirSync(join(server.deps.config.dataDir, 'tmp'))).toEqual([]);
    server.deps.clock.set('2026-10-30T00:00:00.000Z');
    expect(await sweepTables(server.deps)).toBeGreaterThan(0);
  });
});
