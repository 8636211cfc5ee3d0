import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import pg from 'pg';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';
import { eventHash } from '../../platform/record/chain.ts';
import { makeCheckpoint, verifyRecord } from './index.ts';

let server: TestServer;
let superuser: pg.Client;
beforeEach(async () => {
  server = await testServer();
  superuser = new pg.Client({ connectionString: server.db.adminUrl });
  await superuser.connect();
});
afterEach(async () => {
  await superuser.end();
  await server.close();
});

const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );

/** A case with three events. */
const filed = async (text = '路灯不亮，我叫陈小满，住北门'): Promise<{ id: string; code: string }> => {
  const id = v7();
  const answer = await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text, point: server.world.points.inA11, reporter: { name: '陈小满', phone: '13912345678' } },
  });
  expect(answer.statusCode).toBe(201);
  const { dispatcherA } = server.world.people;
  for (const [action, input] of [
    ['accept', {}],
    ['urge', { note: '请尽快' }],
  ] as const) {
    const { version } = (await server.as(dispatcherA, { url: `/api/v1/cases/${id}` })).json();
    const done = await server.as(dispatcherA, {
      method: 'POST',
      url: `/api/v1/cases/${id}/actions`,
      body: { commandId: v7(), action, version, input },
    });
    expect(done.statusCode, done.body).toBe(200);
  }
  return { id, code: answer.json().queryCode };
};

describe('whoever has the database cannot rewrite the record unnoticed', () => {
  test('an untouched record verifies', async () => {
    await filed();
    await filed();
    expect(await verifyRecord(server.deps)).toEqual({ ok: true, cases: 2, events: 6, erased: 0, broken: [] });
  });

  test.each([
    [
      'one byte of a header',
      "update events set header = replace(header, 'accept', 'accepz') where event_no = 2 and case_id = $1",
      ['hashDiffers'],
    ],
    [
      'a time beside the header',
      "update events set recorded_at = recorded_at - interval '1 hour' where event_no = 2 and case_id = $1",
      ['headerDiffersFromColumns'],
    ],
    [
      'one byte of sealed words',
      'update event_content set sealed = set_byte(sealed, length(sealed) - 1, get_byte(sealed, length(sealed) - 1) # 1) where event_no = 1 and case_id = $1',
      ['contentChanged'],
    ],
    [
      'a salt',
      'update event_content set salt = set_byte(salt, 0, get_byte(salt, 0) # 1) where event_no = 1 and case_id = $1',
      ['contentChanged'],
    ],
    ['words that vanish without an erasure', 'delete from event_content where event_no = 1 and case_id = $1', ['contentMissing']],
    ['an event in the middle that vanishes', 'delete from events where event_no = 2 and case_id = $1', ['eventMissing', 'chainBroken']],
    ['a tail that vanishes', 'delete from events where event_no = 3 and case_id = $1', ['headDiffers']],
    ['a case row that vanishes', 'delete from cases where case_id = $1', ['caseMissing']],
    [
      'a stage that nobody decided',
      "update cases set state = jsonb_set(state, '{stage}', '\"closed\"') where case_id = $1",
      ['stateDiffers'],
    ],
  ])('%s is found and the case named', async (_what, statement, why) => {
    const { id } = await filed();
    const other = await filed();
    await superuser.query(statement, [id]);
    const { ok, broken } = await verifyRecord(server.deps);
    expect(ok).toBe(false);
    for (const one of why) expect(broken.map((b) => b.why)).toContain(one);
    expect(new Set(broken.map((b) => b.case))).toEqual(new Set([id]));
    expect(broken.map((b) => b.case)).not.toContain(other.id);
  });

  test('two events that change places are found', async () => {
    const { id } = await filed();
    await superuser.query('update events set event_no = 99 where event_no = 2 and case_id = $1', [id]);
    await superuser.query('update events set event_no = 2 where event_no = 3 and case_id = $1', [id]);
    await superuser.query('update events set event_no = 3 where event_no = 99 and case_id = $1', [id]);
    const { broken } = await verifyRecord(server.deps);
    expect(broken.every((one) => one.case === id)).toBe(true);
    expect(broken.map((one) => one.why)).toContain('headerDiffersFromColumns');
    expect(broken.map((one) => one.why)).toContain('chainBroken');
  });
});

