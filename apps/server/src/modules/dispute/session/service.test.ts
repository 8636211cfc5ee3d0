import { dateOfDay, dayOfDate } from '@tongxin/domain/calendar/rules.ts';
import { waitingPeriod } from '@tongxin/domain/dispute/centre/rules.ts';
import type { CentreView } from '@tongxin/domain/dispute/centre/schema.ts';
import type { HelpersView, Invitation } from '@tongxin/domain/dispute/joining/schema.ts';
import type { DisputeReceipt } from '@tongxin/domain/dispute/schema.ts';
import type { SessionsView } from '@tongxin/domain/dispute/session/schema.ts';
import type { DossierView } from '@tongxin/domain/dossier/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outgoing, Sent } from '../../../platform/messages/sender.ts';
import { openContent } from '../../../platform/record/chain.ts';
import { sendWaiting } from '../../message/index.ts';
import { verifyRecord } from '../../record/index.ts';
import { releaseWaiting } from '../centre/service.ts';
import { remindSessions, tellChanges } from './telling/service.ts';

const { people, areas, organizations } = WORLD;
const { mediatorA, mediatorA2, mediationHeadA } = people;
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
let server: TestServer;
const sent: Outgoing[] = [];
beforeAll(async () => {
  const send = async (message: Outgoing): Promise<Sent> => {
    sent.push(message);
    return { ok: true };
  };
  server = await testServer({ messages: { sms: { perMinute: 100, send } } });
});
afterAll(() => server.close());

const call = (caller: Caller, path: string, body?: unknown) =>
  server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method: 'POST', body }) });
const ok = async <T = SessionsView>(caller: Caller, path: string, body?: unknown): Promise<T> => {
  const answer = await call(caller, path, body);
  expect(answer.statusCode, `${path} ${answer.body}`).toBeLessThan(300);
  return answer.json<T>();
};
const refusal = async (caller: Caller, path: string, body?: unknown): Promise<string> =>
  (await call(caller, path, body)).json<{ code: string }>().code;

const quarrel = async (parties: readonly object[] = [{ name: '赵甲' }, { name: '钱乙' }]) => {
  server.deps.clock.set('2026-10-12T02:00:00.000Z');
  const made = await ok<DisputeReceipt>(mediatorA, '/disputes', {
    id: v7(),
    kind: 'neighbour',
    origin: 'applied',
    areaId: areas.gridA11.areaId,
    facts: '楼上漏水，楼下天花板发霉',
    parties,
    mediatedOn: '2026-10-12',
    outcome: 'goesOn',
  });
  const { sides } = await ok(mediatorA, `/disputes/${made.id}/sessions`);
  return { id: made.id, path: `/disputes/${made.id}`, codes: made.queryCodes, sides: sides.map(({ partyId }) => partyId) };
};
type Quarrel = Awaited<ReturnType<typeof quarrel>>;
const agreeAll = async (q: Quarrel): Promise<void> => {
  for (const code of q.codes) await ok<unknown>('anonymous', `/receipts/${code}/consents`, { commandId: v7(), agrees: true });
};
const at = (startsAt: string, more: object = {}) => ({ id: v7(), startsAt, minutes: 60, link: 'https://meet.example/room-1', ...more });
const safe = (q: Quarrel, yes: readonly string[] = []) => ok(mediatorA, `${q.path}/safety`, { yes });
const fixed = async (q: Quarrel, startsAt: string, more: object = {}): Promise<string> => {
  const asked = at(startsAt, more);
  await ok(mediatorA, `${q.path}/sessions`, asked);
  const invited = 'aloneWith' in more ? [more.aloneWith as string] : q.sides;
  for (const partyId of invited) await ok(mediatorA, `${q.path}/sessions/${asked.id}/answers`, { partyId, accepts: true });
  return asked.id;
};

/** The code of a side, made anew by the head. */
const slipOf = async ({ path }: Quarrel, partyId: string): Promise<string> =>
  (await ok<{ queryCode: string }>(people.mediationHeadA, `${path}/slips`, { commandId: v7(), partyId, why: 'missing' })).queryCode;

test('nobody is brought together before all agreed (人民调解法 第十七条) and safety was asked; danger cancels what was set', async () => {
  const q = await quarrel();
  const soon = '2026-10-13T01:00:00Z';
  if (!(await ok(mediatorA, `${q.path}/sessions`)).everybodyAgreed) {
    expect(await refusal(mediatorA, `${q.path}/sessions`, at(soon))).toBe('consentMissing');
    await agreeAll(q);
  }
  expect(await refusal(mediatorA, `${q.path}/sessions`, at(soon))).toBe('screeningMissing');
  await safe(q);
  expect(await refusal(mediatorA, `${q.path}/sessions`, at('2026-10-11T01:00:00Z'))).toBe('dateInPast');
  const id = await fixed(q, soon);
  const stopped = await safe(q, ['violence']);
  expect([stopped.sessions.find((one) => one.id === id)?.state, stopped.refer.map(({ telephone }) => telephone)]).toEqual([
    'cancelled',
    ['110', '12338'],
  ]);
  expect(await refusal(mediatorA, `${q.path}/sessions`, at(soon))).toBe('safetyFirst');
});

