import { getEventListeners } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import pg from 'pg';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileSubjects, type Subjects } from './access.build.ts';
import { OPEN_DOORS } from './access.table.ts';
import { buildApp } from './app.ts';
import { type Ask, type Bad, callerOf, everythingKept, faultsOf, findFaults, saidTo, spoil } from './bad-input.build.ts';
import { GOOD, NOWHERE } from './bad-input.table.ts';
import { liveStream } from './modules/live/index.ts';

let server: TestServer;
let admin: pg.Client;
let subjects: Subjects;
const PHOTO = { 'content-type': 'image/png', 'x-kind': 'photo' };
const png = (width = 8, height = 8) =>
  sharp({ create: { width, height, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
const kept = () => everythingKept(server, admin);

beforeAll(async () => {
  server = await testServer();
  subjects = await fileSubjects(server);
  admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin?.end();
  await server?.close();
});

describe('a request spoilt in one place', () => {
  it('is thought of for every route of the server, and for none that is gone', () => {
    const routes = server.app.declaredRoutes.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => `${method} ${url}`);
    expect(routes.filter((route) => !(route in GOOD) && !OPEN_DOORS.includes(route))).toEqual([]);
    expect(Object.keys(GOOD).filter((route) => !routes.includes(route))).toEqual([]);
  });

  // What one route left as it was is what the next one finds.
  let before: Awaited<ReturnType<typeof kept>>;
  beforeAll(async () => {
    before = await kept();
  });
  it.each(Object.keys(GOOD))('of %s is refused in words and leaves nothing behind', async (route) => {
    const good = GOOD[route]!(subjects.lampA);
    expect(await findFaults(server, callerOf(good.as), spoil(route, good))).toEqual([]);
    const after = await kept();
    const found = before;
    before = after;
    expect(after).toEqual(found);
  });
});

const people = () => server.world.people;
/** A place in the list of notices. */
const cursorAt = (at: string): string => Buffer.from(`${at}~00000000-0000-7000-8000-000000000001`).toString('base64url');
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (url: string, body: unknown): Ask => ({ method: 'POST', url, payload: JSON.stringify(body), headers: JSON_TYPE });
const get = (url: string): Ask => ({ method: 'GET', url });

/** Each is refused as one of its codes, in words, and nothing is left of any. */
const refused = async (caller: Caller, bad: readonly Bad[]): Promise<void> => {
  const before = await kept();
  expect(await findFaults(server, caller, bad)).toEqual([]);
  expect(await kept()).toEqual(before);
};

describe('a question', () => {
  it.each([
    ['dispatcherA', '/cases', ['limit=0', 'limit=201', 'limit=-1', 'limit=1.5', 'limit=many', 'limit=1e9', 'open=maybe', 'light=blue']],
    ['dispatcherA', '/cases', ['areaId=x', 'level=planet', 'view=everything', 'organizationId=%00x']],
    ['leaderA', '/statistics/cases?measure=standing&by=stage', ['from=yesterday', 'measure=all', 'to=2026-9-1']],
    ['leaderA', '/statistics/durations', ['from=2026', 'to=2026-9-1', 'areaId=x', 'by=day']],
    ['leaderA', '/statistics/late', ['from=2026', 'limit=0', 'limit=201']],
    ['anonymous', '/areas/resolve', ['', 'lon=NaN&lat=1', 'lon=181&lat=1', 'lon=1&lat=-91', 'lon=Infinity&lat=0', 'lon=1', 'lon=&lat=']],
    ['anonymous', '/procedures/order/diagram.svg', ['version=0', 'version=-1', 'version=x']],
    [
      'handlerA',
      '/organizations/0b000000-0000-8000-8000-000000000006/shifts',
      ['', 'from=2026-13-01', 'from=2026-09-01&days=93', 'from=x'],
    ],
    ['residentA', '/notices', ['kind=', 'kind=a.b', 'digestId=x', 'unread=perhaps', 'before=yesterday']],
    ['leaderA', '/wall', ['areaId=x', 'area=town']],
    ['residentA', '/me/access-log', ['before=2026-09-30']],
  ] as const)('of %s to %s out of range or of the wrong kind is refused', async (name, path, questions) => {
    const url = (question: string) => `/api/v1${path}${path.includes('?') ? '&' : '?'}${question}`;
    const bad = questions.map((question): Bad => [question, get(url(question)), ['invalidInput', 'forbiddenCharacter']]);
    await refused(callerOf(name === 'anonymous' ? undefined : name), bad);
  });

  it('about a day there is not, a box that is none or an area nobody knows is refused', async () => {
    await refused(people().handlerA, [
      ['30 February', get('/api/v1/organizations/0b000000-0000-8000-8000-000000000006/shifts?from=2026-02-30'), 'fieldUnfit'],
      ['the year 0', get('/api/v1/organizations/0b000000-0000-8000-8000-000000000006/shifts?from=0000-01-01'), 'fieldUnfit'],
      ['notices of 30 February', get(`/api/v1/notices?cursor=${cursorAt('2026-02-30T00:00:00Z')}`), 'badCursor'],
      ['notices of hour 99', get(`/api/v1/notices?cursor=${cursorAt('9999-99-99T99:99:99Z')}`), 'badCursor'],
      ['notices after words', get('/api/v1/notices?cursor=yesterday'), 'badCursor'],
      ['readings of the year 0', get('/api/v1/me/access-log?before=0000-01-01T00:00:00Z'), 'badCursor'],
      ['a box inside out of a list', get('/api/v1/cases?bbox=113.1,22,113,22.1'), 'badBox'],
      ['a box of words', get('/api/v1/facilities?bbox=a,b,c,d'), 'badBox'],
      ['a box of three', get('/api/v1/facilities?bbox=1,2,3'), 'badBox'],
      ['a box inside out', get('/api/v1/facilities?bbox=113.1,22,113,22.1'), 'badBox'],
      ['a box without end', get('/api/v1/facilities?bbox=-Infinity,0,Infinity,1'), 'badBox'],
      ['the whole world', get('/api/v1/facilities?bbox=-180,-90,180,90'), 'boxTooWide'],
      ['no place at all', get('/api/v1/facilities'), 'placeMissing'],
      ['cases of no area', get(`/api/v1/cases?areaId=${NOWHERE}`), 'unknownArea'],
      ['cases of an area of another level', get('/api/v1/cases?areaId=a0000000-0000-8000-8000-000000000002&level=grid'), 'levelUnfit'],
      ['an area nobody knows', get(`/api/v1/areas/${NOWHERE}`), 'notFound'],
      ['a procedure of inherited name', get('/api/v1/procedures/constructor'), 'notFound'],
      ['a version far away', get('/api/v1/procedures/order/999999999'), 'notFound'],
    ]);
  });

  it('in words that a search engine would stumble over is answered, with what there is', async () => {
    const words = [
      "'",
      '"',
      "' | '",
      'a & !b | (c',
      '\\',
      '%',
      '_',
      '(((((',
      ':*',
      '<->',
      "'); drop table cases; --",
      '💥',
      '\u202e',
      ' ',
      '路灯 & 不亮',
    ];
    for (const q of [...words, '的'.repeat(200), '('.repeat(200), "'".repeat(199), `GD2026-${'9'.repeat(33)}`]) {
      const answer = await server.as(people().dispatcherA, { url: `/api/v1/cases?view=area&count=true&q=${encodeURIComponent(q)}` });
      expect([q, answer.statusCode]).toEqual([q, 200]);
    }
  });

  it('from a forged place in the list is refused', async () => {
    const forged = (text: string) => Buffer.from(text).toString('base64url');
    const id = '0190a0a0-0000-7000-8000-000000000001';
    const cursors = [
      'x',
      '!!!',
      forged('{}'),
      forged(`2026-02-30T00:00:00.000Z~${id}`),
      forged(`0000-01-01T00:00:00.000Z~${id}`),
      forged(`2026-09-30T10:00:00.000Z~${'-'.repeat(36)}`),
      forged("2026-09-30T10:00:00.000Z~' or 1=1 --"),
      forged(`99:99:99.9.9.9Z~${id}`),
    ];
    for (const url of ['/api/v1/cases?view=area', '/api/v1/cases?areaId=a0000000-0000-8000-8000-000000000002'])
      await refused(
        people().dispatcherA,
        cursors.map((cursor): Bad => [cursor, get(`${url}&cursor=${encodeURIComponent(cursor)}`), 'badCursor']),
      );
  });
});

describe('a report', () => {
  const good = { text: '路灯不亮' };
  const file = (body: object): Ask => post('/api/v1/cases', { id: v7(), ...good, ...body });

  it('that names what nobody knows, or what is nobody’s to name, is refused by what it is', async () => {
    const other = v7();
    await refused('anonymous', [
      ['an area', file({ areaId: NOWHERE }), 'unknownArea'],
      ['an area beside a point', file({ areaId: NOWHERE, point: { lon: 113.02, lat: 22.02 } }), 'unknownArea'],
      ['a facility', file({ facilityId: NOWHERE }), 'unknownFacility'],
      ['a facility beside a point', file({ facilityId: NOWHERE, point: { lon: 113.02, lat: 22.02 } }), 'unknownFacility'],
      ['a category', file({ categoryId: 'nothing.at.all' }), 'unknownCategory'],
      ['a category of inherited name', file({ categoryId: '__proto__' }), 'unknownCategory'],
      ['a body', file({ respondentOrganizationId: NOWHERE }), 'unknownOrganization'],
      ['a procedure', file({ procedure: 'constructor' }), 'procedureNotPublished'],
      ['a channel of staff', file({ channel: 'hotline' }), 'channelForStaff'],
      ['a file nobody uploaded', file({ fileIds: [other] }), 'unknownFile'],
      ['the file of somebody else’s case', file({ fileIds: [subjects.lampB.fileId] }), 'unknownFile'],
      ['blanks only', file({ text: ' \n\u3000' }), 'fieldMissing'],
      ['somebody else’s case', file({ id: subjects.lampB.id }), 'idTaken'],
    ]);
  });

  it('with a file that another caller uploaded for it is refused, and the upload stays its owner’s', async () => {
    const [id, fileId] = [v7(), v7()];
    const put = await server.as(people().residentA, {
      method: 'PUT',
      url: `/api/v1/cases/${id}/files/${fileId}`,
      body: await png(),
      headers: PHOTO,
    });
    expect(put.statusCode).toBe(201);
    await refused(people().residentB, [['it', post('/api/v1/cases', { id, ...good, fileIds: [fileId] }), 'unknownFile']]);
    await refused(people().residentA, [
      ['it twice', post('/api/v1/cases', { id, ...good, fileIds: [fileId, fileId] }), ['unknownFile', 'invalidInput']],
    ]);
    const filed = await server.as(people().residentA, { method: 'POST', url: '/api/v1/cases', body: { id, ...good, fileIds: [fileId] } });
    expect(filed.statusCode).toBe(201);
  });

  it('of a place or a time that there is not is refused', async () => {
    const points = [{ lon: 181, lat: 0 }, { lon: 0, lat: 91 }, { lon: null, lat: 0 }, { lon: '113', lat: '22' }, { lon: 1 }, {}, [113, 22]];
    const times = [
      '',
      'yesterday',
      '2026-02-30T10:00:00Z',
      '0000-01-01T00:00:00Z',
      '2026-09-30',
      '2026-09-30T25:00:00Z',
      '1e9',
      '2026-09-30T10:00',
    ];
    await refused('anonymous', [
      ...points.map((point): Bad => [JSON.stringify(point), file({ point }), 'invalidInput']),
      ['a number too large for any', { ...file({}), payload: `{"id":"${v7()}","text":"x","point":{"lon":1e999,"lat":0}}` }, 'invalidInput'],
      ...times.map((occurredAt): Bad => [occurredAt, file({ occurredAt }), 'fieldUnfit']),
      ['the far future', file({ occurredAt: '2199-01-01T00:00:00Z' }), 'dateInFuture'],
      ['a year of six digits', file({ occurredAt: '+275760-09-13T00:00:00.000Z' }), 'fieldUnfit'],
    ]);
  });

  it('sent again is answered again and is one case; with another body, or by another, it is refused and tells nothing', async () => {
    const body = { id: v7(), text: '井盖松动', areaId: server.world.areas.townA.areaId };
    const send = () => server.as(people().residentA, { method: 'POST', url: '/api/v1/cases', body });
    const first = await send();
    expect(first.statusCode).toBe(201);
    const before = await kept();
    const again = await Promise.all([send(), send(), send()]);
    expect(again.map((one) => [one.statusCode, one.json()])).toEqual(again.map(() => [200, first.json()]));
    expect(await kept()).toEqual(before);
    await refused(people().residentA, [['another body', post('/api/v1/cases', { ...body, text: '别的' }), 'idTaken']]);
    await refused(people().residentB, [['another caller', post('/api/v1/cases', body), 'idTaken']]);
    await refused('anonymous', [['a stranger', post('/api/v1/cases', body), 'idTaken']]);
  });

  it('sent several times at once is one case with one answer', async () => {
    const body = { id: v7(), text: '井盖缺失', point: server.world.points.inA11 };
    const sent = await Promise.all([1, 2, 3, 4].map(() => server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body })));
    expect(sent.map((one) => one.statusCode).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(sent.map((one) => one.body)).size).toBe(1);
  });

  it('with a telephone that nobody can dial is refused', async () => {
    const bad = ['x', '----', '一二三四五六', '1234', '+', '138'];
    await refused(
      'anonymous',
      bad.map((phone): Bad => [phone, file({ reporter: { phone } }), 'badPhone']),
    );
  });

  it('about a facility stands where the facility stands', async () => {
    const { facilityId, lon, lat } = server.world.facilities.lampA11;
    const id = v7();
    const filed = await server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body: { id, ...good, facilityId } });
    expect(filed.statusCode).toBe(201);
    const view = (await server.as(people().dispatcherA, { url: `/api/v1/cases/${id}` })).json<CaseView>();
    expect(view.point).toEqual({ lon, lat });
    expect(view.areaLabels.at(-1)?.zh).toBe(server.world.areas.gridA11.name.zh);
  });
});

