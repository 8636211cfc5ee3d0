import type { OwnCase } from '@tongxin/domain/account/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { MonthRelease } from '@tongxin/domain/publish/schema.ts';
import type { DeskSession, NewBooking, OwnBooking, SessionRow, SessionView } from '@tongxin/domain/reception/schema.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetTalks, releaseAdvised, remind, tellCalledOff } from './index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
  server.as(caller, { method, url: `/api/v1${url}`, ...(body ? { body } : {}) });
const ok = async (...asked: Parameters<typeof call>) => {
  const answer = await call(...asked);
  expect([200, 201], answer.body).toContain(answer.statusCode);
  return answer.json();
};
const refusedAs = async (...asked: Parameters<typeof call>) => {
  const answer = await call(...asked);
  return [answer.statusCode, answer.json().code];
};

/** A resident of one test: a row with a session, as signing in leaves them. */
let serial = 0;
const phones = new Map<string, string>();
const newResident = async (): Promise<WorldPerson> => {
  const phone = `1390001${String(++serial).padStart(4, '0')}`;
  const post = (url: string, payload: object) => server.app.inject({ method: 'POST', url: `/api/auth${url}`, payload });
  await post('/phone-number/send-otp', { phoneNumber: phone });
  const { cookies } = await post('/phone-number/verify', { phoneNumber: phone, code: server.deps.codes.codeFor(`+86${phone}`)! });
  const token = cookies.find(({ name }) => name === 'tongxin.session_token')!.value.split('.')[0]!;
  const signedIn: WorldPerson = { ...server.world.people.residentA, token };
  const { personId } = await ok(signedIn, 'GET', '/me');
  phones.set(personId, phone);
  return { ...signedIn, personId };
};

/** Hours of the letters office of town A; the world's clock stands at 30 September, 21:40. */
const publish = async (part: object = {}): Promise<SessionView> => {
  const { people, organizations } = server.world;
  const id = v7();
  const hours = {
    organizationId: organizations.lettersA.organizationId,
    postId: people.letterApproverA.posts[0]!.postId,
    place: '一楼接待室',
    startsAt: '2026-10-09T01:00:00.000Z',
    endsAt: '2026-10-09T03:00:00.000Z',
    minutes: 20,
    slots: 5,
    matters: '住房、出行',
    ...part,
  };
  const session = await ok(people.letterOfficerA, 'PUT', `/reception/sessions/${id}`, hours);
  expect(await ok(people.letterOfficerA, 'PUT', `/reception/sessions/${id}`, hours)).toEqual(session);
  return session;
};
const wish = (sessionId: string, part: Partial<NewBooking> = {}): NewBooking => ({
  sessionId,
  name: '陈阿姨',
  purpose: '问拆掉的路口',
  needs: ['dialect'],
  companions: 1,
  ...part,
});
const book = (who: Caller, sessionId: string, part: Partial<NewBooking> = {}): Promise<OwnBooking> =>
  ok(who, 'PUT', `/me/bookings/${v7()}`, wish(sessionId, part));
const publicly = async (id: string): Promise<SessionView | undefined> =>
  (await ok('anonymous', 'GET', '/reception/sessions')).sessions.find((one: SessionView) => one.id === id);

