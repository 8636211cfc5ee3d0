import { ConfigError } from './errors.ts';
import { readAddresses } from './proxies.ts';

/** A gateway that takes messages over HTTP, each body signed with a shared secret. */
export interface GatewaySettings {
  readonly url: string;
  readonly keyId: string;
  readonly secret: string;
  /** The operator's own ids of templates, by kind of message. */
  readonly templates: Readonly<Record<string, string>>;
  readonly perMinute: number;
}

export type SmsSettings = GatewaySettings;
/** An official account (公众号) that people follow, behind a gateway of its own. */
export interface AccountSettings extends GatewaySettings {
  /** By which people find it. */
  readonly name: string;
}

export interface MailSettings {
  /** `smtp://` with STARTTLS, or `smtps://`; name and password stand in it. */
  readonly url: string;
  readonly from: string;
  /** STARTTLS is demanded unless a server of the inner network is said to have none. */
  readonly tls: 'required' | 'none';
  readonly perMinute: number;
}

/** Pushes to browsers (RFC 8030), signed by the installation's own key. */
export interface PushSettings {
  /** Whom a push service may write to (RFC 8292 2.1): `mailto:` or `https:`. */
  readonly contact: string;
  /** Inner addresses and ranges where a push service of one's own stands; others are on the open network, by TLS. */
  readonly allowed: readonly string[];
  readonly perMinute: number;
}

/** Ways out of the house. What is absent is off, and screens say so. */
export interface MessageSettings {
  readonly sms?: SmsSettings;
  readonly mail?: MailSettings;
  readonly push?: PushSettings;
  readonly account?: AccountSettings;
}

const unfit = (name: string, why: string): never => {
  throw new ConfigError('settingUnfit', `${name} ${why}`);
};

const needed = (env: NodeJS.ProcessEnv, name: string, beside: string): string =>
  env[name]?.trim() || unfit(name, `must be set where ${beside} is`);

const perMinute = (env: NodeJS.ProcessEnv, name: string): number => {
  const count = Number(env[name] ?? 60);
  return Number.isInteger(count) && count >= 1 ? count : unfit(name, 'must be a whole number above 0');
};

/** `progress=SMS_1001,notice=SMS_1002`. */
const templatesOf = (name: string, text: string): Record<string, string> => {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair) => /^([a-z]+)=([\w.-]{1,80})$/u.exec(pair)?.slice(1) ?? unfit(name, 'is a list such as progress=SMS_1001'));
  return Object.fromEntries(pairs);
};

const gatewayOf = (env: NodeJS.ProcessEnv, way: 'SMS' | 'ACCOUNT'): GatewaySettings | undefined => {
  const of = (what: string): string => `TONGXIN_${way}_${what}`;
  const url = env[of('URL')]?.trim();
  if (!url) return undefined;
  if (!/^https?:$/u.test(URL.parse(url)?.protocol ?? '')) unfit(of('URL'), 'must be an http or https address');
  const secret = needed(env, of('SECRET'), of('URL'));
  if (secret.length < 16) unfit(of('SECRET'), 'must have 16 characters or more');
  return {
    url,
    secret,
    keyId: needed(env, of('KEY_ID'), of('URL')),
    templates: templatesOf(of('TEMPLATES'), env[of('TEMPLATES')] ?? ''),
    perMinute: perMinute(env, of('PER_MINUTE')),
  };
};

const accountOf = (env: NodeJS.ProcessEnv): AccountSettings | undefined => {
  const gateway = gatewayOf(env, 'ACCOUNT');
  return gateway && { ...gateway, name: needed(env, 'TONGXIN_ACCOUNT_NAME', 'TONGXIN_ACCOUNT_URL') };
};

const mailOf = (env: NodeJS.ProcessEnv): MailSettings | undefined => {
  const url = env.TONGXIN_SMTP_URL?.trim();
  if (!url) return undefined;
  if (!/^smtps?:$/u.test(URL.parse(url)?.protocol ?? '')) unfit('TONGXIN_SMTP_URL', 'must be an smtp or smtps address');
  const from = needed(env, 'TONGXIN_MAIL_FROM', 'TONGXIN_SMTP_URL');
  if (!/^[^\s@<>"]+@[^\s@<>"]+$/u.test(from)) unfit('TONGXIN_MAIL_FROM', 'must be a mail address');
  const tls = env.TONGXIN_SMTP_TLS ?? 'required';
  if (tls !== 'required' && tls !== 'none') return unfit('TONGXIN_SMTP_TLS', 'must be required or none');
  return { url, from, tls, perMinute: perMinute(env, 'TONGXIN_MAIL_PER_MINUTE') };
};

const pushOf = (env: NodeJS.ProcessEnv): PushSettings | undefined => {
  const contact = env.TONGXIN_PUSH_CONTACT?.trim();
  if (!contact) return undefined;
  if (!/^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/u.test(contact)) unfit('TONGXIN_PUSH_CONTACT', 'must be a mailto: or https: address');
  return {
    contact,
    allowed: env.TONGXIN_PUSH_TO ? readAddresses('TONGXIN_PUSH_TO', env.TONGXIN_PUSH_TO) : [],
    perMinute: perMinute(env, 'TONGXIN_PUSH_PER_MINUTE'),
  };
};

/** Throws `settingUnfit`, never naming a secret. */
export const readMessages = (env: NodeJS.ProcessEnv): MessageSettings => {
  const [sms, mail, push, account] = [gatewayOf(env, 'SMS'), mailOf(env), pushOf(env), accountOf(env)];
  return { ...(sms ? { sms } : {}), ...(mail ? { mail } : {}), ...(push ? { push } : {}), ...(account ? { account } : {}) };
};
