import { randomUUID } from 'node:crypto';
import type { StaffPage, StaffView } from '@tongxin/domain/staff/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: TestServer;
/** Administers town A only. */
let townAdministrator: Caller;
beforeAll(async () => {
  server = await testServer();
  const { verifierA } = server.world.people;
  const { bodyA, centreA } = server.world.organizations;
  // Held by somebody of the centre: the world knows only the city's administrator.
  await server.db.pools.maintenance.query(
    `insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'administrator', '{"zh":"镇管理员"}', '2020-01-01')`,
    [TOWN_POST, centreA.organizationId, bodyA.areaId],
  );
  await server.db.pools.maintenance.query(
    "insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $1, $2, '2020-01-01')",
    [TOWN_POST, verifierA.personId],
  );
  await server.deps.reload();
  townAdministrator = verifierA;
});
afterAll(() => server?.close());

const TOWN_POST = '0cadad00-0000-8000-8000-000000000001';
const uuid = randomUUID;
const post = (caller: Caller, url: string, body: object) => server.as(caller, { method: 'POST', url: `/api/v1${url}`, body });
const codeOf = async (asked: ReturnType<typeof post>) => {
  const response = await asked;
  return response.statusCode < 300 ? response.statusCode : response.json<{ code: string }>().code;
};
const get = async <T>(caller: Caller, url: string): Promise<T> => {
  const response = await server.as(caller, { url: `/api/v1${url}` });
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode} ${response.body}`);
  return response.json<T>();
};

let serial = 0;
const newPerson = (postId: string) => {
  serial += 1;
  return { commandId: uuid(), personId: uuid(), holdingId: uuid(), username: `clerk-${serial}`, name: `新同事${serial}`, postId };
};
const made = async (caller: Caller, postId: string) => {
  const asked = newPerson(postId);
  const response = await post(caller, '/staff', asked);
  if (response.statusCode !== 200) throw new Error(response.body);
  return { ...asked, ...response.json<{ firstPassword: string }>() };
};
const staffOf = async (caller: Caller, personId: string): Promise<StaffView | undefined> => {
  let cursor: string | undefined;
  do {
    const page: StaffPage = await get(caller, `/staff?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    const found = page.rows.find((row) => row.id === personId);
    if (found) return found;
    cursor = page.next;
  } while (cursor);
  return undefined;
};
const handlerPost = () => server.world.people.handlerA.posts[0]!.postId;

const signIn = async (username: string, password: string) => {
  const response = await server.app.inject({ method: 'POST', url: '/api/auth/sign-in/username', payload: { username, password } });
  return {
    status: response.statusCode,
    cookie: response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; '),
  };
};
const meOf = async (cookie: string) =>
  (await server.app.inject({ url: '/api/v1/me', headers: { cookie } })).json<{ posts: unknown[]; passwordOnce: boolean }>();