test('a danger that was told stands until it is taken back with a reason: every answer is kept, and nothing is agreed or written down', async () => {
  const q = await quarrel();
  await agreeAll(q);
  await safe(q, ['fear']);
  const before = await call('anonymous', `/receipts/${q.codes[0]}`);
  expect(before.body).not.toMatch(/danger|fear|危险|nextLabel/u);
  const act = async (action: string, input: object) => {
    const { version } = await ok<{ version: number }>(mediatorA, `/cases/${q.id}`);
    return call(mediatorA, `/cases/${q.id}/actions`, { commandId: v7(), version, action, input });
  };
  expect((await act('settleAtOnce', { agreement: '当场修好' })).json().code).toBe('conditionNotMet');
  const [by, to] = q.sides;
  const offer = { id: v7(), by, terms: [{ kind: 'pay', by, to, words: '修好水管', dueOn: '2026-10-20' }] };
  expect(await refusal(mediatorA, `${q.path}/offers`, offer)).toBe('safetyFirst');
  expect(await refusal(mediatorA, `${q.path}/safety`, { yes: [] })).toBe('fieldMissing');
  const lifted = { yes: [], why: '双方已分开居住，本人单独表示不害怕' };
  await ok(mediatorA, `${q.path}/safety`, lifted);
  await ok(mediatorA, `${q.path}/safety`, lifted);
  const { rows } = await server.db.pools.maintenance.query('select no from dispute_safety where case_id = $1 order by no', [q.id]);
  expect(rows).toEqual([{ no: 1 }, { no: 2 }]);
  // The head reads when it was told and why it was taken back; a side neither.
  const record = (await call(people.mediationHeadA, `/cases/${q.id}`)).body;
  expect(record).toContain('问到危险');
  expect(record).toContain('已分开居住');
  expect((await call('anonymous', `/receipts/${q.codes[0]}`)).body).not.toMatch(/危险|分开居住/u);
  expect((await act('settleAtOnce', { agreement: '当场修好' })).statusCode).toBe(200);
});

test('where nobody talks any more nobody is to come: a danger by its own action, and a mediator who steps aside', async () => {
  const [q, other] = [await quarrel(), await quarrel()];
  for (const one of [q, other]) {
    await agreeAll(one);
    await safe(one);
  }
  const of = async (one: Quarrel): Promise<string | undefined> =>
    (await ok('anonymous', `/receipts/${one.codes[0]}/sessions`)).sessions[0]?.state;
  await fixed(q, '2026-10-20T01:00:00Z');
  await ok<unknown>(mediatorA, `${q.path}/mediator/step-aside`, { commandId: v7(), why: 'unavailable' });
  // Whoever registered it takes no code along: the head hands out another.
  expect((await call('anonymous', `/receipts/${q.codes[0]}`)).statusCode).toBe(404);
  expect(await of({ ...q, codes: [await slipOf(q, q.sides[0]!)] })).toBe('cancelled');
  // Its time is free for another matter.
  await fixed(other, '2026-10-20T01:00:00Z');
  const { version } = await ok<{ version: number }>(mediatorA, `/cases/${other.id}`);
  await ok<unknown>(mediatorA, `/cases/${other.id}/actions`, {
    commandId: v7(),
    version,
    action: 'stopForSafety',
    input: { risk: 'violence', referredTo: 'police', ways: '可以起诉' },
  });
  expect(await of(other)).toBe('cancelled');
});

test('a side reads of a danger what it reads of any other end, by every address of its code', async () => {
  /** All a side can ask, and what it is refused, without what differs between any two disputes. */
  const seen = async (action: string, input: object): Promise<string[]> => {
    const q = await quarrel();
    await agreeAll(q);
    await safe(q, action === 'endUnsettled' ? [] : ['violence']);
    const { version } = await ok<{ version: number }>(mediatorA, `/cases/${q.id}`);
    await ok<unknown>(mediatorA, `/cases/${q.id}/actions`, { commandId: v7(), version, action, input: { ...input, ways: '可以起诉' } });
    const own = await ok<{ number: string; updatedAt: string; stage: string }>('anonymous', `/receipts/${q.codes[1]}`);
    expect(own.stage).toBe('unsettled');
    const bodies = [
      own,
      ...(await Promise.all(
        [
          call('anonymous', `/receipts/${q.codes[1]}/agreement`),
          call('anonymous', `/receipts/${q.codes[1]}/sessions`),
          call('anonymous', `/receipts/${q.codes[1]}/choosing`),
          call('anonymous', `/receipts/${q.codes[1]}/consents`),
          call('anonymous', `/receipts/${q.codes[1]}/access-log`),
          call('anonymous', `/receipts/${q.codes[1]}/notify`),
          call('anonymous', `/receipts/${q.codes[1]}/offers`, { id: v7(), terms: [] }),
          call('anonymous', `/receipts/${q.codes[1]}/actions`, { commandId: v7(), version: version + 1, action: 'leave' }),
          call('anonymous', `/receipts/${q.codes[1]}/choices`, { commandId: v7(), step: 'left' }),
          call('anonymous', `/receipts/${q.codes[1]}/sessions/${v7()}/answer`, { accepts: true }),
        ].map(async (asked) => (await asked).json()),
      )),
    ].map((body) => JSON.stringify(body));
    const ids = [q.id, ...q.sides, own.number];
    return bodies.map((body) => ids.reduce((told, id, n) => told.replaceAll(id, `#${n}`), body));
  };
  const usual = await seen('endUnsettled', {});
  expect(usual.join()).toContain('可以起诉');
  expect(await seen('stopForSafety', { risk: 'violence', referredTo: 'police' })).toEqual(usual);
  expect(await seen('reportChild', { reportedTo: 'police', reported: '已报派出所' })).toEqual(usual);
});

test('a time is fixed when both accept; neither mediator nor room is taken twice, also by matters that do not see each other', async () => {
  const [q, other] = [await quarrel(), await quarrel()];
  for (const one of [q, other]) {
    await agreeAll(one);
    await safe(one);
  }
  const roomId = v7();
  await ok(mediatorA, `${q.path}/rooms`, { id: roomId, name: '第一调解室' });
  const asked = { id: v7(), startsAt: '2026-10-14T01:00:00Z', minutes: 60, roomId };
  await ok(mediatorA, `${q.path}/sessions`, asked);
  // Sent again it is the same; other words under its id are refused, and a room's id too.
  expect((await ok(mediatorA, `${q.path}/sessions`, asked)).sessions).toHaveLength(1);
  for (const more of [
    { minutes: 90 },
    { startsAt: '2026-10-14T02:00:00Z' },
    { aloneWith: q.sides[0] },
    { link: 'https://meet.example/room-2' },
  ])
    expect(await refusal(mediatorA, `${q.path}/sessions`, { ...asked, ...more })).toBe('idTaken');
  await ok(mediatorA, `${q.path}/rooms`, { id: roomId, name: '第一调解室' });
  expect(await refusal(mediatorA, `${q.path}/rooms`, { id: roomId, name: '第二调解室' })).toBe('idTaken');
  const own = (n: number) => `/receipts/${q.codes[n]}/sessions/${asked.id}/answer`;
  expect((await ok('anonymous', own(0), { accepts: true })).sessions[0]?.state).toBe('proposed');
  expect((await ok('anonymous', own(1), { accepts: true })).sessions[0]).toMatchObject({ state: 'fixed', room: '第一调解室' });
  const clash = at('2026-10-14T01:30:00Z');
  await ok(mediatorA, `${other.path}/sessions`, clash);
  await ok('anonymous', `/receipts/${other.codes[0]}/sessions/${clash.id}/answer`, { accepts: true });
  expect(await refusal('anonymous', `/receipts/${other.codes[1]}/sessions/${clash.id}/answer`, { accepts: true })).toBe('timeTaken');
  await ok(mediatorA, `${q.path}/sessions/${asked.id}/cancellation`, {});
  await ok('anonymous', `/receipts/${other.codes[1]}/sessions/${clash.id}/answer`, { accepts: true });
});

