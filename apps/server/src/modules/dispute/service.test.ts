import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { CasePage, CaseView } from '@tongxin/domain/case/view.ts';
import type { ChoosingView } from '@tongxin/domain/dispute/choosing/schema.ts';
import type { ConsentsView } from '@tongxin/domain/dispute/consent/schema.ts';
import type { MediatorsView } from '@tongxin/domain/dispute/mediator/schema.ts';
import type { ReferralRow } from '@tongxin/domain/dispute/referral/schema.ts';
import type { DisputeReceipt, DisputeRelease, DisputeRow, NewDispute } from '@tongxin/domain/dispute/schema.ts';
import type { SubsidyMonth } from '@tongxin/domain/dispute/subsidy/schema.ts';
import type { Released } from '@tongxin/domain/publish/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import ExcelJS from 'exceljs';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';
import { partyIdOf } from '../case/index.ts';
import { verifyRecord } from '../record/index.ts';
import { verifyStatistics } from '../statistics/index.ts';

const { people, areas, organizations } = WORLD;
const REAL = process.env.TONGXIN_TEST_DATA ?? resolve(import.meta.dirname, '../../../../../../shared/data');
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, path: string, body?: unknown) =>
  server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method: 'POST', body }) });
const dispute = (more: Partial<NewDispute> = {}): NewDispute => ({
  id: v7(),
  kind: 'neighbour',
  origin: 'applied',
  areaId: areas.gridA11.areaId,
  place: '三栋二单元',
  facts: '楼上漏水，楼下天花板发霉',
  parties: [{ name: '赵甲', phone: '13812345678' }, { name: '钱乙' }],
  mediatedOn: '2026-09-30',
  outcome: 'atOnce',
  agreement: '楼上当场赔礼并付清粉刷费八百元',
  ...more,
});
const register = async (more: Partial<NewDispute> = {}, caller: Caller = people.mediatorA): Promise<DisputeReceipt> => {
  const made = await call(caller, '/disputes', dispute(more));
  expect(made.statusCode, made.body).toBe(201);
  return made.json();
};
const viewOf = async (caller: Caller, id: string): Promise<CaseView> => (await call(caller, `/cases/${id}`)).json();
/** The day in China on which each running clock is due. */
const running = ({ clocks }: CaseView): Record<string, string> =>
  Object.fromEntries(
    clocks.flatMap(({ clock, status, dueAt }) => (status === 'running' && dueAt ? [[clock, instantToLocalDate(dueAt)]] : [])),
  );
const listed = async (caller: Caller): Promise<DisputeRow[]> =>
  (await call(caller, '/disputes')).json<{ disputes: DisputeRow[] }>().disputes;

describe('a quarrel is written down', () => {
  test('not without its result, nor for a day to come, nor where there is no such area', async () => {
    const refused = async (more: Partial<NewDispute>) => {
      const answer = await call(people.mediatorA, '/disputes', dispute(more));
      return [answer.statusCode, answer.json<{ code: string }>().code];
    };
    expect(await refused({ agreement: ' ' })).toEqual([422, 'fieldMissing']);
    expect(await refused({ mediatedOn: '2026-10-01' })).toEqual([422, 'dateInFuture']);
    expect(await refused({ mediatedOn: '2026-02-30' })).toEqual([422, 'fieldUnfit']);
    expect(await refused({ outcome: 'byDay', performBy: '2026-09-29' })).toEqual([422, 'dateInPast']);
    expect(await refused({ areaId: v7() })).toEqual([422, 'unknownArea']);
    expect(await refused({ facts: ' ' })).toEqual([422, 'fieldMissing']);
    expect(await refused({ parties: [{ name: '赵甲', phone: '不知道' }, { name: '钱乙' }] })).toEqual([422, 'badPhone']);
    expect(await refused({ parties: [{ name: '赵甲' }] })).toEqual([400, 'invalidInput']);
  });

  test('and whoever has given it out of hand does not get the codes of its sides again by sending it once more', async () => {
    const body = dispute({ outcome: 'goesOn', agreement: undefined });
    const made = await call(people.mediatorA, '/disputes', body);
    const { id, queryCodes } = made.json<DisputeReceipt>();
    expect(queryCodes).toHaveLength(2);
    const aside = await call(people.mediatorA, `/disputes/${id}/mediator/step-aside`, { commandId: v7(), why: 'unavailable' });
    expect(aside.statusCode, aside.body).toBe(200);
    const again = await call(people.mediatorA, '/disputes', body);
    expect([again.statusCode, again.json<DisputeReceipt>().queryCodes]).toEqual([200, []]);
  });

  test('once: sent again it is the same, and its id serves for nothing else', async () => {
    const body = dispute();
    const [first, again] = [await call(people.mediatorA, '/disputes', body), await call(people.mediatorA, '/disputes', body)];
    expect([first.statusCode, again.statusCode, again.json()]).toEqual([201, 200, first.json()]);
    for (const [caller, other] of [
      [people.mediatorA2, body],
      [people.mediatorA, { ...body, facts: '别的事' }],
    ] as const) {
      const taken = await call(caller, '/disputes', other);
      expect([taken.statusCode, taken.json().code]).toEqual([409, 'idTaken']);
    }
  });

  test('and stands for its mediator and the head of the committee, the head seeing all of it', async () => {
    const [mine, hers] = [await register(), await register({}, people.mediatorA2)];
    expect((await listed(people.mediatorA)).map(({ id }) => id)).toContain(mine.id);
    expect((await listed(people.mediatorA)).map(({ id }) => id)).not.toContain(hers.id);
    const all = await listed(people.mediationHeadA);
    expect([mine.id, hers.id].every((id) => all.some((row) => row.id === id && !row.mine))).toBe(true);
    expect(all.find(({ id }) => id === mine.id)).toMatchObject({
      kind: 'neighbour',
      stage: 'settled',
      mediatedOn: '2026-09-30',
      parties: 2,
    });
    expect((await viewOf(people.mediatorA2, mine.id)) as unknown).toMatchObject({ status: 404 });
    const view = await viewOf(people.mediatorA, mine.id);
    expect(view).toMatchObject({ reader: 'staff', stage: 'settled', text: '楼上漏水，楼下天花板发霉', address: '三栋二单元' });
    expect(view.areaLabels.map(({ zh }) => zh)).toContain('甲一社区');
    expect(view.receivingOrganizationLabel?.zh).toBe('甲镇人民调解委员会');
  });

  test('by no other door: what is filed as a report under this procedure is refused', async () => {
    const filed = await call('anonymous', '/cases', { id: v7(), text: '邻居吵架', procedure: 'mediation', areaId: areas.gridA11.areaId });
    expect([filed.statusCode, filed.json().code]).toEqual([422, 'procedureNotPublished']);
  });

  test('and steps that hang on everybody’s consent are not taken as if they were any', async () => {
    const { id } = await register({ outcome: 'goesOn', agreement: undefined });
    const { version, allowed } = await viewOf(people.mediatorA, id);
    expect(allowed.map((action) => action.id)).not.toContain('putInWriting');
    const taken = await call(people.mediatorA, `/cases/${id}/actions`, { commandId: v7(), version, action: 'putInWriting' });
    expect([taken.statusCode, taken.json().code]).toEqual([409, 'actionHasOwnDoor']);
  });
});

