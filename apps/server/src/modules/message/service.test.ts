import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { MessageView } from '@tongxin/domain/message/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import pino from 'pino';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { readMessages, type SmsSettings } from '../../platform/config/messages.ts';
import { settleFeed } from '../../platform/feed/feed.ts';
import { smsSender } from '../../platform/messages/sms.ts';
import { withTransaction } from '../../platform/tx/tx.ts';
import { takeDue } from './send/repo.ts';
import { forgetMessages, sendWaiting } from './send/service.ts';

const SECRET = 'a shared secret of the gateway';
const HANGS_UP = 0;
const KILLS = 1;
const PHONE = '13812345678';

interface Arrived {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
/** What an operator's gateway would see; answers what it is told to, 200 where nothing is said. */
let arrived: Arrived[] = [];
let answers: { status: number; headers?: Record<string, string> }[] = [];
let killing: () => unknown = () => {};
let gateway: Server;
let settings: SmsSettings;
let server: TestServer;
const logged: string[] = [];

beforeAll(async () => {
  gateway = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      arrived.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      const { status, headers } = answers.shift() ?? { status: 200 };
      if (status === HANGS_UP) return request.socket.destroy();
      if (status === KILLS) return killing();
      response.writeHead(status, headers).end('{"phone":"13812345678"}');
    });
  });
  await new Promise<void>((done) => gateway.listen(0, '127.0.0.1', done));
  settings = readMessages({
    TONGXIN_SMS_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`,
    TONGXIN_SMS_KEY_ID: 'tongxin',
    TONGXIN_SMS_SECRET: SECRET,
    TONGXIN_SMS_TEMPLATES: 'progress=SMS_1001',
    TONGXIN_SMS_PER_MINUTE: '3',
  }).sms!;
  const kept = new Writable({
    write: (line, _encoding, done) => {
      logged.push(String(line));
      done();
    },
  });
  // In the morning: nothing waits for the night to end.
  server = await testServer({
    now: '2026-09-30T01:00:00.000Z',
    log: pino({ level: 'trace' }, kept),
    messages: { sms: smsSender(settings) },
  });
});
afterAll(async () => {
  await server.close();
  gateway.close();
});
beforeEach(() => {
  arrived = [];
  answers = [];
});
afterEach(async () => {
  await server.db.pools.maintenance.query('delete from message');
  server.deps.clock.advance(120_000);
});

const call = async (caller: Caller, method: 'GET' | 'POST' | 'PUT', url: string, body?: object, headers?: Record<string, string>) => {
  const answer = await server.as(caller, { method, url: `/api/v1${url}`, ...(body ? { body } : {}), ...(headers ? { headers } : {}) });
  expect([200, 201], answer.body).toContain(answer.statusCode);
  return answer.json();
};
const settle = () =>
  settleFeed(
    server.deps,
    manifests.flatMap(({ consumers = [] }) => consumers),
  );
const act = async (caller: Caller, id: string, action: string, input: object = {}) => {
  const { version } = await call(caller, 'GET', `/cases/${id}`);
  await call(caller, 'POST', `/cases/${id}/actions`, { commandId: v7(), action, version, input });
};
const file = async (reporter: object = {}, language = 'zh') => {
  const id = v7();
  const { queryCode, number } = await call(
    'anonymous',
    'POST',
    '/cases',
    {
      id,
      text: '路灯不亮',
      point: server.world.points.inA11,
      reporter: { name: '陈阿姨', phone: PHONE, notify: { channel: 'sms' }, ...reporter },
    },
    { 'accept-language': language },
  );
  return { id, code: queryCode as string, number: number as string };
};
const messagesOf = async (id: string): Promise<MessageView[]> =>
  (await call(server.world.people.dispatcherA, 'GET', `/cases/${id}/messages`)).messages;
const accepted = async (reporter?: object, language?: string) => {
  const one = await file(reporter, language);
  await act(server.world.people.dispatcherA, one.id, 'accept', {});
  await settle();
  return one;
};

test('a side of a matter that it did not report is not told that it reported it', async () => {
  const { dispatcherA, letterOfficerA } = server.world.people;
  for (const n of '甲乙丙丁')
    await call(dispatcherA, 'POST', `/panellists/${v7()}`, {
      commandId: v7(),
      areaId: server.world.areas.townA.areaId,
      name: `听证${n}`,
      field: 'resident',
      since: '2020-01-01',
    });
  const id = v7();
  const { queryCodes, number } = await call(letterOfficerA, 'POST', '/hearings', {
    id,
    matter: '一处通道的使用',
    place: '镇政府二楼',
    startsAt: new Date(server.deps.clock.now().getTime() + 30 * 86_400_000).toISOString(),
    evidenceBy: instantToLocalDate(new Date(server.deps.clock.now().getTime() + 20 * 86_400_000).toISOString()),
    open: false,
    seats: 3,
    parties: [{ name: '甲方', phone: PHONE }, { name: '乙方' }],
    excluded: [],
  });
  await call('anonymous', 'PUT', `/receipts/${queryCodes[0]}/notify`, { sms: true });
  await call(letterOfficerA, 'POST', `/hearings/${id}/calling-off`, { commandId: v7(), because: '下雨' });
  await settle();
  await sendWaiting(server.deps);
  const words = arrived.map(({ body }) => String(JSON.parse(body).params.words));
  expect(words).toContain(`与您有关的事项（${number}）：听证取消，原因见下。`);
  expect(words.filter((one) => one.includes('您反映'))).toEqual([]);
});

describe('whoever asks for an SMS at filing', () => {
  test('gets one when the matter is taken up: public words, the private link, signed for the gateway', async () => {
    const { id, code, number } = await accepted();
    expect(await sendWaiting(server.deps)).toBe(1);
    const [{ headers, body }] = arrived as [Arrived];
    const [message] = await messagesOf(id);
    expect(JSON.parse(body)).toEqual({
      id: message!.id,
      phone: PHONE,
      template: 'SMS_1001',
      text: `您反映的事项（${number}）：已受理，正在安排承办单位。http://127.0.0.1:8080/r/${code}`,
      params: {
        number,
        words: `您反映的事项（${number}）：已受理，正在安排承办单位。`,
        link: `http://127.0.0.1:8080/r/${code}`,
      },
    });
    const signed = createHmac('sha256', SECRET).update(`${message!.id}.${headers['x-tongxin-timestamp']}.${body}`).digest('hex');
    expect(headers).toMatchObject({ 'x-tongxin-key': 'tongxin', 'x-tongxin-signature': signed, 'idempotency-key': message!.id });
    expect(Math.abs(Date.now() / 1000 - Number(headers['x-tongxin-timestamp']))).toBeLessThan(60);
    expect(message).toMatchObject({ channel: 'sms', state: 'sent', tries: 1, endedAt: expect.any(String) });
    expect(await sendWaiting(server.deps)).toBe(0);
  });

  test('sees in the log of readings that the number was read for sending, once however often it was tried', async () => {
    const { id, code } = await accepted({}, 'en');
    answers = [{ status: 502 }];
    await sendWaiting(server.deps);
    server.deps.clock.advance(61_000);
    await sendWaiting(server.deps);
    expect(arrived.map(({ body }) => JSON.parse(body).text)).toEqual(
      Array(2).fill(expect.stringMatching(/^Your matter \S+: Accepted; we are choosing who handles it\.http/u)),
    );
    const { entries } = await call('anonymous', 'GET', `/receipts/${code}/access-log`);
    expect(entries).toEqual([
      { id: expect.any(String), at: expect.any(String), purpose: 'Sending the SMS you asked for', fields: ['phone'], caseId: id },
    ]);
  });

  test('is not rung at night, nor for steps between offices, nor for what they did themselves', async () => {
    const { people, organizations } = server.world;
    const one = await accepted();
    await sendWaiting(server.deps);
    await act(people.dispatcherA, one.id, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    await settle();
    expect(await sendWaiting(server.deps)).toBe(0);
    const { version } = await call('anonymous', 'GET', `/receipts/${one.code}`);
    await call('anonymous', 'POST', `/receipts/${one.code}/actions`, {
      commandId: v7(),
      action: 'withdraw',
      version,
    });
    await settle();
    expect((await messagesOf(one.id)).length).toBe(1);
    const before = server.deps.clock.now();
    server.deps.clock.set('2026-09-30T15:00:00.000Z');
    const night = await accepted();
    expect(await sendWaiting(server.deps)).toBe(0);
    expect((await messagesOf(night.id)).map(({ nextAt }) => nextAt)).toEqual(['2026-10-01T00:00:00.000Z']);
    server.deps.clock.set('2026-10-01T00:00:00.000Z');
    expect(await sendWaiting(server.deps)).toBe(1);
    expect(before.getTime()).toBeLessThan(server.deps.clock.now().getTime());
  });

  test('hears the answer that was given in the matter theirs was joined with, under their own number and link', async () => {
    const { dispatcherA } = server.world.people;
    const main = await file({ notify: undefined });
    const joined = await file();
    await act(dispatcherA, main.id, 'accept');
    server.deps.clock.advance(1000);
    await act(dispatcherA, joined.id, 'merge', { mainCaseId: main.id });
    await settle();
    await sendWaiting(server.deps);
    await act(dispatcherA, main.id, 'answerDirectly', { reply: '已修好' });
    await settle();
    await sendWaiting(server.deps);
    expect(arrived.map(({ body }) => JSON.parse(body).text)).toEqual([
      expect.stringContaining(`（${joined.number}）：已并入同一事项`),
      expect.stringMatching(new RegExp(`（${joined.number}）：已办结。http.*/r/${joined.code}$`, 'u')),
    ]);
  });

  test('without a telephone is told to leave one, and nothing is filed', async () => {
    const answer = await server.as('anonymous', {
      method: 'POST',
      url: '/api/v1/cases',
      body: { id: v7(), text: '路灯不亮', point: server.world.points.inA11, reporter: { notify: { channel: 'sms' } } },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'phoneNeeded']);
  });
});

