import { randomUUID } from 'node:crypto';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { SuccessionView, WaitingView, WorkLeft } from '@tongxin/domain/succession/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.close());

const uuid = randomUUID;
const post = (caller: Caller, url: string, body: object) => server.as(caller, { method: 'POST', url: `/api/v1${url}`, body });
const done = async <T>(caller: Caller, url: string, body: object): Promise<T> => {
  const response = await post(caller, url, body);
  if (response.statusCode >= 300) throw new Error(`${url}: ${response.statusCode} ${response.body}`);
  return response.json<T>();
};
const codeOf = async (asked: ReturnType<typeof post>) => (await asked).json<{ code: string }>().code;
const get = async <T>(caller: Caller, url: string): Promise<T> => (await server.as(caller, { url: `/api/v1${url}` })).json<T>();
const admin = () => server.world.people.administrator;

/** A colleague of the planning office with an account, appointed today. */
let serial = 0;
const appointed = async (postId = server.world.people.handlerA.posts[0]!.postId) => {
  serial += 1;
  const asked = { commandId: uuid(), personId: uuid(), holdingId: uuid(), username: `leaver-${serial}`, name: `离岗人${serial}`, postId };
  await done(admin(), '/staff', asked);
  return asked;
};

/** A lamp that a person of the planning office has in hand. */
const inHand = async (personId: string): Promise<string> => {
  const { people, points, categories, organizations } = server.world;
  const id = uuid();
  await done(people.residentA, '/cases', { id, text: '路灯不亮', categoryId: categories.lamp, point: points.inA11 });
  const act = (caller: Caller, action: string, version: number, input: object) =>
    done(caller, `/cases/${id}/actions`, { commandId: uuid(), action, version, input });
  await act(people.dispatcherA, 'accept', 1, {});
  await act(people.dispatcherA, 'dispatch', 2, { organizationId: organizations.bodyA.organizationId });
  await act(people.handlerA, 'acknowledge', 3, {});
  // As if this person had acknowledged: the record names who did, and the state follows it.
  await server.db.pools.maintenance.query(
    "update cases set handler_id = $2::uuid, state = jsonb_set(state, '{handlerId}', to_jsonb(($2::uuid)::text)) where case_id = $1",
    [id, personId],
  );
  return id;
};
const handlerOf = async (caseId: string): Promise<string | null> =>
  (await server.db.pools.maintenance.query<{ handler_id: string | null }>('select handler_id from cases where case_id = $1', [caseId]))
    .rows[0]!.handler_id;
const end = (holdingId: string, body: object) => post(admin(), `/holdings/${holdingId}/end`, body);

