import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../platform/config/config.ts';
import { canOpen, hasSecrets, type NeededKeys } from '../platform/config/secrets.ts';
import { writeWhole } from '../platform/db/copy-file.ts';
import { CommandError } from './command.ts';

/**
 * Data is sealed by its installation's keys: before anything is read or made in a new data folder its secrets.json must be there, or come
 * with the backup. Keys that were added since do no harm. Throws `secretsMissing`, and `otherSecrets` when they cannot open what is brought.
 */
export const bringSecrets = async (folder: string, dataDir: string, keys: NeededKeys, config: () => Config): Promise<void> => {
  if (!hasSecrets(dataDir, process.env.TONGXIN_SECRETS)) {
    const brought = await readFile(join(folder, 'secrets.json')).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new CommandError('secretsMissing', `put the secrets.json that was kept apart from ${folder} into ${dataDir} first`);
    });
    await mkdir(dataDir, { recursive: true });
    await writeWhole(join(dataDir, 'secrets.json'), brought);
  }
  if (!canOpen(config().secrets, keys))
    throw new CommandError('otherSecrets', `the secrets of ${dataDir} cannot open what ${folder} holds; use those of its installation`);
};