describe('who may not appoint', () => {
  it('a dispatcher, a head of a body, a leader', async () => {
    const { dispatcherA, bodyHeadA, leaderA } = server.world.people;
    for (const caller of [dispatcherA, bodyHeadA, leaderA])
      expect(await codeOf(post(caller, '/staff', newPerson(handlerPost())))).toBe('missingCapability');
  });
  it('the administrator of a town, beyond it: neither to another town, nor to the city, nor to a body of the city that works in the town', async () => {
    const { handlerB, leaderA, administrator } = server.world.people;
    for (const { posts } of [handlerB, leaderA, administrator])
      expect(await codeOf(post(townAdministrator, '/staff', newPerson(posts[0]!.postId)))).toBe('beyondYourArea');
  });
  it('anybody, to the platform’s own services, or to a post there is not', async () => {
    const { administrator } = server.world.people;
    const { postId } = server.world.services.clock;
    expect(await codeOf(post(administrator, '/staff', newPerson(postId)))).toBe('roleNotYours');
    expect(await codeOf(post(administrator, '/staff', newPerson(uuid())))).toBe('unknownPost');
  });
  it('anybody, to themselves', async () => {
    const { administrator } = server.world.people;
    const asked = { commandId: uuid(), holdingId: uuid(), postId: handlerPost() };
    expect(await codeOf(post(administrator, `/staff/${administrator.personId}/posts`, asked))).toBe('notToYourself');
  });
  it('and row-level security says the same without any rule', async () => {
    const { administrator, dispatcherA, handlerA, handlerB } = server.world.people;
    const insert = async (caller: { token: string }, personId: string, postId: string) => {
      const client = await server.db.pools.app.connect();
      try {
        await client.query('begin');
        await client.query("select enter('person', $1)", [caller.token]);
        await client.query("insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2026-10-01')", [
          uuid(),
          postId,
          personId,
        ]);
        return 'written';
      } catch (error) {
        return (error as { code: string }).code;
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    const serviceId = server.world.services.clock.postId;
    expect(await insert(administrator, handlerB.personId, handlerPost())).toBe('written');
    expect(await insert(dispatcherA, handlerB.personId, handlerPost())).toBe('42501');
    expect(await insert(administrator, administrator.personId, handlerPost())).toBe('42501');
    expect(await insert(administrator, handlerA.personId, serviceId)).toBe('42501');
    expect(await insert(townAdministrator as { token: string }, handlerA.personId, handlerB.posts[0]!.postId)).toBe('42501');
  });
});

describe('a new person', () => {
  it('is refused with a name of blanks, a bad or taken user name, and days that are none; nothing is left', async () => {
    const { administrator } = server.world.people;
    const good = newPerson(handlerPost());
    const refused = async (change: object) => codeOf(post(administrator, '/staff', { ...good, commandId: uuid(), ...change }));
    expect(await refused({ name: '　 ' })).toBe('fieldMissing');
    expect(await refused({ username: 'Clerk Kent' })).toBe('badUsername');
    expect(await refused({ username: 'handler-a' })).toBe('usernameTaken');
    expect(await refused({ from: '2026-02-30' })).toBe('fieldUnfit');
    expect(await refused({ from: '2026-10-02', to: '2026-10-01' })).toBe('endsBeforeItBegins');
    expect(await staffOf(administrator, good.personId)).toBeUndefined();
    const { rows } = await server.db.pools.maintenance.query('select 1 from person where person_id = $1', [good.personId]);
    expect(rows).toEqual([]);
  });

  it('signs in with the first password, which opens no post until it is replaced', async () => {
    const person = await made(townAdministrator, handlerPost());
    const first = await signIn(person.username, person.firstPassword);
    expect(first.status).toBe(200);
    expect(await meOf(first.cookie)).toMatchObject({ posts: [], passwordOnce: true });
    const change = (newPassword: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/auth/change-password',
        headers: { cookie: first.cookie },
        payload: { currentPassword: person.firstPassword, newPassword },
      });
    expect((await change(person.firstPassword)).json()).toMatchObject({ code: 'passwordSame' });
    expect((await change('my own long password')).statusCode).toBe(200);
    const own = await signIn(person.username, 'my own long password');
    expect(await meOf(own.cookie)).toMatchObject({ passwordOnce: false, posts: [{ role: 'handler' }] });
    expect(await staffOf(townAdministrator, person.personId)).toMatchObject({ name: person.name, account: 'open', elsewhere: false });
  });

  it('is made once by the same command, and another request under its key is refused', async () => {
    const asked = newPerson(handlerPost());
    const [one, two] = [await post(townAdministrator, '/staff', asked), await post(townAdministrator, '/staff', asked)];
    expect([one.statusCode, two.json()]).toEqual([200, one.json()]);
    expect(await codeOf(post(townAdministrator, '/staff', { ...asked, name: '另一个人' }))).toBe('commandReused');
  });

  it('is known by name to who appoints, and to nobody else', async () => {
    const { administrator, handlerA } = server.world.people;
    const person = await made(administrator, server.world.people.handlerB.posts[0]!.postId);
    expect(await staffOf(administrator, person.personId)).toMatchObject({ name: person.name });
    expect(await staffOf(townAdministrator, person.personId)).toBeUndefined();
    expect((await server.as(handlerA, { url: '/api/v1/staff' })).statusCode).toBe(403);
  });
});

describe('posts of one person in several bodies', () => {
  it('stand side by side, but the same post not twice in the same days', async () => {
    const { administrator, handlerA2, handlerB } = server.world.people;
    const person = await made(administrator, handlerPost());
    const appoint = (postId: string, days: object = {}) =>
      codeOf(post(administrator, `/staff/${person.personId}/posts`, { commandId: uuid(), holdingId: uuid(), postId, ...days }));
    expect(await appoint(handlerA2.posts[0]!.postId)).toBe(200);
    expect(await appoint(handlerPost(), { from: '2026-11-01' })).toBe('postOverlaps');
    expect(await appoint(handlerB.posts[0]!.postId, { from: '2026-10-01', to: '2026-11-01' })).toBe(200);
    expect(await appoint(handlerB.posts[0]!.postId, { from: '2026-10-31' })).toBe('postOverlaps');
    expect(await appoint(handlerB.posts[0]!.postId, { from: '2026-11-01' })).toBe(200);
    const seen = await staffOf(townAdministrator, person.personId);
    expect(seen?.holdings).toHaveLength(4);
    // Posts in town B too: the account is the city's to lock, not the town's.
    expect(seen?.elsewhere).toBe(true);
    for (const deed of ['lock', 'password'])
      expect(await codeOf(post(townAdministrator, `/staff/${person.personId}/${deed}`, { commandId: uuid() }))).toBe('personElsewhere');
  });
});

describe('an account', () => {
  it('is locked, signs in no more, and opens with a new first password', async () => {
    const person = await made(townAdministrator, handlerPost());
    const { cookie } = await signIn(person.username, person.firstPassword);
    expect(await codeOf(post(townAdministrator, `/staff/${person.personId}/lock`, { commandId: uuid() }))).toBe(200);
    expect((await server.app.inject({ url: '/api/v1/me', headers: { cookie } })).statusCode).toBe(401);
    expect((await signIn(person.username, person.firstPassword)).status).toBe(401);
    expect(await staffOf(townAdministrator, person.personId)).toMatchObject({ account: 'locked' });
    const again = await post(townAdministrator, `/staff/${person.personId}/password`, { commandId: uuid() });
    expect((await signIn(person.username, again.json<{ firstPassword: string }>().firstPassword)).status).toBe(200);
    expect(await staffOf(townAdministrator, person.personId)).toMatchObject({ account: 'once' });
  });
  it('of an administrator is not locked by themselves', async () =>
    expect(
      await codeOf(
        post(server.world.people.administrator, `/staff/${server.world.people.administrator.personId}/lock`, { commandId: uuid() }),
      ),
    ).toBe('notToYourself'));
});

describe('the log', () => {
  it('tells who appointed whom to what, in the area, and shows it to no dispatcher', async () => {
    const { administrator, dispatcherA } = server.world.people;
    const person = await made(townAdministrator, handlerPost());
    const log = await get<{ rows: { what: string; by: object; changes: { field: string; after?: unknown }[] }[] }>(
      administrator,
      `/administration/log?subjectId=${person.personId}`,
    );
    expect(log.rows).toHaveLength(1);
    expect(log.rows[0]).toMatchObject({ what: 'made', by: { name: 'verifier-a', post: { zh: '镇管理员' } } });
    expect(log.rows[0]!.changes).toContainEqual({ field: 'postId', after: { zh: '甲镇规划建设办承办员', en: 'handler-a' } });
    expect(JSON.stringify(log)).not.toContain(person.name);
    expect((await server.as(dispatcherA, { url: '/api/v1/administration/log' })).statusCode).toBe(403);
  });
});
