import { normalMail, normalPhone } from '@tongxin/domain/person/rules.ts';
import type { FastifyInstance } from 'fastify';
import { type Static, type TProperties, type TSchema, Type } from 'typebox';
import type { AppOptions } from '../../../app.ts';
import { assertSameOrigin } from '../../../platform/access-plugin/caller.ts';
import type { Access } from '../../../platform/access-plugin/demand.ts';
import { type Call, type Route, route } from '../../../platform/access-plugin/route.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, Problem } from '../../../platform/errors/problem.ts';
import { type Answer, answer } from '../../../platform/http/answer.ts';
import { DEFAULT_LIMITS } from '../../../platform/http/security.ts';
import { prove, type Who, withScope } from '../../../platform/tx/tx.ts';
import { ownAccount } from '../../person/index.ts';
import { callAuth, linkMail, passwordIsOwn, setPassword, withMail, withPassword, withTelephone } from './service.ts';

const Password = Type.String({ minLength: 1, maxLength: 128 });
const Code = Type.String({ pattern: '^[0-9]{6}$' });
const Phone = Type.String({ minLength: 5, maxLength: 40 });
const Mail = Type.String({ minLength: 3, maxLength: 254 });
const Done = Type.Object({ ok: Type.Boolean() });
/** What the browser's own interface for passkeys is asked (WebAuthn 3, 5.1: in JSON). */
const Ceremony = Type.Record(Type.String(), Type.Unknown());
const Part = Type.String({ minLength: 1, maxLength: 4000, pattern: '^[A-Za-z0-9_-]+$' });
/** What it answers: `made` with a new passkey, `signed` with one that is known. What browsers say besides is passed over. */
const credential = (response: TProperties) =>
  Type.Object({
    id: Part,
    rawId: Part,
    type: Type.Literal('public-key'),
    clientExtensionResults: Ceremony,
    response: Type.Object(response),
  });
const Made = credential({ clientDataJSON: Part, attestationObject: Part });
const Signed = credential({ clientDataJSON: Part, authenticatorData: Part, signature: Part });

const OPEN: Access = { public: 'signing in' };
const OWN: Access = { signedIn: true };

/** A call of the library under the caller's cookies: at the endpoint's own path, or at the library's. Without a body it is a GET. */
type Run = (body: object | undefined, at?: `/${string}`) => ReturnType<typeof callAuth>;

/** One endpoint of the sign-in library: only what stands here is reachable, and only what its response names comes back. */
const endpoint = <B extends TSchema, R extends TSchema>(
  path: `/${string}`,
  access: Access,
  summary: string,
  schema: { body: B; response: R },
  answerOf: (body: Readonly<Record<string, unknown>>) => Static<R>,
  call: (call: Call<unknown, unknown, Static<B>>, run: Run) => ReturnType<typeof callAuth> = (c, run) => run(c.body as object),
): Route =>
  route({
    method: 'POST',
    path,
    access,
    summary,
    schema,
    run: async (c): Promise<Answer<Static<R>>> => {
      // The library ends sessions, also the caller's own: afterwards nothing could be checked.
      await prove(c.deps.pools.app, c.who);
      const run: Run = (body, at = path) => callAuth(c.deps, at, body, c.header('cookie'), c.header('user-agent'));
      const { body, cookies } = await call(c as Call<unknown, unknown, Static<B>>, run);
      return answer(answerOf(body), { headers: { 'set-cookie': cookies } });
    },
  });

const done = (): Static<typeof Done> => ({ ok: true });
/** A session's own token: whoever passed `signedIn` as a person has one. */
const tokenOf = (who: Who): string => who.token;
const closed = { additionalProperties: false } as const;

