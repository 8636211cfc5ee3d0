import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** For the processes that write there: empty where the disk is real, else what makes their writes fail as a full disk does. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

const REFUSAL = join(import.meta.dirname, 'refuse-writes.ts');

/**
 * A folder with room for so many bytes. Where this account may mount, it is a disk of its own and the kernel refuses; elsewhere (a container
 * without the right to) processes started with `env` are refused by the same error at the same place.
 */
export const smallDisk = async (bytes: number): Promise<SmallDisk> => {
  const folder = await mkdtemp(join(tmpdir(), 'tongxin-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0755`, 'tongxin-small', folder]).status === 0;
  // As a disk's root is: also for the account that a database runs as.
  await chmod(folder, 0o755);
  return {
    folder,
    env: mounted
      ? {}
      : { NODE_OPTIONS: `--import=${REFUSAL}`, TONGXIN_TEST_SMALL_DISK: folder, TONGXIN_TEST_SMALL_DISK_BYTES: String(bytes) },
    close: async () => {
      if (mounted) spawnSync('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
