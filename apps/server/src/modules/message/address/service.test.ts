import { createDecipheriv, createECDH, createHmac, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AddressesView } from '@tongxin/domain/message/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { manifests } from '../../../modules.ts';
import { readMessages } from '../../../platform/config/messages.ts';
import { settleFeed } from '../../../platform/feed/feed.ts';
import { mailSender } from '../../../platform/messages/mail.ts';
import { pushSender } from '../../../platform/messages/push.ts';
import { accountSender, gatewaySignature, smsSender } from '../../../platform/messages/sms.ts';
import { tellWaiting } from '../../notice/index.ts';
import { sendWaiting } from '../send/service.ts';

interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly mail: ParsedMail;
  readonly raw: string;
}
/** A mail server that takes everything but what it is told to refuse. */
let letters: Letter[] = [];
let refusal: { readonly code: number; readonly at: 'rcpt' | 'data' } | undefined;
let smtp: SMTPServer;
/** A push service: whatever arrives, and what it answers. */
let pushes: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }[] = [];
let pushStatus = 201;
let pushService: Server;
/** Gateways of SMS and of the official account: what arrives, and what they answer. */
let posts: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
let gatewayStatus = 200;
let gateway: Server;
const SECRET = 'a shared secret of the gateway';
let server: TestServer;
const RECEIPT_KEY = randomBytes(32).toString('base64');

const portOf = (listening: { address(): AddressInfo | string | null }): number => (listening.address() as AddressInfo).port;
const refused = (code: number): Error => Object.assign(new Error('no'), { responseCode: code });

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'tongxin' && password === 'p@ss word' ? done(null, { user: username }) : done(new Error('not you')),
    onRcptTo: (_address, _session, done) => (refusal?.at === 'rcpt' ? done(refused(refusal.code)) : done()),
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (refusal?.at === 'data') return done(refused(refusal.code));
        const raw = Buffer.concat(parts).toString('utf8');
        void simpleParser(raw).then((mail) => {
          letters.push({
            from: (envelope.mailFrom as { address: string }).address,
            to: envelope.rcptTo.map(({ address }) => address),
            mail,
            raw,
          });
          done();
        });
      });
    },
  });
  await new Promise<void>((done) => void smtp.listen(0, '127.0.0.1', done));
  pushService = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      pushes.push({ path: request.url!, headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(pushStatus).end();
    });
  }).listen(0, '127.0.0.1');
  await once(pushService, 'listening');
  gateway = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      posts.push({ path: request.url!, headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      response.writeHead(gatewayStatus).end();
    });
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const { mail, push, sms, account } = readMessages({
    TONGXIN_SMS_URL: `http://127.0.0.1:${portOf(gateway)}/sms`,
    TONGXIN_SMS_KEY_ID: 'tongxin',
    TONGXIN_SMS_SECRET: SECRET,
    TONGXIN_ACCOUNT_URL: `http://127.0.0.1:${portOf(gateway)}/account`,
    TONGXIN_ACCOUNT_KEY_ID: 'tongxin',
    TONGXIN_ACCOUNT_SECRET: SECRET,
    TONGXIN_ACCOUNT_NAME: '示例市发布',
    TONGXIN_ACCOUNT_TEMPLATES: 'progress=OA_7',
    TONGXIN_SMTP_URL: `smtp://tongxin:${encodeURIComponent('p@ss word')}@127.0.0.1:${portOf(smtp.server)}`,
    TONGXIN_SMTP_TLS: 'none',
    TONGXIN_MAIL_FROM: 'notices@city.example',
    TONGXIN_PUSH_CONTACT: 'mailto:duty@city.example',
    TONGXIN_PUSH_TO: '127.0.0.1',
  });
  server = await testServer({
    now: '2026-09-30T01:00:00.000Z',
    messages: { mail: mailSender(mail!), push: pushSender(push!, RECEIPT_KEY), sms: smsSender(sms!), account: accountSender(account!) },
  });
});
afterAll(async () => {
  for (const sender of Object.values(server.deps.messages)) sender.close?.();
  await server.close();
  pushService.close();
  gateway.close();
  await new Promise<void>((done) => smtp.close(() => done()));
});
beforeEach(async () => {
  [letters, pushes, posts, refusal, pushStatus, gatewayStatus] = [[], [], [], undefined, 201, 200];
  await server.db.pools.maintenance.query('delete from message_address');
  await server.db.pools.maintenance.query('delete from notice_setting');
  server.deps.clock.advance(120_000);
});

