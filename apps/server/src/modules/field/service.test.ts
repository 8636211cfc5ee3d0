import type { RezoningPreview } from '@tongxin/domain/area/rezoning/schema.ts';
import { testForm } from '@tongxin/domain/collection/build.ts';
import { decisionOf, type Edit, emptyLedger, receiveEdit, undoOf } from '@tongxin/domain/edit/rules.ts';
import type { Change } from '@tongxin/domain/edit/schema.ts';
import type { Bundle, EditAnswer, History, NewEdit } from '@tongxin/domain/field/view.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import fc from 'fast-check';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editOf, MADE, makeRecord, publishForms, sendEdit } from './build.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  await publishForms(server);
});
afterAll(() => server?.close());

const people = () => server.world.people;
const change = (field: string, base: Change['base'], value: Change['value']): Change => ({ field, base, value });
const historyOf = async (kind: string, id: string): Promise<History['edits']> =>
  (await server.as(people().gridWorkerA, { url: `/api/v1/field/edits/${kind}/${id}` })).json<History>().edits;
const premises = (id: string) => ({ kind: 'premises' as const, id });

describe('an edit', () => {
  it('is refused of a form there is not, a field it has not, a value that does not fit, a place that is not one’s own', async () => {
    const { gridWorkerA, gridWorkerB } = people();
    const id = v7();
    const made = MADE.premises;
    const send = async (who: typeof gridWorkerA, edit: NewEdit) => {
      const { status, body } = await sendEdit(server, who, edit);
      return [status, body.code];
    };
    expect(await send(gridWorkerA, editOf(premises(id), []))).toEqual([404, 'notFound']);
    expect(await send(gridWorkerA, editOf(premises(id), [], { made: { ...made, formVersion: 9 } }))).toEqual([422, 'formUnknown']);
    expect(await send(gridWorkerA, editOf(premises(id), [], { made: { ...made, formId: 'doorVisit' } }))).toEqual([422, 'formUnknown']);
    expect(await send(gridWorkerA, editOf(premises(id), [change('religion', null, 'x')], { made }))).toEqual([422, 'editUnfit']);
    expect(await send(gridWorkerA, editOf(premises(id), [change('staff', null, -1)], { made }))).toEqual([422, 'editUnfit']);
    expect(await send(gridWorkerB, editOf(premises(id), [], { made }))).toEqual([403, 'forbidden']);
    expect(await send(gridWorkerA, editOf(premises(id), [], { made, occurredAt: '2026-13-45T99:00:00.000Z' }))).toEqual([
      422,
      'fieldUnfit',
    ]);
    // Nothing of all that is there.
    expect(await send(gridWorkerA, editOf(premises(id), []))).toEqual([404, 'notFound']);
  });

  it('is kept once for each id, and an id stands for one edit', async () => {
    const { gridWorkerA, gridWorkerB } = people();
    const id = v7();
    const edit = editOf(premises(id), [change('operator', null, '陈记')], { made: MADE.premises });
    const first = await sendEdit(server, gridWorkerA, edit);
    expect(first).toMatchObject({ status: 200, body: { outcome: 'applied', version: 1, status: 'kept', fields: { operator: '陈记' } } });
    expect(await sendEdit(server, gridWorkerA, edit)).toEqual(first);
    expect((await sendEdit(server, gridWorkerA, { ...edit, changes: [] })).body.code).toBe('idTaken');
    expect((await sendEdit(server, gridWorkerB, edit)).status).not.toBe(200);
    expect(await historyOf('premises', id)).toHaveLength(1);
  });

  it('sent many times at once is kept once', async () => {
    const id = v7();
    const edit = editOf(premises(id), [change('staff', null, 3)], { made: MADE.premises });
    const answers = await Promise.all(Array.from({ length: 5 }, () => sendEdit(server, people().gridWorkerA, edit)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await historyOf('premises', id)).toHaveLength(1);
  });

  it('that comes before the one it follows is told to come again, and leaves nothing', async () => {
    const { gridWorkerA } = people();
    const id = await makeRecord(server, gridWorkerA, 'premises', { operator: '陈记' });
    const first = editOf(premises(id), [change('operator', '陈记', '林记')]);
    const second = editOf(premises(id), [change('operator', '林记', '林记车行')], { after: first.id });
    expect(await sendEdit(server, gridWorkerA, second)).toMatchObject({ status: 409, body: { code: 'editTooEarly' } });
    await sendEdit(server, gridWorkerA, first);
    expect((await sendEdit(server, gridWorkerA, second)).body.fields).toEqual({ operator: '林记车行' });
  });
});

describe('two who edit the same premises without signal', () => {
  it('are shown both values; one decides, and takes it back', async () => {
    const { gridWorkerA, gridLeadA } = people();
    const id = await makeRecord(server, gridWorkerA, 'premises', { operator: '陈记', staff: 2 });
    await sendEdit(server, gridLeadA, editOf(premises(id), [change('operator', '陈记', '林记')]));
    const mine = editOf(premises(id), [change('operator', '陈记', '周记'), change('staff', 2, 5)]);
    const met = await sendEdit(server, gridWorkerA, mine);
    expect(met).toMatchObject({
      status: 409,
      body: {
        outcome: 'conflict',
        code: 'editConflict',
        fields: { operator: '林记', staff: 5 },
        conflicts: [
          { field: 'operator', base: '陈记', mine: '周记', theirs: '林记', theirsBy: { postLabel: { zh: '甲一社区网格长' }, mine: false } },
        ],
      },
    });
    // Told again as often as it is asked, until somebody decides.
    expect(await sendEdit(server, gridWorkerA, mine)).toEqual(met);
    const decides = editOf(premises(id), [decisionOf(met.body.conflicts[0]!, 'mine')], { decides: mine.id });
    const decided = await sendEdit(server, gridWorkerA, decides);
    expect(decided).toMatchObject({ status: 200, body: { fields: { operator: '周记' } } });
    expect((await sendEdit(server, gridWorkerA, mine)).status).toBe(200);
    const undone = await sendEdit(server, gridWorkerA, editOf(premises(id), undoOf(decided.body.applied), { undoes: decides.id }));
    expect(undone).toMatchObject({ status: 200, body: { fields: { operator: '林记', staff: 5 } } });
    const edits = await historyOf('premises', id);
    expect(edits.map(({ applied }) => applied.find(({ field }) => field === 'operator')?.after)).toEqual([
      '林记',
      '周记',
      undefined,
      '林记',
      '陈记',
    ]);
    expect(edits.every(({ conflicts }) => conflicts.length === 0)).toBe(true);
    expect(edits[0]).toMatchObject({ undoes: decides.id });
  });

  it('lose nothing in any order, repeated or not: the server does with rows what the rule does with values', async () => {
    const { gridWorkerA, gridLeadA } = people();
    const written = fc.array(fc.record({ field: fc.constantFrom('operator', 'staff'), value: fc.integer({ min: 0, max: 2 }) }), {
      minLength: 1,
      maxLength: 3,
    });
    const value = (field: string, n: number): Change['value'] => (field === 'staff' ? n : `第${n}家`);
    await fc.assert(
      fc.asyncProperty(written, written, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), async (one, two, picks) => {
        const start = editOf(premises(v7()), [], { made: MADE.premises });
        await sendEdit(server, gridWorkerA, start);
        let ledger = receiveEdit(emptyLedger, asEdit(start)).ledger;
        const outboxes = [one, two].map((writes) => {
          const shown: Record<string, Change['value']> = {};
          let last: string | undefined;
          return writes.map(({ field, value: n }) => {
            const edit = editOf(
              premises(start.subjectId),
              [change(field, shown[field] ?? null, value(field, n))],
              last ? { after: last } : {},
            );
            shown[field] = value(field, n);
            last = edit.id;
            return edit;
          });
        });
        const all = outboxes.flatMap((edits, phone) => edits.map((edit) => ({ edit, phone })));
        // As they come, some too early and some again; then in the order of their devices, as an outbox goes on.
        for (const { edit, phone } of [...picks.map((n) => all[n % all.length]!), ...all]) {
          const { status, body } = await sendEdit(server, phone === 0 ? gridWorkerA : gridLeadA, edit);
          const expected = receiveEdit(ledger, asEdit(edit));
          ledger = expected.ledger;
          if (expected.outcome === 'tooEarly') expect([status, body.code]).toEqual([409, 'editTooEarly']);
          else {
            expect(body.fields).toEqual(ledger.fields);
            expect(status).toBe('kept' in expected && expected.kept.conflicts.length > 0 ? 409 : 200);
          }
        }
        const edits = await historyOf('premises', start.subjectId);
        expect(edits).toHaveLength(all.length + 1);
        for (const { id, applied, conflicts } of edits) {
          expect(applied).toEqual(ledger.kept[id]!.applied);
          expect(conflicts).toEqual(ledger.kept[id]!.conflicts);
        }
      }),
      { numRuns: 12 },
    );
  });
});