describe('an action', () => {
  const on = (caller: Caller, body: object, id = subjects.lampA.id): [Caller, Ask] => [
    caller,
    post(`/api/v1/cases/${id}/actions`, { commandId: v7(), version: 3, ...body }),
  ];
  const check = async (caller: Caller, what: string, ask: Ask, codes: Bad[2]) => refused(caller, [[what, ask, codes]]);

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'fly', '', ' acknowledge', 'acknowledge\n'])(
    'named %j is none',
    async (action) => {
      await check(people().handlerA, action, on(people().handlerA, { action })[1], 'unknownAction');
      const ask = post(`/api/v1/receipts/${subjects.lampA.code}/actions`, { commandId: v7(), version: 3, action });
      await check('anonymous', action, ask, 'unknownAction');
    },
  );

  it('out of turn, by the wrong hands, of another version or of nothing is refused', async () => {
    const handler = people().handlerA;
    const bad = (what: string, body: object, codes: Bad[2]): Bad => [what, on(handler, body)[1], codes];
    await refused(handler, [
      bad('a stage too early', { action: 'resolve', input: { result: '好了' } }, ['wrongStage', 'evidenceMissing', 'fieldMissing']),
      bad('somebody else’s duty', { action: 'verifyPass' }, 'notYours'),
      bad('a version that is past', { action: 'acknowledge', version: 2 }, 'caseChanged'),
      bad('a version to come', { action: 'acknowledge', version: 99 }, 'caseChanged'),
      bad('version 0', { action: 'acknowledge', version: 0 }, 'invalidInput'),
      bad('a version of words', { action: 'acknowledge', version: '3' }, 'invalidInput'),
      bad('a field nobody asked for', { action: 'acknowledge', input: { admin: true } }, 'unknownField'),
      bad('a field of inherited name', { action: 'acknowledge', input: { toString: 'x' } }, 'unknownField'),
      bad('a post that is not held', { action: 'acknowledge', postId: NOWHERE }, 'postNotYours'),
      bad('a file of nobody', { action: 'acknowledge', fileIds: [NOWHERE] }, 'unknownFile'),
      bad('a file of another case', { action: 'acknowledge', fileIds: [subjects.lampB.fileId] }, 'unknownFile'),
      bad('30 February', { action: 'acknowledge', occurredAt: '2026-02-30T10:00:00Z' }, 'fieldUnfit'),
      bad('next year', { action: 'acknowledge', occurredAt: '2027-09-30T10:00:00Z' }, 'dateInFuture'),
      bad(
        'input of ten thousand fields',
        { action: 'acknowledge', input: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, 1])) },
        'unknownField',
      ),
      ['a case nobody knows', on(handler, { action: 'acknowledge' }, NOWHERE)[1], 'notFound'],
      ['a case of another town', on(handler, { action: 'acknowledge' }, subjects.lampB.id)[1], 'notFound'],
      ['a letter that is confidential', on(handler, { action: 'acknowledge' }, subjects.letterA.id)[1], 'notFound'],
    ]);
    await refused(people().dispatcherA, [['who dispatched it', on(people().dispatcherA, { action: 'acknowledge' })[1], 'notYours']]);
    await refused('anonymous', [['a stranger', on('anonymous', { action: 'acknowledge' })[1], 'signInNeeded']]);
    await refused({ service: 'open311' }, [['a service', on({ service: 'open311' }, { action: 'acknowledge' })[1], 'notFound']]);
  });

  it('whose answers are not what its form asks is refused', async () => {
    const say = (input: unknown): Ask =>
      post(`/api/v1/receipts/${subjects.lampA.code}/actions`, { commandId: v7(), action: 'addInformation', version: 3, input });
    await refused('anonymous', [
      ['nothing', say({}), 'fieldMissing'],
      ['blanks', say({ words: ' \n ' }), 'fieldMissing'],
      ['null', say({ words: null }), 'fieldMissing'],
      ['a number', say({ words: 7 }), 'fieldUnfit'],
      ['a thing', say({ words: { toString: 'x' } }), 'fieldUnfit'],
      ['a list', say({ words: ['x'] }), 'fieldUnfit'],
      ['too many words', say({ words: '话'.repeat(5001) }), 'fieldUnfit'],
      ['NUL', say({ words: 'a\0b' }), 'forbiddenCharacter'],
      ['half a pair', say({ words: 'a\ud83d' }), 'forbiddenCharacter'],
      ['a field of a long name', say({ ['x'.repeat(61)]: 1 }), ['invalidInput', 'unknownField']],
      ['nested too deep', { ...say({}), payload: `{"input":{"words":${'['.repeat(40)}${']'.repeat(40)}}}` }, 'nestedTooDeep'],
    ]);
  });

  it('whose answers lead nowhere is refused by what they name', async () => {
    const dispatcher = people().dispatcherB;
    const { id } = subjects.lampB;
    const act = (version: number, action: string, input: object) =>
      post(`/api/v1/cases/${id}/actions`, { commandId: v7(), action, version, input });
    await refused(dispatcher, [
      ['merging into nothing', act(1, 'merge', { mainCaseId: NOWHERE }), 'unknownCase'],
      ['merging into itself', act(1, 'merge', { mainCaseId: id }), 'mergeIntoItself'],
      ['merging into what is hidden', act(1, 'merge', { mainCaseId: subjects.lampA.id }), 'unknownCase'],
      ['an id that is none', act(1, 'merge', { mainCaseId: 'x' }), 'fieldUnfit'],
      ['nothing', act(1, 'merge', {}), 'fieldMissing'],
    ]);
    const accepted = await server.as(dispatcher, {
      method: 'POST',
      url: `/api/v1/cases/${id}/actions`,
      body: { commandId: v7(), action: 'accept', version: 1 },
    });
    expect(accepted.statusCode, accepted.body).toBe(200);
    await refused(dispatcher, [
      ['a body nobody knows', act(2, 'dispatch', { organizationId: NOWHERE }), 'unknownOrganization'],
      ['a list for a body', act(2, 'dispatch', { organizationId: [NOWHERE] }), 'fieldUnfit'],
      ['a thing for a body', act(2, 'dispatch', { organizationId: { id: NOWHERE } }), 'fieldUnfit'],
    ]);
  });

  it('sent again changes nothing; its id is not good for another', async () => {
    const [handler, body] = [people().handlerA, { commandId: v7(), action: 'acknowledge', version: 3 }];
    const url = `/api/v1/cases/${subjects.lampA.id}/actions`;
    const done = await server.as(handler, { method: 'POST', url, body });
    expect(done.statusCode, done.body).toBe(200);
    const before = await kept();
    const again = await Promise.all([1, 2, 3].map(() => server.as(handler, { method: 'POST', url, body })));
    expect(again.map((one) => [one.statusCode, one.json<CaseView>().version])).toEqual([1, 2, 3].map(() => [200, 4]));
    expect(await kept()).toEqual(before);
    await refused(handler, [
      ['the id again, for a file', post(url, { ...body, fileIds: [subjects.lampA.fileId] }), 'commandReused'],
      ['the id again, for something else', post(url, { ...body, action: 'urge' }), 'commandReused'],
      [
        'the id again, for a note',
        post(`/api/v1/cases/${subjects.lampA.id}/notes`, { commandId: body.commandId, words: '同一编号' }),
        'commandReused',
      ],
      ['the action again', post(url, { ...body, commandId: v7(), version: 4 }), 'wrongStage'],
    ]);
  });

  it('of words that say nothing is refused', async () => {
    const { id, partyId } = subjects.lampA;
    const note = (words: string) => post(`/api/v1/cases/${id}/notes`, { commandId: v7(), words });
    const read = (purpose: string) => post(`/api/v1/cases/${id}/parties/${partyId}/read`, { purpose, fields: ['phone'] });
    await refused(people().handlerA, [
      ['a note of blanks', note(' \n\u3000'), 'wordsMissing'],
      ['a purpose of blanks', read('    '), 'wordsMissing'],
      ['a purpose of one letter', read('x  '), 'wordsMissing'],
      ['a party nobody is', post(`/api/v1/cases/${id}/parties/${NOWHERE}/read`, { purpose: '电话核实', fields: ['phone'] }), 'notFound'],
      [
        'a field nobody keeps',
        post(`/api/v1/cases/${id}/parties/${partyId}/read`, { purpose: '电话核实', fields: ['password'] }),
        'invalidInput',
      ],
    ]);
    await refused(people().administrator, [
      ['erasing nothing', post(`/api/v1/cases/${id}/erase`, { commandId: v7(), ground: 'byRequest' }), 'nothingToErase'],
      [
        'erasing what is not there',
        post(`/api/v1/cases/${id}/erase`, { commandId: v7(), ground: 'byRequest', eventNos: [2_000_000_000] }),
        'nothingToErase',
      ],
      [
        'erasing beyond numbers',
        post(`/api/v1/cases/${id}/erase`, { commandId: v7(), ground: 'byRequest', eventNos: [1e300] }),
        ['nothingToErase', 'invalidInput'],
      ],
      [
        'erasing a party there is not',
        post(`/api/v1/cases/${id}/erase`, { commandId: v7(), ground: 'byRequest', partyId: NOWHERE }),
        'unknownParty',
      ],
      [
        'erasing a file there is not',
        post(`/api/v1/cases/${id}/erase`, { commandId: v7(), ground: 'byRequest', fileIds: [NOWHERE] }),
        'unknownFile',
      ],
      [
        'erasing somebody else’s file',
        post(`/api/v1/cases/${id}/erase`, { commandId: v7(), ground: 'byRequest', fileIds: [subjects.lampB.fileId] }),
        'unknownFile',
      ],
    ]);
  });

  it('on joint work that is not there, or not one’s own, is refused', async () => {
    const tasks = `/api/v1/cases/${subjects.lampA.id}/tasks`;
    const open = { commandId: v7(), taskId: v7(), organizationId: server.world.organizations.sanitationA.organizationId, words: '请清理' };
    await refused(people().handlerA, [
      ['a body nobody knows', post(tasks, { ...open, organizationId: NOWHERE }), 'unknownOrganization'],
      ['its own body', post(tasks, { ...open, organizationId: server.world.organizations.bodyA.organizationId }), 'taskForLead'],
      ['a limit that is past', post(tasks, { ...open, dueOn: '2020-01-01' }), 'taskDuePast'],
      ['a limit on no day', post(tasks, { ...open, dueOn: '2030-02-30' }), 'fieldUnfit'],
      ['a task nobody opened', post(`${tasks}/${v7()}`, { commandId: v7(), status: 'done' }), 'unknownTask'],
    ]);
    expect((await server.as(people().handlerA, { method: 'POST', url: tasks, body: open })).statusCode).toBe(200);
    await refused(people().handlerA, [
      ['the same task again', post(tasks, { ...open, commandId: v7() }), 'taskExists'],
      ['somebody else’s answer', post(`${tasks}/${open.taskId}`, { commandId: v7(), status: 'done' }), ['notYours', 'wrongTaskStatus']],
    ]);
    await refused(people().handlerA2, [
      [
        'done before it was begun',
        post(`${tasks}/${open.taskId}`, { commandId: v7(), status: 'cancelled' }),
        ['notYours', 'wrongTaskStatus'],
      ],
    ]);
  });
});