describe('on the page of the query code', () => {
  test('one tap ends it, also for what waits; one tap brings it back', async () => {
    const { id, code } = await accepted();
    expect(await call('anonymous', 'GET', `/receipts/${code}/notify`)).toEqual({ offered: true, reachable: true, sms: true });
    expect(await call('anonymous', 'PUT', `/receipts/${code}/notify`, { sms: false })).toMatchObject({ sms: false });
    expect(await sendWaiting(server.deps)).toBe(0);
    expect([arrived, await messagesOf(id)]).toEqual([[], []]);
    await call('anonymous', 'PUT', `/receipts/${code}/notify`, { sms: true });
    await act(server.world.people.dispatcherA, id, 'answerDirectly', { reply: '已修好' });
    await settle();
    await sendWaiting(server.deps);
    expect(arrived.length).toBe(1);
    expect(arrived[0]!.body).not.toContain('已修好');
  });

  test('whoever left no number cannot switch it on, and a code of nothing opens nothing', async () => {
    const id = v7();
    const { queryCode } = await call('anonymous', 'POST', '/cases', { id, text: '路灯不亮', point: server.world.points.inA11 });
    expect(await call('anonymous', 'GET', `/receipts/${queryCode}/notify`)).toEqual({ offered: true, reachable: false, sms: false });
    const put = (code: string) => server.as('anonymous', { method: 'PUT', url: `/api/v1/receipts/${code}/notify`, body: { sms: true } });
    expect((await put(queryCode)).json().code).toBe('phoneNeeded');
    expect((await put('ABCD-EFGH-JKLM-NPQR')).statusCode).toBe(404);
  });

  test('whoever it was reported for decides for themselves, not for whoever reported', async () => {
    const id = v7();
    const filed = await call('anonymous', 'POST', '/cases', {
      id,
      text: '邻居家漏水',
      point: server.world.points.inA11,
      reporter: { phone: PHONE, notify: { channel: 'sms' } },
      behalfOf: { phone: '13812345679', by: 'neighbour', consent: true },
    });
    await call('anonymous', 'PUT', `/receipts/${filed.behalfOfQueryCode}/notify`, { sms: false });
    expect(await call('anonymous', 'GET', `/receipts/${filed.queryCode}/notify`)).toMatchObject({ sms: true });
    await call('anonymous', 'PUT', `/receipts/${filed.behalfOfQueryCode}/notify`, { sms: true });
    await act(server.world.people.dispatcherA, id, 'accept');
    await settle();
    await sendWaiting(server.deps);
    expect(arrived.map(({ body }) => JSON.parse(body).phone).sort()).toEqual([PHONE, '13812345679']);
  });
});

