import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Pack } from '@tongxin/domain/pack/schema.ts';
import { BUILT_IN } from './built-in.ts';
import type { Composed } from './compose.ts';
import { findTopArea, saveRoles, saveServices } from './modules/organization/index.ts';
import { loadCity } from './modules/pack/index.ts';
import { addAccounts, DEMO_PASSWORD, hasDemoAccounts } from './modules/session/index.ts';
import { builtInYears, publishCalendar } from './platform/calendar/calendar.ts';
import { ConfigError } from './platform/config/config.ts';
import { publishProcedures } from './platform/procedures/procedures.ts';
import { withTransaction } from './platform/tx/tx.ts';

const PACKS = resolve(import.meta.dirname, '../../../packs');

/** Loads the demo city and opens its accounts, once: where an area stands already, nothing happens. */
const loadPack = async (deps: Composed, name: string, say: (line: string) => void): Promise<void> => {
  if (!/^[a-z][a-z0-9-]{0,40}$/u.test(name)) throw new ConfigError('packUnfit', `TONGXIN_PACK is not the name of a pack: ${name}`);
  say(`loading the pack ${name} …`);
  const { pack } = (await import(pathToFileURL(resolve(PACKS, name, 'pack.ts')).href)) as { pack: Pack };
  const { city } = pack.build(pack.seed);
  await loadCity(deps, city);
  const accounts = city.accounts.map(({ username, authUserId, title }) => ({ username, authUserId, name: title.zh }));
  await addAccounts(deps, accounts, { password: DEMO_PASSWORD, demo: true });
};

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
  await publishProcedures(pools.maintenance, BUILT_IN, { now });
  await publishCalendar(pools.maintenance, builtInYears(now.getUTCFullYear() + 1, deps.calendar().years), now);
  if (config.pack !== 'none' && !(await withTransaction(pools.maintenance, findTopArea))) await loadPack(deps, config.pack, say);
  const top = await withTransaction(pools.maintenance, findTopArea);
  if (top) await withTransaction(pools.maintenance, (tx) => saveServices(tx, top, config.secrets.serviceTokens));
  await deps.reload();
};
