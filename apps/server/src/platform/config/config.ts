import { resolve } from 'node:path';
import { ConfigError } from './errors.ts';
import { type MapBase, readMapBase } from './map.ts';
import { readMeetings } from './meetings.ts';
import { type MessageSettings, readMessages } from './messages.ts';
import { readAddresses, readProxies, type TrustProxy } from './proxies.ts';
import { readSecrets, type Secrets } from './secrets.ts';

export { ConfigError };

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
  /** The meeting server that sessions on the net have rooms of; absent: whoever mediates gives an address. */
  readonly meetingUrl?: string;
  /** Whose X-Forwarded-For and -Proto are believed: nobody's, those of so many proxies in a row, or of those at these addresses. */
  readonly trustProxy: TrustProxy;
  /** Addresses that may read /metrics also through a proxy; absent: this machine, without one. */
  readonly metricsFrom?: readonly string[];
  /** Inner addresses to which webhooks may be sent, also without TLS; absent: none. */
  readonly webhooksTo?: readonly string[];
  /** What clients of Open311 call this place; absent: whatever they say is taken. */
  readonly open311Jurisdiction?: string;
  /** Whom clients of Open311 ask for keys and help. */
  readonly open311Contact?: string;
  /** Requests of one address a minute before it is told to slow down. */
  readonly requestsPerMinute: number;
  /** The pack loaded at the first start; `none` for an empty installation. */
  readonly pack: string;
  /** `none`: do not build or serve the web apps. */
  readonly web: 'build' | 'none';
  /** Absent: maps show the installation's own areas alone. */
  readonly map?: MapBase;
  /** How people are told outside the desk; what is absent is off. */
  readonly messages: MessageSettings;
  readonly secrets: Secrets;
  /** Whether this start made the secrets. */
  readonly secretsAreNew: boolean;
}

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
  const map = readMapBase(env);
  const meetingUrl = readMeetings(env);
  const settings: Omit<Config, 'secrets' | 'secretsAreNew'> = {
    mode,
    role: oneOf('TONGXIN_ROLE', env.TONGXIN_ROLE, ['all', 'api', 'worker'], 'all'),
    host,
    port,
    dataDir,
    ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
    publicUrl: env.TONGXIN_PUBLIC_URL ?? `http://127.0.0.1:${port}`,
    ...(meetingUrl ? { meetingUrl } : {}),
    trustProxy: readProxies('TONGXIN_TRUST_PROXY', env.TONGXIN_TRUST_PROXY),
    ...(env.TONGXIN_METRICS_FROM ? { metricsFrom: readAddresses('TONGXIN_METRICS_FROM', env.TONGXIN_METRICS_FROM) } : {}),
    ...(env.TONGXIN_WEBHOOKS_TO ? { webhooksTo: readAddresses('TONGXIN_WEBHOOKS_TO', env.TONGXIN_WEBHOOKS_TO) } : {}),
    ...(env.TONGXIN_OPEN311_JURISDICTION ? { open311Jurisdiction: env.TONGXIN_OPEN311_JURISDICTION } : {}),
    ...(env.TONGXIN_OPEN311_CONTACT ? { open311Contact: env.TONGXIN_OPEN311_CONTACT } : {}),
    requestsPerMinute: countOf('TONGXIN_REQUESTS_PER_MINUTE', env.TONGXIN_REQUESTS_PER_MINUTE, 6000),
    pack: env.TONGXIN_PACK ?? (mode === 'demo' ? 'zhongshan' : 'none'),
    ...(map ? { map } : {}),
    messages: readMessages(env),
    web: oneOf('TONGXIN_WEB', env.TONGXIN_WEB, ['build', 'none'], 'build'),
  };
  // Last: a setting that is refused leaves no folder behind.
  const { secrets, made } = readSecrets(dataDir, env.TONGXIN_SECRETS);
  return { ...settings, secrets, secretsAreNew: made };
};