describe('a gateway that does not take a message', () => {
  test('is asked again with growing pauses under the same id, not before the pause it asks for, and given up with a reason staff see', async () => {
    const { id } = await accepted();
    answers = [{ status: 503 }, { status: 429, headers: { 'retry-after': '1200' } }, ...Array(6).fill({ status: 500 })];
    await sendWaiting(server.deps);
    expect((await messagesOf(id))[0]).toMatchObject({ state: 'waiting', tries: 1, problem: 'busy' });
    expect(await sendWaiting(server.deps)).toBe(0);
    server.deps.clock.advance(61_000);
    expect(await sendWaiting(server.deps)).toBe(1);
    server.deps.clock.advance(19 * 60_000);
    expect(await sendWaiting(server.deps)).toBe(0);
    for (let n = 0; n < 8; n++) {
      server.deps.clock.advance(12.1 * 3_600_000);
      await sendWaiting(server.deps);
    }
    expect(new Set(arrived.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(arrived.length).toBe(8);
    expect((await messagesOf(id))[0]).toMatchObject({ state: 'failed', tries: 8, problem: 'busy' });
    const told = logged.filter((line) => line.includes('given up'));
    expect(told.length).toBe(1);
  });

  test('is not asked again for what it refuses; one that is not there is', async () => {
    const refused = await accepted();
    answers = [{ status: 400 }];
    await sendWaiting(server.deps);
    expect((await messagesOf(refused.id))[0]).toMatchObject({ state: 'failed', tries: 1, problem: 'refused' });
    const silent = await accepted();
    answers = [{ status: HANGS_UP }];
    await sendWaiting(server.deps);
    expect((await messagesOf(silent.id))[0]).toMatchObject({ state: 'waiting', problem: 'unreachable' });
  });
});

/** Another process of this installation that sends what waits. */
const senderProcess = () => {
  const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const { secrets, publicUrl } = server.deps.config;
  const code = `import { makeCrypto } from ${at('../../platform/crypto/crypto.ts')};
    import { openPools } from ${at('../../platform/db/pools.ts')};
    import { smsSender } from ${at('../../platform/messages/sms.ts')};
    import { sendWaiting } from ${at('./send/service.ts')};
    const { urls, secrets, publicUrl, sms, now } = JSON.parse(process.env.INSTALLATION);
    const log = { warn() {}, info() {}, error() {} };
    await sendWaiting({ pools: openPools(urls), crypto: makeCrypto(secrets), config: { publicUrl }, messages: { sms: smsSender(sms) }, log,
      clock: { now: () => new Date(now) } });`;
  const installation = { urls: server.db.urls, secrets, publicUrl, sms: settings, now: server.deps.clock.now() };
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, INSTALLATION: JSON.stringify(installation) },
    stdio: 'inherit',
    cwd: import.meta.dirname,
  });
};

