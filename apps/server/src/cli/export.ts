import { resolve } from 'node:path';
import { dataDirOf } from '../platform/config/config.ts';
import { keyDigests } from '../platform/config/secrets.ts';
import { dropDatabase, holdsData, roleUrls } from '../platform/db/bootstrap.ts';
import { exportFull, importFull, readExport } from '../platform/db/full-export.ts';
import { bringSecrets } from './bring-secrets.ts';
import { type Command, CommandError } from './command.ts';
import { databaseOf } from './installation.ts';

export const exportCommand: Command = {
  name: 'export',
  describe: 'writes every table, attachment and checkpoint in one snapshot, for any later version to read',
  arguments: ['<folder>'],
  options: [
    ['--full', 'everything (the only kind there is yet)'],
    ['--with-secrets', 'the keys too: whoever holds the folder can then read everything'],
  ],
  run: async ({ args, options, admin, config, progress }) => {
    if (options.full !== true) throw new CommandError('fullOnly', 'say --full: everything is exported, personal data included');
    const { adminUrl } = await admin();
    const { dataDir, secrets } = config();
    const manifest = await exportFull({
      urls: roleUrls(adminUrl, { database: databaseOf(config()), password: secrets.databasePassword }),
      dataDir,
      folder: resolve(args[0]!),
      keys: keyDigests(secrets),
      withSecrets: options.withSecrets === true,
      onProgress: progress,
    });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { ok: true, tables: manifest.tables.length, rows, files: manifest.files.length, postgresMajor: manifest.postgresMajor };
  },
  tell: ({ tables, rows, files }) => `${rows} rows of ${tables} tables, ${files} files`,
};

export const importFullCommand: Command = {
  name: 'import-full',
  describe: 'loads a full export into a new data folder, also one made on another PostgreSQL version',
  arguments: ['<folder>'],
  run: async ({ args, admin, roles, config, progress }) => {
    const folder = resolve(args[0]!);
    const { keys } = await readExport(folder);
    await bringSecrets(folder, dataDirOf(), keys, config);
    const { adminUrl } = await admin();
    const database = databaseOf(config());
    if (await holdsData(adminUrl, database))
      throw new CommandError('databaseNotEmpty', 'this data folder already holds a database; import into a new one');
    const urls = await roles();
    try {
      return { ok: true, ...(await importFull({ urls, dataDir: config().dataDir, folder, onProgress: progress })) };
    } catch (error) {
      await dropDatabase(adminUrl, database);
      throw error;
    }
  },
  tell: ({ tables, rows, applied }) =>
    `${rows} rows of ${tables} tables loaded and compared; ${(applied as string[]).length} migrations since`,
};