export const signInRoutes: readonly Route[] = [
  endpoint(
    '/sign-in/username',
    OPEN,
    'Sign in with user name and password; `secondFactor` says that a code of the authenticator is still needed',
    {
      body: Type.Object({ username: Type.String({ minLength: 1, maxLength: 60 }), password: Password }, closed),
      response: Type.Object({ secondFactor: Type.Boolean() }),
    },
    (body) => ({ secondFactor: body.twoFactorRedirect === true }),
  ),
  endpoint(
    '/two-factor/verify-totp',
    OPEN,
    'The code of the authenticator, after the password',
    { body: Type.Object({ code: Code }, closed), response: Done },
    done,
  ),
  endpoint(
    '/two-factor/verify-backup-code',
    OPEN,
    'A spare code, after the password',
    { body: Type.Object({ code: Type.String({ minLength: 6, maxLength: 40 }) }, closed), response: Done },
    done,
  ),
  endpoint(
    '/phone-number/send-otp',
    OPEN,
    'Send a one-time code to a telephone',
    { body: Type.Object({ phoneNumber: Phone }, closed), response: Done },
    done,
    ({ deps, language, body }, run) => withTelephone(deps, body.phoneNumber, language, (phoneNumber) => run({ phoneNumber })),
  ),
  endpoint(
    '/phone-number/verify',
    OPEN,
    'Sign in, the first time also up, as a resident with a one-time code',
    { body: Type.Object({ phoneNumber: Phone, code: Code }, closed), response: Done },
    done,
    ({ deps, language, body }, run) =>
      withTelephone(deps, body.phoneNumber, language, (phoneNumber) => run({ phoneNumber, code: body.code })),
  ),
  endpoint(
    '/code/mail',
    OPEN,
    'Send a one-time code to a mail address',
    { body: Type.Object({ mail: Mail }, closed), response: Done },
    done,
    ({ deps, language, body }, run) =>
      withMail(deps, body.mail, language, (email) => run({ email, type: 'sign-in' }, '/email-otp/send-verification-otp')),
  ),
  endpoint(
    '/sign-in/mail',
    OPEN,
    'Sign in, the first time also up, as a resident with a code that came by mail',
    { body: Type.Object({ mail: Mail, code: Code }, closed), response: Done },
    done,
    ({ deps, language, body }, run) =>
      withMail(deps, body.mail, language, async (email) => {
        const reply = await run({ email, otp: body.code }, '/sign-in/email-otp');
        await linkMail(deps, (reply.body.user as { id: string }).id);
        return reply;
      }),
  ),
  endpoint(
    '/sign-in/password',
    OPEN,
    'Sign in as a resident with telephone or mail address and password',
    { body: Type.Object({ account: Mail, password: Password }, closed), response: Done },
    done,
    ({ deps, language, body: { account, password } }, run) =>
      account.includes('@')
        ? withMail(deps, account, language, (email) => withPassword(deps, password, () => run({ email, password }, '/sign-in/email')))
        : withTelephone(deps, account, language, (phoneNumber) =>
            withPassword(deps, password, () => run({ phoneNumber, password }, '/sign-in/phone-number')),
          ),
  ),
  endpoint(
    '/passkey/challenge',
    OPEN,
    'What a passkey signs in order to sign in',
    { body: Type.Object({}, closed), response: Ceremony },
    (body) => body,
    (_, run) => run(undefined, '/passkey/generate-authenticate-options'),
  ),
  endpoint(
    '/sign-in/passkey',
    OPEN,
    'Sign in as a resident with a passkey',
    { body: Type.Object({ response: Signed }, closed), response: Done },
    done,
    ({ body }, run) => run(body, '/passkey/verify-authentication'),
  ),
  endpoint(
    '/passkey/offer',
    OWN,
    'What a passkey signs in order to be kept; residents only, signed in within a day',
    { body: Type.Object({}, closed), response: Ceremony },
    // The library names the account by its address, which is none that its owner knows.
    (body) => ({ ...body, user: { ...(body.user as object), displayName: '同心' } }),
    async ({ deps, who }, run) => {
      await ownAccount(deps, who);
      return run(undefined, `/passkey/generate-register-options?name=${encodeURIComponent('同心')}`);
    },
  ),
  endpoint(
    '/passkey/keep',
    OWN,
    'Keep a passkey for signing in; residents only',
    { body: Type.Object({ response: Made, name: Type.String({ minLength: 1, maxLength: 60 }) }, closed), response: Done },
    done,
    async ({ deps, who, body }, run) => {
      await ownAccount(deps, who);
      return run(body, '/passkey/verify-registration');
    },
  ),
  endpoint(
    '/passkey/remove',
    OWN,
    'Forget a passkey',
    { body: Type.Object({ id: Type.String({ minLength: 1, maxLength: 80 }) }, closed), response: Done },
    done,
    ({ body }, run) => run(body, '/passkey/delete-passkey'),
  ),
  endpoint(
    '/contacts/phone',
    OWN,
    'Prove a telephone by the code sent there: it then belongs to the account; residents only',
    { body: Type.Object({ phoneNumber: Phone, code: Code }, closed), response: Done },
    done,
    async ({ deps, who, language, body }, run) => {
      await ownAccount(deps, who);
      return withTelephone(deps, body.phoneNumber, language, (phoneNumber) =>
        run({ phoneNumber, code: body.code, updatePhoneNumber: true }, '/phone-number/verify'),
      );
    },
  ),
  endpoint(
    '/contacts/mail/code',
    OWN,
    'Send a code to a mail address that is to belong to the account; residents only',
    { body: Type.Object({ mail: Mail }, closed), response: Done },
    done,
    async ({ deps, who, language, body }, run) => {
      await ownAccount(deps, who);
      return withMail(deps, body.mail, language, (newEmail) => run({ newEmail }, '/email-otp/request-email-change'));
    },
  ),
  endpoint(
    '/contacts/mail',
    OWN,
    'Prove a mail address by the code sent there: it then belongs to the account; residents only',
    { body: Type.Object({ mail: Mail, code: Code }, closed), response: Done },
    done,
    async ({ deps, who, language, body }, run) => {
      const { authUserId } = await ownAccount(deps, who);
      return withMail(deps, body.mail, language, async (newEmail) => {
        const reply = await run({ newEmail, otp: body.code }, '/email-otp/change-email');
        await linkMail(deps, authUserId);
        return reply;
      });
    },
  ),
  endpoint(
    '/password',
    OWN,
    'Choose a password, within a quarter of an hour of signing in; every other session ends. Residents only',
    { body: Type.Object({ password: Password }, closed), response: Done },
    done,
    async ({ deps, who, body }) => {
      const { authUserId } = await ownAccount(deps, who);
      await setPassword(deps, tokenOf(who), authUserId, body.password);
      return { body: {}, cookies: [] };
    },
  ),
  endpoint('/sign-out', OPEN, 'End this session', { body: Type.Object({}, closed), response: Done }, done),
  endpoint(
    '/two-factor/enable',
    OWN,
    'Set up an authenticator: the address for it and spare codes',
    {
      body: Type.Object({ password: Password }, closed),
      response: Type.Object({ totpURI: Type.String(), backupCodes: Type.Array(Type.String()) }),
    },
    ({ totpURI, backupCodes }) => ({ totpURI: totpURI as string, backupCodes: backupCodes as string[] }),
  ),
  endpoint(
    '/two-factor/disable',
    OWN,
    'Give up the authenticator',
    { body: Type.Object({ password: Password }, closed), response: Done },
    done,
  ),
  endpoint(
    '/change-password',
    OWN,
    'Change the password; every other session ends',
    { body: Type.Object({ currentPassword: Password, newPassword: Password }, closed), response: Done },
    done,
    async ({ deps, who, body }, run) => {
      if (body.newPassword === body.currentPassword) throw invalid('passwordSame');
      // Asked before: the change ends the session it was asked by.
      const personId = await withScope(deps.pools.app, who, async ({ actor }) => actor.personId!);
      const reply = await run({ ...body, revokeOtherSessions: true });
      await passwordIsOwn(deps, personId);
      return reply;
    },
  ),
  endpoint('/revoke-other-sessions', OWN, 'End every other session', { body: Type.Object({}, closed), response: Done }, done),
];

