import { CAPABILITIES, type Capability, ROLES, type Role } from '@tongxin/domain/post/policy.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addProbes,
  doorsOf,
  fileLetterInHand,
  fileSubjects,
  findBreaches,
  findLeaks,
  findWrongDoor,
  type Probes,
  type Subjects,
} from '../../access.build.ts';

let server: TestServer;
let subjects: Subjects;
let probes: Probes;
let doors: ReturnType<typeof doorsOf>;
let admin: pg.Client;
beforeAll(async () => {
  server = await testServer();
  subjects = await fileSubjects(server);
  probes = await addProbes(server);
  doors = doorsOf(server, subjects, await fileLetterInHand(server));
  admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
  await fillForStrangers();
  await fillTheRest();
});
afterAll(async () => {
  await admin?.end();
  await server?.close();
});

/** Does something as the app role in a transaction that leaves nothing behind; as a stranger to every subject, or without any scope. */
const asApp = async <T>(scope: 'stranger' | 'none', work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const client = await server.db.pools.app.connect();
  try {
    await client.query('begin');
    if (scope === 'stranger') await client.query('select enter($1, $2)', ['person', server.world.people.committeeA.token]);
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
};

const rowsOf = (table: string, scope: 'stranger' | 'none'): Promise<number> =>
  asApp(scope, async (client) => (await client.query(`select 1 from ${table}`)).rowCount ?? 0);

/** The columns of a table that somebody may write. */
const writtenColumns = async (table: string): Promise<string> => {
  const { rows } = await admin.query<{ name: string }>(
    "select quote_ident(attname) as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = '' order by attnum",
    [table],
  );
  return rows.map(({ name }) => name).join(', ');
};

/** Whether a stranger gets past the check of a table with a row of somebody else's: a key that is taken shows it too. */
const writesAnothersRow = async (table: string): Promise<boolean> => {
  const columns = await writtenColumns(table);
  const { rows } = await admin.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t limit 1`);
  return asApp('stranger', (client) =>
    client
      .query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`, [rows[0]!.row])
      .then(() => true)
      .catch((error: { code: string }) => error.code !== '42501'),
  );
};

interface Policy {
  readonly table: string;
  readonly policy: string;
  readonly cmd: string;
  readonly qual: string | null;
  readonly check: string | null;
  readonly mayRead: boolean;
  readonly mayInsert: boolean;
  /** Another policy, or this one, shows every row to everybody. */
  readonly readByAll: boolean;
}
/** The app role's policies, with what its grants let it do there. */
const appPolicies = async (): Promise<Policy[]> => {
  const { rows } = await admin.query<Policy>(
    `select tablename as "table", policyname as policy, cmd, qual, with_check as "check",
       has_any_column_privilege('tongxin_app', format('public.%I', tablename)::regclass, 'select') as "mayRead",
       has_table_privilege('tongxin_app', format('public.%I', tablename)::regclass, 'insert') as "mayInsert",
       exists (select 1 from pg_policies o where o.tablename = p.tablename and o.cmd in ('SELECT', 'ALL') and o.qual = 'true'
         and o.roles && '{tongxin_app, public}') as "readByAll"
     from pg_policies p where 'tongxin_app' = any (roles) order by tablename, policyname`,
  );
  return rows;
};

interface Weakening {
  readonly name: string;
  readonly weaken: string;
  readonly restore: string;
  /** Whether the weakness shows to somebody who may not see or write the row. */
  readonly shows: () => Promise<boolean>;
}