const asEdit = ({ id, after, changes }: NewEdit): Edit => ({ id, ...(after ? { after } : {}), changes });

describe('what a worker takes along', () => {
  const bundle = async (who = people().gridWorkerA, query = '', headers = {}) =>
    server.as(who, { url: `/api/v1/field/bundle${query}`, headers });

  it('is all of the grid: forms, premises with duties, visits, checklists, cases; and nothing where nothing changed', async () => {
    const { gridWorkerA, dispatcherA } = people();
    const { points, categories, organizations } = server.world;
    const premisesId = await makeRecord(server, gridWorkerA, 'premises', { operator: '陈记' });
    const patrolId = await makeRecord(server, gridWorkerA, 'patrol', { charging: true });
    const caseId = v7();
    const act = (action: string, version: number, input: object) =>
      server.as(dispatcherA, { method: 'POST', url: `/api/v1/cases/${caseId}/actions`, body: { commandId: v7(), action, version, input } });
    await server.as('anonymous', {
      method: 'POST',
      url: '/api/v1/cases',
      body: { id: caseId, text: '路灯不亮', categoryId: categories.bin, point: points.inA11 },
    });
    await act('accept', 1, {});
    const sent = await act('dispatch', 2, { organizationId: organizations.gridTeamA1.organizationId });
    const answer = await bundle();
    const body = answer.json<Bundle>();
    expect(body.forms.map(({ id }) => id).sort()).toEqual(['doorVisit', 'fireChecklist', 'premisesFacts']);
    expect(body.premises.find(({ id }) => id === premisesId)).toMatchObject({
      fields: { operator: '陈记' },
      duties: [{ who: 'operator' }, {}],
    });
    expect(body.patrols.find(({ id }) => id === patrolId)).toMatchObject({ fields: { charging: true }, mine: true });
    if (sent.statusCode === 200) expect(body.cases.map(({ id }) => id)).toContain(caseId);
    else throw new Error(sent.body);
    expect(body.areas.length).toBe(4);
    expect((await bundle(gridWorkerA, '', { 'if-none-match': answer.headers.etag })).statusCode).toBe(304);
    expect(
      (await bundle(gridWorkerA, `?areaId=${server.world.areas.gridA11.areaId}`)).json<Bundle>().premises.map(({ id }) => id),
    ).toContain(premisesId);
    expect((await bundle(gridWorkerA, `?areaId=${server.world.areas.gridB11.areaId}`)).statusCode).toBe(404);
    expect((await bundle(people().gridWorkerB)).json<Bundle>().premises).toEqual([]);
  });

  it('holds one’s own visits whole, logged for the person once a day, and those of others without anything of a person', async () => {
    const { gridWorkerA, gridLeadA } = people();
    const id = await makeRecord(server, gridWorkerA, 'visit', { name: '陈某', phone: '13800138077', wiring: 'good' });
    const visitIn = async (who: typeof gridWorkerA) => (await bundle(who)).json<Bundle>().visits.find((visit) => visit.id === id);
    expect(await visitIn(gridWorkerA)).toMatchObject({ mine: true, fields: { name: '陈某', wiring: 'good' }, hidden: [] });
    await visitIn(gridWorkerA);
    expect(await visitIn(gridLeadA)).toMatchObject({ mine: false, fields: { wiring: 'good' }, hidden: ['name', 'phone'] });
    const { rows } = await server.db.pools.maintenance.query('select purpose, fields from person_access where visit_id = $1', [id]);
    expect(rows).toEqual([{ purpose: '本人走访记录同步到手机', fields: ['name', 'phone'] }]);
  });
});

