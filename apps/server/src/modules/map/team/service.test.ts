import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featuresIn, tilePath } from '../build.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.close());

const ask = (layer: 'teams' | 'facilities', path: string) =>
  server.as(server.world.people.dispatcherA, {
    url: `/api/v1/map/tiles/${layer}/${path}.mvt`,
    headers: { 'accept-encoding': 'identity' },
  });

describe('facilities on the map', () => {
  it('are refused from afar and found where they stand', async () => {
    expect((await ask('facilities', tilePath(113.03, 22.03, 12))).json().code).toBe('zoomTooFar');
    const { rows } = await server.db.pools.maintenance.query<{ lon: number; lat: number }>(
      'select lon, lat from facility where facility_id = $1',
      [server.world.facilities.lampA11.facilityId],
    );
    const { lon, lat } = rows[0]!;
    const found = featuresIn((await ask('facilities', tilePath(lon, lat, 16))).rawPayload, 'facilities');
    expect(found).toMatchObject([{ id: server.world.facilities.lampA11.facilityId, kind: 'lamp' }]);
    expect(featuresIn((await ask('facilities', tilePath(lon + 0.2, lat, 16))).rawPayload, 'facilities')).toEqual([]);
  });
});

describe('bodies on the map', () => {
  it('stand where their area is, with how many of their posts are on duty now, and say of no person who or where', async () => {
    const { organizations, people, areas } = server.world;
    const { postId } = people.dispatcherA.posts[0]!;
    const middle = [(areas.townA.bbox[0] + areas.townA.bbox[2]) / 2, (areas.townA.bbox[1] + areas.townA.bbox[3]) / 2] as const;
    const centre = async () => featuresIn((await ask('teams', tilePath(...middle, 9))).rawPayload, 'teams');
    const own = (found: readonly Readonly<Record<string, unknown>>[]) => found.find(({ id }) => id === areas.townA.areaId);
    expect(own(await centre())).toEqual({
      id: areas.townA.areaId,
      kind: 'centre',
      n: 1,
      zh: '甲镇综治中心',
      en: 'Governance Centre A',
      onDuty: 0,
    });
    // Two shifts of one post are one on duty; those before and after are not.
    for (const [from, to] of [
      ['2026-09-30T13:00:00Z', '2026-09-30T14:00:00Z'],
      ['2026-09-30T13:30:00Z', '2026-09-30T20:00:00Z'],
      ['2026-09-29T13:00:00Z', '2026-09-30T13:40:00Z'],
      ['2026-09-30T13:40:01Z', '2026-09-30T20:00:00Z'],
    ])
      await server.db.pools.maintenance.query(
        "insert into roster_shift (shift_id, organization_id, post_id, person_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $5, $6, 'night')",
        [v7(), organizations.centreA.organizationId, postId, people.dispatcherA.personId, from, to],
      );
    const found = own(await centre());
    expect(found).toMatchObject({ onDuty: 1 });
    expect(JSON.stringify(found)).not.toContain(people.dispatcherA.personId);
  });
});
