import type { CasePage, CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import type { CallView, CaseCall } from '@tongxin/domain/hotline/schema.ts';
import type { CallBackRow, CallerCase } from '@tongxin/domain/hotline/view.ts';
import { questionOf } from '@tongxin/domain/inbox/rules.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyRecord } from '../../record/index.ts';
import { announce as announceOf, makeLine } from '../build.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.close());

const ask = async <T>(
  caller: Caller,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: object,
): Promise<{ status: number; value: T }> => {
  const answer = await server.as(caller, { method, url: `/api/v1${url}`, ...(body ? { body } : {}) });
  return { status: answer.statusCode, value: answer.json<T>() };
};
const done = async <T>(caller: Caller, method: 'GET' | 'POST' | 'PUT', url: string, body?: object): Promise<T> => {
  const { status, value } = await ask<T>(caller, method, url, body);
  expect([url, status, value]).toEqual([url, expect.toSatisfy((code: number) => code < 300), value]);
  return value;
};
const code = ({ status, value }: { status: number; value: unknown }) => [status, (value as { code?: string }).code];

const NUMBER = '138 0013 8000';
const asCalled = '+8613800138000';
const people = () => server.world.people;
const report = (caller: Caller, body: object = {}): Promise<Receipt> =>
  done(caller, 'POST', '/cases', {
    id: v7(),
    text: '坡道旁两盏路灯不亮',
    channel: 'hotline',
    point: server.world.points.inA11,
    reporter: { name: '陈某', phone: asCalled, callBackWanted: true },
    ...body,
  });
const act = async (caller: Caller, id: string, action: string, input: object = {}, fileIds?: readonly string[]): Promise<CaseView> => {
  const { version } = await done<CaseView>(caller, 'GET', `/cases/${id}`);
  return done(caller, 'POST', `/cases/${id}/actions`, { commandId: v7(), action, version, input, ...(fileIds ? { fileIds } : {}) });
};
const called = (number?: string, who: Caller = people().operator): Promise<CallView> =>
  done(who, 'POST', '/hotline/calls', { id: v7(), ...(number ? { number } : {}) });
const look = async (call: CallView, query: object = {}, who: Caller = people().operator): Promise<CallerCase[]> =>
  (await done<{ cases: CallerCase[] }>(who, 'POST', `/hotline/calls/${call.id}/caller`, query)).cases;
const numbersKept = async (): Promise<number> => {
  const { rows } = await server.db.pools.maintenance.query<{ n: number }>(
    'select count(*)::int as n from hotline_call where closed_at is not null and (phone_sealed is not null or phone_index is not null or person_id is not null)',
  );
  return rows[0]!.n;
};

describe('a telephone system', () => {
  const line = () => makeLine(server);
  const announce = (...said: Parameters<typeof announceOf> extends [unknown, ...infer Rest] ? Rest : never) => announceOf(server, ...said);

  it('is not believed without its own signature, nor once it is disconnected', async () => {
    const [one, other] = [await line(), await line()];
    const ringing = { call: 'c-1', event: 'ringing', number: NUMBER };
    expect(code(await announce(one, ringing, { 'webhook-signature': 'v1,AAAA' }))).toEqual([403, 'badSignature']);
    expect(code(await announce({ ...one, secret: other.secret }, ringing))).toEqual([403, 'badSignature']);
    expect(code(await announce({ ...one, id: v7() }, ringing))).toEqual([403, 'badSignature']);
    expect(code(await announce(one, ringing, { 'webhook-timestamp': '1600000000' }))).toEqual([403, 'badSignature']);
    expect(code(await announce(one, { call: '', event: 'ringing' }))).toEqual([422, 'invalidInput']);
    await done(people().administrator, 'POST', `/hotline/lines/${one.id}/revoke`);
    expect(code(await announce(one, ringing))).toEqual([403, 'badSignature']);
  });

  it('announces a call once however often it says so; one of its body takes it, and the colleague hears that', async () => {
    const one = await line();
    const said = { call: 'c-2', event: 'ringing', number: NUMBER, extension: '8001' };
    const [first, again] = [await announce(one, said), await announce(one, said)];
    expect([first.status, again.value.id]).toEqual([200, first.value.id]);
    const { open } = await done<{ open: CallView[] }>(people().operator, 'GET', '/hotline/calls');
    expect(open.find(({ id }) => id === first.value.id)).toMatchObject({
      state: 'ringing',
      hasNumber: true,
      mine: false,
      extension: '8001',
    });
    expect(JSON.stringify(open)).not.toContain('138');
    // Another body's telephone is not theirs.
    expect(JSON.stringify(await done(people().dispatcherA, 'GET', '/hotline/calls'))).not.toContain(first.value.id);
    expect((await ask(people().dispatcherA, 'POST', `/hotline/calls/${first.value.id}/take`)).status).toBe(404);
    expect(await done(people().operator, 'POST', `/hotline/calls/${first.value.id}/take`)).toMatchObject({
      state: 'talking',
      mine: true,
      number: NUMBER,
    });
    expect(code(await ask(people().hotlineDispatcher, 'POST', `/hotline/calls/${first.value.id}/take`))).toEqual([409, 'callTaken']);
    expect(code(await ask(people().hotlineDispatcher, 'POST', `/hotline/calls/${first.value.id}/caller`, {}))).toEqual([409, 'callTaken']);
    await announce(one, { call: 'c-2', event: 'ended' });
    await done(people().operator, 'POST', `/hotline/calls/${first.value.id}/close`, { result: 'silent' });
    expect(await numbersKept()).toBe(0);
  });

  it('tells of a call that nobody took: it is missed, and its number is gone', async () => {
    const one = await line();
    const { value } = await announce(one, { call: 'c-3', event: 'ringing', number: NUMBER });
    await announce(one, { call: 'c-3', event: 'ended' });
    const { past } = await done<{ past: CallView[] }>(people().operator, 'GET', '/hotline/calls');
    expect(past.find(({ id }) => id === value.id)).toMatchObject({ state: 'closed', result: 'missed', hasNumber: false });
    expect(await numbersKept()).toBe(0);
  });
});

describe('whoever is on the line', () => {
  it('is found by number, in the post’s own scope alone, and reads who looked', async () => {
    const [mine, elsewhere] = [await report(people().operator), await report('anonymous', { channel: 'portal' })];
    const letter = await report('anonymous', { channel: 'portal', procedure: 'letter' });
    const call = await called(NUMBER);
    const found = await look(call);
    const ids = found.map(({ id }) => id);
    expect(ids).toContain(mine.id);
    for (const hidden of [elsewhere.id, letter.id]) expect(ids).not.toContain(hidden);
    expect(JSON.stringify(found)).not.toContain('陈某');
    await look(call);
    const log = await done<{ entries: { purpose: string; fields: string[] }[] }>(
      'anonymous',
      'GET',
      `/receipts/${mine.queryCode}/access-log`,
    );
    expect(log.entries).toEqual([expect.objectContaining({ purpose: '来电时查询您的事项', fields: ['phone'] })]);
    const hidden = await done<{ entries: unknown[] }>('anonymous', 'GET', `/receipts/${elsewhere.queryCode}/access-log`);
    expect(hidden.entries).toEqual([]);
    await done(people().operator, 'POST', `/hotline/calls/${call.id}/close`, { result: 'told' });
    expect(code(await ask(people().operator, 'POST', `/hotline/calls/${call.id}/caller`, {}))).toEqual([409, 'callOver']);
  });

  it('whose number nobody left is found by the query code they say, or not at all', async () => {
    const { id, queryCode } = await report(people().operator, { reporter: {} });
    const call = await called();
    expect(await look(call)).toEqual([]);
    expect((await look(call, { code: queryCode.toLowerCase().replaceAll('-', ' ') })).map((one) => one.id)).toEqual([id]);
    expect(await look(call, { code: 'ZZZZ-ZZZZ-ZZZZ' })).toEqual([]);
  });

  it('adds, urges and asks again as the reporter, written down by the post; the record holds', async () => {
    const { id, queryCode } = await report(people().operator);
    const [call, other] = [await called(NUMBER), await called()];
    const on = (path: string) => `/hotline/calls/${call.id}/cases/${id}${path}`;
    const adds = { commandId: v7(), action: 'addInformation', version: 1, input: { words: '东边那盏也不亮' } };
    // Nothing is written for somebody who was not found in this call.
    expect((await ask(people().operator, 'POST', on('/actions'), adds)).status).toBe(404);
    const [found] = (await look(call)).filter((one) => one.id === id);
    expect(found!.allowed.map((one) => one.id)).toEqual(['addInformation']);
    expect((await ask(people().operator, 'POST', `/hotline/calls/${other.id}/cases/${id}/actions`, adds)).status).toBe(404);
    expect(code(await ask(people().operator, 'POST', on('/actions'), { ...adds, action: 'withdraw' }))).toEqual([422, 'unknownAction']);
    expect(await done(people().operator, 'POST', on('/actions'), adds)).toEqual({ version: 2, repeated: false });
    expect(await done(people().operator, 'POST', on('/actions'), adds)).toEqual({ version: 2, repeated: true });
    await act(people().operator, id, 'accept');
    await done(people().operator, 'POST', on('/actions'), { commandId: v7(), action: 'urge', version: 3 });
    const mine = await done<CaseView>('anonymous', 'GET', `/receipts/${queryCode}`);
    expect(mine.record.map(({ label, answers }) => [label.zh, answers[0]?.value])).toContainEqual(['您补充了材料', '东边那盏也不亮']);
    const seen = await done<CaseView>(people().hotlineDispatcher, 'GET', `/cases/${id}`);
    expect(seen.record.find(({ action }) => action === 'addInformation')?.by?.zh).toContain('话务员');
    await done(people().operator, 'POST', `/hotline/calls/${call.id}/close`, { result: 'added' });
    const { calls } = await done<{ calls: CaseCall[] }>(people().hotlineDispatcher, 'GET', `/cases/${id}/calls`);
    expect(calls).toMatchObject([
      { id: call.id, deeds: ['added', 'urged'], result: 'added', hasNumber: false, seconds: expect.any(Number) },
    ]);
    expect(calls[0]!.by?.zh).toContain('话务员');
    expect((await verifyRecord(server.deps)).ok).toBe(true);
  });

  it('is not told to the side complained of, though it sees the case', async () => {
    const { organizationId } = server.world.organizations.propertyA;
    const { id } = await report(people().operator, { demandKind: 'complaint', respondentOrganizationId: organizationId });
    const call = await called(NUMBER);
    await done(people().operator, 'PUT', `/hotline/calls/${call.id}/cases/${id}`, { deed: 'filed' });
    await done(people().operator, 'POST', `/hotline/calls/${call.id}/close`, { result: 'filed' });
    expect((await ask(people().propertyA, 'GET', `/cases/${id}`)).status).toBe(200);
    expect((await ask(people().propertyA, 'GET', `/cases/${id}/calls`)).status).toBe(404);
    const client = await server.db.pools.app.connect();
    try {
      await client.query('begin');
      await client.query("select enter('person', $1)", [people().propertyA.token]);
      expect((await client.query('select 1 from hotline_call_case')).rowCount).toBe(0);
      expect((await client.query('select call_id from hotline_call')).rowCount).toBe(0);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('has a question answered on the spot, by an article: closed, and bound to the call', async () => {
    const call = await called(NUMBER);
    const article = v7();
    const { id } = await report(people().operator, { demandKind: 'consultation', text: '入学要带什么材料' });
    await act(people().operator, id, 'answerDirectly', { reply: '户口簿和房产证。', knowledge: article });
    await done(people().operator, 'PUT', `/hotline/calls/${call.id}/cases/${id}`, { deed: 'answered' });
    const view = await done<CaseView>(people().operator, 'GET', `/cases/${id}`);
    expect([view.stage, view.ended]).toEqual(['closed', true]);
    const closed = { result: 'passedOn', passedTo: '119' };
    expect(await done(people().operator, 'POST', `/hotline/calls/${call.id}/close`, closed)).toMatchObject(closed);
    expect(await done(people().operator, 'POST', `/hotline/calls/${call.id}/close`, closed)).toMatchObject(closed);
    expect(code(await ask(people().operator, 'POST', `/hotline/calls/${call.id}/close`, { result: 'silent' }))).toEqual([409, 'callOver']);
  });
});

describe('a call-back', () => {
  const waiting = async (): Promise<string> => {
    const { id } = await report(people().operator);
    const { operator, hotlineDispatcher, handlerA, verifierA } = people();
    await act(operator, id, 'accept');
    await act(hotlineDispatcher, id, 'dispatch', { organizationId: server.world.organizations.bodyA.organizationId });
    await act(handlerA, id, 'acknowledge');
    const fileId = v7();
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    await server.as(handlerA, {
      method: 'PUT',
      url: `/api/v1/cases/${id}/files/${fileId}`,
      body: picture,
      headers: { 'content-type': 'image/png', 'x-kind': 'photo' },
    });
    await act(handlerA, id, 'resolve', { reply: '已修好' }, [fileId]);
    await act(verifierA, id, 'verifyPass', { method: 'onSite' });
    await act(operator, id, 'answer', { reply: '两盏都修好了。' });
    return id;
  };
  /** Whom the list of call-backs holds; the view of the inbox holds the same. */
  const rows = async () => {
    const { rows: calls } = await done<{ rows: CallBackRow[] }>(people().operator, 'GET', '/hotline/call-backs');
    const question = new URLSearchParams(
      Object.entries(questionOf({ view: 'callBack' })).map(([key, value]): [string, string] => [key, String(value)]),
    );
    const { rows: listed } = await done<CasePage>(people().operator, 'GET', `/cases?${question}`);
    expect(listed.map(({ id }) => id).sort()).toEqual(calls.map(({ id }) => id).sort());
    return calls;
  };
  const attempt = async (id: string, outcome: string, input?: object) => {
    const version = (await done<CaseView>(people().operator, 'GET', `/cases/${id}`)).version;
    const body = { commandId: v7(), callId: v7(), version, outcome, ...(input ? { input } : {}) };
    return [await ask(people().operator, 'POST', `/hotline/call-backs/${id}`, body), body] as const;
  };

  it('waits in the list of the receiving body until somebody is reached, and each attempt stands in the telephone log once', async () => {
    const id = await waiting();
    const [row] = (await rows()).filter((one) => one.id === id);
    expect(row).toMatchObject({ attempts: [], protected: false, partyIds: [expect.any(String)] });
    expect(await done<{ rows: CallBackRow[] }>(people().dispatcherA, 'GET', '/hotline/call-backs')).toEqual({ rows: [] });
    const [first, body] = await attempt(id, 'unanswered');
    expect(first.status).toBe(200);
    expect(await done(people().operator, 'POST', `/hotline/call-backs/${id}`, body)).toMatchObject({ repeated: true });
    const [tried] = (await rows()).filter((one) => one.id === id);
    expect(tried!.attempts).toHaveLength(1);
    expect(Date.parse(tried!.nextAt)).toBeGreaterThan(Date.parse(tried!.attempts[0]!));
    const [half] = await attempt(id, 'reached', { solved: 'yes' });
    expect(half.status).toBe(422);
    const [reached] = await attempt(id, 'reached', { solved: 'yes', satisfaction: 'satisfied' });
    expect(reached.status).toBe(200);
    expect((await rows()).map((one) => one.id)).not.toContain(id);
    const { calls } = await done<{ calls: CaseCall[] }>(people().operator, 'GET', `/cases/${id}/calls`);
    expect(calls.map(({ direction, result, deeds }) => [direction, result, deeds])).toEqual([
      ['out', 'reached', ['callBack']],
      ['out', 'unanswered', ['callBack']],
    ]);
  });

  it('is over after three calls in vain, and after one that is refused', async () => {
    const [vain, refused] = [await waiting(), await waiting()];
    for (const _ of [1, 2, 3]) expect((await attempt(vain, 'unanswered'))[0].status).toBe(200);
    expect(code((await attempt(vain, 'unanswered'))[0])).toEqual([409, 'conditionNotMet']);
    expect((await attempt(refused, 'refused'))[0].status).toBe(200);
    expect((await rows()).filter(({ id }) => id === vain || id === refused)).toEqual([]);
    // What was refused left no line behind.
    const { calls } = await done<{ calls: CaseCall[] }>(people().operator, 'GET', `/cases/${vain}/calls`);
    expect(calls).toHaveLength(3);
  });
});