const call = (caller: Caller, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) =>
  server.as(caller, { method, url: `/api/v1${url}`, ...(body ? { body } : {}) });
const ok = async (...asked: Parameters<typeof call>): Promise<AddressesView> => {
  const answer = await call(...asked);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};
const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap(({ consumers = [] }) => consumers),
  );
/** A report that arrives in the queue of the town's dispatchers. */
const report = async () => {
  const filed = await call('anonymous', 'POST', '/cases', {
    id: v7(),
    text: '张三家门前路灯不亮',
    point: server.world.points.inA11,
    reporter: { name: '张三', phone: '13812345678' },
  });
  expect(filed.statusCode, filed.body).toBe(201);
  await settle();
  return filed.json().number as string;
};
const codeIn = ({ mail }: Letter): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(mail.text!)![0];
const proved = async (who: Caller, address = 'duty@office.example') => {
  const id = v7();
  await ok(who, 'PUT', `/me/addresses/${id}/mail`, { address });
  await sendWaiting(server.deps);
  await ok(who, 'POST', `/me/addresses/${id}/prove`, { code: codeIn(letters.at(-1)!) });
  letters = [];
  return id;
};

describe('a member of staff who wants mail', () => {
  test('proves the address by a code, and is written to of what is told: kind and number, no word of the matter', async () => {
    const { dispatcherA } = server.world.people;
    const id = v7();
    const asked = await ok(dispatcherA, 'PUT', `/me/addresses/${id}/mail`, { address: 'duty@office.example' });
    expect(asked.addresses).toMatchObject([{ id, channel: 'mail', masked: 'du***@office.example', proved: false }]);
    await sendWaiting(server.deps);
    expect(letters.map(({ from, to }) => [from, to])).toEqual([['notices@city.example', ['duty@office.example']]]);
    // Before it is proved nothing but the code goes there.
    await report();
    await sendWaiting(server.deps);
    expect(letters.length).toBe(1);
    const wrong = await call(dispatcherA, 'POST', `/me/addresses/${id}/prove`, { code: 'AAAA-AAAA-AAAA' });
    expect([wrong.statusCode, wrong.json().code]).toEqual([422, 'wrongCode']);
    const code = codeIn(letters[0]!);
    expect((await ok(dispatcherA, 'POST', `/me/addresses/${id}/prove`, { code: code.toLowerCase() })).addresses[0]!.proved).toBe(true);
    letters = [];
    const number = await report();
    await sendWaiting(server.deps);
    const [{ mail, raw }] = letters as [Letter];
    expect(mail.subject).toBe('有事项待您办理');
    expect(mail.text).toContain(`有事项待您办理：${number}。`);
    expect(mail.text).toContain('/desk/notices');
    expect(mail.html).toContain('<a href="http://127.0.0.1:8080/desk/notices">');
    expect(mail.html).not.toMatch(/<img|src=|http:\/\/(?!127\.0\.0\.1)/u);
    expect(raw).not.toMatch(/张三|路灯|13812345678/u);
    expect(`${mail.text}${mail.html}`).not.toMatch(/张三|路灯|1381234/u);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    await sendWaiting(server.deps);
    expect(letters.length).toBe(1);
  });

  test('ends it with one tap in the mail, without signing in; what waits is gone', async () => {
    const { dispatcherA } = server.world.people;
    await proved(dispatcherA);
    await report();
    await sendWaiting(server.deps);
    const { mail } = letters[0]!;
    const list = mail.headers.get('list') as unknown as { unsubscribe: { url: string } };
    expect(mail.headers.get('list-unsubscribe-post') ?? String(letters[0]!.raw)).toContain('List-Unsubscribe=One-Click');
    const { pathname } = new URL(list.unsubscribe.url);
    await report();
    const stopped = await server.app.inject({
      method: 'POST',
      url: pathname,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
    expect([stopped.statusCode, stopped.json()]).toEqual([200, { ok: true }]);
    await sendWaiting(server.deps);
    expect(letters.length).toBe(1);
    expect((await ok(dispatcherA, 'GET', '/me/addresses')).addresses).toEqual([]);
  });

  test('is not written to in quiet hours, and then once for all that waited', async () => {
    const { dispatcherA } = server.world.people;
    await proved(dispatcherA);
    const quiet = { muted: [], quiet: { from: 8 * 60, to: 12 * 60 }, urgentPasses: true, digest: 'off', digestAt: 510 };
    expect((await call(dispatcherA, 'PUT', '/notices/settings', quiet)).statusCode).toBe(200);
    await report();
    await report();
    await sendWaiting(server.deps);
    expect(letters).toEqual([]);
    server.deps.clock.set('2026-09-30T04:00:00.000Z');
    await tellWaiting(server.deps);
    await tellWaiting(server.deps);
    await sendWaiting(server.deps);
    expect(letters.map(({ mail }) => mail.text!.split('\n')[0])).toEqual(['提醒汇总：共 2 条，涉及 2 件事。']);
  });

  test('takes another address in place of the first; the same again changes nothing; a service has none', async () => {
    const { dispatcherA } = server.world.people;
    const first = await proved(dispatcherA);
    const id = v7();
    const put = () => ok(dispatcherA, 'PUT', `/me/addresses/${id}/mail`, { address: 'other@office.example' });
    expect((await put()).addresses.map((one) => one.id)).toEqual([id]);
    expect((await put()).addresses.map((one) => one.id)).toEqual([id]);
    await sendWaiting(server.deps);
    expect(letters.map(({ to }) => to)).toEqual([['other@office.example']]);
    expect((await call(dispatcherA, 'DELETE', `/me/addresses/${first}`)).statusCode).toBe(404);
    expect((await ok(dispatcherA, 'DELETE', `/me/addresses/${id}`)).addresses).toEqual([]);
    const taken = await call(dispatcherA, 'PUT', `/me/addresses/${v7()}/mail`, { address: 'nobody' });
    expect(taken.statusCode).toBe(400);
    expect((await call({ service: 'portal' }, 'GET', '/me/addresses')).statusCode).toBe(403);
  });

  test('of a mailbox that is no more hears nothing, of a mail server that is busy later', async () => {
    const { dispatcherA } = server.world.people;
    await proved(dispatcherA);
    const states = async () =>
      (await server.db.pools.maintenance.query("select state, tries, last_problem from message where kind = 'notice'")).rows;
    refusal = { code: 550, at: 'rcpt' };
    await report();
    await sendWaiting(server.deps);
    expect(await states()).toEqual([{ state: 'failed', tries: 1, last_problem: 'badAddress' }]);
    await server.db.pools.maintenance.query('delete from message');
    refusal = { code: 451, at: 'data' };
    await report();
    await sendWaiting(server.deps);
    expect(await states()).toEqual([{ state: 'waiting', tries: 1, last_problem: 'busy' }]);
    refusal = undefined;
    server.deps.clock.advance(61_000);
    await sendWaiting(server.deps);
    expect([await states(), letters.length]).toEqual([[{ state: 'sent', tries: 2, last_problem: null }], 1]);
  });

  test('sends no password and no word to a mail server without TLS where TLS is demanded', async () => {
    const { mail } = readMessages({
      TONGXIN_SMTP_URL: `smtp://tongxin:secret@127.0.0.1:${portOf(smtp.server)}`,
      TONGXIN_MAIL_FROM: 'a@b.example',
    });
    const sender = mailSender(mail!);
    const message = { id: v7(), to: 'x@y.example', kind: 'notice', language: 'zh', subject: '题', text: '字', params: {} } as const;
    expect(await sender.send(message)).toMatchObject({ ok: false, again: true });
    sender.close!();
    expect(letters).toEqual([]);
  });

  test('is forgotten when erased, with whatever waits', async () => {
    const { dispatcherA } = server.world.people;
    await proved(dispatcherA);
    await report();
    await server.db.pools.maintenance.query('update person set erased_at = now() where person_id = $1', [dispatcherA.personId]);
    try {
      await sendWaiting(server.deps);
      expect(letters).toEqual([]);
      const { rows } = await server.db.pools.maintenance.query(
        'select (select count(*)::int from message_address) + (select count(*)::int from message where address_id is not null) as n',
      );
      expect(rows).toEqual([{ n: 0 }]);
    } finally {
      await server.db.pools.maintenance.query('update person set erased_at = null where person_id = $1', [dispatcherA.personId]);
    }
  });
});

/** A browser's side of a subscription: the keys it made, and what it does with what arrives (RFC 8291, RFC 8188). */
const browser = () => {
  const pair = createECDH('prime256v1');
  const point = pair.generateKeys();
  const auth = randomBytes(16);
  return {
    subscription: (path = '/one') => ({
      endpoint: `http://127.0.0.1:${portOf(pushService)}${path}`,
      p256dh: point.toString('base64url'),
      auth: auth.toString('base64url'),
    }),
    read: (body: Buffer): unknown => {
      const salt = body.subarray(0, 16);
      const length = body[20]!;
      const theirs = body.subarray(21, 21 + length);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), point, theirs]);
      const ikm = Buffer.from(hkdfSync('sha256', pair.computeSecret(theirs), auth, info, 32));
      const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
      const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
      const sealed = body.subarray(21 + length);
      const opening = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
      const padded = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
      // The last record ends in 2 and zeros.
      expect(padded[padded.lastIndexOf(2)]).toBe(2);
      return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString('utf8'));
    },
  };
};
const tokenOf = (
  authorization: string,
): { header: object; claims: { aud: string; sub: string; exp: number }; isSignedBy: (key: string) => boolean } => {
  const [, token = ''] = /^vapid t=([^,]+), k=(.+)$/u.exec(authorization)!;
  const [header = '', claims = '', signature = ''] = token.split('.');
  const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return {
    header: json(header),
    claims: json(claims),
    isSignedBy: (key) => {
      const raw = Buffer.from(key, 'base64url');
      const [x, y] = [raw.subarray(1, 33), raw.subarray(33)].map((half) => half.toString('base64url')) as [string, string];
      const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
      const signed = Buffer.from(`${header}.${claims}`);
      return verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    },
  };
};

