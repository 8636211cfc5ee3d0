import pg from 'pg';
import type { RoleUrls } from './bootstrap.ts';
import { readMigrations } from './migrate.ts';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

const one = async <T extends pg.QueryResultRow>(client: pg.Client, statement: string): Promise<T[]> =>
  (await client.query<T>(statement)).rows;

/** Tables that hold something of a case or a person: those with the column, less the record's own proofs, which hold no words. */
const OPEN_TABLES = ['checkpoint_leaf', 'feed', 'post_holding', 'service_session', 'roster_shift'];

const inspectRoles = async (client: pg.Client): Promise<Finding[]> => {
  const powerful = await one<{ rolname: string }>(
    client,
    String.raw`select rolname from pg_roles where rolname like 'tongxin\_%' and (rolsuper or rolcreaterole or rolreplication
      or (rolbypassrls and rolname not in ('tongxin_maintenance', 'tongxin_definer')))`,
  );
  const names = powerful.map((row) => row.rolname).join(', ');
  return [
    {
      check: 'roles',
      ok: powerful.length === 0,
      detail: names === '' ? 'none is more powerful than it must be' : `too powerful: ${names}`,
    },
  ];
};

const inspectRowSecurity = async (client: pg.Client): Promise<Finding[]> => {
  const bare = await one<{ relname: string }>(
    client,
    `select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname in ('case_id', 'person_id') and not a.attisdropped
        and not (c.relrowsecurity and c.relforcerowsecurity) and c.relname <> all ('{${OPEN_TABLES.join(',')}}')`,
  );
  const names = bare.map((row) => row.relname).join(', ');
  return [
    {
      check: 'rowSecurity',
      ok: bare.length === 0,
      detail: names === '' ? 'forced on every table with case data' : `not forced on ${names}`,
    },
  ];
};

const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'];

const inspectSettings = async (client: pg.Client): Promise<Finding[]> => {
  const rows = await one<{ name: string; setting: string }>(
    client,
    `select name, setting from pg_settings where name = any ('{${[...DURABLE, 'data_checksums', 'server_version_num'].join(',')}}') order by name`,
  );
  const version = Number(rows.find((row) => row.name === 'server_version_num')?.setting ?? 0);
  const checksums = rows.some((row) => row.name === 'data_checksums' && row.setting === 'on');
  const off = rows.filter((row) => DURABLE.includes(row.name) && row.setting === 'off').map((row) => row.name);
  return [
    { check: 'postgresVersion', ok: version >= 150_000, detail: `PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed` },
    { check: 'durability', ok: off.length === 0, detail: off.length === 0 ? `${DURABLE.join(', ')} on` : `off: ${off.join(', ')}` },
    // Not wrong: the cluster of a server of one's own may have been made without.
    { check: 'checksums', ok: true, detail: checksums ? 'on' : 'off: a block that goes bad on the disk is not noticed' },
  ];
};

const inspectMigrations = async (client: pg.Client): Promise<Finding> => {
  const [{ there } = { there: false }] = await one<{ there: boolean }>(
    client,
    "select to_regclass('public.migration') is not null as there",
  );
  const rows = there ? await one<{ number: number; digest: string }>(client, 'select number, digest from migration order by number') : [];
  const known = await readMigrations();
  const changed = rows.filter((row) => known[row.number - 1]?.digest !== row.digest);
  if (changed.length > 0)
    return {
      check: 'migrations',
      ok: false,
      detail: `applied and since changed or unknown: ${changed.map((row) => row.number).join(', ')}`,
    };
  const pending = known.length - rows.length;
  return {
    check: 'migrations',
    ok: pending === 0,
    detail: pending === 0 ? `${rows.length} applied` : `${pending} pending; run tongxin migrate`,
  };
};

/** Positions a consumer may be behind, and how long it may then stand still, before somebody should look. */
const LAG_LIMIT = 10_000;
const STILL_SECONDS = 60;

interface Cursor {
  readonly consumer: string;
  readonly behind: number;
  readonly still: number;
}

/** What a lag means: nothing where no server runs, since nobody is there to follow; catching up where it moves; else something is stuck. */
const meaningOf = (runs: boolean, waiting: number, cursors: readonly Cursor[]): Pick<Finding, 'ok' | 'detail'> => {
  const told = `${waiting} waiting for a place; ${cursors.map((one) => `${one.consumer} ${one.behind} behind`).join(', ') || 'no consumer has begun'}`;
  const late = cursors.filter((one) => one.behind > LAG_LIMIT);
  if (late.length === 0 && waiting <= LAG_LIMIT) return { ok: true, detail: told };
  if (!runs) return { ok: true, detail: `${told}; no server runs now, a started one catches up` };
  if (late.every((one) => one.still < STILL_SECONDS) && waiting <= LAG_LIMIT) return { ok: true, detail: `${told}; catching up` };
  return { ok: false, detail: `${told}; a server runs and does not catch up: see its log` };
};

const inspectFeed = async (client: pg.Client): Promise<Finding> => {
  const cursors = await one<Cursor>(
    client,
    `select c.consumer, (h.position - c.position)::int as behind, extract(epoch from now() - c.moved_at)::int as still
      from feed_cursor c cross join feed_head h order by 1`,
  );
  const [{ waiting } = { waiting: 0 }] = await one<{ waiting: number }>(client, 'select count(*)::int as waiting from feed_pending');
  // Whoever gives places holds this lock for as long as it runs (platform/feed/sequencer.ts).
  const [{ runs } = { runs: false }] = await one<{ runs: boolean }>(
    client,
    `select exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 1
      and ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended('tongxin.sequencer', 0)
      and l.database = (select oid from pg_database where datname = current_database())) as runs`,
  );
  return { check: 'feed', ...meaningOf(runs, waiting, cursors) };
};

/** What is wrong with a database, without changing anything in it. `urls`: the roles' addresses; their passwords must fit. */
export const inspectDatabase = async (urls: RoleUrls): Promise<Finding[]> => {
  const findings: Finding[] = [];
  const owner = new pg.Client({ connectionString: urls.owner });
  const maintenance = new pg.Client({ connectionString: urls.maintenance });
  try {
    await owner.connect();
    findings.push(...(await inspectSettings(owner)), ...(await inspectRoles(owner)));
    const migrations = await inspectMigrations(owner);
    findings.push(migrations);
    if (!migrations.ok) return findings;
    findings.push(...(await inspectRowSecurity(owner)));
    await maintenance.connect();
    findings.push(await inspectFeed(maintenance));
  } catch (error) {
    findings.push({ check: 'database', ok: false, detail: (error as Error).message });
  } finally {
    await Promise.allSettled([owner.end(), maintenance.end()]);
  }
  return findings;
};