describe('hours in which an office receives', () => {
  test('are published by the body itself, for a post of its own, and read by everybody without who booked', async () => {
    const { people, organizations, areas } = server.world;
    const session = await publish();
    const body = { ...session, organizationId: organizations.lettersB.organizationId, slots: 3 };
    const hours = (part: object) => ({
      organizationId: body.organizationId,
      postId: people.letterOfficerB.posts[0]!.postId,
      place: '二楼',
      startsAt: '2026-10-09T01:00:00.000Z',
      endsAt: '2026-10-09T03:00:00.000Z',
      minutes: 20,
      slots: 3,
      ...part,
    });
    const put = (who: WorldPerson, part: object = {}) => refusedAs(who, 'PUT', `/reception/sessions/${v7()}`, hours(part));
    expect(await put(people.letterOfficerA)).toEqual([403, 'notYours']);
    expect(await put(people.letterOfficerB, { postId: people.letterOfficerA.posts[0]!.postId })).toEqual([422, 'unknownPost']);
    expect(await put(people.letterOfficerB, { slots: 7 })).toEqual([422, 'slotsTooMany']);
    expect(await refusedAs(people.letterOfficerB, 'GET', `/reception/sessions/${session.id}/bookings`)).toEqual([403, 'notYours']);
    await book(await newResident(), session.id, { slot: 2 });
    expect(await publicly(session.id)).toMatchObject({
      organizationLabel: { zh: '甲镇信访办' },
      postLabel: { zh: '甲镇信访办主任' },
      free: [1, 3, 4, 5],
      closesAt: '2026-10-08T23:00:00.000Z',
    });
    const around = async (areaId: string) =>
      (await ok('anonymous', 'GET', `/reception/sessions?areaId=${areaId}`)).sessions.map(({ id }: SessionView) => id);
    expect(await around(areas.communityA1.areaId)).toContain(session.id);
    expect(await around(areas.townB.areaId)).not.toContain(session.id);
  });

  test('with five slots and fifty who press at once are given to five, each a slot of their own', async () => {
    const { id } = await publish();
    const residents = await Promise.all(Array.from({ length: 50 }, newResident));
    const answers = await Promise.all(residents.map((who) => call(who, 'PUT', `/me/bookings/${v7()}`, wish(id))));
    const booked = answers.filter(({ statusCode }) => statusCode === 200).map((answer) => answer.json<OwnBooking>().slot);
    expect(booked.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(answers.filter(({ statusCode }) => statusCode !== 200).map((answer) => answer.json().code))).toEqual(
      new Set(['sessionFull']),
    );
    expect((await publicly(id))!.free).toEqual([]);
    // Also past the functions the database lets no slot be held twice.
    const twice = server.db.pools.maintenance.query(
      `insert into reception_booking (booking_id, session_id, slot, state, needs, companions, digest, booked_at, changed_at)
       select $1, session_id, slot, state, needs, 0, digest, booked_at, changed_at from reception_booking where session_id = $2 limit 1`,
      [v7(), id],
    );
    await expect(twice).rejects.toMatchObject({ code: '23505', constraint: 'reception_booking_slot' });
  });
});

describe('a booking', () => {
  test('is made once however often it is sent, of one session one for each person, and is nobody else’s to see', async () => {
    const { id } = await publish();
    const [me, other] = [await newResident(), await newResident()];
    const bookingId = v7();
    const asked = wish(id, { behalfOf: { name: '李奶奶' } });
    const booked: OwnBooking = await ok(me, 'PUT', `/me/bookings/${bookingId}`, asked);
    expect(booked).toMatchObject({ slot: 1, at: '2026-10-09T01:00:00.000Z', state: 'booked', behalfOf: '李奶奶', mayChange: true });
    expect(await ok(me, 'PUT', `/me/bookings/${bookingId}`, asked)).toEqual(booked);
    expect(await refusedAs(me, 'PUT', `/me/bookings/${bookingId}`, { ...asked, companions: 2 })).toEqual([409, 'idTaken']);
    expect(await refusedAs(other, 'PUT', `/me/bookings/${bookingId}`, asked)).toEqual([409, 'idTaken']);
    expect(await refusedAs(me, 'PUT', `/me/bookings/${v7()}`, asked)).toEqual([409, 'bookedAlready']);
    expect(await refusedAs(other, 'PUT', `/me/bookings/${v7()}`, { ...asked, slot: 1 })).toEqual([409, 'slotTaken']);
    expect((await ok(other, 'GET', '/me/bookings')).bookings).toEqual([]);
    expect(await refusedAs(other, 'POST', `/me/bookings/${bookingId}/cancel`)).toEqual([404, 'notFound']);
    const { rows } = await server.db.pools.maintenance.query(
      'select to_jsonb(b)::text as row from reception_booking b where booking_id = $1',
      [bookingId],
    );
    expect(rows[0].row).not.toMatch(/陈阿姨|李奶奶|路口/u);
  });

  test('moves to another time or day, is taken back, and leaves its slot to others; two hours before it stands', async () => {
    const [first, second] = [await publish(), await publish({ startsAt: '2026-10-10T01:00:00.000Z', endsAt: '2026-10-10T03:00:00.000Z' })];
    const [me, other] = [await newResident(), await newResident()];
    const { id } = await book(me, first.id);
    const to = (sessionId: string, slot?: number) => ({
      sessionId,
      ...(slot ? { slot } : {}),
      purpose: '换个时间',
      needs: [],
      companions: 0,
    });
    const change = (body: object): Promise<OwnBooking> => ok(me, 'POST', `/me/bookings/${id}/change`, body);
    expect(await change(to(first.id))).toMatchObject({ slot: 1, purpose: '换个时间' });
    for (let n = 0; n < 2; n++) expect(await change(to(second.id, 3))).toMatchObject({ slot: 3, at: '2026-10-10T01:40:00.000Z' });
    expect(await book(other, first.id)).toMatchObject({ slot: 1 });
    for (let n = 0; n < 2; n++)
      expect(await ok(me, 'POST', `/me/bookings/${id}/cancel`)).toMatchObject({ state: 'cancelled', mayChange: false });
    expect((await publicly(second.id))!.free).toEqual([1, 2, 3, 4, 5]);
    const again = await book(me, second.id);
    server.deps.clock.set('2026-10-09T23:30:00.000Z');
    expect(await refusedAs(me, 'POST', `/me/bookings/${again.id}/cancel`)).toEqual([409, 'bookingClosed']);
    expect(await refusedAs(me, 'POST', `/me/bookings/${again.id}/change`, to(second.id, 2))).toEqual([409, 'bookingClosed']);
    expect(await refusedAs(other, 'PUT', `/me/bookings/${v7()}`, wish(second.id))).toEqual([409, 'bookingClosed']);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });

  test('is one of three at most that somebody has before them', async () => {
    const me = await newResident();
    const sessions = await Promise.all([1, 2, 3, 4].map(() => publish()));
    for (const { id } of sessions.slice(0, 3)) await book(me, id);
    expect(await refusedAs(me, 'PUT', `/me/bookings/${v7()}`, wish(sessions[3]!.id))).toEqual([409, 'bookingsMany']);
  });

  test('goes with an account that is given up, and stands in the copy before', async () => {
    const { id } = await publish();
    const me = await newResident();
    await book(me, id);
    expect((await call(me, 'GET', '/me/copy')).statusCode).toBe(200);
    await ok(me, 'POST', '/me/erasure', { confirmed: true });
    const { rows } = await server.db.pools.maintenance.query(
      'select state, person_id, purpose_sealed from reception_booking where session_id = $1',
      [id],
    );
    expect(rows).toEqual([{ state: 'cancelled', person_id: null, purpose_sealed: null }]);
  });
});