describe('a browser that takes pushes', () => {
  test('reads kind and number of a notice, and knows whose it is; nobody in between reads anything', async () => {
    const { dispatcherA } = server.world.people;
    const mine = browser();
    const { pushKey, addresses } = await ok(dispatcherA, 'PUT', `/me/addresses/${v7()}/push`, mine.subscription());
    expect(addresses).toMatchObject([{ channel: 'push', proved: true }]);
    const number = await report();
    await sendWaiting(server.deps);
    const [{ path, headers, body }] = pushes as [(typeof pushes)[number]];
    expect(path).toBe('/one');
    expect(headers).toMatchObject({
      ttl: '86400',
      urgency: 'normal',
      'content-encoding': 'aes128gcm',
      topic: expect.stringMatching(/^[0-9a-f]{32}$/u),
    });
    expect(mine.read(body)).toEqual({
      id: expect.any(String),
      text: `有事项待您办理：${number}。`,
      language: 'zh',
      link: 'http://127.0.0.1:8080/desk/notices',
    });
    expect(() => browser().read(body)).toThrow();
    expect(body.toString('latin1')).not.toContain(number);
    const token = tokenOf(headers.authorization!);
    expect(token.claims).toMatchObject({ aud: `http://127.0.0.1:${portOf(pushService)}`, sub: 'mailto:duty@city.example' });
    expect([token.isSignedBy(pushKey!), headers.authorization!.endsWith(`k=${pushKey}`)]).toEqual([true, true]);
    await sendWaiting(server.deps);
    expect(pushes.length).toBe(1);
  });

  test.each([404, 410])('is forgotten when its push service says it is gone (%i)', async (status) => {
    const { dispatcherA } = server.world.people;
    await ok(dispatcherA, 'PUT', `/me/addresses/${v7()}/push`, browser().subscription());
    pushStatus = status;
    await report();
    await sendWaiting(server.deps);
    expect((await ok(dispatcherA, 'GET', '/me/addresses')).addresses).toEqual([]);
    await report();
    await sendWaiting(server.deps);
    expect(pushes.length).toBe(1);
  });

  test('is one of ten at most, each once; a push service that is busy is asked again under the same topic', async () => {
    const { dispatcherA } = server.world.people;
    const first = browser().subscription('/first');
    const id = v7();
    for (let n = 0; n < 2; n++)
      expect((await ok(dispatcherA, 'PUT', `/me/addresses/${n ? v7() : id}/push`, first)).addresses.length).toBe(1);
    pushStatus = 503;
    await report();
    await sendWaiting(server.deps);
    pushStatus = 201;
    server.deps.clock.advance(61_000);
    await sendWaiting(server.deps);
    expect(pushes.length).toBe(2);
    expect(new Set(pushes.map(({ headers }) => headers.topic)).size).toBe(1);
    for (let n = 0; n < 10; n++) {
      server.deps.clock.advance(1000);
      await ok(dispatcherA, 'PUT', `/me/addresses/${v7()}/push`, browser().subscription(`/${n}`));
    }
    const { addresses } = await ok(dispatcherA, 'GET', '/me/addresses');
    expect([addresses.length, addresses.some((one) => one.id === id)]).toEqual([10, false]);
  });

  test('never sends us into inner networks, and its address lies sealed', async () => {
    const { dispatcherA } = server.world.people;
    const to = (endpoint: string) => call(dispatcherA, 'PUT', `/me/addresses/${v7()}/push`, { ...browser().subscription(), endpoint });
    for (const endpoint of [
      'http://10.0.0.1/x',
      'https://192.168.1.1/x',
      'http://push.example/x',
      'file:///etc/passwd',
      'https://a:b@push.example/',
    ]) {
      const answer = await to(endpoint);
      expect([endpoint, answer.statusCode]).toEqual([endpoint, 422]);
    }
    await ok(dispatcherA, 'PUT', `/me/addresses/${v7()}/push`, browser().subscription('/kept-secret'));
    const { rows } = await server.db.pools.maintenance.query<{ row: string }>('select a::text as row from message_address a');
    expect(rows.map(({ row }) => row).join()).not.toMatch(new RegExp(`kept-secret|${Buffer.from('kept-secret').toString('hex')}`, 'u'));
  });

  test('belongs to its person: nobody else sees it, removes it or proves it', async () => {
    const { dispatcherA, verifierB } = server.world.people;
    const id = v7();
    await ok(dispatcherA, 'PUT', `/me/addresses/${id}/push`, browser().subscription());
    expect((await ok(verifierB, 'GET', '/me/addresses')).addresses).toEqual([]);
    expect((await call(verifierB, 'DELETE', `/me/addresses/${id}`)).statusCode).toBe(404);
    const mail = await proved(dispatcherA);
    expect((await call(verifierB, 'POST', `/me/addresses/${mail}/prove`, { code: 'ABCD-EFGH-JKLM' })).statusCode).toBe(404);
    expect((await ok(dispatcherA, 'GET', '/me/addresses')).addresses.length).toBe(2);
  });
});

