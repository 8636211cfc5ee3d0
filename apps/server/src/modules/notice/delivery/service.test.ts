import type { NoticeSettings } from '@tongxin/domain/notice/schema.ts';
import { DEFAULT_SETTINGS } from '@tongxin/domain/notice/schema.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { manifests } from '../../../modules.ts';
import { settleFeed } from '../../../platform/feed/feed.ts';
import type { NoticesView } from '../present.ts';
import { letLeaversGo, tellWaiting } from './service.ts';

/** Times of day in Shanghai, one day after the other, so that the tests leave each other alone. */
let day = 0;
const at = (time: string, later = 0): string =>
  new Date(Date.parse(`2026-09-01T${time}:00+08:00`) + (day + later) * 86_400_000).toISOString();
const QUIET = { from: 22 * 60, to: 7 * 60 + 30 };

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2026-09-01T00:00:00.000Z' });
});
beforeEach(() => {
  day += 2;
});
afterAll(() => server.close());

const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
const moment = (instant: string): void => server.deps.clock.set(instant);
const file = async (categoryId?: string): Promise<string> => {
  const id = v7();
  const answer = await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, text: '路灯不亮', point: server.world.points.inA11, ...(categoryId ? { categoryId } : {}) },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  await settle();
  return id;
};
const choose = (who: WorldPerson, settings: Partial<NoticeSettings>) =>
  server.as(who, { method: 'PUT', url: '/api/v1/notices/settings', body: { ...DEFAULT_SETTINGS, ...settings } });
const list = async (who: WorldPerson, query = ''): Promise<NoticesView> =>
  (await server.as(who, { url: `/api/v1/notices${query}` })).json();
/** What has come to the list since the test began. */
const told = async (who: WorldPerson) => (await list(who)).notices.filter((one) => one.toldAt >= at('00:00'));
const me = () => server.world.people.dispatcherA;

describe('refusals', () => {
  test('quiet hours that end as they begin, and kinds that duty tells, are refused and leave what was', async () => {
    expect((await choose(me(), { quiet: { from: 60, to: 60 } })).json().code).toBe('fieldUnfit');
    expect((await choose(me(), { muted: ['overdue' as 'arrived'] })).statusCode).toBe(400);
    expect((await choose(me(), { digestAt: 1440 })).statusCode).toBe(400);
    expect((await server.as(me(), { url: '/api/v1/notices/settings' })).json()).toEqual(DEFAULT_SETTINGS);
    expect((await server.as('anonymous', { url: '/api/v1/notices/settings' })).statusCode).toBe(401);
  });
  test('nobody sees or chooses for somebody else', async () => {
    await choose(me(), { digest: 'daily' });
    expect((await server.as(server.world.people.dispatcherB, { url: '/api/v1/notices/settings' })).json()).toEqual(DEFAULT_SETTINGS);
    await choose(me(), {});
  });
});

describe('quiet hours', () => {
  test('what comes at night waits until they end, and a single notice is told as itself', async () => {
    await choose(me(), { quiet: QUIET });
    moment(at('23:00'));
    const id = await file();
    expect(await told(me())).toEqual([]);
    moment(at('07:29', 1));
    expect(await tellWaiting(server.deps)).toBe(0);
    moment(at('07:30', 1));
    // The other dispatcher of the town chose nothing: told at once, so that only one waits.
    expect(await tellWaiting(server.deps)).toBe(1);
    expect(await told(me())).toMatchObject([{ kind: 'arrived', caseId: id, toldAt: at('07:30', 1) }]);
    expect(await tellWaiting(server.deps)).toBe(0);
    await choose(me(), {});
  });
  test('a smell of gas passes, and does not where the person will not have it', async () => {
    await choose(me(), { quiet: QUIET });
    moment(at('23:30'));
    const id = await file('utility.gasSmell');
    expect(await told(me())).toMatchObject([{ caseId: id, urgent: true }]);
    await choose(me(), { quiet: QUIET, urgentPasses: false });
    await file('utility.gasSmell');
    expect(await told(me())).toHaveLength(1);
    await choose(me(), {});
    await tellWaiting(server.deps);
    expect(await told(me())).toHaveLength(2);
  });
});

