import type { AddressInfo } from 'node:net';
import type { MadeDisplay, WallView } from '@tongxin/domain/wall/view.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';

/** A Wednesday. */
const TODAY = '2026-09-30';
const at = (time: string, days = 0): string => new Date(Date.parse(`${TODAY}T${time}:00+08:00`) - days * 86_400_000).toISOString();

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: at('09:00', 57) });
});
afterAll(() => server.close());

const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
type Where = keyof TestServer['world']['points'];
const file = async (when: string, where: Where = 'inA11', more: object = {}): Promise<string> => {
  server.deps.clock.set(when);
  const id = v7();
  const body = {
    id,
    text: '坡道一片漆黑',
    categoryId: 'municipal.lampOut',
    point: server.world.points[where],
    reporter: { name: '李某', phone: '13800000001' },
    ...more,
  };
  const answer = await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body });
  expect(answer.statusCode, answer.body).toBe(201);
  return id;
};
const act = async (who: WorldPerson, id: string, action: string, input: object = {}, fileIds: readonly string[] = []): Promise<void> => {
  const { version } = (await server.as(who, { url: `/api/v1/cases/${id}` })).json();
  const body = { commandId: v7(), action, version, input, fileIds };
  const answer = await server.as(who, { method: 'POST', url: `/api/v1/cases/${id}/actions`, body });
  expect(answer.statusCode, answer.body).toBe(200);
};
const wall = async (who: WorldPerson, area?: string): Promise<WallView> => {
  const answer = await server.as(who, { url: `/api/v1/wall${area ? `?areaId=${area}` : ''}` });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};
const step = (view: WallView, name: string) => view.flow.steps.find((one) => one.step === name)!;

