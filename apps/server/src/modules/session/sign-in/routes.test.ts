import { generateKeyPairSync } from 'node:crypto';
import { totp } from '@tongxin/testing/authenticator.ts';
import { softPasskey } from '@tongxin/testing/passkey.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addAccounts, addUser, DEMO_PASSWORD, disableUser, resetPassword } from '../index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ limits: { perMinute: 1e6, signInsPerMinute: 1e6, triesPerAccount: 5 } });
});
afterAll(() => server?.close());

/** A browser: keeps cookies from one call to the next. */
const browser = () => {
  const jar = new Map<string, string>();
  const call = async (method: 'GET' | 'POST', url: string, body?: object, headers: Record<string, string> = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');
    const response = await server.app.inject({
      method,
      url,
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      ...(body ? { payload: body } : {}),
    });
    for (const { name, value, maxAge } of response.cookies) maxAge === 0 ? jar.delete(name) : jar.set(name, value);
    return { status: response.statusCode, body: response.json<Record<string, never>>(), cookies: response.cookies };
  };
  return {
    jar,
    get: (url: string) => call('GET', url),
    post: (url: string, body: object, headers?: Record<string, string>) => call('POST', url, body, headers),
  };
};

let serial = 0;
const newUser = async () => {
  const username = `worker-${++serial}`;
  const password = 'a password of length';
  const postIds = [server.world.people.handlerA.posts[0]!.postId];
  const { personId } = await addUser(server.deps, { username, password, name: '陈某', postIds });
  return { username, password, personId };
};

describe('a member of staff', () => {
  let user: Awaited<ReturnType<typeof newUser>>;
  let b: ReturnType<typeof browser>;
  beforeEach(async () => {
    user = await newUser();
    b = browser();
  });
  const signIn = (password = user.password) => b.post('/api/auth/sign-in/username', { username: user.username, password });

  it('is not let in with a wrong password, nor told whether the account exists', async () => {
    const wrong = await signIn('not the password');
    const nobody = await b.post('/api/auth/sign-in/username', { username: 'nobody-here', password: 'not the password' });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'wrongCredentials' } });
    expect(nobody.body).toEqual(wrong.body);
    expect((await b.get('/api/v1/me')).status).toBe(401);
  });

  it('signs in, sees the posts held, and signs out', async () => {
    expect(await signIn()).toMatchObject({ status: 200, body: { secondFactor: false } });
    expect((await b.get('/api/v1/me')).body).toMatchObject({ personId: user.personId, kind: 'staff', posts: [{ role: 'handler' }] });
    const before = new Map(b.jar);
    expect((await b.post('/api/auth/sign-out', {})).status).toBe(200);
    for (const [name, value] of before) b.jar.set(name, value);
    expect((await b.get('/api/v1/me')).status).toBe(401);
  });

  it('gets a cookie that no script reads and no other site sends', async () => {
    const { cookies, body } = await signIn();
    expect(cookies.find(({ name }) => name === 'tongxin.session_token')).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(JSON.stringify(body)).not.toContain('token');
  });

  it('cannot be signed in by another site’s page', async () => {
    const answer = await b.post(
      '/api/auth/sign-in/username',
      { username: user.username, password: user.password },
      { origin: 'https://evil.example' },
    );
    expect(answer).toMatchObject({ status: 403, body: { code: 'otherSite' } });
  });

  it('with an authenticator needs its code as well, and a wrong one does not do', async () => {
    await signIn();
    const { body } = await b.post('/api/auth/two-factor/enable', { password: user.password });
    const secret = new URL(body.totpURI!).searchParams.get('secret')!;
    expect((await b.post('/api/auth/two-factor/verify-totp', { code: totp(secret) })).status).toBe(200);
    b = browser();
    expect(await signIn()).toMatchObject({ status: 200, body: { secondFactor: true } });
    expect((await b.get('/api/v1/me')).status).toBe(401);
    const wrong = totp(secret) === '000000' ? '111111' : '000000';
    expect(await b.post('/api/auth/two-factor/verify-totp', { code: wrong })).toMatchObject({ status: 401, body: { code: 'wrongCode' } });
    expect((await b.post('/api/auth/two-factor/verify-totp', { code: totp(secret) })).status).toBe(200);
    expect((await b.get('/api/v1/me')).status).toBe(200);
  });

  it('changes the password, not to a short one, and every other session ends', async () => {
    const other = browser();
    await other.post('/api/auth/sign-in/username', { username: user.username, password: user.password });
    await signIn();
    const short = await b.post('/api/auth/change-password', { currentPassword: user.password, newPassword: 'short' });
    expect(short).toMatchObject({ status: 422, body: { code: 'passwordTooShort' } });
    expect((await b.post('/api/auth/change-password', { currentPassword: user.password, newPassword: 'another of length' })).status).toBe(
      200,
    );
    expect((await b.get('/api/v1/me')).status).toBe(200);
    expect((await other.get('/api/v1/me')).status).toBe(401);
    expect((await signIn()).status).toBe(401);
  });

  it('who was disabled is out at once and stays out until the password is reset', async () => {
    await signIn();
    await disableUser(server.deps, user.username);
    expect((await b.get('/api/v1/me')).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    await resetPassword(server.deps, user.username, 'a fresh one of length');
    expect((await signIn('a fresh one of length')).status).toBe(200);
  });

  it('whose password somebody guesses at is protected after a few tries', async () => {
    for (let i = 0; i < 5; i++) expect((await signIn(`guess number ${i}`)).status).toBe(401);
    expect(await signIn()).toMatchObject({ status: 429, body: { code: 'tooManyRequests' } });
  });

  it('is not opened by signing up, and reaches nothing else of the sign-in library', async () => {
    for (const path of [
      'sign-up/email',
      'sign-in/email',
      'update-user',
      'delete-user',
      'request-password-reset',
      'phone-number/reset-password',
      'sign-in/phone-number',
    ])
      expect([path, (await b.post(`/api/auth/${path}`, {})).status]).toEqual([path, 404]);
  });

  it('is not added twice, nor with a short password', async () => {
    await expect(addUser(server.deps, { ...user, name: 'x', postIds: [] })).rejects.toThrow('usernameTaken');
    await expect(addUser(server.deps, { username: 'short-one', password: 'short', name: 'x', postIds: [] })).rejects.toThrow(
      'passwordTooShort',
    );
  });
});

