import type { Config } from './config.ts';
import { ConfigError } from './errors.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** One byte over and over, or too few of them: nobody's secret. */
const isWeak = (secret: string): boolean =>
  secret.length < 32 || new Set(Buffer.from(secret, 'base64')).size < 8 || /^(.)\1*$/u.test(secret);

const secretsOf = ({ secrets }: Config): readonly string[] => [
  secrets.databasePassword,
  secrets.authSecret,
  secrets.indexKey,
  secrets.receiptKey,
  secrets.fileKey,
  secrets.checkpointKey,
  ...Object.values(secrets.sealingKeys.keys),
  ...Object.values(secrets.serviceTokens),
];

/**
 * What production must not start with, before anything is opened. Throws ConfigError `weakSecrets`, `publicWithoutTls`, `proxyUntrusted` or
 * `demoPack`. Demo mode may do all of it, because it listens on this machine only.
 */
export const refuseUnsafe = (config: Config): void => {
  if (config.mode === 'demo') {
    if (!LOOPBACK.has(config.host))
      throw new ConfigError('demoIsLocal', 'demo mode listens on this machine only; set TONGXIN_MODE=production for anything else');
    return;
  }
  const secrets = secretsOf(config);
  if (secrets.some(isWeak) || new Set(secrets).size < secrets.length)
    throw new ConfigError(
      'weakSecrets',
      'production needs secrets of its own: remove the weak or repeated ones, or let a first start in an empty data folder make them',
    );
  if (config.pack !== 'none')
    throw new ConfigError('demoPack', 'TONGXIN_PACK loads a demo city with demo accounts; production starts with TONGXIN_PACK=none');
  if (LOOPBACK.has(config.host)) return;
  if (!config.publicUrl.startsWith('https:'))
    throw new ConfigError(
      'publicWithoutTls',
      `listening on ${config.host} needs TLS in front: set TONGXIN_PUBLIC_URL=https://… to the address people use`,
    );
  if (config.trustProxy === false)
    throw new ConfigError(
      'proxyUntrusted',
      'behind a proxy that ends TLS set TONGXIN_TRUST_PROXY=1, or its address; without it every caller seems to be the proxy',
    );
};