describe('figures', () => {
  const dispatched: string[] = [];
  beforeAll(async () => {
    const { people, organizations } = server.world;
    // Eight Wednesdays with 1, 2, … 8 lamps by nine in the morning and one more at night.
    for (let week = 8; week >= 1; week--) {
      for (let n = 0; n < week; n++) await file(at('08:30', 7 * week));
      await file(at('22:30', 7 * week));
    }
    for (const time of ['07:05', '08:10', '08:20', '08:50', '09:15', '09:20']) dispatched.push(await file(at(time)));
    await file(at('09:25'), 'inB11');
    server.deps.clock.set(at('10:20'));
    for (const id of dispatched.slice(0, 2)) {
      await act(people.dispatcherA, id, 'accept');
      await act(people.dispatcherA, id, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    }
    await settle();
    await settle();
  });

  test('of today, by the hour, against the median of the eight Wednesdays before until the same full hour', async () => {
    const view = await wall(server.world.people.leaderA);
    expect(view.flow).toMatchObject({ day: TODAY, hours: 10, weekdays: 8 });
    expect(step(view, 'received')).toMatchObject({ today: 6, usual: { today: 6, median: 4.5 } });
    expect(step(view, 'received').byHour.slice(7, 11)).toEqual([1, 3, 2, 0]);
    expect(view.flow.usualByHour?.[8]).toBe(4.5);
    expect(view.flow.usualByHour?.[22]).toBe(1);
    expect(step(view, 'dispatched')).toMatchObject({ today: 2, usual: { today: 0, median: 0 } });
    expect(step(view, 'closed').today).toBe(0);
  });

  test('are those of the statistics, and those counted one by one', async () => {
    const { people, areas } = server.world;
    const view = await wall(people.leaderA);
    const counts = async (query: string): Promise<{ key: string; n: number }[]> =>
      (await server.as(people.leaderA, { url: `/api/v1/statistics/cases?areaId=${areas.townA.areaId}&${query}` })).json().rows;
    expect(step(view, 'received').today).toBe((await counts(`measure=filed&by=day&from=${TODAY}&to=${TODAY}`))[0]!.n);
    const standing = (await counts('measure=standing&by=stage')).reduce((sum, { n }) => sum + n, 0);
    const { lights } = view;
    expect(lights.onTime + lights.dueSoon + lights.overdue + lights.other).toBe(standing);
    const { rows } = await server.db.pools.maintenance.query<{ open: number; lead: number }>(
      `select count(*)::int as open, (count(*) filter (where lead_organization_id = $2))::int as lead from cases where town_id = $1 and ended_at is null`,
      [areas.townA.areaId, server.world.organizations.bodyA.organizationId],
    );
    expect(rows[0]).toEqual({ open: standing, lead: 2 });
    expect(lights.onTime).toBe(2);
  });

  test('fewer than five are not told exactly: of an area below, of a body', async () => {
    const { people, areas, organizations } = server.world;
    const city = await wall(people.administrator);
    const [a, b] = city.places;
    expect([a!.id, typeof a!.open, b!.id, b!.open, b!.overdue]).toEqual([areas.townA.areaId, 'number', areas.townB.areaId, 'few', 0]);
    expect(city.waiting.find(({ id }) => id === organizations.bodyA.organizationId)?.open).toBe('few');
    expect(city.waiting[0]).toMatchObject({ id: organizations.centreA.organizationId, days: 56 });
  });

  test('nothing of a case or a person is among them', async () => {
    const body = JSON.stringify(await wall(server.world.people.administrator));
    for (const word of ['李某', '13800000001', '一片漆黑', 'GD2026', ...dispatched, server.world.people.handlerA.personId])
      expect(body).not.toContain(word);
  });

  test('a case that ends leaves what is open, and what the reporter says of it is counted once', async () => {
    const { people } = server.world;
    const before = await wall(people.leaderA);
    const id = dispatched.at(-1)!;
    await act(people.dispatcherA, id, 'accept');
    await act(people.dispatcherA, id, 'answerDirectly', { reply: '已修好。' });
    await settle();
    await settle();
    const after = await wall(people.leaderA);
    expect(step(after, 'closed').today).toBe(1);
    const open = ({ lights }: WallView): number => lights.onTime + lights.dueSoon + lights.overdue + lights.other;
    expect(open(after)).toBe(open(before) - 1);
    const { id: party } = (await server.as(people.dispatcherA, { url: `/api/v1/cases/${id}` })).json().parties[0];
    const code = server.deps.crypto.receiptCode(id, party);
    const { version } = (await server.as('anonymous', { url: `/api/v1/receipts/${code}` })).json();
    const rated = await server.as('anonymous', {
      method: 'POST',
      url: `/api/v1/receipts/${code}/actions`,
      body: { commandId: v7(), action: 'rate', version, input: { satisfaction: 'satisfied' } },
    });
    expect(rated.statusCode, rated.body).toBe(200);
    await settle();
    expect((await wall(people.leaderA)).satisfaction).toEqual({ satisfied: 1, basicallySatisfied: 0, dissatisfied: 0, days: 30 });
  });

  test('figures that are behind say so, and until when they are whole', async () => {
    const { people } = server.world;
    const now = (await wall(people.leaderA)).at;
    await file(at('10:30'));
    server.deps.clock.set(at('11:00'));
    const view = await wall(people.leaderA);
    expect(view.behind).toBe(1);
    expect(view.asOf <= now).toBe(true);
    const standing = (await server.as(people.leaderA, { url: '/api/v1/statistics/standing' })).json();
    expect(standing).toMatchObject({ behind: 1, partial: true });
    await settle();
    expect(await wall(people.leaderA)).toMatchObject({ behind: 0, asOf: at('11:00') });
    expect((await server.as(people.leaderA, { url: '/api/v1/statistics/standing' })).json()).toMatchObject({ behind: 0, partial: false });
  });
});

describe('who may show what', () => {
  test.each([
    ['another town', 'townB', 'leaderA', 403],
    ['its own', 'townA', 'leaderA', 200],
    ['a community below it', 'communityA1', 'leaderA', 200],
    ['a grid', 'gridA11', 'leaderA', 422],
    ['the city above', 'city', 'leaderA', 403],
    ['without the duty', 'townA', 'handlerA', 403],
  ] as const)('%s', async (_name, area, who, status) => {
    const url = `/api/v1/wall?areaId=${server.world.areas[area].areaId}`;
    expect((await server.as(server.world.people[who], { url })).statusCode).toBe(status);
  });
  test('the shapes of the areas below', async () => {
    const { areas } = (await server.as(server.world.people.leaderA, { url: '/api/v1/wall/map' })).json();
    expect(areas.map(({ id }: { id: string }) => id).sort()).toEqual([
      server.world.areas.communityA1.areaId,
      server.world.areas.communityA2.areaId,
    ]);
    expect(areas[0].geometry.type).toBe('Polygon');
  });
});

describe('a display', () => {
  const make = (body: object, who: WorldPerson = server.world.people.administrator) =>
    server.as(who, { method: 'POST', url: '/api/v1/wall/displays', body });
  const bearer = (token: string, url: string) => server.as('anonymous', { url, headers: { authorization: `Bearer ${token}` } });
  const display = () => ({ id: v7(), name: '政务大厅', areaId: server.world.areas.townA.areaId });

  test('is made once, however often it is asked for; its id makes no other', async () => {
    const asked = display();
    const made = await make(asked);
    expect(made.statusCode).toBe(201);
    expect((await make(asked)).json()).toEqual(made.json());
    expect((await make({ ...asked, name: '另一块' })).json().code).toBe('idTaken');
    expect((await make({ ...display(), name: '   ' })).json().code).toBe('fieldMissing');
    expect((await make({ ...display(), areaId: server.world.areas.gridA11.areaId })).json().code).toBe('unknownArea');
    expect((await make(display(), server.world.people.leaderA)).statusCode).toBe(403);
    const { displays } = (await server.as(server.world.people.administrator, { url: '/api/v1/wall/displays' })).json();
    expect(displays).toEqual([made.json<MadeDisplay>().display]);
  });
  test('only the hash of its token is kept', async () => {
    const { token } = (await make(display())).json<MadeDisplay>();
    const { rows } = await server.db.pools.maintenance.query<{ found: boolean; plain: boolean }>(
      `select exists (select 1 from service_session where token_hash = sha256(convert_to($1, 'UTF8'))) as found,
        exists (select 1 from service_session where note like '%' || $1 || '%') or exists (select 1 from wall_display d where d::text like '%' || $1 || '%') as plain`,
      [token],
    );
    expect(rows[0]).toEqual({ found: true, plain: false });
  });
  test('shows the figures of its own area, and nothing else at all', async () => {
    const { token } = (await make(display())).json<MadeDisplay>();
    const shown = await bearer(token, '/api/v1/wall');
    expect(shown.statusCode, shown.body).toBe(200);
    expect(shown.json().area.id).toBe(server.world.areas.townA.areaId);
    expect((await bearer(token, `/api/v1/wall?areaId=${server.world.areas.townB.areaId}`)).statusCode).toBe(403);
    expect((await bearer(token, '/api/v1/statistics/cases?measure=standing&by=stage')).statusCode).toBe(403);
    expect((await bearer(token, '/api/v1/wall/displays')).statusCode).toBe(403);
    const id = await file(at('12:00'));
    expect((await bearer(token, `/api/v1/cases/${id}`)).statusCode).toBe(404);
    expect((await bearer(token, '/api/v1/cases')).json().rows ?? []).toEqual([]);
  });
  test('revoked, it is let in no longer: neither by a question nor by a stream that stands open', async () => {
    const asked = display();
    const { token } = (await make(asked)).json<MadeDisplay>();
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.app.server.address() as AddressInfo;
    const stream = await fetch(`http://127.0.0.1:${port}/api/v1/wall/live`, { headers: { authorization: `Bearer ${token}` } });
    const reader = stream.body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('event: wall');
    await file(at('12:10'));
    await settle();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('event: wall');
    const revoke = (who: WorldPerson) => server.as(who, { method: 'POST', url: `/api/v1/wall/displays/${asked.id}/revoke` });
    expect((await revoke(server.world.people.leaderA)).statusCode).toBe(403);
    const revoked = await revoke(server.world.people.administrator);
    expect(revoked.json().revokedAt).toBe(at('12:10'));
    expect((await revoke(server.world.people.administrator)).json()).toEqual(revoked.json());
    expect((await bearer(token, '/api/v1/wall')).statusCode).toBe(401);
    const ended = async (): Promise<boolean> => {
      for (;;) if ((await reader.read()).done) return true;
    };
    expect(await ended().catch(() => true)).toBe(true);
    expect((await make(asked)).json().code).toBe('idTaken');
  });
});
