import type { CaseView } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, url: string, body?: object) =>
  server.as(caller, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) });

const ABOUT = { name: '李奶奶', phone: '13912345670', consent: true };

describe('a report for somebody else', () => {
  test('without their consent is refused, and so is a telephone of theirs that nobody can dial', async () => {
    const { people, points } = server.world;
    const body = { id: v7(), text: '老人家里漏水', point: points.inA11 };
    for (const behalfOf of [{ name: '李奶奶' }, { ...ABOUT, consent: false }])
      expect((await call(people.gridWorkerA, '/cases', { ...body, behalfOf })).statusCode).toBe(400);
    const undialled = await call(people.gridWorkerA, '/cases', { ...body, behalfOf: { ...ABOUT, phone: '没有' } });
    expect([undialled.statusCode, undialled.json().code]).toEqual([422, 'badPhone']);
  });

  test.each([
    ['a grid worker at the door', 'gridWorkerA', 'patrol', 'gridWorker'],
    ['the hotline, from a daughter', 'operator', 'hotline', 'family'],
    ['a neighbour, signed in', 'residentA', 'portal', 'neighbour'],
    ['a neighbour without an account', 'anonymous', 'portal', 'neighbour'],
  ] as const)('by %s makes both parties, each with a code by which they read it as reporter', async (_who, name, channel, by) => {
    const { people, points } = server.world;
    const filer = name === 'anonymous' ? name : people[name];
    const body = {
      id: v7(),
      text: '老人家里漏水',
      channel,
      point: points.inA11,
      reporter: { name: '陈某', protected: true },
      behalfOf: { ...ABOUT, by },
    };
    const filed = await call(filer, '/cases', body);
    expect(filed.statusCode, filed.body).toBe(201);
    const { queryCode, behalfOfQueryCode } = filed.json();
    expect(behalfOfQueryCode).not.toBe(queryCode);
    expect((await call(filer, '/cases', body)).json()).toEqual(filed.json());
    for (const code of [queryCode, behalfOfQueryCode]) {
      const seen: CaseView = (await call('anonymous', `/receipts/${code}`)).json();
      expect([seen.reader, seen.text]).toEqual(['reporter', '老人家里漏水']);
      expect(seen.allowed.map(({ id }) => id)).toContain('withdraw');
    }
    const office: CaseView = (await call(people.hotlineDispatcher, `/cases/${body.id}`)).json();
    expect(office.parties.map(({ role, protected: isProtected }) => [role, isProtected]).sort()).toEqual([
      ['behalfOf', true],
      ['reporter', true],
    ]);
    const { rows } = await server.db.pools.maintenance.query(
      `select c.state->'facts'->'reporterReachable' as reachable, e.header::jsonb->'header'->'codes'->'behalfOf' as stated, e.header
       from cases c join events e using (case_id) where case_id = $1`,
      [body.id],
    );
    expect(rows[0]).toMatchObject({ reachable: true, stated: { by, consent: true } });
    expect(rows[0].header).not.toContain('李奶奶');
    const sealed = await server.db.pools.maintenance.query('select p::text as party from case_party p where case_id = $1', [body.id]);
    expect(JSON.stringify(sealed.rows)).not.toMatch(/李奶奶|13912345670/u);
  });

  test('is added to by the one it is about, with the code of their own', async () => {
    const { points } = server.world;
    const filed = await call('anonymous', '/cases', { id: v7(), text: '老人家里漏水', point: points.inA11, behalfOf: ABOUT });
    const { behalfOfQueryCode } = filed.json();
    const { version }: CaseView = (await call('anonymous', `/receipts/${behalfOfQueryCode}`)).json();
    const added = await call('anonymous', `/receipts/${behalfOfQueryCode}/actions`, {
      commandId: v7(),
      action: 'addInformation',
      version,
      input: { words: '下午在家' },
    });
    expect(added.statusCode, added.body).toBe(200);
    expect(added.body).toContain('下午在家');
  });
});