/** What waits to be sent to somebody who is told by SMS. */
const toldTo = async ({ personId }: WorldPerson) =>
  (
    await server.db.pools.maintenance.query<{ kind: string; params: object }>(
      "select m.params->>'kind' as kind, m.params->'params' as params from message m join message_address a using (address_id) where a.person_id = $1",
      [personId],
    )
  ).rows;
const wantsSms = (who: WorldPerson) =>
  server.db.pools.maintenance.query(
    "insert into message_address (address_id, person_id, channel, address_sealed, address_index, stop_hash, confirmed_at, added_at) values ($1, $2, 'sms', '', $3, $3, now(), now())",
    [v7(), who.personId, Buffer.from(who.personId)],
  );

describe('a session', () => {
  test('that is called off tells everybody who booked, once, with the next one; it cannot be called off once it has begun', async () => {
    const { letterOfficerA } = server.world.people;
    const session = await publish({ startsAt: '2026-10-06T01:00:00.000Z', endsAt: '2026-10-06T03:00:00.000Z' });
    const next = await publish({ startsAt: '2026-10-07T01:00:00.000Z', endsAt: '2026-10-07T03:00:00.000Z' });
    const [me, other] = [await newResident(), await newResident()];
    for (const who of [me, other]) {
      await wantsSms(who);
      await book(who, session.id);
    }
    for (let n = 0; n < 2; n++)
      expect(await ok(letterOfficerA, 'POST', `/reception/sessions/${session.id}/call-off`, { because: '当天有会议' })).toMatchObject({
        calledOff: '当天有会议',
      });
    expect(await tellCalledOff(server.deps)).toBe(2);
    expect(await tellCalledOff(server.deps)).toBe(0);
    const params = { place: '一楼接待室', next: next.startsAt };
    expect(await toldTo(me)).toEqual([{ kind: 'receptionCalledOff', params: { ...params, at: '2026-10-06T01:00:00.000Z' } }]);
    expect(await toldTo(other)).toEqual([{ kind: 'receptionCalledOff', params: { ...params, at: '2026-10-06T01:20:00.000Z' } }]);
    const [mine] = (await ok(me, 'GET', '/me/bookings')).bookings as OwnBooking[];
    expect(mine).toMatchObject({
      state: 'calledOff',
      mayChange: false,
      next: { id: next.id },
      session: { calledOff: '当天有会议', free: [] },
    });
    expect(await publicly(session.id)).toBeUndefined();
    expect(await refusedAs(me, 'PUT', `/me/bookings/${v7()}`, wish(session.id))).toEqual([409, 'sessionCalledOff']);
    server.deps.clock.set('2026-10-07T01:30:00.000Z');
    expect(await refusedAs(letterOfficerA, 'POST', `/reception/sessions/${next.id}/call-off`, { because: '晚了' })).toEqual([
      409,
      'sessionBegun',
    ]);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });

  test('is reminded of the day before, by day, and once', async () => {
    const { id } = await publish({ startsAt: '2026-10-21T01:00:00.000Z', endsAt: '2026-10-21T03:00:00.000Z' });
    const me = await newResident();
    await wantsSms(me);
    await book(me, id);
    const told = async (at: string): Promise<number> => {
      server.deps.clock.set(at);
      await remind(server.deps);
      return (await toldTo(me)).length;
    };
    expect([
      await told('2026-10-19T02:00:00.000Z'),
      await told('2026-10-20T15:00:00.000Z'),
      await told('2026-10-21T00:10:00.000Z'),
      await told('2026-10-21T00:20:00.000Z'),
    ]).toEqual([0, 0, 1, 1]);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });
});

