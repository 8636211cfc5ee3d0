import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { checkProcedure } from '@tongxin/domain/soundness/rules.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { Type } from 'typebox';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tellDue } from './modules/clock/index.ts';
import { verifyRecord } from './modules/record/index.ts';
import { verifyStatistics } from './modules/statistics/index.ts';
import { manifests } from './modules.ts';
import type { Manifest } from './platform/access-plugin/manifest.ts';
import { route } from './platform/access-plugin/route.ts';
import { defineConsumer } from './platform/feed/consumer.ts';
import { settleFeed } from './platform/feed/feed.ts';
import { publishProcedures } from './platform/procedures/procedures.ts';
import { withScope } from './platform/tx/tx.ts';

/**
 * The smallest module the kernel must carry without being changed: lost property (拾遗招领). A procedure as data, one table, one consumer,
 * one route; everything else, from numbers to clocks, search, notices, counts and the record, comes from the kernel (docs/kernel.md).
 */
const lostProperty: Procedure = {
  id: 'lostProperty',
  version: 1,
  title: { zh: '拾遗招领', en: 'Lost property' },
  numberPrefix: 'SY',
  confidential: false,
  receivedBy: 'case.dispatch',
  source: '民法典 314-318',
  start: 'found',
  facts: { reporterReachable: [true, false], answered: [false, true], tasksOpen: [false, true] },
  initial: { reporterReachable: { filing: 'reporterReachable' }, answered: false, tasksOpen: false },
  startClocks: ['keeping'],
  stages: {
    found: {
      label: { zh: '待认领', en: 'Waiting for its owner' },
      told: { zh: '已登记，等待失主', en: 'Kept for its owner' },
      owner: 'receivingBody',
    },
    returned: { label: { zh: '已归还', en: 'Returned' }, told: { zh: '已归还失主，谢谢您', en: 'Returned, thank you' }, end: 'answered' },
    unclaimed: {
      label: { zh: '无人认领', en: 'Unclaimed' },
      told: { zh: '期满无人认领，归国家所有', en: 'Nobody claimed it in a year' },
      end: 'answered',
    },
  },
  actions: {
    giveBack: {
      label: { zh: '归还', en: 'Give back' },
      told: { zh: '已归还失主', en: 'Given back to its owner' },
      from: ['found'],
      to: 'returned',
      duty: 'close',
      by: [{ capability: 'case.close', relation: 'receivingBody' }],
      set: { answered: true },
      form: [{ id: 'proof', label: { zh: '凭证', en: 'Proof' }, type: 'text', required: true, content: true }],
      clocks: { stop: ['keeping'] },
      primary: true,
    },
    expire: {
      label: { zh: '期满', en: 'A year has passed' },
      told: { zh: '一年内无人认领', en: 'Nobody claimed it in a year' },
      from: ['found'],
      to: 'unclaimed',
      duty: 'close',
      by: [{ relation: 'service' }],
      set: { answered: true },
      clocks: { stop: ['keeping'] },
    },
  },
  clocks: {
    keeping: {
      label: { zh: '招领期', en: 'Time for claiming' },
      limit: { fixed: { amount: 12, unit: 'month' } },
      ladder: [{ id: 'yearOver', when: 'at', kind: 'dueSoon', tell: ['receivingBody'], action: 'expire' }],
      source: '民法典 318',
      shownToReporter: true,
    },
  },
  lights: { overall: 'keeping' },
};

