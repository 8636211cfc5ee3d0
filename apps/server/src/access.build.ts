import type { Caller, TestServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import sharp from 'sharp';
import { ACCESS, type Cell, type Row, type Subject, type Target } from './access.table.ts';

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
  const letterA = await file(30, people.residentA, 'register', {
    text: '希望恢复被拆除的人行横道',
    procedure: 'letter',
    point: points.inA11,
  });
  const act = (action: string, version: number, input: object) =>
    asked(server, people.dispatcherA, 'POST', `/cases/${lampA.id}/actions`, { commandId: id(40 + version), action, version, input });
  await act('accept', 1, {});
  await act('dispatch', 2, { organizationId: organizations.bodyA.organizationId });
  return { lampA, lampB, letterA };
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
export const findBreaches = async (server: TestServer, subjects: Subjects, route: string): Promise<string[]> => {
  const row = ACCESS[route]!;
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
