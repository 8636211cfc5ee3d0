import { FORMATS } from '@tongxin/domain/open311/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { open311Client, readXml } from './build.ts';
import { issueKey, listKeys, revokeKey } from './index.ts';

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await testServer();
  ({ key } = await issueKey(server.deps, { name: '某城市的手机应用', perDay: 100_000, days: 30 }));
});
afterAll(() => server?.close());

const clientOf = (format: 'xml' | 'json' = 'json') => open311Client(server, format);
const LAMP = { service_code: 'municipal.lampOut', lat: '22.02', long: '113.02' };
const filed = async (form: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string>> = {}): Promise<string> => {
  const answer = await clientOf().post({ api_key: key, description: `路灯不亮 ${v7()}`, ...LAMP, ...form }, headers);
  expect([answer.status, answer.body]).toEqual([201, expect.stringContaining('service_request_id')]);
  return answer.value[0].service_request_id;
};
const caseOf = async (number: string) => {
  const { rows } = await server.db.pools.maintenance.query('select * from cases where number = $1', [number]);
  return rows[0];
};
const errorsOf = (answer: { status: number; value: { code: string; description: string }[] }) => [
  answer.status,
  answer.value.map(({ code, description }) => `${code} ${description}`),
];

describe.each(FORMATS)('in %s', (format) => {
  const client = () => clientOf(format);
  const type = { xml: 'text/xml; charset=utf-8', json: 'application/json; charset=utf-8' }[format];

  it('the interface says where it is', async () => {
    const answer = await client().get('discovery');
    expect([answer.status, answer.type]).toEqual([200, type]);
    expect(answer.value).toMatchObject({
      changeset: expect.stringMatching(/^\d{4}-\d\d-\d\dT/u),
      contact: expect.any(String),
      key_service: expect.any(String),
      endpoints: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          url: expect.stringMatching(/\/open311\/v2$/u),
          type: 'test',
          formats: ['text/xml', 'application/json'],
        },
      ],
    });
    if (format === 'xml') expect(answer.body).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>\n<discovery>/u);
  });

  it('services are the categories, those with questions marked', async () => {
    const answer = await client().get('services');
    expect([answer.status, answer.type]).toEqual([200, type]);
    expect(answer.value.map(({ service_code }: { service_code: string }) => service_code)).toEqual([
      'livelihood.schooling',
      'municipal.lampOut',
      'sanitation.binFull',
      'utility.gasSmell',
    ]);
    expect(answer.value[1]).toEqual({
      service_code: 'municipal.lampOut',
      service_name: '路灯不亮',
      description: '市政设施：路灯不亮',
      metadata: 'false',
      type: 'realtime',
      keywords: '路灯不亮, Street lamp out, 市政设施, Public works',
      group: '市政设施',
    });
    expect(answer.value[2].metadata).toBe('true');
    expect(answer.value[3].description).toContain('119');
    expect((await client().get('services', {}, 'en')).value[3].description).toBe('Utilities: Smell of gas. In danger, call 119 first.');
  });

  it('a service says what it asks', async () => {
    const answer = await client().get('services/sanitation.binFull', {}, 'en');
    expect(answer.status).toBe(200);
    expect(answer.value.service_code).toBe('sanitation.binFull');
    expect(answer.value.attributes[1]).toEqual({
      variable: 'true',
      code: 'size',
      datatype: 'singlevaluelist',
      required: 'true',
      datatype_description: null,
      order: '2',
      description: 'Size of the bin',
      values: [
        { key: 'small', name: 'Small' },
        { key: 'large', name: 'Large' },
      ],
    });
    expect(answer.value.attributes.map((one: { variable: string; datatype: string }) => `${one.variable} ${one.datatype}`)).toEqual([
      ...['false string', 'true singlevaluelist', 'true multivaluelist', 'true datetime', 'true number'],
    ]);
    expect(await client().get('services/municipal.lampOut')).toMatchObject({
      status: 200,
      value: { service_code: 'municipal.lampOut', attributes: [] },
    });
  });

  it('a request in the standard’s own words becomes a case, and what is told of it is coarse', async () => {
    const answer = await client().post(
      `api_key=${key}&jurisdiction_id=city.gov&service_code=municipal.lampOut&lat=22.02012345&long=113.02012345&address_string=1234+5th+street` +
        '&email=smit333%40sfgov.example&device_id=tt222111&account_id=123456&first_name=john&last_name=smith&phone=13800138000' +
        `&description=A+large+sinkhole+is+destroying+the+street+${format}&media_url=http%3A%2F%2Fpics.example%2F2212426634_5ed477a060.jpg` +
        '&attribute[WHISPAWN]=123456&attribute[WHISDORN]=COISL001',
    );
    expect([answer.status, answer.type]).toEqual([201, type]);
    const [{ service_request_id: number, ...rest }] = answer.value;
    expect(rest).toEqual({ service_notice: '已收到，凭编号可查进展。', account_id: null });
    expect(number).toMatch(/^GD2026-\d{7}$/u);
    expect(await caseOf(number)).toMatchObject({
      channel: 'open311',
      category_id: 'municipal.lampOut',
      grid_id: server.world.areas.gridA11.areaId,
      submitter_id: '5e000000-0000-8000-8000-000000000041',
    });
    const one = await client().get(`requests/${number}`);
    expect(one.value).toEqual([
      {
        service_request_id: number,
        status: 'open',
        status_notes: null,
        service_name: '路灯不亮',
        service_code: 'municipal.lampOut',
        description: null,
        agency_responsible: null,
        service_notice: null,
        requested_datetime: '2026-09-30T00:00:00+08:00',
        updated_datetime: '2026-09-30T00:00:00+08:00',
        expected_datetime: null,
        address: '示例市甲镇甲一社区',
        address_id: server.world.areas.communityA1.areaId,
        zipcode: null,
        lat: '22.05',
        long: '113.1',
        media_url: null,
      },
    ]);
    const list = await client().get('requests', { service_request_id: number });
    expect(list.value).toEqual(one.value);
    for (const secret of ['sinkhole', 'smith', '13800138000', 'sfgov', '5th', 'pics.example', '22.02', 'tt222111'])
      expect([secret, one.body.includes(secret), answer.body.includes(secret)]).toEqual([secret, false, false]);
  });

  it('the sample addresses of the standard are understood', async () => {
    const city = { jurisdiction_id: 'city.gov' };
    const samples: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
      ['services', city, 200],
      ['services/033', city, 404],
      ['tokens/123456', city, 404],
      ['requests', { start_date: '2010-05-24T00:00:00Z', end_date: '2010-06-24T00:00:00Z', status: 'open', ...city }, 200],
      ['requests', { start_date: '2010-05-24T00:00:00-05:00', status: 'open,closed' }, 200],
      ['requests/123456', city, 404],
    ];
    for (const [path, query, status] of samples) {
      const answer = await client().get(path, query);
      expect([path, answer.status, answer.type]).toEqual([path, status, type]);
      if (path === 'requests') expect(answer.value).toEqual([]);
    }
  });

  it.each([
    ['services', { jurisdiction_id: 'elsewhere.gov' }, 404, '没有这个 jurisdiction_id。'],
    ['services/no.such', {}, 404, '没有这个 service_code。'],
    ['services/municipal', {}, 404, '没有这个 service_code。'],
    ['requests/GD2026-9999999', {}, 404, '没有这个 service_request_id。'],
    ['tokens/123456', {}, 404, '没有这个 token。'],
    [`tokens/${v7()}`, {}, 404, '没有这个 token。'],
    ['requests', { service_code: 'no.such' }, 404, '没有这个 service_code。'],
    ['requests', { status: 'pending' }, 400, 'status 的写法不对。'],
    ['requests', { start_date: 'yesterday' }, 400, 'start_date 的写法不对。'],
    ['requests', { start_date: '2026-05-24T00:00:00Z', end_date: '2026-08-24T00:00:00Z' }, 400, 'start_date 到 end_date 不能超过 90 天。'],
    ['requests', { start_date: '2026-08-24T00:00:00Z', end_date: '2026-05-24T00:00:00Z' }, 400, 'end_date 早于 start_date。'],
    ['requests', { page_size: '1001' }, 400, 'page_size 的写法不对。'],
    ['nothing', {}, 404, '没有找到'],
  ])('GET %s with %o is refused as the standard says', async (path, query, status, description) => {
    const placed = { ...server, app: await placedApp() };
    const answer = await open311Client(placed, format).get(path, query);
    expect([answer.status, answer.type]).toEqual([status, type]);
    expect(answer.value).toEqual([{ code: String(status), description: expect.stringContaining(description) }]);
    if (format === 'xml') expect(answer.body).toContain('<errors><error><code>');
  });

  it.each([
    ['no key', { api_key: '' }, [403, ['403 缺少 api_key。']]],
    ['a key that opens nothing', { api_key: 'xyz' }, [403, ['403 没有这个 api_key。']]],
    ['no service', { service_code: '' }, [400, ['400 缺少 service_code。']]],
    ['an unknown service', { service_code: '001' }, [404, ['404 没有这个 service_code。']]],
    ['a group for a service', { service_code: 'sanitation' }, [404, ['404 没有这个 service_code。']]],
    ['another place', { jurisdiction_id: 'elsewhere.gov' }, [404, ['404 没有这个 jurisdiction_id。']]],
    ['no location', { lat: '', long: '' }, [400, ['400 缺少地点：lat, long, address_string, address_id，给一种即可。']]],
    ['half a location', { long: '' }, [400, ['400 缺少 long。']]],
    ['an area nobody knows', { address_id: v7() }, [400, ['400 address_id 的写法不对。']]],
    ['words too long', { description: '灯'.repeat(4001) }, [400, ['400 description 太长。']]],
    ['NUL', { description: 'a\0b' }, [400, ['400 description 含有无法保存的字符；请用 UTF-8。']]],
    [
      'several faults',
      { service_code: 'sanitation.binFull', lat: 'x', phone: 'no' },
      [400, ['400 lat 的写法不对。', '400 phone 的写法不对。', '400 缺少 attribute[size]。']],
    ],
    [
      'a value that is not offered',
      { service_code: 'sanitation.binFull', 'attribute[size]': 'huge' },
      [400, ['400 attribute[size] 不在可选项中。']],
    ],
  ])('a request with %s is refused and leaves nothing behind', async (_what, change, expected) => {
    const placed = { ...server, app: await placedApp() };
    const counted = 'select (select count(*) from cases) as cases, (select coalesce(sum(n), 0) from open311_use) as used';
    const before = (await server.db.pools.maintenance.query(counted)).rows;
    const answer = await open311Client(placed, format).post({ api_key: key, ...LAMP, ...change });
    expect(answer.type).toBe(type);
    expect(errorsOf(answer)).toEqual(expected);
    expect((await server.db.pools.maintenance.query(counted)).rows).toEqual(before);
  });
});