describe('what is no proper HTTP', () => {
  let port: number;
  beforeAll(async () => {
    if (!server.app.server.listening) await server.app.listen({ port: 0, host: '127.0.0.1' });
    port = (server.app.server.address() as { port: number }).port;
  });

  const line = (first: string, headers: readonly string[] = [], body = '') =>
    `${first}\r\nHost: x\r\n${headers.map((h) => `${h}\r\n`).join('')}\r\n${body}`;
  it.each([
    ['no HTTP at all', 'HELLO THERE\r\n\r\n', 'malformedRequest'],
    ['bytes of a handshake', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), 'malformedRequest'],
    ['headers of 100 KB', line('GET /api/v1/me HTTP/1.1', [`X-Long: ${'x'.repeat(100_000)}`]), 'headersTooLarge'],
    ['a cookie of 20 KB', line('GET /api/v1/me HTTP/1.1', [`Cookie: tongxin.session_token=${'x'.repeat(20_000)}`]), 'headersTooLarge'],
    ['an address of 100 KB', line(`GET /api/v1/areas?parentId=${'x'.repeat(100_000)} HTTP/1.1`), 'headersTooLarge'],
    [
      'an address of 8 KB',
      line(`GET /api/v1/cases/${'x'.repeat(8000)} HTTP/1.1`),
      ['invalidInput', 'malformedAddress', 'malformedRequest'],
    ],
    ['two lengths', line('POST /api/v1/cases HTTP/1.1', ['Content-Length: 2', 'Content-Length: 3'], '{}'), 'malformedRequest'],
    [
      'a length and chunks',
      line('POST /api/v1/cases HTTP/1.1', ['Content-Length: 2', 'Transfer-Encoding: chunked'], '{}'),
      'malformedRequest',
    ],
    ['a negative length', line('POST /api/v1/cases HTTP/1.1', ['Content-Length: -1']), 'malformedRequest'],
    ['a header with a line break in it', line('GET /api/v1/me HTTP/1.1', ['X: a\nb\0c']), 'malformedRequest'],
    [
      'chunks of no number',
      line('POST /api/v1/cases HTTP/1.1', ['Content-Type: application/json', 'Transfer-Encoding: chunked'], 'zz\r\n{}\r\n'),
      'malformedRequest',
    ],
    ['no host where an address is built of it', 'GET /api HTTP/1.0\r\n\r\n', 'malformedRequest'],
    ['a method nobody knows', line('BREW /api/v1/cases HTTP/1.1'), 'malformedRequest'],
    [
      'a proxy’s address',
      line('GET http://169.254.169.254/latest/meta-data HTTP/1.1'),
      ['notFound', 'malformedAddress', 'malformedRequest'],
    ],
  ] as [string, string | Buffer, Bad[2]][])('%s is answered in words and hung up on', async (_what, bytes, codes) => {
    const before = await kept();
    expect(faultsOf(await saidTo(port, bytes), codes)).toEqual([]);
    expect(await kept()).toEqual(before);
  });

  it.each(['a b', '[', '%00', 'x:99999999', '<script>', ''])('a host of %j breaks nothing', async (host) => {
    for (const path of ['/api', '/api/', '/', '/desk', '/api/v1/areas']) {
      const said = await saidTo(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect([path, host, said.statusCode, said.statusCode < 500]).toEqual([path, host, said.statusCode, true]);
      expect(said.headers.location ?? '/').toMatch(/^\/(?!\/)/u);
    }
  });

  it('a caller who leaves in the middle of a body leaves nothing behind', async () => {
    const before = await kept();
    const head = (path: string, type: string) =>
      `PUT ${path} HTTP/1.1\r\nHost: x\r\nX-Kind: photo\r\nContent-Type: ${type}\r\nContent-Length: 100000\r\n\r\n`;
    await saidTo(port, `${head(`/api/v1/cases/${v7()}/files/${v7()}`, 'image/png')}${'x'.repeat(1000)}`, 200);
    await saidTo(port, `${head('/api/v1/cases', 'application/json').replace('PUT', 'POST')}{"id":"${v7()}"`, 200);
    expect(await kept()).toEqual(before);
  });
});

