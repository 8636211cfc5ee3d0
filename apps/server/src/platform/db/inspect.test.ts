import { type TestDatabase, testDatabase } from '@tongxin/testing/database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Finding, inspectDatabase } from './inspect.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.pools.maintenance.query('update feed_head set position = 50000');
  await db.pools.maintenance.query(
    "insert into feed_cursor (consumer, position, moved_at) values ('statistics', 100, now() - interval '1 hour')",
  );
});
afterAll(() => db.close());
const feed = async (): Promise<Finding> => (await inspectDatabase(db.urls)).find(({ check }) => check === 'feed')!;

test('nobody follows the feed where no server runs: that is said, and is not wrong', async () => {
  expect(await feed()).toMatchObject({ ok: true, detail: expect.stringContaining('no server runs now') });
});

test('beside a running server a consumer that moves is catching up, one that stands still is stuck', async () => {
  const leader = await db.pools.feed.connect();
  await leader.query("select pg_advisory_lock(hashtextextended('tongxin.sequencer', 0))");
  expect(await feed()).toMatchObject({ ok: false, detail: expect.stringContaining('does not catch up') });
  await db.pools.maintenance.query("update feed_cursor set moved_at = now() where consumer = 'statistics'");
  expect(await feed()).toMatchObject({ ok: true, detail: expect.stringContaining('catching up') });
  await db.pools.maintenance.query("update feed_cursor set position = 49999, moved_at = now() - interval '1 hour'");
  expect(await feed()).toMatchObject({ ok: true, detail: expect.stringContaining('statistics 1 behind') });
  leader.release(true);
});
