import type { Capability, Role } from '@tongxin/domain/post/policy.ts';
import { ROLES } from '@tongxin/domain/post/policy.ts';
import type { Caller, TestServer } from '@tongxin/testing/server.ts';
import { WORLD, type WorldPerson } from '@tongxin/testing/world.ts';
import type { PoolClient } from 'pg';
import sharp from 'sharp';
import { ACCESS, type Cell, HOLDERS, type Row, type Subject, type Target } from './access.table.ts';

/** Everybody who knocks: the world's people, the services, and a stranger. */
export const CALLERS: Readonly<Record<string, Caller>> = {
  anonymous: 'anonymous',
  ...WORLD.people,
  portal: { service: 'portal' },
  import: { service: 'import' },
  clock: { service: 'clock' },
  open311: { service: 'open311' },
};

export const DOORS = [200, 401, 403, 404] as const;
export type Door = (typeof DOORS)[number];
export type Subjects = Readonly<Record<Target, Subject>>;

export const isCell = (cells: Row['cells']): cells is Cell => 'else' in cells;
export const namesOf = (words: string | undefined): string[] => (words ?? '').split(' ').filter((name) => name !== '');
export const doorFor = (cell: Cell, caller: string): Door => DOORS.find((door) => namesOf(cell[door]).includes(caller)) ?? cell.else;

const asked = async (
  server: TestServer,
  caller: Caller,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
) => {
  const response = await server.as(caller, {
    method,
    url: `/api/v1${url}`,
    ...(body === undefined ? {} : { body }),
    ...(headers ? { headers } : {}),
  });
  if (response.statusCode >= 300) throw new Error(`${method} ${url}: ${response.statusCode} ${response.body}`);
  return response.json<Record<string, never>>();
};

