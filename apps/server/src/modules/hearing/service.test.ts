import type { ChangePage } from '@tongxin/domain/administration/view.ts';
import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import type { DisputeReceipt } from '@tongxin/domain/dispute/schema.ts';
import { orderOf, panelOf, verifyLot } from '@tongxin/domain/hearing/lot/rules.ts';
import type { DeskHearing, HearingReceipt, NewHearing, Panellist, PublicHearing } from '@tongxin/domain/hearing/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outgoing, Sent } from '../../platform/messages/sender.ts';
import { sendWaiting } from '../message/index.ts';
import { remindHearings } from './jobs.ts';
import { namePlace } from './present.ts';

const { people, areas, organizations } = WORLD;
let server: TestServer;
const sent: Outgoing[] = [];
let roster: Panellist[];
beforeAll(async () => {
  const send = async (message: Outgoing): Promise<Sent> => {
    sent.push(message);
    return { ok: true };
  };
  server = await testServer({ messages: { sms: { perMinute: 100, send } } });
  for (const [n, more] of [{}, {}, {}, {}, {}, {}, { organizationId: organizations.lettersA.organizationId }].entries()) {
    const made = await call(people.dispatcherA, `/panellists/${v7()}`, {
      commandId: v7(),
      areaId: areas.townA.areaId,
      name: `听证${'甲乙丙丁戊己庚'[n]}`,
      field: 'resident',
      since: '2026-01-01',
      ...more,
    });
    expect(made.statusCode, made.body).toBe(200);
  }
  roster = (await call(people.letterOfficerA, '/hearings/candidates')).json().panellists;
});
afterAll(() => server.close());

const call = (caller: Caller, path: string, body?: unknown) =>
  server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method: 'POST', body }) });
const hearing = (more: Partial<NewHearing> = {}): NewHearing => ({
  id: v7(),
  matter: '恢复人民路人行横道',
  place: '镇政府二楼会议室',
  startsAt: '2026-10-12T01:00:00.000Z',
  evidenceBy: '2026-10-09',
  open: true,
  seats: 3,
  parties: [{ name: '陈老师', phone: '13812345678' }, { name: '王某' }],
  excluded: [{ no: roster[0]!.no, reason: 'kin' }],
  ...more,
});
const refused = async (answer: ReturnType<typeof call>) => {
  const { statusCode, body } = await answer;
  return [statusCode, JSON.parse(body).code];
};
const publicOf = async (id: string): Promise<PublicHearing | undefined> =>
  (await call('anonymous', '/public/hearings')).json<{ hearings: PublicHearing[] }>().hearings.find((one) => one.id === id);
