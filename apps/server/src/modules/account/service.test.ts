import type { ErasureView, OwnCase } from '@tongxin/domain/account/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import { strFromU8, unzipSync } from 'fflate';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTransaction } from '../../platform/tx/tx.ts';
import { sweepContacts } from './repo.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
  server.as(caller, { method, url: `/api/v1${url}`, ...(body ? { body } : {}) });
const ok = async (...asked: Parameters<typeof call>) => {
  const answer = await call(...asked);
  expect([200, 201], answer.body).toContain(answer.statusCode);
  return answer.json();
};
const refusedAs = async (...asked: Parameters<typeof call>) => {
  const answer = await call(...asked);
  return [answer.statusCode, answer.json().code];
};
const file = async (caller: Caller, reporter: object = { name: '陈阿姨', phone: '13812345678' }, body: object = {}) => {
  const id = v7();
  const receipt = await ok(caller, 'POST', '/cases', { id, text: '楼道灯不亮', point: server.world.points.inA11, reporter, ...body });
  return { id, code: receipt.queryCode as string, number: receipt.number as string };
};
const read = async (caller: Caller, id: string, purpose: string, role = 'reporter') => {
  const { parties }: CaseView = await ok(caller, 'GET', `/cases/${id}`);
  const party = parties.find((one) => one.role === role)!;
  return ok(caller, 'POST', `/cases/${id}/parties/${party.id}/read`, { purpose, fields: ['name', 'phone'] });
};
const act = async (caller: Caller, id: string, action: string, input: object = {}) => {
  const { version } = await ok(caller, 'GET', `/cases/${id}`);
  return ok(caller, 'POST', `/cases/${id}/actions`, { commandId: v7(), action, version, input });
};
/** A resident of one test, signed in by a one-time code. */
let serial = 0;
const newResident = async (): Promise<WorldPerson & { phone: string }> => {
  const phone = `1390000${String(++serial).padStart(4, '0')}`;
  const post = (url: string, payload: object) => server.app.inject({ method: 'POST', url: `/api/auth${url}`, payload });
  await post('/phone-number/send-otp', { phoneNumber: phone });
  const { cookies, statusCode } = await post('/phone-number/verify', {
    phoneNumber: phone,
    code: server.deps.codes.codeFor(`+86${phone}`)!,
  });
  expect(statusCode).toBe(200);
  const token = cookies.find(({ name }) => name === 'tongxin.session_token')!.value.split('.')[0]!;
  const signedIn: WorldPerson = { ...server.world.people.residentA, token };
  const { personId } = await ok(signedIn, 'GET', '/me');
  return { ...signedIn, personId, phone };
};

describe('my matters', () => {
  test('are those filed while signed in, and those taken in by query code; the same again changes nothing', async () => {
    const me = await newResident();
    const [mine, theirs] = [await file(me), await file('anonymous')];
    const list = async (): Promise<OwnCase[]> => (await ok(me, 'GET', '/me/cases')).cases;
    expect((await list()).map(({ number, queryCode, ended }) => [number, queryCode, ended])).toEqual([[mine.number, mine.code, false]]);
    expect(await refusedAs(me, 'POST', '/me/cases', { code: 'ABCD-EFGH-JKLM' })).toEqual([404, 'codeUnknown']);
    for (let n = 0; n < 2; n++) await ok(me, 'POST', '/me/cases', { code: theirs.code.toLowerCase() });
    expect((await list()).map(({ number }) => number).sort()).toEqual([mine.number, theirs.number].sort());
    const shown = (await list()).find(({ number }) => number === theirs.number)!;
    expect(shown).toMatchObject({ stageLabel: { zh: expect.any(String) }, office: { zh: '甲镇综治中心' }, procedure: 'order' });
    const { number } = await ok('anonymous', 'GET', `/receipts/${shown.queryCode}`);
    expect(number).toBe(theirs.number);
  });

  test('belong to one account: nobody else takes them in, and staff have none here', async () => {
    const [me, other] = [await newResident(), await newResident()];
    const { code } = await file(me);
    expect(await refusedAs(other, 'POST', '/me/cases', { code })).toEqual([409, 'claimTaken']);
    expect((await ok(other, 'GET', '/me/cases')).cases).toEqual([]);
    expect(await refusedAs(server.world.people.handlerA, 'GET', '/me/cases')).toEqual([403, 'residentsOnly']);
  });

  test('that are taken in bring the readings there were before, and hide those of others', async () => {
    const { dispatcherA } = server.world.people;
    const me = await newResident();
    const both = await file(
      'anonymous',
      { name: '陈阿姨', phone: '13812345678' },
      { behalfOf: { name: '李奶奶', phone: '13812345679', consent: true } },
    );
    await read(dispatcherA, both.id, '电话核实地点');
    await read(dispatcherA, both.id, '上门前约时间', 'behalfOf');
    const log = async () => (await ok(me, 'GET', '/me/access-log')).entries;
    expect(await log()).toEqual([]);
    await ok(me, 'POST', '/me/cases', { code: both.code });
    expect(await log()).toEqual([
      {
        id: expect.any(String),
        at: '2026-09-30T13:40:00.000Z',
        purpose: '电话核实地点',
        fields: ['name', 'phone'],
        caseId: both.id,
        post: { zh: '甲镇调度员', en: 'dispatcher-a' },
        organization: { zh: '甲镇综治中心', en: 'Governance Centre A' },
      },
    ]);
    server.deps.clock.advance(1000);
    await read(dispatcherA, both.id, '告知办理进度');
    expect((await log()).map(({ purpose }: { purpose: string }) => purpose)).toEqual(['告知办理进度', '电话核实地点']);
    expect(JSON.stringify(await log())).not.toContain(dispatcherA.personId);
  });
});