test('a separate talk and its notes are not the other side’s; the record of all is; a minor needs a guardian, a recording all who came', async () => {
  const q = await quarrel();
  await agreeAll(q);
  await safe(q, ['minor']);
  const alone = await fixed(q, '2026-10-15T01:00:00Z', { aloneWith: q.sides[0] });
  const joint = await fixed(q, '2026-10-15T03:00:00Z');
  const note = { id: v7(), words: '底线是四千元' };
  for (const _ of [1, 2]) await ok(mediatorA, `${q.path}/sessions/${alone}/notes`, note);
  expect(await refusal(mediatorA, `${q.path}/sessions/${alone}/notes`, { ...note, words: '底线是五千元' })).toBe('idTaken');
  const seen = async (n: number) => ok('anonymous', `/receipts/${q.codes[n]}/sessions`);
  expect([(await seen(0)).sessions.length, (await seen(1)).sessions.length]).toEqual([2, 1]);
  for (const n of [0, 1]) expect(JSON.stringify(await seen(n))).not.toMatch(/底线|minor/u);
  const { rows } = await server.db.pools.maintenance.query<{ words: Buffer }>('select words_sealed as words from dispute_note');
  expect(rows.every(({ words }) => !words.includes('底线'))).toBe(true);
  const held = {
    attended: q.sides,
    guardian: false,
    recorded: true,
    recordingAgreedBy: [q.sides[0]],
    record: '各方查看现场',
    result: 'goesOn',
  };
  const hold = `${q.path}/sessions/${joint}/holding`;
  expect(await refusal(mediatorA, hold, held)).toBe('sessionNotBegun');
  server.deps.clock.set('2026-10-15T05:00:00.000Z');
  expect(await refusal(mediatorA, hold, held)).toBe('guardianMissing');
  expect(await refusal(mediatorA, hold, { ...held, guardian: true })).toBe('recordingNotAgreed');
  await ok(mediatorA, hold, { ...held, guardian: true, recorded: false });
  expect((await seen(1)).sessions[0]).toMatchObject({ state: 'held', record: '各方查看现场', result: 'goesOn' });
  // Its paper: who was there signs it; of what was noted apart it has nothing, and no record there is none of.
  const paper = async (sessionId?: string): Promise<string> => {
    const documentId = v7();
    const body = { commandId: v7(), documentId, kind: 'mediationRecord', ...(sessionId ? { sessionId } : {}) };
    const made = await call(mediatorA, `${q.path}/papers`, body);
    if (made.statusCode >= 300) return made.json<{ code: string }>().code;
    const { rows: kept } = await server.db.pools.maintenance.query<{ sealed: Buffer; event_no: number }>(
      'select sealed, event_no from event_content where case_id = $1 order by event_no desc limit 1',
      [q.id],
    );
    return JSON.stringify(openContent(server.deps.crypto, q.id, kept[0]!.event_no, kept[0]!.sealed).paper);
  };
  expect([await paper(), await paper(alone), await paper(v7())]).toEqual(['sessionNotHeld', 'sessionNotHeld', 'sessionNotHeld']);
  await ok(mediatorA, `${q.path}/sessions/${alone}/holding`, {
    ...held,
    attended: [q.sides[0]],
    guardian: true,
    recorded: false,
    record: '听甲方说明',
  });
  const [together, apart] = [await paper(joint), await paper(alone)];
  for (const words of ['各方查看现场', '2026年10月15日 11:00—12:00', '☑有待继续调解', '甲方签名、盖章', '乙方签名、盖章'])
    expect(together).toContain(words);
  expect(apart).toContain('听甲方说明');
  expect(apart).not.toContain('乙方');
  for (const words of [together, apart]) expect(words).not.toContain('底线');
  const dossier = await ok<DossierView>(mediatorA, `/cases/${q.id}/dossier`);
  expect(dossier.slots.find(({ slot }) => slot === 'mediation')).toMatchObject({ missing: false, items: [{}, {}] });
  const notes = (await ok(mediatorA, `${q.path}/sessions`)).sessions.flatMap((one) => one.notes.map(({ words }) => words));
  expect(notes).toEqual(['底线是四千元']);
});

/** A matter that is talked about, with a line of the register for the committee's other mediator. */
const talking = async () => {
  const q = await quarrel();
  await agreeAll(q);
  await safe(q);
  const { mediators } = (await call(mediatorA, '/mediators')).json<{ mediators: { id: string; personId: string }[] }>();
  const known = mediators.find(({ personId }) => personId === mediatorA2.personId)?.id;
  const mediatorId = known ?? v7();
  if (!known) {
    const line = { commandId: v7(), organizationId: organizations.mediationA.organizationId, personId: mediatorA2.personId, name: '孙丙' };
    const kept = await server.as(mediationHeadA, {
      method: 'PUT',
      url: `/api/v1/mediators/${mediatorId}`,
      body: { ...line, kinds: ['neighbour'], languages: ['粤语'], available: true },
    });
    expect(kept.statusCode, kept.body).toBe(200);
  }
  return { ...q, mediatorId };
};
const asking = (more: object) => ({ id: v7(), sidesTold: true, confidenceTold: true, ...more });
const helpersOf = (caller: Caller, q: Quarrel) => ok<HelpersView>(caller, `${q.path}/helpers`);
const invited = async (caller: Caller) => (await ok<{ invitations: Invitation[] }>(caller, '/me/helping')).invitations;
/** What the database itself shows somebody of a matter, by any table of it. */
const rowsSeen = async (who: { readonly who: { readonly kind: string; readonly token: string } }, caseId: string): Promise<number> => {
  const client = await server.db.pools.app.connect();
  try {
    await client.query('begin');
    await client.query('select enter($1, $2)', [who.who.kind, who.who.token]);
    const each = ['cases', 'dispute', 'dispute_session', 'dispute_note', 'dispute_offer', 'dispute_helper', 'dispute_helper_step'].map(
      (table) => `select count(*)::int as n from ${table} where case_id = $1`,
    );
    const { rows } = await client.query<{ n: number }>(`select sum(n)::int as n from (${each.join(' union all ')}) t`, [caseId]);
    return rows[0]!.n;
  } finally {
    await client.query('rollback');
    client.release();
  }
};

