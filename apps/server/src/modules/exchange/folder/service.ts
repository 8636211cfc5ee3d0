import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps } from '../../../platform/deps.ts';

export type WriteFile = (name: string, bytes: Buffer) => Promise<string>;

/** Lends a folder that this account alone may read and that is gone afterwards: the readers of tables want files. */
export const inFolder = async <T>(deps: Deps, work: (write: WriteFile, folder: string) => Promise<T>): Promise<T> => {
  const folder = join(deps.config.dataDir, 'tmp', `exchange-${randomUUID()}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const write: WriteFile = async (name, bytes) => {
    const path = join(folder, name);
    await writeFile(path, bytes, { mode: 0o600 });
    return path;
  };
  try {
    return await work(write, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
