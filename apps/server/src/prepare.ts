import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { BUILT_IN } from './built-in.ts';
import { readPack } from './cli/pack.ts';
import type { Composed } from './compose.ts';
import { findTopArea, saveRoles, saveServices } from './modules/organization/index.ts';
import { findPackLoad } from './modules/pack/index.ts';
import { hasDemoAccounts } from './modules/session/index.ts';
import { builtInYears, publishCalendar } from './platform/calendar/calendar.ts';
import { ConfigError } from './platform/config/config.ts';
import { publishProcedures } from './platform/procedures/procedures.ts';
import { withTransaction } from './platform/tx/tx.ts';

/** Cases of the demo city's year; `TONGXIN_PACK_CASES` asks for fewer or more. */
const DEMO_CASES = 20_000;
const ROOT = resolve(import.meta.dirname, '../../..');

/** Loads the demo city, its accounts and its year of cases by the command for it, in a process of its own: its memory goes with it. */
const loadPack = (deps: Composed, count: number): Promise<void> => {
  const { pack, dataDir } = deps.config;
  if (!/^[a-z][a-z0-9-]{0,40}$/u.test(pack)) throw new ConfigError('packUnfit', `TONGXIN_PACK is not the name of a pack: ${pack}`);
  const words = [resolve(ROOT, 'apps/server/bin/tongxin.mjs'), 'pack', 'load', resolve(ROOT, 'packs', pack), '--cases', String(count)];
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, words, { env: { ...process.env, TONGXIN_DATA: dataDir }, stdio: ['ignore', 2, 2] });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? done() : fail(new ConfigError('packNotLoaded', `the pack ${pack} could not be loaded; the lines above say why`)),
    );
  });
};

/** Whether a city that was loaded lacks a part that its pack came to have since. A pack that is gone has none. */
const isPartMissing = async (deps: Composed): Promise<boolean> => {
  const { pack } = deps.config;
  const known = await withTransaction(deps.pools.maintenance, (_tx, client) => findPackLoad(client, pack));
  if (!known) return false;
  const parts = await readPack(resolve(ROOT, 'packs', pack)).then(
    (one) => one.parts ?? [],
    (error: { readonly code?: string }) => {
      if (error.code === 'packMissing') return [];
      throw error;
    },
  );
  return parts.some((part) => !known.parts.includes(part));
};

/** Whether the pack is not there yet, or was interrupted on its way in. */
const isPackMissing = (deps: Composed, count: number): Promise<boolean> =>
  withTransaction(deps.pools.maintenance, async (tx, client) => {
    const known = await findPackLoad(client, deps.config.pack);
    if (!known) return count > 0 || !(await findTopArea(tx));
    return known.seed.endsWith(`/${count}`) && known.cases < count;
  });

/**
 * Brings the reference data of a migrated database up to this version of the product: roles, built-in procedures, the calendar, service
 * posts with this installation's tokens, and in demo mode the city of the pack. Safe to repeat and to run in several processes. Throws
 * ConfigError `demoAccounts` in production where demo accounts stand.
 */
export const prepare = async (deps: Composed, say: (line: string) => void = () => {}): Promise<void> => {
  const { config, pools, clock } = deps;
  if (config.mode === 'production' && (await withTransaction(pools.auth, hasDemoAccounts)))
    throw new ConfigError(
      'demoAccounts',
      'this database holds demo accounts with a known password; production needs an installation of its own (another TONGXIN_DATA)',
    );
  const now = clock.now();
  await withTransaction(pools.maintenance, saveRoles);
  await publishProcedures(pools.maintenance, BUILT_IN, {
    now,
    taken: ({ id, version }) =>
      say(`version ${version} of ${id} is a variant of this locality: the product's own comes with its next version`),
  });
  await publishCalendar(pools.maintenance, builtInYears(now.getUTCFullYear() + 1, deps.calendar().years), now);
  const count = Number(process.env.TONGXIN_PACK_CASES ?? DEMO_CASES);
  if (config.pack !== 'none' && (await isPackMissing(deps, count))) {
    say(`loading the pack ${config.pack} …`);
    await loadPack(deps, count);
  } else if (config.pack !== 'none' && (await isPartMissing(deps))) {
    say(`loading what the pack ${config.pack} has by now …`);
    // What is there already stands as it is; nothing of it is needed to start.
    await loadPack(deps, 0).catch(() =>
      say(`what the pack ${config.pack} has by now could not be loaded; it is tried again at the next start`),
    );
  }
  const top = await withTransaction(pools.maintenance, findTopArea);
  if (top) await withTransaction(pools.maintenance, (tx) => saveServices(tx, top, config.secrets.serviceTokens));
  await deps.reload();
};