describe('an objection to a reading', () => {
  const oneReading = async (me: Caller) => {
    const { id } = await file(me);
    await read(server.world.people.dispatcherA, id, '电话核实地点');
    return ((await ok(me, 'GET', '/me/access-log')).entries as { id: string }[])[0]!.id;
  };

  test('opens a case about the body that read, which another body receives and the body itself cannot decide', async () => {
    const { dispatcherA } = server.world.people;
    const me = await newResident();
    const accessId = await oneReading(me);
    const objection = { caseId: v7(), words: '没有人给我打过电话' };
    const receipt = await ok(me, 'POST', `/me/access-log/${accessId}/objection`, objection);
    expect(await ok(me, 'POST', `/me/access-log/${accessId}/objection`, objection)).toEqual(receipt);
    expect(await refusedAs(me, 'POST', `/me/access-log/${accessId}/objection`, { ...objection, caseId: v7() })).toEqual([
      409,
      'alreadyObjected',
    ]);
    const view: CaseView = await ok('anonymous', 'GET', `/receipts/${receipt.queryCode}`);
    expect(view).toMatchObject({
      demandKind: 'complaint',
      text: expect.stringMatching(
        /^对查看个人信息提出异议。查看时间：2026-09-30 21:40。查看者：甲镇综治中心 甲镇调度员。内容：姓名、电话。所说用途：电话核实地点。/u,
      ),
      receivingOrganizationLabel: { zh: '示例市12345热线中心' },
    });
    const { rows } = await server.db.pools.maintenance.query('select respondent_organization_id as id from cases where case_id = $1', [
      receipt.id,
    ]);
    const { centreA } = server.world.organizations;
    expect(rows).toEqual([{ id: centreA.organizationId }]);
    const seen = await call(dispatcherA, 'GET', `/cases/${receipt.id}`);
    if (seen.statusCode === 200) expect(seen.json().allowed.map(({ id }: { id: string }) => id)).not.toContain('accept');
    expect((await ok(me, 'GET', '/me/access-log')).entries).toMatchObject([{ id: accessId, objectionCaseId: receipt.id }]);
    expect((await ok(me, 'GET', '/me/cases')).cases.map(({ number }: OwnCase) => number)).toContain(receipt.number);
  });

  test('is made with the query code too, without an account; not to a reading of somebody else', async () => {
    const [me, other] = [await newResident(), await newResident()];
    const accessId = await oneReading(me);
    const body = { caseId: v7(), words: '不需要看我的电话' };
    expect(await refusedAs(other, 'POST', `/me/access-log/${accessId}/objection`, body)).toEqual([404, 'notFound']);
    const [own, foreign] = [await file('anonymous'), await file('anonymous')];
    await read(server.world.people.dispatcherA, own.id, '电话核实地点');
    const [entry] = (await ok('anonymous', 'GET', `/receipts/${own.code}/access-log`)).entries;
    expect(await refusedAs('anonymous', 'POST', `/receipts/${foreign.code}/access-log/${entry.id}/objection`, body)).toEqual([
      404,
      'notFound',
    ]);
    const receipt = await ok('anonymous', 'POST', `/receipts/${own.code}/access-log/${entry.id}/objection`, body);
    expect((await ok('anonymous', 'GET', `/receipts/${own.code}/access-log`)).entries).toMatchObject([{ objectionCaseId: receipt.id }]);
  });
});