test('a second mediator of the register is asked, sees nothing before they said yes, everything after, and nothing once they are off', async () => {
  const q = await talking();
  const asked = asking({ role: 'coMediator', mediatorId: q.mediatorId });
  expect(await refusal(mediatorA, `${q.path}/helpers`, { ...asked, sessionId: v7() })).toBe('coMediatorForAll');
  await ok<HelpersView>(mediatorA, `${q.path}/helpers`, asked);
  expect(await refusal(mediatorA, `${q.path}/helpers`, { ...asked, id: v7() })).toBe('registeredAlready');
  expect((await call(mediatorA2, `/cases/${q.id}`)).statusCode).toBe(404);
  expect(await rowsSeen(mediatorA2, q.id)).toBe(0);
  const words = JSON.stringify((await invited(mediatorA2)).filter(({ id }) => id === asked.id));
  expect(words).toContain('甲镇人民调解委员会');
  expect(words).not.toMatch(new RegExp(`${q.id}|漏水|赵甲|钱乙`, 'u'));
  // Nobody answers for them; who joined sees the matter, its notes and sessions, and does not ask others in.
  expect(await refusal(people.residentA, `/me/helping/${asked.id}`, { commandId: v7(), joins: true })).toBe('notFound');
  const yes = { commandId: v7(), joins: true };
  await ok<unknown>(mediatorA2, `/me/helping/${asked.id}`, yes);
  await ok<unknown>(mediatorA2, `/me/helping/${asked.id}`, yes);
  const alone = await fixed(q, '2026-10-26T01:00:00Z', { aloneWith: q.sides[0] });
  await ok(mediatorA, `${q.path}/sessions/${alone}/notes`, { id: v7(), words: '底线是三千元' });
  expect((await call(mediatorA2, `/cases/${q.id}`)).json()).toMatchObject({ text: '楼上漏水，楼下天花板发霉' });
  expect(JSON.stringify(await ok(mediatorA2, `${q.path}/sessions`))).toContain('底线是三千元');
  expect((await ok<{ disputes: { id: string }[] }>(mediatorA2, '/disputes')).disputes.some(({ id }) => id === q.id)).toBe(true);
  expect(await refusal(mediatorA2, `${q.path}/helpers`, asking({ role: 'coMediator', mediatorId: q.mediatorId }))).toBe('mediatorAsks');
  // Who works beside somebody throws nobody out.
  expect(await refusal(mediatorA2, `${q.path}/mediator/step-aside`, { commandId: v7(), why: 'conflict', note: '是亲戚' })).toBe(
    'besideOnly',
  );
  // A side objects: the head's to answer, with words for that side alone; upheld, their sight is gone, also after the end.
  await ok<unknown>('anonymous', `/receipts/${q.codes[0]}/helpers/${asked.id}/objections`, { commandId: v7(), why: '是对方的同学' });
  const told = async (n: number) => JSON.stringify(await ok<HelpersView>('anonymous', `/receipts/${q.codes[n]}/helpers`));
  expect([await told(0), await told(1)].map((one) => one.includes('是对方的同学'))).toEqual([true, false]);
  // The other side does not read that somebody objected: it would know who.
  expect([await told(0), await told(1)].map((one) => one.includes('objected'))).toEqual([true, false]);
  // What they do they do for both: whoever has it in hand keeps it.
  const { version } = await ok<{ version: number }>(mediatorA2, `/cases/${q.id}`);
  await ok<unknown>(mediatorA2, `/cases/${q.id}/actions`, {
    commandId: v7(),
    version,
    action: 'settleByDay',
    input: { agreement: '楼上付三千元', performBy: '2026-11-01' },
  });
  expect((await call(mediatorA, `/cases/${q.id}`)).statusCode).toBe(200);
  // Where it is settled nobody is objected to any more.
  const late = { commandId: v7(), why: '还是不放心' };
  expect(await refusal('anonymous', `/receipts/${q.codes[1]}/helpers/${asked.id}/objections`, late)).toBe('wrongStage');
  const settled = await ok<{ version: number }>(mediatorA, `/cases/${q.id}`);
  await ok<unknown>(mediatorA, `/cases/${q.id}/actions`, { commandId: v7(), version: settled.version, action: 'confirmPerformed' });
  expect((await call(mediatorA2, `/cases/${q.id}`)).json()).toMatchObject({ stage: 'settled' });
  const answer = { commandId: v7(), upheld: true, why: '为免误会' };
  expect(await refusal(mediatorA, `${q.path}/helpers/${asked.id}/answer`, answer)).toBe('headDecides');
  const after = await ok<HelpersView>(mediationHeadA, `${q.path}/helpers/${asked.id}/answer`, answer);
  expect(after.helpers.map(({ standing }) => standing)).toEqual(['removed']);
  expect([(await call(mediatorA2, `/cases/${q.id}`)).statusCode, await rowsSeen(mediatorA2, q.id)]).toEqual([404, 0]);
  expect((await invited(mediatorA2)).some(({ id }) => id === asked.id)).toBe(false);
  expect(await verifyRecord(server.deps)).toMatchObject({ ok: true });
});

