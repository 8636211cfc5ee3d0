import { Writable } from 'node:stream';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { draftOf } from '@tongxin/domain/dispute/agreement/rules.ts';
import type { AgreementView } from '@tongxin/domain/dispute/agreement/schema.ts';
import type { ConsentsView } from '@tongxin/domain/dispute/consent/schema.ts';
import type { DisputeReceipt, NewDispute } from '@tongxin/domain/dispute/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileSubjects, type Subjects } from './access.build.ts';
import { ACCESS, type Subject } from './access.table.ts';
import { findTraces, type Secret } from './confidentiality.build.ts';
import { tellDue } from './modules/clock/index.ts';

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

let server: TestServer;
let subjects: Subjects;
let lines = '';
beforeAll(async () => {
  const into = new Writable({
    write: (chunk, _encoding, done) => {
      lines += String(chunk);
      done();
    },
  });
  server = await testServer({ log: pino({ level: 'trace' }, into) });
  subjects = await fileSubjects(server);
  // Somebody outside who hears of everything in the city, and of all that the committee has.
  await server.db.pools.maintenance.query(
    `insert into webhook (webhook_id, organization_id, area_id, url, events, secret_sealed, created_by, created_at)
     select gen_random_uuid(), o, a, 'https://example.invalid/', '{case.filed,case.assigned,case.changed,case.ended,case.late}', '', $3, '2026-01-01'
     from (values ($1::uuid, $2::uuid), ($4::uuid, null)) as x(o, a)`,
    [
      WORLD.organizations.cityGovernment.organizationId,
      WORLD.areas.city.areaId,
      WORLD.people.administrator.personId,
      WORLD.organizations.mediationA.organizationId,
    ],
  );
  // The firm has a head, who is no party to what its lawyers hear.
  const headId = secretId();
  await server.db.pools.maintenance.query(
    "insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, 'bodyHead', $4, '2020-01-01')",
    [headId, WORLD.organizations.lawFirm.organizationId, WORLD.areas.city.areaId, { zh: '律所主任' }],
  );
  await server.db.pools.maintenance.query(
    "insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $1, $2, '2020-01-01')",
    [headId, WORLD.people.bodyDeputyA.personId],
  );
  await keepRegisters();
  // The day the promise is over: what of other cases is due by then was told before anything is looked at.
  server.deps.clock.set(LATER);
  await tellDue(server.deps);
});
afterAll(() => server.close());

const THEN = '2026-09-30T13:40:00.000Z';
const LATER = '2026-10-02T01:00:00.000Z';
let serial = 0;
const secretId = (): string => `5ec2e700-0000-7000-8000-${String(++serial).padStart(12, '0')}`;