test('a report that is too long is refused with the place, the most it may hold, and a sentence of both in either language', async () => {
  const refused = async (language: string) => {
    const body = { id: v7(), text: '灯'.repeat(10_001), point: server.world.points.inA11 };
    const answer = await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body, headers: { 'accept-language': language } });
    return [answer.statusCode, answer.json()];
  };
  const named = { code: 'invalidInput', params: { at: 'body', field: '/text', rule: 'maxLength', limit: 10_000 } };
  expect(await refused('zh')).toMatchObject([400, { ...named, title: '有一项太长（/text，最多 10000 字），请写短一些再提交。' }]);
  expect(await refused('en')).toMatchObject([400, { ...named, title: expect.stringContaining('/text, 10000 characters at most') }]);
});

describe('a body that may not be complained of', () => {
  const PROPERTY = () => server.world.organizations.propertyA.organizationId;
  const allow = async (respondent: boolean): Promise<void> => {
    await server.db.pools.maintenance.query('update organization set respondent = $2 where organization_id = $1', [PROPERTY(), respondent]);
    await server.deps.reload();
  };
  beforeAll(() => allow(false));
  afterAll(() => allow(true));

  test('is refused by whatever way a case comes, and nothing is left', async () => {
    const { people, points } = server.world;
    for (const filer of ['anonymous', people.residentA, people.dispatcherA, people.operator] as const) {
      const id = v7();
      const answer = await call(filer, '/cases', {
        id,
        text: '电梯坏了没人修',
        procedure: 'letter',
        point: points.inA11,
        respondentOrganizationId: PROPERTY(),
        ...(filer === people.operator ? { channel: 'hotline' } : {}),
      });
      expect([answer.statusCode, answer.json().code], answer.body).toEqual([422, 'bodyNotRespondent']);
      expect((await server.db.pools.maintenance.query('select 1 from cases where case_id = $1', [id])).rowCount).toBe(0);
    }
  });

  test('is refused too where the office names it while accepting', async () => {
    const { people, points } = server.world;
    const id = v7();
    expect(
      (await call('anonymous', '/cases', { id, text: '电梯坏了没人修', demandKind: 'complaint', point: points.inA11 })).statusCode,
    ).toBe(201);
    const office = people.dispatcherA;
    const { version } = (await call(office, `/cases/${id}`)).json<CaseView>();
    const accept = (respondentOrganizationId: string) =>
      call(office, `/cases/${id}/actions`, { commandId: v7(), action: 'accept', version, input: { respondentOrganizationId } });
    const refused = await accept(PROPERTY());
    expect([refused.statusCode, refused.json()], refused.body).toMatchObject([422, { code: 'bodyNotRespondent' }]);
    await allow(true);
    expect((await accept(PROPERTY())).statusCode).toBe(200);
  });
});

describe('a letter', () => {
  test('goes to the office that was named, one that takes letters there; any other is refused', async () => {
    const { areas, organizations, people } = server.world;
    const { lettersA, lettersB } = organizations;
    const offices = async (query: string) => (await call('anonymous', `/offices?procedure=letter${query}`)).json().offices;
    expect(await offices(`&areaId=${areas.communityA1.areaId}`)).toEqual([
      { id: lettersA.organizationId, label: lettersA.name, areaLabel: areas.townA.name },
    ]);
    expect(await offices('')).toEqual([]);
    const write = (officeId: string) =>
      call('anonymous', '/cases', { id: v7(), procedure: 'letter', text: '请恢复人行横道', areaId: areas.townB.areaId, officeId });
    for (const officeId of [lettersA.organizationId, organizations.bodyB.organizationId, v7()]) {
      const refused = await write(officeId);
      expect([refused.statusCode, refused.json().code]).toEqual([422, 'officeUnfit']);
    }
    const filed = await write(lettersB.organizationId);
    expect(filed.statusCode, filed.body).toBe(201);
    const { id, queryCode } = filed.json();
    const seen: CaseView = (await call('anonymous', `/receipts/${queryCode}`)).json();
    expect(seen.receivingOrganizationLabel).toEqual(lettersB.name);
    expect(seen.clocks).toMatchObject([{ clock: 'registration', window: false, source: '信访工作条例 (2022) 第二十二条、第二十三条' }]);
    expect((await call(people.letterOfficerB, `/cases/${id}`)).statusCode).toBe(200);
    expect((await call(people.letterOfficerA, `/cases/${id}`)).statusCode).toBe(404);
  });
});

