import { backupCommand, restoreCommand } from './backup.ts';
import { calendarLoad } from './calendar.ts';
import type { Command } from './command.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand, importFullCommand } from './export.ts';
import { importCasesCommand, importCategoriesCommand } from './import.ts';
import { migrateCommand } from './migrate.ts';
import { open311Commands } from './open311.ts';
import { packLoad } from './pack.ts';
import { proceduresCheck, proceduresPublish } from './procedures.ts';
import { recordCheckpoint, recordVerify } from './record.ts';
import { setupCommand } from './setup.ts';
import { startCommand } from './start.ts';
import { statsRebuild, statsVerify } from './stats.ts';
import { userCommands } from './user.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  startCommand,
  migrateCommand,
  setupCommand,
  packLoad,
  importCasesCommand,
  importCategoriesCommand,
  calendarLoad,
  proceduresCheck,
  proceduresPublish,
  recordVerify,
  recordCheckpoint,
  statsVerify,
  statsRebuild,
  doctorCommand,
  backupCommand,
  restoreCommand,
  exportCommand,
  importFullCommand,
  ...userCommands,
  ...open311Commands,
];