describe('pictures of a record', () => {
  it('are cleaned, kept once, and those of a visit are for who made it', async () => {
    const { gridWorkerA, gridLeadA, gridWorkerB } = people();
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const id = await makeRecord(server, gridWorkerA, 'visit', { name: '陈某' });
    const url = `/api/v1/field/files/visit/${id}/${v7()}`;
    const put = (who: typeof gridWorkerA, body: Buffer) =>
      server.as(who, { method: 'PUT', url, body, headers: { 'content-type': 'image/png', 'x-kind': 'photo' } });
    expect((await put(gridWorkerB, picture)).statusCode).toBe(404);
    expect((await put(gridWorkerA, Buffer.from('no picture'))).statusCode).toBe(415);
    expect((await put(gridWorkerA, picture)).statusCode).toBe(201);
    expect((await put(gridWorkerA, picture)).statusCode).toBe(201);
    const other = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'black' } })
      .png()
      .toBuffer();
    expect((await put(gridWorkerA, other)).json().code).toBe('idTaken');
    expect((await server.as(gridWorkerA, { url })).statusCode).toBe(200);
    expect((await server.as(gridLeadA, { url })).statusCode).toBe(404);
  });
});

describe('a form', () => {
  const publish = async (form: object, who = people().administrator) => {
    const answer = await server.as(who, { method: 'POST', url: '/api/v1/forms', body: { areaId: server.world.areas.townA.areaId, form } });
    return [answer.statusCode, answer.json<{ code?: string }>().code];
  };
  it('is published once for each version, by who manages forms there, and never asks what must not be kept', async () => {
    const form = testForm({ id: 'another' });
    expect(await publish(form, people().dispatcherA)).toEqual([403, 'missingCapability']);
    expect(await publish({ ...form, title: { zh: '重点人员走访' } })).toEqual([422, 'formForbidden']);
    expect(await publish({ ...form, departments: [] })).toEqual([422, 'formFlawed']);
    expect(await publish(form)).toEqual([201, undefined]);
    expect(await publish(form)).toEqual([201, undefined]);
    expect(await publish({ ...form, retentionDays: 90 })).toEqual([409, 'versionTaken']);
  });
});