const { mediatorA, mediatorA2, mediationHeadA, letterOfficerA, dispatcherA, residentB } = WORLD.people;
const say = async <T>(caller: Caller, path: string, body?: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<T> => {
  const answer = await server.as(caller, { url: `/api/v1${path}`, ...(body === undefined ? {} : { method, body }) });
  expect(answer.statusCode, `${path} ${answer.body}`).toBeLessThan(300);
  return answer.json<T>();
};
const command = () => ({ commandId: secretId() });
const sideOf = async (caseId: string): Promise<string[]> => {
  const { sides } = await say<ConsentsView>(mediationHeadA, `/disputes/${caseId}/consents`);
  return sides.map(({ partyId }) => partyId);
};

let mediators: string[];
let hearing: { readonly id: string; readonly code: string };
/** What is no secret and stands before anything is looked at: who mediates, who may be drawn, and that something is heard behind closed doors. */
const keepRegisters = async (): Promise<void> => {
  mediators = [secretId(), secretId()];
  for (const [n, { personId }] of [mediatorA, mediatorA2].entries())
    await say(
      mediationHeadA,
      `/mediators/${mediators[n]}`,
      {
        ...command(),
        organizationId: WORLD.organizations.mediationA.organizationId,
        personId,
        name: `罗${'平安'[n]}`,
        kinds: ['neighbour'],
        languages: [],
        available: true,
      },
      'PUT',
    );
  for (const n of '甲乙丙丁')
    await say(dispatcherA, `/panellists/${secretId()}`, {
      ...command(),
      areaId: WORLD.areas.townA.areaId,
      name: `听证${n}`,
      field: 'resident',
      since: '2026-01-01',
    });
  const id = secretId();
  const convened = await say<{ queryCodes: string[] }>(letterOfficerA, '/hearings', {
    id,
    matter: '一处通道的使用',
    place: '镇政府二楼',
    startsAt: '2026-10-20T01:00:00.000Z',
    evidenceBy: '2026-10-15',
    open: false,
    seats: 3,
    parties: [{ name: '司徒不存在', phone: '13900003333' }, { name: '呼延不存在' }],
    excluded: [],
  });
  hearing = { id, code: convened.queryCodes[0]! };
};

/** A promise between two neighbours, due tomorrow, that is then not kept. */
const quarrel: Secret = {
  insiders: ['mediatorA', 'mediationHeadA'],
  keep: async () => {
    const body: NewDispute = {
      id: secretId(),
      kind: 'property',
      origin: 'referred',
      areaId: WORLD.areas.communityA1.areaId,
      place: '翠竹苑六栋天台',
      facts: '欧阳家的晾衣架砸坏了端木家的遮阳棚',
      parties: [{ name: '欧阳不存在', phone: '13900001111' }, { name: '端木不存在' }],
      mediatedOn: '2026-09-29',
      outcome: 'byDay',
      agreement: '欧阳家赔偿端木家两千三百元整',
      performBy: '2026-10-01',
    };
    server.deps.clock.set(THEN);
    const made = await server.as(WORLD.people.mediatorA, { method: 'POST', url: '/api/v1/disputes', body });
    expect(made.statusCode, made.body).toBe(201);
    server.deps.clock.set(LATER);
    await tellDue(server.deps);
    return [made.json().number, '欧阳不存在', '端木不存在', '13900001111', '晾衣架', '翠竹苑六栋', '两千三百元'];
  },
};

/** Advice in law to somebody beaten at home: booked, heard and written down. */
const advice = async (): Promise<Secret> => {
  const { lawyerA, residentA } = WORLD.people;
  const ask = async (caller: typeof lawyerA, method: 'PUT' | 'POST', url: string, body: object): Promise<void> => {
    const answer = await server.as(caller, { method, url: `/api/v1${url}`, body });
    expect(answer.statusCode, answer.body).toBe(200);
  };
  const [sessionId, bookingId] = [secretId(), secretId()];
  server.deps.clock.set(THEN);
  await ask(lawyerA, 'PUT', `/reception/sessions/${sessionId}`, {
    kind: 'legal',
    way: 'phone',
    organizationId: WORLD.organizations.lawFirm.organizationId,
    postId: lawyerA.posts[0]!.postId,
    place: '律师按时打给您',
    startsAt: '2026-10-02T02:00:00.000Z',
    endsAt: '2026-10-02T04:00:00.000Z',
    minutes: 30,
    slots: 4,
  });
  server.deps.clock.set(LATER);
  return {
    insiders: ['lawyerA', 'residentA'],
    keep: async () => {
      server.deps.clock.set(THEN);
      await ask(residentA, 'PUT', `/me/bookings/${bookingId}`, {
        sessionId,
        purpose: '被丈夫打了想离婚',
        needs: [],
        companions: 0,
        name: '南宫不存在',
        otherPhone: '13900002222',
      });
      server.deps.clock.set(LATER);
      await ask(lawyerA, 'PUT', `/reception/bookings/${bookingId}/advice`, { words: '可以申请人身安全保护令' });
      return ['被丈夫打了', '南宫不存在', '13900002222', '人身安全保护令', bookingId];
    },
  };
};

const subjectOf = async (id: string, code: string): Promise<Subject> => ({
  id,
  fileId: secretId(),
  partyId: (await sideOf(id))[0]!,
  code,
  next: 'followUp',
});

/** The whole way of a dispute, with a word that gives it away in each of its places; and what one side of a hearing behind closed doors shows. */
const wholeWay = (): Secret => {
  const [id, refusedId] = [secretId(), secretId()];
  let subject: Subject;
  const insiders = ['mediatorA', 'mediationHeadA'];
  const path = `/disputes/${id}`;
  const told = {
    kind: 'neighbour',
    areaId: WORLD.areas.communityA1.areaId,
    mediatedOn: '2026-09-29',
    outcome: 'asks',
  } as const;

  /** Consent, the choice of a mediator with all that is said about it, and that one side does not want to. */
  const begin = async (): Promise<string[]> => {
    const { queryCodes, number } = await say<DisputeReceipt>(mediationHeadA, '/disputes', {
      ...told,
      id,
      origin: 'referred',
      place: '芙蓉里九栋',
      facts: '慕容家的葡萄架遮住了尉迟家的窗',
      together: '请了葡萄协会会长',
      parties: [
        { name: '慕容不存在', phone: '13900004444', agrees: true },
        { name: '尉迟不存在', phone: '13900005555', agrees: true },
      ],
      referral: { sender: 'police', body: '芙蓉里警务室', number: '芙警8848', receivedOn: '2026-09-29', fileConsent: true },
    });
    await say(mediationHeadA, '/disputes', {
      ...told,
      id: refusedId,
      origin: 'applied',
      facts: '院里的石榴树归谁',
      parties: [{ name: '令狐不存在', agrees: true }, { name: '拓跋不存在' }],
    });
    await say(mediationHeadA, `/disputes/${refusedId}/consents`, {
      ...command(),
      partyId: (await sideOf(refusedId))[1],
      agrees: false,
      how: 'telephone',
      on: '2026-09-30',
      ways: '可以找石榴仲裁',
    });
    for (const code of queryCodes)
      await say('anonymous', `/receipts/${code}/choices`, { ...command(), step: 'chosen', mediatorId: mediators[0] });
    await say(mediationHeadA, `${path}/mediator`, { ...command(), mediatorId: mediators[0], despite: '同村不同族' });
    await say('anonymous', `/receipts/${queryCodes[1]}/choices`, { ...command(), step: 'challenged', why: '罗平常去慕容家钓鱼' });
    await say(mediationHeadA, `${path}/challenge`, { ...command(), upheld: false, why: '鱼塘早已填平' });
    subject = await subjectOf(id, queryCodes[0]!);
    return [number, ...queryCodes];
  };

  /** Safety, a talk apart with its note and one of all, offers, the agreement signed, printed and photographed, and what was heard after. */
  const settle = async (codes: readonly string[]): Promise<void> => {
    const sides = (await sideOf(id)) as [string, string];
    await say(mediatorA, `${path}/safety`, { yes: ['minor'] });
    const meet = async (startsAt: string, invited: readonly string[], record: string, aloneWith?: string): Promise<string> => {
      const session = { id: secretId(), startsAt, minutes: 30, link: 'https://meet.example/zuihuang', ...(aloneWith ? { aloneWith } : {}) };
      await say(mediatorA, `${path}/sessions`, session);
      for (const partyId of invited) await say(mediatorA, `${path}/sessions/${session.id}/answers`, { partyId, accepts: true });
      server.deps.clock.set(new Date(Date.parse(startsAt) + 3_600_000).toISOString());
      const held = { attended: invited, guardian: true, recorded: false, recordingAgreedBy: [], record, result: 'goesOn' };
      await say(mediatorA, `${path}/sessions/${session.id}/holding`, held);
      return session.id;
    };
    const apart = await meet('2026-10-01T01:00:00Z', [sides[0]], '听慕容家说葡萄籽', sides[0]);
    await say(mediatorA, `${path}/sessions/${apart}/notes`, { id: secretId(), words: '底线是留下半架葡萄' });
    await meet('2026-10-01T03:00:00Z', sides, '各方量了藤高三尺三');
    const terms = [
      { kind: 'pay', by: sides[0], to: sides[1], amount: 731_900, dueOn: '2026-10-20', words: '遮光补偿' },
      { kind: 'other', by: sides[0], to: sides[1], dueOn: '2026-10-20', words: '葡萄架矮到窗台之下' },
    ] as const;
    const offer = secretId();
    await say(mediatorA, `${path}/offers`, { id: offer, by: sides[0], terms });
    await say(mediatorA, `${path}/offers/${offer}/convey`, {});
    await say('anonymous', `/receipts/${codes[1]}/offers/${offer}/answer`, { accepts: true });
    const text = {
      ...draftOf({ terms: [...terms] }, sides, '葡萄架遮窗'),
      parties: sides.map((partyId, n) => ({ partyId, name: ['慕容不存在', '尉迟不存在'][n]!, about: `住芙蓉里九栋${n + 1}号` })),
      responsibility: '慕容家种藤时没有商量',
      way: '装进红纸包当面交付',
    };
    await say(mediatorA, `${path}/text`, { after: 0, text });
    await say(mediatorA, `${path}/writing`, command());
    const { digest } = (await say<AgreementView>(mediatorA, `${path}/agreement`)).text!;
    for (const [n, name] of ['慕容不存在', '尉迟不存在'].entries()) {
      await say('anonymous', `/receipts/${codes[n]}/signature/code`, { digest });
      const code = server.deps.codes.codeFor(`+861390000${n ? '5555' : '4444'}`);
      await say('anonymous', `/receipts/${codes[n]}/signature`, { name, digest, agrees: true, code });
    }
    const [documentId, fileId] = [secretId(), secretId()];
    await say(mediatorA, `${path}/papers`, { ...command(), documentId, kind: 'agreement' });
    const page = await server.as(mediatorA, {
      method: 'PUT',
      url: `/api/v1/cases/${id}/files/${fileId}`,
      body: PIXEL,
      headers: { 'content-type': 'image/png', 'x-kind': 'document' },
    });
    expect(page.statusCode, page.body).toBeLessThan(300);
    await say(mediatorA, `/cases/${id}/documents/${documentId}/signed`, { ...command(), fileIds: [fileId] });
    await say(mediatorA, `${path}/signatures`, { documentId, signers: ['mediator', 'seal'], readBack: true });
    await say(mediatorA, `${path}/effect`, { ...command(), effectiveOn: '2026-10-01' });
    for (const code of codes) await say('anonymous', `/receipts/${code}/application`, {});
    await say(mediatorA, `${path}/confirmation`, { ...command(), ground: 'home', court: '芙蓉里人民法庭', appliedOn: '2026-10-01' });
    const { version } = await say<CaseView>(mediatorA, `/cases/${id}`);
    await say(mediatorA, `/cases/${id}/actions`, {
      ...command(),
      action: 'followUp',
      version,
      input: { followUp: '慕容家说葡萄还没卖掉' },
    });
    await say(mediationHeadA, `/cases/${id}/notes`, { ...command(), words: '请留意藤蔓再长' });
    await say(mediatorA, `${path}/report`, { result: 'agreed', how: 'telephone', on: '2026-10-01' });
  };

  const testify = async (): Promise<void> => {
    const { version } = await say<CaseView>(letterOfficerA, `/cases/${hearing.id}`);
    await say('anonymous', `/receipts/${hearing.code}/actions`, {
      ...command(),
      action: 'addEvidence',
      version,
      input: { evidenceWords: '祖传地契写着通道归司徒家' },
    });
  };

  return {
    insiders: [...insiders, 'letterOfficerA', 'letterApproverA'],
    cases: [
      { subject: () => subject, insiders },
      { subject: () => ({ ...subject, id: refusedId }), insiders: ['mediationHeadA'] },
      { subject: () => ({ ...subject, id: hearing.id, code: hearing.code }), insiders: ['letterOfficerA', 'letterApproverA'] },
    ],
    keep: async () => {
      server.deps.clock.set(THEN);
      const [number, ...codes] = await begin();
      await settle(codes);
      const lost = { ...command(), partyId: (await sideOf(id))[1], why: 'lost' };
      const { queryCode } = await say<{ queryCode: string }>(mediatorA, `${path}/slips`, lost);
      const asked = { ...command(), partyId: (await sideOf(refusedId))[1], ground: 'byRequest' };
      await say(mediationHeadA, `/disputes/${refusedId}/erasures`, asked);
      await testify();
      server.deps.clock.set(LATER);
      await tellDue(server.deps);
      return [
        ...[id, refusedId, number!, ...codes, queryCode],
        ...['慕容', '尉迟', '令狐', '拓跋', '13900004444', '13900005555', '13900003333', '司徒不存在', '呼延不存在'],
        ...['芙蓉里', '葡萄', '石榴', '芙警8848', '同村不同族', '钓鱼', '鱼塘', 'zuihuang', '三尺三', '半架'],
        ...['7319元', '柒仟叁佰壹拾玖', '遮光补偿', '红纸包', '种藤', '藤蔓', '地契'],
      ];
    },
  };
};

const ASKING = [
  'anonymous',
  'leaderA',
  'administrator',
  'dispatcherA',
  'operator',
  'bodyHeadA',
  'gridLeadA',
  'mediatorA2',
  'residentA',
  'letterOfficerA',
  'import',
];

/**
 * Two quarrels alike, hour by hour. In one of them whoever mediates writes down, between what both sides are told, all that one side is not: a talk
 * with the other alone and its note, answers about safety, an offer that was not passed on, a time called off, a note of the head.
 */
const twinOf = async (isNoted: boolean) => {
  const id = secretId();
  const path = `/disputes/${id}`;
  const at = (instant: string): void => server.deps.clock.set(instant);
  at('2026-10-02T02:00:00.000Z');
  const { number, queryCodes } = await say<DisputeReceipt>(mediatorA, '/disputes', {
    id,
    kind: 'neighbour',
    origin: 'applied',
    areaId: WORLD.areas.communityA1.areaId,
    facts: '楼道里的鞋柜',
    parties: [{ name: '双生甲' }, { name: '双生乙' }],
    mediatedOn: '2026-10-02',
    outcome: 'goesOn',
  });
  const sides = await sideOf(id);
  for (const partyId of sides)
    await say(mediatorA, `${path}/consents`, { ...command(), partyId, agrees: true, how: 'telephone', on: '2026-10-02' });
  if (isNoted) {
    at('2026-10-02T03:07:00.000Z');
    await say(mediatorA, `${path}/safety`, { yes: ['minor'] });
    const session = {
      id: secretId(),
      startsAt: '2026-10-02T06:00:00Z',
      minutes: 30,
      link: 'https://meet.example/dan',
      aloneWith: sides[1],
    };
    await say(mediatorA, `${path}/sessions`, session);
    await say(mediatorA, `${path}/sessions/${session.id}/answers`, { partyId: sides[1], accepts: true });
    at('2026-10-02T07:11:00.000Z');
    const held = { attended: [sides[1]], guardian: true, recorded: false, recordingAgreedBy: [], record: '单独谈', result: 'goesOn' };
    await say(mediatorA, `${path}/sessions/${session.id}/holding`, held);
    await say(mediatorA, `${path}/sessions/${session.id}/notes`, { id: secretId(), words: '底线' });
    const dropped = { ...session, id: secretId(), startsAt: '2026-10-03T06:00:00Z' };
    await say(mediatorA, `${path}/sessions`, dropped);
    at('2026-10-02T07:13:00.000Z');
    await say(mediatorA, `${path}/sessions/${dropped.id}/cancellation`, {});
    await say(mediatorA, `${path}/offers`, { id: secretId(), by: sides[1], terms: [{ kind: 'other', by: sides[1], words: '挪走' }] });
    await say(mediationHeadA, `/cases/${id}/notes`, { ...command(), words: '请留意' });
  }
  at('2026-10-02T08:00:00.000Z');
  const { version } = await say<CaseView>(mediatorA, `/cases/${id}`);
  await say(mediatorA, `/cases/${id}/actions`, { ...command(), action: 'coolOff', version, input: { until: '2026-10-05' } });
  if (isNoted) {
    at('2026-10-02T09:17:00.000Z');
    await say(mediationHeadA, `/cases/${id}/notes`, { ...command(), words: '再看看' });
  }
  at('2026-10-02T10:00:00.000Z');
  return { id, number, code: queryCodes[0]!, ids: [id, ...sides, ...queryCodes, number] };
};
type Twin = Awaited<ReturnType<typeof twinOf>>;

/** Everything one side reads of its quarrel, with what dates and versions each answer; ids as they stand in the list. */
const readBySide = async ({ code, ids }: Twin): Promise<[string, string][]> => {
  const routes = Object.keys(ACCESS).filter((route) => /^GET .*\/receipts\/:code(?:\/\w+)*$/u.test(route) && !route.endsWith('/share'));
  expect(routes.length).toBeGreaterThan(6);
  const read: [string, string][] = [];
  for (const route of routes) {
    const answer = await server.as('anonymous', { url: route.slice(4).replace(':code', code) });
    const { etag, 'last-modified': modified } = answer.headers;
    read.push([`${route} tags`, `${answer.statusCode} ${etag} ${modified}`]);
    read.push([route, ids.reduce((words, id, n) => words.replaceAll(id, `#${n}`), answer.body)]);
  }
  return read;
};

describe('a dispute', () => {
  test('leaves no trace with anybody but its people', { timeout: 300_000 }, async () => {
    const traces = await findTraces(server, subjects, quarrel, { asking: ASKING, listening: ['leaderA', 'dispatcherA'], log: () => lines });
    expect(traces).toEqual([]);
    const { rows } = await server.db.pools.maintenance.query<{ told: string }>(
      `select distinct p.person_id as told from notice p join cases c using (case_id) where c.confided`,
    );
    expect(rows.map(({ told }) => told).sort()).toEqual([WORLD.people.mediatorA.personId, WORLD.people.mediationHeadA.personId].sort());
    const { rows: sent } = await server.db.pools.maintenance.query(
      'select 1 from webhook_delivery d join cases c using (case_id) where c.confided',
    );
    expect(sent).toEqual([]);
  });

  test('leaves none on its whole way: consent, mediator, sessions, notes apart, offers, agreement, papers, court; nor does evidence behind closed doors', {
    timeout: 300_000,
  }, async () => {
    const asking = ['anonymous', 'leaderA', 'administrator', 'bodyHeadA', 'mediatorA2', 'justiceOfficer', 'dispatcherA', 'lawyerA'];
    const traces = await findTraces(server, subjects, wholeWay(), { asking, listening: ['leaderA'], log: () => lines });
    expect(traces).toEqual([]);
  });

  test('shows a side the same whether or not anything was noted that it is not told: in words, numbers, hours and tags, also in its own list', async () => {
    const noted = await twinOf(true);
    const plain = await twinOf(false);
    const words = (read: [string, string][]) => read.filter(([place]) => !place.endsWith(' tags'));
    const before = await readBySide(noted);
    expect(words(before)).toEqual(words(await readBySide(plain)));
    const view = JSON.parse(before.find(([route]) => route.endsWith('/receipts/:code'))![1]) as CaseView;
    expect([view.record.length, view.version, view.updatedAt]).toEqual([
      view.record.at(-1)!.no,
      view.record.length,
      view.record.at(-1)!.at,
    ]);
    // What is noted now moves no tag.
    server.deps.clock.set('2026-10-02T10:00:01.000Z');
    await say(mediationHeadA, `/cases/${noted.id}/notes`, { ...command(), words: '又记一笔' });
    server.deps.clock.set('2026-10-02T10:00:00.000Z');
    expect(await readBySide(noted)).toEqual(before);
    for (const { code } of [plain, noted]) await say(residentB, '/me/cases', { code });
    const { cases } = await say<{ cases: { id: string; filedAt: string; updatedAt: string }[] }>(residentB, '/me/cases');
    for (const { id } of [noted, plain]) {
      const own = cases.find((one) => one.id === id)!;
      expect(own.updatedAt).toBe(own.filedAt);
    }
    // To whoever mediates nothing of it is lost.
    const { record } = await say<CaseView>(mediatorA, `/cases/${noted.id}`);
    expect(record.map(({ no }) => no)).toEqual(record.map((_, n) => n + 1));
    expect(record.filter(({ type }) => type === 'session.cancelled')).toHaveLength(1);
  });

  test('and advice in law leaves none with the lawyer’s own firm, its head, the justice office or whoever administers', {
    timeout: 300_000,
  }, async () => {
    const asking = ['lawyerA2', 'bodyDeputyA', 'justiceOfficer', 'administrator'];
    expect(await findTraces(server, subjects, await advice(), { asking, listening: ['leaderA'], log: () => lines })).toEqual([]);
  });

  test('would be found out: the same asking finds an ordinary report everywhere', { timeout: 300_000 }, async () => {
    const report: Secret = {
      insiders: [],
      cases: [{ subject: () => subjects.lampA, insiders: [] }],
      keep: async () => {
        const made = await server.as('anonymous', {
          method: 'POST',
          url: '/api/v1/cases',
          body: { id: secretId(), text: '凤凰木倒伏在人行道上', areaId: WORLD.areas.communityA1.areaId },
        });
        expect(made.statusCode, made.body).toBe(201);
        return [made.json().number];
      },
    };
    const traces = await findTraces(server, subjects, report, { asking: ['dispatcherA'], listening: ['dispatcherA'], log: () => '' });
    for (const trace of [
      'changed: leaderA table cases',
      'changed: leaderA table case_count',
      'changed: dispatcherA table notice',
      'changed: dispatcherA GET /api/v1/statistics/cases',
      'changed: dispatcherA GET /api/v1/wall',
      'changed: dispatcherA takes along',
    ])
      expect(traces).toContain(trace);
    expect(traces.filter((trace) => /^dispatcherA opens GET .*\/cases\/:id$/u.test(trace))).toHaveLength(1);
    expect(traces.filter((trace) => trace.startsWith('dispatcherA hears of'))).toHaveLength(1);
    expect(traces.filter((trace) => trace.startsWith('dispatcherA finds by'))).toHaveLength(1);
  });
});
