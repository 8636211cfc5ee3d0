import { bootstrapDatabase } from '../platform/db/bootstrap.ts';
import { migrate } from '../platform/db/migrate.ts';
import type { Command } from './command.ts';
import { databaseOf } from './installation.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  describe: 'makes roles and database where they are missing and applies missing migrations',
  run: async ({ admin, config }) => {
    const { adminUrl } = await admin();
    const urls = await bootstrapDatabase(adminUrl, { database: databaseOf(config()), password: config().secrets.databasePassword });
    return { ok: true, applied: await migrate(urls.owner) };
  },
  tell: ({ applied }) => ((applied as string[]).length ? `applied:\n${(applied as string[]).join('\n')}` : 'nothing to apply'),
};
