import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withTransaction } from '../../platform/tx/tx.ts';
import { makeRatingLink } from './service.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, url: string, body?: object) =>
  server.as(caller, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) });
const act = async (id: string, action: string, input: object): Promise<number> => {
  const { version } = (await call(server.world.people.dispatcherA, `/cases/${id}`)).json<CaseView>();
  const answer = await call(server.world.people.dispatcherA, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  expect(answer.statusCode, answer.body).toBe(200);
  return (answer.json() as { version: number }).version;
};
/** An answered report, and the code of the link that a message about the answer has. */
const answered = async () => {
  const receipt: Receipt = (
    await call('anonymous', '/cases', { id: v7(), text: '路灯不亮', point: server.world.points.inA11, reporter: { phone: '13812345678' } })
  ).json();
  await act(receipt.id, 'accept', {});
  await act(receipt.id, 'answerDirectly', { reply: '已修好。' });
  const { rows } = await server.db.pools.maintenance.query(
    `select e.event_no, p.party_id from events e join case_party p using (case_id) where e.case_id = $1 order by e.event_no desc limit 1`,
    [receipt.id],
  );
  const path = await withTransaction(server.deps.pools.maintenance, (tx) =>
    makeRatingLink(server.deps, tx, { caseId: receipt.id, partyId: rows[0].party_id, eventNo: rows[0].event_no }),
  );
  return { ...receipt, link: path.replace('/rate/', '') };
};
const satisfaction = async (id: string) =>
  (await server.db.pools.maintenance.query(`select state->'facts'->>'satisfaction' as said from cases where case_id = $1`, [id])).rows[0]
    .said;

test('one tap rates the answer; the same tap again changes nothing, another is refused', async () => {
  const { id, link } = await answered();
  const asked = (await call('anonymous', `/ratings/${link}`)).json();
  expect(asked.options.map(({ value }: { value: string }) => value)).toEqual(['satisfied', 'basicallySatisfied', 'dissatisfied']);
  expect((await call('anonymous', `/ratings/${link}`, { value: 'delighted' })).statusCode).toBe(422);
  for (let tap = 0; tap < 2; tap++)
    expect((await call('anonymous', `/ratings/${link}`, { value: 'satisfied' })).json()).toEqual({ rated: 'satisfied' });
  const { rows } = await server.db.pools.maintenance.query(
    `select count(*)::int as n from events where case_id = $1 and header::jsonb->'header'->>'action' = 'rate'`,
    [id],
  );
  expect([rows[0].n, await satisfaction(id)]).toEqual([1, 'satisfied']);
  expect((await call('anonymous', `/ratings/${link}`, { value: 'dissatisfied' })).json()).toMatchObject({
    status: 409,
    code: 'ratingUsed',
  });
  expect((await call('anonymous', `/ratings/${link}`)).json()).toMatchObject({ rated: 'satisfied' });
});

test('opens nothing else, and runs out when the matter is answered anew or a month has gone', async () => {
  const { id, link, queryCode } = await answered();
  expect((await call('anonymous', `/receipts/${link}`)).statusCode).toBe(404);
  expect((await call('anonymous', `/ratings/${queryCode}`)).statusCode).toBe(404);
  const { version } = (await call('anonymous', `/receipts/${queryCode}`)).json<CaseView>();
  const reopened = await call('anonymous', `/receipts/${queryCode}/actions`, {
    commandId: v7(),
    action: 'askToReopen',
    version,
    input: { reason: '又不亮了' },
  });
  expect(reopened.statusCode, reopened.body).toBe(200);
  expect((await call('anonymous', `/ratings/${link}`)).statusCode).toBe(404);
  await act(id, 'answerDirectly', { reply: '又修好了。' });
  expect((await call('anonymous', `/ratings/${link}`)).statusCode).toBe(404);
  const other = await answered();
  server.deps.clock.set('2026-11-05T00:00:00.000Z');
  expect((await call('anonymous', `/ratings/${other.link}`)).statusCode).toBe(404);
});