describe('a resident', () => {
  /** A matter of resident A that a dispatcher takes up: what its reporter is told of. */
  const takenUp = async (body: object = {}) => {
    const { residentA, dispatcherA } = server.world.people;
    const id = v7();
    const filed = await call(residentA, 'POST', '/cases', { id, text: '楼道灯不亮', point: server.world.points.inA11, ...body });
    expect(filed.statusCode, filed.body).toBe(201);
    const { queryCode, number } = filed.json();
    const acted = await call(dispatcherA, 'POST', `/cases/${id}/actions`, { commandId: v7(), action: 'accept', version: 1, input: {} });
    expect(acted.statusCode, acted.body).toBe(200);
    await settle();
    await sendWaiting(server.deps);
    return { number, link: `http://127.0.0.1:8080/r/${queryCode}`, text: `您反映的事项（${number}）：已受理，正在安排承办单位。` };
  };
  const withPhone = () =>
    server.db.pools.maintenance.query('update person set phone_sealed = $2, phone_index = $3 where person_id = $1', [
      server.world.people.residentA.personId,
      server.deps.crypto.seal('+8613712340000', `person:phone:${server.deps.crypto.blindIndex('phone', '13712340000').toString('hex')}`),
      server.deps.crypto.blindIndex('phone', '13712340000'),
    ]);

  test('hears of a matter by mail from a real server, and ends it with one tap', async () => {
    await proved(server.world.people.residentA, 'granny@home.example');
    const { text, link } = await takenUp();
    const [{ to, mail }] = letters as [Letter];
    expect(to).toEqual(['granny@home.example']);
    expect([mail.text!.split('\n')[0], mail.text!.includes(link)]).toEqual([text, true]);
    const { unsubscribe } = mail.headers.get('list') as unknown as { unsubscribe: { url: string } };
    const stopped = await server.app.inject({
      method: 'POST',
      url: new URL(unsubscribe.url).pathname,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    });
    expect(stopped.statusCode).toBe(200);
    await takenUp();
    expect(letters.length).toBe(1);
  });

  test('hears by a push that only their own browser reads', async () => {
    const mine = browser();
    await ok(server.world.people.residentA, 'PUT', `/me/addresses/${v7()}/push`, mine.subscription());
    const { text, link } = await takenUp();
    expect(mine.read(pushes[0]!.body)).toEqual({ id: expect.any(String), text, language: 'zh', link });
    expect(() => browser().read(pushes[0]!.body)).toThrow();
  });

  test('hears by SMS on the telephone that the account has proved, once, and no other number can be named', async () => {
    const { residentA } = server.world.people;
    const none = await call(residentA, 'PUT', `/me/addresses/${v7()}/sms`);
    expect([none.statusCode, none.json().code]).toEqual([422, 'phoneNeeded']);
    await withPhone();
    const { addresses, smsOffered } = await ok(residentA, 'PUT', `/me/addresses/${v7()}/sms`);
    expect([smsOffered, addresses]).toMatchObject([true, [{ channel: 'sms', masked: '+86137****0000', proved: true }]]);
    const { text, link } = await takenUp();
    expect(posts.map(({ path, body }) => [path, JSON.parse(body)])).toMatchObject([
      ['/sms', { phone: '+8613712340000', text: `${text}${link}` }],
    ]);
    posts = [];
    // The matter itself asks for an SMS to a number left with it: that one is sent, and not a second.
    await takenUp({ reporter: { phone: '13812345678', notify: { channel: 'sms' } } });
    expect(posts.map(({ body }) => JSON.parse(body).phone)).toEqual(['13812345678']);
  });

  test('hears by the official account after sending it the code; the gateway signs, is asked again, and may say that nobody follows', async () => {
    const { residentA } = server.world.people;
    const id = v7();
    const { accountName, addresses } = await ok(residentA, 'PUT', `/me/addresses/${id}/account`);
    expect([accountName, addresses]).toMatchObject([
      '示例市发布',
      [{ id, proved: false, code: expect.stringMatching(/^[0-9A-Z-]{14}$/u) }],
    ]);
    const { code } = addresses[0]!;
    const bind = async (secret = SECRET, at = Date.now(), used = code!) => {
      const body = JSON.stringify({ code: used, openId: 'o6_bmjrPTlm6' });
      const timestamp = String(Math.floor(at / 1000));
      const headers = {
        'content-type': 'application/json',
        'x-tongxin-key': 'tongxin',
        'x-tongxin-timestamp': timestamp,
        'x-tongxin-signature': gatewaySignature(secret, used, timestamp, body),
      };
      return (await server.app.inject({ method: 'POST', url: '/api/v1/messages/followers', headers, payload: body })).statusCode;
    };
    expect([
      await bind('another secret of somebody'),
      await bind(SECRET, Date.now() - 600_000),
      await bind(SECRET, Date.now(), 'AAAA-AAAA-AAAA'),
    ]).toEqual([401, 401, 404]);
    await takenUp();
    expect(posts).toEqual([]);
    expect([await bind(), await bind()]).toEqual([200, 404]);
    gatewayStatus = 503;
    const { text, link } = await takenUp();
    gatewayStatus = 200;
    server.deps.clock.advance(61_000);
    await sendWaiting(server.deps);
    expect(posts.map(({ path, body }) => [path, JSON.parse(body)])).toMatchObject(
      [0, 1].map(() => ['/account', { openId: 'o6_bmjrPTlm6', template: 'OA_7', text, link }]),
    );
    const [first, second] = posts as [(typeof posts)[number], (typeof posts)[number]];
    expect(first.headers['idempotency-key']).toBe(second.headers['idempotency-key']);
    const signed = gatewaySignature(SECRET, JSON.parse(second.body).id, String(second.headers['x-tongxin-timestamp']), second.body);
    expect(second.headers['x-tongxin-signature']).toBe(signed);
    gatewayStatus = 410;
    await takenUp();
    expect((await ok(residentA, 'GET', '/me/addresses')).addresses).toEqual([]);
  });

  test('is told nothing of matters of others, nor at a matter taken in before it was', async () => {
    await proved(server.world.people.residentB, 'other@home.example');
    await takenUp();
    expect(letters).toEqual([]);
  });
});

test('a key for pushes is the same at every start, and another installation has another', () => {
  const settings = { contact: 'mailto:a@b.example', allowed: [], perMinute: 60 };
  const [first, again, other] = [RECEIPT_KEY, RECEIPT_KEY, createHmac('sha256', 'x').digest('base64')].map(
    (key) => pushSender(settings, key).publicKey,
  );
  expect([first === again, first === other, Buffer.from(first!, 'base64url').length]).toEqual([true, false, 65]);
});
