import { Writable } from 'node:stream';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import pg from 'pg';
import pino from 'pino';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../../modules.ts';
import { settleFeed } from '../../../platform/feed/feed.ts';
import { openContent } from '../../../platform/record/chain.ts';
import { verifyRecord } from '../index.ts';

let server: TestServer;
let superuser: pg.Client;
const logged: string[] = [];
beforeAll(async () => {
  const kept = new Writable({
    write: (line, _encoding, done) => {
      logged.push(String(line));
      done();
    },
  });
  server = await testServer({ log: pino({ level: 'trace' }, kept) });
  superuser = new pg.Client({ connectionString: server.db.adminUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await server.close();
});

const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );

/** Everything the database holds as text, and all sealed words opened: what a thief of database and keys would read. */
const everythingKept = async (): Promise<string> => {
  const { rows: tables } = await superuser.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth')",
  );
  const parts: string[] = [];
  for (const { name } of tables)
    parts.push(...(await superuser.query<{ row: string }>(`select t::text as row from ${name} t`)).rows.map((one) => one.row));
  const { rows } = await superuser.query<{ case_id: string; event_no: number; sealed: Buffer }>('select * from event_content');
  for (const row of rows) parts.push(JSON.stringify(openContent(server.deps.crypto, row.case_id, row.event_no, row.sealed)));
  return parts.join('\n');
};

const call = async (caller: Caller, method: 'GET' | 'POST', url: string, body?: object) => {
  const answer = await server.as(caller, { method, url: `/api/v1${url}`, ...(body ? { body } : {}) });
  expect([200, 201], answer.body).toContain(answer.statusCode);
  return answer.json();
};

const act = async (caller: Caller, at: string, action: string, input: object = {}): Promise<void> => {
  const { version } = await call(caller, 'GET', at);
  await call(caller, 'POST', `${at}/actions`, { commandId: v7(), action, version, input });
};

/** Words by which a reporter could be told; each stands in one place only. */
const words = (who: string) => ({
  report: `${who}家门前的暗号石榴树`,
  added: `${who}补充的暗号青石板`,
  rated: `${who}评价的暗号桂花香`,
  reopening: `${who}重办的暗号竹篱笆`,
});
type Words = ReturnType<typeof words>;

/** A report answered, rated with words, asked about again, and added to: everything a reporter may write. */
const wholeMatter = async (reporter: Caller, said: Words, by: 'case' | 'receipt') => {
  const { dispatcherA } = server.world.people;
  const id = v7();
  const filed = await call(reporter, 'POST', '/cases', {
    id,
    text: said.report,
    point: server.world.points.inA11,
    reporter: { name: '石小满', phone: '13912340001' },
  });
  const code = filed.queryCode as string;
  const [own, at, office] = [
    by === 'receipt' ? 'anonymous' : reporter,
    by === 'receipt' ? `/receipts/${code}` : `/cases/${id}`,
    `/cases/${id}`,
  ];
  await act(own as Caller, at, 'addInformation', { words: said.added });
  await act(dispatcherA, office, 'answerDirectly', { reply: '已答复' });
  await act(own as Caller, at, 'rate', { satisfaction: 'dissatisfied', words: said.rated });
  await act(own as Caller, at, 'askToReopen', { reason: said.reopening });
  await act(dispatcherA, office, 'urge', { note: '办公室的话还在' });
  return { id, code };
};

const erase = async (id: string): Promise<void> => {
  const { administrator } = server.world.people;
  const { parties } = (await call(administrator, 'GET', `/cases/${id}`)) as CaseView;
  await call(administrator, 'POST', `/cases/${id}/erase`, { commandId: v7(), partyId: parties[0]!.id, ground: 'byRequest' });
  await settle();
};

/** What a live stream tells within its first turn. */
const liveOf = async (caller: Caller): Promise<string> => {
  if (!server.app.server.listening) await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as { port: number };
  const leave = new AbortController();
  const stream = await fetch(`http://127.0.0.1:${port}/api/v1/live`, {
    headers: { ...server.headersOf(caller), 'last-event-id': '0' },
    signal: leave.signal,
  });
  const reader = stream.body!.getReader();
  let told = '';
  while (!told.includes('event: case')) told += Buffer.from((await reader.read()).value!).toString('utf8');
  leave.abort();
  return told;
};

describe('whoever asks that their words be erased', () => {
  test.each([
    ['signed in, and acted on the case', 'residentA', 'case'],
    ['signed in, and acted with the query code', 'residentA', 'receipt'],
    ['without an account, and rated with words', 'anonymous', 'receipt'],
  ] as const)('%s: none of them is left anywhere, and those of the office are', async (_who, name, by) => {
    const said = words(`${name}${by}`);
    const reporter = name === 'anonymous' ? name : server.world.people[name];
    const { dispatcherA } = server.world.people;
    const { id, code } = await wholeMatter(reporter, said, by);
    await settle();
    const before = await everythingKept();
    for (const one of Object.values(said)) expect(before).toContain(one);
    await erase(id);
    const after = await everythingKept();
    const shown = JSON.stringify([
      await call(dispatcherA, 'GET', `/cases/${id}`),
      await call('anonymous', 'GET', `/receipts/${code}`),
      await call(dispatcherA, 'GET', `/cases?q=${encodeURIComponent(said.report.slice(-3))}`),
      await liveOf(dispatcherA),
    ]);
    const log = logged.join('\n');
    expect(log).toContain('answered');
    for (const one of [...Object.values(said), '石小满', '13912340001']) {
      expect([one, after.includes(one)]).toEqual([one, false]);
      expect([one, shown.includes(one)]).toEqual([one, false]);
      expect([one, log.includes(one)]).toEqual([one, false]);
    }
    expect(JSON.stringify(await call(dispatcherA, 'GET', `/cases/${id}`))).toContain('办公室的话还在');
    expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, broken: [] });
  });

  test('takes with them what the one wrote it was told for, and not what that one adds with a code of their own, unless it is theirs that goes', async () => {
    const { dispatcherA, administrator } = server.world.people;
    const id = v7();
    const filed = await call('anonymous', 'POST', '/cases', {
      id,
      text: '替邻居说的暗号水井边',
      point: server.world.points.inA11,
      behalfOf: { name: '李奶奶', phone: '13912340002', by: 'neighbour', consent: true },
    });
    await act('anonymous', `/receipts/${filed.queryCode}`, 'addInformation', { words: '邻居补充的暗号芭蕉叶' });
    await act('anonymous', `/receipts/${filed.behalfOfQueryCode}`, 'addInformation', { words: '本人补充的暗号葫芦架' });
    const { parties } = (await call(dispatcherA, 'GET', `/cases/${id}`)) as CaseView;
    const about = parties.find((party) => party.role === 'behalfOf')!;
    await call(administrator, 'POST', `/cases/${id}/erase`, { commandId: v7(), partyId: about.id, ground: 'byRequest' });
    const kept = await everythingKept();
    expect(['暗号水井边', '暗号葫芦架', '暗号芭蕉叶'].map((one) => kept.includes(one))).toEqual([false, false, true]);
  });
});
