import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type TestDatabase, testDatabase } from '@tongxin/testing/database.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineConsumer, type FeedEvent } from './consumer.ts';
import { feedLag, settleFeed } from './feed.ts';
import { sequenceOnce } from './sequencer.ts';

const EVENTS_EACH = process.env.TONGXIN_LONG ? 400 : 60;
const WRITERS = 16;

describe('the sequencer', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  /** Writes events of random cases, committing late and sometimes not at all; a lock per case stands for the row lock of a case. */
  const writer = async (cases: readonly string[], ledger: string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: db.adminUrl });
    await client.connect();
    for (let i = 0; i < EVENTS_EACH; i++) {
      const caseId = cases[Math.floor(Math.random() * cases.length)]!;
      await client.query('begin');
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [caseId]);
      const { rows } = await client.query<{ n: number }>('select coalesce(max(event_no), 0)::int + 1 as n from events where case_id = $1', [
        caseId,
      ]);
      const n = rows[0]!.n;
      await client.query(
        `insert into events (case_id, event_no, type, schema_version, occurred_at, recorded_at, header, prev_hash, hash)
         values ($1, $2, 'note.added', 1, now(), now(), '{}', '', '')`,
        [caseId, n],
      );
      await client.query('insert into feed_pending (case_id, event_no) values ($1, $2)', [caseId, n]);
      if (Math.random() < 0.5) await pause(Math.random() * 25);
      const keep = Math.random() > 0.1;
      await client.query(keep ? 'commit' : 'rollback');
      if (keep) ledger.push(`${caseId}/${n}`);
    }
    await client.end();
  };

  const sequencerProcess = () => {
    const file = pathToFileURL(new URL('./sequencer.ts', import.meta.url).pathname);
    const code = `import pg from 'pg'; import { startSequencer } from ${JSON.stringify(file.href)};
      const log = { warn() {}, info() {}, error() {} };
      startSequencer(new pg.Pool({ connectionString: process.env.FEED_URL }), { now: () => new Date() }, log);`;
    return spawn(process.execPath, ['--input-type=module', '-e', code], {
      env: { ...process.env, FEED_URL: db.urls.feed },
      stdio: 'inherit',
      cwd: import.meta.dirname,
    });
  };

  test(`${WRITERS} writers, late commits and rollbacks, two sequencers killed again and again: every event once, each case in order`, {
    timeout: 600_000,
  }, async () => {
    const cases = Array.from({ length: 40 }, () => randomUUID());
    const ledger: string[] = [];
    let over = false;
    const killing = (async () => {
      let kills = 0;
      while (!over) {
        const pair = [sequencerProcess(), sequencerProcess()];
        await pause(250 + Math.random() * 500);
        for (const child of pair) child.kill('SIGKILL');
        kills += 2;
      }
      return kills;
    })();
    await Promise.all(Array.from({ length: WRITERS }, () => writer(cases, ledger)));
    over = true;
    const kills = await killing;
    expect(kills).toBeGreaterThan(1);
    const client = new pg.Client({ connectionString: db.urls.feed });
    await client.connect();
    while ((await sequenceOnce(client, new Date())) > 0);
    const { rows } = await client.query<{ position: string; case_id: string; event_no: number }>(
      'select position, case_id, event_no from feed order by position',
    );
    await client.end();
    expect(rows.map((row) => Number(row.position))).toEqual(rows.map((_, i) => i + 1));
    expect(rows.map((row) => `${row.case_id}/${row.event_no}`).sort()).toEqual([...ledger].sort());
    const last = new Map<string, number>();
    for (const row of rows) {
      expect(row.event_no).toBe((last.get(row.case_id) ?? 0) + 1);
      last.set(row.case_id, row.event_no);
    }
  });
});

describe('a consumer', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer();
  });
  afterAll(() => server.close());

  test('gets every event in order, again after a failure, and keeps its place in the transaction of its work', async () => {
    const { points } = server.world;
    for (let i = 0; i < 7; i++)
      await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body: { id: v7(), text: `第${i}件`, point: points.inA11 } });
    const seen: FeedEvent[] = [];
    let fails = 1;
    const consumer = defineConsumer({
      name: 'test',
      batch: 3,
      handle: async (_tx, events) => {
        if (seen.length === 3 && fails-- > 0) throw new Error('a passing fault');
        seen.push(...events);
      },
    });
    await expect(settleFeed(server.deps, [consumer])).rejects.toThrow('a passing fault');
    expect((await feedLag(server.deps)).consumers.test).toBe(4);
    await settleFeed(server.deps, [consumer]);
    expect(seen.map((event) => event.position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(seen.map((event) => event.words()?.text)).toEqual(Array.from({ length: 7 }, (_, i) => `第${i}件`));
    expect(await feedLag(server.deps)).toMatchObject({ waiting: 0, head: 7, consumers: { test: 0 } });
  });

  test('that another process is at is waited for: what is settled was handled, by whomever', async () => {
    const { points } = server.world;
    const consumer = defineConsumer({ name: 'shared', batch: 2, handle: async () => {} });
    await settleFeed(server.deps, [consumer]);
    const other = new pg.Client({ connectionString: server.db.urls.feed });
    await other.connect();
    await other.query("begin; select 1 from feed_cursor where consumer = 'shared' for update");
    for (let i = 0; i < 5; i++)
      await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body: { id: v7(), text: `又一件${i}`, point: points.inA11 } });
    const settled = settleFeed(server.deps, [consumer]);
    await pause(200);
    await other.query('commit');
    await other.end();
    await settled;
    expect((await feedLag(server.deps)).consumers.shared).toBe(0);
  });
});
