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

const KNOWN: readonly (readonly [RegExp, PostgresErrorCode, string])[] = [
  [
    /No space left on device|ENOSPC|Disk quota exceeded/u,
    'diskFull',
    'the disk is full; free some space and start again, nothing that was acknowledged is lost',
  ],
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