describe('the parties', () => {
  test('are sealed; whoever reads a name says why, and the party sees who did', async () => {
    const { id, queryCodes } = await register();
    const { rows } = await server.db.pools.maintenance.query<{ all: string }>(
      `select (select string_agg(t::text, ' ') from cases t where case_id = $1) || (select string_agg(t::text, ' ') from case_party t where case_id = $1)
        || (select string_agg(t::text, ' ') from events t where case_id = $1) || (select string_agg(t::text, ' ') from dispute t where case_id = $1) as all`,
      [id],
    );
    for (const word of ['赵甲', '13812345678', '漏水', '八百元', '三栋']) expect(rows[0]!.all).not.toContain(word);
    const { parties } = await viewOf(people.mediatorA, id);
    expect(parties.map(({ role, readable }) => [role, readable])).toEqual([
      ['party', true],
      ['party', true],
    ]);
    const names = await Promise.all(
      parties.map(async (party) =>
        (await call(people.mediatorA, `/cases/${id}/parties/${party.id}/read`, { purpose: '回访履行情况', fields: ['name'] })).json(),
      ),
    );
    expect(names.map(({ name }) => name).sort()).toEqual(['赵甲', '钱乙']);
    const logs = await Promise.all(queryCodes.map(async (code) => (await call('anonymous', `/receipts/${code}/access-log`)).json()));
    for (const log of logs) expect(JSON.stringify(log)).toContain('回访履行情况');
  });

  test('read the matter with their own codes, not each other’s names, and may leave while it goes on', async () => {
    const { id, queryCodes } = await register({ outcome: 'goesOn' });
    const seen = await call('anonymous', `/receipts/${queryCodes[1]}`);
    expect(seen.statusCode, seen.body).toBe(200);
    expect(seen.body).not.toContain('赵甲');
    expect(seen.json<CaseView>().stageLabel.zh).toBe('正在调解，您可以随时退出');
    const left = await call('anonymous', `/receipts/${queryCodes[1]}/consents`, { commandId: v7(), agrees: false });
    expect(left.statusCode, left.body).toBe(200);
    expect((await viewOf(people.mediatorA, id)).stage).toBe('withdrawn');
  });
});

describe('nobody is mediated who does not want to be', () => {
  const asked = async (): Promise<{ id: string; queryCodes: string[]; sides: string[] }> => {
    const { id, queryCodes } = await register({ outcome: 'asks', agreement: undefined, mediatedOn: '2026-09-01' });
    const seen = (await call(people.mediatorA, `/disputes/${id}/consents`)).json<ConsentsView>();
    expect(seen).toMatchObject({ everybodyAgreed: false, sides: [{ own: false }, { own: false }] });
    return { id, queryCodes: [...queryCodes], sides: seen.sides.map(({ partyId }) => partyId) };
  };
  const saying = (partyId: string | undefined, more: object = {}) => ({
    commandId: v7(),
    partyId,
    agrees: true,
    how: 'telephone',
    on: '2026-09-08',
    ...more,
  });

  test('the last yes opens the choice of a mediator, with the day to mediate by; sent again it is the same', async () => {
    const { id, queryCodes, sides } = await asked();
    expect((await call(people.mediatorA, `/disputes/${id}/consents`, saying(sides[0], { on: '2026-12-01' }))).json().code).toBe(
      'dateInFuture',
    );
    expect((await call(people.mediatorA, `/disputes/${id}/consents`, saying(sides[0], { on: '2026-08-31' }))).json().code).toBe(
      'saidBeforeReceived',
    );
    expect((await call(people.mediatorA, `/disputes/${id}/consents`, saying(v7()))).json().code).toBe('unknownParty');
    const first = saying(sides[0]);
    const told = await call(people.mediatorA, `/disputes/${id}/consents`, first);
    expect([told.statusCode, told.json().everybodyAgreed], told.body).toEqual([200, false]);
    expect((await call(people.mediatorA, `/disputes/${id}/consents`, first)).json()).toEqual(told.json());
    const own = (await call('anonymous', `/receipts/${queryCodes[1]}/consents`)).json<ConsentsView>();
    expect(own.sides.map(({ answer, how, own: mine }) => [answer, how, mine])).toEqual([
      ['agreed', 'telephone', false],
      [undefined, undefined, true],
    ]);
    const said = await call('anonymous', `/receipts/${queryCodes[1]}/consents`, { commandId: v7(), agrees: true });
    expect([said.statusCode, said.json().everybodyAgreed], said.body).toEqual([200, true]);
    const view = await viewOf(people.mediatorA, id);
    expect([view.stage, running(view)]).toEqual(['choosing', { mediation: '2026-10-30', choosing: '2026-10-09' }]);
  });

  test('the days count from the last word that was said, in whatever order it is written down', async () => {
    const { id, sides } = await asked();
    for (const [index, on] of ['2026-09-29', '2026-09-08'].entries())
      expect((await call(people.mediatorA, `/disputes/${id}/consents`, saying(sides[index], { on }))).statusCode).toBe(200);
    // Thirty days from the 29th of September.
    expect(running(await viewOf(people.mediatorA, id)).mediation).toBe('2026-10-29');
  });

  test('who says yes on the spot need not be asked again: with all of them the choice is open at once', async () => {
    const parties: NewDispute['parties'] = [{ name: '赵甲', agrees: true }, { name: '钱乙' }];
    const one = await register({ outcome: 'asks', agreement: undefined, parties });
    expect((await viewOf(people.mediatorA, one.id)).stage).toBe('consulting');
    expect((await call('anonymous', `/receipts/${one.queryCodes[1]}/consents`)).json<ConsentsView>().sides[0]?.answer).toBe('agreed');
    const both = await register({ outcome: 'asks', agreement: undefined, parties: parties.map((party) => ({ ...party, agrees: true })) });
    expect((await viewOf(people.mediatorA, both.id)).stage).toBe('choosing');
    expect((await call(people.mediatorA, `/disputes/${both.id}/consents`)).json<ConsentsView>().everybodyAgreed).toBe(true);
  });

  test('a no ends it, the other ways having been told; who said yes before takes it back', async () => {
    const { id, queryCodes, sides } = await asked();
    const untold = await call(people.mediatorA, `/disputes/${id}/consents`, saying(sides[1], { agrees: false }));
    expect([untold.statusCode, untold.json().code]).toEqual([422, 'fieldMissing']);
    const no = await call(people.mediatorA, `/disputes/${id}/consents`, saying(sides[1], { agrees: false, ways: '可以向人民法院起诉' }));
    expect(no.json<ConsentsView>().sides[1]?.answer).toBe('refused');
    expect((await viewOf(people.mediatorA, id)).stage).toBe('unsettled');
    expect((await call('anonymous', `/receipts/${queryCodes[0]}/consents`, { commandId: v7(), agrees: true })).json().code).toBe(
      'wrongStage',
    );

    const other = await asked();
    await call('anonymous', `/receipts/${other.queryCodes[0]}/consents`, { commandId: v7(), agrees: true });
    const back = await call('anonymous', `/receipts/${other.queryCodes[0]}/consents`, { commandId: v7(), agrees: false });
    expect(back.json<ConsentsView>().sides[0]).toMatchObject({ answer: 'withdrawn', how: 'portal', own: true });
    expect((await viewOf(people.mediatorA, other.id)).stage).toBe('withdrawn');
  });
});