describe('leaving a post with work in hand', () => {
  it('is shown before, moves the cases by an event each, ends the post, and changes nothing the second time', async () => {
    const { handlerA, residentA } = server.world.people;
    const leaver = await appointed();
    const cases = [await inHand(leaver.personId), await inHand(leaver.personId)];
    const left = await get<WorkLeft>(admin(), `/holdings/${leaver.holdingId}/work`);
    expect(left).toMatchObject({ cases: 2, confidential: 0, lastPost: true });
    expect(left.rows.map((row) => row.id).sort()).toEqual([...cases].sort());
    expect(left.receivers.map(({ personId }) => personId)).toContain(handlerA.personId);
    expect(left.receivers.map(({ personId }) => personId)).not.toContain(leaver.personId);

    const asked = { commandId: uuid(), receiverId: handlerA.personId, lock: true };
    expect(await done<SuccessionView>(admin(), `/holdings/${leaver.holdingId}/end`, asked)).toEqual({
      id: asked.commandId,
      moved: 2,
      done: true,
    });
    for (const id of cases) {
      expect(await handlerOf(id)).toBe(handlerA.personId);
      const { record } = await get<CaseView>(handlerA, `/cases/${id}`);
      expect(record.at(-1)).toMatchObject({ type: 'case.handedOver', answers: [{ valueLabel: { zh: '甲镇规划建设办承办员' } }] });
      // Who reported it hears nothing of who sits where.
      expect((await get<CaseView>(residentA, `/cases/${id}`)).record.some(({ type }) => type === 'case.handedOver')).toBe(false);
    }
    expect(await done<SuccessionView>(admin(), `/holdings/${leaver.holdingId}/end`, asked)).toMatchObject({ moved: 0, done: true });
    expect(await codeOf(end(leaver.holdingId, { ...asked, lock: false }))).toBe('commandReused');
    const { rows } = await server.db.pools.auth.query('select password from auth.account where "userId" = $1', [leaver.personId]);
    expect(rows).toEqual([{ password: null }]);
  });

  it('keeps the record whole: it replays to the state and its chain holds', async () => {
    const leaver = await appointed();
    const id = await inHand(leaver.personId);
    await done(admin(), `/holdings/${leaver.holdingId}/end`, { commandId: uuid() });
    const { rows } = await server.db.pools.maintenance.query<{ n: number; head: Buffer; last: Buffer; version: number }>(
      `select c.version, c.event_count as n, c.head_hash as head, (select hash from events e where e.case_id = c.case_id order by event_no desc limit 1) as last
       from cases c where c.case_id = $1`,
      [id],
    );
    expect(rows[0]!.head.equals(rows[0]!.last)).toBe(true);
    // Without a receiver it stands in the queue of its body.
    expect(await handlerOf(id)).toBeNull();
  });

  it('goes on where it was killed, and nothing moves twice', async () => {
    const { handlerA } = server.world.people;
    const leaver = await appointed();
    const cases = [await inHand(leaver.personId), await inHand(leaver.personId), await inHand(leaver.personId)];
    const asked = { commandId: uuid(), receiverId: handlerA.personId };
    const standUnder = (version: number) =>
      server.db.pools.maintenance.query(
        "update cases set procedure_version = $2, state = jsonb_set(state, '{procedureVersion}', to_jsonb($2::int)) where case_id = $1",
        [[...cases].sort()[1], version],
      );
    // The second case cannot be written: as a machine that stops there.
    await standUnder(99);
    expect(await codeOf(end(leaver.holdingId, asked))).toBe('procedureNotPublished');
    const stopped = await get<WaitingView>(admin(), '/successions');
    expect(stopped.successions.map(({ id }) => id)).toContain(asked.commandId);
    expect((await get<WorkLeft>(admin(), `/holdings/${leaver.holdingId}/work`)).cases).toBe(2);
    await standUnder(2);
    expect(await done<SuccessionView>(admin(), `/holdings/${leaver.holdingId}/end`, asked)).toMatchObject({ moved: 2, done: true });
    const { rows } = await server.db.pools.maintenance.query<{ n: number }>(
      "select count(*)::int as n from events where case_id = any ($1::uuid[]) and type = 'case.handedOver' group by case_id",
      [cases],
    );
    expect(rows.map(({ n }) => n)).toEqual([1, 1, 1]);
    expect((await get<WaitingView>(admin(), '/successions')).successions.map(({ id }) => id)).not.toContain(asked.commandId);
  });

  it('is refused to a receiver of another body, when nobody is left, to a stranger, and for oneself', async () => {
    const { handlerA2, dispatcherA, administrator } = server.world.people;
    const leaver = await appointed();
    await inHand(leaver.personId);
    expect(await codeOf(end(leaver.holdingId, { commandId: uuid(), receiverId: handlerA2.personId }))).toBe('receiverUnfit');
    expect(await codeOf(end(leaver.holdingId, { commandId: uuid(), receiverId: leaver.personId }))).toBe('receiverUnfit');
    expect(await codeOf(post(dispatcherA, `/holdings/${leaver.holdingId}/end`, { commandId: uuid() }))).toBe('missingCapability');
    const own = administrator.posts[0]!.postId;
    expect(await codeOf(end(own, { commandId: uuid() }))).toBe('notToYourself');
    expect((await end(uuid(), { commandId: uuid() })).statusCode).toBe(404);
  });

  it('keeps work where another post of the same body keeps the person', async () => {
    const leaver = await appointed();
    const id = await inHand(leaver.personId);
    await done(admin(), `/staff/${leaver.personId}/posts`, {
      commandId: uuid(),
      holdingId: uuid(),
      postId: server.world.people.bodyHeadA.posts[0]!.postId,
    });
    expect(await get<WorkLeft>(admin(), `/holdings/${leaver.holdingId}/work`)).toMatchObject({ cases: 0, lastPost: false });
    expect(await done<SuccessionView>(admin(), `/holdings/${leaver.holdingId}/end`, { commandId: uuid() })).toMatchObject({
      moved: 0,
      done: true,
    });
    expect(await handlerOf(id)).toBe(leaver.personId);
  });

  it('lets go what is open on a screen of the leaver, and gives shifts to come to whoever takes over', async () => {
    const { handlerA } = server.world.people;
    const { bodyA } = server.world.organizations;
    const { postId } = handlerA.posts[0]!;
    const leaver = await appointed();
    const colleague = await appointed();
    const id = await inHand(leaver.personId);
    const other = await inHand(colleague.personId);
    const lease = (caseId: string, personId: string) =>
      server.db.pools.maintenance.query(
        `insert into case_lease values ($1, $2, $3, $4, $5, $5::timestamptz + interval '80 seconds', nextval('case_lease_change_no'))`,
        [caseId, personId, postId, bodyA.organizationId, server.deps.clock.now()],
      );
    await lease(id, leaver.personId);
    await lease(other, colleague.personId);
    const shiftId = uuid();
    await server.db.pools.maintenance.query(
      `insert into roster_shift (shift_id, organization_id, post_id, person_id, starts_at, ends_at, kind)
        values ($1, $2, $3, $4, $5::timestamptz + interval '1 day', $5::timestamptz + interval '2 days', 'day')`,
      [shiftId, bodyA.organizationId, postId, leaver.personId, server.deps.clock.now()],
    );
    const claim = (caseId: string) => server.as(handlerA, { method: 'PUT', url: `/api/v1/cases/${caseId}/lease` });
    expect((await claim(id)).json()).toMatchObject({ code: 'caseHeld' });
    const { rows: before } = await server.db.pools.maintenance.query<{ n: string }>('select last_lease_change() as n');
    await done(admin(), `/holdings/${leaver.holdingId}/end`, { commandId: uuid(), receiverId: handlerA.personId });
    const { rows: after } = await server.db.pools.maintenance.query<{ n: string }>('select last_lease_change() as n');
    // Open screens ask for what came after the last change they know.
    expect(Number(after[0]!.n)).toBeGreaterThan(Number(before[0]!.n));
    expect((await claim(id)).statusCode).toBe(200);
    expect((await claim(other)).json()).toMatchObject({ code: 'caseHeld' });
    const { rows } = await server.db.pools.maintenance.query('select person_id from roster_shift where shift_id = $1', [shiftId]);
    expect(rows).toEqual([{ person_id: handlerA.personId }]);
  });

  it('on a day to come only sets the day; when it has come, the work that is left is told', async () => {
    const leaver = await appointed();
    const id = await inHand(leaver.personId);
    expect(await codeOf(end(leaver.holdingId, { commandId: uuid(), to: '2026-09-29' }))).toBe('dateInPast');
    await done(admin(), `/holdings/${leaver.holdingId}/end`, { commandId: uuid(), to: '2026-10-10' });
    expect(await handlerOf(id)).toBe(leaver.personId);
    const { lapsed } = await get<WaitingView>(admin(), '/successions');
    expect(lapsed).toContainEqual(expect.objectContaining({ holdingId: leaver.holdingId, name: leaver.name, cases: 1 }));
    await done(admin(), `/holdings/${leaver.holdingId}/end`, { commandId: uuid() });
    expect(await handlerOf(id)).toBeNull();
  });

  it('moves a letter unread: it is counted, not shown, and only its office reads it after', async () => {
    const { letterOfficerA, residentA } = server.world.people;
    const leaver = await appointed(letterOfficerA.posts[0]!.postId);
    const id = uuid();
    await done(residentA, '/cases', { id, text: '希望恢复班车', procedure: 'letter', point: server.world.points.inA11 });
    await server.db.pools.maintenance.query(
      "update cases set handler_id = $2::uuid, state = jsonb_set(state, '{handlerId}', to_jsonb(($2::uuid)::text)) where case_id = $1",
      [id, leaver.personId],
    );
    expect(await get<WorkLeft>(admin(), `/holdings/${leaver.holdingId}/work`)).toMatchObject({ cases: 1, confidential: 1, rows: [] });
    await done(admin(), `/holdings/${leaver.holdingId}/end`, { commandId: uuid(), receiverId: letterOfficerA.personId });
    expect(await handlerOf(id)).toBe(letterOfficerA.personId);
    expect((await server.as(admin(), { url: `/api/v1/cases/${id}` })).statusCode).toBe(404);
  });
});