describe('a resident', () => {
  it('signs up and in with a one-time code, and the telephone stands nowhere in plain', async () => {
    const b = browser();
    expect((await b.post('/api/auth/phone-number/send-otp', { phoneNumber: '138 0013 8000' })).status).toBe(200);
    const code = server.deps.codes.codeFor('+8613800138000')!;
    const wrong = code === '000000' ? '111111' : '000000';
    expect(await b.post('/api/auth/phone-number/verify', { phoneNumber: '13800138000', code: wrong })).toMatchObject({
      status: 401,
      body: { code: 'wrongCode' },
    });
    expect((await b.post('/api/auth/phone-number/verify', { phoneNumber: '+86 138-0013-8000', code })).status).toBe(200);
    const first = (await b.get('/api/v1/me')).body;
    expect(first).toMatchObject({ kind: 'resident', posts: [] });
    expect((await b.get('/api/v1/me/details')).body).toEqual({ phone: '+8613800138000', language: 'zh', largeType: false });
    const { rows } = await server.db.pools.auth.query(
      'select row_to_json(u)::text as row from auth."user" u union all select row_to_json(v)::text from auth.verification v',
    );
    expect(JSON.stringify(rows)).not.toContain('13800138000');

    const again = browser();
    await again.post('/api/auth/phone-number/send-otp', { phoneNumber: '13800138000' });
    await again.post('/api/auth/phone-number/verify', { phoneNumber: '13800138000', code: server.deps.codes.codeFor('+8613800138000')! });
    expect((await again.get('/api/v1/me')).body).toEqual(first);
  });

  it('cannot use a code twice, nor guess at it for long', async () => {
    const b = browser();
    const phoneNumber = '13900139000';
    await b.post('/api/auth/phone-number/send-otp', { phoneNumber });
    const code = server.deps.codes.codeFor('+8613900139000')!;
    expect((await b.post('/api/auth/phone-number/verify', { phoneNumber, code })).status).toBe(200);
    expect((await browser().post('/api/auth/phone-number/verify', { phoneNumber, code })).status).toBe(401);
    for (let i = 0; i < 3; i++) await b.post('/api/auth/phone-number/verify', { phoneNumber, code });
    expect((await b.post('/api/auth/phone-number/verify', { phoneNumber, code })).status).toBe(429);
  });

  it('is told when a telephone is none', async () => {
    expect(await browser().post('/api/auth/phone-number/send-otp', { phoneNumber: 'my telephone' })).toMatchObject({
      status: 422,
      body: { code: 'badPhone' },
    });
  });
});

