// long: one well-formed request for each route; a route without one fails the suite
/**
 * One well-formed request for every route: who asks, where, with what. `bad-input.test.ts` spoils each in one place at a time and sends it;
 * a route without an entry fails the suite. The well-formed request itself is never sent.
 */

/** What the requests are about: a case that its lead body has in hand, somebody else's case, and the resident's receipt. */
export interface Subject {
  readonly id: string;
  readonly partyId: string;
  readonly fileId: string;
  readonly code: string;
}

export interface Good {
  /** Who of the world asks; must be somebody who gets through the door. */
  readonly as?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Speaks Open311: arguments nobody knows are passed over, refusals are the standard's. A `form` is sent instead of JSON. */
  readonly open311?: true;
  readonly form?: Readonly<Record<string, string>>;
  /** Takes bytes instead of JSON. */
  readonly bytes?: true;
  /** Parts of the path that are ids or codes: each is spoilt in turn. */
  readonly ids?: readonly string[];
  /** The client makes the ids of the path: one of nothing begins something. */
  readonly makesIds?: true;
  /** Fields of the body that may be left out. */
  readonly optional?: readonly string[];
  /** Takes no question at all; what is asked is not looked at (pages, probes). */
  readonly asksNothing?: true;
}

const uuid = (n: number): string => `badbad00-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** A well-formed id of nothing. */
export const NOWHERE = uuid(0);

const AREA = 'a0000000-0000-8000-8000-000000000002';
/** Handler A's. */
const OWN_POST = '0c000000-0000-8000-8000-000000000006';
const MEDIATORS_POST = '0c000000-0000-8000-8000-000000000029';
const OWN_BODY = '0b000000-0000-8000-8000-000000000008';
const BODY = '0b000000-0000-8000-8000-000000000010';

const action = ({ fileId }: Subject) => ({
  commandId: uuid(1),
  action: 'acknowledge',
  version: 3,
  input: {},
  fileIds: [fileId],
  occurredAt: '2026-09-30T10:00:00Z',
});
const PAPER = { title: '关于路灯的交办单', body: '请办理。', datedOn: '2026-09-30' };
const STEP = { do: 'rename', areaId: AREA, name: { zh: '甲街道', en: 'Subdistrict A' } };
const NAME = { zh: '某处' };
const DAY = '2026-10-01';
const COMMAND = { commandId: uuid(60) };
const admin =
  (path: string, rest: Omit<Good, 'path'> = {}) =>
  (): Good => ({ path, as: 'administrator', ...rest });
const FACILITY = { kind: 'lamp', code: '99000001037000099', name: NAME, lon: 113.03, lat: 22.03, areaId: AREA };
const BODY_FORM = { kind: 'department', name: NAME, areaId: AREA, parentId: BODY, mark: '某发', respondent: true };
const CATEGORY = {
  name: NAME,
  parentId: 'municipal',
  grade: 'C',
  limit: { amount: 3, unit: 'workingDay' },
  danger: ['119'],
  organizationId: BODY,
  questions: [{ code: 'size', label: NAME, hint: NAME, kind: 'choice', required: true, options: [{ value: 'small', label: NAME }] }],
};
const OPTIONAL_OF_CATEGORY = ['parentId', 'grade', 'limit', 'organizationId', 'questions'];
const CLAUSE = { id: uuid(62), clause: '第1项', title: NAME, categoryId: 'municipal.lampOut', organizationId: BODY, from: DAY };
const OPTIONAL_OF_CLAUSE = ['categoryId', 'organizationId', 'from'];
const ARTICLE = {
  organizationId: BODY,
  title: '某事',
  body: '如何办理。',
  categoryIds: ['municipal.lampOut'],
  from: DAY,
  to: '2027-10-01',
};
const APPOINTMENT = { holdingId: uuid(61), postId: NOWHERE, from: DAY, to: '2027-10-01' };
const NOTICE = { year: 2031, source: '某通知', exceptions: [{ day: '2031-01-01', kind: 'off', reason: '元旦' }] };

const TOLD = { id: uuid(134), kind: 'neighbour', areaId: AREA, place: '三栋', facts: '楼上漏水' };
const SIDES = [{ name: '甲某', phone: '13800138000' }, { name: '乙某' }];
const DISPUTE = {
  id: uuid(130),
  kind: 'neighbour',
  origin: 'applied',
  areaId: AREA,
  place: '三栋',
  facts: '楼上漏水',
  parties: [{ name: '甲某', phone: '13800138000' }, { name: '乙某' }],
  together: '楼长',
  mediatedOn: '2026-09-30',
  outcome: 'byDay',
  agreement: '付清粉刷费',
  performBy: '2026-10-20',
  ways: '可以起诉',
  referral: { sender: 'police', body: '某派出所', number: '1', receivedOn: '2026-09-30', dueOn: DAY, fileConsent: true },
};
const dispute: Readonly<Record<string, (subject: Subject) => Good>> = {
  'POST /disputes': () => ({
    as: 'mediatorA',
    path: '/disputes',
    body: { ...DISPUTE, postId: MEDIATORS_POST },
    optional: ['place', 'together', 'agreement', 'performBy', 'ways', 'referral', 'postId'],
  }),
  'GET /disputes': () => ({ as: 'mediatorA', path: '/disputes' }),
  'GET /disputes/report/xlsx': () => ({ as: 'justiceOfficer', path: '/disputes/report/xlsx', query: { month: '2026-08' } }),
  'GET /disputes/subsidy': () => ({ as: 'mediationHeadA', path: '/disputes/subsidy', query: { month: '2026-08' } }),
  'GET /disputes/subsidy/xlsx': () => ({ as: 'mediationHeadA', path: '/disputes/subsidy/xlsx', query: { month: '2026-08' } }),
  'GET /disputes/subsidy/rates': () => ({ path: '/disputes/subsidy/rates' }),
  'POST /disputes/subsidy/rates': () => ({
    as: 'justiceOfficer',
    path: '/disputes/subsidy/rates',
    body: {
      id: uuid(98),
      areaId: AREA,
      from: '2026-08',
      source: '某镇文件',
      amounts: { oral: { ordinary: 1, difficult: 2 }, written: { ordinary: 3, difficult: 4 }, unsettled: { ordinary: 0, difficult: 0 } },
      manySides: 5,
      needsFile: true,
    },
  }),
  'GET /disputes/counts': () => ({ as: 'justiceOfficer', path: '/disputes/counts', query: { month: '2026-08' } }),
  'POST /disputes/releases': () => ({ as: 'justiceOfficer', path: '/disputes/releases', body: { month: '2026-08' } }),
  'GET /disputes/releases': () => ({ path: '/disputes/releases' }),
  'GET /disputes/:id/consents': () => ({ as: 'mediatorA', path: `/disputes/${NOWHERE}/consents`, ids: [NOWHERE], asksNothing: true }),
  'POST /disputes/:id/consents': () => ({
    as: 'mediatorA',
    path: `/disputes/${NOWHERE}/consents`,
    ids: [NOWHERE],
    body: { ...COMMAND, partyId: uuid(131), agrees: false, how: 'telephone', on: DAY, ways: '可以起诉' },
    optional: ['ways'],
  }),
  'GET /mediators': () => ({ as: 'mediatorA', path: '/mediators', asksNothing: true }),
  'PUT /mediators/:id': () => ({
    as: 'mediationHeadA',
    path: `/mediators/${uuid(132)}`,
    ids: [uuid(132)],
    makesIds: true,
    body: {
      ...COMMAND,
      organizationId: BODY,
      personId: uuid(133),
      name: '某某',
      phone: '13800138000',
      home: '三栋',
      homeAreaId: AREA,
      kinds: ['family'],
      languages: ['粤语'],
      filingNumber: '1',
      court: { name: '某法院', from: DAY, to: DAY },
      available: true,
    },
    optional: ['phone', 'home', 'homeAreaId', 'filingNumber', 'court'],
  }),
  'GET /centres': () => ({ path: '/centres', query: { areaId: AREA }, optional: ['areaId'] }),
  'GET /centres/:id': () => ({ path: `/centres/${BODY}`, ids: [BODY], asksNothing: true }),
  'PUT /centres/:id': () => ({
    as: 'mediationHeadA',
    path: `/centres/${BODY}`,
    ids: [BODY],
    body: { ...COMMAND, address: '一楼', telephone: '0760-88880000', hours: '工作日', kinds: ['family'] },
    optional: ['telephone'],
  }),
  'POST /dispute-applications': () => ({
    path: '/dispute-applications',
    body: {
      ...TOLD,
      wish: '赔偿粉刷费',
      applicant: { name: '甲某', phone: '13800138000' },
      behalfOf: { name: '丙某', phone: '13800138001', consented: true },
      others: [{ name: '乙某', phone: '13800138002' }],
    },
    optional: ['place', 'wish', 'behalfOf'],
  }),
  'POST /department/disputes': () => ({
    as: 'handlerA',
    path: '/department/disputes',
    body: { ...TOLD, parties: SIDES, sender: 'police', number: '1', dueOn: DAY, consented: true },
    optional: ['place', 'number', 'dueOn'],
  }),
  'GET /department/disputes/:id': () => ({ as: 'handlerA', path: `/department/disputes/${NOWHERE}`, ids: [NOWHERE], asksNothing: true }),
  'POST /cases/:id/mediation': () => ({
    as: 'dispatcherA',
    path: `/cases/${NOWHERE}/mediation`,
    ids: [NOWHERE],
    body: { ...COMMAND, ...TOLD, parties: SIDES, consented: true },
    optional: ['place'],
  }),
  'GET /disputes/referrals': () => ({ as: 'mediatorA', path: '/disputes/referrals', asksNothing: true }),
  'POST /disputes/:id/report': () => ({
    as: 'mediatorA',
    path: `/disputes/${NOWHERE}/report`,
    ids: [NOWHERE],
    body: { result: 'apart', how: 'written', on: DAY },
  }),
  'GET /disputes/:id/centres': () => ({ as: 'mediatorA', path: `/disputes/${NOWHERE}/centres`, ids: [NOWHERE], asksNothing: true }),
  'POST /disputes/:id/send-up': () => ({
    as: 'mediatorA',
    path: `/disputes/${NOWHERE}/send-up`,
    ids: [NOWHERE],
    body: { ...COMMAND, to: BODY, why: 'complex', note: '涉及三方' },
    optional: ['note'],
  }),
  'GET /disputes/:id/choosing': () => ({ as: 'mediatorA', path: `/disputes/${NOWHERE}/choosing`, ids: [NOWHERE], asksNothing: true }),
  'POST /disputes/:id/choices': () => ({
    as: 'mediatorA',
    path: `/disputes/${NOWHERE}/choices`,
    ids: [NOWHERE],
    body: { ...COMMAND, partyId: uuid(131), step: 'chosen', mediatorId: uuid(132), why: '熟悉' },
    optional: ['partyId', 'mediatorId', 'why'],
  }),
  'POST /disputes/:id/mediator': () => ({
    as: 'mediatorA',
    path: `/disputes/${NOWHERE}/mediator`,
    ids: [NOWHERE],
    body: { ...COMMAND, mediatorId: uuid(132), despite: '只是同名' },
    optional: ['despite'],
  }),
  'POST /disputes/:id/mediator/step-aside': () => ({
    as: 'mediatorA',
    path: `/disputes/${NOWHERE}/mediator/step-aside`,
    ids: [NOWHERE],
    body: { ...COMMAND, why: 'conflict', note: '是亲戚' },
    optional: ['note'],
  }),
  'POST /disputes/:id/challenge': () => ({
    as: 'mediationHeadA',
    path: `/disputes/${NOWHERE}/challenge`,
    ids: [NOWHERE],
    body: { ...COMMAND, upheld: false, why: '没有利害关系' },
    optional: ['why'],
  }),
  'GET /receipts/:code/choosing': ({ code }) => ({ path: `/receipts/${code}/choosing`, ids: [code], asksNothing: true }),
  'POST /receipts/:code/choices': ({ code }) => ({
    path: `/receipts/${code}/choices`,
    ids: [code],
    body: { ...COMMAND, step: 'chosen', mediatorId: uuid(132), why: '熟悉' },
    optional: ['mediatorId', 'why'],
  }),
  'GET /receipts/:code/consents': ({ code }) => ({ path: `/receipts/${code}/consents`, ids: [code], asksNothing: true }),
  'POST /receipts/:code/consents': ({ code }) => ({ path: `/receipts/${code}/consents`, ids: [code], body: { ...COMMAND, agrees: true } }),
};

const source: Readonly<Record<string, () => Good>> = {
  'GET /sources/causes': () => ({ as: 'justiceOfficer', path: '/sources/causes', query: { from: '2026-01', to: '2026-08' } }),
  'GET /sources/measures': () => ({ as: 'justiceOfficer', path: '/sources/measures' }),
  'PUT /sources/measures/:id': () => ({
    as: 'justiceOfficer',
    path: `/sources/measures/${uuid(160)}`,
    ids: [uuid(160)],
    makesIds: true,
    body: { areaId: AREA, kind: 'property', what: '物业费公示', organizationId: BODY, from: DAY },
    optional: ['kind'],
  }),
};
const screening: Readonly<Record<string, () => Good>> = {
  'GET /screening/own': () => ({ as: 'handlerA', path: '/screening/own', asksNothing: true }),
  'PUT /screening/reports/:id': () => ({
    as: 'handlerA',
    path: `/screening/reports/${uuid(140)}`,
    ids: [uuid(140)],
    makesIds: true,
    body: {
      organizationId: OWN_BODY,
      month: '2026-09',
      version: 0,
      items: [{ kind: 'neighbour', areaId: AREA, place: '东门', matter: '车位之争', degree: 'low', step: 'talking' }],
    },
  }),
  'GET /screening/overview': () => ({ as: 'leaderA', path: '/screening/overview', query: { month: '2026-08' } }),
  'GET /screening/overview/xlsx': () => ({ as: 'leaderA', path: '/screening/overview/xlsx', query: { month: '2026-08' } }),
  'POST /screening/units/:id': () => ({
    as: 'leaderA',
    path: `/screening/units/${BODY}`,
    ids: [BODY],
    body: { ...COMMAND, since: '2026-09', until: '2026-12', dueDay: 25 },
    optional: ['until'],
  }),
};

const convener =
  (path: string, rest: Omit<Good, 'path'> = {}) =>
  (): Good => ({ path, as: 'letterOfficerA', ...rest });
const HEARING = uuid(150);
const hearing: Readonly<Record<string, () => Good>> = {
  'GET /public/hearings': () => ({ path: '/public/hearings' }),
  'GET /panellists': () => ({ as: 'dispatcherA', path: '/panellists' }),
  'POST /panellists/:id': () => ({
    as: 'dispatcherA',
    path: `/panellists/${uuid(151)}`,
    ids: [uuid(151)],
    makesIds: true,
    body: { ...COMMAND, areaId: AREA, name: '某律师', field: 'lawyer', organizationId: BODY, since: DAY, until: '2027-10-01' },
    optional: ['organizationId', 'until'],
  }),
  'GET /hearings/candidates': convener('/hearings/candidates'),
  'GET /hearings': convener('/hearings'),
  'POST /hearings': convener('/hearings', {
    body: {
      id: HEARING,
      matter: '加装电梯',
      place: '一楼会议室',
      startsAt: '2026-10-20T01:00:00Z',
      evidenceBy: '2026-10-15',
      open: true,
      seats: 3,
      onCaseId: NOWHERE,
      follows: NOWHERE,
      parties: [{ name: '甲某', phone: '13800138000' }],
      excluded: [{ no: '0001', reason: 'kin' }],
    },
    optional: ['onCaseId', 'follows'],
  }),
  'POST /hearings/:id/draw': convener(`/hearings/${HEARING}/draw`, {
    ids: [HEARING],
    body: { ...COMMAND, spoken: '雨天' },
  }),
  'POST /hearings/:id/replace': convener(`/hearings/${HEARING}/replace`, {
    ids: [HEARING],
    body: { ...COMMAND, no: '0001', reason: 'kin' },
  }),
  'POST /hearings/:id/calling-off': convener(`/hearings/${HEARING}/calling-off`, {
    ids: [HEARING],
    body: { ...COMMAND, because: '场地不能使用' },
  }),
  'POST /hearings/:id/minutes': convener(`/hearings/${HEARING}/minutes`, {
    ids: [HEARING],
    body: { ...COMMAND, minutes: '双方陈述', fileIds: [NOWHERE] },
    optional: ['fileIds'],
  }),
  'POST /hearings/:id/opinion': convener(`/hearings/${HEARING}/opinion`, {
    ids: [HEARING],
    body: { ...COMMAND, for: 2, against: 1, abstained: 0, opinion: '同意', dissent: '不同意' },
    optional: ['dissent'],
  }),
  'POST /hearings/:id/publication': convener(`/hearings/${HEARING}/publication`, {
    ids: [HEARING],
    body: { opinion: '同意', reply: '采纳' },
  }),
};

const TERM = { kind: 'pay', by: uuid(131), to: uuid(132), amount: 480_000, words: '转账', dueOn: DAY };
const TEXT = {
  parties: [{ partyId: uuid(131), name: '甲某', about: '男' }],
  facts: '楼上漏水',
  responsibility: '楼上负责',
  terms: [TERM],
  total: 480_000,
  way: '转账',
  loan: { principal: 100, rate: 400, since: DAY },
  matters: ['crime'],
  touchesOthers: false,
  answers: { vagueWords: '无' },
};
const ofDispute =
  (path: string, body: Readonly<Record<string, unknown>>, rest: Partial<Good> = {}) =>
  (): Good => ({
    as: 'mediatorA',
    path: `/disputes/${NOWHERE}${path}`,
    ids: [NOWHERE],
    body,
    ...rest,
  });
const agreement: Readonly<Record<string, (subject: Subject) => Good>> = {
  'GET /disputes/:id/agreement': () => ({ as: 'mediatorA', path: `/disputes/${NOWHERE}/agreement`, ids: [NOWHERE], asksNothing: true }),
  'POST /disputes/:id/offers': ofDispute(
    '/offers',
    { id: uuid(133), by: uuid(131), answersTo: uuid(134), terms: [TERM] },
    { optional: ['answersTo'] },
  ),
  'POST /disputes/:id/offers/:offerId/convey': ofDispute(`/offers/${uuid(133)}/convey`, {}, { ids: [NOWHERE, uuid(133)] }),
  'POST /disputes/:id/offers/:offerId/answers': ofDispute(
    `/offers/${uuid(133)}/answers`,
    { partyId: uuid(131), accepts: true },
    { ids: [NOWHERE, uuid(133)] },
  ),
  'POST /disputes/:id/text': ofDispute('/text', { after: 0, text: TEXT }),
  'POST /disputes/:id/writing': ofDispute('/writing', COMMAND),
  'POST /disputes/:id/revision': ofDispute('/revision', COMMAND),
  'POST /disputes/:id/erasures': ofDispute('/erasures', { ...COMMAND, partyId: uuid(135), ground: 'byRequest' }, { as: 'mediationHeadA' }),
  'POST /disputes/:id/slips': ofDispute('/slips', { ...COMMAND, partyId: uuid(135), why: 'lost' }),
  'POST /disputes/:id/signatures': ofDispute('/signatures', { documentId: uuid(135), signers: ['seal'], readBack: true }),
  'POST /disputes/:id/effect': ofDispute('/effect', { ...COMMAND, effectiveOn: DAY }),
  'POST /disputes/:id/performances': ofDispute('/performances', { ...COMMAND, no: 1, performedOn: DAY }),
  'POST /disputes/:id/applicants': ofDispute('/applicants', { partyId: uuid(131) }),
  'POST /disputes/:id/confirmation': ofDispute('/confirmation', { ...COMMAND, ground: 'home', court: '某法院', appliedOn: DAY }),
  'POST /disputes/:id/papers': ofDispute('/papers', { ...COMMAND, documentId: uuid(135), kind: 'agreement' }),
  'GET /disputes/:id/sessions': () => ({ as: 'mediatorA', path: `/disputes/${NOWHERE}/sessions`, ids: [NOWHERE], asksNothing: true }),
  'POST /disputes/:id/safety': ofDispute('/safety', { yes: ['minor'] }),
  'POST /disputes/:id/sessions': ofDispute(
    '/sessions',
    {
      id: uuid(136),
      aloneWith: uuid(131),
      startsAt: '2026-10-20T01:00:00Z',
      minutes: 60,
      roomId: uuid(137),
      link: 'https://meet.example/1',
      online: true,
    },
    { optional: ['aloneWith', 'roomId', 'link', 'online'] },
  ),
  'POST /disputes/:id/sessions/:sessionId/answers': ofDispute(
    `/sessions/${uuid(136)}/answers`,
    { partyId: uuid(131), accepts: true },
    { ids: [NOWHERE, uuid(136)] },
  ),
  'POST /disputes/:id/sessions/:sessionId/holding': ofDispute(
    `/sessions/${uuid(136)}/holding`,
    { attended: [uuid(131)], guardian: false, recorded: false, recordingAgreedBy: [uuid(131)], record: '谈了', result: 'goesOn' },
    { ids: [NOWHERE, uuid(136)] },
  ),
  'POST /disputes/:id/sessions/:sessionId/cancellation': ofDispute(
    `/sessions/${uuid(136)}/cancellation`,
    {},
    { ids: [NOWHERE, uuid(136)] },
  ),
  'POST /disputes/:id/sessions/:sessionId/notes': ofDispute(
    `/sessions/${uuid(136)}/notes`,
    { id: uuid(138), words: '单独谈' },
    { ids: [NOWHERE, uuid(136)] },
  ),
  'POST /disputes/:id/rooms': ofDispute('/rooms', { id: uuid(137), name: '调解室' }),
  'GET /disputes/:id/helpers': () => ({ as: 'mediatorA', path: `/disputes/${NOWHERE}/helpers`, ids: [NOWHERE], asksNothing: true }),
  'POST /disputes/:id/helpers': ofDispute(
    '/helpers',
    {
      id: uuid(160),
      role: 'expert',
      mediatorId: uuid(132),
      name: '孙工',
      phone: '13800138009',
      subject: '房屋结构',
      sessionId: uuid(136),
      sidesTold: true,
      confidenceTold: true,
      despite: '只是同名',
    },
    { optional: ['mediatorId', 'name', 'phone', 'subject', 'sessionId', 'despite'] },
  ),
  'POST /disputes/:id/helpers/:helperId/objections': ofDispute(
    `/helpers/${uuid(160)}/objections`,
    { ...COMMAND, partyId: uuid(131), why: '是对方的亲戚' },
    { ids: [NOWHERE, uuid(160)] },
  ),
  'POST /disputes/:id/helpers/:helperId/answer': ofDispute(
    `/helpers/${uuid(160)}/answer`,
    { ...COMMAND, upheld: false, why: '没有利害关系' },
    { ids: [NOWHERE, uuid(160)] },
  ),
  'POST /disputes/:id/helpers/:helperId/removal': ofDispute(
    `/helpers/${uuid(160)}/removal`,
    { ...COMMAND, why: '不再需要' },
    { ids: [NOWHERE, uuid(160)], optional: ['why'] },
  ),
  'GET /receipts/:code/helpers': ({ code }) => ({ path: `/receipts/${code}/helpers`, ids: [code], asksNothing: true }),
  'POST /receipts/:code/helpers/:helperId/objections': ({ code }) => ({
    path: `/receipts/${code}/helpers/${uuid(160)}/objections`,
    ids: [code, uuid(160)],
    body: { ...COMMAND, why: '是对方的亲戚' },
  }),
  'GET /me/helping': () => ({ as: 'residentA', path: '/me/helping', asksNothing: true }),
  'POST /me/helping/:id': () => ({
    as: 'residentA',
    path: `/me/helping/${uuid(160)}`,
    ids: [uuid(160)],
    body: { ...COMMAND, joins: true },
  }),
  'GET /receipts/:code/sessions': ({ code }) => ({ path: `/receipts/${code}/sessions`, ids: [code], asksNothing: true }),
  'POST /receipts/:code/sessions/:sessionId/answer': ({ code }) => ({
    path: `/receipts/${code}/sessions/${uuid(136)}/answer`,
    ids: [code, uuid(136)],
    body: { accepts: true },
  }),
  'GET /receipts/:code/agreement': ({ code }) => ({ path: `/receipts/${code}/agreement`, ids: [code], asksNothing: true }),
  'POST /receipts/:code/offers': ({ code }) => ({
    path: `/receipts/${code}/offers`,
    ids: [code],
    body: { id: uuid(133), answersTo: uuid(134), terms: [TERM] },
    optional: ['answersTo'],
  }),
  'POST /receipts/:code/offers/:offerId/answer': ({ code }) => ({
    path: `/receipts/${code}/offers/${uuid(133)}/answer`,
    ids: [code, uuid(133)],
    body: { accepts: true },
  }),
  'POST /receipts/:code/signature': ({ code }) => ({
    path: `/receipts/${code}/signature`,
    ids: [code],
    body: { name: '甲某', digest: 'a'.repeat(64), agrees: true, code: '123456' },
  }),
  'POST /receipts/:code/signature/code': ({ code }) => ({
    path: `/receipts/${code}/signature/code`,
    ids: [code],
    body: { digest: 'a'.repeat(64) },
  }),
  'POST /me/signatures': ({ code }) => ({
    as: 'residentA',
    path: '/me/signatures',
    body: { queryCode: code, name: '甲某', digest: 'a'.repeat(64), agrees: true },
  }),
  'POST /receipts/:code/application': ({ code }) => ({ path: `/receipts/${code}/application`, ids: [code], body: {} }),
};

/** Registers of the administration. */
const administration: Readonly<Record<string, () => Good>> = {
  'GET /administration/log': admin('/administration/log', { query: { kind: 'person', subjectId: NOWHERE, limit: '20' } }),
  'GET /staff': admin('/staff', { query: { organizationId: BODY, words: 'a', limit: '20' } }),
  'POST /staff': admin('/staff', {
    body: { ...COMMAND, personId: uuid(63), username: 'somebody', name: '某人', language: 'zh', ...APPOINTMENT },
    optional: ['language', 'from', 'to'],
  }),
  'POST /staff/:id/posts': admin(`/staff/${NOWHERE}/posts`, {
    ids: [NOWHERE],
    body: { ...COMMAND, ...APPOINTMENT },
    optional: ['from', 'to'],
  }),
  'POST /staff/:id/password': admin(`/staff/${NOWHERE}/password`, { ids: [NOWHERE], body: COMMAND }),
  'POST /staff/:id/lock': admin(`/staff/${NOWHERE}/lock`, { ids: [NOWHERE], body: COMMAND }),
  'GET /holdings/:id/work': admin(`/holdings/${NOWHERE}/work`, { ids: [NOWHERE] }),
  'POST /holdings/:id/end': admin(`/holdings/${NOWHERE}/end`, {
    ids: [NOWHERE],
    body: { ...COMMAND, to: DAY, receiverId: uuid(64), lock: true },
    optional: ['to', 'receiverId', 'lock'],
  }),
  'GET /successions': admin('/successions', { asksNothing: true }),
  'POST /organizations': admin('/organizations', {
    body: { ...COMMAND, id: uuid(65), ...BODY_FORM },
    optional: ['parentId', 'mark'],
  }),
  'GET /organizations/:id': admin(`/organizations/${NOWHERE}`, { ids: [NOWHERE] }),
  'POST /organizations/:id': admin(`/organizations/${NOWHERE}`, {
    ids: [NOWHERE],
    body: { ...COMMAND, version: 1, ...BODY_FORM },
    optional: ['parentId', 'mark'],
  }),
  'GET /organizations/:id/work': admin(`/organizations/${NOWHERE}/work`, { ids: [NOWHERE] }),
  'POST /organizations/:id/close': admin(`/organizations/${NOWHERE}/close`, {
    ids: [NOWHERE],
    body: { ...COMMAND, heirId: BODY },
    optional: ['heirId'],
  }),
  'POST /posts': admin('/posts', {
    body: { ...COMMAND, id: uuid(66), organizationId: NOWHERE, areaId: AREA, role: 'handler', title: NAME, responsibility: 1 },
    optional: ['areaId', 'responsibility'],
  }),
  'GET /posts/:id': admin(`/posts/${NOWHERE}`, { ids: [NOWHERE] }),
  'POST /posts/:id': admin(`/posts/${NOWHERE}`, {
    ids: [NOWHERE],
    body: { ...COMMAND, version: 1, title: NAME, responsibility: 1 },
    optional: ['responsibility'],
  }),
  'POST /posts/:id/end': admin(`/posts/${NOWHERE}/end`, { ids: [NOWHERE], body: COMMAND }),
  'POST /organizations/:id/shifts': admin(`/organizations/${BODY}/shifts`, {
    ids: [BODY],
    body: {
      ...COMMAND,
      shifts: [{ id: uuid(67), postId: NOWHERE, startsAt: '2026-10-01T10:00:00Z', endsAt: '2026-10-02T01:00:00Z', kind: 'night' }],
    },
  }),
  'POST /organizations/:id/shifts/remove': admin(`/organizations/${NOWHERE}/shifts/remove`, {
    ids: [NOWHERE],
    body: { ...COMMAND, ids: [uuid(67)] },
  }),
  'POST /organizations/:id/shifts/copy': admin(`/organizations/${NOWHERE}/shifts/copy`, {
    ids: [NOWHERE],
    body: { ...COMMAND, from: '2026-10-05', to: '2026-10-12' },
  }),
  'POST /duty-lists': admin('/duty-lists', {
    body: { ...COMMAND, id: uuid(68), kind: 'admission', title: NAME, areaId: AREA, source: '某文件' },
  }),
  'POST /duty-lists/:id': admin(`/duty-lists/${NOWHERE}`, {
    ids: [NOWHERE],
    body: { ...COMMAND, version: 1, title: NAME, source: '某文件' },
  }),
  'POST /duty-lists/:id/end': admin(`/duty-lists/${NOWHERE}/end`, { ids: [NOWHERE], body: COMMAND }),
  'POST /duty-lists/:id/items': admin(`/duty-lists/${NOWHERE}/items`, {
    ids: [NOWHERE],
    body: { ...COMMAND, ...CLAUSE },
    optional: OPTIONAL_OF_CLAUSE,
  }),
  'POST /duty-lists/:id/items/:itemId': admin(`/duty-lists/${NOWHERE}/items/${uuid(69)}`, {
    ids: [NOWHERE, uuid(69)],
    body: { ...COMMAND, ...CLAUSE },
    optional: OPTIONAL_OF_CLAUSE,
  }),
  'POST /duty-lists/:id/items/:itemId/end': admin(`/duty-lists/${NOWHERE}/items/${uuid(69)}/end`, {
    ids: [NOWHERE, uuid(69)],
    body: COMMAND,
  }),
  'GET /facilities/:id': admin(`/facilities/${NOWHERE}`, { ids: [NOWHERE] }),
  'POST /facilities': admin('/facilities', { body: { ...COMMAND, id: uuid(72), ...FACILITY }, optional: ['code', 'areaId'] }),
  'POST /facilities/:id': admin(`/facilities/${NOWHERE}`, {
    ids: [NOWHERE],
    body: { ...COMMAND, version: 1, ...FACILITY },
    optional: ['code', 'areaId'],
  }),
  'POST /facilities/:id/close': admin(`/facilities/${NOWHERE}/close`, {
    ids: [NOWHERE],
    body: { ...COMMAND, on: '2026-09-29' },
    optional: ['on'],
  }),
  'GET /categories/:id/versions': admin('/categories/municipal.lampOut/versions', { ids: ['municipal.lampOut'] }),
  'POST /categories': admin('/categories', {
    body: { ...COMMAND, id: 'municipal.other', ...CATEGORY },
    optional: OPTIONAL_OF_CATEGORY,
  }),
  'POST /categories/:id': admin('/categories/nowhere', {
    ids: ['nowhere'],
    body: { ...COMMAND, version: 1, ...CATEGORY },
    optional: OPTIONAL_OF_CATEGORY,
  }),
  'POST /categories/:id/retire': admin('/categories/nowhere/retire', {
    ids: ['nowhere'],
    body: { ...COMMAND, successorId: 'municipal.lampOut' },
    optional: ['successorId'],
  }),
  'GET /calendar': admin('/calendar', { asksNothing: true }),
  'POST /calendar/preview': admin('/calendar/preview', { body: NOTICE }),
  'POST /calendar': admin('/calendar', { body: { ...COMMAND, replace: true, ...NOTICE }, optional: ['replace'] }),
  'GET /articles': admin('/articles', {
    query: { q: '路灯', categoryId: 'municipal.lampOut', organizationId: BODY, past: 'true', limit: '20' },
  }),
  'GET /articles/:id/versions': admin(`/articles/${NOWHERE}/versions`, { ids: [NOWHERE] }),
  'POST /articles': admin('/articles', { body: { ...COMMAND, id: uuid(70), ...ARTICLE }, optional: ['from', 'to'] }),
  'POST /articles/:id': admin(`/articles/${NOWHERE}`, {
    ids: [NOWHERE],
    body: { ...COMMAND, version: 1, withdraw: true, ...ARTICLE },
    optional: ['withdraw', 'from', 'to'],
  }),
};
const OPTIONAL_OF_ACTION = ['input', 'fileIds', 'occurredAt', 'postId'];

const worker =
  (path: string, rest: Omit<Good, 'path'> = {}) =>
  (): Good => ({ path, as: 'gridWorkerA', ...rest });
/** A record of the field that is not there. */
const RECORD = uuid(90);
const field: Readonly<Record<string, (subject: Subject) => Good>> = {
  'GET /forms': worker('/forms', { query: { areaId: AREA } }),
  'POST /forms': admin('/forms', {
    body: {
      areaId: AREA,
      form: {
        id: 'beliefs',
        version: 1,
        kind: 'visit',
        title: { zh: '宗教信仰调查' },
        purpose: { zh: '调查' },
        basis: { zh: '无' },
        retentionDays: 30,
        consent: true,
        departments: [],
        sections: [{ id: 'one', label: { zh: '一' }, questions: [{ id: 'what', kind: 'text', label: { zh: '什么' } }] }],
      },
    },
  }),
  'GET /premises': worker('/premises', { query: { words: '电动车', areaId: AREA } }),
  'GET /premises/:id': worker(`/premises/${RECORD}`, { ids: [RECORD] }),
  'GET /visits': worker('/visits', { query: { areaId: AREA } }),
  'GET /visits/:id': worker(`/visits/${RECORD}`, { ids: [RECORD] }),
  'POST /visits/:id/read': worker(`/visits/${RECORD}/read`, { ids: [RECORD], body: { purpose: '接替走访' } }),
  'POST /visits/:id/requests': worker(`/visits/${RECORD}/requests`, {
    ids: [RECORD],
    body: { id: uuid(91), categoryId: 'livelihood.schooling', words: '助餐', consent: true },
  }),
  'GET /visits/:id/sheets': worker(`/visits/${RECORD}/sheets`, { ids: [RECORD] }),
  'POST /visits/:id/sheets/:sheetId': worker(`/visits/${RECORD}/sheets/civil`, {
    ids: [RECORD, 'civil'],
    body: { preparedBy: '网格员' },
    optional: ['preparedBy'],
  }),
  'POST /visit-sheets': admin('/visit-sheets', {
    body: {
      id: 'civil',
      version: 1,
      areaId: AREA,
      formId: 'doorVisit',
      department: 'civil',
      name: { zh: '走访表' },
      map: { sheet: 'x', cells: [] },
      workbook: 'AAAA',
    },
  }),
  'POST /patrols/:id/findings': worker(`/patrols/${RECORD}/findings`, {
    ids: [RECORD],
    body: { id: uuid(92), words: '飞线充电' },
  }),
  'GET /field/bundle': worker('/field/bundle', { query: { areaId: AREA } }),
  'POST /field/edits': worker('/field/edits', {
    body: { id: uuid(93), kind: 'premises', subjectId: RECORD, baseVersion: 1, changes: [], occurredAt: '2026-09-30T10:00:00Z' },
  }),
  'GET /field/edits/:kind/:id': worker(`/field/edits/visit/${RECORD}`, { ids: [RECORD] }),
  'PUT /field/files/:kind/:id/:fileId': worker(`/field/files/visit/${RECORD}/${uuid(94)}`, { ids: [RECORD, uuid(94)], bytes: true }),
  'GET /field/files/:kind/:id/:fileId': worker(`/field/files/visit/${RECORD}/${uuid(94)}`, { ids: [RECORD, uuid(94)] }),
  'POST /sos': worker('/sos', {
    body: { id: uuid(95), words: '有人受伤', pressedAt: '2026-09-30T10:00:00Z' },
    optional: ['words', 'pressedAt'],
  }),
  'GET /sos': worker('/sos', { asksNothing: true }),
  'POST /sos/:id/acknowledge': (): Good => ({ path: `/sos/${RECORD}/acknowledge`, as: 'gridLeadA', ids: [RECORD] }),
  'POST /sos/:id/end': worker(`/sos/${RECORD}/end`, { ids: [RECORD] }),
};

const keeper =
  (path: string, rest: Omit<Good, 'path'> = {}) =>
  (): Good => ({ path, as: 'letterOfficerA', ...rest });
const booker =
  (path: string, rest: Omit<Good, 'path'> = {}) =>
  (): Good => ({ path, as: 'residentA', ...rest });
const TURN = { sessionId: NOWHERE, slot: 1, purpose: '问补贴', needs: ['dialect'], companions: 1 };
const reception: Readonly<Record<string, () => Good>> = {
  'GET /me/follows': booker('/me/follows', { asksNothing: true }),
  'POST /me/follows': booker('/me/follows', { body: { code: 'ABCD-EFGH-JKLM' } }),
  'GET /reception/sessions': () => ({ path: '/reception/sessions', query: { areaId: AREA, kind: 'legal', lon: '113.02', lat: '22.02' } }),
  'GET /me/bookings': booker('/me/bookings', { asksNothing: true }),
  'PUT /me/bookings/:id': booker(`/me/bookings/${uuid(96)}`, {
    ids: [uuid(96)],
    makesIds: true,
    body: { ...TURN, name: '陈阿姨', behalfOf: { name: '李奶奶' }, otherPhone: '13800138001' },
    optional: ['slot', 'behalfOf', 'otherPhone'],
  }),
  'POST /me/bookings/:id/change': booker(`/me/bookings/${uuid(96)}/change`, { ids: [uuid(96)], body: TURN, optional: ['slot'] }),
  'POST /me/bookings/:id/cancel': booker(`/me/bookings/${uuid(96)}/cancel`, { ids: [uuid(96)] }),
  'GET /reception/desk': keeper('/reception/desk', { asksNothing: true }),
  'GET /reception/months': keeper('/reception/months', { asksNothing: true }),
  'PUT /reception/sessions/:id': keeper(`/reception/sessions/${uuid(97)}`, {
    ids: [uuid(97)],
    makesIds: true,
    body: {
      organizationId: '0b000000-0000-8000-8000-000000000011',
      postId: NOWHERE,
      place: '一楼接待室',
      startsAt: '2026-10-09T01:00:00Z',
      endsAt: '2026-10-09T03:00:00Z',
      minutes: 20,
      slots: 3,
      matters: '住房',
      kind: 'reception',
      way: 'place',
    },
    optional: ['matters', 'kind', 'way'],
  }),
  'POST /reception/sessions/:id/call-off': keeper(`/reception/sessions/${uuid(97)}/call-off`, {
    ids: [uuid(97)],
    body: { because: '有会议' },
  }),
  'GET /reception/sessions/:id/bookings': keeper(`/reception/sessions/${uuid(97)}/bookings`, { ids: [uuid(97)] }),
  'POST /reception/bookings/:id/read': keeper(`/reception/bookings/${uuid(96)}/read`, { ids: [uuid(96)], body: { purpose: '核对来访人' } }),
  'POST /reception/bookings/:id/attendance': keeper(`/reception/bookings/${uuid(96)}/attendance`, {
    ids: [uuid(96)],
    body: { came: true },
  }),
  'PUT /reception/bookings/:id/minutes': keeper(`/reception/bookings/${uuid(96)}/minutes`, { ids: [uuid(96)], body: { words: '已听取' } }),
  'POST /reception/bookings/:id/case': keeper(`/reception/bookings/${uuid(96)}/case`, {
    ids: [uuid(96)],
    body: { caseId: uuid(98), text: '请恢复路口', protected: false },
  }),
  'PUT /reception/bookings/:id/advice': () => ({
    as: 'lawyerA',
    path: `/reception/bookings/${uuid(96)}/advice`,
    ids: [uuid(96)],
    body: { words: '可以先协商' },
  }),
  'POST /reception/bookings/:id/decline': () => ({ as: 'lawyerA', path: `/reception/bookings/${uuid(96)}/decline`, ids: [uuid(96)] }),
  'GET /me/advice': booker('/me/advice', { asksNothing: true }),
  'POST /me/advice/:id/erase': booker(`/me/advice/${uuid(96)}/erase`, { ids: [uuid(96)] }),
  'GET /reception/releases': () => ({ path: '/reception/releases' }),
  'GET /legal-aid/standards': () => ({ path: '/legal-aid/standards' }),
  'POST /legal-aid/standards': () => ({
    as: 'justiceOfficer',
    path: '/legal-aid/standards',
    body: { id: uuid(99), areaId: AREA, monthlyIncome: 2000, source: '某省文件', from: DAY },
  }),
};

const v1: Readonly<Record<string, (subject: Subject) => Good>> = {
  'POST /cases': () => ({
    path: '/cases',
    as: 'handlerA',
    body: {
      id: uuid(3),
      procedure: 'order',
      channel: 'portal',
      demandKind: 'help',
      categoryId: 'municipal.lampOut',
      text: '路灯不亮',
      point: { lon: 113.02, lat: 22.02 },
      address: '一号楼前',
      areaId: AREA,
      facilityId: 'fa000000-0000-8000-8000-000000000001',
      officeId: '0b000000-0000-8000-8000-000000000006',
      reporter: { name: '陈某', phone: '13800138000', protected: true, callBackWanted: true, notify: { channel: 'sms' } },
      behalfOf: { name: '李某', phone: '13800138001', by: 'family', consent: true },
      respondentOrganizationId: BODY,
      fileIds: [],
      occurredAt: '2026-09-30T10:00:00Z',
      postId: OWN_POST,
    },
    optional: [
      'procedure',
      'channel',
      'demandKind',
      'categoryId',
      'point',
      'address',
      'areaId',
      'facilityId',
      'officeId',
      'reporter',
      'behalfOf',
      'respondentOrganizationId',
      'fileIds',
      'occurredAt',
      'postId',
    ],
  }),
  'GET /cases': () => ({
    path: '/cases',
    as: 'dispatcherA',
    query: {
      areaId: AREA,
      level: 'town',
      view: 'area',
      stage: 'received',
      light: 'green',
      bbox: '113,22,113.1,22.1',
      open: 'true',
      limit: '20',
      count: 'true',
      cursor: Buffer.from(`changed~2026-09-30T10:00:00.000Z~${NOWHERE}`).toString('base64url'),
    },
  }),
  'GET /cases/:id': ({ id }) => ({ path: `/cases/${id}`, as: 'handlerA', ids: [id] }),
  'POST /cases/:id/actions': (subject) => ({
    path: `/cases/${subject.id}/actions`,
    as: 'handlerA',
    ids: [subject.id],
    body: { ...action(subject), postId: OWN_POST },
    optional: OPTIONAL_OF_ACTION,
  }),
  'POST /cases/:id/place': ({ id }) => ({
    path: `/cases/${id}/place`,
    as: 'dispatcherA',
    ids: [id],
    body: { commandId: uuid(5), version: 3, areaId: AREA, point: { lon: 113.03, lat: 22.03 } },
    optional: ['areaId', 'point'],
  }),
  'POST /cases/:id/notes': ({ id }) => ({
    path: `/cases/${id}/notes`,
    as: 'handlerA',
    ids: [id],
    body: { commandId: uuid(4), words: '已电话联系' },
  }),
  'GET /cases/:id/similar': ({ id }) => ({ path: `/cases/${id}/similar`, as: 'handlerA', ids: [id], asksNothing: true }),
  'GET /cases/:id/diagram.svg': ({ id }) => ({ path: `/cases/${id}/diagram.svg`, as: 'handlerA', ids: [id], asksNothing: true }),
  'GET /cases/:id/documents': ({ id }) => ({ path: `/cases/${id}/documents`, as: 'handlerA', ids: [id] }),
  'GET /cases/:id/documents/draft': ({ id }) => ({
    path: `/cases/${id}/documents/draft`,
    as: 'handlerA',
    ids: [id],
    query: { kind: 'assignment' },
  }),
  'POST /cases/:id/documents/preview': ({ id }) => ({
    path: `/cases/${id}/documents/preview`,
    as: 'handlerA',
    ids: [id],
    body: { kind: 'assignment', draft: PAPER },
  }),
  'POST /cases/:id/documents': ({ id }) => ({
    path: `/cases/${id}/documents`,
    as: 'handlerA',
    ids: [id],
    body: { commandId: uuid(60), documentId: uuid(61), kind: 'assignment', draft: PAPER },
  }),
  'GET /cases/:id/documents/:documentId/:format': ({ id }) => ({
    path: `/cases/${id}/documents/${uuid(62)}/pdf`,
    as: 'handlerA',
    ids: [id, uuid(62)],
  }),
  'POST /cases/:id/documents/:documentId/signed': ({ id, fileId }) => ({
    path: `/cases/${id}/documents/${uuid(63)}/signed`,
    as: 'handlerA',
    ids: [id, uuid(63)],
    body: { commandId: uuid(64), fileIds: [fileId] },
  }),
  'GET /cases/:id/dossier': ({ id }) => ({ path: `/cases/${id}/dossier`, as: 'mediatorA', ids: [id] }),
  'POST /cases/:id/dossier/place': ({ id, fileId }) => ({
    path: `/cases/${id}/dossier/place`,
    as: 'mediatorA',
    ids: [id],
    body: { commandId: uuid(141), fileId, slot: 'evidence' },
    optional: ['slot'],
  }),
  'POST /cases/:id/dossier/archive': ({ id }) => ({
    path: `/cases/${id}/dossier/archive`,
    as: 'mediatorA',
    ids: [id],
    body: { commandId: uuid(142), archivedOn: '2026-09-30', retention: 'long', note: '口头调解' },
    optional: ['note'],
  }),
  'POST /cases/:id/dossier/read': ({ id }) => ({
    path: `/cases/${id}/dossier/read`,
    as: 'mediatorA',
    ids: [id],
    body: { commandId: uuid(143), purpose: '立卷核对' },
  }),
  'GET /leases': () => ({ path: '/leases', as: 'handlerA', asksNothing: true }),
  'PUT /cases/:id/lease': ({ id }) => ({ path: `/cases/${id}/lease`, as: 'handlerA', ids: [id], asksNothing: true }),
  'DELETE /cases/:id/lease': ({ id }) => ({ path: `/cases/${id}/lease`, as: 'handlerA', ids: [id], asksNothing: true }),
  'POST /cases/:id/lease/takeover': ({ id }) => ({
    path: `/cases/${id}/lease/takeover`,
    as: 'handlerA',
    ids: [id],
    body: { commandId: uuid(70) },
  }),
  'POST /cases/preview': ({ id }) => ({
    path: '/cases/preview',
    as: 'handlerA',
    body: { ids: [id], actionKey: 'acknowledge.000000000000', input: {} },
    optional: ['actionKey', 'input'],
  }),
  'GET /inbox/views': () => ({ path: '/inbox/views', as: 'handlerA', asksNothing: true }),
  'PUT /inbox/views/:id': () => ({
    path: `/inbox/views/${uuid(71)}`,
    as: 'handlerA',
    ids: [uuid(71)],
    makesIds: true,
    body: { name: '我的待办', filter: { view: 'todo', stage: 'handling' }, columns: ['title'] },
  }),
  'DELETE /inbox/views/:id': () => ({ path: `/inbox/views/${uuid(71)}`, as: 'handlerA', ids: [uuid(71)], asksNothing: true }),
  'GET /inbox/counts': () => ({ path: '/inbox/counts', as: 'handlerA', query: { postId: OWN_POST } }),
  'POST /cases/:id/tasks': ({ id }) => ({
    path: `/cases/${id}/tasks`,
    as: 'handlerA',
    ids: [id],
    body: { commandId: uuid(5), taskId: uuid(6), organizationId: BODY, words: '请协助' },
  }),
  'POST /cases/:id/tasks/:taskId': ({ id }) => ({
    path: `/cases/${id}/tasks/${uuid(7)}`,
    as: 'handlerA',
    ids: [id, uuid(7)],
    body: { commandId: uuid(8), status: 'acknowledged', words: '收到' },
    optional: ['words'],
  }),
  'POST /cases/:id/parties/:partyId/read': ({ id, partyId }) => ({
    path: `/cases/${id}/parties/${partyId}/read`,
    as: 'handlerA',
    ids: [id, partyId],
    body: { purpose: '电话核实', fields: ['phone'] },
  }),
  'POST /cases/:id/erase': ({ id, partyId }) => ({
    path: `/cases/${id}/erase`,
    as: 'administrator',
    ids: [id],
    body: { commandId: uuid(9), ground: 'byRequest', eventNos: [1], partyId, fileIds: [uuid(10)] },
    optional: ['eventNos', 'partyId', 'fileIds'],
  }),
  'GET /file-uploads/:uploadId': () => ({ path: `/file-uploads/${uuid(61)}`, ids: [uuid(61)], makesIds: true }),
  'PUT /file-uploads/:uploadId/:offset': () => ({ path: `/file-uploads/${uuid(62)}/0`, bytes: true, ids: [uuid(62)], makesIds: true }),
  'PUT /cases/:id/files/:fileId': ({ id }) => ({
    path: `/cases/${id}/files/${uuid(11)}`,
    as: 'handlerA',
    bytes: true,
    query: { keepPlace: 'true', seenBy: 'reporter' },
    ids: [id, uuid(11)],
  }),
  'GET /cases/:id/files/:fileId': ({ id, fileId }) => ({ path: `/cases/${id}/files/${fileId}`, as: 'handlerA', ids: [id, fileId] }),
  'GET /receipts/:code/share': ({ code }) => ({ path: `/receipts/${code}/share`, ids: [code], asksNothing: true }),
  'GET /shared/:token': () => ({ path: `/shared/${'A'.repeat(86)}`, asksNothing: true }),
  'GET /ratings/:code': () => ({ path: '/ratings/ABCD-EFGH-JKLM', ids: ['ABCD-EFGH-JKLM'], asksNothing: true }),
  'POST /ratings/:code': () => ({ path: '/ratings/ABCD-EFGH-JKLM', ids: ['ABCD-EFGH-JKLM'], body: { value: 'satisfied' } }),
  'GET /nearby': () => ({ path: '/nearby', query: { lon: '113.03', lat: '22.03', areaId: AREA, categoryId: 'municipal.lampOut' } }),
  'POST /nearby/follows': () => ({ path: '/nearby/follows', body: { id: uuid(90), ref: 'A'.repeat(60) } }),
  'GET /follows/:code': () => ({ path: '/follows/ABCD-EFGH-JKLM', ids: ['ABCD-EFGH-JKLM'], asksNothing: true }),
  'DELETE /follows/:code': () => ({ path: '/follows/ABCD-EFGH-JKLM', ids: ['ABCD-EFGH-JKLM'], asksNothing: true }),
  'GET /cases/:id/followers': ({ id }) => ({ path: `/cases/${id}/followers`, as: 'dispatcherA', ids: [id], asksNothing: true }),
  'GET /public/reports': () => ({ path: '/public/reports', query: { areaId: AREA, before: 'A'.repeat(60) } }),
  'GET /publication/areas': () => ({ path: '/publication/areas', as: 'administrator', asksNothing: true }),
  'POST /publication/areas/:id': () => ({
    path: `/publication/areas/${AREA}`,
    as: 'administrator',
    ids: [AREA],
    body: { ...COMMAND, version: 1, nearby: true, listed: false, categoryIds: ['municipal'] },
  }),
  'GET /publication/reviews': () => ({ path: '/publication/reviews', as: 'dispatcherA', query: { state: 'waiting' } }),
  'PUT /cases/:id/publication': ({ id }) => ({
    path: `/cases/${id}/publication`,
    as: 'dispatcherA',
    ids: [id],
    body: { state: 'shown', words: '路灯不亮', version: 0 },
    optional: ['words'],
  }),
  'GET /receipts/:code': ({ code }) => ({ path: `/receipts/${code}`, ids: [code] }),
  'GET /receipts/:code/access-log': ({ code }) => ({
    path: `/receipts/${code}/access-log`,
    ids: [code],
    query: { before: '2026-09-30T10:00:00Z' },
  }),
  'GET /me/addresses': () => ({ path: '/me/addresses', as: 'handlerA', asksNothing: true }),
  'PUT /me/addresses/:id/mail': () => ({
    path: `/me/addresses/${uuid(78)}/mail`,
    as: 'handlerA',
    ids: [uuid(78)],
    body: { address: 'somebody@office.example' },
  }),
  'POST /me/addresses/:id/prove': () => ({
    path: `/me/addresses/${uuid(78)}/prove`,
    as: 'handlerA',
    ids: [uuid(78)],
    body: { code: 'ABCD-EFGH-JKLM' },
  }),
  'PUT /me/addresses/:id/push': () => ({
    path: `/me/addresses/${uuid(78)}/push`,
    as: 'handlerA',
    ids: [uuid(78)],
    body: { endpoint: 'https://push.example/1', p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
  }),
  'PUT /me/addresses/:id/sms': () => ({ path: `/me/addresses/${uuid(78)}/sms`, as: 'residentA', ids: [uuid(78)] }),
  'PUT /me/addresses/:id/account': () => ({ path: `/me/addresses/${uuid(78)}/account`, as: 'residentA', ids: [uuid(78)] }),
  'POST /messages/followers': () => ({ path: '/messages/followers', bytes: true }),
  'DELETE /me/addresses/:id': () => ({ path: `/me/addresses/${uuid(78)}`, as: 'handlerA', ids: [uuid(78)] }),
  'POST /messages/stop/:token': () => ({ path: `/messages/stop/${'A'.repeat(43)}`, bytes: true, ids: ['A'.repeat(43)] }),
  'GET /channels': () => ({ path: '/channels', asksNothing: true }),
  'GET /cases/:id/messages': ({ id }) => ({ path: `/cases/${id}/messages`, as: 'handlerA', ids: [id], asksNothing: true }),
  'GET /receipts/:code/notify': ({ code }) => ({ path: `/receipts/${code}/notify`, ids: [code], asksNothing: true }),
  'PUT /receipts/:code/notify': ({ code }) => ({ path: `/receipts/${code}/notify`, ids: [code], body: { sms: false } }),
  'POST /receipts/:code/actions': (subject) => ({
    path: `/receipts/${subject.code}/actions`,
    ids: [subject.code],
    body: { ...action(subject), action: 'addInformation' },
    optional: OPTIONAL_OF_ACTION,
  }),
  'PUT /receipts/:code/files/:fileId': ({ code }) => ({ path: `/receipts/${code}/files/${uuid(12)}`, bytes: true, ids: [code, uuid(12)] }),
  'GET /receipts/:code/files/:fileId': ({ code, fileId }) => ({ path: `/receipts/${code}/files/${fileId}`, ids: [code, fileId] }),
  'GET /me': () => ({ path: '/me', as: 'residentA', asksNothing: true }),
  'POST /me/language': () => ({ path: '/me/language', as: 'residentA', body: { language: 'en' } }),
  'GET /me/access-log': () => ({ path: '/me/access-log', as: 'residentA', query: { before: '2026-09-30T10:00:00Z' } }),
  'GET /me/details': () => ({ path: '/me/details', as: 'residentA', asksNothing: true }),
  'PUT /me/details': () => ({
    path: '/me/details',
    as: 'residentA',
    body: { name: '陈某', largeType: true },
    optional: ['name', 'largeType'],
  }),
  'GET /me/cases': () => ({ path: '/me/cases', as: 'residentA', asksNothing: true }),
  'POST /me/cases': () => ({ path: '/me/cases', as: 'residentA', body: { code: 'ABCD-EFGH-JKLM' } }),
  'GET /me/sign-in': () => ({ path: '/me/sign-in', as: 'residentA', asksNothing: true }),
  'POST /me/access-log/:id/objection': () => ({
    path: `/me/access-log/${uuid(79)}/objection`,
    as: 'residentA',
    ids: [uuid(79)],
    body: { caseId: uuid(80), words: '没有必要' },
  }),
  'POST /receipts/:code/access-log/:id/objection': ({ code }) => ({
    path: `/receipts/${code}/access-log/${uuid(79)}/objection`,
    ids: [code, uuid(79)],
    body: { caseId: uuid(80), words: '没有必要' },
  }),
  'GET /me/copy': () => ({ path: '/me/copy', as: 'residentA', asksNothing: true }),
  'GET /me/erasure': () => ({ path: '/me/erasure', as: 'residentA', asksNothing: true }),
  'POST /me/erasure': () => ({ path: '/me/erasure', as: 'residentB', body: { confirmed: true } }),
  'GET /notices': () => ({
    path: '/notices',
    as: 'residentA',
    query: {
      cursor: 'MjAyNi0wOS0zMFQxMDowMDowMC4wMDBafjVlMDAwMDAwLTAwMDAtODAwMC04MDAwLTAwMDAwMDAwMDAwMQ',
      unread: 'true',
      kind: 'arrived',
      digestId: NOWHERE,
    },
  }),
  'POST /notices/:id/read': () => ({ path: `/notices/${NOWHERE}/read`, as: 'residentA', ids: [NOWHERE], asksNothing: true }),
  'POST /notices/read': () => ({ path: '/notices/read', as: 'residentA', body: { upTo: '2026-09-30T10:00:00.000Z' } }),
  'GET /notices/settings': () => ({ path: '/notices/settings', as: 'residentA', asksNothing: true }),
  'PUT /notices/settings': () => ({
    path: '/notices/settings',
    as: 'residentA',
    body: { muted: ['arrived'], quiet: { from: 1320, to: 420 }, urgentPasses: true, digest: 'daily', digestAt: 510 },
    optional: ['quiet'],
  }),
  'GET /demo/accounts': () => ({ path: '/demo/accounts', asksNothing: true }),
  'GET /live': () => ({ path: '/live', as: 'dispatcherA', asksNothing: true }),
  'GET /statistics/cases': () => ({
    path: '/statistics/cases',
    as: 'leaderA',
    query: { measure: 'standing', by: 'stage', areaId: AREA, from: '2026-09-01', to: '2026-09-30', procedureId: 'order' },
  }),
  'GET /statistics/durations': () => ({
    path: '/statistics/durations',
    as: 'leaderA',
    query: { areaId: AREA, from: '2026-09-01', to: '2026-09-30', procedureId: 'order', categoryId: 'municipal' },
  }),
  'GET /statistics/burden': () => ({
    path: '/statistics/burden',
    as: 'leaderA',
    query: { areaId: AREA, from: '2026-09-01', to: '2026-09-30' },
  }),
  'GET /statistics/late': () => ({
    path: '/statistics/late',
    as: 'leaderA',
    query: { areaId: AREA, from: '2026-09-01', to: '2026-09-30', limit: '20' },
  }),
  'GET /statistics/standing': () => ({ path: '/statistics/standing', as: 'leaderA', asksNothing: true }),
  'GET /wall': () => ({ path: '/wall', as: 'leaderA', query: { areaId: AREA } }),
  'GET /wall/map': () => ({ path: '/wall/map', as: 'leaderA', query: { areaId: AREA } }),
  'GET /wall/live': () => ({ path: '/wall/live', as: 'leaderA', query: { areaId: AREA } }),
  'GET /wall/displays': () => ({ path: '/wall/displays', as: 'administrator', asksNothing: true }),
  'POST /wall/displays': () => ({ path: '/wall/displays', as: 'administrator', body: { id: uuid(9), name: '大厅', areaId: AREA } }),
  'POST /wall/displays/:id/revoke': () => ({
    path: `/wall/displays/${NOWHERE}/revoke`,
    as: 'administrator',
    ids: [NOWHERE],
    asksNothing: true,
  }),
  'GET /offices': () => ({ path: '/offices', query: { procedure: 'letter', areaId: AREA } }),
  'GET /areas': () => ({ path: '/areas', query: { parentId: AREA } }),
  'GET /areas/resolve': () => ({ path: '/areas/resolve', query: { lon: '113.02', lat: '22.02' } }),
  'GET /areas/:id': () => ({ path: `/areas/${AREA}`, ids: [AREA] }),
  'GET /areas/:id/net': () => ({ path: `/areas/${AREA}/net`, as: 'administrator', ids: [AREA] }),
  'GET /areas/:id/findings': () => ({ path: `/areas/${AREA}/findings`, as: 'administrator', ids: [AREA] }),
  'GET /areas/:id/history': () => ({ path: `/areas/${AREA}/history`, as: 'administrator', ids: [AREA] }),
  'GET /areas/:id/boundaries': () => ({ path: `/areas/${AREA}/boundaries`, as: 'administrator', ids: [AREA] }),
  'POST /areas/boundary-files': () => ({
    path: '/areas/boundary-files',
    as: 'administrator',
    query: { format: 'geojson', datum: 'WGS84' },
    bytes: true,
  }),
  'POST /areas/rezonings/preview': () => ({
    path: '/areas/rezonings/preview',
    as: 'administrator',
    body: { steps: [STEP], moves: [] },
    optional: ['moves'],
  }),
  'POST /areas/rezonings': () => ({
    path: '/areas/rezonings',
    as: 'administrator',
    body: { id: uuid(40), netVersion: 0, steps: [STEP], moves: [], reason: '按区政府决定', documentNumber: '示例〔2026〕1号' },
    optional: ['moves', 'documentNumber'],
  }),
  'GET /areas/rezonings': () => ({ path: '/areas/rezonings', as: 'administrator', query: { areaId: AREA } }),
  'GET /areas/rezonings/:id': () => ({ path: `/areas/rezonings/${uuid(41)}`, as: 'administrator', ids: [uuid(41)] }),
  'GET /facilities': () => ({
    path: '/facilities',
    query: { bbox: '113,22,113.1,22.1', areaId: AREA, kind: 'lamp', q: '路灯', closed: 'true', limit: '20' },
  }),
  'GET /map': () => ({ path: '/map', asksNothing: true }),
  'GET /map/base.pmtiles': () => ({ path: '/map/base.pmtiles', asksNothing: true }),
  'GET /map/tiles/areas/:z/:x/:y.mvt': () => ({ path: '/map/tiles/areas/10/834/447.mvt', ids: ['10', '834'] }),
  'GET /map/tiles/facilities/:z/:x/:y.mvt': () => ({ path: '/map/tiles/facilities/14/13335/7160.mvt', ids: ['14', '13335'] }),
  'GET /map/tiles/teams/:z/:x/:y.mvt': () => ({ path: '/map/tiles/teams/12/3333/1790.mvt', as: 'dispatcherA', ids: ['12', '3333'] }),
  'GET /map/tiles/cases/:z/:x/:y.mvt': () => ({
    path: '/map/tiles/cases/12/3333/1790.mvt',
    as: 'dispatcherA',
    ids: ['12', '3333'],
    query: { show: 'filed', from: '2026-09-01', to: '2026-09-30', stage: 'filed', light: 'red', categoryId: 'municipal' },
  }),
  'GET /map/counts': () => ({
    path: '/map/counts',
    as: 'dispatcherA',
    query: { areaId: AREA, show: 'filed', from: '2026-09-01', to: '2026-09-30', stage: 'filed', light: 'red', categoryId: 'municipal' },
  }),
  'GET /map/areas': () => ({ path: '/map/areas', query: { q: '甲镇' } }),
  'GET /categories': () => ({ path: '/categories', asksNothing: true }),
  'GET /procedures': () => ({ path: '/procedures', asksNothing: true }),
  'GET /procedures/:id': () => ({ path: '/procedures/order', ids: ['order'] }),
  'GET /procedures/:id/:version': () => ({ path: '/procedures/order/2', ids: ['order', '2'] }),
  'GET /procedures/:id/diagram.svg': () => ({ path: '/procedures/order/diagram.svg', query: { version: '1' }, ids: ['order'] }),
  'GET /organizations': () => ({
    path: '/organizations',
    as: 'handlerA',
    query: { areaId: AREA, deep: 'true', kind: 'department', closed: 'true', limit: '20' },
  }),
  'GET /posts': () => ({ path: '/posts', as: 'handlerA', query: { areaId: AREA, organizationId: BODY, role: 'handler', closed: 'true' } }),
  'GET /procedure-uses': () => ({ path: '/procedure-uses', query: { procedureId: 'order' } }),
  'POST /procedure-uses': () => ({
    path: '/procedure-uses',
    as: 'administrator',
    body: { id: uuid(20), procedureId: 'order', version: 2, areaId: AREA, from: '2026-10-01', note: '试行' },
  }),
  'DELETE /procedure-uses/:id': () => ({ path: `/procedure-uses/${uuid(20)}`, as: 'administrator', ids: [uuid(20)], asksNothing: true }),
  'POST /procedure-migrations/preview': () => ({
    path: '/procedure-migrations/preview',
    as: 'administrator',
    body: { procedureId: 'order', from: 2, to: 1001, areaId: AREA, caseId: uuid(22), mapping: { stages: { filed: 'filed' } } },
    optional: ['caseId'],
  }),
  'POST /procedure-migrations': () => ({
    path: '/procedure-migrations',
    as: 'administrator',
    body: {
      id: uuid(20),
      after: uuid(22),
      procedureId: 'order',
      from: 2,
      to: 1001,
      areaId: AREA,
      caseId: uuid(22),
      mapping: { stages: { filed: 'filed' } },
    },
    optional: ['after', 'caseId'],
  }),
  'GET /procedure-drafts': () => ({ path: '/procedure-drafts', as: 'administrator', asksNothing: true }),
  'GET /procedure-drafts/:id': () => ({ path: `/procedure-drafts/${uuid(21)}`, as: 'administrator', ids: [uuid(21)], asksNothing: true }),
  'PUT /procedure-drafts/:id': () => ({
    path: `/procedure-drafts/${uuid(21)}`,
    as: 'administrator',
    ids: [uuid(21)],
    body: { version: 3, procedureId: 'order', baseVersion: 2, areaId: AREA, change: { title: { zh: '甲镇工单' } } },
  }),
  'DELETE /procedure-drafts/:id': () => ({
    path: `/procedure-drafts/${uuid(21)}`,
    as: 'administrator',
    ids: [uuid(21)],
    query: { version: '1' },
  }),
  'POST /procedure-drafts/:id/publish': () => ({
    path: `/procedure-drafts/${uuid(21)}/publish`,
    as: 'administrator',
    ids: [uuid(21)],
    body: { version: 1, note: '试行', from: '2026-10-01' },
  }),
  'GET /organizations/:id/shifts': () => ({
    path: `/organizations/${BODY}/shifts`,
    as: 'handlerA',
    ids: [BODY],
    query: { from: '2026-09-01', days: '7' },
  }),
  'GET /duty-lists': () => ({ path: '/duty-lists', as: 'handlerA', query: { areaId: AREA, kind: 'catalogue', past: 'true' } }),
  'GET /duty-effect': () => ({
    path: '/duty-effect',
    as: 'handlerA',
    query: { areaId: AREA, categoryId: 'municipal.lampOut' },
  }),
  'GET /duty-lists/:id': () => ({ path: `/duty-lists/${NOWHERE}`, as: 'handlerA', ids: [NOWHERE] }),
  ...administration,
  ...dispute,
  ...source,
  ...agreement,
  ...screening,
  ...hearing,
  'GET /reply-templates': () => ({ path: '/reply-templates', as: 'bodyHeadA', query: { organizationId: OWN_BODY, retired: 'true' } }),
  'POST /reply-templates': () => ({
    path: '/reply-templates',
    as: 'bodyHeadA',
    body: { id: uuid(70), organizationId: OWN_BODY, title: '已受理', text: '已受理。', categoryIds: ['municipal'] },
    optional: ['categoryIds'],
  }),
  'POST /reply-templates/:id': () => ({
    path: `/reply-templates/${uuid(71)}`,
    as: 'bodyHeadA',
    ids: [uuid(71)],
    body: { version: 1, title: '已受理', text: '已受理。', categoryIds: ['municipal'], retired: true },
    optional: ['categoryIds', 'retired'],
  }),
  ...field,
  ...reception,
  'GET /handovers': () => ({ path: '/handovers', as: 'handlerA', query: { organizationId: OWN_BODY } }),
  'GET /organizations/:id/handover': () => ({
    path: `/organizations/${OWN_BODY}/handover`,
    as: 'handlerA',
    ids: [OWN_BODY],
    asksNothing: true,
  }),
  'POST /handovers': () => ({
    path: '/handovers',
    as: 'handlerA',
    body: { id: uuid(72), organizationId: OWN_BODY, words: '请留意' },
    optional: ['words'],
  }),
  'GET /handovers/:id': () => ({ path: `/handovers/${uuid(73)}`, as: 'handlerA', ids: [uuid(73)], asksNothing: true }),
  'POST /handovers/:id/receive': () => ({
    path: `/handovers/${uuid(74)}/receive`,
    as: 'handlerA',
    ids: [uuid(74)],
    body: { words: '收到' },
    optional: ['words'],
  }),
  'GET /jobs': () => ({ path: '/jobs', as: 'handlerA', asksNothing: true }),
  'GET /jobs/:id': () => ({ path: `/jobs/${uuid(70)}`, as: 'handlerA', ids: [uuid(70)] }),
  'POST /jobs/:id/cancel': () => ({ path: `/jobs/${uuid(70)}/cancel`, as: 'handlerA', ids: [uuid(70)] }),
  'POST /jobs/:id/retry': () => ({ path: `/jobs/${uuid(70)}/retry`, as: 'handlerA', ids: [uuid(70)] }),
  'GET /jobs/:id/file': () => ({ path: `/jobs/${uuid(70)}/file`, as: 'handlerA', ids: [uuid(70)] }),
  'GET /exports/columns': () => ({ path: '/exports/columns', as: 'handlerA', asksNothing: true }),
  'POST /exports': () => ({
    path: '/exports',
    as: 'dispatcherA',
    body: {
      id: uuid(71),
      source: 'cases',
      format: 'csv',
      filter: { view: 'area' },
      figures: { from: '2026-09-01' },
      columns: ['number'],
      purpose: '核对台账',
    },
    optional: ['filter', 'figures', 'columns', 'purpose'],
  }),
  'PUT /uploads/:id': () => ({
    path: `/uploads/${uuid(72)}`,
    query: { as: 'organizations' },
    as: 'administrator',
    bytes: true,
    ids: [uuid(72)],
  }),
  'POST /imports': () => ({
    path: '/imports',
    as: 'administrator',
    body: {
      id: uuid(73),
      uploadId: uuid(72),
      map: { kind: 'register', register: 'organizations', columns: { name: '单位名称', area: '所在区域' }, language: 'zh' },
      dryRun: true,
      take: [{ line: 2, kept: '0'.repeat(64) }],
    },
    optional: ['take'],
  }),
  'GET /templates': () => ({ path: '/templates', as: 'leaderA', asksNothing: true }),
  'PUT /templates/:id/file': () => ({ path: `/templates/${uuid(74)}/file`, as: 'leaderA', bytes: true, ids: [uuid(74)] }),
  'GET /templates/:id': () => ({ path: `/templates/${uuid(74)}`, as: 'leaderA', ids: [uuid(74)] }),
  'POST /templates/:id': () => ({
    path: `/templates/${uuid(74)}`,
    as: 'leaderA',
    ids: [uuid(74)],
    body: { version: 1, name: '月报', map: { sheet: '月报', cells: [{ cell: 'A1', value: 'month' }] } },
  }),
  'POST /templates/:id/retire': () => ({ path: `/templates/${uuid(74)}/retire`, as: 'leaderA', ids: [uuid(74)] }),
  'POST /templates/:id/fill': () => ({
    path: `/templates/${uuid(74)}/fill`,
    as: 'leaderA',
    ids: [uuid(74)],
    body: { id: uuid(75), month: '2026-08', preparedBy: '王工' },
    optional: ['preparedBy'],
  }),
  'GET /webhooks': () => ({ path: '/webhooks', as: 'administrator', asksNothing: true }),
  'GET /cases/:id/calls': ({ id }) => ({ path: `/cases/${id}/calls`, as: 'handlerA', ids: [id], asksNothing: true }),
  'POST /cases/similar': () => ({
    path: '/cases/similar',
    as: 'operator',
    body: { text: '路灯不亮', point: { lon: 113.02, lat: 22.02 }, areaId: AREA, categoryId: 'municipal.lampOut' },
    optional: ['text', 'point', 'areaId', 'categoryId'],
  }),
  'GET /hotline/calls': () => ({ path: '/hotline/calls', as: 'operator', asksNothing: true }),
  'POST /hotline/calls': () => ({
    path: '/hotline/calls',
    as: 'operator',
    body: { id: uuid(90), number: '13800138000' },
    optional: ['number'],
  }),
  'POST /hotline/calls/:id/take': () => ({ path: `/hotline/calls/${uuid(90)}/take`, as: 'operator', ids: [uuid(90)] }),
  'POST /hotline/calls/:id/caller': () => ({
    path: `/hotline/calls/${uuid(90)}/caller`,
    as: 'operator',
    ids: [uuid(90)],
    body: { code: 'AAAA-BBBB-CCCC' },
    optional: ['code'],
  }),
  'POST /hotline/calls/:id/cases/:caseId/actions': ({ id }) => ({
    path: `/hotline/calls/${uuid(90)}/cases/${id}/actions`,
    as: 'operator',
    ids: [uuid(90), id],
    body: { commandId: uuid(91), action: 'urge', version: 3, input: { note: '请快一点' } },
    optional: ['input'],
  }),
  'PUT /hotline/calls/:id/cases/:caseId': ({ id }) => ({
    path: `/hotline/calls/${uuid(90)}/cases/${id}`,
    as: 'operator',
    ids: [uuid(90), id],
    body: { deed: 'told' },
  }),
  'POST /hotline/calls/:id/close': () => ({
    path: `/hotline/calls/${uuid(90)}/close`,
    as: 'operator',
    ids: [uuid(90)],
    body: { result: 'passedOn', passedTo: '119' },
    optional: ['passedTo'],
  }),
  'GET /hotline/call-backs': () => ({ path: '/hotline/call-backs', as: 'operator', asksNothing: true }),
  'POST /hotline/call-backs/:id': ({ id }) => ({
    path: `/hotline/call-backs/${id}`,
    as: 'operator',
    ids: [id],
    body: {
      commandId: uuid(92),
      callId: uuid(93),
      version: 3,
      outcome: 'unanswered',
      input: { words: '无人接听' },
      beganAt: '2026-09-30T10:00:00Z',
    },
    optional: ['input', 'beganAt'],
  }),
  'GET /open311-keys': () => ({ path: '/open311-keys', as: 'administrator', asksNothing: true }),
  'POST /open311-keys': () => ({
    path: '/open311-keys',
    as: 'administrator',
    body: { id: uuid(95), name: '某应用', perDay: 100, days: 30 },
  }),
  'POST /open311-keys/:id/revoke': () => ({ path: `/open311-keys/${uuid(95)}/revoke`, as: 'administrator', ids: [uuid(95)] }),
  'PUT /open311-list': () => ({ path: '/open311-list', as: 'administrator', body: { listOpen: true } }),
  'GET /hotline/lines': () => ({ path: '/hotline/lines', as: 'administrator', asksNothing: true }),
  'POST /hotline/lines': () => ({
    path: '/hotline/lines',
    as: 'administrator',
    body: { id: uuid(94), organizationId: BODY, name: '话务平台' },
  }),
  'POST /hotline/lines/:id/revoke': () => ({ path: `/hotline/lines/${uuid(94)}/revoke`, as: 'administrator', ids: [uuid(94)] }),
  'POST /hotline/lines/:id/news': () => ({ path: `/hotline/lines/${uuid(94)}/news`, bytes: true, ids: [uuid(94)] }),
  'POST /webhooks': () => ({
    path: '/webhooks',
    as: 'administrator',
    body: { id: uuid(76), organizationId: BODY, areaId: AREA, url: 'https://example.org/hook', events: ['case.filed'] },
    optional: ['areaId'],
  }),
  'POST /webhooks/:id': () => ({
    path: `/webhooks/${uuid(76)}`,
    as: 'administrator',
    ids: [uuid(76)],
    body: { url: 'https://example.org/hook', events: ['case.filed'], on: true },
    optional: ['url', 'events', 'on'],
  }),
  'POST /webhooks/:id/secret': () => ({ path: `/webhooks/${uuid(76)}/secret`, as: 'administrator', ids: [uuid(76)] }),
  'POST /webhooks/:id/test': () => ({ path: `/webhooks/${uuid(76)}/test`, as: 'administrator', ids: [uuid(76)] }),
  'POST /webhooks/:id/remove': () => ({ path: `/webhooks/${uuid(76)}/remove`, as: 'administrator', ids: [uuid(76)] }),
  'GET /webhooks/:id/deliveries': () => ({ path: `/webhooks/${uuid(76)}/deliveries`, as: 'administrator', ids: [uuid(76)] }),
  'GET /api-tokens': () => ({ path: '/api-tokens', as: 'administrator', asksNothing: true }),
  'POST /api-tokens': () => ({
    path: '/api-tokens',
    as: 'administrator',
    body: { id: uuid(77), organizationId: BODY, name: '城建系统', days: 30 },
  }),
  'POST /api-tokens/:id/revoke': () => ({ path: `/api-tokens/${uuid(77)}/revoke`, as: 'administrator', ids: [uuid(77)] }),
  'GET /department/cases': () => ({ path: '/department/cases', as: 'handlerA', query: { cursor: 'eyJ9', limit: '10' } }),
  'POST /department/cases': () => ({
    path: '/department/cases',
    as: 'handlerA',
    body: {
      sourceNumber: 'CJ-1',
      text: '路灯不亮',
      demandKind: 'help',
      categoryId: 'municipal.lampOut',
      point: { lon: 113.02, lat: 22.02 },
      address: '一号楼前',
      areaId: AREA,
      reporter: { name: '陈某', phone: '13800138000', protected: true, callBackWanted: true },
      occurredAt: '2026-09-30T10:00:00Z',
    },
    optional: ['demandKind', 'categoryId', 'point', 'address', 'areaId', 'reporter', 'occurredAt'],
  }),
  'GET /openapi.json': () => ({ path: '/openapi.json', asksNothing: true }),
};

const own = (path: string, body: Good['body']) => (): Good => ({ path, as: 'residentA', body });
const signIn = (path: string, body: Good['body']) => (): Good => ({ path, body });

const CREDENTIAL = { id: 'x', rawId: 'x', type: 'public-key', clientExtensionResults: {} };
/** Sign-in. A body of no fields has nothing that could be missing. */
const auth: Readonly<Record<string, (subject: Subject) => Good>> = {
  'POST /sign-in/username': signIn('/sign-in/username', { username: 'nobody', password: 'not the password' }),
  'POST /two-factor/verify-totp': signIn('/two-factor/verify-totp', { code: '123456' }),
  'POST /two-factor/verify-backup-code': signIn('/two-factor/verify-backup-code', { code: 'abcde-fghij' }),
  'POST /phone-number/send-otp': signIn('/phone-number/send-otp', { phoneNumber: '13800138000' }),
  'POST /phone-number/verify': signIn('/phone-number/verify', { phoneNumber: '13800138000', code: '123456' }),
  'POST /code/mail': signIn('/code/mail', { mail: 'nobody@example.org' }),
  'POST /sign-in/mail': signIn('/sign-in/mail', { mail: 'nobody@example.org', code: '123456' }),
  'POST /sign-in/password': signIn('/sign-in/password', { account: 'nobody@example.org', password: 'not the password' }),
  'POST /sign-in/passkey': signIn('/sign-in/passkey', {
    response: { ...CREDENTIAL, response: { clientDataJSON: 'x', authenticatorData: 'x', signature: 'x' } },
  }),
  'POST /passkey/challenge': signIn('/passkey/challenge', {}),
  'POST /passkey/offer': own('/passkey/offer', {}),
  'POST /passkey/keep': own('/passkey/keep', {
    response: { ...CREDENTIAL, response: { clientDataJSON: 'x', attestationObject: 'x' } },
    name: '手机',
  }),
  'POST /passkey/remove': own('/passkey/remove', { id: 'none' }),
  'POST /contacts/phone': own('/contacts/phone', { phoneNumber: '13800138000', code: '123456' }),
  'POST /contacts/mail/code': own('/contacts/mail/code', { mail: 'nobody@example.org' }),
  'POST /contacts/mail': own('/contacts/mail', { mail: 'nobody@example.org', code: '123456' }),
  'POST /password': own('/password', { password: 'a password of length' }),
  'POST /sign-out': signIn('/sign-out', {}),
  'POST /two-factor/enable': own('/two-factor/enable', { password: 'not the password' }),
  'POST /two-factor/disable': own('/two-factor/disable', { password: 'not the password' }),
  'POST /change-password': own('/change-password', { currentPassword: 'not the password', newPassword: 'a new one of length' }),
  'POST /revoke-other-sessions': own('/revoke-other-sessions', {}),
};

const REQUEST = {
  api_key: 'demo',
  jurisdiction_id: 'city.gov',
  service_code: 'sanitation.binFull',
  lat: '22.02',
  long: '113.02',
  address_string: '一号楼前',
  address_id: AREA,
  email: 'a@b.example',
  device_id: 'tt222111',
  account_id: '123456',
  first_name: '三',
  last_name: '张',
  phone: '13800138000',
  description: '桶满了',
  media_url: 'https://pics.example/1.jpg',
  'attribute[size]': 'large',
  'attribute[waste][]': 'kitchen',
  'attribute[since]': '2026-09-30T10:00:00Z',
  'attribute[bins]': '2',
};
const ASKED = {
  jurisdiction_id: 'city.gov',
  service_code: 'municipal.lampOut',
  start_date: '2026-09-01T00:00:00Z',
  end_date: '2026-09-30T00:00:00Z',
  status: 'open',
  page: '1',
  page_size: '20',
};
const inFormats = (name: string, good: Omit<Good, 'path'>): [string, () => Good][] =>
  ['json', 'xml'].map((format) => [`${good.form ? 'POST' : 'GET'} ${name}.${format}`, () => ({ path: `${name}.${format}`, ...good })]);
const fileOf = (folder: string, id: string): [string, () => Good] => [
  `GET ${folder}/:file`,
  () => ({ path: `${folder}/${id}.json`, open311: true, ids: [id] }),
];
/** Open311. */
const open311: Readonly<Record<string, () => Good>> = Object.fromEntries([
  ...inFormats('/discovery', { open311: true, asksNothing: true }),
  ...inFormats('/services', { open311: true, query: { jurisdiction_id: 'city.gov' } }),
  ...inFormats('/requests', { open311: true, query: ASKED }),
  ...inFormats('/requests', { open311: true, form: REQUEST }),
  fileOf('/services', 'municipal.lampOut'),
  fileOf('/requests', 'GD2026-0000001'),
  fileOf('/tokens', NOWHERE),
]);

const prefixed = (prefix: string, rows: Readonly<Record<string, (subject: Subject) => Good>>) =>
  Object.entries(rows).map(([name, good]): [string, (subject: Subject) => Good] => {
    const [method, path] = name.split(' ') as [string, string];
    return [
      `${method} ${prefix}${path}`,
      (subject) => {
        const made = good(subject);
        return { ...made, path: `${prefix}${made.path}` };
      },
    ];
  });

export const GOOD: Readonly<Record<string, (subject: Subject) => Good>> = Object.fromEntries([
  ...prefixed('/api/v1', v1),
  ...prefixed('/api/auth', auth),
  ...prefixed('/open311/v2', open311),
]);