describe('signed checkpoints', () => {
  /** Rewrites a case consistently, as somebody would who has the code: the last event goes, row and chain agree again. */
  const truncate = async (id: string): Promise<void> => {
    const { rows } = await superuser.query<{ hash: Buffer }>('select hash from events where case_id = $1 and event_no = 2', [id]);
    const { rows: states } = await superuser.query<{ state: { version: number } }>('select state from cases where case_id = $1', [id]);
    await superuser.query('delete from event_content where case_id = $1 and event_no = 3', [id]);
    await superuser.query('delete from events where case_id = $1 and event_no = 3', [id]);
    const state = { ...states[0]!.state, version: 2, doers: {} };
    await superuser.query('update cases set event_count = 2, version = 2, head_hash = $2, state = $3 where case_id = $1', [
      id,
      rows[0]!.hash,
      state,
    ]);
  };

  test('a tail cut off consistently before a checkpoint is found, and the case named', async () => {
    const { id } = await filed();
    await settle();
    expect(await makeCheckpoint(server.deps)).toMatchObject({ no: 1, leaves: 1 });
    await truncate(id);
    const { broken } = await verifyRecord(server.deps);
    expect(broken).toContainEqual({ case: id, at: 3, why: 'truncatedBeforeCheckpoint' });
  });

  test('a consistent rewriting of what precedes a checkpoint is found, and the case named', async () => {
    const { id } = await filed();
    await filed();
    await settle();
    await makeCheckpoint(server.deps);
    // Another name for the action in event 3, rehashed; row head follows.
    const { rows } = await superuser.query<{ header: string; prev_hash: Buffer; content_hash: Buffer | null }>(
      'select * from events where case_id = $1 and event_no = 3',
      [id],
    );
    const header = rows[0]!.header.replace('"urge"', '"instruct"');
    const hash = eventHash(rows[0]!.prev_hash, header, rows[0]!.content_hash);
    await superuser.query('update events set header = $2, hash = $3 where case_id = $1 and event_no = 3', [id, header, hash]);
    await superuser.query('update cases set head_hash = $2 where case_id = $1', [id, hash]);
    const { broken } = await verifyRecord(server.deps);
    expect(broken).toEqual([{ case: id, at: 3, why: 'rewrittenBeforeCheckpoint' }]);
  });

  test('each checkpoint names the one before, covers what changed, and stands in a file of its own', async () => {
    const { id } = await filed();
    await settle();
    await makeCheckpoint(server.deps);
    expect(await makeCheckpoint(server.deps)).toBeUndefined();
    await filed();
    await settle();
    expect(await makeCheckpoint(server.deps)).toMatchObject({ no: 2, leaves: 1 });
    const folder = join(server.deps.config.dataDir, 'checkpoints');
    const files = readdirSync(folder).sort();
    expect(files).toEqual(['00000001.json', '00000002.json']);
    const first = JSON.parse(readFileSync(join(folder, files[0]!), 'utf8'));
    expect(first.leaves.map((leaf: string[]) => leaf[0])).toEqual([id]);
    expect((await verifyRecord(server.deps)).ok).toBe(true);
  });

  test('a checkpoint removed with its leaves still binds through its exported file, also when a whole case goes', async () => {
    const { id } = await filed();
    const gone = await filed();
    await settle();
    await makeCheckpoint(server.deps);
    await truncate(id);
    for (const table of ['event_content', 'events', 'clock', 'case_party', 'receipt', 'cases'])
      await superuser.query(`delete from ${table} where case_id = $1`, [gone.id]);
    await superuser.query('delete from checkpoint_leaf');
    await superuser.query('delete from checkpoint');
    const { broken } = await verifyRecord(server.deps);
    expect(broken).toContainEqual({ case: id, at: 3, why: 'truncatedBeforeCheckpoint' });
    expect(broken).toContainEqual({ case: gone.id, at: 3, why: 'truncatedBeforeCheckpoint' });
    await expect(makeCheckpoint(server.deps)).rejects.toThrow('contradicts the exported checkpoint 1');
  });

  test('an exported file that is missing or was edited is reported', async () => {
    await filed();
    await settle();
    await makeCheckpoint(server.deps);
    const file = join(server.deps.config.dataDir, 'checkpoints', '00000001.json');
    const exported = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...exported, leaves: [] }));
    expect((await verifyRecord(server.deps)).broken.map((one) => one.why)).toContain('checkpointForged');
    rmSync(file);
    expect((await verifyRecord(server.deps)).broken.map((one) => one.why)).toEqual(['checkpointFileMissing']);
  });

  test('leaves changed together with the record are betrayed by the exported file, and the case named', async () => {
    const { id } = await filed();
    await settle();
    await makeCheckpoint(server.deps);
    await truncate(id);
    const { rows } = await superuser.query<{ hash: Buffer }>('select hash from events where case_id = $1 and event_no = 2', [id]);
    await superuser.query('update checkpoint_leaf set event_count = 2, head_hash = $2 where case_id = $1', [id, rows[0]!.hash]);
    const { broken } = await verifyRecord(server.deps);
    expect(broken).toContainEqual({ case: id, at: 2, why: 'checkpointForged' });
  });
});

