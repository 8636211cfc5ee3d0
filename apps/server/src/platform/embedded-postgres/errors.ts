/** Why the embedded Postgres cannot serve, with a stable code and what to do about it. */
export class PostgresError extends Error {
  readonly code: PostgresErrorCode;
  constructor(code: PostgresErrorCode, message: string) {
    super(message);
    this.name = 'PostgresError';
    this.code = code;
  }
}

export const POSTGRES_ERROR_CODES = [
  'cannotRun',
  'dataFolderInUse',
  'diskFull',
  'otherMajorVersion',
  'portInUse',
  'notDurable',
  'postgresLost',
  'postgresTooOld',
  'wrongPassword',
  'damaged',
  'noPermission',
  'folderNotEmpty',
  'notABackup',
  'backupDamaged',
  'secretsMissing',
  'startFailed',
] as const;
export type PostgresErrorCode = (typeof POSTGRES_ERROR_CODES)[number];

/** What is said of a full disk, by whatever it was met: the system's own refusal, or Postgres's. */
export const DISK_FULL = {
  zh: '磁盘已满；请腾出空间后再试，已经确认过的内容都不会丢失',
  en: 'the disk is full; free some space and start again, nothing that was acknowledged is lost',
} as const;

const NO_ROOM = /No space left on device|ENOSPC|Disk quota exceeded/u;

/** Whether an error, or what caused it, is that there is no room left: ENOSPC and EDQUOT of the system, SQLSTATE 53100 of Postgres. */
export const isDiskFull = (error: unknown): boolean => {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && ['ENOSPC', 'EDQUOT', '53100', 'diskFull'].includes(code)) return true;
  }
  return false;
};

const KNOWN: readonly (readonly [RegExp, PostgresErrorCode, string])[] = [
  [NO_ROOM, 'diskFull', DISK_FULL.en],
  [
    /could not bind|Address already in use|could not create any TCP\/IP sockets/u,
    'portInUse',
    'the database port is taken by another program; stop it or choose another port',
  ],
  [
    /Permission denied|must be owned|invalid permissions/u,
    'noPermission',
    'the database files cannot be read by the user that Postgres runs as',
  ],
  [
    /invalid checkpoint record|could not locate a valid checkpoint|PANIC|invalid page/u,
    'damaged',
    'the database files are damaged; restore the last backup with "tongxin restore"',
  ],
];

/** What Postgres said, as a sentence with a way out; the last lines of its own words stay for the engineer. */
export const explain = (said: string, what: string): PostgresError => {
  const tail = said.trim().split('\n').slice(-6).join('\n');
  const known = KNOWN.find(([pattern]) => pattern.test(said));
  return known ? new PostgresError(known[1], `${known[2]}\n${tail}`) : new PostgresError('startFailed', `${what}\n${tail}`);
};

/**
 * Why a Postgres that served ended by itself. Only the end of its log counts, and not when somebody killed it: a full disk it met and
 * outlived is not the reason.
 */
export const explainLoss = (said: string, signal: NodeJS.Signals | null): PostgresError => {
  const lately = said.trim().split('\n').slice(-40).join('\n');
  return signal === null && NO_ROOM.test(lately)
    ? explain(lately, '')
    : new PostgresError('postgresLost', 'Postgres ended by itself; its log lies in the data folder; start again when the cause is mended');
};