describe('a digest', () => {
  test('stands for what came until the hour, once, whoever polls, and reading it reads them all', async () => {
    await choose(me(), { digest: 'hourly' });
    moment(at('10:05'));
    const ids = [await file(), await file(), await file()];
    expect(await told(me())).toEqual([]);
    const unread = (await list(me())).unread;
    moment(at('11:00'));
    const counts = await Promise.all([tellWaiting(server.deps), tellWaiting(server.deps)]);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(3);
    await tellWaiting(server.deps);
    const [digest, ...rest] = await told(me());
    expect(rest).toEqual([]);
    expect(digest).toMatchObject({ kind: 'digest', params: { n: 3, cases: 3, kinds: { arrived: 3 } }, toldAt: at('11:00') });
    expect((await list(me())).unread).toBe(unread + 1);
    const inside = await list(me(), `?digestId=${digest!.id}`);
    expect(inside.notices.map(({ caseId }) => caseId).sort()).toEqual([...ids].sort());
    expect((await list(me(), '?kind=arrived')).notices.map(({ id }) => id)).toContain(digest!.id);
    await server.as(me(), { method: 'POST', url: `/api/v1/notices/${digest!.id}/read` });
    expect((await list(me(), `?digestId=${digest!.id}`)).notices.every(({ readAt }) => readAt === at('11:00'))).toBe(true);
    expect((await list(me())).unread).toBe(unread);
    // Of somebody else's digest nothing is seen.
    expect((await list(server.world.people.dispatcherB, `?digestId=${digest!.id}`)).notices).toEqual([]);
    await choose(me(), {});
  });
  test('a poll that dies in the middle tells nothing, and the next one everything', async () => {
    await choose(me(), { digest: 'hourly' });
    moment(at('10:05'));
    await file();
    await file();
    moment(at('11:00'));
    // The database refuses the second half of the transaction: as good as killed between its statements.
    const owner = new pg.Client({ connectionString: server.db.urls.owner });
    await owner.connect();
    await owner.query("create function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$");
    await owner.query('create trigger die before update of told_at on notice for each row execute function die()');
    await expect(tellWaiting(server.deps)).rejects.toThrow('killed');
    expect(await told(me())).toEqual([]);
    await owner.query('drop trigger die on notice; drop function die()');
    await owner.end();
    expect(await tellWaiting(server.deps)).toBe(2);
    expect(await told(me())).toMatchObject([{ kind: 'digest', params: { n: 2 } }]);
    await choose(me(), {});
  });
  test('what waits follows a change of settings; a muted kind comes no more', async () => {
    await choose(me(), { digest: 'daily', digestAt: 8 * 60 + 30 });
    moment(at('10:05'));
    await file();
    await choose(me(), { digest: 'hourly' });
    moment(at('11:00'));
    await tellWaiting(server.deps);
    expect(await told(me())).toHaveLength(1);
    await choose(me(), { muted: ['arrived'] });
    await file();
    moment(at('12:00', 1));
    await tellWaiting(server.deps);
    expect(await told(me())).toHaveLength(1);
    await choose(me(), {});
  });
  test('at shift start, by the roster of the post', async () => {
    const [post] = me().posts;
    await server.db.pools.maintenance.query(
      `insert into roster_shift (shift_id, organization_id, post_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $5, 'night')`,
      [v7(), post!.organizationId, post!.postId, at('20:00'), at('08:00', 1)],
    );
    await choose(me(), { digest: 'shift', quiet: QUIET });
    moment(at('10:05'));
    await file();
    await file();
    moment(at('19:59'));
    expect(await tellWaiting(server.deps)).toBe(0);
    moment(at('20:00'));
    expect(await tellWaiting(server.deps)).toBe(2);
    expect(await told(me())).toMatchObject([{ kind: 'digest', params: { n: 2 } }]);
    moment(at('23:30'));
    await file();
    expect(await told(me())).toHaveLength(2);
    await choose(me(), {});
  });
});