const id = (n: number): string => `5ab1ec70-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Files the cases of the table through the API, with a picture each, and dispatches the first. */
export const fileSubjects = async (server: TestServer): Promise<Subjects> => {
  const { people, points, categories, organizations } = server.world;
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  const file = async (n: number, caller: Caller, next: string, body: object): Promise<Subject> => {
    const [caseId, fileId] = [id(n), id(n + 1)];
    await asked(server, caller, 'PUT', `/cases/${caseId}/files/${fileId}`, picture, { 'content-type': 'image/png', 'x-kind': 'photo' });
    const receipt = await asked(server, caller, 'POST', '/cases', {
      id: caseId,
      reporter: { name: '陈某', phone: '13800138000' },
      fileIds: [fileId],
      ...body,
    });
    const { rows } = await server.db.pools.maintenance.query<{ party_id: string }>('select party_id from case_party where case_id = $1', [
      caseId,
    ]);
    return { id: caseId, fileId, partyId: rows[0]!.party_id, code: receipt.queryCode!, next };
  };
  const lamp = { text: '小区门口路灯不亮', categoryId: categories.lamp };
  const lampA = await file(10, people.residentA, 'acknowledge', { ...lamp, point: points.inA11 });
  const lampB = await file(20, people.residentB, 'accept', { ...lamp, point: points.inB11 });
  const complaintA = await file(60, people.residentA, 'reportProgress', {
    text: '物业电梯停了一周，我住3栋502',
    demandKind: 'complaint',
    categoryId: categories.bin,
    point: points.inA11,
    reporter: { name: '陈某', phone: '13800138000', protected: true },
    respondentOrganizationId: organizations.propertyA.organizationId,
  });
  const letterA = await file(30, people.residentA, 'register', {
    text: '希望恢复被拆除的人行横道',
    procedure: 'letter',
    point: points.inA11,
  });
  let commands = 100;
  const act = (caller: Caller, subject: Subject, action: string, version: number, input: object) =>
    asked(server, caller, 'POST', `/cases/${subject.id}/actions`, { commandId: id(++commands), action, version, input });
  for (const subject of [lampA, complaintA]) {
    await act(people.dispatcherA, subject, 'accept', 1, {});
    await act(people.dispatcherA, subject, 'dispatch', 2, { organizationId: organizations.bodyA.organizationId });
  }
  await act(people.handlerA, complaintA, 'acknowledge', 3, {});
  const { organizationId } = organizations.sanitationA;
  await asked(server, people.dispatcherA, 'POST', `/cases/${complaintA.id}/tasks`, {
    commandId: id(++commands),
    taskId: id(70),
    organizationId,
    words: '请协助查看',
  });
  const disputeA: Subject = { id: id(90), fileId: id(91), partyId: '', code: '', next: 'endUnsettled', input: { ways: '可以起诉' } };
  const registered = await asked(server, people.mediatorA, 'POST', '/disputes', {
    id: disputeA.id,
    kind: 'neighbour',
    origin: 'applied',
    areaId: server.world.areas.gridA11.areaId,
    facts: '楼上漏水，天花板发霉',
    parties: [{ name: '陈某', phone: '13800138000' }, { name: '李某' }],
    mediatedOn: '2020-01-01',
    outcome: 'goesOn',
  });
  await asked(server, people.mediatorA, 'PUT', `/cases/${disputeA.id}/files/${disputeA.fileId}`, picture, {
    'content-type': 'image/png',
    'x-kind': 'photo',
  });
  // Confided to the planning office as well, which has nobody who looks after such cases: what its people may makes no difference.
  await server.db.pools.maintenance.query(
    `update cases set participant_ids = participant_ids || $2::uuid, state = state || jsonb_build_object('leadOrganizationId', $2::uuid)
     where case_id = $1`,
    [disputeA.id, organizations.bodyA.organizationId],
  );
  const { rows: sides } = await server.db.pools.maintenance.query<{ party_id: string }>(
    'select party_id from case_party where case_id = $1 order by party_id',
    [disputeA.id],
  );
  return {
    disputeA: { ...disputeA, partyId: sides[0]!.party_id, code: (registered.queryCodes as unknown as string[])[0]! },
    lampA,
    lampB,
    letterA: { ...letterA, input: { kind: 'claim' } },
    complaintA: { ...complaintA, input: { progress: '已约维修' } },
  };
};

/** What the answer says about the door: 401 only for want of a sign-in, 404 only for what is hidden; anything unforeseen as it is. */
const doorOf = (status: number, code: string | undefined, through: readonly number[]): Door | string => {
  if (status === 401 && code === 'signInNeeded') return 401;
  if (through.includes(status)) return 200;
  return status === 403 || status === 404 ? status : `${status} ${code ?? ''}`;
};

/** A stream never ends by itself: asked over the network, and left after its headers. */
const knockOnStream = async (server: TestServer, row: Row, caller: Caller, subject: Subject): Promise<Door | string> => {
  const { app } = server;
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const leave = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}${row.ask(subject).path}`, {
    headers: server.headersOf(caller),
    signal: leave.signal,
  });
  const code = response.ok ? undefined : ((await response.json()) as { code: string }).code;
  leave.abort();
  return doorOf(response.status, code, row.through);
};

const knock = async (server: TestServer, route: string, row: Row, caller: Caller, subject: Subject): Promise<Door | string> => {
  if (row.stream) return knockOnStream(server, row, caller, subject);
  const { path, body, headers } = row.ask(subject);
  const [method] = route.split(' ') as ['GET'];
  const response = await server.as(caller, { method, url: path, ...(body === undefined ? {} : { body }), ...(headers ? { headers } : {}) });
  const isProblem = response.headers['content-type']?.toString().startsWith('application/problem+json');
  return doorOf(response.statusCode, isProblem ? response.json<{ code: string }>().code : undefined, row.through);
};

/** Cells of a route that are not as the table says: `GET /cases/:id lampB handlerA: 404 in the table, 200 met`. */
export const findBreaches = async (server: TestServer, subjects: Subjects, route: string, row = ACCESS[route]!): Promise<string[]> => {
  const targets: [string, Cell, Subject][] = isCell(row.cells)
    ? [['', row.cells, subjects.lampA]]
    : Object.entries(row.cells).map(([target, cell]) => [target, cell, subjects[target as Target]]);
  const breaches: string[] = [];
  for (const [target, cell, subject] of targets)
    for (const [name, caller] of Object.entries(CALLERS)) {
      const met = await knock(server, route, row, caller, subject);
      const expected = doorFor(cell, name);
      if (met !== expected) breaches.push(`${route} ${target} ${name}: ${expected} in the table, ${met} met`);
    }
  return breaches;
};

