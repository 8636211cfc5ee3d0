import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pMap from 'p-map';

/** A file as a backup or an export lists it: path below the folder, size in bytes, SHA-256 in hex. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Does something with each, eight at a time: a disk that syncs eight files at once takes hardly longer than for one. Results in the order of
 * the items. After a failure nothing more is begun, and what was under way has ended before it throws: the caller may clear up.
 */
export const eachOf = async <T, R>(items: Iterable<T>, work: (item: T, index: number) => Promise<R>): Promise<R[]> => {
  let failed: { error: unknown } | undefined;
  const results = await pMap(
    items,
    async (item, index) => {
      if (failed) return undefined;
      try {
        return await work(item, index);
      } catch (error) {
        failed ??= { error };
        return undefined;
      }
    },
    { concurrency: 8 },
  );
  if (failed) throw failed.error;
  return results as R[];
};

/** Of copies that are done, for the next: a cluster is two thousand small files, and a new buffer for each is five seconds of collecting garbage. */
const buffers: Buffer[] = [];

/** Copies a file durably (0600, fsynced) and digests what was read; undefined when the file is gone. */
export const copyFile = async (from: string, to: string): Promise<{ bytes: number; sha256: string } | undefined> => {
  const source = await open(from).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!source) return undefined;
  const buffer = buffers.pop() ?? Buffer.allocUnsafeSlow(1 << 20);
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const target = await open(to, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, buffer.length, null);
        if (bytesRead === 0) break;
        const chunk = buffer.subarray(0, bytesRead);
        hash.update(chunk);
        bytes += bytesRead;
        await target.writeFile(chunk);
      }
      await target.sync();
      return { bytes, sha256: hash.digest('hex') };
    } catch (error) {
      // Half a file is none: where the disk was full it would only keep it full.
      await rm(to, { force: true });
      throw error;
    } finally {
      await target.close();
    }
  } finally {
    buffers.push(buffer);
    await source.close();
  }
};

/** Files and folders below a folder, relative, parents first; nothing for a folder that is not there. */
export const listTree = async (root: string, enter: (path: string) => boolean = () => true) => {
  const files: string[] = [];
  const folders: string[] = [];
  const walk = async (at: string): Promise<void> => {
    const entries = await readdir(join(root, at), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) {
        folders.push(path);
        if (enter(path)) await walk(path);
      } else if (entry.isFile() && enter(path)) files.push(path);
    }
  };
  await walk('');
  return { files, folders };
};

/** Copies a tree and lists it, `prefix` first in every path; files that vanish meanwhile are left out. */
export const copyTree = async (root: string, target: string, prefix: string): Promise<ListedFile[]> => {
  const listed = await eachOf((await listTree(root)).files, async (path): Promise<ListedFile[]> => {
    const copied = await copyFile(join(root, path), join(target, prefix, path));
    return copied ? [{ path: `${prefix}/${path}`, ...copied }] : [];
  });
  return listed.flat();
};

/** Written beside, synced and renamed, 0600: there whole or not at all, also where the disk is full. */
export const writeWhole = async (path: string, text: string | Buffer): Promise<void> => {
  const beside = `${path}.${process.pid}.part`;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
};

/** Fills a folder that is missing or empty; when that fails, it is as empty as before, so that what was half made does not keep the disk full. */
export const fillingFolder = async <T>(folder: string, fill: () => Promise<T>): Promise<T> => {
  const before = await readdir(folder).catch(() => undefined);
  try {
    return await fill();
  } catch (error) {
    if (before === undefined) await rm(folder, { recursive: true, force: true });
    else
      for (const name of await readdir(folder).catch(() => []))
        if (!before.includes(name)) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
};