describe('somebody with several posts', () => {
  const world = () => server.world.people;
  const postOf = (name: 'operator' | 'letterOfficerB' | 'handlerB' | 'verifierA' | 'dispatcherA') => world()[name].posts[0]!;
  const hold = (name: Parameters<typeof postOf>[0]) =>
    server.db.pools.maintenance.query(
      `insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-02-01')`,
      [v7(), postOf(name).postId, world().operator.personId],
    );
  const told = (postId?: string) => ({
    id: v7(),
    text: '窗口来人反映路灯不亮',
    channel: 'window',
    point: server.world.points.inA11,
    postId,
  });
  const file = (body: object) => call(world().operator, '/cases', body);
  const recorded = async (id: string) => {
    const { rows } = await server.db.pools.maintenance.query(
      `select header::jsonb->'actor'->>'postId' as post, header::jsonb->'actor'->>'organizationId' as body from events where case_id = $1`,
      [id],
    );
    return rows;
  };
  beforeAll(async () => {
    for (const name of ['letterOfficerB', 'handlerB', 'verifierA'] as const) await hold(name);
  });

  test('files by no post of another, nor by one that files nothing or logs nothing, and nothing is left', async () => {
    const refused = async (caller: Caller, postId: string) => {
      const body = told(postId);
      const answer = await call(caller, '/cases', body);
      expect(await recorded(body.id)).toEqual([]);
      return [answer.statusCode, answer.json().code];
    };
    expect(await refused(world().operator, postOf('dispatcherA').postId)).toEqual([403, 'postNotYours']);
    expect(await refused('anonymous', postOf('operator').postId)).toEqual([403, 'postNotYours']);
    expect(await refused(world().operator, postOf('verifierA').postId)).toEqual([403, 'missingCapability']);
    expect(await refused(world().operator, postOf('handlerB').postId)).toEqual([403, 'channelForStaff']);
  });

  test('is recorded under the post they name, and under their first where they name none', async () => {
    for (const name of ['letterOfficerB', 'operator'] as const) {
      const { postId, organizationId } = postOf(name);
      const body = told(postId);
      const filed = await file(body);
      expect(filed.statusCode, filed.body).toBe(201);
      expect(await recorded(body.id)).toEqual([{ post: postId, body: organizationId }]);
    }
    const unnamed = told();
    expect((await file(unnamed)).statusCode).toBe(201);
    const { posts } = (await call(world().operator, '/me')).json();
    const first = posts.find(({ capabilities }: { capabilities: string[] }) => capabilities.includes('case.file'));
    expect(await recorded(unnamed.id)).toMatchObject([{ post: first.postId }]);
  });

  test('sends the same again from another post, or when the post is over, and has the same receipt', async () => {
    const body = told(postOf('letterOfficerB').postId);
    const filed = await file(body);
    const { postId: _postId, ...unnamed } = body;
    await server.db.pools.maintenance.query(`update post_holding set valid_to = '2020-03-01' where post_id = $1 and person_id = $2`, [
      postOf('letterOfficerB').postId,
      world().operator.personId,
    ]);
    for (const again of [body, unnamed, { ...body, postId: postOf('operator').postId }]) {
      const answer = await file(again);
      expect([answer.statusCode, answer.json()]).toEqual([200, filed.json()]);
    }
    expect((await file(told(postOf('letterOfficerB').postId))).json().code).toBe('postNotYours');
  });
});