const answered = (answer: EditAnswer): [string, number] => [answer.status, answer.missing.length];

describe('a visit or checklist', () => {
  it('is finished when nothing is missing; what is missing is told and nothing is lost', async () => {
    const { gridWorkerA } = people();
    const id = v7();
    const visit = { kind: 'visit' as const, id };
    const first = await sendEdit(server, gridWorkerA, editOf(visit, [change('alone', null, true)], { made: MADE.visit, done: true }));
    expect(answered(first.body)).toEqual(['open', 2]);
    const second = await sendEdit(
      server,
      gridWorkerA,
      editOf(visit, [change('name', null, '陈某'), change('helper', null, '邻居')], { done: true }),
    );
    expect(answered(second.body)).toEqual(['done', 0]);
  });

  it('at a door where the person does not agree holds nothing of them', async () => {
    const id = v7();
    const visit = { kind: 'visit' as const, id };
    const made = { ...MADE.visit, consent: false };
    const refused = await sendEdit(server, people().gridWorkerA, editOf(visit, [change('name', null, '陈某')], { made }));
    expect([refused.status, refused.body.code]).toEqual([422, 'editUnfit']);
    expect((await sendEdit(server, people().gridWorkerA, editOf(visit, [], { made }))).body.status).toBe('declined');
  });
});

