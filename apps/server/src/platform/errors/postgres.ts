import { Problem } from './problem.ts';

/** Errors of the database that mean it is away for now: the caller may simply come again. */
const AWAY = /^(08|57P0|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT)/u;
const AWAY_WORDS =
  /connection terminated|connection ended|timeout exceeded when trying to connect|client has encountered a connection error|cannot use a pool after/iu;

/** SQLSTATE to what the caller is told. Constraint names and values stay inside. */
const BY_STATE: Readonly<Record<string, readonly [status: number, code: string]>> = {
  '23505': [409, 'alreadyExists'],
  '23503': [422, 'unknownReference'],
  '23514': [422, 'unacceptable'],
  '23502': [422, 'unacceptable'],
  '23P01': [409, 'alreadyExists'],
  '22001': [422, 'unacceptable'],
  '22003': [422, 'unacceptable'],
  '22007': [422, 'unacceptable'],
  '22008': [422, 'unacceptable'],
  '22P02': [422, 'unacceptable'],
  '22P05': [400, 'forbiddenCharacter'],
  '22021': [400, 'forbiddenCharacter'],
  '42501': [403, 'forbidden'],
  '40001': [503, 'tryAgain'],
  '40P01': [503, 'tryAgain'],
  '55P03': [503, 'tryAgain'],
  '57014': [503, 'tookTooLong'],
  '53100': [507, 'noRoom'],
  ENOSPC: [507, 'noRoom'],
  EDQUOT: [507, 'noRoom'],
  // Raised by attach_files: a filing names a file that was not uploaded for it, or not by whoever files.
  TX001: [422, 'unknownFile'],
};

/** Whether somebody else wrote the same key meanwhile. */
export const wasWrittenMeanwhile = (error: unknown): boolean => (error as { code?: unknown } | undefined)?.code === '23505';

/** The problem behind an error of Postgres or of its driver; undefined for any other error, and for SQL that is wrong in itself. */
export const problemOfPostgres = (error: unknown): Problem | undefined => {
  if (!(error instanceof Error)) return undefined;
  const state = (error as Error & { code?: unknown }).code;
  const known = typeof state === 'string' ? BY_STATE[state] : undefined;
  if (known) return new Problem(known[0], known[1]);
  if ((typeof state === 'string' && AWAY.test(state)) || AWAY_WORDS.test(error.message)) return new Problem(503, 'databaseAway');
  return undefined;
};