test('an invitation that was not answered is over for whoever was appointed themselves', async () => {
  const q = await talking();
  // Of sides by these names they had a hand in a quarrel before: the head's question.
  const asked = asking({ role: 'coMediator', mediatorId: q.mediatorId, despite: '已经核对，没有利害关系' });
  await ok<HelpersView>(people.mediationHeadA, `${q.path}/helpers`, asked);
  await ok(mediatorA, `${q.path}/mediator/step-aside`, { commandId: v7(), why: 'unavailable' });
  for (const partyId of q.sides) {
    const code = await slipOf(q, partyId);
    await ok('anonymous', `/receipts/${code}/choices`, { commandId: v7(), step: 'chosen', mediatorId: q.mediatorId });
  }
  await ok(mediationHeadA, `${q.path}/mediator`, { commandId: v7(), mediatorId: q.mediatorId, despite: '已经核对，没有利害关系' });
  expect(await refusal(mediatorA2, `/me/helping/${asked.id}`, { commandId: v7(), joins: true })).toBe('helperOff');
  expect((await ok<{ stage: string }>(mediatorA2, `/cases/${q.id}`)).stage).toBe('mediating');
});

test('an expert and who signs for the deaf see when and where, in what, and nothing of the matter; a side’s no ends the expert’s (人民调解法 第二十条)', async () => {
  const q = await talking();
  const phone = '13800138007';
  await server.db.pools.maintenance.query('update person set phone_index = $2 where person_id = $1', [
    people.residentA.personId,
    server.deps.crypto.blindIndex('phone', phone),
  ]);
  const roomId = v7();
  await ok(mediatorA, `${q.path}/rooms`, { id: roomId, name: '第二调解室' });
  const session = await fixed(q, '2026-10-27T01:00:00Z', { roomId });
  await fixed(q, '2026-10-28T01:00:00Z');
  // Of the same name as a side: the head's question.
  const expert = asking({ role: 'expert', name: '赵甲', phone: '13800138008', subject: '房屋结构' });
  const signer = asking({ role: 'interpreter', name: '周某', phone, subject: '手语', sessionId: session });
  expect(await refusal(mediatorA, `${q.path}/helpers`, expert)).toBe('conflictAsked');
  expect(await refusal(mediatorA, `${q.path}/helpers`, { ...expert, despite: '只是同名' })).toBe('conflictAsked');
  await ok<HelpersView>(mediationHeadA, `${q.path}/helpers`, { ...expert, despite: '只是同名' });
  await ok<HelpersView>(mediatorA, `${q.path}/helpers`, signer);
  expect(await invited(people.residentB)).toEqual([]);
  const [one] = await invited(people.residentA);
  expect(one).toMatchObject({ role: 'interpreter', subject: '手语', joined: false });
  expect(one!.sessions).toEqual([
    { startsAt: '2026-10-27T01:00:00.000Z', endsAt: '2026-10-27T02:00:00.000Z', fixed: true, room: '第二调解室' },
  ]);
  await ok<unknown>(people.residentA, `/me/helping/${signer.id}`, { commandId: v7(), joins: true });
  for (const path of [`/cases/${q.id}`, `${q.path}/sessions`, `${q.path}/helpers`, `${q.path}/agreement`])
    expect([403, 404]).toContain((await call(people.residentA, path)).statusCode);
  expect(await rowsSeen(people.residentA, q.id)).toBe(0);
  // The sides are told who comes, and of no telephone.
  const told = await ok<HelpersView>('anonymous', `/receipts/${q.codes[1]}/helpers`);
  expect(told.helpers.map(({ name, standing }) => [name, standing])).toEqual([
    ['赵甲', 'asked'],
    ['周某', 'joined'],
  ]);
  expect(JSON.stringify(told)).not.toContain('138001380');
  const object = (id: string) => ({ commandId: v7(), partyId: q.sides[0], why: id });
  await ok<unknown>(mediatorA, `${q.path}/helpers/${expert.id}/objections`, object('不要专家'));
  expect(await refusal(mediationHeadA, `${q.path}/helpers/${expert.id}/answer`, { commandId: v7(), upheld: false, why: '有必要' })).toBe(
    'helperOff',
  );
  // An interpreter waits for the head meanwhile.
  await ok<unknown>(mediatorA, `${q.path}/helpers/${signer.id}/objections`, object('认识对方'));
  expect(await invited(people.residentA)).toEqual([]);
  await ok<unknown>(mediationHeadA, `${q.path}/helpers/${signer.id}/answer`, { commandId: v7(), upheld: false, why: '没有别人会手语' });
  expect(await invited(people.residentA)).toHaveLength(1);
  // No needs no reason; who said it is out.
  await ok<unknown>(people.residentA, `/me/helping/${signer.id}`, { commandId: v7(), joins: false });
  expect(await invited(people.residentA)).toEqual([]);
  expect(await refusal(people.residentA, `/me/helping/${signer.id}`, { commandId: v7(), joins: true })).toBe('notFound');
  expect((await helpersOf(mediatorA, q)).helpers.map(({ standing }) => standing)).toEqual(['removed', 'declined']);
  // With the end of the matter goes what was left of it.
  await ok<HelpersView>(mediatorA, `${q.path}/helpers`, asking({ role: 'interpreter', name: '周某', phone, subject: '手语' }));
  expect((await invited(people.residentA))[0]?.sessions).toHaveLength(2);
  await ok<unknown>('anonymous', `/receipts/${q.codes[0]}/consents`, { commandId: v7(), agrees: false });
  expect(await invited(people.residentA)).toEqual([]);
});

test('a matter that ended keeps no hour: its room and its mediator are free', async () => {
  const [q, other] = [await talking(), await talking()];
  const roomId = v7();
  await ok(mediatorA, `${q.path}/rooms`, { id: roomId, name: '第三调解室' });
  await fixed(q, '2026-10-29T01:00:00Z', { roomId });
  const { version } = await ok<{ version: number }>(mediatorA, `/cases/${q.id}`);
  await ok<unknown>(mediatorA, `/cases/${q.id}/actions`, { commandId: v7(), version, action: 'endUnsettled', input: { ways: '可以起诉' } });
  await fixed(other, '2026-10-29T01:30:00Z', { roomId });
});

