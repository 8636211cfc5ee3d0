import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CryptoKeys } from '../crypto/crypto.ts';

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

export type ProcessRole = 'all' | 'api' | 'worker';

export interface Config {
  readonly mode: 'demo' | 'production';
  readonly role: ProcessRole;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** A Postgres server of one's own (15 or newer): an administrator's address; absent: the embedded one. */
  readonly databaseUrl?: string;
  /** The address people use; `https:` makes cookies secure. */
  readonly publicUrl: string;
  readonly trustProxy: boolean;
  /** Requests of one address a minute before it is told to slow down. */
  readonly requestsPerMinute: number;
  /** The pack loaded at the first start; `none` for an empty installation. */
  readonly pack: string;
  /** `none`: do not build or serve the web apps. */
  readonly web: 'build' | 'none';
  readonly secrets: Secrets;
  /** Whether this start made the secrets. */
  readonly secretsAreNew: boolean;
}

/** A setting that cannot be: said in one sentence, before anything was opened. */
export class ConfigError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'ConfigError';
    this.code = code;
  }
}

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

const readSecrets = (dataDir: string, mode: Config['mode'], fromEnv: string | undefined): { secrets: Secrets; made: boolean } => {
  if (fromEnv) return { secrets: parseSecrets(fromEnv, 'TONGXIN_SECRETS'), made: false };
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return { secrets: parseSecrets(readFileSync(file, 'utf8'), file), made: false };
  if (existsSync(join(dataDir, 'postgres')) || existsSync(join(dataDir, 'postgres.path')))
    throw new ConfigError(
      'secretsMissing',
      `${dataDir} holds a database but no secrets.json; put the file back from where it was kept apart from the backup`,
    );
  void mode;
  mkdirSync(dataDir, { recursive: true });
  const secrets = newSecrets();
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600, flag: 'wx' });
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

/** Tells whether two installations can open each other's sealed words: a digest of the keys that data depends on, never the keys. */
export const keysDigest = ({ sealingKeys, indexKey, receiptKey, fileKey }: Secrets): string =>
  createHash('sha256')
    .update(JSON.stringify([Object.entries(sealingKeys.keys).sort(), indexKey, receiptKey, fileKey]))
    .digest('hex')
    .slice(0, 16);

/** The data folder the environment names, without opening or making anything in it. */
export const dataDirOf = (env: NodeJS.ProcessEnv = process.env): string => resolve(env.TONGXIN_DATA ?? '.data');

const portOf = (text: string | undefined): number => {
  const port = Number(text ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConfigError('portUnfit', `PORT must be a number from 0 to 65535, not ${text}`);
  return port;
};

const countOf = (name: string, text: string | undefined, otherwise: number): number => {
  const count = Number(text ?? otherwise);
  if (!Number.isInteger(count) || count < 1) throw new ConfigError('settingUnfit', `${name} must be a whole number above 0, not ${text}`);
  return count;
};

const oneOf = <T extends string>(name: string, value: string | undefined, known: readonly T[], otherwise: T): T => {
  if (value === undefined || value === '') return otherwise;
  const found = known.find((one) => one === value);
  if (!found) throw new ConfigError('settingUnfit', `${name} must be one of ${known.join(', ')}, not ${value}`);
  return found;
};

/** Settings from the environment; secrets from `TONGXIN_SECRETS` or the data folder. */
export const loadConfig = (env: NodeJS.ProcessEnv = process.env): Config => {
  const mode = oneOf('TONGXIN_MODE', env.TONGXIN_MODE, ['demo', 'production'], 'demo');
  const dataDir = dataDirOf(env);
  const port = portOf(env.PORT);
  const host = mode === 'demo' ? '127.0.0.1' : (env.TONGXIN_HOST ?? '127.0.0.1');
  if (mode === 'demo' && env.TONGXIN_HOST && !['127.0.0.1', 'localhost', '::1'].includes(env.TONGXIN_HOST))
    throw new ConfigError('demoIsLocal', 'demo mode listens on this machine only; set TONGXIN_MODE=production for anything else');
  const { secrets, made } = readSecrets(dataDir, mode, env.TONGXIN_SECRETS);
  return {
    mode,
    role: oneOf('TONGXIN_ROLE', env.TONGXIN_ROLE, ['all', 'api', 'worker'], 'all'),
    host,
    port,
    dataDir,
    ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
    publicUrl: env.TONGXIN_PUBLIC_URL ?? `http://127.0.0.1:${port}`,
    trustProxy: oneOf('TONGXIN_TRUST_PROXY', env.TONGXIN_TRUST_PROXY, ['true', 'false'], 'false') === 'true',
    requestsPerMinute: countOf('TONGXIN_REQUESTS_PER_MINUTE', env.TONGXIN_REQUESTS_PER_MINUTE, 6000),
    pack: env.TONGXIN_PACK ?? (mode === 'demo' ? 'zhongshan' : 'none'),
    web: oneOf('TONGXIN_WEB', env.TONGXIN_WEB, ['build', 'none'], 'build'),
    secrets,
    secretsAreNew: made,
  };
};