/** Differences between what row-level security shows a caller of the subjects and what the table says. */
export const findLeaks = async (server: TestServer, subjects: Subjects): Promise<string[]> => {
  const cells = ACCESS['GET /api/v1/cases/:id']!.cells as Readonly<Record<Target, Cell>>;
  const leaks: string[] = [];
  for (const [name, caller] of Object.entries(CALLERS)) {
    if (caller === 'anonymous') continue;
    const who = 'service' in caller ? WORLD.services[caller.service].who : caller.who;
    const client = await server.db.pools.app.connect();
    try {
      await client.query('begin');
      await client.query('select enter($1, $2)', [who.kind, who.token]);
      const { rows } = await client.query<{ case_id: string }>('select case_id from cases');
      for (const [target, { id: caseId }] of Object.entries(subjects)) {
        const shown = rows.some((row) => row.case_id === caseId);
        const expected = doorFor(cells[target as Target], name) === 200;
        if (shown !== expected)
          leaks.push(`${target} ${name}: ${expected ? 'seen' : 'hidden'} in the table, ${shown ? 'seen' : 'hidden'} in the database`);
      }
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
  return leaks;
};

/** Somebody who holds one kind of post at every body the doors stand at. What they see comes from another post, which may do nothing. */
export type Probes = Readonly<Record<Role, WorldPerson>>;

const addProbe = async (server: TestServer, role: Role, n: number): Promise<WorldPerson> => {
  const { maintenance, auth } = server.db.pools;
  const { centreA, bodyA, lettersA } = WORLD.organizations;
  const probe = { personId: id(1000 + n), authUserId: `probe-${role}`, token: `token-of-the-probe-${role}`, username: `probe-${role}` };
  await auth.query('insert into auth."user" (id, name, email) values ($1, $1, $2)', [probe.authUserId, `${role}@probe.invalid`]);
  await auth.query('insert into auth.session (id, "userId", token, "expiresAt") values ($1, $1, $2, $3)', [
    probe.authUserId,
    probe.token,
    '2100-01-01',
  ]);
  await maintenance.query("insert into person (person_id, kind, auth_user_id) values ($1, 'staff', $2)", [
    probe.personId,
    probe.authUserId,
  ]);
  const posts = [centreA, bodyA, lettersA].flatMap((body) => [role, 'onlooker'].map((held) => ({ body, held })));
  for (const [i, { body, held }] of posts.entries()) {
    const postId = id(2000 + n * 10 + i);
    await maintenance.query(
      'insert into post (post_id, organization_id, area_id, role, title, valid_from) values ($1, $2, $3, $4, $6, $5)',
      [postId, body.organizationId, body.areaId, held, '2020-01-01', { zh: '探访' }],
    );
    await maintenance.query("insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $1, $2, '2020-01-01')", [
      postId,
      probe.personId,
    ]);
  }
  return { ...probe, who: { kind: 'person', token: probe.token }, actor: { kind: 'person', posts: [] }, posts: [] };
};

export const addProbes = async (server: TestServer): Promise<Probes> => {
  await server.db.pools.maintenance.query("insert into post_role (role, sees, capabilities) values ('onlooker', 'area', '{}')");
  const probes: [string, WorldPerson][] = [];
  for (const [n, role] of (Object.keys(ROLES) as Role[]).entries()) probes.push([role, await addProbe(server, role, n)]);
  return Object.fromEntries(probes) as Probes;
};

/** A letter in the hands of the office that received it. */
export const fileLetterInHand = async (server: TestServer): Promise<string> => {
  const { people, points } = server.world;
  const caseId = id(80);
  await asked(server, people.residentA, 'POST', '/cases', { id: caseId, text: '希望恢复班车', procedure: 'letter', point: points.inA11 });
  for (const [n, action] of ['register', 'acceptHere'].entries())
    await asked(server, people.letterOfficerA, 'POST', `/cases/${caseId}/actions`, {
      commandId: id(81 + n),
      action,
      version: n + 1,
      input: action === 'register' ? { kind: 'claim' } : { notice: '已受理' },
    });
  return caseId;
};

/** A door: open unless it answers that the capability is missing. */
type Knock = (probe: WorldPerson) => Promise<boolean>;
export interface CapabilityDoor {
  readonly opens: Knock;
  /** Capabilities that open it as well: whoever holds one of them is given nothing by the other. */
  readonly also?: readonly Capability[];
  /** Opens nothing to a post that does not see its area, whatever it is given. */
  readonly overArea?: true;
}
let knocks = 0;
const BODY = WORLD.organizations.bodyA.organizationId;

/** Somebody who holds no post of that committee: refused to whoever keeps its register. */
const MEDIATOR = {
  commandId: '5ab1ec70-0000-7000-8000-000000000998',
  organizationId: BODY,
  personId: WORLD.people.residentB.personId,
  name: '某某',
  kinds: [],
  languages: [],
  available: true,
};

/** A department's sheet that is no workbook: refused to whoever may bring one. */
const SHEET = {
  id: 'civil',
  version: 1,
  formId: 'doorVisit',
  department: 'civil',
  name: { zh: '走访表' },
  map: { sheet: 'x', cells: [] },
  workbook: 'AAAA',
};

/** What each capability opens, as a request that it alone decides. */
export const doorsOf = (
  server: TestServer,
  { lampA, letterA, disputeA }: Subjects,
  letterInHand: string,
): Readonly<Record<Capability, CapabilityDoor>> => {
  const fresh = (): string => id(100_000 + ++knocks);
  const request =
    (url: string, body?: () => object, method: 'POST' | 'PUT' = 'POST'): Knock =>
    async (probe) => {
      const answer = await server.as(probe, { url: `/api/v1${url}`, ...(body ? { method, body: body() } : {}) });
      if (![200, 201, 403, 409, 422].includes(answer.statusCode)) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
      return answer.statusCode !== 403;
    };
  const bodyA = server.world.organizations.bodyA.organizationId;
  const reaches =
    (url: string, body: () => object): Knock =>
    async (probe) =>
      (await server.as(probe, { url: `/api/v1${url}`, method: 'POST', body: body() })).json<{ code: string }>().code !==
      'missingCapability';
  // The version is one nobody saw: who may act hears of the stage, of the form, or of the version.
  const action = (caseId: string, name: string): Knock =>
    request(`/cases/${caseId}/actions`, () => ({ commandId: fresh(), action: name, version: 999 }));
  const inDatabase =
    (opens: (client: PoolClient) => Promise<boolean>): Knock =>
    async (probe) => {
      const client = await server.db.pools.app.connect();
      try {
        await client.query('begin');
        await client.query("select enter('person', $1)", [probe.token]);
        return await opens(client);
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
  const imports = inDatabase((client) =>
    client.query("select find_sources('world', '{}')").then(
      () => true,
      () => false,
    ),
  );
  const confided = inDatabase(
    async (client) => (await client.query('select 1 from cases where case_id = $1', [disputeA.id])).rowCount === 1,
  );
  return {
    'case.file': { opens: request('/cases', () => ({ id: fresh(), text: '路灯不亮' })) },
    'case.register': { opens: action(lampA.id, 'withdraw') },
    // Blank words are refused to whoever may write a note.
    'case.read': { opens: request(`/cases/${lampA.id}/notes`, () => ({ commandId: fresh(), words: ' ' })) },
    'case.accept': { opens: action(lampA.id, 'accept') },
    'case.dispatch': { opens: action(lampA.id, 'dispatch') },
    'case.review': { opens: action(lampA.id, 'approveExtension') },
    'case.handle': { opens: action(lampA.id, 'acknowledge') },
    'case.verify': { opens: action(lampA.id, 'verifyPass') },
    'case.callback': { opens: action(lampA.id, 'answer'), also: ['case.close'] },
    'call.answer': { opens: request('/hotline/calls') },
    'case.close': { opens: action(lampA.id, 'close') },
    'case.record': { opens: action(lampA.id, 'settleOnSpot') },
    'case.supervise': { opens: action(lampA.id, 'supervise') },
    'case.instruct': { opens: action(lampA.id, 'instruct') },
    'case.import': { opens: imports },
    'letter.accept': { opens: action(letterA.id, 'register') },
    'letter.answer': { opens: action(letterInHand, 'investigate') },
    'letter.approve': { opens: action(letterInHand, 'approveExtension') },
    'letter.review': { opens: action(letterInHand, 'issueReview') },
    'party.read': {
      opens: request(`/cases/${lampA.id}/parties/${lampA.partyId}/read`, () => ({ purpose: '电话核实地点', fields: ['name'] })),
    },
    'statistics.read': { opens: request('/statistics/cases?measure=standing&by=stage') },
    'area.manage': { opens: request('/areas/rezonings') },
    'administration.read': { opens: request('/administration/log') },
    'organization.manage': {
      opens: request('/organizations', () => ({
        commandId: fresh(),
        id: fresh(),
        kind: 'department',
        name: { zh: '某处' },
        areaId: fresh(),
        respondent: true,
      })),
    },
    'person.manage': { opens: request('/staff'), overArea: true },
    'roster.manage': { opens: request(`/organizations/${bodyA}/shifts/remove`, () => ({ commandId: fresh(), ids: [fresh()] })) },
    'duty.manage': {
      opens: request('/duty-lists', () => ({
        commandId: fresh(),
        id: fresh(),
        kind: 'admission',
        title: { zh: '某清单' },
        areaId: fresh(),
        source: '某文件',
      })),
    },
    // Over the whole city, which no probe administers: whoever has the right is told that it does not reach so far.
    'category.manage': {
      opens: reaches('/categories', () => ({ commandId: fresh(), id: 'nowhere', name: { zh: '某类' }, danger: [] })),
    },
    'calendar.manage': { opens: reaches('/calendar/preview', () => ({ year: 2031, source: '某通知', exceptions: [] })) },
    'facility.manage': {
      opens: request('/facilities', () => ({ commandId: fresh(), id: fresh(), kind: 'lamp', name: { zh: '某灯' }, lon: 0, lat: 0 })),
    },
    'knowledge.manage': {
      opens: request('/articles', () => ({
        commandId: fresh(),
        id: fresh(),
        organizationId: bodyA,
        title: '某事',
        body: '如何办理。',
        categoryIds: ['nowhere'],
      })),
    },
    'reply.manage': {
      opens: request('/reply-templates', () => ({ id: fresh(), organizationId: BODY, title: ' ', text: '已受理' })),
    },
    'wall.show': { opens: request('/wall'), overArea: true },
    'wall.manage': { opens: request('/wall/displays') },
    'publication.manage': { opens: request('/publication/areas') },
    'publication.review': { opens: request('/publication/reviews') },
    'exchange.manage': { opens: request('/webhooks') },
    'record.erase': { opens: request(`/cases/${lampA.id}/erase`, () => ({ commandId: fresh(), ground: 'byRequest', eventNos: [] })) },
    'procedure.vary': { opens: request('/procedure-drafts') },
    'visit.record': { opens: request('/visits') },
    'patrol.record': { opens: request('/forms') },
    'sos.answer': { opens: reaches(`/sos/${BODY}/acknowledge`, () => ({})) },
    'case.confided': { opens: confided },
    'mediation.record': { opens: request('/disputes') },
    'mediator.manage': {
      opens: request(`/mediators/${fresh()}`, () => MEDIATOR, 'PUT'),
    },
    'mediation.count': { opens: reaches('/disputes/releases', () => ({ month: '2020-01' })) },
    'reception.manage': { opens: request('/reception/months') },
    'legal.advise': { opens: reaches(`/reception/bookings/${BODY}/decline`, () => ({})) },
    'legalAid.manage': {
      opens: reaches('/legal-aid/standards', () => ({ id: fresh(), areaId: BODY, monthlyIncome: 1, source: '某文件', from: '2026-01-01' })),
    },
    'hearing.convene': { opens: request('/hearings') },
    'hearing.roster': { opens: request('/panellists') },
    'screening.report': { opens: request('/screening/own') },
    'screening.supervise': { opens: request('/screening/overview?month=2020-01') },
    'form.manage': { opens: reaches('/visit-sheets', () => ({ ...SHEET, areaId: fresh() })) },
  };
};

/** How one door answers a kind of post otherwise than the table says. */
export const findWrongDoor = async (door: CapabilityDoor, probes: Probes, capability: Capability, role: Role): Promise<string[]> => {
  const expected = namesOf(HOLDERS[capability]).includes(role);
  const met = await door.opens(probes[role]);
  return met === expected ? [] : [`${role} ${capability}: ${expected ? 'opens' : 'closed'} in the table, ${met ? 'opens' : 'closed'} met`];
};