test('everybody reads of a centre where and when, who is on duty by post, and how long people waited: once for ninety days, and nothing of few', async () => {
  const head = mediationHeadA;
  const { organizationId } = organizations.mediationA;
  const path = `/centres/${organizationId}`;
  const put = (caller: Caller, more: object = {}) => {
    const told = {
      commandId: v7(),
      address: '甲镇政府一楼',
      telephone: '0760-88880000',
      hours: '工作日8:30–17:30',
      kinds: ['neighbour'],
      ...more,
    };
    return server.as(caller, { method: 'PUT', url: `/api/v1${path}`, body: told });
  };
  expect((await put(mediatorA)).statusCode).toBe(403);
  expect((await put(head, { telephone: '138 0013 8000' })).json().code).toBe('mobileIsPersonal');
  expect((await put(head)).statusCode).toBe(200);

  const { from, until } = waitingPeriod('2027-08-01');
  const day = (n: number): string => new Date(Date.parse(`${from}T02:00:00.000Z`) + n * 86_400_000).toISOString();
  server.deps.clock.set(day(0));
  const applied: string[] = [];
  for (let n = 0; n < 6; n++) {
    const facts = { kind: 'neighbour', areaId: areas.gridA11.areaId, facts: '楼上漏水' };
    const made = await ok<DisputeReceipt>(people.residentA, '/dispute-applications', {
      id: v7(),
      ...facts,
      applicant: { name: '赵某', phone: '13812345678' },
      others: [{ name: '钱某' }],
    });
    applied.push(made.id);
  }
  // Five are taken up a week later; the sixth is left by its side, which nobody waited for.
  server.deps.clock.set(day(7));
  for (const id of applied.slice(1)) {
    const { version } = await ok<{ version: number }>(head, `/cases/${id}`);
    await ok<unknown>(head, `/cases/${id}/actions`, { commandId: v7(), version, action: 'askConsent', input: {} });
  }
  const post = mediatorA2.posts[0]!;
  const shift = { id: v7(), postId: post.postId, startsAt: `${until}T01:00:00.000Z`, endsAt: `${until}T09:00:00.000Z`, kind: 'day' };
  await ok<unknown>(head, `/organizations/${organizationId}/shifts`, { commandId: v7(), shifts: [shift] });
  server.deps.clock.set(`${until}T02:00:00.000Z`);
  expect([await releaseWaiting(server.deps), await releaseWaiting(server.deps)]).toEqual([true, false]);

  const seen = await ok<CentreView>('anonymous', path);
  expect(seen).toMatchObject({ tier: 'town', address: '甲镇政府一楼', telephone: '0760-88880000', kinds: ['neighbour'] });
  expect(seen.duty).toEqual([{ post: expect.objectContaining({ zh: expect.any(String) }), from: shift.startsAt, to: shift.endsAt }]);
  expect(JSON.stringify(seen)).not.toContain(mediatorA2.personId);
  expect(seen.waiting).toEqual({ from, until, takenUp: 5 });
  // A session held in the last days and written down after they were told: counted in the next, once.
  const { maintenance } = server.db.pools;
  for (const [n, id] of applied.slice(1).entries())
    await maintenance.query(
      `insert into dispute_session (case_id, session_id, during, mediator_id, state, result, written_at)
        select $1, $2, tstzrange($3::timestamptz, $3::timestamptz + interval '1 hour'), mediator_id, 'held', 'goesOn', $4::timestamptz
        from mediator order by mediator_id limit 1`,
      [id, v7(), `${dateOfDay(dayOfDate(until) - 2)}T0${n}:00:00Z`, `${until}T03:00:00.000Z`],
    );
  expect(await releaseWaiting(server.deps)).toBe(false);
  const next = dateOfDay(dayOfDate(until) + 90);
  server.deps.clock.set(`${dateOfDay(dayOfDate(next) + 200)}T02:00:00.000Z`);
  expect([await releaseWaiting(server.deps), await releaseWaiting(server.deps)]).toEqual([true, false]);
  const { rows: told } = await maintenance.query<{ until: string; met: number | null }>(
    'select until::text as until, met from dispute_waiting where organization_id = $1 order by until',
    [organizationId],
  );
  // Nobody was there to tell of two periods in time: each is told all the same.
  expect(told.map(({ met }) => met !== null)).toEqual([false, true, false, false]);
  expect(told[1]!.until).toBe(next);
  // The nearest first for whoever names a place; a body that does not mediate is no centre.
  const near = await ok<{ centres: CentreView[] }>('anonymous', `/centres?areaId=${areas.gridA11.areaId}`);
  expect(near.centres[0]?.id).toBe(organizationId);
  expect((await call('anonymous', `/centres/${organizations.bodyA.organizationId}`)).statusCode).toBe(404);
});