describe('an address', () => {
  it('of a method that is not offered is refused', async () => {
    const paths = [...new Set(Object.values(GOOD).map((good) => good(subjects.lampA).path))];
    const offered = new Set(Object.entries(GOOD).map(([route, good]) => `${route.split(' ')[0]} ${good(subjects.lampA).path}`));
    const bad = paths.flatMap((url) =>
      ['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS', 'TRACE']
        .filter((method) => !offered.has(`${method} ${url}`) && !(method === 'PUT' && url.includes('/files/')))
        .map((method): Bad => [method, { method, url }, url.startsWith('/open311/') ? '404' : ['notFound', 'unsupportedMediaType']]),
    );
    expect(bad.length).toBeGreaterThan(200);
    await refused(people().handlerA, bad);
  });

  it('outside what is served is nowhere', async () => {
    const paths = [
      '/../../etc/passwd',
      '/..%2f..%2fetc%2fpasswd',
      '/%2e%2e/%2e%2e/package.json',
      '/desk/../../../package.json',
      '/desk/..%5c..%5cpackage.json',
    ];
    const more = [
      '/api/../../package.json',
      '//etc/passwd',
      '/.env',
      '/.git/config',
      '/desk/.%00./x',
      '/api/v1/',
      '/api/v2/cases',

      '/API/V1/CASES',
    ];
    const codes = ['notFound', 'malformedAddress', 'malformedRequest', 'forbiddenCharacter'];
    await refused(
      'anonymous',
      [...paths, ...more].map((url): Bad => [url, get(url), codes]),
    );
    await refused('anonymous', [
      ['a broken percent sign', get('/%ff'), 'malformedAddress'],
      ['half of one', get('/api/v1/areas/%'), 'malformedAddress'],
    ]);
  });

  it('of a page cannot leave the folder of pages', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tongxin-pages-'));
    for (const name of ['portal', 'desk']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'index.html'), `<title>${name}</title>`);
    }
    writeFileSync(join(folder, 'secret.txt'), 'SECRET');
    const app = await buildApp(server.deps, {
      limits: { mostLagMs: 0 },
      web: { portal: join(folder, 'portal'), desk: join(folder, 'desk') },
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const ways = ['..', '%2e%2e', '..%2f', '%2e%2e%2f', '..%5c', '%252e%252e', '....', '.%00./', '..;'];
    const paths = ways.flatMap((way) => [
      `/${way}/secret.txt`,
      `/desk/${way}/secret.txt`,
      `/desk/x/${way}/${way}/secret.txt`,
      `//${way}/secret.txt`,
    ]);
    for (const path of [...paths, '/portal/../../secret.txt', folder, `/${folder}/secret.txt`, '/desk/index.html/..%2f..%2fsecret.txt']) {
      for (const accept of ['*/*', 'text/html']) {
        const said = await saidTo(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: ${accept}\r\nConnection: close\r\n\r\n`);
        expect([path, said.statusCode < 500, said.body.includes('SECRET'), said.body.includes(folder)]).toEqual([path, true, false, false]);
      }
    }
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('asked with a sign-in that is none is refused where one is needed', async () => {
    const { cookie } = server.headersOf(people().handlerA) as { cookie: string };
    const as = (headers: Record<string, string>): Ask => ({ method: 'GET', url: '/api/v1/me', headers });
    const tokens = [
      'Bearer',
      'Bearer x',
      `Bearer ${'x'.repeat(600)}`,
      'Basic YTpi',
      `Bearer ${'é'.repeat(20)}`,
      `bearer ${'x'.repeat(40)}`,
    ];
    const cookies = [
      '=',
      '=a.b',
      '=%',
      `=${'x'.repeat(2000)}`,
      '=%00.%00',
      `=${encodeURIComponent('token-of-handler-a-in-the-world.AAAA')}`,
    ];
    await refused('anonymous', [
      ...tokens.map((authorization): Bad => [authorization, as({ authorization }), 'signInNeeded']),
      ...cookies.map((value): Bad => [value, as({ cookie: `tongxin.session_token${value}` }), 'signInNeeded']),
      ['another signature', as({ cookie: cookie.replace(/..$/u, 'xx') }), 'signInNeeded'],
      ['no cookie but its name', as({ cookie: '__proto__=x; constructor=y' }), 'signInNeeded'],
    ]);
    const headers = { cookie, ...JSON_TYPE };
    const write = { method: 'POST', url: '/api/v1/me/language', payload: '{"language":"en"}' };
    await refused('anonymous', [
      ['another site’s page', { ...write, headers: { ...headers, 'sec-fetch-site': 'cross-site' } }, 'otherSite'],
      ['another site’s origin', { ...write, headers: { ...headers, origin: 'https://evil.example' } }, 'otherSite'],
      ['no origin', { ...write, headers: { ...headers, origin: 'null' } }, 'otherSite'],
      ['garbage for an origin', { ...write, headers: { ...headers, origin: 'http://[' } }, 'otherSite'],
    ]);
  });

  it('of a query code that opens nothing is not found, however it is written', async () => {
    const { code } = subjects.lampA;
    const codes = ['0000-0000-0000', 'ZZZZ-ZZZZ-ZZZZ', '--------', code.slice(0, -1), `${code}0`, code.split('-').toReversed().join('-')];
    await refused('anonymous', [
      ...codes.map((one): Bad => [one, get(`/api/v1/receipts/${one}`), ['notFound', 'invalidInput']]),
      ...codes.map(
        (one): Bad => [
          `${one} acted on`,
          post(`/api/v1/receipts/${one}/actions`, { commandId: v7(), action: 'withdraw', version: 1 }),
          ['notFound', 'invalidInput'],
        ],
      ),
      ['blanks', get('/api/v1/receipts/%20%20%20%20%20%20%20%20'), 'invalidInput'],
      ['somebody else’s file', get(`/api/v1/receipts/${code}/files/${subjects.lampB.fileId}`), 'notFound'],
    ]);
  });
});

describe('sign-in', () => {
  it('with what no account has is refused alike, and nobody is told whether there is one', async () => {
    const name = (username: unknown, password: unknown = 'not the password') => post('/api/auth/sign-in/username', { username, password });
    await refused('anonymous', [
      ...["' or 1=1 --", 'admin', '__proto__', 'constructor', 'Ａｄｍｉｎ', 'a@b', '../..', ' '].map(
        (one): Bad => [one, name(one), 'wrongCredentials'],
      ),
      ['a list', name(['handler-a']), 'invalidInput'],
      ['a thing', name({ $ne: null }), 'invalidInput'],
      ['a password of a thing', name('handler-a', { $gt: '' }), 'invalidInput'],
      ['a password of a megabyte', name('handler-a', 'x'.repeat(200_000)), 'invalidInput'],
    ]);
    const phone = (phoneNumber: unknown) => post('/api/auth/phone-number/send-otp', { phoneNumber });
    await refused('anonymous', [
      ...['12345', 'one three eight', '+00000000', '1380013800', '😀😀😀😀😀', '138001380001'].map(
        (one): Bad => [one, phone(one), 'badPhone'],
      ),
      ['a list', phone(['13800138000']), 'invalidInput'],
      ['a code nobody was sent', post('/api/auth/phone-number/verify', { phoneNumber: '13800138000', code: '000000' }), 'wrongCode'],
      ['a code of letters', post('/api/auth/phone-number/verify', { phoneNumber: '13800138000', code: 'abcdef' }), 'invalidInput'],
      ['a code of the second step without the first', post('/api/auth/two-factor/verify-totp', { code: '123456' }), 'signInNeeded'],
      [
        'what the library offers and we do not',
        post('/api/auth/sign-up/email', { email: 'a@b.c', password: 'x'.repeat(12), name: 'x' }),
        'notFound',
      ],
      ['the library’s own list of sessions', get('/api/auth/list-sessions'), 'notFound'],
    ]);
  });
});

describe('live changes', () => {
  it('from a place that is none are refused', async () => {
    const from = (id: string): Ask => ({ method: 'GET', url: '/api/v1/live', headers: { 'last-event-id': id } });
    const ids = ['x', '-1', '1.5', '1e3', '9'.repeat(16), '0x10', ' ', "1' or '1'='1"];
    await refused(
      people().dispatcherA,
      ids.map((id): Bad => [id, from(id), 'badCursor']),
    );
  });

  it('leave no listener behind at rest, and none of a caller who has left', async () => {
    const gone = new AbortController();
    const stream = liveStream(server.deps, people().dispatcherA.who, undefined, gone.signal);
    const seen = stream[Symbol.asyncIterator]();
    await seen.next();
    const waiting = seen.next();
    for (let turns = 0; turns < 4; turns++) {
      await new Promise((resolve) => setTimeout(resolve, 450));
      expect(getEventListeners(gone.signal, 'abort').length).toBeLessThanOrEqual(1);
    }
    gone.abort();
    expect((await waiting).done).toBe(true);
    expect(getEventListeners(gone.signal, 'abort')).toEqual([]);
  });

  it.each(['at once', 'headers', 'first words', 'never'] as const)(
    'of a caller who left (%s) do not keep the server from stopping',
    async (moment) => {
      // Its own server over the same database: it is stopped, with no limit to how long it may wait for others.
      const app = await buildApp(server.deps, { drainMs: 600_000, limits: { perMinute: 1e6, mostLagMs: 0 } });
      await app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = app.server.address() as { port: number };
      const leaveAfter = async (when: typeof moment): Promise<AbortController> => {
        const leave = new AbortController();
        const asked = fetch(`http://127.0.0.1:${port}/api/v1/live`, {
          headers: server.headersOf(people().dispatcherA),
          signal: leave.signal,
        });
        if (when === 'at once') setTimeout(() => leave.abort(), 2);
        const response = await asked.catch(() => undefined);
        if (when === 'headers') leave.abort();
        const read = response?.body?.getReader().read();
        await read?.catch(() => {});
        if (when === 'first words') leave.abort();
        return leave;
      };
      await leaveAfter(moment);
      await app.close();
      expect(app.server.listening).toBe(false);
    },
  );
});

describe('the API reference', () => {
  it('asks nothing of anybody outside, and offers nobody’s services', async () => {
    const { body, headers } = await server.app.inject({ url: '/api/' });
    const addresses = [...body.matchAll(/(?:https?:)?\/\/[\w.-]+\.\w+/gu)].map(([address]) => address);
    expect(addresses).toEqual([]);
    expect([...body.matchAll(/<(?:script|link|img|iframe)[^>]*(?:src|href)="([^"]*)"/gu)].map(([, src]) => src)).toEqual(['js/scalar.js']);
    for (const setting of [
      '"agent":{"disabled":true}',
      '"mcp":{"disabled":true}',
      '"showDeveloperTools":"never"',
      '"hideClientButton":true',
      '"withDefaultFonts":false',
      '"telemetry":false',
    ])
      expect(body.replace(/\s/gu, '')).toContain(setting);
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy.flatMap((one) => one.split(' ').slice(1)).filter((source) => !/^'|^data:$/u.test(source))).toEqual([]);
    for (const one of ["default-src 'self'", "connect-src 'self'", "font-src 'self' data:", "form-action 'self'", "object-src 'none'"])
      expect(policy).toContain(one);
  });
});