describe('who mediates', () => {
  const put = (caller: Caller, id: string, more: object) =>
    server.as(caller, {
      method: 'PUT',
      url: `/api/v1/mediators/${id}`,
      body: {
        commandId: v7(),
        organizationId: organizations.mediationA.organizationId,
        kinds: ['neighbour'],
        languages: ['粤语'],
        filingNumber: '甲人调备〔2026〕1号',
        available: true,
        ...more,
      },
    });
  const [first, second] = [v7(), v7()];
  const ofCommittee = async (): Promise<MediatorsView> => (await call(people.mediationHeadA, '/mediators')).json();
  beforeAll(async () => {
    const a = { personId: people.mediatorA.personId, name: '何青', home: '翠竹苑三栋', phone: '13700000001' };
    expect((await put(people.mediatorA, first, a)).statusCode).toBe(403);
    expect((await put(people.mediationHeadA, first, { ...a, personId: people.handlerA.personId })).json().code).toBe('holdsNoPost');
    expect((await put(people.mediationHeadA, first, a)).statusCode).toBe(200);
    const b = { personId: people.mediatorA2.personId, name: '罗平', court: { name: '示例法院', from: '2026-01-01' } };
    expect((await put(people.mediationHeadA, second, b)).statusCode).toBe(200);
    expect((await put(people.mediationHeadA, v7(), b)).json().code).toBe('registeredAlready');
  });

  const agreedOn = async (more: Partial<NewDispute> = {}, by: Caller = people.mediationHeadA) => {
    const parties: NewDispute['parties'] = [
      { name: '孙丙', agrees: true },
      { name: '李丁', agrees: true },
    ];
    const { id, queryCodes } = await register({ outcome: 'asks', agreement: undefined, parties, ...more }, by);
    const choose = (side: number, step: object) => call('anonymous', `/receipts/${queryCodes[side]}/choices`, { commandId: v7(), ...step });
    const appointing = (caller: Caller, mediatorId: string, despite?: string) =>
      call(caller, `/disputes/${id}/mediator`, { commandId: v7(), mediatorId, ...(despite ? { despite } : {}) });
    return { id, queryCodes, choose, appointing };
  };
  const chosenBy = ({ sides }: ChoosingView): (string | undefined)[] => sides.map(({ chosen }) => chosen);

  test('stands on a register: telephone, home and load only for its keeper', async () => {
    const [kept, read] = [await ofCommittee(), (await call(people.mediatorA, '/mediators')).json<MediatorsView>()];
    const of = (view: MediatorsView) => view.mediators.find(({ id }) => id === first)!;
    expect([of(kept).name, of(kept).home, of(kept).phone, typeof of(kept).load]).toEqual(['何青', '翠竹苑三栋', '13700000001', 'number']);
    expect([of(read).name, of(read).home, of(read).phone, of(read).load]).toEqual(['何青', undefined, undefined, undefined]);
    expect(kept.mediators.map(({ courtNow }) => courtNow)).toEqual([false, true]);
    const { rows } = await server.db.pools.maintenance.query<{ all: string }>('select string_agg(m::text, $1) as all from mediator m', [
      ' ',
    ]);
    for (const word of ['何青', '翠竹苑', '13700000001']) expect(rows[0]!.all).not.toContain(word);
  });

  test('is whom all sides choose: neither sees the other’s choice before both have made it', async () => {
    const { id, queryCodes, choose, appointing } = await agreedOn({ place: '阳光里一栋' });
    const before = (await call('anonymous', `/receipts/${queryCodes[0]}/choosing`)).json<ChoosingView>();
    expect(before.candidates.map(({ name, conflicts, load }) => [name, conflicts, load])).toEqual([
      ['何青', undefined, undefined],
      ['罗平', undefined, undefined],
    ]);
    expect((await choose(0, { step: 'chosen', mediatorId: v7() })).json().code).toBe('unknownMediator');
    expect(chosenBy((await choose(0, { step: 'chosen', mediatorId: second })).json())).toEqual([second, undefined]);
    expect(chosenBy((await call('anonymous', `/receipts/${queryCodes[1]}/choosing`)).json())).toEqual([undefined, undefined]);
    expect((await appointing(people.mediationHeadA, second)).json().code).toBe('sidesNotAgreed');
    expect((await choose(1, { step: 'chosen', mediatorId: second })).json()).toMatchObject({
      settledOn: { mediatorId: second, how: 'agreed' },
    });
    // Chosen while free, and not free today.
    const b = { personId: people.mediatorA2.personId, name: '罗平', court: { name: '示例法院', from: '2026-01-01' } };
    expect((await put(people.mediationHeadA, second, { ...b, available: false })).statusCode).toBe(200);
    expect((await appointing(people.mediationHeadA, second)).json().code).toBe('mediatorNotFree');
    await put(people.mediationHeadA, second, b);
    const appointed = await appointing(people.mediationHeadA, second);
    expect(appointed.statusCode, appointed.body).toBe(200);
    // In the hands of the one, out of those of the other.
    expect((await viewOf(people.mediatorA2, id)).stage).toBe('mediating');
    expect((await call(people.mediatorA, `/cases/${id}`)).statusCode).toBe(404);
  });

  test('is whom a side said last, also within one millisecond and whatever ids its device makes', async () => {
    const { queryCodes, choose } = await agreedOn({ place: '阳光里二栋' });
    const ids = ['ffffffff-ffff-7fff-8fff-ffffffffffff', v7(), '00000000-0000-7000-8000-000000000001'];
    for (const [n, mediatorId] of [first, second, first].entries())
      expect((await choose(0, { step: 'chosen', mediatorId, commandId: ids[n] })).statusCode).toBe(200);
    const said = async (): Promise<ChoosingView> => (await call('anonymous', `/receipts/${queryCodes[0]}/choosing`)).json();
    expect(chosenBy(await said())).toEqual([first, undefined]);
    // Sent again it changes nothing.
    await choose(0, { step: 'chosen', mediatorId: second, commandId: ids[1] });
    expect(chosenBy(await said())).toEqual([first, undefined]);
  });

  test('is asked about where something speaks against it; who steps aside is not appointed again; a challenge is the head’s to answer', async () => {
    const { id, queryCodes, choose, appointing } = await agreedOn({
      place: '翠竹苑3幢二单元',
      parties: [
        { name: '周某甲', agrees: true },
        { name: '吴某乙', agrees: true },
      ],
    });
    const naming = (mediatorId: string) =>
      call(people.mediationHeadA, `/disputes/${id}/choices`, { commandId: v7(), step: 'named', mediatorId });
    const named = (await naming(first)).json<ChoosingView>();
    expect(named.candidates.find((one) => one.id === first)?.conflicts).toEqual([{ kind: 'sameBuilding' }]);
    for (const side of [0, 1]) await choose(side, { step: 'accepted', mediatorId: first });
    expect((await appointing(people.mediationHeadA, first)).json().code).toBe('conflictAsked');
    expect((await appointing(people.mediationHeadA, first, '只是住得近')).statusCode).toBe(200);
    // The mediator finds a cousin among the sides, says so, and is out of it.
    const aside = await call(people.mediatorA, `/disputes/${id}/mediator/step-aside`, {
      commandId: v7(),
      why: 'conflict',
      note: '是楼上的表亲',
    });
    expect(aside.statusCode, aside.body).toBe(200);
    expect((await call(people.mediatorA, `/cases/${id}`)).statusCode).toBe(404);
    expect((await naming(first)).json().code).toBe('mediatorSteppedAside');
    await naming(second);
    for (const side of [0, 1]) await choose(side, { step: 'accepted', mediatorId: second });
    expect((await appointing(people.mediationHeadA, second)).statusCode).toBe(200);
    // A side asks for another, and is told why not.
    expect((await choose(0, { step: 'challenged' })).json().code).toBe('fieldMissing');
    expect((await choose(0, { step: 'challenged', why: '说话太快' })).json()).toMatchObject({ challenge: { own: true } });
    expect((await call('anonymous', `/receipts/${queryCodes[1]}/choosing`)).json<ChoosingView>().challenge).toBeUndefined();
    const answering = (caller: Caller, upheld: boolean, why?: string) =>
      call(caller, `/disputes/${id}/challenge`, { commandId: v7(), upheld, ...(why ? { why } : {}) });
    expect((await answering(people.mediatorA2, false, '不')).json().code).toBe('headDecides');
    expect((await answering(people.mediationHeadA, false, '没有利害关系')).statusCode).toBe(200);
    expect((await call('anonymous', `/receipts/${queryCodes[0]}/choosing`)).json()).toMatchObject({ refused: { why: '没有利害关系' } });
    expect((await call('anonymous', `/receipts/${queryCodes[1]}/choosing`)).json<ChoosingView>().refused).toBeUndefined();
    await choose(1, { step: 'challenged', why: '偏袒' });
    expect((await answering(people.mediationHeadA, true)).statusCode).toBe(200);
    const view = (await call(people.mediationHeadA, `/disputes/${id}/choosing`)).json<ChoosingView>();
    expect([view.stage, view.candidates.every(({ excluded }) => excluded)]).toEqual(['choosing', true]);
    // The same names as in the first quarrel of all: who has that one is asked about.
    const again = await agreedOn();
    // Whoever has no post there any more is neither chosen nor appointed.
    for (const side of [0, 1]) await again.choose(side, { step: 'chosen', mediatorId: first });
    const holding = (day: string | null) =>
      server.db.pools.maintenance.query('update post_holding set valid_to = $2 where person_id = $1', [people.mediatorA.personId, day]);
    await holding('2026-09-30');
    expect((await again.appointing(people.mediationHeadA, first)).json().code).toBe('unknownMediator');
    expect((await again.choose(0, { step: 'chosen', mediatorId: first })).json().code).toBe('unknownMediator');
    await holding(null);
    // Asked of whoever appoints, also where that quarrel is in hands they do not see: which one it is they are not told.
    const own = await agreedOn({ place: '阳光里三栋' }, people.mediatorA);
    for (const [caller, id] of [
      [people.mediationHeadA, again.id],
      [people.mediatorA, own.id],
    ] as const) {
      const asked = (await call(caller, `/disputes/${id}/choosing`)).json<ChoosingView>();
      expect(asked.candidates.find((one) => one.id === second)?.conflicts).toContainEqual({ kind: 'earlierName', side: 1 });
    }
    for (const side of [0, 1]) await own.choose(side, { step: 'chosen', mediatorId: second });
    expect((await own.appointing(people.mediatorA, second, '没有关系')).json().code).toBe('conflictAsked');
  });

  test('is asked about where they had a hand in an earlier quarrel of a side: by its telephone for certain, by its name alone where none tells them apart; the side reads that it was asked', async () => {
    const quarrelOf = (name: string, phone?: string) =>
      agreedOn({
        place: '桂花里五栋',
        parties: [
          { name, ...(phone ? { phone } : {}), agrees: true },
          { name: '冯某丁', phone: '13711110009', agrees: true },
        ],
      });
    const early = await quarrelOf('郑某丙', '13711110001');
    for (const side of [0, 1]) await early.choose(side, { step: 'chosen', mediatorId: first });
    expect((await early.appointing(people.mediationHeadA, first, '已核对')).statusCode).toBe(200);
    const helperId = v7();
    const ask = { id: helperId, role: 'coMediator', mediatorId: second, sidesTold: true, confidenceTold: true, despite: '已核对' };
    expect((await call(people.mediationHeadA, `/disputes/${early.id}/helpers`, ask)).statusCode).toBe(200);
    expect((await call(people.mediatorA2, `/me/helping/${helperId}`, { commandId: v7(), joins: true })).statusCode).toBe(200);
    // One stepped aside, the other was taken off: neither has it in hand any more.
    expect((await call(people.mediationHeadA, `/disputes/${early.id}/helpers/${helperId}/removal`, { commandId: v7() })).statusCode).toBe(
      200,
    );
    const aside = { commandId: v7(), why: 'unavailable' };
    expect((await call(people.mediationHeadA, `/disputes/${early.id}/mediator/step-aside`, aside)).statusCode).toBe(200);
    const earlier = async (id: string) =>
      (await call(people.mediationHeadA, `/disputes/${id}/choosing`))
        .json<ChoosingView>()
        .candidates.map(({ conflicts = [] }) =>
          conflicts.filter(({ kind, side }) => kind.startsWith('earlier') && side === 1).map(({ kind }) => kind),
        );
    const same = await quarrelOf('郑某丙（改名）', '13711110001');
    expect(await earlier(same.id)).toEqual([['earlierCase'], ['earlierCase']]);
    expect(await earlier((await quarrelOf('郑某丙')).id)).toEqual([['earlierName'], ['earlierName']]);
    expect(await earlier((await quarrelOf('郑某丙', '13711110002')).id)).toEqual([[], []]);
    // Looked at again on the same day it is one reading; of the other quarrel nobody reads anything.
    await earlier(same.id);
    const log = (await call('anonymous', `/receipts/${same.queryCodes[0]}/access-log`)).json<{ entries: { fields: string[] }[] }>();
    expect(log.entries.map(({ fields }) => fields)).toEqual([['earlierDispute']]);
    const { rows } = await server.db.pools.app.query(`select * from earlier_hands($1, $2, 'x', null, null, now())`, [
      same.id,
      [people.mediatorA.personId],
    ]);
    expect(rows).toEqual([]);
  });

  test('gives a side its slip anew while they have it in hand, and nobody who stepped aside nor a side does; the code before it opens nothing, and the side reads that it was made', async () => {
    const { id, queryCodes, choose, appointing } = await agreedOn({ place: '茉莉里六栋' });
    for (const side of [0, 1]) await choose(side, { step: 'chosen', mediatorId: first });
    expect((await appointing(people.mediationHeadA, first, '已核对')).statusCode).toBe(200);
    const { sides } = (await call(people.mediatorA, `/disputes/${id}/consents`)).json<ConsentsView>();
    const { partyId } = sides[1]!;
    const slipBy = (caller: Caller, more: object = {}) =>
      call(caller, `/disputes/${id}/slips`, { commandId: v7(), partyId, why: 'lost', ...more });
    for (const caller of [people.mediatorA2, people.dispatcherA, people.leaderA, people.administrator, people.residentA])
      expect([403, 404]).toContain((await slipBy(caller)).statusCode);
    expect((await slipBy('anonymous')).statusCode).toBe(401);
    expect((await slipBy(people.mediatorA, { partyId: v7() })).json().code).toBe('unknownParty');
    // Somebody who found the old slip took the matter in.
    expect((await call(people.residentB, '/me/cases', { code: queryCodes[1] })).statusCode).toBe(200);
    const asked = { commandId: v7() };
    const made = (await slipBy(people.mediatorA, asked)).json<{ queryCode: string }>();
    expect((await slipBy(people.mediatorA, asked)).json()).toEqual(made);
    expect((await slipBy(people.mediatorA, { ...asked, partyId: sides[0]!.partyId })).json().code).toBe('commandReused');
    expect((await call('anonymous', `/receipts/${queryCodes[1]}`)).statusCode).toBe(404);
    expect((await call(people.residentB, '/me/cases')).body).not.toContain(id);
    expect((await call('anonymous', `/receipts/${queryCodes[0]}`)).statusCode).toBe(200);
    const own = (await call('anonymous', `/receipts/${made.queryCode}/consents`)).json<ConsentsView>();
    expect(own.sides.map((side) => side.own)).toEqual([false, true]);
    const log = (await call('anonymous', `/receipts/${made.queryCode}/access-log`)).json<{ entries: { fields: string[] }[] }>();
    expect(log.entries.map(({ fields }) => fields)).toContainEqual(['code']);
    // What hangs on the code follows it: a link that is passed on, the list of an account.
    const { token } = (await call('anonymous', `/receipts/${made.queryCode}/share`)).json<{ token: string }>();
    expect((await call('anonymous', `/shared/${token}`)).statusCode).toBe(200);
    const kept = (await call(people.residentA, '/me/cases', { code: made.queryCode })).json<{
      cases: { id: string; queryCode: string }[];
    }>();
    expect(kept.cases.find((one) => one.id === id)?.queryCode).toBe(made.queryCode);
    // It is on the record, without the code, and no side is told of the other's.
    const { record } = (await call(people.mediatorA, `/cases/${id}`)).json<CaseView>();
    expect(record.filter(({ type }) => type === 'code.renewed')).toHaveLength(1);
    expect((await call('anonymous', `/receipts/${queryCodes[0]}`)).body).not.toContain('code.renewed');
    const { rows } = await server.db.pools.maintenance.query<{ n: number }>(
      'select count(*)::int as n from events where case_id = $1 and position($2 in header) > 0',
      [id, made.queryCode],
    );
    expect(rows[0]!.n).toBe(0);
    // Whoever stepped aside makes none, nor is told the one they made.
    await call(people.mediatorA, `/disputes/${id}/mediator/step-aside`, { commandId: v7(), why: 'unavailable' });
    expect((await slipBy(people.mediatorA)).statusCode).toBe(404);
    expect((await slipBy(people.mediatorA, asked)).statusCode).toBe(404);
    // Nor does the one they hold open anything; the other side's, which the head had registered, stays good.
    expect((await call('anonymous', `/receipts/${made.queryCode}`)).statusCode).toBe(404);
    expect((await call('anonymous', `/receipts/${queryCodes[0]}`)).statusCode).toBe(200);
    expect((await call(people.residentA, '/me/cases')).body).not.toContain(id);
    const { queryCode } = (await slipBy(people.mediationHeadA)).json<{ queryCode: string }>();
    const { entries } = (await call('anonymous', `/receipts/${queryCode}/access-log`)).json<{ entries: { fields: string[] }[] }>();
    expect(entries.map(({ fields }) => fields)).toContainEqual(['codeVoid']);
  });

  test('and whoever registered it keeps no code of a side when they step aside; the account that took it in by such a code neither', async () => {
    const { id, queryCodes } = await register({ outcome: 'goesOn', agreement: undefined });
    expect((await call(people.residentB, '/me/cases', { code: queryCodes[0] })).statusCode).toBe(200);
    const commandId = v7();
    const aside = () => call(people.mediatorA, `/disputes/${id}/mediator/step-aside`, { commandId, why: 'unavailable' });
    expect((await aside()).statusCode).toBe(200);
    for (const code of queryCodes) expect((await call('anonymous', `/receipts/${code}`)).statusCode).toBe(404);
    expect((await call(people.residentB, '/me/cases')).body).not.toContain(id);
    // What a head made for them since is theirs, also where a head says it for somebody once more.
    const { sides } = (await call(people.mediationHeadA, `/disputes/${id}/consents`)).json<ConsentsView>();
    const made = await call(people.mediationHeadA, `/disputes/${id}/slips`, {
      commandId: v7(),
      partyId: sides[0]!.partyId,
      why: 'missing',
    });
    expect((await call('anonymous', `/receipts/${made.json<{ queryCode: string }>().queryCode}`)).statusCode).toBe(200);
  });

  test('a second mediator who leaves keeps no code they made', async () => {
    const { id, queryCodes, choose, appointing } = await agreedOn({ place: '茉莉里七栋' });
    for (const side of [0, 1]) await choose(side, { step: 'chosen', mediatorId: first });
    expect((await appointing(people.mediationHeadA, first, '已核对')).statusCode).toBe(200);
    const helperId = v7();
    const ask = { id: helperId, role: 'coMediator', mediatorId: second, sidesTold: true, confidenceTold: true, despite: '已核对' };
    expect((await call(people.mediationHeadA, `/disputes/${id}/helpers`, ask)).statusCode).toBe(200);
    const answer = (joins: boolean) => call(people.mediatorA2, `/me/helping/${helperId}`, { commandId: v7(), joins });
    expect((await answer(true)).statusCode).toBe(200);
    const { sides } = (await call(people.mediatorA2, `/disputes/${id}/consents`)).json<ConsentsView>();
    const made = await call(people.mediatorA2, `/disputes/${id}/slips`, { commandId: v7(), partyId: sides[1]!.partyId, why: 'lost' });
    const { queryCode } = made.json<{ queryCode: string }>();
    expect((await call('anonymous', `/receipts/${queryCode}`)).statusCode).toBe(200);
    expect((await answer(false)).statusCode).toBe(200);
    expect((await call('anonymous', `/receipts/${queryCode}`)).statusCode).toBe(404);
    expect((await call('anonymous', `/receipts/${queryCodes[0]}`)).statusCode).toBe(200);
  });
});