test('all that was told up to an instant is read, what comes after it is not', async () => {
  moment(at('10:00'));
  await file();
  moment(at('10:01'));
  await file();
  const answer = await server.as(me(), { method: 'POST', url: '/api/v1/notices/read', body: { upTo: at('10:00') } });
  expect(answer.json().read).toBeGreaterThanOrEqual(1);
  expect((await list(me())).unread).toBe(1);
  expect((await list(me(), '?unread=true')).notices).toHaveLength(1);
});

test('pages follow each other without a gap', async () => {
  const seen: string[] = [];
  moment(at('09:00'));
  await server.db.pools.feed.query(
    `insert into notice (person_id, notice_id, kind, params, created_at, told_at)
     select $1, gen_random_uuid(), 'arrived', '{}', $2::timestamptz, $2::timestamptz from generate_series(1, 70)`,
    [me().personId, at('09:00')],
  );
  let next: string | undefined;
  do {
    const page: NoticesView = await list(me(), next ? `?cursor=${next}` : '');
    seen.push(...page.notices.map(({ id }) => id));
    next = page.next;
  } while (next);
  expect(seen.length).toBeGreaterThanOrEqual(70);
  expect(new Set(seen).size).toBe(seen.length);
});

describe('somebody who leaves', () => {
  test('has no settings any more and is told nothing that waited, from the day on which the last post is over', async () => {
    const { dispatcherA2, residentA } = server.world.people;
    const query = (text: string, values: unknown[]) => server.db.pools.maintenance.query(text, values);
    const kept = async (who: WorldPerson) => [
      (await query('select 1 from notice_setting where person_id = $1', [who.personId])).rowCount,
      (await query('select 1 from notice where person_id = $1 and told_at is null', [who.personId])).rowCount,
      ((await query('select 1 from notice where person_id = $1 and told_at is not null', [who.personId])).rowCount ?? 0) > 0,
    ];
    moment(at('10:00'));
    await choose(dispatcherA2, {});
    await choose(residentA, { digest: 'daily' });
    await file();
    await choose(dispatcherA2, { digest: 'daily' });
    await file();
    expect(await letLeaversGo(server.deps)).toBe(0);
    expect(await kept(dispatcherA2)).toEqual([1, 1, true]);

    // The end is set for tomorrow: today nothing changes.
    const tomorrow = at('12:00', 1).slice(0, 10);
    await query('update post_holding set valid_to = $2 where person_id = $1', [dispatcherA2.personId, tomorrow]);
    expect(await letLeaversGo(server.deps)).toBe(0);
    moment(at('10:00', 1));
    expect(await letLeaversGo(server.deps)).toBe(1);
    expect(await kept(dispatcherA2)).toEqual([0, 0, true]);
    expect(await letLeaversGo(server.deps)).toBe(0);
    // Residents hold no posts and lose nothing.
    expect((await kept(residentA))[0]).toBe(1);
    await query('update post_holding set valid_to = null where person_id = $1', [dispatcherA2.personId]);
  });

  test('keeps both as long as another post is held or begins later', async () => {
    const { dispatcherA2 } = server.world.people;
    const query = (text: string, values: unknown[]) => server.db.pools.maintenance.query(text, values);
    moment(at('10:00'));
    await choose(dispatcherA2, { digest: 'daily' });
    await query('update post_holding set valid_from = $2 where person_id = $1', [dispatcherA2.personId, at('12:00', 20).slice(0, 10)]);
    expect(await letLeaversGo(server.deps)).toBe(0);
    await query("update post_holding set valid_from = '2026-01-01' where person_id = $1", [dispatcherA2.personId]);
    await choose(dispatcherA2, {});
  });
});
