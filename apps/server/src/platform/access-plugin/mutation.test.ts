import { ROLES } from '@tongxin/domain/post/policy.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSubjects, findBreaches, findLeaks, type Subjects } from '../../access.build.ts';

const LONG = process.env.TONGXIN_LONG === '1';

/** The table's routes that a weakened check must turn red, between them. */
const WATCHED = [
  'GET /api/v1/cases/:id',
  'GET /api/v1/cases/:id/files/:fileId',
  'POST /api/v1/cases',
  'POST /api/v1/cases/:id/actions',
  'POST /api/v1/cases/:id/notes',
  'POST /api/v1/cases/:id/parties/:partyId/read',
  'POST /api/v1/cases/:id/erase',
  'GET /api/v1/statistics/cases',
];

let server: TestServer;
let subjects: Subjects;
let admin: pg.Client;
beforeAll(async () => {
  server = await testServer();
  subjects = await fileSubjects(server);
  admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin?.end();
  await server?.close();
});

/** Rows of a table that the app role meets under a scope that sees none of the subjects, and with no scope at all. */
const strangersRows = async (table: string): Promise<number> => {
  const client = await server.db.pools.app.connect();
  try {
    await client.query('begin');
    const nobody = await client.query(`select 1 from ${table}`).then(({ rowCount }) => rowCount ?? 0);
    await client.query('select enter($1, $2)', ['person', server.world.people.committeeA.token]);
    const stranger = await client.query(`select 1 from ${table}`).then(({ rowCount }) => rowCount ?? 0);
    return nobody + stranger;
  } finally {
    await client.query('rollback');
    client.release();
  }
};

interface Policy {
  readonly table: string;
  readonly policy: string;
  readonly qual: string;
}
/** Policies by which the app role reads. The tables a stranger's rows are looked for in need a row of somebody else: they get one here. */
const readPolicies = async (): Promise<Policy[]> => {
  const { rows } = await admin.query<Policy>(
    `select tablename as "table", policyname as policy, qual from pg_policies
     where 'tongxin_app' = any (roles) and cmd in ('ALL', 'SELECT') and qual is not null order by tablename`,
  );
  return rows;
};

const weakened = async (policy: Policy, look: () => Promise<void>): Promise<void> => {
  await admin.query(`alter policy ${policy.policy} on ${policy.table} using (true)`);
  try {
    await look();
  } finally {
    await admin.query(`alter policy ${policy.policy} on ${policy.table} using (${policy.qual})`);
  }
};

const breaches = async (routes: readonly string[]): Promise<string[]> =>
  (await Promise.all(routes.map((route) => findBreaches(server, subjects, route)))).flat();

describe('unharmed', () => {
  it('the watched routes are as the table says', async () => {
    expect(await findLeaks(server, subjects)).toEqual([]);
    expect(await breaches(WATCHED)).toEqual([]);
  });
});

describe('a weakened policy', () => {
  it('of cases turns the table red, over the API and in the database', async () => {
    const policy = (await readPolicies()).find(({ table }) => table === 'cases')!;
    await weakened(policy, async () => {
      expect((await findLeaks(server, subjects)).length).toBeGreaterThan(10);
      expect((await breaches(['GET /api/v1/cases/:id'])).length).toBeGreaterThan(10);
    });
    expect(await findLeaks(server, subjects)).toEqual([]);
  });

  it('of anything else shows a stranger rows', async () => {
    await fillForStrangers();
    const policies = (await readPolicies()).filter(({ table }) => table !== 'cases');
    expect(policies.length).toBeGreaterThan(10);
    const readable = new Set(
      (
        await admin.query<{ t: string }>(
          "select table_name as t from information_schema.role_table_grants where grantee = 'tongxin_app' and privilege_type = 'SELECT'",
        )
      ).rows.map(({ t }) => t),
    );
    for (const policy of policies) {
      if (!readable.has(policy.table)) continue;
      expect([policy.policy, await strangersRows(policy.table)]).toEqual([policy.policy, 0]);
      await weakened(policy, async () => expect([policy.policy, (await strangersRows(policy.table)) > 0]).toEqual([policy.policy, true]));
    }
  });

  it('switched off altogether turns the table red', async () => {
    await admin.query('alter table cases disable row level security');
    expect((await findLeaks(server, subjects)).length).toBeGreaterThan(10);
    await admin.query('alter table cases enable row level security');
    expect(await findLeaks(server, subjects)).toEqual([]);
  });
});

/** One row of somebody else's in each table that the world leaves empty. */
const fillForStrangers = async (): Promise<void> => {
  const { lampA, lampB } = subjects;
  const { residentB } = server.world.people;
  await admin.query("insert into task values ($1, $2, $3, 'open', null, now()) on conflict do nothing", [
    lampB.id,
    lampB.fileId,
    server.world.organizations.bodyB.organizationId,
  ]);
  await admin.query("insert into case_link values ($1, $2, 'related', now()) on conflict do nothing", [lampA.id, lampB.id]);
  await admin.query("insert into source_key values ('world', '1', $1, 'x') on conflict do nothing", [lampB.id]);
  await admin.query("insert into text_digest values ('x', $1) on conflict do nothing", [lampB.id]);
  await admin.query("insert into notice values ($1, $2, $3, 'dueSoon', '{}', now()) on conflict do nothing", [
    residentB.personId,
    lampB.fileId,
    lampB.id,
  ]);
  await admin.query("insert into case_count values ('filed', $1, 'order', '', '', '2026-09-30', 1) on conflict do nothing", [
    server.world.areas.townB.areaId,
  ]);
  await admin.query("insert into duration_count values ($1, 'order', '', '2026-09-30', 1, 1) on conflict do nothing", [
    server.world.areas.townB.areaId,
  ]);
  await admin.query(
    "insert into person_access values ($1, $2, $3, $4, $2, null, null, '电话核实', '{phone}', now()) on conflict do nothing",
    [lampB.fileId, residentB.personId, lampB.id, lampB.partyId],
  );
};

/** Capabilities that open a door of their own; the others only ever matter together with a relation (domain/procedure's own tests). */
const GATES = ['party.read', 'record.erase', 'case.read', 'case.file', 'statistics.read', 'case.handle'] as const;

describe('a capability given to every post', () => {
  it.each(LONG ? GATES : GATES.slice(0, 2))('%s turns the table red', async (capability) => {
    await admin.query('update post_role set capabilities = array_append(capabilities, $1) where not $1 = any (capabilities)', [capability]);
    try {
      const found = await breaches(WATCHED);
      // Where every post of the world holds it already, taking it away is the mutation.
      if (found.length === 0) {
        await admin.query('update post_role set capabilities = array_remove(capabilities, $1)', [capability]);
        expect((await breaches(WATCHED)).length).toBeGreaterThan(0);
      } else expect(found.length).toBeGreaterThan(0);
    } finally {
      for (const [role, { capabilities }] of Object.entries(ROLES))
        await admin.query('update post_role set capabilities = $2 where role = $1', [role, [...capabilities]]);
    }
  });
});
