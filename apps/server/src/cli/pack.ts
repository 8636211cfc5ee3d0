import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Pack } from '@tongxin/domain/pack/schema.ts';
import { type Command, CommandError } from './command.ts';

/** Cases of the demo city's year. */
export const DEMO_CASES = 20_000;

/** The pack of a folder. Throws `packMissing` when the folder has none. */
export const readPack = async (folder: string): Promise<Pack> => {
  const module: unknown = await import(pathToFileURL(resolve(folder, 'pack.ts')).href).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ERR_MODULE_NOT_FOUND' ? new CommandError('packMissing', `there is no pack in ${folder}`) : error;
  });
  return (module as { pack: Pack }).pack;
};

export const packLoad: Command = {
  name: 'pack load',
  describe:
    'loads a synthetic city from a folder: areas, bodies, posts, rosters, duty lists, categories, facilities, and its year of cases',
  arguments: ['<folder>'],
  options: [
    ['--cases <n>', `how many cases (${DEMO_CASES})`],
    ['--seed <words>', 'another seed than the pack’s own'],
  ],
  run: async ({ args, options, open, progress }) => {
    const count = Number(options.cases ?? DEMO_CASES);
    if (!Number.isInteger(count) || count < 0 || count > 10_000_000)
      throw new CommandError('badNumber', '--cases is a number from 0 to 10000000');
    const { BUILT_IN } = await import('../built-in.ts');
    const { loadCases, loadCity, loadField, loadMediation, savePackParts } = await import('../modules/pack/index.ts');
    const { addAccounts, DEMO_PASSWORD } = await import('../modules/session/index.ts');
    const { builtInYears, publishCalendar } = await import('../platform/calendar/calendar.ts');
    const { publishProcedures } = await import('../platform/procedures/procedures.ts');
    const { withTransaction } = await import('../platform/tx/tx.ts');
    const own = await readPack(args[0]!);
    const pack = typeof options.seed === 'string' ? { ...own, seed: options.seed } : own;
    const deps = await open();
    const built = pack.build(pack.seed);
    const tell = (what: string, done: number, of: number): void => progress(`${what} ${done}/${of}`);
    const rows = await loadCity(deps, built.city, tell);
    await loadField(deps, built.city);
    await loadMediation(deps, built.city.mediation);
    if (deps.config.mode === 'demo') {
      const accounts = built.city.accounts.map(({ username, authUserId, title }) => ({ username, authUserId, name: title.zh }));
      await addAccounts(deps, accounts, { password: DEMO_PASSWORD, demo: true });
    }
    // What cases are judged by: on an installation that was never started it is not there yet.
    const now = deps.clock.now();
    await publishProcedures(deps.pools.maintenance, BUILT_IN, { now, taken: () => {} });
    await publishCalendar(deps.pools.maintenance, builtInYears(now.getUTCFullYear() + 1, deps.calendar().years), now);
    await deps.reload();
    const cases = count > 0 ? await loadCases(deps, pack, built, count, tell) : 0;
    await withTransaction(deps.pools.maintenance, (_tx, client) => savePackParts(client, pack.id, pack.parts ?? []));
    return { ok: true, pack: pack.id, rows, cases };
  },
  tell: ({ pack, cases }) => `pack ${pack} is loaded; ${cases} cases are new`,
};