test('a link to a meeting is for who is invited, from when the time is fixed until it is over; a room of one’s own server is derived and nowhere kept', async () => {
  const q = await quarrel();
  await agreeAll(q);
  await safe(q);
  const linkOf = async (caller: Caller, path: string, id: string) => (await ok(caller, path)).sessions.find((one) => one.id === id)?.link;
  const seen = (n: number, id: string) => linkOf('anonymous', `/receipts/${q.codes[n]}/sessions`, id);
  const desk = `${q.path}/sessions`;
  expect((await ok(mediatorA, desk)).meetings).toEqual(['manual']);
  const { link: _link, ...online } = at('2026-10-16T01:00:00Z', { online: true, aloneWith: q.sides[0] });
  expect(await refusal(mediatorA, desk, online)).toBe('meetingsOff');
  expect((await call(mediatorA, desk, at('2026-10-16T01:00:00Z', { link: 'http://meet.example/1' }))).statusCode).toBe(400);

  Object.assign(server.deps.config, { meetingUrl: 'https://meet.example' });
  expect((await ok(mediatorA, desk)).meetings).toEqual(['manual', 'template']);
  await ok(mediatorA, desk, online);
  // Not before the time is fixed; and what is a separate talk the other side does not hear of.
  expect([await seen(0, online.id), await linkOf(mediatorA, desk, online.id)]).toEqual([undefined, expect.any(String)]);
  await ok('anonymous', `/receipts/${q.codes[0]}/sessions/${online.id}/answer`, { accepts: true });
  const link = await seen(0, online.id);
  expect(link).toMatch(/^https:\/\/meet\.example\/[0-9a-f]{40}$/u);
  expect((await ok('anonymous', `/receipts/${q.codes[1]}/sessions`)).sessions).toEqual([]);
  for (const outsider of [people.mediatorA2, people.dispatcherA, people.administrator])
    expect([403, 404]).toContain((await call(outsider, desk)).statusCode);
  const { rows } = await server.db.pools.maintenance.query<{ row: string }>('select t::text as row from dispute_session t');
  expect(rows.map(({ row }) => row).join()).not.toContain(link!.slice(-40));

  const given = await fixed(q, '2026-10-16T03:00:00Z');
  const other = await fixed(q, '2026-10-16T05:00:00Z', { online: true, link: undefined });
  expect(await seen(1, given)).toBe('https://meet.example/room-1');
  expect(await seen(1, other)).not.toBe(link);
  // It dies with the session: called off, or over.
  await ok(mediatorA, `${desk}/${given}/cancellation`, {});
  server.deps.clock.set('2026-10-16T06:00:00.000Z');
  for (const id of [online.id, given, other])
    expect([await seen(0, id), await linkOf(mediatorA, desk, id)]).toEqual([undefined, undefined]);
  const kept = await server.db.pools.maintenance.query('select 1 from dispute_session where session_id = $1 and link_sealed is not null', [
    given,
  ]);
  expect(kept.rowCount).toBe(0);
  Object.assign(server.deps.config, { meetingUrl: undefined });
});

test('who asked for it hears by SMS that a time was set, moved or called off, and the day before; in words that name nothing, and not at night', async () => {
  const q = await quarrel([
    { name: '赵甲', phone: '13812345678' },
    { name: '钱乙', phone: '13812345679' },
  ]);
  await agreeAll(q);
  await safe(q);
  await tellChanges(server.deps);
  sent.length = 0;
  const put = (code: string) => server.as('anonymous', { method: 'PUT', url: `/api/v1/receipts/${code}/notify`, body: { sms: true } });
  for (const code of q.codes) expect((await put(code)).statusCode).toBe(200);
  const round = async (): Promise<string[]> => {
    sent.length = 0;
    await tellChanges(server.deps);
    await remindSessions(server.deps);
    await sendWaiting(server.deps);
    server.deps.clock.advance(61_000);
    return sent.map(({ to }) => to).sort();
  };
  const both = ['13812345678', '13812345679'];
  const alone = at('2026-10-20T01:00:00Z', { aloneWith: q.sides[0] });
  await ok(mediatorA, `${q.path}/sessions`, alone);
  // A separate talk is told to one side; the other does not hear that it is.
  expect(await round()).toEqual([both[0]]);
  expect(sent.map(({ text, link }) => [text, link])).toEqual([
    ['您的一项时间安排有更新，请登录或凭查询码查看。', 'http://127.0.0.1:8080/track'],
  ]);
  const joint = await fixed(q, '2026-10-20T03:00:00Z');
  expect(await round()).toEqual(both);
  expect(await round()).toEqual([]);
  await ok(mediatorA, `${q.path}/sessions/${alone.id}/cancellation`, {});
  expect(await round()).toEqual([both[0]]);
  // Within a day, in the morning and not before; once.
  server.deps.clock.set('2026-10-19T22:00:00.000Z');
  expect(await round()).toEqual([]);
  server.deps.clock.set('2026-10-20T00:30:00.000Z');
  expect(await round()).toEqual(both);
  expect(await round()).toEqual([]);
  // Set so late that it is near at once: told once, not a second time an hour later.
  server.deps.clock.set('2026-10-20T00:40:00.000Z');
  const near = await fixed(q, '2026-10-21T03:00:00Z');
  expect(await round()).toEqual(both);
  server.deps.clock.set('2026-10-20T04:00:00.000Z');
  expect(await round()).toEqual([]);
  await ok(mediatorA, `${q.path}/sessions/${near}/cancellation`, {});
  expect(await round()).toEqual(both);
  // Called off late in the evening: told when people are awake.
  server.deps.clock.set('2026-10-19T14:00:00.000Z');
  await ok(mediatorA, `${q.path}/sessions/${joint}/cancellation`, {});
  expect(await round()).toEqual([]);
  server.deps.clock.set('2026-10-20T00:30:00.000Z');
  expect(await round()).toEqual(both);
  for (const { text, link, params } of sent) {
    const said = JSON.stringify([text, link, params]);
    for (const word of ['赵甲', '钱乙', '漏水', '调解', '纠纷', '对方', ...q.codes, 'meet.example', '2026-10'])
      expect(said).not.toContain(word);
  }
});

test('whoever asks for messages after a near time was set is reminded of it; whoever heard that it was set is not told twice within a day', async () => {
  const q = await quarrel([
    { name: '赵甲', phone: '13812345678' },
    { name: '钱乙', phone: '13812345679' },
  ]);
  await agreeAll(q);
  await safe(q);
  await tellChanges(server.deps);
  const put = (code: string) => server.as('anonymous', { method: 'PUT', url: `/api/v1/receipts/${code}/notify`, body: { sms: true } });
  const round = async (): Promise<string[]> => {
    sent.length = 0;
    await tellChanges(server.deps);
    await remindSessions(server.deps);
    await sendWaiting(server.deps);
    server.deps.clock.advance(61_000);
    return sent.map(({ to }) => to).sort();
  };
  // Thirty hours before, one side has asked.
  server.deps.clock.set('2026-11-02T01:00:00.000Z');
  await put(q.codes[0]!);
  await fixed(q, '2026-11-03T07:00:00Z');
  expect(await round()).toEqual(['13812345678']);
  await put(q.codes[1]!);
  expect(await round()).toEqual([]);
  server.deps.clock.set('2026-11-02T08:00:00.000Z');
  expect(await round()).toEqual(['13812345679']);
  expect(await round()).toEqual([]);
});

