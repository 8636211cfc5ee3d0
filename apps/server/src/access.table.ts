// long: one row for each route; whoever reviews who may do what reads it in one place
import type { Capability } from '@tongxin/domain/post/policy.ts';

/**
 * Who gets through which door: every route × every demo post, resident, service and stranger × a case of one's own area, of another area,
 * and of somebody else. Written by hand, from the law and the posts' duties, not derived from the rules it checks. `access.table.test.ts`
 * runs every cell; a route without a row fails it.
 */

/** The cases the cells are about. */
export const TARGETS = {
  /** A lamp in community A1 of town A: received by the town's centre, dispatched to its planning office, reported by resident A. */
  lampA: 'lampA',
  /** A lamp in town B, reported by resident B, not dispatched yet. */
  lampB: 'lampB',
  /** A letter of resident A to the letters office of town A: confidential. */
  letterA: 'letterA',
  /**
   * A complaint of resident A, protected, about the property firm of community A1, which stands complained of from the filing on: received by
   * the town's centre, in the hands of its planning office, with the sanitation station supporting.
   */
  complaintA: 'complaintA',
  /** A quarrel in the hands of a mediator of town A: confided. */
  disputeA: 'disputeA',
} as const;
export type Target = keyof typeof TARGETS;

/** What the requests need to know of a case. */
export interface Subject {
  readonly id: string;
  readonly partyId: string;
  readonly fileId: string;
  readonly code: string;
  /** The next action of whoever has the work, with what its form needs. */
  readonly next: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

type Door = 200 | 401 | 403 | 404;
/** Callers by outcome, names apart by blanks; `else` is everybody who is not named. 200 stands for getting through. */
export type Cell = { readonly [door in Door]?: string } & { readonly else: Door };

export interface Ask {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Row {
  /** Answers of a caller who gets through: a refusal for another reason (409, 422) shows the door as well as success does. */
  readonly through: readonly number[];
  readonly ask: (subject: Subject) => Ask;
  /** One cell for all, where no case is concerned, or one for each target. */
  readonly cells: Cell | { readonly [target in Target]: Cell };
  /** Answers without end: the test hangs up after the first bytes. */
  readonly stream?: true;
}

const STRANGER = 'anonymous';
const SERVICES = 'portal import clock open311';
const RESIDENTS = 'residentA residentB';

/** The side complained of, and the body that supports. */
const RESPONDENT = 'propertyA';
const SUPPORTING = 'handlerA2';

const TOWN_A = 'a0000000-0000-8000-8000-000000000002';
const NO_REZONING = '5ab1ec70-0000-7000-8000-000000000999';
/** What is shown to everybody is decided by dispatchers. */
const REVIEWERS: Cell = { 200: 'dispatcherA dispatcherA2 dispatcherB hotlineDispatcher', 401: STRANGER, else: 403 };
/** Areas are changed by administrators, and by nobody else. */
const AREA_MANAGERS: Cell = { 200: 'administrator', 401: STRANGER, else: 403 };

/** Row-level security's answer, said by hand: area, body, part in it; nobody else knows that the case exists. */
export const SEES: { readonly [target in Target]: string } = {
  lampA:
    'administrator hotlineDispatcher dispatcherA dispatcherA2 verifierA supervisorA leaderA gridWorkerA gridLeadA ' +
    'handlerA bodyHeadA bodyDeputyA bodySectionA residentA import clock',
  lampB: 'administrator hotlineDispatcher dispatcherB verifierB gridWorkerB residentB import clock',
  letterA: 'letterOfficerA letterApproverA residentA',
  complaintA:
    'administrator hotlineDispatcher dispatcherA dispatcherA2 verifierA supervisorA leaderA gridWorkerA gridLeadA ' +
    `handlerA bodyHeadA bodyDeputyA bodySectionA residentA import clock ${SUPPORTING} ${RESPONDENT}`,
  disputeA: 'mediatorA mediationHeadA',
};

const without = (names: string, ...left: readonly string[]): string =>
  names
    .split(' ')
    .filter((name) => !left.includes(name))
    .join(' ');

const everybody: Cell = { else: 200 };
const signedIn: Cell = { 401: STRANGER, else: 200 };
/** Whoever may file gets through; posts that only read, verify or lead have no reason to. */
const filers: Cell = {
  403: 'bodyHeadA bodyDeputyA bodySectionA letterApproverA verifierA verifierB leaderA supervisorA letterReviewer letterReReviewer administrator clock justiceOfficer lawyerA lawyerA2',
  else: 200,
};
/** Messages are for people: staff hear of their notices, residents of their matters. */
const persons: Cell = { 401: STRANGER, 403: SERVICES, else: 200 };
/** What belongs to a resident’s account. */
const residents: Cell = { 200: RESIDENTS, 401: STRANGER, else: 403 };
/** A browser nobody has. */
const BROWSER = { endpoint: 'https://push.example/1', p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) };
const sees = (target: Target): Cell => ({ 200: SEES[target], 401: STRANGER, else: 404 });
const seen = {
  lampA: sees('lampA'),
  lampB: sees('lampB'),
  letterA: sees('letterA'),
  complaintA: sees('complaintA'),
  disputeA: sees('disputeA'),
};
/** What a protected reporter attached is not the side's to see that is complained of. */
const seenFiles = { ...seen, complaintA: { 200: without(SEES.complaintA, RESPONDENT), 401: STRANGER, else: 404 } satisfies Cell };

/** People and services without `case.read` may not touch what staff touch; of staff who counts disputes and who advises in law have none. */
const NO_READ = `${RESIDENTS} portal open311 justiceOfficer lawyerA lawyerA2`;
const staffWork = (may: string, refused = ''): Cell => ({
  200: may,
  401: STRANGER,
  403: `${NO_READ} ${refused}`,
  else: 404,
});
/** Of the file of a mediation: only whoever mediates may ask, and only who has the dispute learns that it is there. */
const noDossier: Cell = { 404: 'mediatorA mediatorA2 mediationHeadA', 401: STRANGER, else: 403 };
const dossiers = {
  lampA: noDossier,
  lampB: noDossier,
  letterA: noDossier,
  complaintA: noDossier,
  disputeA: { 200: 'mediatorA mediationHeadA', 404: 'mediatorA2', 401: STRANGER, else: 403 } satisfies Cell,
};
const lampsAndLetter = {
  lampA: staffWork(without(SEES.lampA, 'residentA')),
  lampB: staffWork(without(SEES.lampB, 'residentB')),
  letterA: staffWork(without(SEES.letterA, 'residentA')),
  disputeA: staffWork(SEES.disputeA),
};

/** The side complained of reads no papers of the office about it. */
const reads = { ...lampsAndLetter, complaintA: staffWork(without(SEES.complaintA, 'residentA', RESPONDENT)) };
/** Papers are put into the world by the body that received or leads the case and by the centre of its area; others who see it only read. */
const issues = {
  lampA: {
    200: 'hotlineDispatcher dispatcherA dispatcherA2 supervisorA leaderA handlerA bodyHeadA bodyDeputyA bodySectionA',
    401: STRANGER,
    403: `${NO_READ} administrator verifierA gridWorkerA gridLeadA import clock`,
    else: 404,
  },
  lampB: {
    200: 'hotlineDispatcher dispatcherB',
    401: STRANGER,
    403: `${NO_READ} administrator verifierB gridWorkerB import clock`,
    else: 404,
  },
  letterA: { 200: 'letterOfficerA letterApproverA', 401: STRANGER, 403: NO_READ, else: 404 },
  disputeA: staffWork(SEES.disputeA),
  complaintA: {
    200: 'hotlineDispatcher dispatcherA dispatcherA2 supervisorA leaderA handlerA bodyHeadA bodyDeputyA bodySectionA',
    401: STRANGER,
    403: `${NO_READ} administrator verifierA gridWorkerA gridLeadA import clock ${SUPPORTING}`,
    else: 404,
  },
} satisfies Record<Target, Cell>;
/** Whoever dispatches it or takes it in says where it is. */
const places = {
  lampA: staffWork(
    'hotlineDispatcher dispatcherA dispatcherA2',
    'administrator verifierA supervisorA leaderA gridWorkerA gridLeadA handlerA bodyHeadA bodyDeputyA bodySectionA import clock',
  ),
  lampB: staffWork('hotlineDispatcher dispatcherB', 'administrator verifierB gridWorkerB import clock'),
  letterA: staffWork('letterOfficerA', 'letterApproverA'),
  disputeA: staffWork('', SEES.disputeA),
  complaintA: staffWork(
    'hotlineDispatcher dispatcherA dispatcherA2',
    `administrator verifierA supervisorA leaderA gridWorkerA gridLeadA handlerA bodyHeadA bodyDeputyA bodySectionA import clock ${SUPPORTING} ${RESPONDENT}`,
  ),
} satisfies Record<Target, Cell>;
const DRAFT = { title: '关于路灯的交办单', body: '请办理。', datedOn: '2026-09-30' };

const HOLDS_PARTY_READ = {
  lampA: 'hotlineDispatcher dispatcherA dispatcherA2 handlerA',
  lampB: 'hotlineDispatcher dispatcherB',
  letterA: 'letterOfficerA',
  complaintA: `hotlineDispatcher dispatcherA dispatcherA2 handlerA ${SUPPORTING}`,
  disputeA: SEES.disputeA,
};
/** Posts that never open a name: they read, verify, lead, patrol or administer. */
const NEVER_PARTY_READ =
  'bodyHeadA bodyDeputyA bodySectionA letterApproverA verifierA verifierB gridWorkerA gridLeadA gridWorkerB leaderA supervisorA administrator import clock';
const partyRead = (target: Target): Cell => ({
  200: HOLDS_PARTY_READ[target],
  401: STRANGER,
  403: `${NO_READ} ${NEVER_PARTY_READ} ${target === 'complaintA' ? RESPONDENT : ''}`,
  else: 404,
});

const erase = (target: Target): Cell =>
  target === 'letterA' || target === 'disputeA'
    ? { 401: STRANGER, 404: 'administrator', else: 403 }
    : { 200: 'administrator', 401: STRANGER, else: 403 };

/** An id of nothing: who may change things is told that it is not there. */
const NONE = '0ffffff0-0000-7000-8000-000000000000';
const COMMAND = '0ffffff0-0000-7000-8000-000000000001';
/** The planning office of town A. */
const BODY_A = '0b000000-0000-8000-8000-000000000008';
/** Administers the whole city; nobody of the world administers less. */
const administers: Cell = { 200: 'administrator', 401: STRANGER, else: 403 };
const administersNothing: Cell = { 404: 'administrator', 401: STRANGER, else: 403 };
const HEADS_OF_A = 'bodyHeadA bodyDeputyA bodySectionA';
/** Heads for their own body; the head of the letters office has the right, and not over this one. */
const headsOfA: Cell = { 200: `administrator ${HEADS_OF_A}`, 401: STRANGER, else: 403 };
const asks = (path: string, body?: unknown): Pick<Row, 'ask' | 'through'> => ({
  through: [200, 409, 422],
  ask: () => ({ path, ...(body === undefined ? {} : { body: { commandId: COMMAND, ...(body as object) } }) }),
});
const NAME = { zh: '某处' };
const DAYS = { startsAt: '2026-09-01T10:00:00Z', endsAt: '2026-09-01T12:00:00Z', kind: 'night' };
const BODY_FORM = { kind: 'department', name: NAME, areaId: NONE, respondent: true };
/** The lamp of grid A11; a place outside every area. */
const LAMP_A = 'fa000000-0000-8000-8000-000000000001';
const FACILITY = { kind: 'lamp', name: NAME, lon: 0, lat: 0 };
const ARTICLE = { organizationId: BODY_A, title: '某事', body: '如何办理。', categoryIds: ['nowhere'] };

/** Registers of the administration. What is asked is refused for another reason wherever it would change something. */
const administration: Readonly<Record<string, Row>> = {
  'GET /administration/log': { ...asks('/administration/log'), cells: administers },
  'GET /staff': { ...asks('/staff'), cells: administers },
  'POST /staff': {
    ...asks('/staff', { personId: NONE, holdingId: NONE, postId: NONE, username: 'nobody-at-all', name: '某人' }),
    cells: administers,
  },
  'POST /staff/:id/posts': { ...asks(`/staff/${NONE}/posts`, { holdingId: NONE, postId: NONE }), cells: administersNothing },
  'POST /staff/:id/password': { ...asks(`/staff/${NONE}/password`, {}), cells: administersNothing },
  'POST /staff/:id/lock': { ...asks(`/staff/${NONE}/lock`, {}), cells: administersNothing },
  'GET /holdings/:id/work': { ...asks(`/holdings/${NONE}/work`), cells: administersNothing },
  'POST /holdings/:id/end': { ...asks(`/holdings/${NONE}/end`, {}), cells: administersNothing },
  'GET /successions': { ...asks('/successions'), cells: administers },
  'POST /organizations': { ...asks('/organizations', { id: NONE, ...BODY_FORM }), cells: administers },
  'GET /organizations/:id': { ...asks(`/organizations/${BODY_A}`), cells: { 401: STRANGER, else: 200 } },
  'POST /organizations/:id': { ...asks(`/organizations/${NONE}`, { version: 1, ...BODY_FORM }), cells: administersNothing },
  'GET /organizations/:id/work': { ...asks(`/organizations/${NONE}/work`), cells: administersNothing },
  'POST /organizations/:id/close': { ...asks(`/organizations/${NONE}/close`, {}), cells: administersNothing },
  'POST /posts': { ...asks('/posts', { id: NONE, organizationId: NONE, role: 'handler', title: NAME }), cells: administers },
  'GET /posts/:id': { ...asks('/posts/0c000000-0000-8000-8000-000000000001'), cells: { 401: STRANGER, else: 200 } },
  'POST /posts/:id': { ...asks(`/posts/${NONE}`, { version: 1, title: NAME }), cells: administersNothing },
  'POST /posts/:id/end': { ...asks(`/posts/${NONE}/end`, {}), cells: administersNothing },
  'POST /organizations/:id/shifts': {
    ...asks(`/organizations/${BODY_A}/shifts`, { shifts: [{ id: NONE, postId: NONE, ...DAYS }] }),
    cells: headsOfA,
  },
  'POST /organizations/:id/shifts/remove': { ...asks(`/organizations/${BODY_A}/shifts/remove`, { ids: [NONE] }), cells: headsOfA },
  'POST /organizations/:id/shifts/copy': {
    ...asks(`/organizations/${BODY_A}/shifts/copy`, { from: '2026-09-07', to: '2026-09-07' }),
    cells: headsOfA,
  },
  'POST /duty-lists': {
    ...asks('/duty-lists', { id: NONE, kind: 'admission', title: NAME, areaId: NONE, source: '某文件' }),
    cells: administers,
  },
  'POST /duty-lists/:id': { ...asks(`/duty-lists/${NONE}`, { version: 1, title: NAME, source: '某文件' }), cells: administersNothing },
  'POST /duty-lists/:id/end': { ...asks(`/duty-lists/${NONE}/end`, {}), cells: administersNothing },
  'POST /duty-lists/:id/items': {
    ...asks(`/duty-lists/${NONE}/items`, { id: NONE, clause: '第1项', title: NAME }),
    cells: administersNothing,
  },
  'POST /duty-lists/:id/items/:itemId': {
    ...asks(`/duty-lists/${NONE}/items/${NONE}`, { id: NONE, clause: '第1项', title: NAME }),
    cells: administersNothing,
  },
  'POST /duty-lists/:id/items/:itemId/end': { ...asks(`/duty-lists/${NONE}/items/${NONE}/end`, {}), cells: administersNothing },
  'GET /facilities/:id': { through: [200], ask: () => ({ path: `/facilities/${LAMP_A}` }), cells: { 401: STRANGER, else: 200 } },
  'POST /facilities': { ...asks('/facilities', { id: NONE, ...FACILITY }), cells: administers },
  'POST /facilities/:id': { ...asks(`/facilities/${NONE}`, { version: 1, ...FACILITY }), cells: administersNothing },
  'POST /facilities/:id/close': { ...asks(`/facilities/${NONE}/close`, {}), cells: administersNothing },
  'GET /categories/:id/versions': { ...asks('/categories/municipal.lampOut/versions'), cells: { 401: STRANGER, else: 200 } },
  'POST /categories': { ...asks('/categories', { id: 'nowhere.at', name: NAME, parentId: 'nowhere', danger: [] }), cells: administers },
  'POST /categories/:id': { ...asks('/categories/nowhere', { version: 1, name: NAME, danger: [] }), cells: administersNothing },
  'POST /categories/:id/retire': { ...asks('/categories/nowhere/retire', {}), cells: administersNothing },
  'GET /calendar': { ...asks('/calendar'), cells: { 401: STRANGER, else: 200 } },
  'POST /calendar/preview': {
    through: [200, 422],
    ask: () => ({ path: '/calendar/preview', body: { year: 2031, source: '某通知', exceptions: [] } }),
    cells: administers,
  },
  'POST /calendar': { ...asks('/calendar', { year: 2031, source: '某通知', exceptions: [] }), cells: administers },
  'GET /articles': { ...asks('/articles'), cells: { 401: STRANGER, 403: NO_READ, else: 200 } },
  'GET /articles/:id/versions': { ...asks(`/articles/${NONE}/versions`), cells: { 401: STRANGER, 403: NO_READ, else: 404 } },
  'POST /articles': { ...asks('/articles', { id: NONE, ...ARTICLE }), cells: headsOfA },
  'POST /articles/:id': {
    ...asks(`/articles/${NONE}`, { version: 1, ...ARTICLE }),
    cells: { 404: `administrator ${HEADS_OF_A} letterApproverA`, 401: STRANGER, else: 403 },
  },
};

const STATISTICS =
  'dispatcherA dispatcherA2 dispatcherB hotlineDispatcher bodyHeadA bodyDeputyA bodySectionA letterApproverA leaderA supervisorA administrator';
const REPORTS: Cell = { 200: STATISTICS, 401: STRANGER, else: 403 };

const WALLS = 'dispatcherA dispatcherA2 dispatcherB hotlineDispatcher leaderA supervisorA administrator';
const CITY = 'a0000000-0000-8000-8000-000000000001';
/** Whoever keeps the house’s rules: administrators, and nobody else. */
const VARIES: Cell = { 200: 'administrator', 401: STRANGER, else: 403 };
const uuid = (n: number): string => `acce5500-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** Who is of the planning office of town A. */
const OF_BODY_A = 'handlerA bodyHeadA bodyDeputyA bodySectionA';
let serial = 0;
/** A fresh id: the cells must not meet each other's commands. */
const fresh = (): string => uuid(++serial);
const plain = (path: string) => (): Ask => ({ path });

/** An id of nothing: whose jobs, forms, subscriptions and tokens are shown to whom is tested where they are. */
const NOTHING = '5ab1ec70-0000-7000-8000-000000999999';
const OWN_OR_NOTHING: Cell = { 401: STRANGER, else: 404 };
const IMPORTS: Cell = { 200: 'administrator import', 401: STRANGER, else: 403 };
/** Who answers a telephone: operators, and dispatchers where there is no hotline. */
const ANSWERERS = 'operator hotlineDispatcher dispatcherA dispatcherA2 dispatcherB';
const ANSWERS: Cell = { 200: ANSWERERS, 401: STRANGER, else: 403 };
const ANSWERS_NOTHING: Cell = { 404: ANSWERERS, 401: STRANGER, else: 403 };
const EXCHANGES: Cell = { 200: 'administrator', 401: STRANGER, else: 403 };

/** Whoever works in the grids: visits, checklists, premises. */
const FIELD = 'gridWorkerA gridLeadA gridWorkerB';
const fieldWork: Cell = { 200: FIELD, 401: STRANGER, else: 403 };
/** Of a record that is not there: who holds the duty hears no more than that. */
const noRecord: Cell = { 401: STRANGER, 404: FIELD, else: 403 };
const noCall: Cell = { 401: STRANGER, 403: NO_READ, else: 404 };
const FORBIDDEN_FORM = {
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
};
const field: Readonly<Record<string, Row>> = {
  'GET /forms': { through: [200], ask: plain('/forms'), cells: fieldWork },
  // One that asks for faith is refused to whoever may publish forms.
  'POST /forms': {
    through: [422],
    ask: () => ({ path: '/forms', body: { areaId: TOWN_A, form: FORBIDDEN_FORM } }),
    cells: { 200: 'administrator', 401: STRANGER, else: 403 },
  },
  'GET /premises': { through: [200], ask: plain('/premises?words=x'), cells: { 401: STRANGER, 403: NO_READ, else: 200 } },
  'GET /premises/:id': { through: [200], ask: () => ({ path: `/premises/${NONE}` }), cells: noCall },
  'GET /visits': { through: [200], ask: plain('/visits'), cells: fieldWork },
  'GET /visits/:id': { through: [200], ask: () => ({ path: `/visits/${NONE}` }), cells: noRecord },
  'POST /visits/:id/read': {
    through: [200],
    ask: () => ({ path: `/visits/${NONE}/read`, body: { purpose: '接替走访' } }),
    cells: noRecord,
  },
  'POST /visits/:id/requests': {
    through: [201],
    ask: () => ({
      path: `/visits/${NONE}/requests`,
      body: { id: fresh(), categoryId: 'livelihood.schooling', words: '助餐', consent: true },
    }),
    cells: noRecord,
  },
  'GET /visits/:id/sheets': { through: [200], ask: () => ({ path: `/visits/${NONE}/sheets` }), cells: noRecord },
  'POST /visits/:id/sheets/:sheetId': { through: [200], ask: () => ({ path: `/visits/${NONE}/sheets/civil`, body: {} }), cells: noRecord },
  'POST /visit-sheets': {
    through: [422],
    ask: () => ({
      path: '/visit-sheets',
      body: {
        id: 'civil',
        version: 1,
        areaId: TOWN_A,
        formId: 'doorVisit',
        department: 'civil',
        name: { zh: '走访表' },
        map: { sheet: 'x', cells: [] },
        workbook: 'AAAA',
      },
    }),
    cells: { 200: 'administrator', 401: STRANGER, else: 403 },
  },
  'POST /patrols/:id/findings': {
    through: [201],
    ask: () => ({ path: `/patrols/${NONE}/findings`, body: { id: fresh(), words: '飞线充电' } }),
    cells: noRecord,
  },
  'GET /field/bundle': { through: [200], ask: plain('/field/bundle'), cells: fieldWork },
  'POST /field/edits': {
    through: [200],
    ask: () => ({
      path: '/field/edits',
      body: { id: fresh(), kind: 'premises', subjectId: NONE, baseVersion: 1, changes: [], occurredAt: '2026-09-30T10:00:00Z' },
    }),
    cells: noRecord,
  },
  'GET /field/edits/:kind/:id': { through: [200], ask: () => ({ path: `/field/edits/visit/${NONE}` }), cells: noRecord },
  'PUT /field/files/:kind/:id/:fileId': {
    through: [422],
    ask: () => ({
      path: `/field/files/visit/${NONE}/${fresh()}`,
      body: Buffer.alloc(0),
      headers: { 'content-type': 'image/png', 'x-kind': 'photo' },
    }),
    cells: fieldWork,
  },
  'GET /field/files/:kind/:id/:fileId': { through: [200], ask: () => ({ path: `/field/files/visit/${NONE}/${fresh()}` }), cells: noRecord },
  // Only a worker in the field presses.
  'POST /sos': { through: [201], ask: () => ({ path: '/sos', body: { id: fresh() } }), cells: fieldWork },
  'GET /sos': { through: [200], ask: plain('/sos'), cells: { 401: STRANGER, 403: NO_READ, else: 200 } },
  'POST /sos/:id/acknowledge': {
    through: [200],
    ask: () => ({ path: `/sos/${NONE}/acknowledge` }),
    cells: { 401: STRANGER, 404: 'dispatcherA dispatcherA2 dispatcherB hotlineDispatcher gridLeadA', else: 403 },
  },
  'POST /sos/:id/end': { through: [200], ask: () => ({ path: `/sos/${NONE}/end` }), cells: noCall },
};

const MEDIATORS: Cell = { 200: 'mediatorA mediatorA2 mediationHeadA', 401: STRANGER, else: 403 };
const NO_DISPUTE: Cell = { 401: STRANGER, 404: 'mediatorA mediatorA2 mediationHeadA', else: 403 };
/** Who has a dispute in hand and who heads the committee; its other mediators do not learn that there is one. */
const inHand = {
  lampA: NO_DISPUTE,
  lampB: NO_DISPUTE,
  letterA: NO_DISPUTE,
  complaintA: NO_DISPUTE,
  disputeA: { 200: SEES.disputeA, 401: STRANGER, 404: 'mediatorA2', else: 403 },
} satisfies Record<Target, Cell>;
/** A quarrel that a body passes on, of an area that is not there. */
const PASSED = { kind: 'neighbour', areaId: NONE, facts: '楼上漏水', parties: [{ name: '甲某' }, { name: '乙某' }], consented: true };
const REGISTER =
  'hotlineDispatcher dispatcherA dispatcherA2 dispatcherB operator gridWorkerA gridLeadA gridWorkerB letterOfficerA letterOfficerB';
/** Whoever registers and works on a case passes it on; others who register do not learn that there is one. */
const registers = (may: string): Cell => ({
  200: may,
  401: STRANGER,
  404: without(REGISTER, ...may.split(' ')),
  else: 403,
});
const COUNTS_DISPUTES: Cell = { 200: 'justiceOfficer', 401: STRANGER, else: 403 };
const dispute: Readonly<Record<string, Row>> = {
  // An area that is not there: the door is seen, and nothing is written down.
  'POST /disputes': {
    through: [422],
    ask: () => ({
      path: '/disputes',
      body: {
        id: fresh(),
        kind: 'neighbour',
        origin: 'applied',
        areaId: NONE,
        facts: '楼上漏水',
        parties: [{ name: '甲某' }, { name: '乙某' }],
        mediatedOn: '2020-01-01',
        outcome: 'goesOn',
      },
    }),
    cells: MEDIATORS,
  },
  'GET /disputes': { through: [200], ask: plain('/disputes'), cells: MEDIATORS },
  'GET /disputes/report/xlsx': { through: [200], ask: plain('/disputes/report/xlsx?month=2020-01'), cells: COUNTS_DISPUTES },
  'GET /disputes/subsidy': {
    through: [200],
    ask: plain('/disputes/subsidy?month=2020-01'),
    cells: { 200: 'mediationHeadA', 401: STRANGER, else: 403 },
  },
  'GET /disputes/subsidy/xlsx': {
    through: [200],
    ask: plain('/disputes/subsidy/xlsx?month=2020-01'),
    cells: { 200: 'mediationHeadA', 401: STRANGER, else: 403 },
  },
  'GET /disputes/subsidy/rates': { through: [200], ask: plain('/disputes/subsidy/rates'), cells: everybody },
  'POST /disputes/subsidy/rates': {
    through: [422],
    ask: () => ({
      path: '/disputes/subsidy/rates',
      body: {
        id: fresh(),
        areaId: NONE,
        from: '2026-01',
        source: '某文件',
        amounts: { oral: { ordinary: 1, difficult: 1 }, written: { ordinary: 1, difficult: 1 }, unsettled: { ordinary: 0, difficult: 0 } },
        manySides: 5,
        needsFile: true,
      },
    }),
    cells: COUNTS_DISPUTES,
  },
  'GET /disputes/counts': { through: [200], ask: plain('/disputes/counts?month=2020-01'), cells: COUNTS_DISPUTES },
  // A month that is not over: whoever may release hears so.
  'POST /disputes/releases': {
    through: [409],
    ask: () => ({ path: '/disputes/releases', body: { month: '2999-01' } }),
    cells: COUNTS_DISPUTES,
  },
  'GET /disputes/releases': { through: [200], ask: plain('/disputes/releases'), cells: everybody },
  'GET /disputes/:id/consents': { through: [200], ask: ({ id }) => ({ path: `/disputes/${id}/consents` }), cells: inHand },
  // A party that is not there: the door is seen, and nothing is written down.
  'POST /disputes/:id/consents': {
    through: [422],
    ask: ({ id }) => ({
      path: `/disputes/${id}/consents`,
      body: { commandId: fresh(), partyId: NONE, agrees: true, how: 'telephone', on: '2020-01-01' },
    }),
    cells: inHand,
  },
  'GET /mediators': { through: [200], ask: plain('/mediators'), cells: MEDIATORS },
  // Somebody who holds no post there: refused to whoever keeps the register.
  'PUT /mediators/:id': {
    through: [422],
    ask: () => ({
      path: `/mediators/${fresh()}`,
      body: {
        commandId: fresh(),
        organizationId: '0b000000-0000-8000-8000-000000000017',
        personId: NONE,
        name: '某某',
        kinds: [],
        languages: [],
        available: true,
      },
    }),
    cells: { 200: 'mediationHeadA', 401: STRANGER, else: 403 },
  },
  'GET /centres': { through: [200], ask: plain('/centres'), cells: everybody },
  'GET /centres/:id': { through: [200], ask: plain('/centres/0b000000-0000-8000-8000-000000000017'), cells: everybody },
  // A number that is somebody's own: whoever keeps the page hears so.
  'PUT /centres/:id': {
    through: [422],
    ask: () => ({
      path: '/centres/0b000000-0000-8000-8000-000000000017',
      body: { commandId: fresh(), address: '一楼', telephone: '13800138000', hours: '工作日', kinds: [] },
    }),
    cells: { 200: 'mediationHeadA', 401: STRANGER, else: 403 },
  },
  // An area that is not there, in each of these: the door is seen, and nothing is written down. By the interface come systems of bodies only.
  'POST /dispute-applications': {
    through: [422],
    ask: () => ({
      path: '/dispute-applications',
      body: {
        id: fresh(),
        kind: 'neighbour',
        areaId: NONE,
        facts: '楼上漏水',
        applicant: { name: '甲某', phone: '13800138000' },
        others: [{ name: '乙某' }],
      },
    }),
    cells: filers,
  },
  'POST /department/disputes': {
    through: [422],
    ask: () => ({ path: '/department/disputes', body: { id: fresh(), sender: 'police', ...PASSED } }),
    cells: { 401: STRANGER, else: 403 },
  },
  'GET /department/disputes/:id': {
    through: [200],
    ask: ({ id }) => ({ path: `/department/disputes/${id}` }),
    // Nobody of the world passed one on: there is none for whoever handles cases.
    cells: {
      401: STRANGER,
      404: 'handlerA handlerA2 handlerB bodyHeadA bodyDeputyA bodySectionA letterApproverA gridWorkerA gridLeadA gridWorkerB committeeA propertyA',
      else: 403,
    },
  },
  'POST /cases/:id/mediation': {
    through: [422],
    ask: ({ id }) => ({ path: `/cases/${id}/mediation`, body: { commandId: fresh(), id: fresh(), ...PASSED } }),
    cells: {
      lampA: registers('hotlineDispatcher dispatcherA dispatcherA2 gridWorkerA gridLeadA'),
      lampB: registers('hotlineDispatcher dispatcherB gridWorkerB'),
      letterA: registers('letterOfficerA'),
      complaintA: registers('hotlineDispatcher dispatcherA dispatcherA2 gridWorkerA gridLeadA'),
      // What is confided already is nobody's to pass on.
      disputeA: registers(''),
    },
  },
  'GET /disputes/referrals': { through: [200], ask: plain('/disputes/referrals'), cells: MEDIATORS },
  // Nobody passed it on: whoever has it in hand hears so.
  'POST /disputes/:id/report': {
    through: [409],
    ask: ({ id }) => ({ path: `/disputes/${id}/report`, body: { result: 'apart', how: 'telephone', on: '2020-01-01' } }),
    cells: inHand,
  },
  'GET /disputes/:id/centres': { through: [200], ask: ({ id }) => ({ path: `/disputes/${id}/centres` }), cells: inHand },
  'POST /disputes/:id/send-up': {
    through: [422],
    ask: ({ id }) => ({ path: `/disputes/${id}/send-up`, body: { commandId: fresh(), to: NONE, why: 'complex' } }),
    cells: inHand,
  },
  'GET /disputes/:id/choosing': { through: [200], ask: ({ id }) => ({ path: `/disputes/${id}/choosing` }), cells: inHand },
  // Nobody is being chosen there: whoever may hears of the stage.
  'POST /disputes/:id/choices': {
    through: [409],
    ask: ({ id }) => ({ path: `/disputes/${id}/choices`, body: { commandId: fresh(), step: 'named', mediatorId: NONE } }),
    cells: inHand,
  },
  'POST /disputes/:id/mediator': {
    through: [422],
    ask: ({ id }) => ({ path: `/disputes/${id}/mediator`, body: { commandId: fresh(), mediatorId: NONE } }),
    cells: inHand,
  },
  // An interest that is not named: refused in the form.
  'POST /disputes/:id/mediator/step-aside': {
    through: [422],
    ask: ({ id }) => ({ path: `/disputes/${id}/mediator/step-aside`, body: { commandId: fresh(), why: 'conflict' } }),
    cells: inHand,
  },
  // Nobody challenged: whoever has it in hand hears so.
  'POST /disputes/:id/challenge': {
    through: [409],
    ask: ({ id }) => ({ path: `/disputes/${id}/challenge`, body: { commandId: fresh(), upheld: true } }),
    cells: inHand,
  },
  'GET /receipts/:code/choosing': { through: [404], ask: ({ code }) => ({ path: `/receipts/${code}/choosing` }), cells: everybody },
  'POST /receipts/:code/choices': {
    through: [404],
    ask: ({ code }) => ({ path: `/receipts/${code}/choices`, body: { commandId: fresh(), step: 'left' } }),
    cells: everybody,
  },
  // The code of a lamp: nobody has a dispute there.
  'GET /receipts/:code/consents': { through: [404], ask: ({ code }) => ({ path: `/receipts/${code}/consents` }), cells: everybody },
  'POST /receipts/:code/consents': {
    through: [404],
    ask: ({ code }) => ({ path: `/receipts/${code}/consents`, body: { commandId: fresh(), agrees: true } }),
    cells: everybody,
  },
};

const source: Readonly<Record<string, Row>> = {
  'GET /sources/causes': { through: [200], ask: plain('/sources/causes?from=2020-01&to=2020-02'), cells: COUNTS_DISPUTES },
  'GET /sources/measures': { through: [200], ask: plain('/sources/measures'), cells: COUNTS_DISPUTES },
  // A target of none: whoever may write a measure hears that.
  'PUT /sources/measures/:id': {
    through: [422],
    ask: () => ({
      path: `/sources/measures/${fresh()}`,
      body: { areaId: TOWN_A, what: '零诉讼', organizationId: BODY_A, from: '2020-01-01' },
    }),
    cells: COUNTS_DISPUTES,
  },
};

/** Bodies report for themselves; who looks after an area sees its bodies. */
const REPORTERS: Cell = {
  200: 'handlerA handlerA2 handlerB bodyHeadA bodyDeputyA bodySectionA letterApproverA gridLeadA committeeA propertyA',
  401: STRANGER,
  else: 403,
};
const SUPERVISORS = 'dispatcherA dispatcherA2 dispatcherB hotlineDispatcher leaderA supervisorA';
const supervises: Cell = { 200: SUPERVISORS, 401: STRANGER, else: 403 };
const screening: Readonly<Record<string, Row>> = {
  'GET /screening/own': { through: [200], ask: plain('/screening/own'), cells: REPORTERS },
  // Of the planning office, for a month to come: whose body it is decides before that.
  'PUT /screening/reports/:id': {
    through: [422],
    ask: () => ({ path: `/screening/reports/${fresh()}`, body: { organizationId: BODY_A, month: '2999-01', version: 0, items: [] } }),
    cells: { 200: 'handlerA bodyHeadA bodyDeputyA bodySectionA', 401: STRANGER, else: 403 },
  },
  'GET /screening/overview': { through: [200], ask: plain('/screening/overview?month=2020-01'), cells: supervises },
  'GET /screening/overview/xlsx': { through: [200], ask: plain('/screening/overview/xlsx?month=2020-01'), cells: supervises },
  'POST /screening/units/:id': {
    through: [422],
    ask: () => ({ path: `/screening/units/${BODY_A}`, body: { commandId: fresh(), since: '2026-02', until: '2026-01', dueDay: 25 } }),
    cells: supervises,
  },
};

/** Letters offices and centres convene hearings for their own bodies; centres keep the rosters of their areas. */
const CONVENERS = 'letterOfficerA letterOfficerB dispatcherA dispatcherA2 dispatcherB hotlineDispatcher';
const convenes: Cell = { 200: CONVENERS, 401: STRANGER, else: 403 };
const convenesNothing: Cell = { 404: CONVENERS, 401: STRANGER, else: 403 };
const ROSTER_KEEPERS = 'dispatcherA dispatcherA2 dispatcherB hotlineDispatcher';
const AGREED = { field: 'lawyer', name: '某律师', since: '2020-01-01' };
const hearing: Readonly<Record<string, Row>> = {
  'GET /public/hearings': { through: [200], ask: plain('/public/hearings'), cells: everybody },
  'GET /panellists': { through: [200], ask: plain('/panellists'), cells: { 200: ROSTER_KEEPERS, 401: STRANGER, else: 403 } },
  // Of town A: dispatchers of another town keep no roster there. Their time ends before it begins, so nobody is put on it.
  'POST /panellists/:id': {
    through: [422],
    ask: () => ({ path: `/panellists/${fresh()}`, body: { commandId: fresh(), areaId: TOWN_A, ...AGREED, until: '2019-01-01' } }),
    cells: { 200: ROSTER_KEEPERS, 401: STRANGER, else: 403 },
  },
  'GET /hearings/candidates': { through: [200], ask: plain('/hearings/candidates'), cells: convenes },
  'GET /hearings': { through: [200], ask: plain('/hearings'), cells: convenes },
  // On a day that is over.
  'POST /hearings': {
    through: [422],
    ask: () => ({
      path: '/hearings',
      body: {
        id: fresh(),
        matter: '加装电梯',
        place: '一楼',
        startsAt: '2020-01-08T01:00:00Z',
        evidenceBy: '2020-01-05',
        open: true,
        seats: 3,
        parties: [],
        excluded: [],
      },
    }),
    cells: convenes,
  },
  'POST /hearings/:id/draw': {
    through: [200],
    ask: () => ({ path: `/hearings/${NONE}/draw`, body: { commandId: fresh(), spoken: '下雨' } }),
    cells: convenesNothing,
  },
  'POST /hearings/:id/replace': {
    through: [200],
    ask: () => ({ path: `/hearings/${NONE}/replace`, body: { commandId: fresh(), no: '0001', reason: 'kin' } }),
    cells: convenesNothing,
  },
  'POST /hearings/:id/calling-off': {
    through: [200],
    ask: () => ({ path: `/hearings/${NONE}/calling-off`, body: { commandId: fresh(), because: '场地不能使用' } }),
    cells: convenesNothing,
  },
  'POST /hearings/:id/minutes': {
    through: [200],
    ask: () => ({ path: `/hearings/${NONE}/minutes`, body: { commandId: fresh(), minutes: '双方陈述' } }),
    cells: convenesNothing,
  },
  'POST /hearings/:id/opinion': {
    through: [200],
    ask: () => ({ path: `/hearings/${NONE}/opinion`, body: { commandId: fresh(), for: 3, against: 0, abstained: 0, opinion: '同意' } }),
    cells: convenesNothing,
  },
  'POST /hearings/:id/publication': {
    through: [200],
    ask: () => ({ path: `/hearings/${NONE}/publication`, body: { opinion: '同意', reply: '采纳' } }),
    cells: convenesNothing,
  },
};

const TERM = { kind: 'other', by: NONE, words: '某事' };
const TEXT = { parties: [], terms: [], matters: [], touchesOthers: false, answers: {} };
/** Of a dispute in hand whose agreement nobody has written: whoever may, hears what lacks. */
const step = (path: string, through: number, body: () => object): Row => ({
  through: [through],
  ask: ({ id }) => ({ path: `/disputes/${id}${path}`, body: body() }),
  cells: inHand,
});
const command = (more: object = {}) => ({ commandId: fresh(), ...more });
/** The codes of other matters: no dispute is found by them. */
const noDispute = (path: string, body?: () => object): Row => ({
  through: [404],
  ask: ({ code }) => ({ path: `/receipts/${code}${path}`, ...(body ? { body: body() } : {}) }),
  cells: everybody,
});
const headOnly: Cell = { 404: 'mediationHeadA', 401: STRANGER, else: 403 };
const erasesSides = {
  lampA: headOnly,
  lampB: headOnly,
  letterA: headOnly,
  complaintA: headOnly,
  disputeA: { 200: 'mediationHeadA', 401: STRANGER, else: 403 },
} satisfies Row['cells'];
const agreement: Readonly<Record<string, Row>> = {
  'GET /disputes/:id/agreement': { through: [200], ask: ({ id }) => ({ path: `/disputes/${id}/agreement` }), cells: inHand },
  'POST /disputes/:id/offers': step('/offers', 422, () => ({ id: fresh(), by: NONE, terms: [TERM] })),
  'POST /disputes/:id/offers/:offerId/convey': step(`/offers/${NONE}/convey`, 422, () => ({})),
  'POST /disputes/:id/offers/:offerId/answers': step(`/offers/${NONE}/answers`, 422, () => ({ partyId: NONE, accepts: true })),
  'POST /disputes/:id/text': step('/text', 409, () => ({ after: 999, text: TEXT })),
  'POST /disputes/:id/writing': step('/writing', 409, command),
  'POST /disputes/:id/revision': step('/revision', 409, command),
  'POST /disputes/:id/signatures': step('/signatures', 409, () => ({ documentId: NONE, signers: ['seal'], readBack: true })),
  'POST /disputes/:id/effect': step('/effect', 409, () => command({ effectiveOn: '2020-01-01' })),
  'POST /disputes/:id/performances': step('/performances', 409, () => command({ no: 1, performedOn: '2020-01-01' })),
  'POST /disputes/:id/applicants': step('/applicants', 409, () => ({ partyId: NONE })),
  'POST /disputes/:id/confirmation': step('/confirmation', 409, () =>
    command({ ground: 'home', court: '某法院', appliedOn: '2020-01-01' }),
  ),
  'POST /disputes/:id/papers': step('/papers', 409, () => command({ documentId: fresh(), kind: 'agreement' })),
  'GET /disputes/:id/sessions': { through: [200], ask: ({ id }) => ({ path: `/disputes/${id}/sessions` }), cells: inHand },
  'POST /disputes/:id/safety': step('/safety', 200, () => ({ yes: ['minor'] })),
  'POST /disputes/:id/sessions': step('/sessions', 409, () => ({
    id: fresh(),
    startsAt: '2020-01-01T00:00:00Z',
    minutes: 60,
    roomId: NONE,
  })),
  'POST /disputes/:id/sessions/:sessionId/answers': step(`/sessions/${NONE}/answers`, 422, () => ({ partyId: NONE, accepts: true })),
  'POST /disputes/:id/sessions/:sessionId/holding': step(`/sessions/${NONE}/holding`, 422, () => ({
    attended: [NONE],
    guardian: false,
    recorded: false,
    recordingAgreedBy: [],
    record: '谈了',
    result: 'goesOn',
  })),
  'POST /disputes/:id/sessions/:sessionId/cancellation': step(`/sessions/${NONE}/cancellation`, 422, () => ({})),
  'POST /disputes/:id/sessions/:sessionId/notes': step(`/sessions/${NONE}/notes`, 422, () => ({ id: fresh(), words: '单独谈' })),
  'POST /disputes/:id/rooms': step('/rooms', 200, () => ({ id: fresh(), name: '调解室' })),
  'GET /disputes/:id/helpers': { through: [200], ask: ({ id }) => ({ path: `/disputes/${id}/helpers` }), cells: inHand },
  // A second mediator who is nobody: said in the form.
  'POST /disputes/:id/helpers': step('/helpers', 422, () => ({
    id: fresh(),
    role: 'coMediator',
    sidesTold: true,
    confidenceTold: true,
  })),
  'POST /disputes/:id/helpers/:helperId/objections': step(`/helpers/${NONE}/objections`, 422, () =>
    command({ partyId: NONE, why: '认识' }),
  ),
  'POST /disputes/:id/helpers/:helperId/answer': step(`/helpers/${NONE}/answer`, 422, () => command({ upheld: true, why: '换人' })),
  'POST /disputes/:id/helpers/:helperId/removal': step(`/helpers/${NONE}/removal`, 422, command),
  // Of a matter that is under way.
  'POST /disputes/:id/erasures': {
    through: [409],
    ask: ({ id, partyId }) => ({ path: `/disputes/${id}/erasures`, body: command({ partyId, ground: 'byRequest' }) }),
    cells: erasesSides,
  },
  // Of a side that is none.
  'POST /disputes/:id/slips': step('/slips', 422, () => command({ partyId: NONE, why: 'lost' })),
  'GET /receipts/:code/helpers': noDispute('/helpers'),
  'POST /receipts/:code/helpers/:helperId/objections': noDispute(`/helpers/${NONE}/objections`, () => command({ why: '认识' })),
  'GET /me/helping': { through: [200], ask: plain('/me/helping'), cells: signedIn },
  'POST /me/helping/:id': {
    through: [404],
    ask: () => ({ path: `/me/helping/${NONE}`, body: command({ joins: true }) }),
    cells: signedIn,
  },
  'GET /receipts/:code/sessions': noDispute('/sessions'),
  'POST /receipts/:code/sessions/:sessionId/answer': noDispute(`/sessions/${NONE}/answer`, () => ({ accepts: true })),
  'GET /receipts/:code/agreement': noDispute('/agreement'),
  'POST /receipts/:code/offers': noDispute('/offers', () => ({ id: fresh(), terms: [TERM] })),
  'POST /receipts/:code/offers/:offerId/answer': noDispute(`/offers/${NONE}/answer`, () => ({ accepts: true })),
  'POST /receipts/:code/signature': noDispute('/signature', () => ({
    name: '某人',
    digest: '0'.repeat(64),
    agrees: true,
    code: '000000',
  })),
  'POST /receipts/:code/signature/code': noDispute('/signature/code', () => ({ digest: '0'.repeat(64) })),
  'POST /me/signatures': {
    through: [404],
    ask: ({ code }) => ({
      path: '/me/signatures',
      body: { queryCode: code, name: '某人', digest: '0'.repeat(64), agrees: true },
    }),
    cells: residents,
  },
  'POST /receipts/:code/application': noDispute('/application', () => ({})),
};

/** Whoever keeps reception hours keeps those of their own body: 甲镇信访办 and 乙镇信访办 each theirs. */
const KEEPERS = 'letterOfficerA letterOfficerB';
const LAWYERS = 'lawyerA lawyerA2';
const keeps: Cell = { 200: `${KEEPERS} ${LAWYERS}`, 401: STRANGER, else: 403 };
const keepsNothing: Cell = { 404: `${KEEPERS} ${LAWYERS}`, 401: STRANGER, else: 403 };
const officeKeeps: Cell = { 200: KEEPERS, 401: STRANGER, else: 403 };
const officeKeepsNothing: Cell = { 404: KEEPERS, 401: STRANGER, else: 403 };
const advisesNobody: Cell = { 404: LAWYERS, 401: STRANGER, else: 403 };
const residentsNothing: Cell = { 404: RESIDENTS, 401: STRANGER, else: 403 };
const LETTERS_A = '0b000000-0000-8000-8000-000000000011';
const TURN = { sessionId: NONE, purpose: '问补贴', needs: [], companions: 0 };
const residentsPages: Readonly<Record<string, Row>> = {
  'GET /me/follows': { through: [200], ask: plain('/me/follows'), cells: residents },
  'POST /me/follows': { through: [200], ask: () => ({ path: '/me/follows', body: { code: 'ABCD-EFGH-JKLM' } }), cells: residentsNothing },
  'GET /reception/sessions': { through: [200], ask: plain('/reception/sessions'), cells: everybody },
  'GET /me/bookings': { through: [200], ask: plain('/me/bookings'), cells: residents },
  'PUT /me/bookings/:id': {
    through: [200],
    ask: () => ({ path: `/me/bookings/${fresh()}`, body: { ...TURN, name: '陈阿姨' } }),
    cells: residentsNothing,
  },
  'POST /me/bookings/:id/change': {
    through: [200],
    ask: () => ({ path: `/me/bookings/${NONE}/change`, body: TURN }),
    cells: residentsNothing,
  },
  'POST /me/bookings/:id/cancel': { through: [200], ask: () => ({ path: `/me/bookings/${NONE}/cancel` }), cells: residentsNothing },
  'GET /reception/desk': { through: [200], ask: plain('/reception/desk'), cells: keeps },
  'GET /reception/months': { through: [200], ask: plain('/reception/months'), cells: officeKeeps },
  // Hours that are over are published by nobody; whose body it is decides before that.
  'PUT /reception/sessions/:id': {
    through: [422],
    ask: () => ({
      path: `/reception/sessions/${fresh()}`,
      body: { organizationId: LETTERS_A, postId: NONE, place: '一楼', startsAt: DAYS.startsAt, endsAt: DAYS.endsAt, minutes: 20, slots: 3 },
    }),
    cells: { 200: 'letterOfficerA', 401: STRANGER, else: 403 },
  },
  'POST /reception/sessions/:id/call-off': {
    through: [200],
    ask: () => ({ path: `/reception/sessions/${NONE}/call-off`, body: { because: '有会议' } }),
    cells: keepsNothing,
  },
  'GET /reception/sessions/:id/bookings': { through: [200], ask: plain(`/reception/sessions/${NONE}/bookings`), cells: keepsNothing },
  'POST /reception/bookings/:id/read': {
    through: [200],
    ask: () => ({ path: `/reception/bookings/${NONE}/read`, body: { purpose: '核对来访人' } }),
    cells: keepsNothing,
  },
  'POST /reception/bookings/:id/attendance': {
    through: [200],
    ask: () => ({ path: `/reception/bookings/${NONE}/attendance`, body: { came: true } }),
    cells: keepsNothing,
  },
  'PUT /reception/bookings/:id/minutes': {
    through: [200],
    ask: () => ({ path: `/reception/bookings/${NONE}/minutes`, body: { words: '已听取' } }),
    cells: officeKeepsNothing,
  },
  'POST /reception/bookings/:id/case': {
    through: [201],
    ask: () => ({ path: `/reception/bookings/${NONE}/case`, body: { caseId: fresh(), text: '请恢复路口', protected: false } }),
    cells: officeKeepsNothing,
  },
  // Duty hours of a lawyer: the lawyer's own, and what was said the person's.
  'PUT /reception/bookings/:id/advice': {
    through: [200],
    ask: () => ({ path: `/reception/bookings/${NONE}/advice`, body: { words: '可以先协商' } }),
    cells: advisesNobody,
  },
  'POST /reception/bookings/:id/decline': {
    through: [200],
    ask: () => ({ path: `/reception/bookings/${NONE}/decline` }),
    cells: advisesNobody,
  },
  'GET /me/advice': { through: [200], ask: plain('/me/advice'), cells: residents },
  'POST /me/advice/:id/erase': { through: [200], ask: () => ({ path: `/me/advice/${NONE}/erase` }), cells: residentsNothing },
  'GET /reception/releases': { through: [200], ask: plain('/reception/releases'), cells: everybody },
  'GET /legal-aid/standards': { through: [200], ask: plain('/legal-aid/standards'), cells: everybody },
  // An area that is not there: the door is seen, and nothing is set.
  'POST /legal-aid/standards': {
    through: [422],
    ask: () => ({
      path: '/legal-aid/standards',
      body: { id: fresh(), areaId: NONE, monthlyIncome: 2000, source: '某文件', from: '2026-01-01' },
    }),
    cells: COUNTS_DISPUTES,
  },
};

const v1: Readonly<Record<string, Row>> = {
  'POST /cases': {
    through: [201, 422],
    ask: () => ({ path: '/cases', body: { id: fresh(), text: '路灯不亮', point: { lon: 113.02, lat: 22.02 } } }),
    cells: filers,
  },
  'GET /offices': { through: [200], ask: plain('/offices?procedure=letter'), cells: everybody },
  'GET /cases': { through: [200], ask: plain('/cases?view=reported'), cells: signedIn },
  'GET /cases/:id': { through: [200], ask: ({ id }) => ({ path: `/cases/${id}` }), cells: seen },
  'POST /cases/:id/actions': {
    // The version is one nobody saw: whoever may take the action hears that the case has changed.
    through: [409],
    ask: ({ id, next, input }) => ({
      path: `/cases/${id}/actions`,
      body: { commandId: fresh(), action: next, version: 999, ...(input ? { input } : {}) },
    }),
    cells: {
      lampA: {
        200: 'handlerA bodyHeadA bodyDeputyA bodySectionA',
        401: STRANGER,
        403: 'administrator hotlineDispatcher dispatcherA dispatcherA2 verifierA supervisorA leaderA gridWorkerA gridLeadA residentA import clock',
        else: 404,
      },
      lampB: {
        200: 'dispatcherB hotlineDispatcher',
        401: STRANGER,
        403: 'administrator verifierB gridWorkerB residentB import clock',
        else: 404,
      },
      letterA: { 200: 'letterOfficerA', 401: STRANGER, 403: 'letterApproverA residentA', else: 404 },
      disputeA: sees('disputeA'),
      complaintA: {
        200: 'handlerA bodyHeadA bodyDeputyA bodySectionA',
        401: STRANGER,
        403: without(SEES.complaintA, 'handlerA', 'bodyHeadA', 'bodyDeputyA', 'bodySectionA'),
        else: 404,
      },
    },
  },
  'POST /cases/:id/notes': {
    through: [200],
    ask: ({ id }) => ({ path: `/cases/${id}/notes`, body: { commandId: fresh(), words: '已电话联系承办单位' } }),
    cells: { ...lampsAndLetter, complaintA: staffWork(without(SEES.complaintA, 'residentA', RESPONDENT), RESPONDENT) },
  },
  'POST /cases/:id/place': {
    // A version nobody saw: whoever may place it hears of that.
    through: [409],
    ask: ({ id }) => ({ path: `/cases/${id}/place`, body: { commandId: fresh(), version: 999, areaId: TOWN_A } }),
    cells: places,
  },
  'GET /leases': { through: [200], ask: plain('/leases'), cells: { 401: STRANGER, 403: NO_READ, else: 200 } },
  'PUT /cases/:id/lease': {
    // Whoever may take it in hand hears that somebody has it.
    through: [200, 409],
    ask: ({ id }) => ({ path: `/cases/${id}/lease` }),
    cells: { ...lampsAndLetter, complaintA: staffWork(without(SEES.complaintA, 'residentA', RESPONDENT), RESPONDENT) },
  },
  'POST /cases/:id/lease/takeover': {
    through: [200],
    ask: ({ id }) => ({ path: `/cases/${id}/lease/takeover`, body: { commandId: fresh() } }),
    cells: { ...lampsAndLetter, complaintA: staffWork(without(SEES.complaintA, 'residentA', RESPONDENT), RESPONDENT) },
  },
  // Only what is in one's own hands is let go: who holds nothing changes nothing.
  'DELETE /cases/:id/lease': {
    through: [200],
    ask: ({ id }) => ({ path: `/cases/${id}/lease` }),
    cells: { ...lampsAndLetter, complaintA: staffWork(without(SEES.complaintA, 'residentA')) },
  },
  // Of a case that is not the caller's to see it says no more than of one that is not there.
  'POST /cases/preview': {
    through: [200],
    ask: ({ id }) => ({ path: '/cases/preview', body: { ids: [id] } }),
    cells: { 401: STRANGER, 403: NO_READ, else: 200 },
  },
  'GET /inbox/views': { through: [200], ask: plain('/inbox/views'), cells: signedIn },
  'PUT /inbox/views/:id': {
    through: [200],
    ask: () => ({ path: `/inbox/views/${fresh()}`, body: { name: '我的待办', filter: {}, columns: ['title'] } }),
    cells: signedIn,
  },
  'DELETE /inbox/views/:id': { through: [404], ask: () => ({ path: `/inbox/views/${fresh()}` }), cells: signedIn },
  'GET /inbox/counts': { through: [200], ask: plain('/inbox/counts'), cells: signedIn },
  'GET /cases/:id/similar': { through: [200], ask: ({ id }) => ({ path: `/cases/${id}/similar` }), cells: reads },
  'POST /cases/similar': {
    through: [200],
    ask: () => ({ path: '/cases/similar', body: { text: '路灯不亮', areaId: TOWN_A } }),
    cells: {
      200: 'operator hotlineDispatcher dispatcherA dispatcherA2 dispatcherB gridWorkerA gridWorkerB gridLeadA letterOfficerA letterOfficerB',
      401: STRANGER,
      else: 403,
    },
  },
  'GET /cases/:id/diagram.svg': { through: [200], ask: ({ id }) => ({ path: `/cases/${id}/diagram.svg` }), cells: reads },
  'GET /cases/:id/documents': { through: [200], ask: ({ id }) => ({ path: `/cases/${id}/documents` }), cells: reads },
  'GET /cases/:id/documents/draft': {
    through: [200],
    ask: ({ id }) => ({ path: `/cases/${id}/documents/draft?kind=assignment` }),
    cells: reads,
  },
  'POST /cases/:id/documents/preview': {
    through: [200, 422],
    ask: ({ id }) => ({ path: `/cases/${id}/documents/preview`, body: { kind: 'assignment', draft: DRAFT } }),
    cells: issues,
  },
  'POST /cases/:id/documents': {
    // Of a dispute no such paper is made: who may issue its own hears that.
    through: [201, 422],
    ask: ({ id }) => ({
      path: `/cases/${id}/documents`,
      body: { commandId: fresh(), documentId: fresh(), kind: 'assignment', draft: DRAFT },
    }),
    cells: issues,
  },
  // Of a paper that is not there: who sees the case hears no more than who does not.
  'GET /cases/:id/documents/:documentId/:format': {
    through: [200],
    ask: ({ id }) => ({ path: `/cases/${id}/documents/${fresh()}/pdf` }),
    cells: { 401: STRANGER, 403: NO_READ, else: 404 },
  },
  // The file of a mediation, for those who have the dispute: whoever has another case only hears that there is none.
  'GET /cases/:id/dossier': { through: [200], ask: ({ id }) => ({ path: `/cases/${id}/dossier` }), cells: dossiers },
  'POST /cases/:id/dossier/place': {
    through: [422],
    ask: ({ id }) => ({ path: `/cases/${id}/dossier/place`, body: { commandId: fresh(), fileId: fresh(), slot: 'evidence' } }),
    cells: dossiers,
  },
  // Not over yet: whoever may archive hears so.
  'POST /cases/:id/dossier/archive': {
    through: [409],
    ask: ({ id }) => ({ path: `/cases/${id}/dossier/archive`, body: { commandId: fresh(), archivedOn: '2020-01-01', retention: 'long' } }),
    cells: dossiers,
  },
  'POST /cases/:id/dossier/read': {
    through: [200],
    ask: ({ id }) => ({ path: `/cases/${id}/dossier/read`, body: { commandId: fresh(), purpose: '立卷核对' } }),
    cells: dossiers,
  },
  'POST /cases/:id/documents/:documentId/signed': {
    through: [422],
    ask: ({ id }) => ({ path: `/cases/${id}/documents/${fresh()}/signed`, body: { commandId: fresh(), fileIds: [fresh()] } }),
    cells: reads,
  },
  'POST /cases/:id/tasks': {
    // Nobody opens a task before the lead body has the work in hand: the rules answer 409 to whoever sees the case. Where it has, whoever
    // dispatches or leads opens one.
    through: [200, 409],
    ask: ({ id }) => ({
      path: `/cases/${id}/tasks`,
      body: { commandId: fresh(), taskId: fresh(), organizationId: '0b000000-0000-8000-8000-000000000010', words: '请协助清理' },
    }),
    cells: {
      ...lampsAndLetter,
      complaintA: {
        200: 'dispatcherA dispatcherA2 hotlineDispatcher handlerA bodyHeadA bodyDeputyA bodySectionA',
        401: STRANGER,
        403: `administrator verifierA supervisorA leaderA gridWorkerA gridLeadA import clock ${SUPPORTING} ${RESPONDENT} ${NO_READ}`,
        else: 404,
      },
    },
  },
  'POST /cases/:id/tasks/:taskId': {
    through: [422],
    ask: ({ id }) => ({ path: `/cases/${id}/tasks/${fresh()}`, body: { commandId: fresh(), status: 'acknowledged' } }),
    cells: { ...lampsAndLetter, complaintA: staffWork(without(SEES.complaintA, 'residentA', RESPONDENT), RESPONDENT) },
  },
  'POST /cases/:id/parties/:partyId/read': {
    through: [200],
    ask: ({ id, partyId }) => ({ path: `/cases/${id}/parties/${partyId}/read`, body: { purpose: '电话核实地点', fields: ['phone'] } }),
    cells: {
      lampA: partyRead('lampA'),
      lampB: partyRead('lampB'),
      letterA: partyRead('letterA'),
      complaintA: partyRead('complaintA'),
      disputeA: partyRead('disputeA'),
    },
  },
  'GET /cases/:id/calls': { through: [200], ask: ({ id }) => ({ path: `/cases/${id}/calls` }), cells: reads },
  'GET /hotline/calls': { through: [200], ask: plain('/hotline/calls'), cells: ANSWERS },
  'POST /hotline/calls': { through: [200], ask: () => ({ path: '/hotline/calls', body: { id: fresh() } }), cells: ANSWERS },
  'POST /hotline/calls/:id/take': {
    through: [200],
    ask: () => ({ path: `/hotline/calls/${NOTHING}/take`, body: {} }),
    cells: ANSWERS_NOTHING,
  },
  'POST /hotline/calls/:id/caller': {
    through: [200],
    ask: () => ({ path: `/hotline/calls/${NOTHING}/caller`, body: {} }),
    cells: ANSWERS_NOTHING,
  },
  'POST /hotline/calls/:id/cases/:caseId/actions': {
    through: [200],
    ask: ({ id }) => ({
      path: `/hotline/calls/${NOTHING}/cases/${id}/actions`,
      body: { commandId: fresh(), action: 'urge', version: 1 },
    }),
    cells: ANSWERS_NOTHING,
  },
  'PUT /hotline/calls/:id/cases/:caseId': {
    through: [200],
    ask: ({ id }) => ({ path: `/hotline/calls/${NOTHING}/cases/${id}`, body: { deed: 'told' } }),
    cells: ANSWERS_NOTHING,
  },
  'POST /hotline/calls/:id/close': {
    through: [200],
    ask: () => ({ path: `/hotline/calls/${NOTHING}/close`, body: { result: 'silent' } }),
    cells: ANSWERS_NOTHING,
  },
  'GET /hotline/call-backs': { through: [200], ask: plain('/hotline/call-backs'), cells: ANSWERS },
  'POST /hotline/call-backs/:id': {
    through: [200],
    ask: () => ({
      path: `/hotline/call-backs/${NOTHING}`,
      body: { commandId: fresh(), callId: fresh(), version: 1, outcome: 'unanswered' },
    }),
    cells: ANSWERS_NOTHING,
  },
  'GET /open311-keys': { through: [200], ask: plain('/open311-keys'), cells: EXCHANGES },
  'POST /open311-keys': {
    through: [422],
    ask: () => ({ path: '/open311-keys', body: { id: fresh(), name: ' ', perDay: 1, days: 1 } }),
    cells: EXCHANGES,
  },
  'POST /open311-keys/:id/revoke': {
    through: [200],
    ask: () => ({ path: `/open311-keys/${NOTHING}/revoke`, body: {} }),
    cells: { 404: 'administrator', 401: STRANGER, else: 403 },
  },
  'PUT /open311-list': { through: [200], ask: () => ({ path: '/open311-list', body: { listOpen: true } }), cells: EXCHANGES },
  'GET /hotline/lines': { through: [200], ask: plain('/hotline/lines'), cells: EXCHANGES },
  'POST /hotline/lines': {
    through: [422],
    ask: () => ({ path: '/hotline/lines', body: { id: fresh(), organizationId: NOTHING, name: '某话务系统' } }),
    cells: EXCHANGES,
  },
  'POST /hotline/lines/:id/revoke': {
    through: [200],
    ask: () => ({ path: `/hotline/lines/${NOTHING}/revoke`, body: {} }),
    cells: { 404: 'administrator', 401: STRANGER, else: 403 },
  },
  // Whoever it is, what is not signed is not taken.
  'POST /hotline/lines/:id/news': {
    through: [200],
    ask: () => ({
      path: `/hotline/lines/${NOTHING}/news`,
      body: Buffer.from('{"call":"1","event":"ringing"}'),
      headers: { 'content-type': 'application/json' },
    }),
    cells: { else: 403 },
  },
  'POST /cases/:id/erase': {
    through: [422],
    ask: ({ id }) => ({ path: `/cases/${id}/erase`, body: { commandId: fresh(), ground: 'byRequest', eventNos: [] } }),
    cells: {
      lampA: erase('lampA'),
      lampB: erase('lampB'),
      letterA: erase('letterA'),
      complaintA: erase('complaintA'),
      disputeA: erase('disputeA'),
    },
  },
  'GET /file-uploads/:uploadId': { through: [200], ask: () => ({ path: `/file-uploads/${fresh()}` }), cells: everybody },
  'PUT /file-uploads/:uploadId/:offset': {
    through: [422],
    ask: () => ({ path: `/file-uploads/${fresh()}/0`, body: Buffer.alloc(0), headers: { 'content-type': 'application/octet-stream' } }),
    cells: everybody,
  },
  'PUT /cases/:id/files/:fileId': {
    // Empty bytes are refused before anything is kept; what a case takes from whom is the file module's own test.
    through: [422],
    ask: ({ id }) => ({
      path: `/cases/${id}/files/${fresh()}`,
      body: Buffer.alloc(0),
      headers: { 'content-type': 'image/png', 'x-kind': 'photo' },
    }),
    cells: everybody,
  },
  'GET /cases/:id/files/:fileId': { through: [200], ask: ({ id, fileId }) => ({ path: `/cases/${id}/files/${fileId}` }), cells: seenFiles },
  'GET /receipts/:code': { through: [200], ask: ({ code }) => ({ path: `/receipts/${code}` }), cells: everybody },
  'GET /receipts/:code/access-log': { through: [200], ask: ({ code }) => ({ path: `/receipts/${code}/access-log` }), cells: everybody },
  'GET /me/addresses': { through: [200], ask: plain('/me/addresses'), cells: persons },
  'PUT /me/addresses/:id/mail': {
    through: [422],
    ask: () => ({ path: `/me/addresses/${fresh()}/mail`, body: { address: 'somebody@office.example' } }),
    cells: persons,
  },
  'POST /me/addresses/:id/prove': {
    through: [404],
    ask: () => ({ path: `/me/addresses/${fresh()}/prove`, body: { code: 'ABCD-EFGH-JKLM' } }),
    cells: persons,
  },
  'PUT /me/addresses/:id/push': {
    through: [422],
    ask: () => ({ path: `/me/addresses/${fresh()}/push`, body: BROWSER }),
    cells: persons,
  },
  'DELETE /me/addresses/:id': { through: [404], ask: () => ({ path: `/me/addresses/${fresh()}` }), cells: persons },
  'PUT /me/addresses/:id/sms': { through: [422], ask: () => ({ path: `/me/addresses/${fresh()}/sms` }), cells: residents },
  'PUT /me/addresses/:id/account': { through: [422], ask: () => ({ path: `/me/addresses/${fresh()}/account` }), cells: residents },
  'POST /messages/followers': {
    // There is no official account here: not found for anybody, whatever is signed.
    through: [404],
    ask: () => ({ path: '/messages/followers', body: Buffer.from('{}'), headers: { 'content-type': 'application/octet-stream' } }),
    cells: everybody,
  },
  'POST /messages/stop/:token': {
    through: [200],
    ask: () => ({
      path: `/messages/stop/${'A'.repeat(43)}`,
      body: Buffer.alloc(0),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    cells: everybody,
  },
  'GET /channels': { through: [200], ask: plain('/channels'), cells: everybody },
  'GET /cases/:id/messages': { through: [200], ask: ({ id }) => ({ path: `/cases/${id}/messages` }), cells: reads },
  'GET /receipts/:code/notify': { through: [200], ask: ({ code }) => ({ path: `/receipts/${code}/notify` }), cells: everybody },
  'PUT /receipts/:code/notify': {
    through: [200],
    ask: ({ code }) => ({ path: `/receipts/${code}/notify`, body: { sms: false } }),
    cells: everybody,
  },
  'POST /receipts/:code/actions': {
    through: [409, 403],
    ask: ({ code }) => ({ path: `/receipts/${code}/actions`, body: { commandId: fresh(), action: 'withdraw', version: 999 } }),
    cells: everybody,
  },
  'PUT /receipts/:code/files/:fileId': {
    through: [422],
    ask: ({ code }) => ({
      path: `/receipts/${code}/files/${fresh()}`,
      body: Buffer.alloc(0),
      headers: { 'content-type': 'image/png', 'x-kind': 'photo' },
    }),
    cells: everybody,
  },
  'GET /receipts/:code/files/:fileId': {
    through: [200],
    ask: ({ code, fileId }) => ({ path: `/receipts/${code}/files/${fileId}` }),
    cells: everybody,
  },
  'GET /receipts/:code/share': { through: [200], ask: ({ code }) => ({ path: `/receipts/${code}/share` }), cells: everybody },
  'GET /shared/:token': { through: [404], ask: () => ({ path: `/shared/${'A'.repeat(86)}` }), cells: everybody },
  'GET /ratings/:code': { through: [404], ask: plain('/ratings/ABCD-EFGH-JKLM'), cells: everybody },
  'POST /ratings/:code': {
    through: [404],
    ask: () => ({ path: '/ratings/ABCD-EFGH-JKLM', body: { value: 'satisfied' } }),
    cells: everybody,
  },
  'GET /nearby': { through: [200], ask: plain('/nearby?lon=113.03&lat=22.03'), cells: filers },
  'POST /nearby/follows': {
    through: [404],
    ask: () => ({ path: '/nearby/follows', body: { id: fresh(), ref: 'A'.repeat(60) } }),
    cells: everybody,
  },
  'GET /follows/:code': { through: [404], ask: plain('/follows/ABCD-EFGH-JKLM'), cells: everybody },
  'DELETE /follows/:code': { through: [404], ask: plain('/follows/ABCD-EFGH-JKLM'), cells: everybody },
  'GET /cases/:id/followers': { through: [200], ask: ({ id }) => ({ path: `/cases/${id}/followers` }), cells: reads },
  'GET /public/reports': { through: [200], ask: plain('/public/reports'), cells: everybody },
  'GET /publication/areas': { through: [200], ask: plain('/publication/areas'), cells: { 200: 'administrator', 401: STRANGER, else: 403 } },
  'POST /publication/areas/:id': {
    through: [409],
    ask: () => ({
      path: `/publication/areas/${TOWN_A}`,
      body: { commandId: fresh(), version: 99, nearby: false, listed: false, categoryIds: [] },
    }),
    cells: { 200: 'administrator', 401: STRANGER, else: 403 },
  },
  'GET /publication/reviews': { through: [200], ask: plain('/publication/reviews'), cells: REVIEWERS },
  'PUT /cases/:id/publication': {
    through: [409],
    ask: ({ id }) => ({ path: `/cases/${id}/publication`, body: { state: 'refused', version: 99 } }),
    cells: {
      lampA: { 200: 'dispatcherA dispatcherA2 hotlineDispatcher', 401: STRANGER, 404: 'dispatcherB', else: 403 },
      lampB: { 200: 'dispatcherB hotlineDispatcher', 401: STRANGER, 404: 'dispatcherA dispatcherA2', else: 403 },
      letterA: { 401: STRANGER, 404: 'dispatcherA dispatcherA2 dispatcherB hotlineDispatcher', else: 403 },
      disputeA: { 401: STRANGER, 404: 'dispatcherA dispatcherA2 dispatcherB hotlineDispatcher', else: 403 },
      complaintA: { 200: 'dispatcherA dispatcherA2 hotlineDispatcher', 401: STRANGER, 404: 'dispatcherB', else: 403 },
    },
  },
  'GET /me': { through: [200], ask: plain('/me'), cells: signedIn },
  'POST /me/language': { through: [200], ask: () => ({ path: '/me/language', body: { language: 'zh' } }), cells: signedIn },
  'GET /me/access-log': { through: [200], ask: plain('/me/access-log'), cells: signedIn },
  'GET /me/details': { through: [200], ask: plain('/me/details'), cells: signedIn },
  'PUT /me/details': { through: [200], ask: () => ({ path: '/me/details', body: { largeType: false } }), cells: residents },
  'GET /me/cases': { through: [200], ask: plain('/me/cases'), cells: residents },
  'POST /me/cases': { through: [404], ask: () => ({ path: '/me/cases', body: { code: 'ABCD-EFGH-JKLM' } }), cells: residents },
  'GET /me/sign-in': { through: [200], ask: plain('/me/sign-in'), cells: residents },
  'POST /me/access-log/:id/objection': {
    through: [404],
    ask: () => ({ path: `/me/access-log/${NONE}/objection`, body: { caseId: fresh(), words: '没有必要' } }),
    cells: residents,
  },
  'POST /receipts/:code/access-log/:id/objection': {
    through: [404],
    ask: ({ code }) => ({ path: `/receipts/${code}/access-log/${NONE}/objection`, body: { caseId: fresh(), words: '没有必要' } }),
    cells: everybody,
  },
  'GET /me/copy': { through: [200], ask: plain('/me/copy'), cells: residents },
  'GET /me/erasure': { through: [200], ask: plain('/me/erasure'), cells: residents },
  // Refused for not being confirmed: nobody of the world is to go.
  'POST /me/erasure': { through: [400], ask: () => ({ path: '/me/erasure', body: { confirmed: false } }), cells: signedIn },
  'GET /notices': { through: [200], ask: plain('/notices'), cells: signedIn },
  'POST /notices/:id/read': { through: [200], ask: () => ({ path: `/notices/${uuid(0)}/read` }), cells: { 401: STRANGER, else: 404 } },
  'POST /notices/read': {
    through: [200],
    ask: () => ({ path: '/notices/read', body: { upTo: '2026-09-30T10:00:00.000Z' } }),
    cells: signedIn,
  },
  'GET /notices/settings': { through: [200], ask: plain('/notices/settings'), cells: signedIn },
  'PUT /notices/settings': {
    through: [200],
    ask: () => ({ path: '/notices/settings', body: { muted: [], urgentPasses: true, digest: 'off', digestAt: 510 } }),
    cells: signedIn,
  },
  'GET /demo/accounts': { through: [200], ask: plain('/demo/accounts'), cells: everybody },
  'GET /live': { through: [200], ask: plain('/live'), cells: signedIn, stream: true },
  'GET /statistics/cases': {
    through: [200],
    ask: plain('/statistics/cases?measure=standing&by=stage'),
    cells: { 200: STATISTICS, 401: STRANGER, else: 403 },
  },
  'GET /statistics/durations': {
    through: [200],
    ask: plain('/statistics/durations'),
    cells: { 200: STATISTICS, 401: STRANGER, else: 403 },
  },
  'GET /statistics/standing': {
    through: [200],
    ask: plain('/statistics/standing'),
    cells: { 200: STATISTICS, 401: STRANGER, else: 403 },
  },
  'GET /statistics/burden': { through: [200], ask: plain('/statistics/burden'), cells: { 200: STATISTICS, 401: STRANGER, else: 403 } },
  'GET /statistics/late': { through: [200], ask: plain('/statistics/late'), cells: { 200: STATISTICS, 401: STRANGER, else: 403 } },
  'GET /wall': { through: [200], ask: plain('/wall'), cells: { 200: WALLS, 401: STRANGER, else: 403 } },
  'GET /wall/map': { through: [200], ask: plain('/wall/map'), cells: { 200: WALLS, 401: STRANGER, else: 403 } },
  'GET /wall/live': { through: [200], ask: plain('/wall/live'), cells: { 200: WALLS, 401: STRANGER, else: 403 }, stream: true },
  'GET /wall/displays': { through: [200], ask: plain('/wall/displays'), cells: { 200: 'administrator', 401: STRANGER, else: 403 } },
  'POST /wall/displays': {
    through: [201],
    ask: () => ({ path: '/wall/displays', body: { id: uuid(77), name: '大厅', areaId: 'a0000000-0000-8000-8000-000000000002' } }),
    cells: { 200: 'administrator', 401: STRANGER, else: 403 },
  },
  'POST /wall/displays/:id/revoke': {
    through: [200],
    ask: () => ({ path: `/wall/displays/${uuid(78)}/revoke` }),
    cells: { 404: 'administrator', 401: STRANGER, else: 403 },
  },
  'GET /areas': { through: [200], ask: plain('/areas'), cells: everybody },
  'GET /areas/resolve': { through: [200], ask: plain('/areas/resolve?lon=113.02&lat=22.02'), cells: everybody },
  'GET /areas/:id': { through: [200], ask: plain('/areas/a0000000-0000-8000-8000-000000000002'), cells: everybody },
  'GET /facilities': { through: [200], ask: plain('/facilities?areaId=a0000000-0000-8000-8000-000000000008'), cells: everybody },
  'GET /map': { through: [200], ask: plain('/map'), cells: everybody },
  'GET /map/base.pmtiles': { through: [404], ask: plain('/map/base.pmtiles'), cells: everybody },
  'GET /map/tiles/areas/:z/:x/:y.mvt': { through: [200], ask: plain('/map/tiles/areas/10/834/447.mvt'), cells: everybody },
  'GET /map/tiles/facilities/:z/:x/:y.mvt': { through: [200], ask: plain('/map/tiles/facilities/14/13335/7160.mvt'), cells: everybody },
  'GET /map/tiles/teams/:z/:x/:y.mvt': { through: [200], ask: plain('/map/tiles/teams/12/3333/1790.mvt'), cells: signedIn },
  'GET /map/tiles/cases/:z/:x/:y.mvt': { through: [200], ask: plain('/map/tiles/cases/12/3333/1790.mvt'), cells: signedIn },
  'GET /map/counts': { through: [200], ask: plain('/map/counts?areaId=a0000000-0000-8000-8000-000000000002'), cells: signedIn },
  'GET /map/areas': { through: [200], ask: plain('/map/areas?q=a'), cells: everybody },
  'GET /categories': { through: [200], ask: plain('/categories'), cells: everybody },
  'GET /procedures': { through: [200], ask: plain('/procedures'), cells: everybody },
  'GET /procedures/:id': { through: [200], ask: plain('/procedures/order'), cells: everybody },
  'GET /procedures/:id/:version': { through: [200], ask: plain('/procedures/order/2'), cells: everybody },
  'GET /procedures/:id/diagram.svg': { through: [200], ask: plain('/procedures/order/diagram.svg'), cells: everybody },
  'GET /procedure-uses': { through: [200], ask: plain('/procedure-uses'), cells: everybody },
  'POST /procedure-uses': {
    through: [422],
    ask: () => ({
      path: '/procedure-uses',
      body: { id: uuid(0), procedureId: 'order', version: 2, areaId: CITY, from: '2020-01-01', note: '试' },
    }),
    cells: VARIES,
  },
  'DELETE /procedure-uses/:id': { through: [404], ask: plain(`/procedure-uses/${uuid(0)}`), cells: VARIES },
  'POST /procedure-migrations/preview': {
    through: [422],
    ask: () => ({
      path: '/procedure-migrations/preview',
      body: { procedureId: 'ghost', from: 1, to: 2, areaId: CITY, mapping: { stages: {} } },
    }),
    cells: VARIES,
  },
  'POST /procedure-migrations': {
    through: [422],
    ask: () => ({
      path: '/procedure-migrations',
      body: { id: uuid(0), procedureId: 'ghost', from: 1, to: 2, areaId: CITY, mapping: { stages: {} } },
    }),
    cells: VARIES,
  },
  'GET /procedure-drafts': { through: [200], ask: plain('/procedure-drafts'), cells: VARIES },
  'GET /procedure-drafts/:id': { through: [404], ask: plain(`/procedure-drafts/${uuid(0)}`), cells: VARIES },
  'PUT /procedure-drafts/:id': {
    through: [422],
    ask: () => ({
      path: `/procedure-drafts/${uuid(0)}`,
      body: { version: 0, procedureId: 'ghost', baseVersion: 2, areaId: CITY, change: {} },
    }),
    cells: VARIES,
  },
  'DELETE /procedure-drafts/:id': { through: [404], ask: plain(`/procedure-drafts/${uuid(0)}?version=1`), cells: VARIES },
  'POST /procedure-drafts/:id/publish': {
    through: [404],
    ask: () => ({ path: `/procedure-drafts/${uuid(0)}/publish`, body: { version: 1, note: '试', from: '2026-10-01' } }),
    cells: VARIES,
  },
  'GET /organizations': { through: [200], ask: plain('/organizations?areaId=a0000000-0000-8000-8000-000000000002'), cells: signedIn },
  'GET /posts': { through: [200], ask: plain('/posts?areaId=a0000000-0000-8000-8000-000000000002'), cells: signedIn },
  'GET /organizations/:id/shifts': {
    through: [200],
    ask: plain('/organizations/0b000000-0000-8000-8000-000000000006/shifts?from=2026-10-01'),
    cells: signedIn,
  },
  'GET /areas/:id/net': { through: [200], ask: plain(`/areas/${TOWN_A}/net`), cells: AREA_MANAGERS },
  'GET /areas/:id/findings': { through: [200], ask: plain(`/areas/${TOWN_A}/findings`), cells: AREA_MANAGERS },
  'GET /areas/:id/history': { through: [200], ask: plain(`/areas/${TOWN_A}/history`), cells: AREA_MANAGERS },
  'GET /areas/:id/boundaries': { through: [200], ask: plain(`/areas/${TOWN_A}/boundaries`), cells: AREA_MANAGERS },
  'POST /areas/boundary-files': {
    through: [422],
    ask: () => ({ path: '/areas/boundary-files?format=geojson&datum=WGS84', body: {} }),
    cells: AREA_MANAGERS,
  },
  'POST /areas/rezonings/preview': {
    through: [200],
    ask: () => ({ path: '/areas/rezonings/preview', body: { steps: [{ do: 'rename', areaId: TOWN_A, name: { zh: '甲街道' } }] } }),
    cells: AREA_MANAGERS,
  },
  // Made for a net that never was: the door is seen, and nothing is changed.
  'POST /areas/rezonings': {
    through: [409],
    ask: () => ({
      path: '/areas/rezonings',
      body: { id: NO_REZONING, netVersion: 999, reason: '试', steps: [{ do: 'rename', areaId: TOWN_A, name: { zh: '甲街道' } }] },
    }),
    cells: AREA_MANAGERS,
  },
  'GET /areas/rezonings': { through: [200], ask: plain('/areas/rezonings'), cells: AREA_MANAGERS },
  'GET /areas/rezonings/:id': { through: [404], ask: plain(`/areas/rezonings/${NO_REZONING}`), cells: AREA_MANAGERS },
  'GET /jobs': { through: [200], ask: plain('/jobs'), cells: signedIn },
  'GET /jobs/:id': { through: [200], ask: plain(`/jobs/${NOTHING}`), cells: OWN_OR_NOTHING },
  'POST /jobs/:id/cancel': { through: [200], ask: () => ({ path: `/jobs/${NOTHING}/cancel`, body: {} }), cells: OWN_OR_NOTHING },
  'POST /jobs/:id/retry': { through: [200], ask: () => ({ path: `/jobs/${NOTHING}/retry`, body: {} }), cells: OWN_OR_NOTHING },
  'GET /jobs/:id/file': { through: [200], ask: plain(`/jobs/${NOTHING}/file`), cells: OWN_OR_NOTHING },
  'GET /exports/columns': { through: [200], ask: plain('/exports/columns'), cells: signedIn },
  'POST /exports': {
    through: [201, 409],
    ask: () => ({ path: '/exports', body: { id: fresh(), source: 'cases', format: 'csv' } }),
    cells: { 401: STRANGER, 403: NO_READ, else: 200 },
  },
  'PUT /uploads/:id': {
    through: [422],
    ask: () => ({ path: `/uploads/${fresh()}`, body: Buffer.alloc(0), headers: { 'content-type': 'text/csv' } }),
    cells: IMPORTS,
  },
  'POST /imports': {
    through: [404],
    ask: () => ({
      path: '/imports',
      body: { id: fresh(), uploadId: NOTHING, map: { kind: 'cases', sourceSystem: 'ledger', text: ['内容'] }, dryRun: true },
    }),
    cells: IMPORTS,
  },
  'GET /templates': { through: [200], ask: plain('/templates'), cells: REPORTS },
  'PUT /templates/:id/file': {
    through: [422],
    ask: () => ({ path: `/templates/${fresh()}/file`, body: Buffer.alloc(0), headers: { 'content-type': 'application/octet-stream' } }),
    cells: REPORTS,
  },
  'GET /templates/:id': { through: [404], ask: plain(`/templates/${NOTHING}`), cells: REPORTS },
  'POST /templates/:id': {
    through: [404],
    ask: () => ({ path: `/templates/${NOTHING}`, body: { version: 1, name: '月报', map: { sheet: '月报', cells: [] } } }),
    cells: REPORTS,
  },
  'POST /templates/:id/retire': { through: [404], ask: () => ({ path: `/templates/${NOTHING}/retire`, body: {} }), cells: REPORTS },
  'POST /templates/:id/fill': {
    through: [404],
    ask: () => ({ path: `/templates/${NOTHING}/fill`, body: { id: fresh(), month: '2026-08' } }),
    cells: REPORTS,
  },
  'GET /webhooks': { through: [200], ask: plain('/webhooks'), cells: EXCHANGES },
  'POST /webhooks': {
    through: [422],
    ask: () => ({
      path: '/webhooks',
      body: { id: fresh(), organizationId: '0b000000-0000-8000-8000-000000000008', url: 'https://127.0.0.1/', events: ['case.filed'] },
    }),
    cells: EXCHANGES,
  },
  'POST /webhooks/:id': { through: [404], ask: () => ({ path: `/webhooks/${NOTHING}`, body: { on: false } }), cells: EXCHANGES },
  'POST /webhooks/:id/secret': { through: [404], ask: () => ({ path: `/webhooks/${NOTHING}/secret`, body: {} }), cells: EXCHANGES },
  'POST /webhooks/:id/test': { through: [404], ask: () => ({ path: `/webhooks/${NOTHING}/test`, body: {} }), cells: EXCHANGES },
  'POST /webhooks/:id/remove': { through: [404], ask: () => ({ path: `/webhooks/${NOTHING}/remove`, body: {} }), cells: EXCHANGES },
  'GET /webhooks/:id/deliveries': { through: [404], ask: plain(`/webhooks/${NOTHING}/deliveries`), cells: EXCHANGES },
  'GET /api-tokens': { through: [200], ask: plain('/api-tokens'), cells: EXCHANGES },
  'POST /api-tokens': {
    through: [422],
    ask: () => ({ path: '/api-tokens', body: { id: fresh(), organizationId: NOTHING, name: '城建系统', days: 30 } }),
    cells: EXCHANGES,
  },
  'POST /api-tokens/:id/revoke': { through: [404], ask: () => ({ path: `/api-tokens/${NOTHING}/revoke`, body: {} }), cells: EXCHANGES },
  // For systems with a token of their body, which nobody of these is: the department module's own test opens them.
  'GET /department/cases': { through: [200], ask: plain('/department/cases'), cells: { 401: STRANGER, else: 403 } },
  'POST /department/cases': {
    through: [201],
    ask: () => ({ path: '/department/cases', body: { sourceNumber: '1', text: '路灯不亮' } }),
    cells: { 401: STRANGER, else: 403 },
  },
  'GET /duty-lists': { through: [200], ask: plain('/duty-lists?areaId=a0000000-0000-8000-8000-000000000002'), cells: signedIn },
  'GET /duty-lists/:id': { through: [200], ask: plain('/duty-lists/d0000000-0000-8000-8000-000000000001'), cells: signedIn },
  'GET /duty-effect': {
    through: [200],
    ask: plain('/duty-effect?areaId=a0000000-0000-8000-8000-000000000002&categoryId=municipal.lampOut'),
    cells: signedIn,
  },
  ...administration,
  'GET /reply-templates': { through: [200], ask: plain('/reply-templates'), cells: { 401: STRANGER, 403: NO_READ, else: 200 } },
  'POST /reply-templates': {
    // Of the planning office of town A: its heads keep them, nobody of another office does, whatever they keep at home.
    through: [201],
    ask: () => ({
      path: '/reply-templates',
      body: { id: fresh(), organizationId: BODY_A, title: '已受理', text: '您反映的{category}已受理。' },
    }),
    cells: { 200: 'bodyHeadA bodyDeputyA bodySectionA', 401: STRANGER, else: 403 },
  },
  // Of a template that is not there: who keeps templates hears no more than that.
  'POST /reply-templates/:id': {
    through: [200],
    ask: () => ({ path: `/reply-templates/${fresh()}`, body: { version: 1, title: '已受理', text: '已受理。' } }),
    cells: {
      401: STRANGER,
      404: 'dispatcherA dispatcherA2 dispatcherB hotlineDispatcher bodyHeadA bodyDeputyA bodySectionA letterApproverA letterOfficerA letterOfficerB',
      else: 403,
    },
  },
  'GET /handovers': { through: [200], ask: plain('/handovers'), cells: { 401: STRANGER, 403: NO_READ, else: 200 } },
  // A shift is handed over and received among the people of one office.
  'GET /organizations/:id/handover': {
    through: [200],
    ask: plain(`/organizations/${BODY_A}/handover`),
    cells: { 200: OF_BODY_A, 401: STRANGER, else: 403 },
  },
  'POST /handovers': {
    through: [201],
    ask: () => ({ path: '/handovers', body: { id: fresh(), organizationId: BODY_A, words: '请盯着北门路灯。' } }),
    cells: { 200: OF_BODY_A, 401: STRANGER, else: 403 },
  },
  'GET /handovers/:id': {
    through: [200],
    ask: () => ({ path: `/handovers/${fresh()}` }),
    cells: { 401: STRANGER, 403: NO_READ, else: 404 },
  },
  'POST /handovers/:id/receive': {
    through: [200],
    ask: () => ({ path: `/handovers/${fresh()}/receive`, body: {} }),
    cells: { 401: STRANGER, 403: NO_READ, else: 404 },
  },
  ...field,
  ...dispute,
  ...source,
  ...agreement,
  ...screening,
  ...hearing,
  ...residentsPages,
  'GET /openapi.json': { through: [200], ask: plain('/openapi.json'), cells: everybody },
};

/** Another town named: figures are for whoever reads them over it; a list is for all, and shows each what they see there. */
const OF_TOWN_B: Cell = { 200: 'dispatcherB hotlineDispatcher administrator', 401: STRANGER, else: 403 };
const TOWN_B = 'areaId=a0000000-0000-8000-8000-000000000003';
const named: Readonly<Record<string, Row>> = {
  'GET /statistics/cases': { through: [200], ask: plain(`/statistics/cases?measure=standing&by=stage&${TOWN_B}`), cells: OF_TOWN_B },
  'GET /statistics/late': { through: [200], ask: plain(`/statistics/late?${TOWN_B}`), cells: OF_TOWN_B },
  'GET /wall': { through: [200], ask: plain(`/wall?${TOWN_B}`), cells: OF_TOWN_B },
  'GET /wall/map': { through: [200], ask: plain(`/wall/map?${TOWN_B}`), cells: OF_TOWN_B },
  'GET /wall/live': { through: [200], ask: plain(`/wall/live?${TOWN_B}`), cells: OF_TOWN_B, stream: true },
  'GET /cases': { through: [200], ask: plain(`/cases?${TOWN_B}`), cells: signedIn },
};

const own = (path: string, body: unknown): Row => ({
  through: [200, 400, 401, 422],
  ask: () => ({ path, body }),
  cells: { 401: `${STRANGER} ${SERVICES}`, else: 200 },
});
const MADE = {
  id: 'x',
  rawId: 'x',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'x', attestationObject: 'x' },
};
/** About a resident’s own account: refused by its own rules, never by the door. */
const residentOwn = (path: string, body: unknown): Row => ({
  through: [200, 400, 401, 422],
  ask: () => ({ path, body }),
  cells: residents,
});
const signIn = (path: string, body: unknown): Row => ({ through: [400, 401, 422], ask: () => ({ path, body }), cells: everybody });

/** Sign-in: what is open is open to all and refuses by its own rules; the rest is for whoever is signed in, about themselves. */
const auth: Readonly<Record<string, Row>> = {
  'POST /sign-in/username': signIn('/sign-in/username', {}),
  'POST /two-factor/verify-totp': signIn('/two-factor/verify-totp', {}),
  'POST /two-factor/verify-backup-code': signIn('/two-factor/verify-backup-code', {}),
  'POST /phone-number/send-otp': signIn('/phone-number/send-otp', {}),
  'POST /phone-number/verify': signIn('/phone-number/verify', {}),
  'POST /code/mail': signIn('/code/mail', {}),
  'POST /sign-in/mail': signIn('/sign-in/mail', {}),
  'POST /sign-in/password': signIn('/sign-in/password', {}),
  'POST /sign-in/passkey': signIn('/sign-in/passkey', {}),
  'POST /passkey/challenge': signIn('/passkey/challenge', { nothing: true }),
  'POST /passkey/offer': residentOwn('/passkey/offer', {}),
  'POST /passkey/keep': residentOwn('/passkey/keep', { response: MADE, name: '手机' }),
  'POST /passkey/remove': own('/passkey/remove', { id: 'none' }),
  'POST /contacts/phone': residentOwn('/contacts/phone', { phoneNumber: '13800138000', code: '123456' }),
  'POST /contacts/mail/code': residentOwn('/contacts/mail/code', { mail: 'nobody' }),
  'POST /contacts/mail': residentOwn('/contacts/mail', { mail: 'nobody@example.org', code: '123456' }),
  'POST /password': residentOwn('/password', { password: 'short' }),
  'POST /sign-out': signIn('/sign-out', { nothing: true }),
  'POST /two-factor/enable': own('/two-factor/enable', { password: 'not the password' }),
  'POST /two-factor/disable': own('/two-factor/disable', { password: 'not the password' }),
  'POST /change-password': own('/change-password', { currentPassword: 'not the password', newPassword: 'a new one of length' }),
  'POST /revoke-other-sessions': own('/revoke-other-sessions', {}),
};

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** Open311 is for anybody, and looks at nobody's session: what is told is coarse, and filing asks for a key of its own. */
const open311Get = (path: string, through = 200): Row => ({ through: [through], ask: () => ({ path }), cells: everybody });
const open311: Readonly<Record<string, Row>> = {
  ...Object.fromEntries(
    ['json', 'xml'].flatMap((format): [string, Row][] => [
      ...['discovery', 'services', 'requests'].map((name): [string, Row] => [`GET /${name}.${format}`, open311Get(`/${name}.${format}`)]),
      [
        `POST /requests.${format}`,
        // A service that is needed and not named: refused for that, and not for who asks.
        { through: [400], ask: () => ({ path: `/requests.${format}`, body: 'api_key=demo', headers: FORM }), cells: everybody },
      ],
    ]),
  ),
  'GET /services/:file': open311Get('/services/municipal.lampOut.json'),
  'GET /requests/:file': { ...open311Get('/requests/GD2026-9999999.json'), cells: { else: 404 } },
  'GET /tokens/:file': { ...open311Get(`/tokens/${NONE}.json`), cells: { else: 404 } },
};

const prefixed = (prefix: string, rows: Readonly<Record<string, Row>>): [string, Row][] =>
  Object.entries(rows).map(([name, row]) => {
    const [method, path] = name.split(' ') as [string, string];
    const ask: Row['ask'] = (subject) => {
      const asked = row.ask(subject);
      return { ...asked, path: `${prefix}${asked.path}` };
    };
    return [`${method} ${prefix}${path}`, { ...row, ask }];
  });

export const ACCESS: Readonly<Record<string, Row>> = Object.fromEntries([
  ...prefixed('/api/v1', v1),
  ...prefixed('/api/auth', auth),
  ...prefixed('/open311/v2', open311),
]);

/** Requests that name another town. */
export const OF_ANOTHER_TOWN: Readonly<Record<string, Row>> = Object.fromEntries(prefixed('/api/v1', named));

/**
 * Which posts open which door, by capability: written by hand from the duties of the posts, not from the policy it checks. What the doors are
 * stands in access.build.ts; a capability without a door is none.
 */
export const HOLDERS: Readonly<Record<Capability, string>> = {
  'case.file':
    'dispatcher operator handler gridWorker gridLead letterOfficer mediator mediationHead portalService importService open311Service departmentService',
  'case.register': 'dispatcher operator gridWorker gridLead letterOfficer',
  'case.read':
    'dispatcher operator handler bodyHead verifier gridWorker gridLead leader supervisor letterOfficer letterReviewer mediator mediationHead administrator importService clockService departmentService',
  'case.accept': 'dispatcher operator',
  'case.dispatch': 'dispatcher',
  'case.review': 'dispatcher supervisor',
  'case.handle': 'handler bodyHead gridWorker gridLead departmentService',
  'case.verify': 'verifier gridWorker',
  'case.callback': 'operator dispatcher',
  'call.answer': 'operator dispatcher',
  'case.close': 'dispatcher',
  'case.record': 'gridWorker gridLead',
  'case.supervise': 'leader supervisor',
  'case.instruct': 'leader',
  'case.import': 'administrator importService',
  'letter.accept': 'letterOfficer',
  'letter.answer': 'letterOfficer',
  'letter.approve': 'bodyHead',
  'letter.review': 'letterReviewer',
  'party.read': 'dispatcher operator handler letterOfficer letterReviewer mediator mediationHead',
  'statistics.read': 'dispatcher bodyHead leader supervisor administrator',
  'record.erase': 'administrator',
  'area.manage': 'administrator',
  'administration.read': 'administrator',
  'organization.manage': 'administrator',
  'person.manage': 'administrator',
  'roster.manage': 'administrator bodyHead mediationHead',
  'duty.manage': 'administrator',
  'category.manage': 'administrator',
  'calendar.manage': 'administrator',
  'facility.manage': 'administrator',
  'knowledge.manage': 'administrator bodyHead',
  'reply.manage': 'dispatcher bodyHead letterOfficer',
  'wall.show': 'dispatcher leader supervisor administrator wallDisplay',
  'wall.manage': 'administrator',
  'exchange.manage': 'administrator',
  'procedure.vary': 'administrator',
  'visit.record': 'gridWorker gridLead',
  'patrol.record': 'gridWorker gridLead',
  'sos.answer': 'dispatcher gridLead',
  'form.manage': 'administrator',
  'publication.manage': 'administrator',
  'publication.review': 'dispatcher',
  'case.confided': 'mediationHead',
  'mediation.record': 'mediator mediationHead',
  'mediation.count': 'justiceOfficer',
  'mediator.manage': 'mediationHead',
  'reception.manage': 'letterOfficer',
  'hearing.convene': 'dispatcher letterOfficer',
  'hearing.roster': 'dispatcher',
  'legal.advise': 'lawyer',
  'legalAid.manage': 'justiceOfficer',
  'screening.report': 'handler bodyHead gridLead',
  'screening.supervise': 'dispatcher leader supervisor',
};

/** Doors that stand open to everybody and hold no data; /metrics answers on the server's own machine only. */
export const OPEN_DOORS: readonly string[] = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /api',
  'GET /api/',
  'GET /api/js/scalar.js',
  'GET /open311/v2/*',
  'GET /',
  'GET /*',
  'GET /desk',
  'GET /desk/',
  'GET /desk/*',
];