describe('a resident’s account', () => {
  const signUp = async (phoneNumber: string, b = browser()) => {
    await b.post('/api/auth/phone-number/send-otp', { phoneNumber });
    const code = server.deps.codes.codeFor(`+86${phoneNumber}`)!;
    expect((await b.post('/api/auth/phone-number/verify', { phoneNumber, code })).status).toBe(200);
    return b;
  };
  const byMail = async (mail: string, b = browser()) => {
    expect((await b.post('/api/auth/code/mail', { mail })).status).toBe(200);
    const answer = await b.post('/api/auth/sign-in/mail', { mail, code: server.deps.codes.codeFor(mail.toLowerCase())! });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return b;
  };

  it('is opened by a code that comes by mail, and the address stands nowhere in plain', async () => {
    const b = await byMail('Grandma@example.org');
    const first = (await b.get('/api/v1/me')).body;
    expect(first).toMatchObject({ kind: 'resident', posts: [] });
    expect((await b.get('/api/v1/me/details')).body).toMatchObject({ mail: 'grandma@example.org' });
    const { rows } = await server.db.pools.auth.query('select row_to_json(u)::text as row from auth."user" u');
    expect(JSON.stringify(rows)).not.toContain('grandma');
    const wrong = browser();
    await wrong.post('/api/auth/code/mail', { mail: 'grandma@example.org' });
    const code = server.deps.codes.codeFor('grandma@example.org') === '000000' ? '111111' : '000000';
    expect(await wrong.post('/api/auth/sign-in/mail', { mail: 'grandma@example.org', code })).toMatchObject({
      status: 401,
      body: { code: 'wrongCode' },
    });
    expect(
      (await wrong.post('/api/auth/sign-in/mail', { mail: 'GRANDMA@example.org', code: server.deps.codes.codeFor('grandma@example.org')! }))
        .status,
    ).toBe(200);
    expect((await wrong.get('/api/v1/me')).body).toEqual(first);
  });

  it('takes a mail address later, and either then signs in to the same account', async () => {
    const b = await signUp('13700137001');
    const first = (await b.get('/api/v1/me')).body;
    expect((await b.post('/api/auth/contacts/mail/code', { mail: 'later@example.org' })).status).toBe(200);
    const code = server.deps.codes.codeFor('later@example.org')!;
    expect((await b.post('/api/auth/contacts/mail', { mail: 'later@example.org', code })).status).toBe(200);
    expect((await b.get('/api/v1/me/details')).body).toMatchObject({ phone: '+8613700137001', mail: 'later@example.org' });
    expect((await (await byMail('later@example.org')).get('/api/v1/me')).body).toEqual(first);
    expect((await (await signUp('13700137001')).get('/api/v1/me')).body).toEqual(first);
  });

  it('takes a telephone later, but not one of another account, and says so only to whoever proved it', async () => {
    await signUp('13700137002');
    await byMail('taken@example.org');
    const b = await byMail('phone-later@example.org');
    const take = async (phoneNumber: string) => {
      const sent = await b.post('/api/auth/phone-number/send-otp', { phoneNumber });
      expect(sent).toMatchObject({ status: 200, body: { ok: true } });
      return b.post('/api/auth/contacts/phone', { phoneNumber, code: server.deps.codes.codeFor(`+86${phoneNumber}`)! });
    };
    expect(await take('13700137002')).toMatchObject({ status: 409, body: { code: 'contactTaken' } });
    expect((await take('13700137003')).status).toBe(200);
    expect((await b.get('/api/v1/me/details')).body).toMatchObject({ phone: '+8613700137003', mail: 'phone-later@example.org' });
    const asked = await b.post('/api/auth/contacts/mail/code', { mail: 'taken@example.org' });
    expect(asked).toMatchObject({ status: 200, body: { ok: true } });
  });

  it('signs in by a password that its owner chose, by telephone or mail, and nobody learns which accounts exist', async () => {
    const b = await byMail('pass@example.org');
    const other = await byMail('pass@example.org');
    expect(await b.post('/api/auth/password', { password: 'short' })).toMatchObject({ status: 422, body: { code: 'passwordTooShort' } });
    expect((await b.post('/api/auth/password', { password: 'a password of length' })).status).toBe(200);
    expect([(await b.get('/api/v1/me')).status, (await other.get('/api/v1/me')).status]).toEqual([200, 401]);
    const signIn = (account: string, password = 'a password of length') =>
      browser().post('/api/auth/sign-in/password', { account, password });
    await b.post('/api/auth/phone-number/send-otp', { phoneNumber: '13700137004' });
    const code = server.deps.codes.codeFor('+8613700137004')!;
    expect((await b.post('/api/auth/contacts/phone', { phoneNumber: '13700137004', code })).status).toBe(200);
    expect((await signIn('137 0013 7004')).status).toBe(200);
    const wrong = await signIn('13700137004', 'not the password');
    expect(wrong).toMatchObject({ status: 401, body: { code: 'wrongCredentials' } });
    for (const nobody of ['13700137999', 'nobody@example.org']) expect((await signIn(nobody)).body).toEqual(wrong.body);
    expect((await signIn('pass@example.org')).status).toBe(200);
    await server.db.pools.auth.query(`update auth.session set "createdAt" = now() - interval '1 hour'`);
    expect(await b.post('/api/auth/password', { password: 'another password' })).toMatchObject({
      status: 401,
      body: { code: 'signInAgain' },
    });
  });

  it('guesses at it are counted by the account, however it is written', async () => {
    const guess = (account: string) => browser().post('/api/auth/sign-in/password', { account, password: 'guess' });
    for (const written of ['13700137005', '137-0013-7005', '+86 13700137005', '137 0013 7005', '(137)00137005'])
      expect((await guess(written)).status).toBe(401);
    expect(await guess('1370013 7005')).toMatchObject({ status: 429, body: { code: 'tooManyRequests' } });
  });

  it('signs in with a passkey, and not with another’s, nor with a challenge twice', async () => {
    const b = await signUp('13700137006');
    const passkey = softPasskey('http://127.0.0.1:8080');
    const offer = (await b.post('/api/auth/passkey/offer', {})).body as unknown as { challenge: string; user: { displayName: string } };
    expect(offer.user.displayName).toBe('同心');
    const kept = await b.post('/api/auth/passkey/keep', { response: passkey.make(offer), name: '我的手机' });
    expect(kept.status, JSON.stringify(kept.body)).toBe(200);
    const first = (await b.get('/api/v1/me')).body;

    const again = browser();
    const challenge = async () => (await again.post('/api/auth/passkey/challenge', {})).body as unknown as { challenge: string };
    const asked = await challenge();
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(await again.post('/api/auth/sign-in/passkey', { response: passkey.sign(asked, privateKey) })).toMatchObject({
      status: 401,
      body: { code: 'passkeyRefused' },
    });
    expect((await again.post('/api/auth/sign-in/passkey', { response: passkey.sign(asked) })).status).toBe(401);
    const signed = await again.post('/api/auth/sign-in/passkey', { response: passkey.sign(await challenge()) });
    expect(signed.status, JSON.stringify(signed.body)).toBe(200);
    expect((await again.get('/api/v1/me')).body).toEqual(first);
  });

  it('is for residents: staff take no passkey past their second factor, nor a telephone', async () => {
    const user = await newUser();
    const b = browser();
    await b.post('/api/auth/sign-in/username', { username: user.username, password: user.password });
    for (const [path, body] of [
      ['passkey/offer', {}],
      ['contacts/mail/code', { mail: 'staff@example.org' }],
      ['contacts/phone', { phoneNumber: '13700137007', code: '000000' }],
      ['password', { password: 'a password of length' }],
    ] as const)
      expect([path, await b.post(`/api/auth/${path}`, body)]).toMatchObject([path, { status: 403, body: { code: 'residentsOnly' } }]);
  });
});

