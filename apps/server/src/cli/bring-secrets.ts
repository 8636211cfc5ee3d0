import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, keysDigest } from '../platform/config/config.ts';
import { copyFile } from '../platform/db/copy-file.ts';
import { CommandError } from './command.ts';

/**
 * Data is sealed by its installation's keys: before anything is read or made in a new data folder its secrets.json must be there, or come
 * with the backup. Throws `secretsMissing`, and `otherSecrets` when they cannot open what is brought.
 */
export const bringSecrets = async (folder: string, dataDir: string, keys: string, config: () => Config): Promise<void> => {
  const own = join(dataDir, 'secrets.json');
  const brought = join(folder, 'secrets.json');
  if (!process.env.TONGXIN_SECRETS && !existsSync(own)) {
    if (!existsSync(brought))
      throw new CommandError('secretsMissing', `put the secrets.json that was kept apart from ${folder} into ${dataDir} first`);
    await copyFile(brought, own);
  }
  if (keysDigest(config().secrets) !== keys)
    throw new CommandError('otherSecrets', `the secrets of ${dataDir} cannot open what ${folder} holds; use those of its installation`);
};
