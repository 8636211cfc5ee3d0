import { resolve } from 'node:path';
import { dataDirOf } from '../platform/config/config.ts';
import { keyDigests } from '../platform/config/secrets.ts';
import { makeBackup, readBackup, restoreBackup } from '../platform/embedded-postgres/backup.ts';
import { bringSecrets } from './bring-secrets.ts';
import { type Command, CommandError } from './command.ts';

const sizeOf = (files: readonly { bytes: number }[]): number => files.reduce((sum, file) => sum + file.bytes, 0);

export const backupCommand: Command = {
  name: 'backup',
  describe: 'copies database, attachments and checkpoints into a new folder while work goes on',
  arguments: ['<folder>'],
  options: [['--with-secrets', 'the keys too: whoever holds the folder can then read everything']],
  run: async ({ args, options, admin, config, progress }) => {
    const { adminUrl, clusterDir } = await admin();
    if (!clusterDir) throw new CommandError('notEmbedded', 'DATABASE_URL names a server of your own; back it up by its own means');
    const manifest = await makeBackup({
      adminUrl,
      clusterDir,
      dataDir: config().dataDir,
      target: resolve(args[0]!),
      keys: keyDigests(config().secrets),
      withSecrets: options.withSecrets === true,
      onProgress: progress,
    });
    const { files, stopLsn, withSecrets } = manifest;
    return { ok: true, files: files.length, bytes: sizeOf(files), stopLsn, withSecrets };
  },
  tell: ({ files, bytes, withSecrets }) =>
    `${files} files, ${bytes} bytes${withSecrets ? '; the keys are inside: keep it locked away' : '; keep secrets.json apart from it, without it nothing can be read'}`,
};

export const restoreCommand: Command = {
  name: 'restore',
  describe: 'puts a backup into an empty data folder and replays its log',
  arguments: ['<folder>'],
  run: async ({ args, admin, config, progress }) => {
    const folder = resolve(args[0]!);
    const dataDir = dataDirOf();
    const { keys } = await readBackup(folder);
    await bringSecrets(folder, dataDir, keys, config);
    progress('copying');
    const { files, stopLsn } = await restoreBackup(folder, dataDir);
    progress('replaying the log');
    await admin();
    return { ok: true, files: files.length, bytes: sizeOf(files), stopLsn };
  },
  tell: ({ files, bytes }) => `restored ${files} files, ${bytes} bytes; check with "tongxin record verify"`,
};
