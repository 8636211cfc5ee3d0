import { Writable } from 'node:stream';
import type { NewDispute } from '@tongxin/domain/dispute/schema.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileSubjects, type Subjects } from './access.build.ts';
import { findTraces, type Secret } from './confidentiality.build.ts';
import { tellDue } from './modules/clock/index.ts';

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
  // The day the promise is over: what of other cases is due by then was told before anything is looked at.
  server.deps.clock.set(LATER);
  await tellDue(server.deps);
});
afterAll(() => server.close());

const THEN = '2026-09-30T13:40:00.000Z';
const LATER = '2026-10-02T01:00:00.000Z';
let serial = 0;
const secretId = (): string => `5ec2e700-0000-7000-8000-${String(++serial).padStart(12, '0')}`;

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
  'import',
];

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

  test('and advice in law leaves none with the lawyer’s own firm, its head, the justice office or whoever administers', {
    timeout: 300_000,
  }, async () => {
    const asking = ['lawyerA2', 'bodyDeputyA', 'justiceOfficer', 'administrator'];
    expect(await findTraces(server, subjects, await advice(), { asking, listening: ['leaderA'], log: () => lines })).toEqual([]);
  });

  test('would be found out: the same asking finds an ordinary report everywhere', { timeout: 300_000 }, async () => {
    const report: Secret = {
      insiders: [],
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
    expect(traces.filter((trace) => trace.startsWith('dispatcherA hears of'))).toHaveLength(1);
    expect(traces.filter((trace) => trace.startsWith('dispatcherA finds by'))).toHaveLength(1);
  });
});