describe('the desk', () => {
  test('sees turns and purposes, opens a name for a purpose that is logged, and makes a letter of the talk, once', async () => {
    const { letterOfficerA, letterOfficerB, dispatcherA, operator } = server.world.people;
    const holdingId = v7();
    await server.db.pools.maintenance.query(
      `insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2000-01-01')`,
      [holdingId, operator.posts[0]!.postId, letterOfficerA.personId],
    );
    const session = await publish({ startsAt: '2026-10-12T01:00:00.000Z', endsAt: '2026-10-12T03:00:00.000Z' });
    const me = await newResident();
    const { id } = await book(me, session.id);
    const list: DeskSession = await ok(letterOfficerA, 'GET', `/reception/sessions/${session.id}/bookings`);
    expect(list.bookings).toMatchObject([
      { id, slot: 1, state: 'booked', purpose: '问拆掉的路口', needs: ['dialect'], companions: 1, onBehalf: false },
    ]);
    expect(JSON.stringify(list)).not.toMatch(/陈阿姨|1390001/u);
    const desk = (what: string, body: object, method: 'POST' | 'PUT' = 'POST') =>
      [letterOfficerA, method, `/reception/bookings/${id}/${what}`, body] as const;
    expect(await refusedAs(...desk('attendance', { came: true }))).toEqual([409, 'sessionNotYet']);
    expect(await refusedAs(letterOfficerB, 'POST', `/reception/bookings/${id}/read`, { purpose: '核对来访人' })).toEqual([404, 'notFound']);
    expect(await refusedAs(...desk('read', { purpose: '  ' }))).toEqual([422, 'wordsMissing']);
    expect(await ok(...desk('read', { purpose: '核对来访人' }))).toMatchObject({
      name: '陈阿姨',
      phone: expect.stringMatching(/^\+?861390001|^1390001/u),
    });
    const log = async () => (await ok(me, 'GET', '/me/access-log')).entries;
    expect(await log()).toMatchObject([{ purpose: '核对来访人', organization: { zh: '甲镇信访办' }, fields: ['name', 'phone'] }]);

    server.deps.clock.set('2026-10-12T01:10:00.000Z');
    expect(await ok(...desk('attendance', { came: false }))).toMatchObject({ bookings: [{ state: 'absent' }] });
    expect(await ok(...desk('minutes', { words: '已当面说明' }, 'PUT'))).toMatchObject({ bookings: [{ minutes: '已当面说明' }] });
    const caseId = v7();
    const letter = { caseId, text: '请恢复校门前的人行横道', protected: false };
    const receipt = await ok(...desk('case', letter));
    expect(await ok(...desk('case', letter))).toEqual(receipt);
    // By the post whose hours they were, whatever stands first among the officer's.
    const { rows } = await server.db.pools.maintenance.query(
      `select header::jsonb->'actor'->>'postId' as post from events where case_id = $1`,
      [caseId],
    );
    expect(rows).toEqual([{ post: letterOfficerA.posts[0]!.postId }]);
    expect(await refusedAs(...desk('case', { ...letter, caseId: v7() }))).toEqual([409, 'talkHasCase']);
    const view: CaseView = await ok(letterOfficerA, 'GET', `/cases/${caseId}`);
    expect(view).toMatchObject({ procedureId: 'letter', channel: 'window', receivingOrganizationLabel: { zh: '甲镇信访办' } });
    expect((await call(dispatcherA, 'GET', `/cases/${caseId}`)).statusCode).toBe(404);
    const mine = (await ok(me, 'GET', '/me/cases')).cases as OwnCase[];
    expect(mine.map(({ number, queryCode }) => [number, queryCode])).toEqual([[receipt.number, receipt.queryCode]]);
    expect((await log()).map(({ purpose }: { purpose: string }) => purpose)).toEqual(['接待时当场登记来信', '核对来访人']);
    const after: DeskSession = await ok(letterOfficerA, 'GET', `/reception/sessions/${session.id}/bookings`);
    expect(after.bookings).toMatchObject([{ state: 'came', caseId, minutes: '已当面说明' }]);
    const own = JSON.stringify(await ok(me, 'GET', '/me/bookings'));
    expect(own).not.toContain('已当面说明');
    await server.db.pools.maintenance.query('delete from post_holding where holding_id = $1', [holdingId]);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });

  test('forgets a month later who came and what was said; sums of the month stay', async () => {
    const { letterOfficerA, letterOfficerB } = server.world.people;
    const session = await publish({ startsAt: '2026-11-12T01:00:00.000Z', endsAt: '2026-11-12T03:00:00.000Z' });
    const me = await newResident();
    const { id } = await book(me, session.id);
    server.deps.clock.set('2026-11-12T02:00:00.000Z');
    await ok(letterOfficerA, 'POST', `/reception/bookings/${id}/attendance`, { came: true });
    server.deps.clock.set('2026-12-12T02:00:00.000Z');
    await forgetTalks(server.deps);
    expect((await ok(me, 'GET', '/me/bookings')).bookings).toHaveLength(1);
    server.deps.clock.set('2026-12-12T03:30:00.000Z');
    await forgetTalks(server.deps);
    expect((await ok(me, 'GET', '/me/bookings')).bookings).toEqual([]);
    const { rows } = await server.db.pools.maintenance.query(
      'select state, person_id, name_sealed, purpose_sealed, minutes_sealed from reception_booking where booking_id = $1',
      [id],
    );
    expect(rows).toEqual([{ state: 'came', person_id: null, name_sealed: null, purpose_sealed: null, minutes_sealed: null }]);
    const months = (await ok(letterOfficerA, 'GET', '/reception/months')).months;
    expect(months.find(({ month }: { month: string }) => month === '2026-11')).toMatchObject({
      sessions: 1,
      slots: 5,
      booked: 1,
      came: 1,
      cases: 0,
    });
    expect((await ok(letterOfficerB, 'GET', '/reception/months')).months).toEqual([]);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });
});

