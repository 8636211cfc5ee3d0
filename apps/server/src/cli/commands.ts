import type { Command } from './command.ts';
import { migrateCommand } from './migrate.ts';
import { proceduresCheck, proceduresPublish } from './procedures.ts';
import { recordCheckpoint, recordVerify } from './record.ts';
import { startCommand } from './start.ts';
import { statsRebuild, statsVerify } from './stats.ts';
import { userCommands } from './user.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  startCommand,
  migrateCommand,
  proceduresCheck,
  proceduresPublish,
  recordVerify,
  recordCheckpoint,
  statsVerify,
  statsRebuild,
  ...userCommands,
];