const act = async (caller: Caller, id: string, action: string, input: object) => {
  const { version } = (await call(caller, `/cases/${id}`)).json<CaseView>();
  const done = await call(caller, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  expect(done.statusCode, done.body).toBe(200);
};

describe('a hearing is convened', () => {
  test('in time, with odd seats, more candidates than seats, and no name in what everybody reads', async () => {
    const wrong = (more: Partial<NewHearing>, caller: Caller = people.letterOfficerA) => refused(call(caller, '/hearings', hearing(more)));
    expect(await wrong({ startsAt: '2026-10-06T01:00:00Z', evidenceBy: '2026-10-04' })).toEqual([422, 'noticeTooShort']);
    expect(await wrong({ evidenceBy: '2026-10-12' })).toEqual([422, 'evidenceDayUnfit']);
    expect(await wrong({ seats: 4 })).toEqual([422, 'seatsEven']);
    expect(await wrong({ seats: 5 })).toEqual([409, 'candidatesFew']);
    expect(await wrong({ excluded: [{ no: '9999', reason: 'kin' }] })).toEqual([422, 'unknownPanellist']);
    expect(await wrong({ matter: '王建国先生要求恢复横道' })).toEqual([422, 'personInWords']);
    // The roster of town A is not town B's to draw from.
    expect(await wrong({ excluded: [] }, people.letterOfficerB)).toEqual([409, 'candidatesFew']);
    expect(await refused(call('anonymous', '/cases', { id: v7(), text: '听证', procedure: 'hearing' }))).toEqual([
      422,
      'procedureNotPublished',
    ]);
  });

  test('never on what is confided', async () => {
    const quarrel = {
      id: v7(),
      kind: 'neighbour',
      origin: 'applied',
      areaId: areas.gridA11.areaId,
      facts: '楼上漏水',
      parties: [{ name: '赵甲' }, { name: '钱乙' }],
      mediatedOn: '2026-09-20',
      outcome: 'goesOn',
    };
    const { id } = (await call(people.mediatorA, '/disputes', quarrel)).json<DisputeReceipt>();
    expect(await refused(call(people.letterOfficerA, '/hearings', hearing({ onCaseId: id })))).toEqual([422, 'unknownCase']);
    // Also where somebody sees the dispute.
    await server.db.pools.maintenance.query('update cases set participant_ids = participant_ids || $2::uuid where case_id = $1', [
      id,
      people.letterOfficerA.personId,
    ]);
    expect(await refused(call(people.letterOfficerA, '/hearings', hearing({ onCaseId: id })))).toEqual([422, 'hearingOnConfided']);
  });
});

test('from the commitment to the publication: nobody knows the seed before, everybody can do the lot again after, and no name is published', async () => {
  const letter = (
    await call(people.residentA, '/cases', { id: v7(), text: '请恢复人行横道', procedure: 'letter', point: WORLD.points.inA11 })
  ).json<Receipt>();
  const asked = hearing({ onCaseId: letter.id });
  const [first, again] = [await call(people.letterOfficerA, '/hearings', asked), await call(people.letterOfficerA, '/hearings', asked)];
  expect([first.statusCode, again.statusCode, again.json()], first.body).toEqual([201, 200, first.json()]);
  const { id, queryCodes } = first.json<HearingReceipt>();
  const own = roster.at(-1)!.no;
  const before = (await publicOf(id))!;
  expect(before).toMatchObject({ stage: 'announced', candidates: roster.slice(1, 6).map(({ no }) => no) });
  expect(before.excluded).toEqual([
    { no: roster[0]!.no, reason: 'kin' },
    { no: own, reason: 'organization' },
  ]);
  expect(before.lot).toBeUndefined();
  for (const name of ['陈老师', '听证', '王某'].slice(0, 2))
    expect(JSON.stringify({ ...before, stageLabel: '' })).not.toContain(`${name}甲`);
  expect(JSON.stringify(before)).not.toContain('陈老师');

  const draw = (caller: Caller, spoken = '下雨') => call(caller, `/hearings/${id}/draw`, { commandId: v7(), spoken });
  expect(await refused(draw(people.letterOfficerA))).toEqual([409, 'drawTooSoon']);
  server.deps.clock.set('2026-10-08T01:00:00.000Z');
  expect(await refused(draw(people.letterOfficerB))).toEqual([404, 'notFound']);
  expect(await refused(draw(people.dispatcherA))).toEqual([404, 'notFound']);
  // Words from the room are needed, and everybody reads them.
  expect(await refused(call(people.letterOfficerA, `/hearings/${id}/draw`, { commandId: v7() }))).toEqual([400, 'invalidInput']);
  expect(await refused(draw(people.letterOfficerA, ' '))).toEqual([422, 'wordsMissing']);
  expect(await refused(draw(people.letterOfficerA, '王建国先生说的'))).toEqual([422, 'personInWords']);
  // The step has its own door: nobody takes it without the lot.
  const { version } = (await call(people.letterOfficerA, `/cases/${id}`)).json<CaseView>();
  expect(
    await refused(
      call(people.letterOfficerA, `/cases/${id}/actions`, { commandId: v7(), action: 'drawPanel', version, input: { panel: '我选的人' } }),
    ),
  ).toEqual([409, 'actionHasOwnDoor']);

  // A party hands in evidence with the own code.
  const evidence = { commandId: v7(), action: 'addEvidence', version, input: { evidenceWords: '附照片：原横道位置' } };
  expect((await call('anonymous', `/receipts/${queryCodes[0]}/actions`, evidence)).statusCode).toBe(200);

  const drawn = await draw(people.letterOfficerA);
  expect(drawn.statusCode, drawn.body).toBe(200);
  const after = (await publicOf(id))!;
  expect(verifyLot({ ...after, ...after.lot!, fallenOut: [] })).toMatchObject({ committed: true, same: true });
  expect(after.commitment).toBe(before.commitment);
  expect((await draw(people.letterOfficerA, '另一句')).json<DeskHearing>().lot).toEqual(drawn.json<DeskHearing>().lot);
  const sits = after.lot!.panel;
  const names = drawn.json<DeskHearing>().sitting.map(({ name }) => name);
  expect(names).toHaveLength(3);
  const seenByParty = (await call('anonymous', `/receipts/${queryCodes[1]}`)).body;
  for (const name of names) {
    expect(seenByParty).toContain(name);
    expect(JSON.stringify(after)).not.toContain(name);
  }

  const out = sits[1]!;
  const replaced = await call(people.letterOfficerA, `/hearings/${id}/replace`, { commandId: v7(), no: out, reason: 'challenged' });
  expect(replaced.statusCode, replaced.body).toBe(200);
  const next = (await publicOf(id))!.lot!;
  expect(next.panel).toEqual(panelOf(orderOf(next.seed, '下雨', after.candidates), 3, [out]));
  expect(next.fallenOut).toEqual([{ no: out, reason: 'challenged' }]);

  // Most of the panel stays as it was drawn, and why who fell out is on the record for the parties.
  expect(
    await refused(call(people.letterOfficerA, `/hearings/${id}/replace`, { commandId: v7(), no: next.panel[0]!, reason: 'kin' })),
  ).toEqual([409, 'replacedEnough']);
  expect((await call('anonymous', `/receipts/${queryCodes[1]}`)).body).toContain('被申请回避');

  const publication = { opinion: '多数赞成恢复横道。', reply: '采纳，年内恢复。' };
  const opinion = (more: object) =>
    call(people.letterOfficerA, `/hearings/${id}/opinion`, {
      commandId: v7(),
      for: 2,
      against: 1,
      abstained: 0,
      opinion: '赞成恢复',
      ...more,
    });
  // Not before it begins, and by its own door.
  const minutes = { commandId: v7(), minutes: '双方陈述、提问。' };
  const hold = (caller: Caller) => call(caller, `/hearings/${id}/minutes`, minutes);
  expect(await refused(hold(people.letterOfficerA))).toEqual([409, 'hearingNotBegun']);
  expect(await refused(hold(people.dispatcherA))).toEqual([404, 'notFound']);
  server.deps.clock.set(after.startsAt);
  for (const _ of [1, 2]) expect((await hold(people.letterOfficerA)).statusCode).toBe(200);
  expect(await refused(opinion({ for: 3 }))).toEqual([422, 'votesUnfit']);
  expect(await refused(opinion({}))).toEqual([422, 'fieldMissing']);
  expect((await opinion({ dissent: '路口太近' })).statusCode).toBe(200);
  const publish = (body: object) => call(people.letterOfficerA, `/hearings/${id}/publication`, body);
  expect(await refused(publish(publication))).toEqual([409, 'hearingNotAnswered']);
  const clock = (await call(people.letterOfficerA, `/cases/${id}`)).json<CaseView>().clocks.find((one) => one.clock === 'reply');
  expect(clock?.dueAt).toBe('2026-11-02T15:59:59.999Z');
  await act(people.letterOfficerA, id, 'reply', { reply: '采纳评议意见，年内恢复。' });
  expect(await refused(publish({ ...publication, opinion: '陈建国先生的意见有理' }))).toEqual([422, 'personInWords']);
  expect((await publicOf(id))!.published).toBeUndefined();
  expect((await publish(publication)).statusCode).toBe(200);
  expect((await publicOf(id))!.published).toEqual({ votes: { for: 2, against: 1, abstained: 0 }, ...publication });
  // The same again is no step; other words are one, and what stood before stays on the record.
  for (const body of [publication, { ...publication, reply: '采纳，明年恢复。' }]) expect((await publish(body)).statusCode).toBe(200);
  const { rows } = await server.db.pools.maintenance.query(
    "select 1 from events e join event_content using (case_id, event_no) where e.case_id = $1 and e.type = 'hearing.published'",
    [id],
  );
  expect(rows).toHaveLength(2);
  // The letter it was about goes on as it was.
  expect((await call(people.letterOfficerA, `/cases/${letter.id}`)).json<CaseView>().stage).toBe('received');
});

test('called off: everybody reads why, and the hearing held again says whose place it takes, once', async () => {
  server.deps.clock.set('2026-09-30T01:00:00.000Z');
  const first = hearing();
  const [code] = (await call(people.letterOfficerA, '/hearings', first)).json<HearingReceipt>().queryCodes;
  const callOff = (because: string, caller: Caller = people.letterOfficerA) =>
    call(caller, `/hearings/${first.id}/calling-off`, { commandId: v7(), because });
  expect(await refused(callOff('王建国先生不能来'))).toEqual([422, 'personInWords']);
  expect(await refused(callOff('场地不能使用', people.dispatcherA))).toEqual([404, 'notFound']);
  const again = (more: Partial<NewHearing> = {}) => hearing({ follows: first.id, startsAt: '2026-10-13T01:00:00.000Z', ...more });
  expect(await refused(call(people.letterOfficerA, '/hearings', again()))).toEqual([422, 'hearingNotCalledOff']);
  for (const _ of [1, 2]) expect((await callOff('场地不能使用')).statusCode).toBe(200);
  expect(await publicOf(first.id)).toMatchObject({ stage: 'calledOff', calledOff: '场地不能使用' });
  expect((await call('anonymous', `/receipts/${code}`)).body).toContain('场地不能使用');
  // A place is taken by the same body's next hearing, and once.
  const second = again();
  const held = (await call(people.letterOfficerA, '/hearings', second)).json<HearingReceipt>();
  expect(await refused(call(people.letterOfficerA, '/hearings', again()))).toEqual([409, 'hearingHeldAgain']);
  expect(await publicOf(second.id)).toMatchObject({ follows: { id: first.id, startsAt: first.startsAt } });
  expect(await publicOf(first.id)).toMatchObject({ followedBy: { id: second.id, startsAt: second.startsAt } });
  const own = (await call(people.letterOfficerA, '/hearings')).json<{ hearings: DeskHearing[] }>().hearings;
  const firstNumber = own.find(({ id }) => id === first.id)!.number;
  expect((await call('anonymous', `/receipts/${held.queryCodes[0]}`)).body).toContain(firstNumber);
});

test('a list that is used up says so', async () => {
  const asked = hearing({ excluded: roster.slice(0, 2).map(({ no }) => ({ no, reason: 'kin' as const })) });
  expect((await call(people.letterOfficerA, '/hearings', asked)).statusCode).toBe(201);
  server.deps.clock.set('2026-10-08T01:00:00.000Z');
  const drawn = await call(people.letterOfficerA, `/hearings/${asked.id}/draw`, { commandId: v7(), spoken: '晴' });
  const { lot } = drawn.json<DeskHearing>();
  const replace = (no: string) =>
    call(people.letterOfficerA, `/hearings/${asked.id}/replace`, { commandId: v7(), no, reason: 'unavailable' });
  // Of an older list, where nobody is left beside the panel.
  await server.db.pools.maintenance.query('update hearing_notice set candidates = panel where case_id = $1', [asked.id]);
  expect(await refused(replace(lot!.panel[0]!))).toEqual([409, 'rosterUsedUp']);
});

test('what is heard behind closed doors is told to nobody but its people', async () => {
  const asked = hearing({ open: false, startsAt: '2026-10-20T01:00:00.000Z', evidenceBy: '2026-10-15' });
  expect((await call(people.letterOfficerA, '/hearings', asked)).statusCode).toBe(201);
  expect(await publicOf(asked.id)).toBeUndefined();
  expect((await call(people.dispatcherA, '/hearings')).body).not.toContain(asked.id);
  expect((await call(people.letterOfficerA, '/hearings')).body).toContain(asked.id);
});

describe('a line of the roster', () => {
  const line = (areaId: string, more: object = {}) => ({
    commandId: v7(),
    areaId,
    name: '听证甲',
    field: 'resident',
    since: '2026-01-01',
    ...more,
  });

  test('keeps its number for its person: only the days change', async () => {
    const { id } = roster[0]!;
    const change = (more: object) => call(people.dispatcherA, `/panellists/${id}`, line(areas.townA.areaId, more));
    for (const more of [{ name: '别的人' }, { field: 'lawyer' }, { organizationId: organizations.bodyA.organizationId }])
      expect(await refused(change(more))).toEqual([409, 'panellistFixed']);
    expect((await change({ until: '2027-01-01' })).statusCode).toBe(200);
    const kept = (await call(people.dispatcherA, '/panellists')).json<{ panellists: Panellist[] }>().panellists;
    expect(kept.find((one) => one.id === id)).toEqual({ ...roster[0], until: '2027-01-01' });
    // Nor past the service.
    await expect(asDispatcher("update panellist set field = 'lawyer'", [])).rejects.toMatchObject({ code: '42501' });
  });

  test('is told of in the log of the administration by its number, never by the name, and with the day that was changed', async () => {
    const { id, no, name } = roster[0]!;
    const log = await call(people.administrator, `/administration/log?kind=panellist&subjectId=${id}`);
    expect(log.json<ChangePage>().rows.map(({ what, subject, changes }) => ({ what, subject, changes }))).toEqual([
      { what: 'changed', subject: no, changes: [{ field: 'to', after: '2027-01-01' }] },
      {
        what: 'made',
        subject: no,
        changes: [
          { field: 'no', after: no },
          { field: 'from', after: '2026-01-01' },
        ],
      },
    ]);
    expect(log.body).not.toContain(name);
  });

  test('of the city is read by a town that draws from it, and written by the city', async () => {
    const id = v7();
    await server.db.pools.maintenance.query(
      "insert into panellist (panellist_id, area_id, name_sealed, field, since) values ($1, $2, $3, 'resident', '2026-01-01')",
      [id, areas.city.areaId, server.deps.crypto.seal('听证甲', namePlace(id))],
    );
    expect((await call(people.dispatcherA, '/hearings/candidates')).body).toContain(id);
    expect(await refused(call(people.dispatcherA, `/panellists/${id}`, line(areas.townA.areaId)))).toEqual([403, 'beyondYourArea']);
    expect(await asDispatcher('update panellist set until = null where panellist_id = $1', [id])).toBe(0);
  });

  const asDispatcher = async (words: string, values: readonly unknown[]): Promise<number | null> => {
    const client = await server.db.pools.app.connect();
    try {
      await client.query('begin');
      await client.query('select enter($1, $2)', ['person', people.dispatcherA.token]);
      return (await client.query(words, [...values])).rowCount;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
});

test('the day before, who asked for messages hears that a time is near, in words that name nothing, once; nobody of one that was called off', async () => {
  const begun = server.deps.clock.now().toISOString();
  const startsAt = new Date(Date.parse(begun) + 20 * 86_400_000).toISOString().replace(/T.*/u, 'T02:00:00.000Z');
  const evidenceBy = new Date(Date.parse(startsAt) - 4 * 86_400_000).toISOString().slice(0, 10);
  const convened = async (parties: NewHearing['parties']): Promise<HearingReceipt> => {
    const made = await call(people.letterOfficerA, '/hearings', hearing({ startsAt, evidenceBy, parties }));
    expect(made.statusCode, made.body).toBe(201);
    return made.json();
  };
  const kept = await convened([
    { name: '陈老师', phone: '13812345671' },
    { name: '王某', phone: '13812345672' },
  ]);
  const off = await convened([{ name: '李某', phone: '13812345673' }]);
  for (const code of [kept.queryCodes[0], off.queryCodes[0]])
    expect((await server.as('anonymous', { method: 'PUT', url: `/api/v1/receipts/${code}/notify`, body: { sms: true } })).statusCode).toBe(
      200,
    );
  await server.db.pools.maintenance.query("update cases set stage = 'calledOff' where case_id = $1", [off.id]);
  const round = async (now: number): Promise<string[]> => {
    server.deps.clock.set(new Date(now).toISOString());
    sent.length = 0;
    await remindHearings(server.deps);
    await sendWaiting(server.deps);
    return sent.map(({ to }) => to);
  };
  const before = Date.parse(startsAt);
  expect(await round(before - 25 * 3_600_000)).toEqual([]);
  // In the night nobody is woken.
  expect(await round(before - 12 * 3_600_000)).toEqual([]);
  expect(await round(before - 3_600_000)).toEqual(['13812345671']);
  expect(sent.map(({ text, link }) => [text, link])).toEqual([
    ['您有一项约定的时间快到了，请登录或凭查询码查看。', 'http://127.0.0.1:8080/track'],
  ]);
  expect(await round(before - 1_800_000)).toEqual([]);
});