/** Whether a stranger changes a row: written as it was, in the first column that the app role may change. */
const changesAnothersRow = async (table: string): Promise<boolean> => {
  const { rows } = await admin.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
       and has_column_privilege('tongxin_app', $1::regclass, attnum, 'update') order by attnum limit 1`,
    [table],
  );
  const column = rows[0]!.name;
  return asApp('stranger', (client) =>
    client
      .query(`update ${table} set ${column} = ${column}`)
      .then(({ rowCount }) => (rowCount ?? 0) > 0)
      // Reached, and stopped only by the check of what is written.
      .catch((error: { code: string }) => error.code === '42501'),
  );
};

/** Whether a stranger removes a row; what hangs on it may stop that, but only once it was reached. */
const removesAnothersRow = (table: string): Promise<boolean> =>
  asApp('stranger', (client) =>
    client
      .query(`delete from ${table}`)
      .then(({ rowCount }) => (rowCount ?? 0) > 0)
      .catch((error: { code: string }) => error.code === '23503'),
  );

/** What can be weakened of a policy: what it shows, and what it lets in. Where nothing may be read or written there is nothing to weaken. */
const weakeningsOf = ({ table, policy, cmd, qual, check, mayRead, mayInsert, readByAll }: Policy): Weakening[] => {
  const alter = `alter policy ${policy} on ${table}`;
  const shown: Weakening[] =
    // What everybody may read has nothing to lose by being shown.
    qual && mayRead && !(readByAll && cmd !== 'UPDATE' && cmd !== 'DELETE')
      ? [
          {
            name: `${policy} using`,
            weaken: `${alter} using (true)`,
            restore: `${alter} using (${qual})`,
            shows: async () => {
              if (cmd === 'UPDATE') return changesAnothersRow(table);
              if (cmd === 'DELETE') return removesAnothersRow(table);
              return (await rowsOf(table, 'stranger')) > 0 && (await rowsOf(table, 'none')) > 0;
            },
          },
        ]
      : [];
  const writes = mayInsert && (cmd === 'ALL' || cmd === 'INSERT');
  return writes
    ? [
        ...shown,
        {
          name: `${policy} with check`,
          weaken: `${alter} with check (true)`,
          restore: `${alter} with check (${check ?? qual})`,
          shows: () => writesAnothersRow(table),
        },
      ]
    : shown;
};

/** Whether a mutation is noticed; whatever happens, what was weakened is restored. */
const noticed = async ({ weaken, restore, shows }: Omit<Weakening, 'name'>): Promise<boolean> => {
  await admin.query(weaken);
  try {
    return await shows();
  } finally {
    await admin.query(restore);
  }
};

/** One row of somebody else's in each table that the world leaves empty. */
const fillForStrangers = async (): Promise<void> => {
  const { lampA, lampB } = subjects;
  const { people, organizations, areas } = server.world;
  const { residentB } = people;
  const into = (table: string, values: string, parameters: readonly unknown[]) =>
    admin.query(`insert into ${table} values (${values}) on conflict do nothing`, [...parameters]);
  await into('task', "$1, $2, $3, 'open', null, now()", [lampB.id, lampB.fileId, organizations.bodyB.organizationId]);
  await into('case_link', "$1, $2, 'related', now()", [lampA.id, lampB.id]);
  await into('source_key', "'world', '1', $1, 'x'", [lampB.id]);
  await into('text_digest', "'x', $1", [lampB.id]);
  await into('notice', "$1, $2, $3, 'dueSoon', '{}', now(), null, false, null, now()", [residentB.personId, lampB.fileId, lampB.id]);
  await into('notice_setting', "$1, '{}', null, null, true, 'off', 510, now()", [residentB.personId]);
  await into('wall_display', "$1, $2, $3, '大厅', $2, now(), now()", [lampB.fileId, residentB.personId, areas.townB.areaId]);
  await into('case_count', "'filed', $1, 'order', '', '', '2026-09-30', 1", [areas.townB.areaId]);
  await into('duration_count', "$1, 'order', '', '2026-09-30', 1, 1", [areas.townB.areaId]);
  await admin.query(
    `insert into area_rezoning (rezoning_id, digest, reason, person_id, post_id, applied_at) values ($1, 'x', '试', $2, $2, now())`,
    [lampB.id, residentB.personId],
  );
  await into('area_change', '$1, $2', [lampB.id, areas.townB.areaId]);
  await into('person_access', "$1, $2, $3, $4, $2, null, null, '电话核实', '{phone}', now()", [
    lampB.fileId,
    residentB.personId,
    lampB.id,
    lampB.partyId,
  ]);
};

/** A value for a column nobody filled by hand: by its name where it points at somebody or something of the stranger's, else by its type. */
const someValue = (name: string, type: string): unknown => {
  const { people, organizations, areas } = server.world;
  const named: Readonly<Record<string, unknown>> = {
    person_id: people.residentB.personId,
    case_id: subjects.lampB.id,
    organization_id: organizations.bodyB.organizationId,
    area_id: areas.townB.areaId,
  };
  if (name in named) return named[name];
  if (type.endsWith('[]')) return '{}';
  const typed: Readonly<Record<string, unknown>> = {
    uuid: subjects.lampB.fileId,
    jsonb: '{}',
    bytea: '\\x00',
    boolean: false,
    date: '2026-09-30',
    'timestamp with time zone': '2026-09-30T00:00:00Z',
    tstzrange: '[2026-09-30T00:00:00Z,2026-09-30T01:00:00Z)',
    text: 'x',
  };
  return typed[type] ?? 1;
};

/** One row in each table with policies that is still empty. What a table checks is not the matter here: checks and keys are off meanwhile. */
const fillTheRest = async (): Promise<void> => {
  const tables = [...new Set((await appPolicies()).map(({ table }) => table))];
  await admin.query('begin');
  await admin.query("set local session_replication_role = 'replica'");
  for (const table of tables) {
    const { rowCount } = await admin.query(`select 1 from ${table} limit 1`);
    if (rowCount) continue;
    const { rows: columns } = await admin.query<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, null) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attnotnull and not atthasdef and attidentity = ''`,
      [table],
    );
    const { rows: checks } = await admin.query<{ name: string; says: string }>(
      "select conname as name, pg_get_constraintdef(oid) as says from pg_constraint where conrelid = $1::regclass and contype = 'c'",
      [table],
    );
    for (const { name } of checks) await admin.query(`alter table ${table} drop constraint ${name}`);
    await admin.query(
      `insert into ${table} (${columns.map(({ name }) => name).join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      columns.map(({ name, type }) => someValue(name, type)),
    );
    for (const { name, says } of checks) await admin.query(`alter table ${table} add constraint ${name} ${says} not valid`);
  }
  await admin.query('commit');
};

describe('unharmed', () => {
  it('nothing shows, and every door is as the table says', async () => {
    expect(await findLeaks(server, subjects)).toEqual([]);
    const weakenings = (await appPolicies()).flatMap(weakeningsOf);
    expect(weakenings.length).toBeGreaterThan(20);
    for (const { name, shows } of weakenings) expect([name, await shows()]).toEqual([name, false]);
    for (const role of Object.keys(ROLES) as Role[])
      for (const [capability, door] of Object.entries(doors))
        expect(await findWrongDoor(door, probes, capability as Capability, role)).toEqual([]);
  });
});

describe('a weakened policy', () => {
  it('of cases turns the table red, over the API and in the database', async () => {
    const { policy, qual } = (await appPolicies()).find(({ table }) => table === 'cases')!;
    await noticed({
      weaken: `alter policy ${policy} on cases using (true)`,
      restore: `alter policy ${policy} on cases using (${qual})`,
      shows: async () => {
        expect((await findLeaks(server, subjects)).length).toBeGreaterThan(10);
        expect((await findBreaches(server, subjects, 'GET /api/v1/cases/:id')).length).toBeGreaterThan(10);
        return true;
      },
    });
    expect(await findLeaks(server, subjects)).toEqual([]);
  });

  it('shows a stranger rows, or lets a stranger’s rows in', async () => {
    const all = (await appPolicies()).flatMap(weakeningsOf);
    const survivors: string[] = [];
    for (const weakening of all) if (!(await noticed(weakening))) survivors.push(weakening.name);
    expect(survivors).toEqual([]);
  });

  it('switched off altogether turns the table red', async () => {
    await admin.query('alter table cases disable row level security');
    expect((await findLeaks(server, subjects)).length).toBeGreaterThan(10);
    await admin.query('alter table cases enable row level security');
    expect(await findLeaks(server, subjects)).toEqual([]);
  });
});

describe('a capability', () => {
  type Change = { readonly role: Role; readonly capability: Capability };
  const changes = (Object.keys(ROLES) as Role[]).flatMap((role) => CAPABILITIES.map((capability): Change => ({ role, capability })));
  const holds = ({ role, capability }: Change): boolean => (ROLES[role].capabilities as readonly Capability[]).includes(capability);
  /** What opens the door already is not given by another key, and not taken with it. */
  const matters = ({ role, capability }: Change): boolean => !doors[capability].also?.some((other) => holds({ role, capability: other }));
  /** Such a door stays shut to a post that does not see its area, given or not. */
  const outOfReach = ({ role, capability }: Change): boolean => Boolean(doors[capability].overArea) && ROLES[role].sees !== 'area';
  const survives = async (change: Change): Promise<boolean> => {
    const { role, capability } = change;
    const { capabilities }: { capabilities: readonly Capability[] } = ROLES[role];
    const changed = holds(change) ? capabilities.filter((one) => one !== capability) : [...capabilities, capability];
    await admin.query('update post_role set capabilities = $2 where role = $1', [role, changed]);
    try {
      return (await findWrongDoor(doors[capability], probes, capability, role)).length === 0;
    } finally {
      await admin.query('update post_role set capabilities = $2 where role = $1', [role, [...capabilities]]);
    }
  };
  const survivorsOf = async (chosen: readonly Change[]): Promise<string[]> => {
    const survivors: string[] = [];
    for (const change of chosen) if (await survives(change)) survivors.push(`${change.role} ${change.capability}`);
    return survivors;
  };

  it('given to a post that has no such duty opens a door that the table keeps shut', async () => {
    const given = changes.filter((change) => !holds(change) && matters(change) && !outOfReach(change));
    expect(given.length).toBeGreaterThan(200);
    expect(await survivorsOf(given)).toEqual([]);
  });

  it('taken from a post that needs it shuts a door that the table keeps open', async () => {
    const taken = changes.filter((change) => holds(change) && matters(change));
    expect(taken.length).toBeGreaterThan(50);
    expect(await survivorsOf(taken)).toEqual([]);
  });
});
