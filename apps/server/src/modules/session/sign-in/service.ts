import { AsyncLocalStorage } from 'node:async_hooks';
import { passkey } from '@better-auth/passkey';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { codeWords } from '@tongxin/domain/message/rules.ts';
import { normalMail, normalPhone } from '@tongxin/domain/person/rules.ts';
import { betterAuth } from 'better-auth';
import { emailOTP, phoneNumber, twoFactor, username } from 'better-auth/plugins';
import { v7 as uuidv7 } from 'uuid';
import { COOKIE_PREFIX } from '../../../platform/access-plugin/caller.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, Problem } from '../../../platform/errors/problem.ts';
import { withTransaction } from '../../../platform/tx/tx.ts';
import { contactPlace } from '../../person/index.ts';
import { deleteUser, endOtherSessions, hasPassword, isFresh, linkResident, listPasskeys, markPasswordChosen, putPassword } from './repo.ts';

export const MIN_PASSWORD = 10;
export const USERNAME = '^[a-z0-9][a-z0-9._-]{1,59}$';
const HOUR = 3600;
/** A working day for staff; a month for a resident's own telephone. */
const STAFF_SESSION_HOURS = 12;
const RESIDENT_SESSION_HOURS = 24 * 30;
/** What a code proves besides signing in has an address of its own kind: no account ever has one, and no code of one serves the other. */
const PROOF_MAIL = 'proof.invalid';
/** Accounts of residents carry no mail address, or the blind index of one; the library wants one. */
const RESIDENT_MAIL = 'phone.invalid';
const PROVED_MAIL = 'mail.invalid';
export const STAFF_MAIL = 'staff.invalid';
/** Production refuses to start while accounts with this ending exist. */
export const DEMO_MAIL = 'demo.invalid';

/** The telephone or mail address behind the index that the library is given: it lives as long as the call. */
interface Contact {
  readonly kind: 'phone' | 'mail';
  readonly words: string;
  readonly language: Language;
}
const contact = new AsyncLocalStorage<Contact>();

/** Brings a code to a mail address. Where the installation has no mail, the demo writes it where it writes those of telephones. */
const sendMailCode = async (deps: Deps, { words, language }: Contact, code: string): Promise<void> => {
  const { mail } = deps.messages;
  if (!mail) {
    if (deps.config.mode !== 'demo') throw new Problem(503, 'codeNotOffered');
    return deps.codes.send(words, code);
  }
  const sent = await mail.send({ id: uuidv7(), to: words, kind: 'code', language, ...codeWords(code, language), params: {} });
  if (!sent.ok) throw new Problem(503, 'codeNotSent');
};

