import { CommanderError, Command as Program } from 'commander';
import { type Config, loadConfig } from '../platform/config/config.ts';
import type { Command, CommandResult } from './command.ts';
import { commands } from './commands.ts';
import { type Failure, failureOf } from './failure.ts';
import type { installation } from './installation.ts';

const PROGRESS_EVERY_MS = 1000;

/** How far a command is: a line written over on a terminal; beside `--json` lines on stderr, not oftener than each second, for whoever waits on it. */
const progressTo = (terminal: boolean, json: boolean): ((line: string) => void) => {
  let last = -Infinity;
  return (line) => {
    if (terminal) process.stderr.write(`\r\u001b[2K${line}`);
    else if (json && performance.now() - last >= PROGRESS_EVERY_MS) {
      last = performance.now();
      process.stderr.write(`${line}\n`);
    }
  };
};

/** Runs one command and prints its answer: with `--json` one object on stdout, everything else on stderr. */
const execute = async (command: Command, args: readonly string[], options: Record<string, string | boolean | undefined>): Promise<void> => {
  let config: Config | undefined;
  const configured = () => {
    config ??= loadConfig();
    return config;
  };
  let opened: ReturnType<typeof installation> | undefined;
  const place = async () => {
    const { installation } = await import('./installation.ts');
    opened ??= installation(configured());
    return opened;
  };
  const json = options.json === true;
  const terminal = process.stderr.isTTY === true && !json;
  const clear = (): void => {
    if (terminal) process.stderr.write('\r\u001b[2K');
  };
  const say = (line: string): void => {
    clear();
    process.stderr.write(`${line}\n`);
  };
  let answered = false;
  const answer = (result: CommandResult): void => {
    clear();
    if (!answered) print(command, result, json);
    answered = true;
  };
  try {
    const result = await command.run({
      args,
      options,
      config: configured,
      open: async () => (await place()).open(),
      admin: async () => (await place()).admin(),
      progress: progressTo(terminal, json),
      roles: async () => (await place()).roles(),
      answer,
      say,
    });
    answer(result);
    if (result.ok === false) process.exitCode = 1;
  } catch (thrown) {
    clear();
    fail(await reasonOf(thrown, opened), json && !answered);
  } finally {
    await opened?.close();
  }
};

/** What failed because our own Postgres ended, failed for the reason it ended. */
const reasonOf = async (thrown: unknown, opened: ReturnType<typeof installation> | undefined): Promise<Failure> => {
  const failure = failureOf(thrown);
  const lost = failure.code === 'databaseAway' ? await opened?.lost() : undefined;
  return lost ? failureOf(lost) : failure;
};

/** One sentence on stderr, one object on stdout where `--json` asked for it, and an exit code that is not zero. */
const fail = ({ code, message, stack }: Failure, json: boolean): void => {
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, code, message })}\n`);
  process.stderr.write(`${stack ?? message}\n`);
  process.exitCode = 1;
};

const print = (command: Command, result: CommandResult, json: boolean): void => {
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${command.tell ? command.tell(result) : JSON.stringify(result, null, 2)}\n`);
};

/** Builds the command tree from the list: `record verify` becomes `verify` below `record`. */
const programOf = (list: readonly Command[]): Program => {
  const program = new Program('tongxin')
    .description('Tongxin 同心: one case spine, many governance procedures')
    .showHelpAfterError()
    .exitOverride();
  const groups = new Map<string, Program>();
  for (const command of list) {
    const words = command.name.split(' ');
    let parent = program;
    for (const word of words.slice(0, -1)) {
      const group = groups.get(word) ?? program.command(word).description(`${word} commands`);
      groups.set(word, group);
      parent = group;
    }
    const sub = parent.command([words.at(-1)!, ...(command.arguments ?? [])].join(' ')).description(command.describe);
    for (const [flags, describe] of command.options ?? []) sub.option(flags, describe);
    sub.option('--json', 'one JSON object on stdout');
    sub.action(async (...given: unknown[]) => {
      const args = given
        .slice(0, command.arguments?.length ?? 0)
        .flat()
        .filter((word): word is string => typeof word === 'string');
      await execute(command, args, sub.opts());
    });
  }
  return program;
};

/** What was typed could not be read: commander has said why on stderr, a program that reads our stdout is told there. */
const misread = ({ message, exitCode }: CommanderError, json: boolean): void => {
  process.exitCode = exitCode;
  if (!json || exitCode === 0) return;
  process.stdout.write(`${JSON.stringify({ ok: false, code: 'usage', message: message.replace(/^error: /u, '') })}\n`);
};

export const runCli = async (words: readonly string[]): Promise<void> => {
  try {
    await programOf(commands).parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    misread(error, words.includes('--json'));
  }
};