describe('a lawyer', () => {
  const FROM = '2026-10-15T01:00:00.000Z';
  const ON_THE_DAY = '2026-10-15T01:10:00.000Z';
  /** Duty hours of a lawyer; each call on a day of its own would be a lot of days: ids tell them apart. */
  const onDuty = (lawyer: WorldPerson, part: object = {}): Promise<SessionView> =>
    ok(lawyer, 'PUT', `/reception/sessions/${v7()}`, {
      kind: 'legal',
      way: 'phone',
      organizationId: server.world.organizations.lawFirm.organizationId,
      postId: lawyer.posts[0]!.postId,
      place: '律师按时打给您',
      startsAt: FROM,
      endsAt: '2026-10-15T03:00:00.000Z',
      minutes: 30,
      slots: 4,
      ...part,
    });
  const phoneOf = ({ personId }: WorldPerson): string => phones.get(personId)!;
  const listOf = (lawyer: WorldPerson, { id }: { id: string }): Promise<DeskSession> =>
    ok(lawyer, 'GET', `/reception/sessions/${id}/bookings`);

  test('keeps the own post’s hours, nobody else of the firm does, and the nearest desk comes first', async () => {
    const { lawyerA, lawyerA2, letterOfficerA } = server.world.people;
    const { points, areas, organizations } = server.world;
    const near = await onDuty(lawyerA);
    const far = await onDuty(lawyerA2, { way: 'place', place: '二楼' });
    expect([near.kind, near.way, near.areaId]).toEqual(['legal', 'phone', areas.communityA1.areaId]);
    const firm = { organizationId: organizations.lawFirm.organizationId };
    const refused = await refusedAs(lawyerA2, 'PUT', `/reception/sessions/${v7()}`, {
      ...firm,
      kind: 'legal',
      postId: lawyerA.posts[0]!.postId,
      place: '一楼',
      startsAt: FROM,
      endsAt: '2026-10-15T03:00:00.000Z',
      minutes: 30,
      slots: 4,
    });
    expect(refused).toEqual([403, 'notYours']);
    for (const other of [lawyerA2, letterOfficerA])
      expect(await refusedAs(other, 'GET', `/reception/sessions/${near.id}/bookings`)).toEqual([403, 'notYours']);
    const found = async ({ lon, lat }: { lon: number; lat: number }) =>
      ((await ok('anonymous', 'GET', `/reception/sessions?kind=legal&lon=${lon}&lat=${lat}`)).sessions as SessionView[])[0]!.id;
    expect([await found(points.inA11), await found(points.inA21)]).toEqual([near.id, far.id]);
    expect(await refusedAs('anonymous', 'GET', '/reception/sessions?lon=113')).toEqual([422, 'fieldMissing']);
    const own = (await ok(lawyerA, 'GET', '/reception/desk')).sessions as { session: SessionView }[];
    expect(own.map(({ session }) => session.id)).toEqual([near.id]);
  });

  test('writes down what was advised for the person alone, who has it erased; a month later it is still there', async () => {
    const { lawyerA, lawyerA2 } = server.world.people;
    const session = await onDuty(lawyerA);
    const [me, other] = [await newResident(), await newResident()];
    const { id } = await book(me, session.id);
    const advise = (who: WorldPerson, words: string) => [who, 'PUT', `/reception/bookings/${id}/advice`, { words }] as const;
    expect(await refusedAs(...advise(lawyerA, '可以先协商'))).toEqual([409, 'sessionNotYet']);
    server.deps.clock.set(ON_THE_DAY);
    expect(await refusedAs(lawyerA, 'PUT', `/reception/bookings/${id}/minutes`, { words: '记录' })).toEqual([403, 'missingCapability']);
    expect(await refusedAs(...advise(lawyerA2, '抄一份'))).toEqual([404, 'notFound']);
    await ok(...advise(lawyerA, '可以先协商'));
    expect((await ok(...advise(lawyerA, '可以先协商，再起诉'))).bookings).toMatchObject([{ state: 'came', advice: '可以先协商，再起诉' }]);
    const mine = async (who: WorldPerson) => (await ok(who, 'GET', '/me/advice')).advice as { id: string; words: string; at: string }[];
    expect(await mine(me)).toMatchObject([{ id, words: '可以先协商，再起诉', at: FROM, postLabel: { zh: '甲一社区法律顾问' } }]);
    expect([await mine(other), await refusedAs(other, 'POST', `/me/advice/${id}/erase`)]).toEqual([[], [404, 'notFound']]);
    server.deps.clock.set('2026-11-20T01:00:00.000Z');
    await forgetTalks(server.deps);
    expect(await mine(me)).toHaveLength(1);
    expect(await ok(me, 'POST', `/me/advice/${id}/erase`)).toEqual({ advice: [] });
    const { rows } = await server.db.pools.maintenance.query(
      'select 1 from legal_advice where booking_id = $1 union all select 1 from legal_matter where booking_id = $1',
      [id],
    );
    expect(rows).toEqual([]);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });

  test('has told what was erased for good, and nobody who follows in the post reads who came', async () => {
    const { lawyerA, lawyerA2 } = server.world.people;
    const session = await onDuty(lawyerA);
    const [me, late] = [await newResident(), await newResident()];
    const [{ id }, coming] = [await book(me, session.id), await book(late, session.id)];
    server.deps.clock.set(FROM);
    const advise = [lawyerA, 'PUT', `/reception/bookings/${id}/advice`, { words: '可以先协商' }] as const;
    await ok(...advise);
    await ok(me, 'POST', `/me/advice/${id}/erase`);
    expect(await refusedAs(...advise)).toEqual([409, 'adviceErased']);
    expect(await ok(me, 'GET', '/me/advice')).toEqual({ advice: [] });
    // The post is shared: its hours are listed and may be called off, and tell nothing.
    const holdingId = v7();
    const { maintenance } = server.db.pools;
    await maintenance.query("insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-01-01')", [
      holdingId,
      lawyerA.posts[0]!.postId,
      lawyerA2.personId,
    ]);
    const desk = (await ok(lawyerA2, 'GET', '/reception/desk')).sessions as SessionRow[];
    expect(desk.find((row) => row.session.id === session.id)).toMatchObject({ own: false, came: 0 });
    expect(await refusedAs(lawyerA2, 'GET', `/reception/sessions/${session.id}/bookings`)).toEqual([403, 'notYours']);
    const client = await server.db.pools.app.connect();
    try {
      await client.query('begin');
      await client.query('select enter($1, $2)', ['person', lawyerA2.token]);
      const { rows: seen } = await client.query('select booking_id from reception_booking where session_id = $1', [session.id]);
      const { rows: opened } = await client.query('select * from read_booking($1, $2, $3, $4, now())', [
        coming.id,
        '核对来访人',
        lawyerA.posts[0]!.postId,
        v7(),
      ]);
      const { rows: done } = await client.query(
        "select write_advice($1, '\\x00', now()) as written, decline_booking($1, '2026-10-01')->>'code' as declined",
        [coming.id],
      );
      expect([seen, opened, done]).toEqual([[], [], [{ written: false, declined: 'notFound' }]]);
    } finally {
      await client.query('rollback');
      client.release();
    }
    const next = await onDuty(lawyerA, { startsAt: '2026-10-16T01:00:00.000Z', endsAt: '2026-10-16T03:00:00.000Z' });
    expect(await ok(lawyerA2, 'POST', `/reception/sessions/${next.id}/call-off`, { because: '律师已离任' })).toMatchObject({
      calledOff: '律师已离任',
    });
    await maintenance.query('delete from post_holding where holding_id = $1', [holdingId]);
    // A turn that has come is not declined any more.
    server.deps.clock.set('2026-10-15T01:30:00.000Z');
    expect(await refusedAs(lawyerA, 'POST', `/reception/bookings/${coming.id}/decline`)).toEqual([409, 'bookingClosed']);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });

  test('who advised one side is told of the other, without a word of it, and declines; another lawyer knows nothing', async () => {
    const { lawyerA, lawyerA2 } = server.world.people;
    const [session, colleague] = [await onDuty(lawyerA), await onDuty(lawyerA2)];
    const [one, other] = [await newResident(), await newResident()];
    await wantsSms(other);
    const { id } = await book(one, session.id, { otherPhone: phoneOf(other) });
    const across = await book(other, session.id);
    const elsewhere = await book(other, colleague.id);
    // Nobody was advised yet: first come, first served.
    expect((await listOf(lawyerA, session)).bookings.map(({ conflict }) => conflict)).toEqual([undefined, undefined]);
    server.deps.clock.set(ON_THE_DAY);
    await ok(lawyerA, 'PUT', `/reception/bookings/${id}/advice`, { words: '对方应当赔偿' });
    const turns = (await listOf(lawyerA, session)).bookings;
    expect(turns[1]).toEqual({ ...turns[1], id: across.id, conflict: true, purpose: '', needs: [], companions: 0 });
    expect((await listOf(lawyerA2, colleague)).bookings).toMatchObject([{ id: elsewhere.id, purpose: '问拆掉的路口' }]);
    for (const [what, body, method] of [
      ['read', { purpose: '核对来访人' }, 'POST'],
      ['attendance', { came: true }, 'POST'],
      ['advice', { words: '帮另一方' }, 'PUT'],
    ] as const)
      expect(await refusedAs(lawyerA, method, `/reception/bookings/${across.id}/${what}`, body)).toEqual([404, 'notFound']);
    for (let n = 0; n < 2; n++) await ok(lawyerA, 'POST', `/reception/bookings/${across.id}/decline`);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
    await tellCalledOff(server.deps);
    expect(await toldTo(other)).toMatchObject([{ kind: 'receptionCalledOff', params: { next: colleague.startsAt } }]);
    const [mine] = ((await ok(other, 'GET', '/me/bookings')).bookings as OwnBooking[]).filter((booking) => booking.id === across.id);
    expect(mine!.state).toBe('calledOff');
    expect(await publicly(mine!.next!.id)).toMatchObject({ kind: 'legal', postId: lawyerA2.posts[0]!.postId });
    expect(mine!.session.calledOff).toBeUndefined();
    // What is kept for it is of use to that lawyer alone, and to nobody who reads the table beside the one of persons.
    const { rows } = await server.db.pools.maintenance.query(
      `select 1 from legal_matter m join person p on p.phone_index in (m.own_index, m.other_index)
       union all select 1 from legal_matter m join legal_matter n on m.lawyer_id <> n.lawyer_id and m.own_index = n.own_index`,
    );
    expect(rows).toEqual([]);
  });

  test('is counted for everybody by the month alone, once, and small figures are withheld', async () => {
    const { lawyerA } = server.world.people;
    server.deps.clock.set('2026-12-20T01:00:00.000Z');
    const hours = { startsAt: '2026-12-21T01:00:00.000Z', endsAt: '2026-12-21T05:00:00.000Z', slots: 8 };
    const session = await onDuty(lawyerA, hours);
    const bookings = [];
    for (let n = 0; n < 6; n++) bookings.push(await book(await newResident(), session.id));
    server.deps.clock.set('2026-12-21T02:00:00.000Z');
    for (const { id } of bookings) await ok(lawyerA, 'POST', `/reception/bookings/${id}/attendance`, { came: true });
    server.deps.clock.set('2027-01-01T01:00:00.000Z');
    expect([await releaseAdvised(server.deps), await releaseAdvised(server.deps)]).toEqual([true, false]);
    server.deps.clock.set('2027-02-01T01:00:00.000Z');
    await releaseAdvised(server.deps);
    const [january, december] = (await ok('anonymous', 'GET', '/reception/releases')).releases as MonthRelease[];
    expect([january!.month, january!.figures.count, december!.month, december!.figures.count]).toEqual(['2027-01', 0, '2026-12', 6]);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });

  test('has advice forgotten three years later, on any day of the calendar', async () => {
    const kept = async (): Promise<number> => (await server.db.pools.maintenance.query('select 1 from legal_advice')).rowCount ?? 0;
    server.deps.clock.set('2028-02-29T01:00:00.000Z');
    await forgetTalks(server.deps);
    expect(await kept()).toBeGreaterThan(0);
    server.deps.clock.set('2029-10-16T01:00:00.000Z');
    await forgetTalks(server.deps);
    expect(await kept()).toBe(0);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });
});