describe('many messages', () => {
  test('leave at the pace of the channel, whichever process sends them', async () => {
    for (let n = 0; n < 5; n++) await file();
    const { rows } = await server.db.pools.maintenance.query<{ case_id: string }>(
      'select case_id from cases order by created_at desc, case_id desc limit 5',
    );
    for (const { case_id } of rows) await act(server.world.people.dispatcherA, case_id, 'accept');
    await settle();
    expect([await sendWaiting(server.deps), await sendWaiting(server.deps)]).toEqual([3, 0]);
    server.deps.clock.advance(61_000);
    expect(await sendWaiting(server.deps)).toBe(2);
    expect(new Set(arrived.map(({ headers }) => headers['idempotency-key'])).size).toBe(5);
  });

  test('of a process that was killed before the gateway had it are sent once', async () => {
    const { id } = await accepted();
    const { deps } = server;
    // What stands when a process was killed in mid-try: the try, and nothing after it.
    await withTransaction(deps.pools.maintenance, (tx) => takeDue(tx, 'sms', deps.clock.now().toISOString(), 60_000, 10));
    expect(await sendWaiting(deps)).toBe(0);
    deps.clock.advance(61_000);
    expect([await sendWaiting(deps), await sendWaiting(deps)]).toEqual([1, 0]);
    expect(arrived.length).toBe(1);
    expect((await messagesOf(id))[0]).toMatchObject({ state: 'sent', tries: 2 });
  });

  test('of a process that is killed after the gateway had it, before it heard so, are sent once more, under the same id', {
    timeout: 60_000,
  }, async () => {
    const { id } = await accepted();
    const child = senderProcess();
    answers = [{ status: KILLS }];
    killing = () => child.kill('SIGKILL');
    const [, signal] = await once(child, 'exit');
    expect([signal, arrived.length]).toEqual(['SIGKILL', 1]);
    expect((await messagesOf(id))[0]).toMatchObject({ state: 'waiting', tries: 1 });
    server.deps.clock.advance(61_000);
    expect([await sendWaiting(server.deps), await sendWaiting(server.deps)]).toEqual([1, 0]);
    expect(arrived.map(({ headers }) => headers['idempotency-key'])).toEqual(Array(2).fill((await messagesOf(id))[0]!.id));
  });

  test('are written once, however often the feed is read', async () => {
    const { id } = await accepted();
    await server.db.pools.maintenance.query("update feed_cursor set position = 0 where consumer = 'message'");
    await settle();
    expect((await messagesOf(id)).length).toBe(1);
  });

  test('that ended three months ago are forgotten, those that wait are not', async () => {
    const { id } = await accepted();
    await sendWaiting(server.deps);
    await forgetMessages(server.deps);
    expect((await messagesOf(id)).length).toBe(1);
    await server.db.pools.maintenance.query("update message set ended_at = ended_at - interval '91 days'");
    await forgetMessages(server.deps);
    expect(await messagesOf(id)).toEqual([]);
  });
});

