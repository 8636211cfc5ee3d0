import { Command as Program } from 'commander';
import { type Config, ConfigError, loadConfig } from '../platform/config/config.ts';
import { ExportError } from '../platform/db/full-export.ts';
import { PostgresError } from '../platform/embedded-postgres/errors.ts';
import { problemOfPostgres } from '../platform/errors/postgres.ts';
import { Problem } from '../platform/errors/problem.ts';
import { titlesEn } from '../platform/errors/titles.en.ts';
import { type Command, CommandError, type CommandResult } from './command.ts';
import { commands } from './commands.ts';
import { installation } from './installation.ts';

const isExpected = (error: unknown): error is Error & { code: string } =>
  error instanceof CommandError ||
  error instanceof ConfigError ||
  error instanceof PostgresError ||
  error instanceof ExportError ||
  error instanceof Problem;

/** What the store refuses because of what was typed (an id that is none, a post there is not) is a refusal; anything else stays as it is. */
const refusalOf = (thrown: unknown): unknown => {
  const problem = problemOfPostgres(thrown);
  return problem && problem.status < 500 ? problem : thrown;
};

/** What went wrong in words; a refusal with what it is about: `The notice names a day twice. (day 2027-10-01)`. */
const wordsOf = (error: Error): string => {
  if (!(error instanceof Problem)) return error.message;
  const about = Object.entries(error.params).map(([name, value]) => `${name} ${value}`);
  return `${(titlesEn as Record<string, string>)[error.code] ?? error.code}${about.length ? ` (${about.join(', ')})` : ''}`;
};

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
  const place = () => {
    opened ??= installation(configured());
    return opened;
  };
  const terminal = process.stderr.isTTY === true && !options.json;
  try {
    const result = await command.run({
      args,
      options,
      config: configured,
      open: () => place().open(),
      admin: () => place().admin(),
      progress: progressTo(terminal, options.json === true),
      say: (line) => process.stderr.write(`${terminal ? '\r\u001b[2K' : ''}${line}\n`),
    });
    if (terminal) process.stderr.write('\r\u001b[2K');
    print(command, result, options.json === true);
    if (result.ok === false) process.exitCode = 1;
  } catch (thrown) {
    if (terminal) process.stderr.write('\r\u001b[2K');
    const error = refusalOf(thrown);
    const { code } = error as { code?: string };
    const message = wordsOf(error as Error);
    if (options.json) process.stdout.write(`${JSON.stringify({ ok: false, code: code ?? 'failed', message })}\n`);
    process.stderr.write(`${isExpected(error) ? message : ((error as Error).stack ?? message)}\n`);
    process.exitCode = 1;
  } finally {
    await opened?.close();
  }
};

const print = (command: Command, result: CommandResult, json: boolean): void => {
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${command.tell ? command.tell(result) : JSON.stringify(result, null, 2)}\n`);
};

/** Builds the command tree from the list: `record verify` becomes `verify` below `record`. */
const programOf = (list: readonly Command[]): Program => {
  const program = new Program('tongxin').description('Tongxin 同心: one case spine, many governance procedures').showHelpAfterError();
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

export const runCli = async (words: readonly string[]): Promise<void> => {
  await programOf(commands).parseAsync([...words], { from: 'user' });
};
