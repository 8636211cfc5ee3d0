import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withScope } from '../../platform/tx/tx.ts';
import { onDuty } from '../roster/index.ts';
import { admits, suggestBodies } from './index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

describe('duty lists in the database', () => {
  it('refuse to put gas on a grid team, citing the clause, and admit an overflowing bin', async () => {
    const { people, areas, categories } = server.world;
    await withScope(server.db.pools.app, people.dispatcherA.who, async ({ tx }) => {
      expect(await admits(tx, 'gridTeam', categories.gas, areas.gridA11.path)).toEqual({
        ok: false,
        code: 'notAdmitted',
        params: { clause: '不承担第1项', list: 'negative' },
      });
      expect(await admits(tx, 'gridTeam', categories.bin, areas.gridA11.path)).toEqual({ ok: true, clause: '准入第1项' });
    });
  });

  it('name the planning office of the lamp’s own town, in the database and in memory alike', async () => {
    const { people, areas, categories, organizations, points } = server.world;
    const expected = [{ organizationId: organizations.bodyA.organizationId, clause: '目录第1项' }];
    const stored = await withScope(server.db.pools.app, people.dispatcherA.who, ({ tx }) =>
      suggestBodies(tx, categories.lamp, areas.gridA11.path),
    );
    expect(stored).toEqual(expected);
    expect(server.deps.directory.suggest(categories.lamp, server.deps.places.resolve(points.inA11))).toEqual(expected);
    expect(server.deps.directory.suggest(categories.lamp, server.deps.places.resolve(points.outside))).toEqual([]);
  });

  it('are read clause by clause by staff, and by nobody else', async () => {
    const { areas, people } = server.world;
    const url = `/api/v1/duty-lists?areaId=${areas.townA.areaId}`;
    expect((await server.as('anonymous', { url })).statusCode).toBe(401);
    const { lists } = (await server.as(people.handlerA, { url })).json();
    expect(lists.map((list: { kind: string }) => list.kind)).toEqual(['admission', 'dispatchCatalogue', 'negative']);
  });
});

describe('who receives a case', () => {
  it('is the town’s centre, the hotline for calls, the letters office for letters, the hotline where nobody knows the place', () => {
    const { points, organizations } = server.world;
    const { places, directory } = server.deps;
    const inA = places.resolve(points.inA11);
    const nowhere = places.resolve(points.outside);
    expect(directory.receiving('case.dispatch', 'portal', inA)).toBe(organizations.centreA.organizationId);
    expect(directory.receiving('case.dispatch', 'hotline', inA)).toBe(organizations.hotline.organizationId);
    expect(directory.receiving('letter.accept', 'window', inA)).toBe(organizations.lettersA.organizationId);
    expect(directory.receiving('case.dispatch', 'portal', nowhere)).toBe(organizations.hotline.organizationId);
  });
});

describe('the duty roster', () => {
  it('finds the night dispatcher at 21:40 and nobody once the shift has ended', async () => {
    const { people, organizations } = server.world;
    const post = people.dispatcherA2.posts[0]!;
    const shiftId = '51000000-0000-8000-8000-000000000001';
    await server.db.pools.maintenance.query(
      `insert into roster_shift (shift_id, organization_id, post_id, starts_at, ends_at, kind) values ($1, $2, $3, '2026-09-30T09:30Z', '2026-10-01T01:00Z', 'night')`,
      [shiftId, post.organizationId, post.postId],
    );
    await withScope(server.db.pools.app, people.dispatcherA.who, async ({ tx }) => {
      const at = (instant: string) => onDuty(tx, organizations.centreA.organizationId, instant);
      expect((await at('2026-09-30T13:40:00.000Z')).map((shift) => shift.postId)).toEqual([post.postId]);
      expect(await at('2026-10-01T01:00:00.000Z')).toEqual([]);
    });
    const roster = await server.as(people.handlerA, {
      url: `/api/v1/organizations/${organizations.centreA.organizationId}/shifts?from=2026-09-30&days=2`,
    });
    expect(roster.json().shifts).toHaveLength(1);
    expect(
      (await server.as(people.handlerA, { url: `/api/v1/organizations/${organizations.centreA.organizationId}/shifts?from=2026-13-01` }))
        .statusCode,
    ).toBe(400);
  });
});