/** What an attempt is counted by, besides the caller's address: the account, telephone or mail address that it is about, however it is written. */
const subjectOf = (body: unknown): string => {
  const { username, phoneNumber, mail, account } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const written = String(username ?? phoneNumber ?? mail ?? account ?? '').slice(0, 254);
  return (normalPhone(written) ?? normalMail(written) ?? written).toLowerCase();
};

/** Mounts sign-in at /api/auth: same-origin calls only, counted by address and by account. */
export const mountSignIn = async (app: FastifyInstance, deps: Deps, options: AppOptions): Promise<void> => {
  const { signInsPerMinute, triesPerAccount } = { ...DEFAULT_LIMITS, ...options.limits };
  await app.register(
    async (own) => {
      const byAddress = own.createRateLimit({
        max: signInsPerMinute,
        timeWindow: 60_000,
        keyGenerator: (request) => `sign-in:${request.ip}`,
      });
      const byAccount = own.createRateLimit({
        max: triesPerAccount,
        timeWindow: 600_000,
        keyGenerator: (request) => `account:${subjectOf(request.body)}`,
      });
      own.addHook('preHandler', async (request) => {
        assertSameOrigin(request);
        const tries = [await byAddress(request), ...(subjectOf(request.body) ? [await byAccount(request)] : [])];
        if (tries.some((attempt) => !attempt.isAllowed && attempt.isExceeded)) throw new Problem(429, 'tooManyRequests');
      });
      for (const declared of signInRoutes) declared.register(own, deps);
    },
    { prefix: '/api/auth' },
  );
};