describe('erasing a person’s words', () => {
  const WORDS = ['陈小满', '13912345678', '北门的秘密'];

  /** Every byte of every table, as text and decoded. */
  const dump = async (): Promise<string> => {
    const { rows } = await superuser.query<{ name: string }>(
      "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname in ('public', 'auth')",
    );
    const parts: string[] = [];
    for (const { name } of rows)
      parts.push((await superuser.query<{ row: string }>(`select t::text as row from ${name} t`)).rows.map((one) => one.row).join('\n'));
    return parts.join('\n');
  };

  test('the chain stays valid, the record says so, and the words are nowhere', async () => {
    const { id, code } = await filed(`路灯不亮，${WORDS[2]}，我叫${WORDS[0]}，电话${WORDS[1]}`);
    const fileId = v7();
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#456' } })
      .jpeg()
      .toBuffer();
    const up = await server.as('anonymous', {
      method: 'PUT',
      url: `/api/v1/receipts/${code}/files/${fileId}`,
      body: bytes,
      headers: { 'content-type': 'image/jpeg', 'x-kind': 'photo' },
    });
    expect(up.statusCode, up.body).toBe(201);
    await settle();
    const { administrator, dispatcherA } = server.world.people;
    expect(await dump()).toContain(WORDS[2]);
    const { parties } = (await server.as(dispatcherA, { url: `/api/v1/cases/${id}` })).json();
    const url = `/api/v1/cases/${id}/erase`;
    const body = { commandId: v7(), partyId: parties[0].id, fileIds: [fileId], ground: 'byRequest' };
    expect((await server.as(dispatcherA, { method: 'POST', url, body })).statusCode).toBe(403);
    const erased = await server.as(administrator, { method: 'POST', url, body });
    expect(erased.statusCode, erased.body).toBe(200);
    const again = await server.as(administrator, { method: 'POST', url, body });
    expect(again.json()).toEqual(erased.json());
    await settle();
    const everything = await dump();
    for (const words of WORDS) expect(everything).not.toContain(words);
    const { rows } = await superuser.query('select sealed from event_content where case_id = $1 and event_no = 1', [id]);
    expect(rows).toEqual([]);
    expect((await server.as('anonymous', { url: `/api/v1/receipts/${code}/files/${fileId}` })).statusCode).toBe(404);
    const stored = readdirSync(join(server.deps.config.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(stored).toEqual([]);
    const found = (await server.as(dispatcherA, { url: `/api/v1/cases?q=${encodeURIComponent('北门的秘密')}` })).json();
    expect(found.rows).toEqual([]);
    const seen = (await server.as('anonymous', { url: `/api/v1/receipts/${code}` })).json();
    expect(JSON.stringify(seen)).not.toContain(WORDS[2]);
    expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, erased: 1, broken: [] });
  });
});