/** The person of what was just proved. */
const linkProved = (deps: Deps, authUserId: string, { kind, words, language }: Contact): Promise<string> => {
  const index = deps.crypto.blindIndex(kind, words);
  const sealed = deps.crypto.seal(words, contactPlace(kind, index));
  return withTransaction(deps.pools.auth, (tx) => linkResident(tx, { personId: uuidv7(), authUserId, kind, sealed, index, language }));
};

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
            const isResident = [RESIDENT_MAIL, PROVED_MAIL].some((host) => user?.email.endsWith(`@${host}`));
            const hours = isResident ? RESIDENT_SESSION_HOURS : STAFF_SESSION_HOURS;
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
          const to = contact.getStore();
          if (to) await deps.codes.send(to.words, code);
        },
        signUpOnVerification: { getTempEmail: (index) => `${index}@${RESIDENT_MAIL}`, getTempName: () => '居民' },
        callbackOnVerification: async ({ user }) => {
          const proved = contact.getStore();
          if (proved) await linkProved(deps, user.id, proved);
        },
      }),
      emailOTP({
        otpLength: 6,
        expiresIn: 300,
        allowedAttempts: 3,
        storeOTP: 'hashed',
        changeEmail: { enabled: true },
        sendVerificationOTP: async ({ otp }) => {
          const to = contact.getStore();
          if (to) await sendMailCode(deps, to, otp);
        },
      }),
      // For residents only (routes): the second factor of staff is not gone round.
      passkey({ rpID: new URL(publicUrl).hostname, rpName: '同心', origin: new URL(publicUrl).origin }),
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
  INVALID_EMAIL_OR_PASSWORD: [401, 'wrongCredentials'],
  INVALID_PHONE_NUMBER_OR_PASSWORD: [401, 'wrongCredentials'],
  UNEXPECTED_ERROR: [401, 'wrongCredentials'],
  PHONE_NUMBER_EXIST: [409, 'contactTaken'],
  CHALLENGE_NOT_FOUND: [401, 'passkeyRefused'],
  PASSKEY_NOT_FOUND: [401, 'passkeyRefused'],
  AUTHENTICATION_FAILED: [401, 'passkeyRefused'],
  FAILED_TO_VERIFY_REGISTRATION: [422, 'passkeyRefused'],
  SESSION_NOT_FRESH: [401, 'signInAgain'],
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
  body: object | undefined,
  cookie: string | undefined,
  agent: string | undefined,
): Promise<AuthReply> => {
  const request = new Request(new URL(`/api/auth${path}`, deps.config.publicUrl), {
    method: body ? 'POST' : 'GET',
    headers: {
      'content-type': 'application/json',
      ...(cookie ? { cookie } : {}),
      ...(agent ? { 'user-agent': agent.slice(0, 200) } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
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
  const words = normalPhone(written);
  if (!words) throw invalid('badPhone');
  return contact.run({ kind: 'phone', words, language }, () => work(deps.crypto.blindIndex('phone', words).toString('hex')));
};

/** The same about a mail address: the library sees an address made of its blind index. */
export const withMail = <T>(deps: Deps, written: string, language: Language, work: (address: string) => Promise<T>): Promise<T> => {
  const words = normalMail(written);
  if (!words) throw invalid('badMail');
  return contact.run({ kind: 'mail', words, language }, () =>
    work(`${deps.crypto.blindIndex('mail', words).toString('hex')}@${PROVED_MAIL}`),
  );
};

/** What a code proves, as the library knows it: nothing of what it is about can be read off. */
const proofOf = (deps: Deps, subject: string): string => `${deps.crypto.blindIndex('proof', subject).toString('hex')}@${PROOF_MAIL}`;

/**
 * Sends a one-time code to a telephone that is good for one subject alone, not for signing in: five minutes, three tries, as a code for signing in.
 * A newer one takes the place of the one before. The caller bounds how many are sent.
 */
export const sendProof = async (deps: Deps, subject: string, phone: string): Promise<void> => {
  const words = normalPhone(phone);
  if (!words) throw invalid('badPhone');
  const email = proofOf(deps, subject);
  const code = await authOf(deps).api.createVerificationOTP({ body: { email, type: 'email-verification' } });
  await deps.codes.send(words, code);
};

/** Uses up a code for its subject. Throws 422 `wrongCode` also for one that is old, used or of something else; 429 after too many tries. */
export const checkProof = async (deps: Deps, subject: string, code: string): Promise<void> => {
  const refused = await authOf(deps)
    .api.verifyEmailOTP({ body: { email: proofOf(deps, subject), otp: code } })
    .then(
      () => undefined,
      (error: { readonly body?: { readonly code?: string } }) => error.body?.code ?? 'INTERNAL',
    );
  // No account stands behind it, which the library says only when the code was right and is used up.
  if (refused === 'USER_NOT_FOUND') return;
  const [status, ours] = REFUSALS[refused ?? ''] ?? [500, 'internal'];
  throw ours === 'wrongCode' ? invalid('wrongCode', { field: 'code' }) : new Problem(status, ours);
};

/** Ties the mail address that the running call has proved to a person. */
export const linkMail = async (deps: Deps, authUserId: string): Promise<void> => {
  const proved = contact.getStore();
  if (proved) await linkProved(deps, authUserId, proved);
};

/** A password takes the same time whether an account exists or not. */
export const withPassword = async (deps: Deps, password: string, work: () => Promise<AuthReply>): Promise<AuthReply> => {
  const [tried] = await Promise.allSettled([work(), authOf(deps).$context.then((own) => own.password.hash(password))]);
  if (tried.status === 'rejected') throw tried.reason;
  return tried.value;
};

/** A resident's password, by who signed in just now: a code that was sent is as good as the password forgotten. Other sessions end. */
export const setPassword = async (deps: Deps, session: string, authUserId: string, password: string): Promise<void> => {
  const hash = await hashPassword(deps, password);
  await withTransaction(deps.pools.auth, async (tx) => {
    if (!(await isFresh(tx, session))) throw new Problem(401, 'signInAgain');
    await putPassword(tx, authUserId, hash);
    await endOtherSessions(tx, authUserId, session);
  });
};

export interface SignInWays {
  readonly password: boolean;
  readonly passkeys: readonly { readonly id: string; readonly name: string | null; readonly addedAt: Date | null }[];
}

/** How an account is signed in to besides by code. */
export const signInWays = (deps: Deps, authUserId: string): Promise<SignInWays> =>
  withTransaction(deps.pools.auth, async (tx) => ({
    password: await hasPassword(tx, authUserId),
    passkeys: await listPasskeys(tx, authUserId),
  }));

/** The account itself, with every session, password and passkey. */
export const removeAccount = (deps: Deps, authUserId: string): Promise<void> =>
  withTransaction(deps.pools.auth, (tx) => deleteUser(tx, authUserId));

/** scrypt as the library verifies it. Refuses a password of fewer than ten characters. */
export const hashPassword = async (deps: Deps, password: string): Promise<string> => {
  if (password.length < MIN_PASSWORD) throw invalid('passwordTooShort', { least: MIN_PASSWORD });
  return (await authOf(deps).$context).password.hash(password);
};
