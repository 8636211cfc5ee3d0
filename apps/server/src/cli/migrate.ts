import { migrate } from '../platform/db/migrate.ts';
import type { Command } from './command.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  describe: 'makes roles and database where they are missing and applies missing migrations',
  run: async ({ roles }) => ({ ok: true, applied: await migrate((await roles()).owner) }),
  tell: ({ applied }) => ((applied as string[]).length ? `applied:\n${(applied as string[]).join('\n')}` : 'nothing to apply'),
};
