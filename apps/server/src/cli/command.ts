import type { Composed } from '../compose.ts';
import type { Config } from '../platform/config/config.ts';
import type { RoleUrls } from '../platform/db/bootstrap.ts';

/** What a command gets: its words and options, and ways to reach the installation when it needs one. */
export interface CommandCall {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly config: () => Config;
  /** The open installation: a running one's Postgres, or one started for the command's own time. Migrated; reference data read. */
  readonly open: () => Promise<Composed>;
  /** The administrator's address of the database, before migration: for doctor, backup, export and restore. */
  readonly admin: () => Promise<{ adminUrl: string; clusterDir?: string; owned: boolean }>;
  /** The roles' addresses, made with the database where they are missing; refused on a server that would lose what it acknowledged. */
  readonly roles: () => Promise<RoleUrls>;
  /** Prints the answer now, for a command that goes on: nothing else reaches stdout then. */
  readonly answer: (result: CommandResult) => void;
  /** Progress: one line that grows on a terminal, lines on stderr beside `--json`, nothing where nobody looks. */
  readonly progress: (line: string) => void;
  /** For people, on stderr. */
  readonly say: (line: string) => void;
}

/**
 * A command of `tongxin`. Its file imports modules only inside `run` (`await import(…)`): a word typed wrongly, or a look at the help, must not
 * read the whole server first. `run` returns what `--json` prints; `failed` in it, or a throw, makes the exit code non-zero.
 */
export interface Command {
  /** Words as typed: `record verify`. */
  readonly name: string;
  readonly describe: string;
  /** `<file>`, `[folder]`. */
  readonly arguments?: readonly string[];
  /** Flags in commander's form with a description: `['--map <file>', 'how columns are read']`. */
  readonly options?: readonly (readonly [flags: string, describe: string])[];
  readonly run: (call: CommandCall) => Promise<CommandResult>;
  /** One to a few lines for people; absent: the JSON. */
  readonly tell?: (result: CommandResult) => string;
}
export type CommandResult = Readonly<Record<string, unknown>> & { readonly ok?: boolean };

/** An expected failure of a command: one sentence, no stack. */
export class CommandError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
  }
}