let placed: Awaited<ReturnType<typeof buildApp>> | undefined;
/** The same server where it has a name: clients that name another place are told so. */
const placedApp = async () => {
  placed ??= await buildApp(
    { ...server.deps, config: { ...server.deps.config, open311Jurisdiction: 'city.gov' } },
    { limits: { perMinute: 1e6, mostLagMs: 0 } },
  );
  return placed;
};
afterAll(() => placed?.close());

describe('a request', () => {
  it('has the answers to its questions in its words, where the office reads them and erasure finds them', async () => {
    const number = await filed({
      service_code: 'sanitation.binFull',
      description: '桶满了',
      'attribute[size]': 'large',
      'attribute[waste][]': 'kitchen',
      media_url: 'https://pics.example/1.jpg',
      first_name: '三',
      last_name: '张',
      phone: '13800138000',
    });
    const { case_id: id } = await caseOf(number);
    const view = (await server.as(server.world.people.dispatcherA, { url: `/api/v1/cases/${id}` })).json();
    expect(view.channel).toBe('open311');
    expect(JSON.stringify(view)).toContain('桶满了\\n桶的大小：大桶\\n有哪些垃圾：厨余\\n附图网址：https://pics.example/1.jpg');
    expect(JSON.stringify(view)).not.toContain('13800138000');
  });

  it('sent again with its Idempotency-Key is the same request, and its key is its token', async () => {
    const token = v7();
    const form = { api_key: key, ...LAMP, description: '同一盏灯' };
    const headers = { 'idempotency-key': token };
    const first = await clientOf().post(form, headers);
    const again = await clientOf('xml').post(form, { 'idempotency-key': token.toUpperCase() });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.value[0].service_request_id).toBe(first.value[0].service_request_id);
    for (const format of FORMATS)
      expect((await clientOf(format).get(`tokens/${token}`)).value).toEqual([
        { service_request_id: first.value[0].service_request_id, token },
      ]);
    expect(errorsOf(await clientOf().post({ ...form, description: '另一盏灯' }, headers))).toEqual([
      400,
      ['400 Idempotency-Key 已用于另一个请求。'],
    ]);
    expect(errorsOf(await clientOf().post(form, { 'idempotency-key': 'tuesday' }))).toEqual([400, ['400 Idempotency-Key 的写法不对。']]);
  });

  it('sent many times at once with one Idempotency-Key is filed once', async () => {
    const headers = { 'idempotency-key': v7() };
    const form = { api_key: key, ...LAMP, description: '一起发的' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => clientOf().post(form, headers)));
    expect(new Set(answers.map(({ value }) => value[0].service_request_id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('sent again without a key is the same within the hour, and a new one another day', async () => {
    const { clock } = server.deps;
    const began = clock.now().toISOString();
    const form = { api_key: key, ...LAMP, description: '又不亮了' };
    const number = (await clientOf().post(form)).value[0].service_request_id;
    clock.set(new Date(Date.parse(began) + 30 * 60_000).toISOString());
    const again = await clientOf().post(form);
    expect([again.status, again.value[0].service_request_id]).toEqual([200, number]);
    const other = await issueKey(server.deps, { name: '另一个应用', perDay: 5, days: 1 });
    expect((await clientOf().post({ ...form, api_key: other.key })).value[0].service_request_id).not.toBe(number);
    clock.set(new Date(Date.parse(began) + 3 * 3_600_000).toISOString());
    expect((await clientOf().post(form)).value[0].service_request_id).not.toBe(number);
    clock.set(began);
  });

  it('gives its reporter the query code only where that is asked for', async () => {
    const answer = await clientOf().post({ api_key: key, ...LAMP, description: '想知道进展', extensions: 'true' });
    const code = answer.value[0].extended_attributes.query_code;
    const seen = await server.as('anonymous', { url: `/api/v1/receipts/${code}` });
    expect([seen.statusCode, seen.json().number]).toEqual([200, answer.value[0].service_request_id]);
    for (const format of FORMATS) {
      const told = await clientOf(format).get(`requests/${answer.value[0].service_request_id}`, { extensions: 'true' });
      expect(told.value[0].extended_attributes).toEqual({ moderated: 'false', area_kind: 'community' });
      expect(told.body).not.toContain(code);
    }
  });

  it('of danger says whom to call first', async () => {
    const answer = await clientOf().post({ api_key: key, service_code: 'utility.gasSmell', address_string: '某路口', description: v7() });
    expect(answer.value[0].service_notice).toMatch(/^如有危险，请先拨打 119。/u);
  });

  it('without a point stands as near as its area was named, or nowhere yet', async () => {
    const { townA } = server.world.areas;
    const inTown = await filed({ lat: '', long: '', address_id: townA.areaId });
    expect((await clientOf().get(`requests/${inTown}`)).value[0]).toMatchObject({
      address: '示例市甲镇',
      address_id: townA.areaId,
      lat: '22.1',
    });
    const nowhere = await filed({ lat: '', long: '', address_string: '河边' });
    expect((await clientOf('xml').get(`requests/${nowhere}`)).value[0]).toMatchObject({ address: null, lat: null, long: null });
  });

  it('may have its key in the address, but no argument twice', async () => {
    const at = (query: string, form: object) =>
      server.app.inject({
        method: 'POST',
        url: `/open311/v2/requests.json?${query}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ ...LAMP, description: v7(), ...form }).toString(),
      });
    expect((await at(`api_key=${key}&jurisdiction_id=city.gov`, {})).statusCode).toBe(201);
    expect((await at(`api_key=${key}`, { api_key: 'other' })).statusCode).toBe(403);
    expect((await at('lat=1', { api_key: key })).statusCode).toBe(400);
  });

  it('must be a form', async () => {
    for (const [type, payload] of [
      ['application/json', JSON.stringify({ api_key: key, ...LAMP })],
      ['multipart/form-data; boundary=x', '--x--'],
      ['text/xml', '<x/>'],
    ] as const)
      expect(errorsOf(await clientOf('xml').post(payload, { 'content-type': type }))).toEqual([
        400,
        ['400 content-type 须为 application/x-www-form-urlencoded。'],
      ]);
  });

  it('is filed by the interface alone: nobody else puts a case among those told of', async () => {
    for (const caller of ['anonymous', server.world.people.dispatcherA] as const) {
      const answer = await server.as(caller, {
        method: 'POST',
        url: '/api/v1/cases',
        body: { id: v7(), text: '路灯不亮', channel: 'open311' },
      });
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'channelForStaff']);
    }
  });
});

describe('a key', () => {
  it('files so many requests a day, which refused ones do not use up, and again tomorrow', async () => {
    const { clock } = server.deps;
    const began = clock.now().toISOString();
    const { key: small, id } = await issueKey(server.deps, { name: '小应用', perDay: 2, days: 3 });
    const post = (form: object = {}) => clientOf().post({ api_key: small, ...LAMP, description: v7(), ...form });
    expect((await post({ lat: 'x' })).status).toBe(400);
    expect([(await post()).status, (await post()).status]).toEqual([201, 201]);
    expect(errorsOf(await post())).toEqual([429, ['429 api_key 今天的次数已用完，明天再试。']]);
    expect((await listKeys(server.deps)).find((line) => line.id === id)).toMatchObject({ usedToday: 2, perDay: 2, revoked: false });
    clock.set(new Date(Date.parse(began) + 86_400_000).toISOString());
    expect((await post()).status).toBe(201);
    clock.set(new Date(Date.parse(began) + 4 * 86_400_000).toISOString());
    expect((await post()).status).toBe(403);
    clock.set(began);
  });

  it('never files more than its day holds, however many come at once', async () => {
    const { key: small } = await issueKey(server.deps, { name: '并发', perDay: 3, days: 1 });
    const answers = await Promise.all(Array.from({ length: 9 }, () => clientOf().post({ api_key: small, ...LAMP, description: v7() })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429, 429, 429, 429, 429, 429]);
  });

  it('taken back opens nothing, and is kept nowhere as it is', async () => {
    const { key: lost, id } = await issueKey(server.deps, { name: '丢了的', perDay: 5, days: 1 });
    await revokeKey(server.deps, id);
    expect((await clientOf().post({ api_key: lost, ...LAMP })).status).toBe(403);
    const { rows } = await server.db.pools.maintenance.query('select k::text as words from open311_key k');
    expect(rows.filter(({ words }) => words.includes(lost))).toEqual([]);
    await expect(revokeKey(server.deps, v7())).rejects.toMatchObject({ code: 'notFound' });
    for (const unfit of [
      { name: ' ', perDay: 1, days: 1 },
      { name: 'x', perDay: 0, days: 1 },
      { name: 'x', perDay: 1, days: 1.5 },
    ])
      await expect(issueKey(server.deps, unfit)).rejects.toMatchObject({ code: 'fieldUnfit' });
  });

  it('named demo is taken in demo mode alone', async () => {
    expect((await clientOf().post({ api_key: 'demo', ...LAMP, description: v7() })).status).toBe(201);
    const app = await buildApp(
      { ...server.deps, config: { ...server.deps.config, mode: 'production' } },
      { limits: { perMinute: 1e6, mostLagMs: 0 } },
    );
    const production = open311Client({ ...server, app }, 'json');
    expect((await production.post({ api_key: 'demo', ...LAMP, description: v7() })).status).toBe(403);
    expect((await production.get('discovery')).value.endpoints[0].type).toBe('production');
    await app.close();
  });
});

describe('at the desk', () => {
  const ask = (who: Caller, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
    server.as(who, { method, url: `/api/v1${url}`, ...(body ? { body } : {}) });

  it('keys are issued once, counted and taken back by whoever keeps the exchange of the whole place, and by nobody else', async () => {
    const { administrator, dispatcherA } = server.world.people;
    const asked = { id: v7(), name: '某小程序', perDay: 5, days: 30 };
    expect((await ask(dispatcherA, 'POST', '/open311-keys', asked)).statusCode).toBe(403);
    const issued = await ask(administrator, 'POST', '/open311-keys', asked);
    expect(issued.statusCode).toBe(201);
    const again = (await ask(administrator, 'POST', '/open311-keys', asked)).json();
    expect([again.id, again.key]).toEqual([asked.id, undefined]);
    expect((await ask(administrator, 'POST', '/open311-keys', { ...asked, name: '另一个' })).statusCode).toBe(409);
    expect((await clientOf().post({ api_key: issued.json().key, ...LAMP, description: v7() })).status).toBe(201);
    const lines = (await ask(administrator, 'GET', '/open311-keys')).json<{ keys: { id: string }[] }>().keys;
    expect(lines.find(({ id }) => id === asked.id)).toMatchObject({ name: '某小程序', perDay: 5, usedToday: 1, revoked: false });
    expect(JSON.stringify(lines)).not.toContain(issued.json().key);
    expect((await ask(administrator, 'POST', `/open311-keys/${asked.id}/revoke`)).json()).toMatchObject({ revoked: true });
    expect((await clientOf().post({ api_key: issued.json().key, ...LAMP, description: v7() })).status).toBe(403);
    const client = await server.db.pools.app.connect();
    try {
      await client.query('begin');
      await client.query("select enter('person', $1)", [dispatcherA.token]);
      for (const hidden of ['select key_id from open311_key', 'select 1 from open311_use', 'update open311_list set is_open = false'])
        expect([hidden, (await client.query(hidden)).rowCount]).toEqual([hidden, 0]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('the list is closed and opened again; a request asked for by its number is answered either way', async () => {
    const { administrator } = server.world.people;
    const number = await filed();
    expect((await ask(administrator, 'PUT', '/open311-list', { listOpen: false })).json()).toEqual({ listOpen: false });
    for (const format of FORMATS) {
      expect(await clientOf(format).get('requests')).toMatchObject({ status: 200, value: [] });
      expect((await clientOf(format).get(`requests/${number}`)).value[0].service_request_id).toBe(number);
    }
    await ask(administrator, 'PUT', '/open311-list', { listOpen: true });
    expect((await clientOf().get('requests')).value.length).toBeGreaterThan(0);
  });
});

describe('an answer', () => {
  /** The published examples of GeoReport v2, as long as their shapes: every element they have, with what stands in it made short. */
  const request =
    `<request><service_request_id>638344</service_request_id><status>closed</status><status_notes>Duplicate request.</status_notes>
    <service_name>Sidewalk and Curb Issues</service_name><service_code>006</service_code><description></description><agency_responsible></agency_responsible>
    <service_notice></service_notice><requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime><updated_datetime>2010-04-14T06:37:38-08:00</updated_datetime>
    <expected_datetime>2010-04-15T06:37:38-08:00</expected_datetime><address>8TH AVE and JUDAH ST</address><address_id>545483</address_id><zipcode>94122</zipcode>
    <lat>37.762221815</lat><long>-122.4651145</long><media_url>http://city.gov/638344.jpg</media_url></request>`.replaceAll(
      />\s+</gu,
      '><',
    );
  const PUBLISHED = {
    services: `<services><service><service_code>001</service_code><service_name>Cans left out 24x7</service_name><description>Cans.</description>
      <metadata>true</metadata><type>realtime</type><keywords>lorem, ipsum, dolor</keywords><group>sanitation</group></service></services>`,
    definition: `<service_definition><service_code>DMV66</service_code><attributes><attribute><variable>true</variable><code>WHISHETN</code>
      <datatype>singlevaluelist</datatype><required>true</required><datatype_description></datatype_description><order>1</order>
      <description>What is the ticket/tag/DL number?</description><values><value><key>123</key><name>Ford</name></value><value><key>124</key>
      <name>Chrysler</name></value></values></attribute></attributes></service_definition>`,
    filed: `<service_requests><request><service_request_id>293944</service_request_id><service_notice>The City will inspect.</service_notice><account_id/>
      </request></service_requests>`,
    token: `<service_requests><request><service_request_id>638344</service_request_id><token>12345</token></request></service_requests>`,
    requests: `<service_requests>${request}${request.replace('638344', '638349')}</service_requests>`,
    error: `<errors><error><code>403</code><description>Invalid api_key received</description></error></errors>`,
  };
  const published = (name: keyof typeof PUBLISHED) =>
    readXml(`<?xml version="1.0" encoding="utf-8"?>\n${PUBLISHED[name].replaceAll(/>\s+</gu, '><')}`);
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? [shape(value[0])]
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.keys(value).map((key) => [key, shape((value as Record<string, unknown>)[key])]))
        : '';

  it.each(FORMATS)('in %s has the elements that the published examples have, in their order', async (format) => {
    const client = clientOf(format);
    const token = v7();
    const posted = await client.post({ api_key: key, ...LAMP, description: v7() }, { 'idempotency-key': token });
    const number = posted.value[0].service_request_id;
    const asked = (await client.get('services/sanitation.binFull')).value;
    const answers: readonly (readonly [keyof typeof PUBLISHED, unknown])[] = [
      ['services', (await client.get('services')).value],
      ['definition', { ...asked, attributes: asked.attributes.slice(1, 2) }],
      ['filed', posted.value],
      ['token', (await client.get(`tokens/${token}`)).value],
      ['requests', (await client.get('requests', { service_request_id: number })).value],
      ['requests', (await client.get(`requests/${number}`)).value],
      ['error', (await client.post({ api_key: 'xyz', ...LAMP })).value],
    ];
    for (const [name, value] of answers)
      expect([name, JSON.stringify(shape(value))]).toEqual([name, JSON.stringify(shape(published(name)))]);
  });
});

describe('the list', () => {
  const numbersOf = async (query: Readonly<Record<string, string>>): Promise<string[]> =>
    (await clientOf().get('requests', query)).value.map((one: { service_request_id: string }) => one.service_request_id);

  it('is of the interface’s own requests: not of the portal’s, a protected reporter’s or a letter’s', async () => {
    const mine = await filed();
    const portal = await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body: { id: v7(), text: '门户上报' } });
    const { number } = portal.json();
    const hidden = await filed();
    await server.db.pools.maintenance.query('update cases set reporter_protected = true where number = $1', [hidden]);
    const letter = await filed();
    await server.db.pools.maintenance.query('update cases set confidential = true where number = $1', [letter]);
    const listed = await numbersOf({});
    expect(listed).toContain(mine);
    for (const one of [number, hidden, letter]) {
      expect([one, listed.includes(one)]).toEqual([one, false]);
      expect((await clientOf().get(`requests/${one}`)).status).toBe(404);
      expect(await numbersOf({ service_request_id: `${one},${mine}` })).toEqual([mine]);
    }
  });

  it('tells of what an office looked over in the words written for everybody, and of its place a cell; taken back, it is coarse again', async () => {
    const { people, areas } = server.world;
    const spot = { lat: '22.021', long: '113.021' };
    const number = await filed({ ...spot, description: '我家302门口路灯不亮' });
    const told = async () => (await clientOf().get(`requests/${number}`, { extensions: 'true' })).value[0];
    const coarse = await told();
    expect([coarse.description, String(coarse.extended_attributes.moderated)]).toEqual([null, 'false']);
    const put = async (url: string, body: object) => {
      const who = url.startsWith('publication/') ? people.administrator : people.dispatcherA;
      const answer = await server.as(who, { method: url.startsWith('cases/') ? 'PUT' : 'POST', url: `/api/v1/${url}`, body });
      expect(answer.statusCode, answer.body).toBe(200);
    };
    await put(`publication/areas/${areas.townA.areaId}`, {
      commandId: v7(),
      version: 1,
      nearby: true,
      listed: true,
      categoryIds: ['municipal'],
    });
    const { case_id: id } = await caseOf(number);
    const words = '小区门口路灯不亮';
    await put(`cases/${id}/publication`, { state: 'shown', words, version: 0 });
    const shown = await told();
    expect([shown.description, String(shown.extended_attributes.moderated)]).toEqual([words, 'true']);
    expect(JSON.stringify(shown)).not.toContain('302');
    expect([shown.lat, shown.long]).not.toEqual([Number(spot.lat), Number(spot.long)]);
    expect(Math.hypot(shown.lat - Number(spot.lat), shown.long - Number(spot.long))).toBeLessThan(0.006);
    await put(`cases/${id}/publication`, { state: 'refused', words: '', version: 1 });
    expect(await told()).toEqual(coarse);
  });

  it('is narrowed by kind, state and day, and read by pages, the newest first', async () => {
    const { clock } = server.deps;
    const began = clock.now().toISOString();
    clock.set('2026-10-05T01:00:00.000Z');
    const first = await filed();
    clock.set('2026-10-05T18:00:00.000Z');
    const second = await filed({ service_code: 'sanitation.binFull', 'attribute[size]': 'small' });
    const closed = await filed();
    await server.db.pools.maintenance.query(`update cases set ended_at = '2026-10-07T01:00:00Z' where number = $1`, [closed]);
    clock.set('2026-10-08T01:00:00.000Z');
    const range = { start_date: '2026-10-05T00:00:00Z', end_date: '2026-10-06T00:00:00Z' };
    expect(new Set(await numbersOf(range))).toEqual(new Set([first, second, closed]));
    expect((await numbersOf(range)).at(-1)).toBe(first);
    expect(await numbersOf({ ...range, status: 'closed' })).toEqual([closed]);
    expect(new Set(await numbersOf({ ...range, status: 'open' }))).toEqual(new Set([first, second]));
    expect(await numbersOf({ ...range, service_code: 'sanitation.binFull,utility.gasSmell' })).toEqual([second]);
    const pages = [1, 2, 3, 4].map((page) => numbersOf({ ...range, page: String(page), page_size: '1' }));
    expect((await Promise.all(pages)).flat()).toEqual(await numbersOf(range));
    // The second was filed on the sixth in China, at two in the night.
    expect((await clientOf().get(`requests/${second}`)).value[0].requested_datetime).toBe('2026-10-06T00:00:00+08:00');
    expect((await clientOf().get(`requests/${closed}`)).value[0]).toMatchObject({
      status: 'closed',
      updated_datetime: '2026-10-07T00:00:00+08:00',
    });
    // However narrowly the hour is asked for, the day answers.
    expect(await numbersOf({ start_date: '2026-10-05T12:00:00Z', end_date: '2026-10-05T12:00:01Z' })).toEqual([first]);
    clock.set(began);
  });

  it('may be read by pages of others, and is asked of no session', async () => {
    const answer = await clientOf().get('requests');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const signedIn = await server.as(server.world.people.dispatcherA, { url: '/open311/v2/requests.json' });
    expect(signedIn.body).toBe(answer.body);
  });
});

describe('the database', () => {
  it('tells nothing to whoever is not the interface, not even coarsely', async () => {
    const { people, services } = server.world;
    for (const who of [people.administrator.who, people.dispatcherA.who, services.portal.who]) {
      for (const asked of [
        'select * from open311_by_number(array[]::text[])',
        "select * from open311_between('2026-01-01', '2026-12-31', null, null, 10, 0)",
        "select open311_number('00000000-0000-7000-8000-000000000000')",
        "select * from use_open311_key('x', true, true, now())",
        'select * from open311_coarse',
        'select * from open311_key',
      ]) {
        const client = await server.db.pools.app.connect();
        await client.query('begin');
        await client.query('select enter($1, $2)', [who.kind, who.token]);
        await expect(client.query(asked), asked).rejects.toMatchObject({ code: '42501' });
        await client.query('rollback');
        client.release();
      }
    }
  });
});

describe('the description of the API', () => {
  it('has every address of the interface, in both formats', async () => {
    const { paths } = (await server.as('anonymous', { url: '/api/v1/openapi.json' })).json();
    const own = Object.keys(paths).filter((path) => path.startsWith('/open311/'));
    expect(own.sort()).toEqual(
      [
        ...['discovery', 'services', 'requests'].flatMap((name) => FORMATS.map((format) => `/open311/v2/${name}.${format}`)),
        ...['services', 'requests', 'tokens'].map((name) => `/open311/v2/${name}/{file}`),
      ].sort(),
    );
    const { post } = paths['/open311/v2/requests.json'];
    expect(Object.keys(post.requestBody.content)).toEqual(['application/x-www-form-urlencoded']);
    expect(Object.keys(post.responses['2XX'].content)).toEqual(['application/json', 'text/xml']);
  });
});
