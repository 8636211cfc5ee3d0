import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { Role } from '@tongxin/domain/post/policy.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const call = (caller: Caller, url: string, body?: object) =>
  server.as(caller, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) });

const report = async (caller: Caller, point: { lon: number; lat: number }) => {
  const id = v7();
  const filed = await call(caller, '/cases', { id, text: '路灯不亮', point, reporter: { name: '陈阿姨', phone: '13812345678' } });
  expect(filed.statusCode, filed.body).toBe(201);
  const { rows } = await server.db.pools.maintenance.query<{ party_id: string }>('select party_id from case_party where case_id = $1', [
    id,
  ]);
  return { id, partyId: rows[0]!.party_id, code: filed.json().queryCode as string };
};

/** A further post of somebody, at a body of the world. Answers its id. */
const alsoHolds = async ({ personId }: WorldPerson, role: Role, body: { organizationId: string; areaId: string }): Promise<string> => {
  const postId = v7();
  await server.db.pools.maintenance.query("insert into post values ($1, $2, $3, $4, $5, null, '2020-01-01')", [
    postId,
    body.organizationId,
    body.areaId,
    role,
    { zh: '兼任岗位', en: 'Further post' },
  ]);
  await server.db.pools.maintenance.query("insert into post_holding values ($1, $1, $2, '2020-01-01')", [postId, personId]);
  return postId;
};

describe('somebody who holds a post in each of two towns', () => {
  test('does in each what the post of that town allows, and it stands under that post', async () => {
    const { people, points, organizations } = server.world;
    const [inA, inB] = [await report('anonymous', points.inA11), await report('anonymous', points.inB11)];
    const reader = await alsoHolds(people.verifierB, 'operator', organizations.centreA);
    const eraser = await alsoHolds(people.verifierB, 'administrator', organizations.centreA);
    const read = { purpose: '电话核实地点', fields: ['phone'] };
    const erase = () => ({ commandId: v7(), eventNos: [1], ground: 'byRequest' });
    for (const [what, body] of [
      [`parties/${inB.partyId}/read`, read],
      ['erase', erase()],
    ] as const) {
      const refused = await call(people.verifierB, `/cases/${inB.id}/${what}`, body);
      expect([what, refused.statusCode, refused.json().code]).toEqual([what, 403, 'notYours']);
    }
    const inTownB: CaseView = (await call(people.verifierB, `/cases/${inB.id}`)).json();
    expect(inTownB.parties.map((party) => party.readable)).toEqual([false]);
    expect((await call(people.verifierB, `/cases/${inA.id}/parties/${inA.partyId}/read`, read)).json()).toEqual({ phone: '13812345678' });
    expect((await call(people.verifierB, `/cases/${inA.id}/erase`, erase())).statusCode).toBe(200);
    const { rows } = await server.db.pools.maintenance.query(
      `select (select reader_post_id from person_access where case_id = $1) as reader,
        (select header::jsonb->'actor'->>'postId' from events where case_id = $1 and type = 'content.erased') as eraser`,
      [inA.id],
    );
    expect(rows).toEqual([{ reader, eraser }]);
  });

  test('reads figures of a town only by the post that reads figures there', async () => {
    const { people, organizations, areas } = server.world;
    await alsoHolds(people.gridWorkerB, 'supervisor', organizations.centreA);
    const asked = async (areaId: string) =>
      (await call(people.gridWorkerB, `/statistics/cases?measure=standing&by=stage&areaId=${areaId}`)).statusCode;
    expect([await asked(areas.townA.areaId), await asked(areas.communityA1.areaId)]).toEqual([200, 200]);
    expect([await asked(areas.townB.areaId), await asked(areas.communityB1.areaId), await asked(areas.city.areaId)]).toEqual([
      403, 403, 403,
    ]);
  });

  test('is a reporter like any other in a matter of their own elsewhere: neither the file of the office nor a note in it', async () => {
    const { people, points, organizations } = server.world;
    const own = await report(people.residentB, points.inB11);
    await alsoHolds(people.residentB, 'dispatcher', organizations.centreA);
    const view: CaseView = (await call(people.residentB, `/cases/${own.id}`)).json();
    expect([view.reader, view.parties]).toEqual(['reporter', []]);
    const note = await call(people.residentB, `/cases/${own.id}/notes`, { commandId: v7(), words: '请优先办理' });
    expect([note.statusCode, note.json().code]).toEqual([403, 'notYours']);
  });
});

describe('whoever has no account', () => {
  test('sees with the query code who looked at their telephone, for what and when, and nobody else’s readings', async () => {
    const { people, points } = server.world;
    const [mine, theirs] = [await report('anonymous', points.inA11), await report('anonymous', points.inA11)];
    const log = async (code: string) => {
      const answer = await call('anonymous', `/receipts/${code}/access-log`);
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json().entries;
    };
    expect(await log(mine.code)).toEqual([]);
    const read = { purpose: '电话核实地点', fields: ['phone'] };
    expect((await call(people.dispatcherA, `/cases/${mine.id}/parties/${mine.partyId}/read`, read)).statusCode).toBe(200);
    expect(await log(mine.code)).toEqual([
      {
        id: expect.any(String),
        at: '2026-09-30T13:40:00.000Z',
        purpose: '电话核实地点',
        fields: ['phone'],
        caseId: mine.id,
        post: { zh: '甲镇调度员', en: 'dispatcher-a' },
        organization: { zh: '甲镇综治中心', en: 'Governance Centre A' },
      },
    ]);
    expect(JSON.stringify(await log(mine.code))).not.toContain(people.dispatcherA.personId);
    expect(await log(theirs.code)).toEqual([]);
    expect((await call('anonymous', '/receipts/ABCD-EFGH-JKLM-NPQR/access-log')).statusCode).toBe(404);
  });

  test('sees no reading of the one they reported for, who sees it with the code of their own', async () => {
    const { people, points } = server.world;
    const id = v7();
    const filed = await call('anonymous', '/cases', {
      id,
      text: '邻居家漏水',
      point: points.inA11,
      reporter: { name: '陈阿姨', phone: '13812345678' },
      behalfOf: { name: '李奶奶', phone: '13812345679', by: 'neighbour', consent: true },
    });
    const { queryCode, behalfOfQueryCode } = filed.json();
    const { parties }: CaseView = (await call(people.dispatcherA, `/cases/${id}`)).json();
    const about = parties.find(({ role }) => role === 'behalfOf')!;
    const read = { purpose: '上门前约时间', fields: ['name', 'phone'] };
    expect((await call(people.dispatcherA, `/cases/${id}/parties/${about.id}/read`, read)).json()).toEqual({
      name: '李奶奶',
      phone: '13812345679',
    });
    const readings = async (code: string) => (await call('anonymous', `/receipts/${code}/access-log`)).json().entries.length;
    expect([await readings(queryCode), await readings(behalfOfQueryCode)]).toEqual([0, 1]);
  });
});