describe('other doors', () => {
  const told = (more: object = {}) => ({ id: v7(), kind: 'neighbour', areaId: areas.gridA11.areaId, facts: '楼上漏水', ...more });

  test('a side applies by phone, for itself or for somebody; its own yes stands, whoever is spoken for is asked', async () => {
    const apply = (more: object) =>
      call(people.residentA, '/dispute-applications', {
        ...told(),
        wish: '请赔粉刷费',
        applicant: { name: '赵某', phone: '13812345678' },
        others: [{ name: '钱某' }],
        ...more,
      });
    const made = await apply({});
    expect(made.statusCode, made.body).toBe(201);
    const { id, queryCode } = made.json<{ id: string; queryCode: string }>();
    const row = (await listed(people.mediationHeadA)).find((one) => one.id === id);
    expect(row).toMatchObject({ stage: 'registered', origin: 'applied', mine: false });
    expect((await viewOf(people.mediationHeadA, id)).text).toBe('楼上漏水\n\n请赔粉刷费');
    const own = (await call('anonymous', `/receipts/${queryCode}/consents`)).json<ConsentsView>();
    expect(own.sides.map(({ answer, own: mine }) => [answer, mine])).toEqual([
      ['agreed', true],
      [undefined, false],
    ]);
    // The other side's yes is the last one, also before anybody at the desk has asked.
    const [, otherSide] = own.sides;
    const yes = { commandId: v7(), partyId: otherSide!.partyId, agrees: true, how: 'telephone', on: '2026-09-30' };
    expect((await call(people.mediationHeadA, `/disputes/${id}/consents`, yes)).statusCode).toBe(200);
    expect((await viewOf(people.mediationHeadA, id)).stage).toBe('choosing');
    // In the account of whoever applied while signed in.
    expect((await call(people.residentA, '/me/cases')).body).toContain(queryCode);
    const spoken = await apply({ behalfOf: { name: '赵老太', consented: true } });
    const { id: other, queryCode: code } = spoken.json<{ id: string; queryCode: string }>();
    const sides = (await call(people.mediationHeadA, `/disputes/${other}/consents`)).json<ConsentsView>().sides;
    expect(sides.map(({ answer, spokenFor }) => [answer, spokenFor])).toEqual([
      [undefined, true],
      [undefined, false],
    ]);
    // The code of whoever is spoken for reads, and binds nobody.
    expect((await call('anonymous', `/receipts/${code}/choosing`)).statusCode).toBe(200);
    for (const [door, body, word] of [
      ['consents', { agrees: true }, 'saysItself'],
      ['choices', { step: 'left' }, 'saysItself'],
      // 民事诉讼法 第六十二条: to leave takes a special authorisation, by no other way either.
      ['consents', { agrees: false }, 'leavesItself'],
      ['actions', { action: 'leave', version: 1 }, 'actionHasOwnDoor'],
    ] as const) {
      const refused = await call('anonymous', `/receipts/${code}/${door}`, { commandId: v7(), ...body });
      expect([refused.statusCode, refused.json().code]).toEqual([409, word]);
    }
    expect((await apply({ areaId: areas.communityB1.areaId })).json().code).toBe('noCommittee');
  });

  test('a court’s time runs from its transfer; the result goes back by one of eight words, once', async () => {
    const parties: NewDispute['parties'] = [
      { name: '赵甲', agrees: true },
      { name: '钱乙', agrees: true },
    ];
    const referral = { sender: 'courtSummary', number: '（2026）示0001号', receivedOn: '2026-09-28', fileConsent: true } as const;
    const asks = { outcome: 'asks', agreement: undefined, parties, referral } as const;
    expect((await call(people.mediationHeadA, '/disputes', dispute({ ...asks, origin: 'applied' }))).json().code).toBe('fieldUnfit');
    const { id } = await register({ ...asks, origin: 'referred' }, people.mediationHeadA);
    // Seven days from the 28th end on 5 October, a holiday.
    expect(running(await viewOf(people.mediationHeadA, id)).mediation).toBe('2026-10-08');
    const owed = async () =>
      (await call(people.mediationHeadA, '/disputes/referrals'))
        .json<{ referrals: ReferralRow[] }>()
        .referrals.find((row) => row.id === id);
    expect(await owed()).toMatchObject({ sender: 'courtSummary', dueOn: '2026-10-08', results: [], senderNumber: '（2026）示0001号' });
    const report = (result: string) => call(people.mediationHeadA, `/disputes/${id}/report`, { result, how: 'written', on: '2026-09-30' });
    expect((await report('agreed')).json().code).toBe('resultUnfit');
    const { version } = await viewOf(people.mediationHeadA, id);
    await call(people.mediationHeadA, `/cases/${id}/actions`, {
      commandId: v7(),
      action: 'recordLeaving',
      version,
      input: { by: 'one', ways: '可以起诉' },
    });
    expect((await owed())?.results).toContain('unwilling');
    expect((await report('unwilling')).json()).toEqual({
      id,
      number: '（2026）示0001号',
      receivedOn: '2026-09-28',
      dueOn: '2026-10-08',
      result: 'unwilling',
      reportedOn: '2026-09-30',
    });
    expect([(await report('unwilling')).statusCode, (await report('apart')).json().code]).toEqual([200, 'reportedAlready']);
  });

  test('a report of our own is passed on: it says that it goes on elsewhere and not where, and its office reads the result alone', async () => {
    const filed = await call('anonymous', '/cases', { id: v7(), text: '楼上漏水，物业不管', areaId: areas.gridA11.areaId });
    const { id: order, queryCode } = filed.json<{ id: string; queryCode: string }>();
    const body = { commandId: v7(), ...told(), parties: [{ name: '赵甲' }, { name: '钱乙' }], consented: true };
    // Sent twice at once, as a telephone does: both are answered, and one dispute is there.
    const [passed, twin] = await Promise.all([0, 1].map(() => call(people.dispatcherA, `/cases/${order}/mediation`, body)));
    expect([passed!.statusCode, twin!.statusCode], `${passed!.body} ${twin!.body}`).toEqual([200, 200]);
    expect((await call(people.dispatcherA, `/cases/${order}/mediation`, body)).json()).toEqual(passed!.json());
    const seen = await call(people.dispatcherA, `/cases/${order}`);
    expect(seen.body).toContain('已另行办理');
    // Its area reads the case, and search finds its words: none of them tells of a dispute.
    for (const who of [people.dispatcherA, people.dispatcherA2, people.leaderA])
      expect((await call(who, `/cases/${order}`)).body).not.toMatch(new RegExp(`调解|纠纷|${body.id}`, 'u'));
    // Its reporter alone reads where it went.
    const own = (await call('anonymous', `/receipts/${queryCode}`)).json<CaseView>();
    expect(own.record.map(({ label }) => label.zh).filter((words) => words.includes('已转矛盾纠纷调解'))).toHaveLength(1);
    expect(JSON.stringify(own)).not.toContain(body.id);
    expect((await call(people.dispatcherA, `/cases/${body.id}`)).statusCode).toBe(404);
    expect((await call(people.dispatcherA2, `/cases/${order}`)).body).not.toContain(body.id);
    const row = (await call(people.mediationHeadA, '/disputes/referrals'))
      .json<{ referrals: ReferralRow[] }>()
      .referrals.find(({ id }) => id === body.id);
    expect(row).toMatchObject({ sender: 'hotline', dueOn: '2026-10-30' });
  });

  test('what is too much for a committee goes up one tier, with its record; its mediator is out of it', async () => {
    const { id } = await register({ outcome: 'goesOn', agreement: undefined });
    const centres = async () => (await call(people.mediatorA, `/disputes/${id}/centres`)).json().centres;
    expect(await centres()).toEqual([]);
    const [organizationId, postId] = [v7(), v7()];
    const { maintenance } = server.db.pools;
    await maintenance.query(
      "insert into organization (organization_id, kind, name, area_id, valid_from) values ($1, 'centre', $2, $3, '2020-01-01')",
      [organizationId, { zh: '示例市调解中心' }, areas.city.areaId],
    );
    await maintenance.query(
      "insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'mediationHead', $4, '2020-01-01')",
      [postId, organizationId, areas.city.areaId, { zh: '市调解中心主任' }],
    );
    await maintenance.query("insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $1, $2, '2020-01-01')", [
      postId,
      people.verifierA.personId,
    ]);
    await server.deps.reload();
    expect(await centres()).toEqual([{ id: organizationId, label: { zh: '示例市调解中心' } }]);
    expect((await call(people.verifierA, `/cases/${id}`)).statusCode).toBe(404);
    const up = (to: string) =>
      call(people.mediatorA, `/disputes/${id}/send-up`, { commandId: v7(), to, why: 'manyParties', note: '涉及三户' });
    expect((await up(organizations.mediationA.organizationId)).json().code).toBe('notTheNextTier');
    expect((await up(organizationId)).statusCode).toBe(200);
    const standing = async () => (await call(people.verifierA, `/disputes/${id}/choosing`)).json<ChoosingView>();
    expect((await call(people.mediatorA, `/cases/${id}`)).statusCode).toBe(404);
    expect((await viewOf(people.verifierA, id)).text).toBe('楼上漏水，楼下天花板发霉');
    // Its head has it in hand from now on; the sides choose anew, among the mediators of the centre.
    expect(await standing()).toMatchObject({ stage: 'choosing', candidates: [], sides: [{ left: false }, { left: false }] });
    const { version } = await viewOf(people.verifierA, id);
    const left = { commandId: v7(), action: 'recordLeaving', version, input: { by: 'one', ways: '可以起诉' } };
    const ended = await call(people.verifierA, `/cases/${id}/actions`, left);
    expect(ended.statusCode, ended.body).toBe(200);
  });
});

