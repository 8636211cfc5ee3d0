import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withTransaction } from '../../platform/tx/tx.ts';
import { findTopArea, saveServices } from './index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

describe('bodies and posts', () => {
  it('are not shown to somebody who is not signed in', async () => {
    for (const url of ['/organizations', '/posts?areaId=a0000000-0000-8000-8000-000000000002'])
      expect((await server.as('anonymous', { url: `/api/v1${url}` })).statusCode).toBe(401);
  });

  it('a question about posts must name a body or an area', async () => {
    const answer = await server.as(server.world.people.handlerA, { url: '/api/v1/posts' });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'placeMissing']);
  });

  it('a dispatcher lists the bodies of the town, and with everything below', async () => {
    const { areas, people } = server.world;
    const list = async (query: string) =>
      (await server.as(people.dispatcherA, { url: `/api/v1/organizations?areaId=${areas.townA.areaId}${query}` }))
        .json()
        .organizations.map((o: { name: { en: string } }) => o.name.en);
    expect(await list('')).not.toContain("Residents' Committee A1");
    expect(await list('&deep=true')).toContain("Residents' Committee A1");
    expect(await list('&kind=centre')).toEqual(['Governance Centre A']);
  });

  it('the responsibility map shows posts, first responsible person first, and numbers instead of names', async () => {
    const { organizations, people } = server.world;
    const answer = await server.as(people.dispatcherA, { url: `/api/v1/posts?organizationId=${organizations.bodyA.organizationId}` });
    const { posts } = answer.json();
    expect(posts.map((post: { responsibility?: number }) => post.responsibility)).toEqual([1, 2, 3, undefined]);
    expect(posts.every((post: { holders: number }) => post.holders === 1)).toBe(true);
    expect(answer.body).not.toContain('personId');
  });

  it('a service whose token was changed is no longer let in by the old one', async () => {
    const { pools } = server.db;
    const tokens = {
      portal: 'another-token-of-the-portal',
      import: 'another-token-of-imports',
      clock: 'another-token-of-the-clock',
      open311: 'another-token-of-open311',
    };
    await withTransaction(pools.maintenance, async (tx) => saveServices(tx, (await findTopArea(tx))!, tokens));
    const { rows } = await pools.app.query('select enter($1, $2) as old, enter($1, $3) as new', [
      'service',
      server.world.services.portal.token,
      tokens.portal,
    ]);
    expect(rows[0].old).toBeNull();
    expect(rows[0].new.posts).toMatchObject([{ role: 'portalService', capabilities: ['case.file'] }]);
  });
});
