import { ConfigError } from '../platform/config/config.ts';
import { ExportError } from '../platform/db/full-export.ts';
import { DISK_FULL, isDiskFull, PostgresError } from '../platform/embedded-postgres/errors.ts';
import { problemOfPostgres } from '../platform/errors/postgres.ts';
import { Problem } from '../platform/errors/problem.ts';
import { titlesEn } from '../platform/errors/titles.en.ts';
import { titlesZh } from '../platform/errors/titles.zh.ts';
import { CommandError } from './command.ts';

/** A failure as it is told: `code` and `message` are what `--json` prints; `stack` only of what nobody expected. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly stack?: string;
}

type Language = 'zh' | 'en';
const TITLES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { zh: titlesZh, en: titlesEn };

/** The language of the terminal, as POSIX orders its variables. */
export const languageOf = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language =>
  /^zh/iu.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh' : 'en';

/** What the store refuses because of what was typed, or because it is away; anything else stays as it is. */
const refusalOf = (thrown: unknown): unknown => {
  const problem = problemOfPostgres(thrown);
  if (problem?.code === 'databaseAway') return new Problem(503, problem.code, { why: (thrown as Error).message });
  return problem && problem.status < 500 ? problem : thrown;
};

/** A refusal with what it is about: `The notice names a day twice. (day 2027-10-01)`. */
const wordsOf = ({ code, params }: Problem, language: Language): string => {
  const about = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return `${TITLES[language][code] ?? code}${about.length ? ` (${about.join(', ')})` : ''}`;
};

/** Anything a command threw, as it is told to people. A full disk is one sentence wherever it was met, with Postgres's own last words. */
export const failureOf = (thrown: unknown, env: NodeJS.ProcessEnv = process.env): Failure => {
  const language = languageOf(env);
  if (isDiskFull(thrown)) {
    const words = thrown instanceof PostgresError ? thrown.message.split('\n').slice(1) : [];
    return { code: 'diskFull', message: [DISK_FULL[language], ...words].join('\n') };
  }
  const error = refusalOf(thrown);
  if (error instanceof Problem) return { code: error.code, message: wordsOf(error, language) };
  if (error instanceof CommandError || error instanceof ConfigError || error instanceof PostgresError || error instanceof ExportError)
    return { code: error.code, message: error.message };
  const { code, message, stack } = error as Error & { code?: string };
  return { code: code ?? 'failed', message, ...(stack ? { stack } : {}) };
};
