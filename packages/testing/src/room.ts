import { chmod, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const GIB = 1024 ** 3;
/** What a run writes at once stays below two; the machine must not want for memory either. */
const ROOM = 3 * GIB;
const LEFT = 6 * GIB;

const isRoomy = async (): Promise<boolean> => {
  const found = await statfs(MEMORY).catch(() => undefined);
  return found !== undefined && found.bavail * found.bsize >= ROOM && process.availableMemory() >= LEFT;
};

/**
 * A new folder for data of this run alone, in memory where there is room: making a database costs an eighth there of what it costs on a disk. Open
 * to pass through, so that the cluster of a Postgres that may not be root lies inside, and goes with it.
 */
export const runFolder = async (name: string): Promise<string> => {
  const folder = await mkdtemp(join((await isRoomy()) ? MEMORY : tmpdir(), `tongxin-${name}-`));
  await chmod(folder, 0o755);
  return folder;
};
