import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CryptoKeys } from '../crypto/crypto.ts';
import { ConfigError } from './errors.ts';

/** Keys and passwords of an installation; made at the first start, kept in `<data>/secrets.json` (0600), never logged. */
export interface Secrets extends CryptoKeys {
  readonly databasePassword: string;
  readonly authSecret: string;
  /** Ed25519 seed, base64 of 32 bytes. */
  readonly checkpointKey: string;
  readonly serviceTokens: Readonly<Record<ServiceName, string>>;
}
export const SERVICE_NAMES = ['portal', 'import', 'clock', 'open311'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

const key = (): string => randomBytes(32).toString('base64');

const newSecrets = (): Secrets => ({
  databasePassword: randomBytes(24).toString('base64url'),
  sealingKeys: { current: 'k1', keys: { k1: key() } },
  indexKey: key(),
  receiptKey: key(),
  fileKey: key(),
  authSecret: key(),
  checkpointKey: key(),
  serviceTokens: Object.fromEntries(SERVICE_NAMES.map((name) => [name, randomBytes(32).toString('base64url')])) as Record<
    ServiceName,
    string
  >,
});

/** Written beside, synced and linked into place: whole or not at all, and never over the secrets another process made meanwhile. */
const keepSecrets = (file: string, secrets: Secrets): void => {
  const beside = `${file}.${process.pid}.part`;
  rmSync(beside, { force: true });
  try {
    const handle = openSync(beside, 'wx', 0o600);
    try {
      writeFileSync(handle, JSON.stringify(secrets, null, 2));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    try {
      linkSync(beside, file);
    } catch (error) {
      // Some shared folders know no second name of a file.
      if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      renameSync(beside, file);
    }
  } finally {
    rmSync(beside, { force: true });
  }
};

const SECRETS = 'secrets.json';

/** Whether an installation's secrets are there, without making any. */
export const hasSecrets = (dataDir: string, fromEnv: string | undefined): boolean => Boolean(fromEnv) || existsSync(join(dataDir, SECRETS));

export const readSecrets = (dataDir: string, fromEnv: string | undefined): { secrets: Secrets; made: boolean } => {
  if (fromEnv) return { secrets: parseSecrets(fromEnv, 'TONGXIN_SECRETS'), made: false };
  const file = join(dataDir, SECRETS);
  const found = () => ({ secrets: parseSecrets(readFileSync(file, 'utf8'), file), made: false });
  if (existsSync(file)) return found();
  if (existsSync(join(dataDir, 'postgres')) || existsSync(join(dataDir, 'postgres.path')))
    throw new ConfigError(
      'secretsMissing',
      `${dataDir} holds a database but no secrets.json; put the file back from where it was kept apart from the backup`,
    );
  mkdirSync(dataDir, { recursive: true });
  const secrets = newSecrets();
  try {
    keepSecrets(file, secrets);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return found();
    throw error;
  }
  return { secrets, made: true };
};

const parseSecrets = (text: string, where: string): Secrets => {
  try {
    const secrets = JSON.parse(text) as Secrets;
    if (!secrets.sealingKeys?.keys || !secrets.authSecret || !secrets.databasePassword || !secrets.serviceTokens)
      throw new Error('incomplete');
    return secrets;
  } catch {
    throw new ConfigError('secretsUnreadable', `${where} is not a complete secrets file`);
  }
};

/** Ids of secrets for logs and doctor: a digest, never the secret. */
export const fingerprint = (secrets: Secrets): string => createHash('sha256').update(JSON.stringify(secrets)).digest('hex').slice(0, 12);

const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

/** Digests of the keys that data depends on, one for each, never the keys: what a backup says it needs. */
export const keyDigests = ({ sealingKeys, indexKey, receiptKey, fileKey }: Secrets): readonly string[] => [
  ...Object.entries(sealingKeys.keys).sort().map(digestOf),
  ...Object.entries({ indexKey, receiptKey, fileKey }).map(digestOf),
];

/** What a backup or an export says of its keys; those made before keys could be told apart hold one digest over all. */
export type NeededKeys = readonly string[] | string;

/** Whether secrets open what needs these keys: all of them are there, however many were added since. */
export const canOpen = (secrets: Secrets, needed: NeededKeys): boolean => {
  if (typeof needed !== 'string') {
    const own = new Set(keyDigests(secrets));
    return needed.every((digest) => own.has(digest));
  }
  const { sealingKeys, indexKey, receiptKey, fileKey } = secrets;
  const added = Object.entries(sealingKeys.keys);
  // Keys are only ever added: the older one's were the first so many of ours.
  return added.some((_, i) => digestOf([added.slice(0, i + 1).sort(), indexKey, receiptKey, fileKey]) === needed);
};
