import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALLERS, DOORS, fileSubjects, findBreaches, findLeaks, isCell, namesOf, type Subjects } from './access.build.ts';
import { ACCESS, OPEN_DOORS } from './access.table.ts';

let server: TestServer;
let subjects: Subjects;
beforeAll(async () => {
  server = await testServer();
  subjects = await fileSubjects(server);
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
});

describe('row-level security alone', () => {
  it('shows each post the cases that the table says', async () => expect(await findLeaks(server, subjects)).toEqual([]));

  it('shows each post the same cases as the list of the API', async () => {
    for (const [name, caller] of Object.entries(CALLERS)) {
      if (typeof caller === 'string' || 'service' in caller) continue;
      const listed = new Set<string>();
      const views = ['area', 'organization', 'receiving', 'supporting', 'reported', 'mine'].filter(
        (view) => caller.posts.length > 0 || view === 'reported',
      );
      for (const view of views) {
        const page = (await server.as(caller, { url: `/api/v1/cases?view=${view}&limit=200` })).json<{ rows: { id: string }[] }>();
        for (const { id } of page.rows) listed.add(id);
      }
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
