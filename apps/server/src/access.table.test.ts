import { type Capability, ROLES, type Role } from '@tongxin/domain/post/policy.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addProbes,
  CALLERS,
  DOORS,
  doorsOf,
  fileLetterInHand,
  fileSubjects,
  findBreaches,
  findLeaks,
  findWrongDoor,
  isCell,
  namesOf,
  type Probes,
  type Subjects,
} from './access.build.ts';
import { ACCESS, OF_ANOTHER_TOWN, OPEN_DOORS, SEES, type Target } from './access.table.ts';

let server: TestServer;
let subjects: Subjects;
let probes: Probes;
let doors: ReturnType<typeof doorsOf>;
beforeAll(async () => {
  server = await testServer();
  subjects = await fileSubjects(server);
  probes = await addProbes(server);
  doors = doorsOf(server, subjects, await fileLetterInHand(server));
});
afterAll(() => server?.close());

describe('the table of access', () => {
  it('has a row for every route of the server, and none for a route that is gone', () => {
    const routes = server.app.declaredRoutes.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => `${method} ${url}`);
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.filter((route) => !(route in ACCESS) && !OPEN_DOORS.includes(route))).toEqual([]);
    expect(Object.keys(ACCESS).filter((route) => !routes.includes(route))).toEqual([]);
  });

  it('names only people who are there, each once in a cell', () => {
    for (const [route, { cells }] of Object.entries(ACCESS))
      for (const cell of isCell(cells) ? [cells] : Object.values(cells)) {
        const named = DOORS.flatMap((door) => namesOf(cell[door]));
        expect([route, named.filter((name) => !(name in CALLERS))]).toEqual([route, []]);
        expect([route, named.filter((name, i) => named.indexOf(name) !== i)]).toEqual([route, []]);
      }
  });

  it.each(Object.keys(ACCESS))('is kept by %s', async (route) => expect(await findBreaches(server, subjects, route)).toEqual([]));

  it.each(Object.entries(OF_ANOTHER_TOWN))('is kept by %s when it names another town', async (route, row) =>
    expect(await findBreaches(server, subjects, route, row)).toEqual([]),
  );

  it('shows each in the list of another town what they see of it, and nobody a case of their own', async () => {
    for (const [name, caller] of Object.entries(CALLERS)) {
      if (caller === 'anonymous') continue;
      const { path } = OF_ANOTHER_TOWN['GET /api/v1/cases']!.ask(subjects.lampA);
      const { rows } = (await server.as(caller, { url: path })).json<{ rows: { id: string }[] }>();
      const shown = Object.keys(subjects).filter((target) => rows.some((row) => row.id === subjects[target as Target].id));
      expect([name, shown]).toEqual([name, namesOf(SEES.lampB).includes(name) ? ['lampB'] : []]);
    }
  });
});

describe('the doors of capabilities', () => {
  it.each(Object.keys(ROLES) as Role[])('open to the post %s as the table says', async (role) => {
    for (const [capability, door] of Object.entries(doors))
      expect(await findWrongDoor(door, probes, capability as Capability, role)).toEqual([]);
  });
});

describe('row-level security alone', () => {
  it('shows each post the cases that the table says', async () => expect(await findLeaks(server, subjects)).toEqual([]));

  it('shows each post the same cases as the list of the API', async () => {
    for (const [name, caller] of Object.entries(CALLERS)) {
      if (typeof caller === 'string' || 'service' in caller) continue;
      const listed = new Set<string>();
      const views = ['area', 'organization', 'receiving', 'supporting', 'respondent', 'reported', 'mine'].filter(
        (view) => caller.posts.length > 0 || view === 'reported',
      );
      for (const view of views) {
        const page = (await server.as(caller, { url: `/api/v1/cases?view=${view}&limit=200` })).json<{ rows: { id: string }[] }>();
        for (const { id } of page.rows) listed.add(id);
      }
      // What is confided stands in no list of cases but its people's own; who heads a body has its module's.
      const own = await server.as(caller, { url: '/api/v1/disputes' });
      if (own.statusCode === 200) for (const { id } of own.json<{ disputes: { id: string }[] }>().disputes) listed.add(id);
      const client = await server.db.pools.app.connect();
      await client.query('begin');
      await client.query('select enter($1, $2)', ['person', caller.token]);
      const { rows } = await client.query<{ case_id: string }>('select case_id from cases');
      await client.query('rollback');
      client.release();
      expect([name, [...listed].sort()]).toEqual([name, rows.map((row) => row.case_id).sort()]);
    }
  });

  it.each(['cases', 'events', 'event_content', 'clock', 'task', 'file', 'case_link', 'notice', 'person_access', 'case_count'])(
    'shows nothing of %s without a scope',
    async (table) => expect((await server.db.pools.app.query(`select count(*)::int as n from ${table}`)).rows).toEqual([{ n: 0 }]),
  );
});
