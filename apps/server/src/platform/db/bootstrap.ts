import { createHmac } from 'node:crypto';
import pg from 'pg';

/** Addresses of one database by role. */
export interface RoleUrls {
  readonly owner: string;
  readonly app: string;
  readonly feed: string;
  readonly auth: string;
  readonly maintenance: string;
}
type LoginRole = keyof RoleUrls;

/** None is a superuser. `maintenance` (CLI only) and `definer` (owns a few functions, cannot sign in) look past row-level security. */
const ROLES: Readonly<Record<LoginRole, string>> = {
  owner: 'login nobypassrls',
  app: 'login nobypassrls',
  feed: 'login nobypassrls',
  auth: 'login nobypassrls',
  maintenance: 'login bypassrls',
};
const COMMON = 'nosuperuser nocreatedb nocreaterole noreplication noinherit';

const passwordOf = (secret: string, role: string): string => createHmac('sha256', secret).update(`role:${role}`).digest('base64url');

const withClient = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const urlOf = (adminUrl: string, database: string, user?: string, password?: string): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (user !== undefined) url.username = user;
  if (password !== undefined) url.password = password;
  return url.toString();
};

export const roleUrls = (adminUrl: string, { database, password }: { database: string; password: string }): RoleUrls => {
  const of = (role: LoginRole): string => urlOf(adminUrl, database, `tongxin_${role}`, passwordOf(password, role));
  return { owner: of('owner'), app: of('app'), feed: of('feed'), auth: of('auth'), maintenance: of('maintenance') };
};

/**
 * Makes roles and database where they are missing, and sets the roles' passwords from `password`. Safe to repeat. Needs an administrator
 * (superuser of the embedded cluster, or one who may create roles with BYPASSRLS on a server of one's own).
 */
export const bootstrapDatabase = async (adminUrl: string, options: { database: string; password: string }): Promise<RoleUrls> => {
  const { database, password } = options;
  if (!/^[a-z][a-z0-9_]{0,62}$/u.test(database)) throw new Error(`not a database name: ${database}`);
  await withClient(adminUrl, async (admin) => {
    await admin.query("select pg_advisory_lock(hashtext('tongxin.bootstrap'))");
    const { rows: roles } = await admin.query<{ rolname: string }>("select rolname from pg_roles where rolname like 'tongxin\\_%'");
    const known = new Set(roles.map((row) => row.rolname));
    for (const [role, attributes] of Object.entries(ROLES)) {
      const verb = known.has(`tongxin_${role}`) ? 'alter' : 'create';
      await admin.query(
        `${verb} role tongxin_${role} with ${attributes} ${COMMON} password ${pg.escapeLiteral(passwordOf(password, role))}`,
      );
    }
    await admin.query(`${known.has('tongxin_definer') ? 'alter' : 'create'} role tongxin_definer with nologin bypassrls ${COMMON}`);
    await admin.query('grant tongxin_definer to tongxin_owner');
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [database]);
    if (!rowCount)
      await admin
        .query(`create database ${database} owner tongxin_owner encoding 'UTF8' template template0`)
        .catch((error: { code?: string }) => {
          if (error.code !== '42P04') throw error;
        });
  });
  await withClient(urlOf(adminUrl, database), async (admin) => {
    // A database that somebody made for us is not the owner's, who needs a schema for sign-in beside `public`.
    await admin.query(`grant create on database ${database} to tongxin_owner`);
    await admin.query('alter schema public owner to tongxin_owner');
    await admin.query('revoke all on schema public from public');
    await admin.query('grant usage on schema public to tongxin_app, tongxin_feed, tongxin_maintenance');
    await admin.query('grant usage, create on schema public to tongxin_definer');
    for (const extension of ['pg_trgm', 'btree_gist']) await admin.query(`create extension if not exists ${extension}`);
  });
  return roleUrls(adminUrl, options);
};

/** Whether a database was ever migrated. */
export const holdsData = async (adminUrl: string, database: string): Promise<boolean> => {
  const there = await withClient(
    adminUrl,
    async (admin) => (await admin.query('select 1 from pg_database where datname = $1', [database])).rowCount,
  );
  if (!there) return false;
  return withClient(urlOf(adminUrl, database), async (admin) => {
    const { rows } = await admin.query<{ used: boolean }>("select to_regclass('public.migration') is not null as used");
    return rows[0]?.used ?? false;
  });
};

/** After a failed load: what was half made goes. */
export const dropDatabase = (adminUrl: string, database: string): Promise<unknown> =>
  withClient(adminUrl, (admin) => admin.query(`drop database if exists ${pg.escapeIdentifier(database)} with (force)`));
