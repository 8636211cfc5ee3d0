import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Bytes by address. Addresses are keyed hashes (platform/crypto fileAddress), so a store learns nothing and shares nothing between cases. */
export interface FileStore {
  /** Durable when it returns; storing the same address again changes nothing. */
  put(address: string, bytes: Buffer): Promise<void>;
  get(address: string): Promise<Buffer | undefined>;
  remove(address: string): Promise<void>;
}

const ADDRESS = /^[0-9a-f]{64}$/;

/** A local folder: two-level fan-out, written beside and renamed, fsynced. For several processes it must be a shared one. */
export const folderStore = (folder: string): FileStore => {
  const path = (address: string): string => {
    if (!ADDRESS.test(address)) throw new TypeError('not a file address');
    return join(folder, address.slice(0, 2), address.slice(2, 4), address);
  };
  return {
    put: async (address, bytes) => {
      const target = path(address);
      // Renamed into place whole and synced: what is there is what was written.
      if (existsSync(target)) return;
      await mkdir(dirname(target), { recursive: true });
      const beside = `${target}.${process.pid}.${Math.random().toString(36).slice(2)}`;
      const file = await open(beside, 'wx', 0o600);
      try {
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(beside, target);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
    },
    get: async (address) => {
      try {
        return await readFile(path(address));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    remove: async (address) => rm(path(address), { force: true }),
  };
};