describe('the standard for legal aid', () => {
  test('is set with its source by the justice office in its area, stands beside the one before, and is for everybody', async () => {
    const { justiceOfficer } = server.world.people;
    const { city } = server.world.areas;
    const standard = { id: v7(), areaId: city.areaId, monthlyIncome: 2_080, source: '某省政府 2026 年第 1 号', from: '2026-01-01' };
    for (let n = 0; n < 2; n++) expect(await ok(justiceOfficer, 'POST', '/legal-aid/standards', standard)).toMatchObject(standard);
    expect(await refusedAs(justiceOfficer, 'POST', '/legal-aid/standards', { ...standard, monthlyIncome: 1 })).toEqual([409, 'idTaken']);
    await ok(justiceOfficer, 'POST', '/legal-aid/standards', { ...standard, id: v7(), from: '2027-01-01' });
    const { standards } = await ok('anonymous', 'GET', '/legal-aid/standards');
    expect(standards.map(({ from }: { from: string }) => from)).toEqual(['2027-01-01', '2026-01-01']);
    // Corrected on a later day: what was set last comes first.
    server.deps.clock.set('2026-10-01T01:00:00.000Z');
    await ok(justiceOfficer, 'POST', '/legal-aid/standards', { ...standard, id: v7(), monthlyIncome: 2_100 });
    const after = (await ok('anonymous', 'GET', '/legal-aid/standards')).standards;
    expect(after.map(({ monthlyIncome }: { monthlyIncome: number }) => monthlyIncome)).toEqual([2_080, 2_100, 2_080]);
    server.deps.clock.set('2026-09-30T13:40:00.000Z');
  });
});