test('以案定补: what ended in a month, priced by what the locality set, for who heads the committee; nothing of sides, and of nobody else’s', async () => {
  const amounts = {
    oral: { ordinary: 5000, difficult: 10_000 },
    written: { ordinary: 20_000, difficult: 50_000 },
    unsettled: { ordinary: 1000, difficult: 1000 },
  };
  const rates = { id: v7(), areaId: areas.townA.areaId, from: '2026-01', source: '某镇文件', amounts, manySides: 3, needsFile: false };
  const set = (caller: Caller, more: object = {}) => call(caller, '/disputes/subsidy/rates', { ...rates, ...more });
  expect([(await set(people.mediationHeadA)).statusCode, (await set(people.leaderA)).statusCode]).toEqual([403, 403]);
  expect((await set(people.justiceOfficer)).statusCode).toBe(201);
  expect([(await set(people.justiceOfficer)).statusCode, (await set(people.justiceOfficer, { manySides: 4 })).json().code]).toEqual([
    201,
    'idTaken',
  ]);
  await register({ parties: [{ name: '赵甲' }, { name: '钱乙' }, { name: '孙丙' }] });
  const month = instantToLocalDate(server.deps.clock.now().toISOString()).slice(0, 7);
  const sheet = (caller: Caller) => call(caller, `/disputes/subsidy/xlsx?month=${month}`);
  for (const other of [people.mediatorA, people.leaderA, people.justiceOfficer]) expect((await sheet(other)).statusCode).toBe(403);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await sheet(people.mediationHeadA)).rawPayload as unknown as ArrayBuffer);
  const lines: string[][] = [];
  workbook.worksheets[0]!.eachRow((row) => void lines.push((row.values as unknown[]).slice(1).map(String)));
  const text = JSON.stringify(lines);
  for (const word of ['赵甲', '钱乙', '孙丙', 'TJ', '楼上']) expect(text).not.toContain(word);
  // Of three sides, by word of mouth: difficult here.
  const line = lines.find((cells) => cells.includes('口头协议') && cells.includes('疑难'))!;
  expect(line.slice(-2).map(Number)).toEqual([100, 100 * Number(line.at(-3))]);
  const sum = (of: readonly string[][]): number => of.reduce((all, cells) => all + Number(cells.at(-1)), 0);
  const counted = lines.filter((cells) => /协议|不成/u.test(cells[3] ?? ''));
  expect(Number(lines.at(-1)!.at(-1))).toBe(sum(counted));
  // The same on the page, for the same people.
  const page = (caller: Caller, of = month) => call(caller, `/disputes/subsidy?month=${of}`);
  for (const other of [people.mediatorA, people.leaderA, people.justiceOfficer]) expect((await page(other)).statusCode).toBe(403);
  const shown = await page(people.mediationHeadA);
  for (const word of ['赵甲', '钱乙', '孙丙', 'TJ', '楼上']) expect(shown.body).not.toContain(word);
  const { lines: rows, total } = shown.json<SubsidyMonth>();
  expect(rows.map(({ cases, amount }) => [cases, amount! / 100])).toEqual(
    counted.map((cells) => [Number(cells.at(-3)), Number(cells.at(-1))]),
  );
  expect(total).toEqual({ cases: Number(lines.at(-1)!.at(-3)), amount: Number(lines.at(-1)!.at(-1)) * 100 });
  expect((await page(people.mediationHeadA, '2020-01')).json()).toEqual({ lines: [], total: { cases: 0 } });
});

