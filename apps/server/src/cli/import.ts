import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OnProgress } from '../modules/import/index.ts';
import { type Command, type CommandCall, CommandError } from './command.ts';

const MAPS = join(import.meta.dirname, '../../../../packs/maps');

/** The map named, else the one that comes with the product for a file of this name. */
const readMap = async (file: string, named: string | undefined): Promise<unknown> => {
  const known = join(MAPS, `${basename(file).replace(/\.\w+$/u, '')}.json`);
  const path = named ?? (existsSync(known) ? known : undefined);
  if (path === undefined) return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CommandError('mapUnreadable', `${path} is not a map: ${(error as Error).message}`);
  }
};

/** Rows, share and speed, as they grow. */
const telling = (progress: CommandCall['progress']): OnProgress => {
  const since = Date.now();
  return ({ rows, share }) =>
    progress(`${rows} rows, ${Math.round(share * 100)} %, ${Math.round((rows / (Date.now() - since + 1)) * 1000)} rows/s`);
};

/** What a file of rejects is, and whose it is to remove: said wherever one was written, also beside JSON. */
const tellRejects = async (say: CommandCall['say'], { rejects }: { readonly rejects: string | null }): Promise<void> => {
  if (rejects === null) return;
  const { REJECTS_KEPT_DAYS } = await import('../modules/import/index.ts');
  say(
    `${rejects} holds the rows that were not taken, word for word and unsealed, personal data among them. Only this account can read it; no`,
  );
  say(
    `backup holds it and nothing serves it. Mend the rows at their source, import again, and remove the file; a running server removes it after ${REJECTS_KEPT_DAYS} days.`,
  );
};

export const importCasesCommand: Command = {
  name: 'import cases',
  describe: 'imports cases from a table (.csv or .xlsx); running it again imports nothing twice',
  arguments: ['<file>'],
  options: [
    ['--map <file>', 'how columns are read; absent: packs/maps/<file stem>.json, else guessed from the header'],
    ['--dry-run', 'reads and judges everything, writes nothing'],
  ],
  run: async ({ args, options, open, progress, say }) => {
    const { importCases, openTable } = await import('../modules/import/index.ts');
    const { suggestMap } = await import('@tongxin/domain/import/rules.ts');
    const { CaseMap } = await import('@tongxin/domain/import/schema.ts');
    const { Value } = await import('typebox/value');
    const file = args[0]!;
    const found = await readMap(file, options.map as string | undefined);
    const map =
      // A map that was named is never replaced by a guess, whatever stands in it.
      found !== undefined
        ? found
        : suggestMap(
            (await openTable(file)).header,
            `table-${basename(file)
              .replace(/\.\w+$/u, '')
              .toLowerCase()
              .replace(/[^a-z0-9.-]/gu, '-')
              .slice(0, 40)}`,
          );
    if (found === undefined && map) say(`no map was named; columns are read as ${JSON.stringify(map)}`);
    if (!Value.Check(CaseMap, map))
      throw new CommandError('mapUnfit', 'the map does not say how a case is read; see packs/maps for examples');
    const deps = await open();
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    const result = await importCases(deps, { kind: 'service', token: deps.config.secrets.serviceTokens.import }, file, {
      map,
      dryRun: options.dryRun === true,
      signal: stop.signal,
      onProgress: telling(progress),
    });
    await tellRejects(say, result);
    return { ...result, ...(result.interrupted ? { ok: false } : {}) };
  },
  tell: (r) =>
    `read ${r.read}: ${r.imported} imported (${r.linked} linked), ${r.duplicates} duplicates, ${r.conflicts} conflicts, ${r.rejected} rejected${r.rejects ? `\nnot taken: ${r.rejects}` : ''}`,
};

export const importCategoriesCommand: Command = {
  name: 'import categories',
  describe: 'imports a table of category levels',
  arguments: ['<file>'],
  options: [['--map <file>', 'which columns are the levels; absent: packs/maps/<file stem>.json']],
  run: async ({ args, options, open, progress, say }) => {
    const { importCategories } = await import('../modules/import/index.ts');
    const { CategoryMap } = await import('@tongxin/domain/import/schema.ts');
    const { Value } = await import('typebox/value');
    const map = await readMap(args[0]!, options.map as string | undefined);
    if (!Value.Check(CategoryMap, map))
      throw new CommandError('mapUnfit', 'a map with scheme and levels is needed; see packs/maps/haikou-taxonomy.json');
    const result = await importCategories(await open(), args[0]!, map, telling(progress));
    await tellRejects(say, result);
    return { ...result };
  },
  tell: (r) => `${r.categories} new categories from ${r.read} rows${r.rejects ? `\nnot taken: ${r.rejects}` : ''}`,
};