describe('the demo', () => {
  it('says how to sign in, and its password works', async () => {
    const { userId, personId } = { userId: 'auth-demo-1', personId: 'de300000-0000-7000-8000-000000000001' };
    const { postId } = server.world.people.dispatcherA.posts[0]!;
    await server.db.pools.maintenance.query("insert into person (person_id, kind, auth_user_id) values ($1, 'staff', $2)", [
      personId,
      userId,
    ]);
    await server.db.pools.maintenance.query("insert into post_holding values ($1, $2, $1, '2020-01-01')", [personId, postId]);
    await addAccounts(server.deps, [{ username: 'demo-dispatcher', authUserId: userId, name: '甲镇调度员' }], {
      password: DEMO_PASSWORD,
      demo: true,
    });
    const b = browser();
    expect((await b.get('/api/v1/demo/accounts')).body).toMatchObject([{ username: 'demo-dispatcher', title: { zh: '甲镇调度员' } }]);
    expect((await b.post('/api/auth/sign-in/username', { username: 'demo-dispatcher', password: DEMO_PASSWORD })).status).toBe(200);
  });

  it('keeps its accounts out of production', async () => {
    const production = { ...server.deps, config: { ...server.deps.config, mode: 'production' as const } };
    await expect(addAccounts(production, [], { password: DEMO_PASSWORD, demo: true })).rejects.toThrow('demoOnly');
    const { prepare } = await import('../../../prepare.ts');
    await expect(prepare(production)).rejects.toMatchObject({ code: 'demoAccounts' });
  });
});