test('sides are counted the same on every page, in the order they were written down', async () => {
  // Of ids that stand the other way round.
  const id = Array.from({ length: 200 }, () => v7()).find((one) => partyIdOf(one, 0) > partyIdOf(one, 1))!;
  await register({ id });
  expect((await viewOf(people.mediatorA, id)).parties.map((party) => party.id)).toEqual([partyIdOf(id, 0), partyIdOf(id, 1)]);
});

describe('what was agreed by word of mouth', () => {
  test('is followed up: performed, or not, with the way to the court told', async () => {
    const { id } = await register({ outcome: 'byDay', performBy: '2026-10-20' });
    const before = await viewOf(people.mediatorA, id);
    expect([before.stage, running(before)]).toEqual(['promised', { performance: '2026-10-20' }]);
    expect((await listed(people.mediatorA)).find((row) => row.id === id)?.dueOn).toBe('2026-10-20');
    const act = await call(people.mediationHeadA, `/cases/${id}/actions`, {
      commandId: v7(),
      action: 'recordBreach',
      version: before.version,
      input: { ways: '可以向人民法院起诉' },
    });
    expect(act.statusCode, act.body).toBe(200);
    expect((await viewOf(people.mediatorA, id)).stage).toBe('broken');
  });

  test('is printed as the record of an oral agreement, with room for names and no name in it', async () => {
    const { id } = await register({ outcome: 'byDay', performBy: '2026-10-20' });
    const papers = (await call(people.mediatorA, `/cases/${id}/documents`)).json();
    expect(papers.offered.map(({ kind }: { kind: string }) => kind)).toEqual(['oralAgreement', 'minutes']);
    const draft = (await call(people.mediatorA, `/cases/${id}/documents/draft?kind=oralAgreement`)).json();
    const documentId = v7();
    const issued = await call(people.mediatorA, `/cases/${id}/documents`, { commandId: v7(), documentId, kind: 'oralAgreement', draft });
    expect(issued.statusCode, issued.body).toBe(201);
    const { rows } = await server.db.pools.maintenance.query<{ event_no: number }>(
      "select event_no from events where case_id = $1 and type = 'document.issued'",
      [id],
    );
    expect(rows).toHaveLength(1);
    const word = await call(people.mediatorA, `/cases/${id}/documents/${documentId}/docx`);
    expect([word.statusCode, word.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    const svg = await call(people.mediatorA, `/cases/${id}/documents/preview`, { kind: 'oralAgreement', draft });
    expect([svg.statusCode, svg.body.includes('赵甲')]).toEqual([200, false]);
    expect((await call(people.mediatorA2, `/cases/${id}/documents/${documentId}/docx`)).statusCode).toBe(404);
  });
});

/** Invented where the real set is not lent; where everything is to be tested it is (import/sets.test.ts asks). */
const narratives = (): readonly string[] => {
  const file = (name: string): string => join(REAL, 'disputes', name);
  if (!existsSync(file('mediation-cases.json')))
    return ['楼上改了水管，楼下的墙面渗水，\n双方各执一词。', `“两家”争一堵墙：${'老墙多年失修。'.repeat(300)}`];
  const cases = JSON.parse(readFileSync(file('mediation-cases.json'), 'utf8')) as { text: string }[];
  const sentences = JSON.parse(readFileSync(file('lawbench-dispute-focus.json'), 'utf8')) as { question: string }[];
  return [...cases.map(({ text }) => text), ...sentences.filter((_, n) => n % 25 === 0).map(({ question }) => question)];
};

describe('narratives of real quarrels', () => {
  test('are taken whole, told to their mediator word for word, and found by nobody else', async () => {
    for (const facts of narratives()) {
      const { id } = await register({ facts, outcome: 'goesOn', agreement: undefined });
      expect((await viewOf(people.mediatorA, id)).text).toBe(facts);
    }
    await settleFeed(
      server.deps,
      manifests.flatMap((manifest) => manifest.consumers ?? []),
    );
    for (const words of narratives().map((text) => text.replace(/\s/g, '').slice(20, 26)))
      for (const caller of [people.leaderA, people.mediatorA2]) {
        const found = await call(caller, `/cases?q=${encodeURIComponent(words)}`);
        expect([found.statusCode, found.json<CasePage>().rows], found.body).toEqual([200, []]);
      }
  });
});

/** The lines of the monthly report, without numbers of rows. */
const reportOf = async (month: string): Promise<unknown[][]> => {
  const report = await call(people.justiceOfficer, `/disputes/report/xlsx?month=${month}`);
  expect(report.statusCode, report.body).toBe(200);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(report.rawPayload as unknown as ArrayBuffer);
  return workbook.worksheets[0]!.getSheetValues().flatMap((row) => (Array.isArray(row) ? [row.slice(1)] : []));
};

describe('figures', () => {
  const figures = (node: Released): Record<string, number | undefined> =>
    Object.assign({ [node.id]: node.count }, ...node.parts.flat().map(figures));

  test('are exact for the justice office, withheld where small for everybody, and never move once released', async () => {
    const JULY = '2026-07-15';
    for (let n = 0; n < 7; n++) await register({ mediatedOn: JULY });
    for (let n = 0; n < 2; n++) await register({ mediatedOn: JULY, kind: 'family', areaId: areas.communityA2.areaId });
    for (let n = 0; n < 6; n++) await register({ mediatedOn: JULY, areaId: areas.communityB1.areaId });
    const counts = (await call(people.justiceOfficer, '/disputes/counts?month=2026-07')).json().counts as { kind: string; cases: number }[];
    expect(counts.reduce((sum, { cases }) => sum + cases, 0)).toBe(15);
    expect(counts.filter(({ kind }) => kind === 'family').map(({ cases }) => cases)).toEqual([2]);

    const lines = await reportOf('2026-07');
    // Accepted, applied for, offered, referred, parties, settled, by word of mouth, in writing, performed, not performed, unsettled, confirmation.
    expect(lines.filter(([first]) => first === '甲镇人民调解委员会')).toEqual([
      ['甲镇人民调解委员会', expect.any(String), 2, 2, 0, 0, 4, 2, 2, 0, 2, 0, 0, 0],
      ['甲镇人民调解委员会', expect.any(String), 13, 13, 0, 0, 26, 13, 13, 0, 13, 0, 0, 0],
    ]);
    expect(lines.at(-1)?.slice(2, 3)).toEqual([15]);
    expect((await call(people.justiceOfficer, '/disputes/releases', { month: '2026-09' })).json().code).toBe('monthNotOver');
    const made = await call(people.justiceOfficer, '/disputes/releases', { month: '2026-07' });
    expect(made.statusCode, made.body).toBe(201);
    const told = figures(made.json<DisputeRelease>().figures);
    expect(told).toMatchObject({ [areas.city.areaId]: 15, [areas.townA.areaId]: 9, [areas.townB.areaId]: 6 });
    // Two in A2 are small; what A1 had would tell them.
    expect([told[areas.communityA1.areaId], told[areas.communityA2.areaId]]).toEqual([undefined, undefined]);
    expect([told.family, told.neighbour]).toEqual([undefined, undefined]);

    await register({ mediatedOn: JULY, areaId: areas.communityA2.areaId });
    expect((await call(people.justiceOfficer, '/disputes/releases', { month: '2026-07' })).json()).toEqual(made.json());
    const forAll = (await call('anonymous', '/disputes/releases')).json<{ releases: DisputeRelease[] }>().releases;
    expect(forAll).toEqual([made.json()]);
  });

  test('of the report count what was accepted and each outcome in the month of its own day', async () => {
    const of = async (month: string) =>
      (await reportOf(month)).find(([body, kind]) => body === '甲镇人民调解委员会' && kind === '医疗')?.slice(2) ?? [];
    const asked = { kind: 'medical', outcome: 'goesOn', agreement: undefined } as const;
    const [settled, left] = [
      await register({ ...asked, mediatedOn: '2026-08-28' }),
      await register({ ...asked, mediatedOn: '2026-08-29' }),
    ];
    // Written down a month late together with its end: both are of the day it was mediated.
    await register({ kind: 'medical', mediatedOn: '2026-08-30' });
    server.deps.clock.set(new Date(server.deps.clock.now().getTime() + 60_000).toISOString());
    const act = async (id: string, action: string, input: object) => {
      const { version } = await viewOf(people.mediatorA, id);
      const acted = await call(people.mediatorA, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
      expect(acted.statusCode, acted.body).toBe(200);
    };
    await act(settled.id, 'settleByDay', { agreement: '付清药费', performBy: '2026-10-20' });
    await act(settled.id, 'confirmPerformed', {});
    await act(left.id, 'endUnsettled', { ways: '可以起诉' });
    // Accepted, applied for, offered, referred, parties, settled, by word of mouth, in writing, performed, not performed, unsettled, confirmation.
    expect(await of('2026-08')).toEqual([3, 3, 0, 0, 6, 1, 1, 0, 1, 0, 0, 0]);
    expect(await of('2026-09')).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 0]);
  });

  test('are counted below one’s own area only, and a town releases nothing beside the whole', async () => {
    const { maintenance } = server.db.pools;
    const postId = v7();
    await maintenance.query(
      "insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'justiceOfficer', $4, '2020-01-01')",
      [postId, organizations.centreB.organizationId, areas.townB.areaId, { zh: '乙镇司法所统计员' }],
    );
    await maintenance.query("insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $1, $2, '2020-01-01')", [
      postId,
      people.verifierB.personId,
    ]);
    const counts = (await call(people.verifierB, '/disputes/counts?month=2026-07')).json().counts as { cases: number }[];
    expect(counts.map(({ cases }) => cases)).toEqual([6]);
    const refused = await call(people.verifierB, '/disputes/releases', { month: '2026-07' });
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'beyondYourArea']);
  });

  test('of everything else hold nothing of it, and the record verifies', async () => {
    const { rows } = await server.db.pools.maintenance.query("select 1 from case_count where procedure_id = 'mediation'");
    expect(rows).toEqual([]);
    expect(await verifyStatistics(server.deps)).toMatchObject({ ok: true, differences: [] });
    expect(await verifyRecord(server.deps)).toMatchObject({ ok: true });
  });
});
