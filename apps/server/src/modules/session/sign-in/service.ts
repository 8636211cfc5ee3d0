import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { normalPhone } from '@tongxin/domain/person/rules.ts';
import { betterAuth } from 'better-auth';
import { phoneNumber, twoFactor, username } from 'better-auth/plugins';
import { v7 as uuidv7 } from 'uuid';
import { COOKIE_PREFIX } from '../../../platform/access-plugin/caller.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, Problem } from '../../../platform/errors/problem.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { phonePlace } from '../../person/index.ts';
import { linkResident, markPasswordChosen } from './repo.ts';

export const MIN_PASSWORD = 10;
export const USERNAME = '^[a-z0-9][a-z0-9._-]{1,59}$';
const HOUR = 3600;
/** A working day for staff; a month for a resident's own telephone. */
const STAFF_SESSION_HOURS = 12;
const RESIDENT_SESSION_HOURS = 24 * 30;
/** Accounts of residents carry no mail address; the library wants one. */
const RESIDENT_MAIL = 'phone.invalid';
export const STAFF_MAIL = 'staff.invalid';
/** Production refuses to start while accounts with this ending exist. */
export const DEMO_MAIL = 'demo.invalid';

/** The telephone behind the index that the library is given: it lives as long as the call. */
const telephone = new AsyncLocalStorage<{ phone: string; language: Language }>();

const buildAuth = (deps: Deps) => {
  const { secrets, publicUrl } = deps.config;
  return betterAuth({
    appName: 'Tongxin',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: secrets.authSecret,
    database: deps.pools.auth,
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => deps.log.warn({ auth: message.slice(0, 200) }, 'sign-in library') },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MIN_PASSWORD, maxPasswordLength: 128, autoSignIn: false },
    session: { expiresIn: RESIDENT_SESSION_HOURS * HOUR, disableSessionRefresh: true },
    rateLimit: { enabled: false },
    // The frame checks the origin of every unsafe call before it reaches the library, and counts attempts.
    advanced: { cookiePrefix: COOKIE_PREFIX, disableCSRFCheck: true, disableOriginCheck: true, ipAddress: { disableIpTracking: true } },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            const user = await context?.context.internalAdapter.findUserById(session.userId);
            const hours = user?.email.endsWith(`@${RESIDENT_MAIL}`) ? RESIDENT_SESSION_HOURS : STAFF_SESSION_HOURS;
            return { data: { ...session, expiresAt: new Date(Date.now() + hours * HOUR * 1000) } };
          },
        },
      },
    },
    plugins: [
      username({ minUsernameLength: 2, maxUsernameLength: 60, usernameValidator: (name) => new RegExp(USERNAME, 'u').test(name) }),
      twoFactor({ issuer: 'Tongxin' }),
      phoneNumber({
        expiresIn: 300,
        allowedAttempts: 3,
        sendOTP: async ({ code }) => {
          const to = telephone.getStore();
          if (to) await deps.codes.send(to.phone, code);
        },
        signUpOnVerification: { getTempEmail: (index) => `${index}@${RESIDENT_MAIL}`, getTempName: () => '居民' },
        callbackOnVerification: async ({ user }) => {
          const proved = telephone.getStore();
          if (!proved) return;
          const phoneIndex = deps.crypto.blindIndex('phone', proved.phone);
          const phoneSealed = deps.crypto.seal(proved.phone, phonePlace(phoneIndex));
          await withTransaction(deps.pools.auth, (tx) =>
            linkResident(tx, { personId: uuidv7(), authUserId: user.id, phoneSealed, phoneIndex, language: proved.language }),
          );
        },
      }),
    ],
  });
};
type Auth = ReturnType<typeof buildAuth>;
const auths = new WeakMap<Deps, Auth>();
const authOf = (deps: Deps): Auth => {
  const known = auths.get(deps);
  if (known) return known;
  const made = buildAuth(deps);
  auths.set(deps, made);
  return made;
};

/** What a caller of the library is told, by the library's own code; anything else of it is `signInRefused`. */
const REFUSALS: Readonly<Record<string, readonly [status: number, code: string]>> = {
  INVALID_USERNAME_OR_PASSWORD: [401, 'wrongCredentials'],
  INVALID_USERNAME: [401, 'wrongCredentials'],
  USERNAME_TOO_SHORT: [401, 'wrongCredentials'],
  INVALID_PASSWORD: [401, 'wrongCredentials'],
  INVALID_OTP: [401, 'wrongCode'],
  OTP_EXPIRED: [401, 'wrongCode'],
  OTP_NOT_FOUND: [401, 'wrongCode'],
  INVALID_CODE: [401, 'wrongCode'],
  INVALID_BACKUP_CODE: [401, 'wrongCode'],
  INVALID_TWO_FACTOR_COOKIE: [401, 'signInNeeded'],
  TOO_MANY_ATTEMPTS: [429, 'tooManyRequests'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: [429, 'tooManyRequests'],
  ACCOUNT_TEMPORARILY_LOCKED: [429, 'tooManyRequests'],
  PASSWORD_TOO_SHORT: [422, 'passwordTooShort'],
  PASSWORD_TOO_LONG: [422, 'passwordTooLong'],
  TOTP_NOT_ENABLED: [409, 'secondFactorNotSet'],
  TWO_FACTOR_NOT_ENABLED: [409, 'secondFactorNotSet'],
  UNAUTHORIZED: [401, 'signInNeeded'],
};

export interface AuthReply {
  readonly body: Readonly<Record<string, unknown>>;
  readonly cookies: string[];
}

/** One call of the sign-in library. `cookie` is the caller's; the cookies it sets go back with the answer. Throws Problems. */
export const callAuth = async (
  deps: Deps,
  path: string,
  body: object,
  cookie: string | undefined,
  agent: string | undefined,
): Promise<AuthReply> => {
  const request = new Request(new URL(`/api/auth${path}`, deps.config.publicUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(cookie ? { cookie } : {}),
      ...(agent ? { 'user-agent': agent.slice(0, 200) } : {}),
    },
    body: JSON.stringify(body),
  });
  const response = await authOf(deps).handler(request);
  const answered = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  if (!response.ok) {
    const code = typeof answered?.code === 'string' ? answered.code : '';
    const [status, ours] = REFUSALS[code] ?? [response.status >= 500 ? 500 : 401, response.status >= 500 ? 'internal' : 'signInRefused'];
    throw new Problem(status, ours);
  }
  return { body: answered ?? {}, cookies: response.headers.getSetCookie() };
};

/** A first password was replaced by its owner: from now on the posts count. */
export const passwordIsOwn = (deps: Deps, personId: string): Promise<void> =>
  withTransaction(deps.pools.auth, (tx) => markPasswordChosen(tx, personId));

/** Runs a call of the library about a telephone: the library sees and stores only its blind index. */
export const withTelephone = <T>(deps: Deps, written: string, language: Language, work: (index: string) => Promise<T>): Promise<T> => {
  const phone = normalPhone(written);
  if (!phone) throw invalid('badPhone');
  const index = deps.crypto.blindIndex('phone', phone).toString('hex');
  return telephone.run({ phone, language }, () => work(index));
};

/** scrypt as the library verifies it. Refuses a password of fewer than ten characters. */
export const hashPassword = async (deps: Deps, password: string): Promise<string> => {
  if (password.length < MIN_PASSWORD) throw invalid('passwordTooShort', { least: MIN_PASSWORD });
  return (await authOf(deps).$context).password.hash(password);
};