describe('a re-zoning', () => {
  /** The second grid of A1, divided from south to north. */
  const [WEST, EAST] = [
    { lon: 113.12, lat: 22.02 },
    { lon: 113.18, lat: 22.02 },
  ];
  const [west, east, whole] = [v7(), v7(), v7()];
  const part = (areaId: string, n: number) => ({ areaId, name: { zh: `片区${n}` }, code: `${server.world.areas.communityA1.code}10${n}` });
  const written = (kind: NewEdit['kind'], made: object, values: Record<string, Change['value']> = {}, more: Partial<NewEdit> = {}) =>
    makeRecord(server, people().gridWorkerA, kind, values, { made: { ...MADE[kind], ...made }, ...more });
  const standsAt = async (id: string): Promise<string | undefined> =>
    (
      await server.db.pools.maintenance.query(
        `select area_id from premises where premises_id = $1 union all select area_id from visit where visit_id = $1
         union all select area_id from patrol where patrol_id = $1`,
        [id],
      )
    ).rows[0]?.area_id;
  const rezone = async (url: string, body: object, who = people().administrator): Promise<{ status: number; seen: RezoningPreview }> => {
    const answer = await server.as(who, { method: 'POST', url: `/api/v1/areas/rezonings${url}`, body });
    return { status: answer.statusCode, seen: answer.json() };
  };

  it('takes premises, and visits and checklists under way, along; who manages the areas sees beforehand how many; what is over stays', async () => {
    const { gridA12, communityA1 } = server.world.areas;
    const inGrid = { areaId: gridA12.areaId };
    const shop = await written('premises', { ...inGrid, point: WEST });
    const shopWithoutSpot = await written('premises', { ...inGrid, point: undefined });
    const visit = await written('visit', { point: WEST });
    const finished = await written('visit', { point: WEST }, { name: '陈某' }, { done: true });
    const patrol = await written('patrol', { point: EAST });
    const line = [
      [113.15, 21.9],
      [113.15, 22.2],
    ];
    const split = [{ do: 'split', areaId: gridA12.areaId, line, parts: [part(west, 1), part(east, 2)] }];
    const before = await rezone('/preview', { steps: split });
    expect([before.status, before.seen.field]).toEqual([200, { premises: 2, visits: 1, patrols: 1 }]);
    expect(await standsAt(shop)).toBe(gridA12.areaId);
    expect((await rezone('', { id: v7(), netVersion: 0, steps: split, reason: '人口增加' })).status).toBe(201);
    expect(await Promise.all([shop, shopWithoutSpot, visit, patrol, finished].map(standsAt))).toEqual([
      west,
      communityA1.areaId,
      west,
      east,
      gridA12.areaId,
    ]);
    // A phone that had no signal still names the old grid, and loses nothing.
    expect(await standsAt(await written('premises', { ...inGrid, point: EAST }))).toBe(east);
    expect(await standsAt(await written('premises', { ...inGrid, point: undefined }))).toBe(communityA1.areaId);

    const merge = [{ do: 'merge', areaIds: [west, east], into: part(whole, 3) }];
    expect((await rezone('', { id: v7(), netVersion: 1, steps: merge, reason: '合并' })).status).toBe(201);
    expect(await Promise.all([shop, visit, patrol].map(standsAt))).toEqual([whole, whole, whole]);
    expect(await standsAt(await written('visit', { areaId: west, point: undefined }))).toBe(whole);
    // An area that never was is nobody's.
    const strange = editOf(premises(v7()), [], { made: { ...MADE.premises, areaId: v7() } });
    expect((await sendEdit(server, people().gridWorkerA, strange)).body.code).toBe('unknownArea');
  });

  it('the database itself tells nothing of the field, and moves nothing, for whoever manages no area', async () => {
    const client = await server.db.pools.app.connect();
    try {
      await client.query('begin');
      await client.query("select enter('person', $1)", [people().gridWorkerA.token]);
      expect((await client.query('select * from field_records_around(array[$1]::uuid[], null)', [whole])).rows).toEqual([]);
      const { rows } = await client.query('select premises_id from premises where area_id = $1', [whole]);
      expect(rows.length).toBeGreaterThan(0);
      const moved = "select place_at_areas('premises', array[$1]::text[], array[$2]::uuid[]) as n";
      expect((await client.query(moved, [rows[0].premises_id, server.world.areas.gridA11.areaId])).rows).toEqual([{ n: 0 }]);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
});