test('with what a side said go the files it put in, their bytes too; the other side’s, the mediator’s and the pages of a signed paper stay', async () => {
  const q = await talking();
  // One side has an account besides.
  await ok(people.residentA, '/me/cases', { code: q.codes[0] });
  const put = async (caller: Caller, at: string): Promise<string> => {
    const fileId = v7();
    const up = await server.as(caller, {
      method: 'PUT',
      url: `/api/v1${at}/files/${fileId}`,
      body: PDF,
      headers: { 'content-type': 'application/pdf', 'x-kind': 'document' },
    });
    expect(up.statusCode, up.body).toBeLessThan(300);
    return fileId;
  };
  const own = await put('anonymous', `/receipts/${q.codes[0]}`);
  // Its person, while the case was theirs to see, sent one without the code.
  const byAccount = await put('anonymous', `/receipts/${q.codes[0]}`);
  await server.db.pools.maintenance.query('update file set uploader_id = $2, party_id = null where file_id = $1', [
    byAccount,
    people.residentA.personId,
  ]);
  const page = await put('anonymous', `/receipts/${q.codes[0]}`);
  const others = await put('anonymous', `/receipts/${q.codes[1]}`);
  const desks = await put(mediatorA, `/cases/${q.id}`);
  const documentId = v7();
  await ok(mediatorA, `${q.path}/papers`, { commandId: v7(), documentId, kind: 'rightsNotice' });
  await ok(mediatorA, `/cases/${q.id}/documents/${documentId}/signed`, { commandId: v7(), fileIds: [page] });
  await ok('anonymous', `/receipts/${q.codes[1]}/consents`, { commandId: v7(), agrees: false });
  const stored = async (): Promise<Record<string, boolean>> => {
    const { rows } = await server.db.pools.maintenance.query<{ file_id: string; address: string }>(
      'select file_id, address from file where case_id = $1',
      [q.id],
    );
    return Object.fromEntries(
      await Promise.all(rows.map(async ({ file_id, address }) => [file_id, (await server.deps.files.get(address)) !== undefined] as const)),
    );
  };
  expect(await stored()).toEqual(Object.fromEntries([own, byAccount, page, others, desks].map((id) => [id, true])));
  await ok(mediationHeadA, `${q.path}/erasures`, { commandId: v7(), partyId: q.sides[0], ground: 'byRequest' });
  expect(await stored()).toEqual({ [own]: false, [byAccount]: false, [page]: true, [others]: true, [desks]: true });
  for (const id of [own, byAccount]) expect((await call(mediatorA, `/cases/${q.id}/files/${id}`)).statusCode).toBe(404);
  // The record keeps that they were erased, and nothing of them.
  const { rows } = await server.db.pools.maintenance.query<{ header: string }>(
    "select header from events where case_id = $1 and type = 'content.erased'",
    [q.id],
  );
  expect(rows.map(({ header }) => JSON.parse(header).header.codes.fileIds.toSorted())).toEqual([[own, byAccount].toSorted()]);
  expect(await verifyRecord(server.deps)).toMatchObject({ ok: true });
});

test('what a side said goes when it asks for it, by the head alone and once the matter has ended; the other’s words stay, and the facts go with the last', async () => {
  const q = await talking();
  const { mediationHeadA } = people;
  const alone = await fixed(q, '2026-10-26T01:00:00Z', { aloneWith: q.sides[0] });
  await ok(mediatorA, `${q.path}/sessions/${alone}/notes`, { id: v7(), words: '暗号底线' });
  const term = (by: string, words: string) => ({ terms: [{ kind: 'other', by, words }] });
  await ok('anonymous', `/receipts/${q.codes[0]}/offers`, { id: v7(), ...term(q.sides[0]!, '暗号甲方') });
  await ok('anonymous', `/receipts/${q.codes[1]}/offers`, { id: v7(), ...term(q.sides[1]!, '暗号乙方') });
  const asked = { commandId: v7(), partyId: q.sides[0], ground: 'byRequest' };
  const erasing = `${q.path}/erasures`;
  expect(await refusal(mediationHeadA, erasing, asked)).toBe('matterOpen');
  await ok('anonymous', `/receipts/${q.codes[0]}/consents`, { commandId: v7(), agrees: false });
  for (const caller of [mediatorA, mediatorA2, people.administrator, people.leaderA, people.residentA])
    expect((await call(caller, erasing, asked)).statusCode).toBe(403);
  expect(await refusal(mediationHeadA, erasing, { ...asked, partyId: v7() })).toBe('unknownParty');
  const gone = await ok<{ version: number }>(mediationHeadA, erasing, asked);
  expect(await ok(mediationHeadA, erasing, asked)).toEqual(gone);
  const kept = async (): Promise<string> =>
    JSON.stringify([
      await ok(mediatorA, `${q.path}/sessions`),
      await ok(mediatorA, `${q.path}/agreement`),
      await ok(mediatorA, `/cases/${q.id}`),
    ]);
  const after = await kept();
  expect(['暗号底线', '暗号甲方', '暗号乙方', '楼上漏水'].map((one) => after.includes(one))).toEqual([false, false, true, true]);
  const { rows } = await server.db.pools.maintenance.query<{ left: string }>(
    `select (select count(*) from dispute_side where case_id = $1 and party_id = $2) + (select count(*) from case_party where case_id = $1
      and party_id = $2 and coalesce(name_sealed, phone_sealed) is not null) + (select count(*) from dispute_note where case_id = $1
      and words_sealed is not null) as left`,
    [q.id, q.sides[0]],
  );
  expect(rows[0]!.left).toBe('0');
  await ok(mediationHeadA, erasing, { ...asked, commandId: v7(), partyId: q.sides[1] });
  const none = await kept();
  expect(['暗号乙方', '楼上漏水'].map((one) => none.includes(one))).toEqual([false, false]);
  // Neither side is told that it was the other who asked.
  const told = (await ok<{ record: { label: { zh: string } }[] }>('anonymous', `/receipts/${q.codes[1]}`)).record;
  expect(told.map(({ label }) => label.zh)).toContain('部分内容已依法删除');
  expect(await verifyRecord(server.deps)).toMatchObject({ ok: true });
});