describe('whoever must not learn of it', () => {
  test('reads no number in the log, and the database holds none beside the sealed one', async () => {
    await accepted();
    await sendWaiting(server.deps);
    const { rows } = await server.db.pools.maintenance.query(
      'select m::text as row from message m union all select w::text from message_wish w',
    );
    expect(rows.length).toBeGreaterThan(1);
    expect([...logged, ...rows.map(({ row }) => row as string)].filter((line) => line.includes(PHONE.slice(0, 7)))).toEqual([]);
    expect(logged.join('')).not.toContain(SECRET);
  });

  test('an erased party hears nothing more, and what waited is gone', async () => {
    const { id, code } = await accepted();
    const { rows } = await server.db.pools.maintenance.query<{ party_id: string }>('select party_id from case_party where case_id = $1', [
      id,
    ]);
    await call(server.world.people.administrator, 'POST', `/cases/${id}/erase`, {
      commandId: v7(),
      ground: 'byRequest',
      partyId: rows[0]!.party_id,
    });
    expect(await sendWaiting(server.deps)).toBe(0);
    expect(await messagesOf(id)).toEqual([]);
    expect(await call('anonymous', 'GET', `/receipts/${code}/notify`)).toEqual({ offered: true, reachable: false, sms: false });
    await act(server.world.people.dispatcherA, id, 'answerDirectly', { reply: '已修好' });
    await settle();
    expect(await sendWaiting(server.deps)).toBe(0);
  });

  test('the database shows messages of a case to its office, wishes to their party alone, and neither to a stranger', async () => {
    const { id, code } = await accepted();
    const { people } = server.world;
    const other = await file();
    const counts = async (open: (client: import('pg').PoolClient) => Promise<unknown>) => {
      const client = await server.db.pools.app.connect();
      try {
        await client.query('begin');
        await open(client);
        const { rows } = await client.query(
          'select (select count(*)::int from message where case_id = $1) as messages, (select count(*)::int from message_wish) as wishes',
          [id],
        );
        return [rows[0].messages, rows[0].wishes];
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    const as = (person: { token: string }) => (client: import('pg').PoolClient) =>
      client.query('select enter($1, $2)', ['person', person.token]);
    const by = (one: string) => (client: import('pg').PoolClient) =>
      client.query('select enter_receipt($1)', [server.deps.crypto.receiptHash(one)]);
    expect(await counts(as(people.dispatcherA))).toEqual([1, 0]);
    expect(await counts(as(people.verifierB))).toEqual([0, 0]);
    expect(await counts(by(code))).toEqual([1, 1]);
    expect(await counts(by(other.code))).toEqual([0, 1]);
    expect(await counts(async () => {})).toEqual([0, 0]);
  });
});

describe('an installation without a gateway', () => {
  test('says so, refuses the wish, and lets nothing pile up', async () => {
    const bare = await testServer({ now: '2026-09-30T01:00:00.000Z', messages: {} });
    try {
      expect((await bare.as('anonymous', { url: '/api/v1/channels' })).json()).toEqual({
        sms: false,
        mail: false,
        push: false,
        account: false,
      });
      const id = v7();
      const body = { id, text: '路灯不亮', point: bare.world.points.inA11, reporter: { phone: PHONE, notify: { channel: 'sms' } } };
      const filed = await bare.as('anonymous', { method: 'POST', url: '/api/v1/cases', body });
      expect(filed.statusCode).toBe(201);
      const chosen = await bare.as('anonymous', {
        method: 'PUT',
        url: `/api/v1/receipts/${filed.json().queryCode}/notify`,
        body: { sms: true },
      });
      expect([chosen.statusCode, chosen.json().code]).toEqual([422, 'channelOff']);
      await bare.as(bare.world.people.dispatcherA, {
        method: 'POST',
        url: `/api/v1/cases/${id}/actions`,
        body: { commandId: v7(), action: 'accept', version: 1 },
      });
      await settleFeed(
        bare.deps,
        manifests.flatMap(({ consumers = [] }) => consumers),
      );
      expect((await bare.as(bare.world.people.dispatcherA, { url: `/api/v1/cases/${id}/messages` })).json()).toEqual({ messages: [] });
    } finally {
      await bare.close();
    }
  });
});