describe('a copy of my data', () => {
  test('holds what is kept: contacts, matters with their record, readings; and nothing of others', async () => {
    const me = await newResident();
    const { id, number } = await file(me, { name: '王<b>某', phone: '13812345678' });
    await ok(me, 'PUT', '/me/details', { name: '王<b>某', largeType: true });
    await read(server.world.people.dispatcherA, id, '电话核实地点');
    await file('anonymous', {}, { text: '别人家的事' });
    const answer = await call(me, 'GET', '/me/copy');
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip']);
    const files = unzipSync(new Uint8Array(answer.rawPayload));
    const copy = JSON.parse(strFromU8(files['data.json']!));
    expect(copy).toMatchObject({
      details: { name: '王<b>某', phone: `+86${me.phone}`, largeType: true },
      cases: [{ summary: { number }, view: { text: '楼道灯不亮', reader: 'reporter' } }],
      readings: [{ purpose: '电话核实地点', organization: { zh: '甲镇综治中心' } }],
    });
    const page = strFromU8(files['data.html']!);
    expect(page).toContain('王&lt;b&gt;某');
    expect(page).toContain('甲镇综治中心 甲镇调度员');
    expect(page).not.toMatch(/<script|src=|http:/u);
    expect(JSON.stringify(copy)).not.toContain('别人家的事');
    expect(await refusedAs(server.world.people.handlerA, 'GET', '/me/copy')).toEqual([403, 'residentsOnly']);
  });
});

describe('giving the account up', () => {
  test('erases at once what may go, says what stays, and the contact of an open matter goes when it ends', async () => {
    const { dispatcherA } = server.world.people;
    const me = await newResident();
    const [open, ended] = [await file(me), await file(me)];
    await act(dispatcherA, ended.id, 'answerDirectly', { reply: '已答复' });
    await server.db.pools.maintenance.query('update cases set ended_at = now() where case_id = $1', [ended.id]);
    const told: ErasureView = await ok(me, 'GET', '/me/erasure');
    expect(told).toMatchObject({ open: 1, ended: 1, kept: ['openContacts', 'records', 'readings'] });
    expect((await call(me, 'POST', '/me/erasure', {})).statusCode).toBe(400);
    expect(await ok(me, 'POST', '/me/erasure', { confirmed: true })).toEqual(told);
    expect((await call(me, 'GET', '/me')).statusCode).toBe(401);
    const contacts = async () =>
      (
        await server.db.pools.maintenance.query(
          'select case_id as id, (name_sealed is not null or phone_sealed is not null) as kept from case_party where case_id = any ($1)',
          [[open.id, ended.id]],
        )
      ).rows.sort((a, b) => Number(b.kept) - Number(a.kept));
    expect(await contacts()).toEqual([
      { id: open.id, kept: true },
      { id: ended.id, kept: false },
    ]);
    const { rows } = await server.db.pools.maintenance.query(
      'select name_sealed, phone_sealed, phone_index, mail_sealed, auth_user_id, erased_at is not null as erased from person where person_id = $1',
      [me.personId],
    );
    expect(rows).toEqual([
      { name_sealed: null, phone_sealed: null, phone_index: null, mail_sealed: null, auth_user_id: null, erased: true },
    ]);
    const sweep = () => withTransaction(server.deps.pools.maintenance, (tx) => sweepContacts(tx, server.deps.clock.now()));
    expect(await sweep()).toBe(0);
    await server.db.pools.maintenance.query('update cases set ended_at = now() where case_id = $1', [open.id]);
    expect([await sweep(), await sweep()]).toEqual([1, 0]);
    expect((await contacts()).map(({ kept }) => kept)).toEqual([false, false]);
    // The query code still opens the matter: what was answered stays answered.
    await ok('anonymous', 'GET', `/receipts/${open.code}`);
  });

  test('is no way for staff, and whoever comes back by the same telephone begins anew', async () => {
    expect(await refusedAs(server.world.people.handlerA, 'POST', '/me/erasure', { confirmed: true })).toEqual([403, 'residentsOnly']);
    const me = await newResident();
    await ok(me, 'POST', '/me/erasure', { confirmed: true });
    serial--;
    const again = await newResident();
    expect([again.phone === me.phone, again.personId === me.personId]).toEqual([true, false]);
    expect((await ok(again, 'GET', '/me/cases')).cases).toEqual([]);
  });
});
