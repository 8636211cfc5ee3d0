import type { FastifyInstance } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import type { AppOptions } from '../../../app.ts';
import { assertSameOrigin } from '../../../platform/access-plugin/caller.ts';
import type { Access } from '../../../platform/access-plugin/demand.ts';
import { type Call, type Route, route } from '../../../platform/access-plugin/route.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, Problem } from '../../../platform/errors/problem.ts';
import { type Answer, answer } from '../../../platform/http/answer.ts';
import { DEFAULT_LIMITS } from '../../../platform/http/security.ts';
import { prove, withScope } from '../../../platform/tx/tx.ts';
import { callAuth, passwordIsOwn, withTelephone } from './service.ts';

const Password = Type.String({ minLength: 1, maxLength: 128 });
const Code = Type.String({ pattern: '^[0-9]{6}$' });
const Phone = Type.String({ minLength: 5, maxLength: 40 });
const Done = Type.Object({ ok: Type.Boolean() });

const OPEN: Access = { public: 'signing in' };
const OWN: Access = { signedIn: true };

/** One endpoint of the sign-in library: only what stands here is reachable, and only what its response names comes back. */
const endpoint = <B extends TSchema, R extends TSchema>(
  path: `/${string}`,
  access: Access,
  summary: string,
  schema: { body: B; response: R },
  answerOf: (body: Readonly<Record<string, unknown>>) => Static<R>,
  call: (call: Call<unknown, unknown, Static<B>>, run: (body: object) => ReturnType<typeof callAuth>) => ReturnType<typeof callAuth> = (
    c,
    run,
  ) => run(c.body as object),
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
      const run = (body: object) => callAuth(c.deps, path, body, c.header('cookie'), c.header('user-agent'));
      const { body, cookies } = await call(c as Call<unknown, unknown, Static<B>>, run);
      return answer(answerOf(body), { headers: { 'set-cookie': cookies } });
    },
  });

const done = (): Static<typeof Done> => ({ ok: true });
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

/** What an attempt is counted by, besides the caller's address: the account, or the telephone, that it is about. */
const subjectOf = (body: unknown): string => {
  const { username, phoneNumber } = (body ?? {}) as { username?: unknown; phoneNumber?: unknown };
  return String(username ?? phoneNumber ?? '')
    .toLowerCase()
    .slice(0, 80);
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