const module: Manifest = {
  name: 'lostProperty',
  routes: [
    route({
      method: 'GET',
      path: '/lost-property',
      access: { capability: 'case.read' },
      summary: 'Things found, in the caller’s scope',
      schema: { response: Type.Array(Type.Object({ id: Type.String(), state: Type.String() })) },
      run: ({ deps, who }) =>
        withScope(deps.pools.app, who, async ({ tx }) => {
          const { rows } = await sql<{ id: string; state: string }>`
            select l.case_id as id, l.state from lost_property l join cases c on c.case_id = l.case_id order by c.created_at`.execute(tx);
          return rows;
        }),
    }),
  ],
  consumers: [
    defineConsumer({
      name: 'lostProperty',
      handle: async (tx, events) => {
        for (const { caseId, header, type } of events) {
          if (type === 'case.filed' && header.codes?.procedureId !== 'lostProperty') continue;
          if (type === 'case.filed')
            await sql`insert into lost_property values (${caseId}, ${header.to}) on conflict do nothing`.execute(tx);
          else if (header.to) await sql`update lost_property set state = ${header.to} where case_id = ${caseId}`.execute(tx);
        }
      },
    }),
  ],
};

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ now: '2025-03-03T01:00:00.000Z', modules: [module] });
  const owner = new pg.Client({ connectionString: server.db.urls.owner });
  await owner.connect();
  await owner.query(`create table lost_property (case_id uuid primary key, state text not null);
    alter table lost_property enable row level security; alter table lost_property force row level security;
    create policy lost_property_scope on lost_property for select to tongxin_app using (exists (select 1 from cases c where c.case_id = lost_property.case_id));
    create policy lost_property_feed on lost_property to tongxin_feed using (true) with check (true);
    grant select on lost_property to tongxin_app; grant select, insert, update on lost_property to tongxin_feed`);
  await owner.end();
  await publishProcedures(server.db.pools.maintenance, [lostProperty], { now: server.deps.clock.now() });
  await server.deps.reload();
});
afterAll(() => server.close());

const settle = () =>
  settleFeed(
    server.deps,
    [...manifests, module].flatMap((manifest) => manifest.consumers ?? []),
  );
const found = async (text: string): Promise<{ id: string; number: string; code: string }> => {
  const id = v7();
  const answer = await server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id, procedure: 'lostProperty', text, point: server.world.points.inA11, reporter: { phone: '13812345678' } },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return { id, number: answer.json().number, code: answer.json().queryCode };
};

test('its procedure is proved sound like any other', () => {
  expect(checkProcedure(lostProperty)).toMatchObject({ ok: true, findings: [] });
});

test('a module of one procedure, one table, one consumer and one route works without a line of the kernel changed', async () => {
  const { dispatcherA, dispatcherB } = server.world.people;
  const wallet = await found('在公园捡到黑色钱包一只');
  const umbrella = await found('公交站捡到雨伞一把');
  expect(wallet.number).toMatch(/^SY2025-\d{7}$/);
  const { version, allowed, clocks } = (await server.as(dispatcherA, { url: `/api/v1/cases/${wallet.id}` })).json();
  expect(allowed.map((action: { id: string }) => action.id)).toEqual(['giveBack']);
  expect(clocks[0].dueAt).toBe('2026-03-03T15:59:59.999Z');
  const given = await server.as(dispatcherA, {
    method: 'POST',
    url: `/api/v1/cases/${wallet.id}/actions`,
    body: { commandId: v7(), action: 'giveBack', version, input: { proof: '失主说出了钱包里的照片' } },
  });
  expect(given.json()).toMatchObject({ stage: 'returned', ended: true });
  server.deps.clock.set('2026-03-05T00:00:00.000Z');
  await tellDue(server.deps);
  expect((await server.as('anonymous', { url: `/api/v1/receipts/${umbrella.code}` })).json()).toMatchObject({
    stage: 'unclaimed',
    ended: true,
  });
  await settle();
  expect((await server.as(dispatcherA, { url: '/api/v1/lost-property' })).json()).toEqual([
    { id: wallet.id, state: 'returned' },
    { id: umbrella.id, state: 'unclaimed' },
  ]);
  expect((await server.as(dispatcherB, { url: '/api/v1/lost-property' })).json()).toEqual([]);
  expect((await server.as('anonymous', { url: '/api/v1/lost-property' })).statusCode).toBe(401);
  const search = await server.as(dispatcherA, { url: `/api/v1/cases?q=${encodeURIComponent('黑色钱包')}` });
  expect(search.json().rows.map((row: { id: string }) => row.id)).toEqual([wallet.id]);
  const kept = await server.as(server.world.people.leaderA, {
    url: '/api/v1/statistics/cases?measure=standing&by=stage&procedureId=lostProperty',
  });
  expect(kept.json().rows).toHaveLength(2);
  expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, cases: 2 });
  expect(await verifyStatistics(server.deps)).toMatchObject({ ok: true });
});
