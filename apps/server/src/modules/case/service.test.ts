import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../modules.ts';
import { settleFeed } from '../../platform/feed/feed.ts';
import { verifyRecord } from '../record/index.ts';
import { verifyStatistics } from '../statistics/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const photo = () =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer();

const file = async (caller: Caller, body: Record<string, unknown>): Promise<Receipt & { status: number }> => {
  const answer = await server.as(caller, { method: 'POST', url: '/api/v1/cases', body });
  return { ...answer.json(), status: answer.statusCode };
};

const view = async (caller: Caller, id: string): Promise<CaseView> => (await server.as(caller, { url: `/api/v1/cases/${id}` })).json();

const act = async (caller: Caller, id: string, action: string, input: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => {
  const { version } = await view(caller, id);
  return server.as(caller, {
    method: 'POST',
    url: `/api/v1/cases/${id}/actions`,
    body: { commandId: v7(), action, version, input, ...more },
  });
};

const upload = async (caller: Caller, id: string, query = ''): Promise<string> => {
  const fileId = v7();
  const answer = await server.as(caller, {
    method: 'PUT',
    url: `/api/v1/cases/${id}/files/${fileId}${query}`,
    body: await photo(),
    headers: { 'content-type': 'image/jpeg', 'x-kind': 'photo', 'x-name': encodeURIComponent('路灯.jpg') },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return fileId;
};

const ok = (answer: { statusCode: number; body: string; json(): CaseView }): CaseView => {
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};

describe('a broken lamp, from a resident without an account to the closed case', () => {
  const id = v7();
  let receipt: Receipt;

  test('the report with a photo gets a number and a query code, once, however often it is sent', async () => {
    const fileId = await upload('anonymous', id);
    const { people, points, categories } = server.world;
    void people;
    const body = {
      id,
      text: '小区北门斜坡边两盏路灯不亮，老人夜里摔倒，我的电话13812345678',
      demandKind: 'help',
      categoryId: categories.lamp,
      point: points.inA11,
      reporter: { name: '陈阿姨', phone: '13812345678', protected: true, callBackWanted: true },
      fileIds: [fileId],
    };
    const first = await file('anonymous', body);
    expect(first).toMatchObject({ status: 201, id });
    expect(first.number).toMatch(/^GD2026-\d{7}$/);
    const again = await file('anonymous', body);
    expect(again).toMatchObject({ status: 200, number: first.number, queryCode: first.queryCode });
    const other = await file('anonymous', { ...body, text: '别的事' });
    expect(other.status).toBe(409);
    receipt = first;
  });

  test('the town sees it, masked in the list; the other town does not know it exists', async () => {
    const { people } = server.world;
    const answer = await server.as(people.dispatcherA, { url: '/api/v1/cases?count=true' });
    expect(answer.statusCode, answer.body).toBe(200);
    const list = answer.json();
    expect(list.rows.map((row: { id: string }) => row.id)).toContain(id);
    expect(JSON.stringify(list)).not.toContain('13812345678');
    expect((await server.as(people.dispatcherB, { url: `/api/v1/cases/${id}` })).statusCode).toBe(404);
    expect((await server.as('anonymous', { url: `/api/v1/cases/${id}` })).statusCode).toBe(401);
  });

  test('accepted, dispatched to the body the duty list names, acknowledged, contacted, resolved with a photo', async () => {
    const { people, organizations } = server.world;
    const accepted = ok(await act(people.dispatcherA, id, 'accept'));
    expect(accepted.stage).toBe('accepted');
    expect(accepted.suggested[0]?.organizationId).toBe(organizations.bodyA.organizationId);
    expect(accepted.clocks.map((clock) => clock.clock)).toContain('overall');
    const unseen = await server.as(people.handlerA, {
      method: 'POST',
      url: `/api/v1/cases/${id}/actions`,
      body: { commandId: v7(), action: 'dispatch', version: accepted.version, input: {} },
    });
    expect(unseen.statusCode).toBe(404);
    ok(await act(people.dispatcherA, id, 'dispatch', { organizationId: organizations.bodyA.organizationId }));
    ok(await act(people.handlerA, id, 'acknowledge'));
    ok(await act(people.handlerA, id, 'firstContact', { means: 'telephone', outcome: 'reached' }));
    const without = await act(people.handlerA, id, 'resolve', { reply: '已更换两盏灯' });
    expect(without.statusCode).toBe(422);
    expect(without.json().code).toBe('evidenceMissing');
    const evidence = await upload(people.handlerA, id, '?seenBy=reporter');
    ok(await act(people.handlerA, id, 'resolve', { reply: '已更换两盏灯' }, { fileIds: [evidence] }));
  });

  test('somebody else verifies; the resident gets the answer and rates it; the case closes', async () => {
    const { people } = server.world;
    ok(await act(people.verifierA, id, 'verifyPass', { method: 'onSite' }));
    ok(await act(people.dispatcherA, id, 'answer', { reply: '两盏路灯已修好，谢谢您的反映。' }));
    const seen = (await server.as('anonymous', { url: `/api/v1/receipts/${receipt.queryCode}` })).json() as CaseView;
    expect(seen.reader).toBe('reporter');
    expect(seen.allowed.map((action) => action.id)).toContain('rate');
    expect(JSON.stringify(seen.record)).toContain('两盏路灯已修好');
    const rated = await server.as('anonymous', {
      method: 'POST',
      url: `/api/v1/receipts/${receipt.queryCode.toLowerCase()}/actions`,
      body: { commandId: v7(), action: 'rate', version: seen.version, input: { satisfaction: 'satisfied' } },
    });
    expect(rated.statusCode, rated.body).toBe(200);
    const closed = ok(await act(people.dispatcherA, id, 'close'));
    expect(closed).toMatchObject({ stage: 'closed', ended: true });
    expect(closed.record.map((entry) => entry.no)).toEqual(closed.record.map((_, i) => i + 1));
  });

  test('the reporter’s telephone opens for a purpose, and the reading is on record', async () => {
    const { people } = server.world;
    const { parties } = await view(people.dispatcherA, id);
    const url = `/api/v1/cases/${id}/parties/${parties[0]!.id}/read`;
    expect((await server.as(people.dispatcherA, { method: 'POST', url, body: { purpose: '', fields: ['phone'] } })).statusCode).toBe(400);
    const read = await server.as(people.dispatcherA, { method: 'POST', url, body: { purpose: '回访', fields: ['phone', 'name'] } });
    expect(read.json()).toEqual({ name: '陈阿姨', phone: '13812345678' });
    const { rows } = await server.db.pools.maintenance.query('select purpose, fields from person_access where case_id = $1', [id]);
    expect(rows).toEqual([{ purpose: '回访', fields: ['phone', 'name'] }]);
    expect((await server.as(people.verifierA, { method: 'POST', url, body: { purpose: '看看', fields: ['phone'] } })).statusCode).toBe(403);
  });

  test('the feed follows: words are found within the town, counts agree with the record, the record verifies', async () => {
    const { people } = server.world;
    await settleFeed(
      server.deps,
      manifests.flatMap((manifest) => manifest.consumers ?? []),
    );
    const found = async (caller: Caller, q: string) =>
      ((await server.as(caller, { url: `/api/v1/cases?q=${encodeURIComponent(q)}` })).json().rows as { id: string }[]).map((row) => row.id);
    expect(await found(people.dispatcherA, '路灯不亮')).toEqual([id]);
    expect(await found(people.dispatcherB, '路灯不亮')).toEqual([]);
    expect(await found(people.dispatcherA, '13812345678')).toEqual([]);
    expect(await found(people.dispatcherA, receipt.number)).toEqual([id]);
    expect(await verifyStatistics(server.deps)).toMatchObject({ ok: true, differences: [] });
    expect(await verifyRecord(server.deps)).toMatchObject({ ok: true, broken: [] });
  });
});

describe('commands', () => {
  test('two people on one case: the second is told that it changed, and the same command twice is one event', async () => {
    const { people, points } = server.world;
    const id = v7();
    await file('anonymous', { id, text: '垃圾桶满溢', point: points.inA11 });
    const { version } = await view(people.dispatcherA, id);
    const body = { commandId: v7(), action: 'accept', version, input: {} };
    const url = `/api/v1/cases/${id}/actions`;
    expect((await server.as(people.dispatcherA, { method: 'POST', url, body })).statusCode).toBe(200);
    const again = await server.as(people.dispatcherA, { method: 'POST', url, body, headers: { prefer: 'return=minimal' } });
    expect(again.json()).toMatchObject({ id, version: version + 1, repeated: true });
    const reused = await server.as(people.dispatcherA, { method: 'POST', url, body: { ...body, action: 'withdraw' } });
    expect(reused.json().code).toBe('commandReused');
    const late = await server.as(people.dispatcherA2, { method: 'POST', url, body: { ...body, commandId: v7(), action: 'urge' } });
    expect(late.statusCode).toBe(409);
    expect(late.json()).toMatchObject({ code: 'caseChanged', params: { version: version + 1 } });
  });
});

describe('somebody with several posts', () => {
  const world = () => server.world.people;
  const postOf = (name: 'dispatcherA' | 'dispatcherB' | 'hotlineDispatcher' | 'verifierA') => world()[name].posts[0]!.postId;
  /** Who holds a post of the whole city takes on a centre's and a verifier's of one town. */
  const caller = () => world().hotlineDispatcher;
  beforeAll(async () => {
    for (const name of ['dispatcherA', 'verifierA'] as const)
      await server.db.pools.maintenance.query(
        `insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-02-01')`,
        [v7(), postOf(name), caller().personId],
      );
  });
  afterAll(() =>
    server.db.pools.maintenance.query(`delete from post_holding where person_id = $1 and valid_from = '2020-02-01'`, [caller().personId]),
  );
  const filed = async (): Promise<string> => {
    const id = v7();
    await file('anonymous', { id, text: '垃圾桶满溢', point: server.world.points.inA11 });
    return id;
  };
  /** Under which posts the actions on a case are recorded. */
  const recorded = async (id: string): Promise<string[]> => {
    const { rows } = await server.db.pools.maintenance.query<{ post: string }>(
      `select header::jsonb->'actor'->>'postId' as post from events where case_id = $1 and type = 'case.acted' order by event_no`,
      [id],
    );
    return rows.map(({ post }) => post);
  };

  test('acts by no post of another, nor does a stranger with a query code, and nothing is left', async () => {
    const id = v7();
    const { queryCode } = await file('anonymous', { id, text: '垃圾桶满溢', point: server.world.points.inA11 });
    const other = await act(caller(), id, 'accept', {}, { postId: postOf('dispatcherB') });
    expect([other.statusCode, other.json().code]).toEqual([403, 'postNotYours']);
    const { version } = await view(caller(), id);
    const stranger = await server.as('anonymous', {
      method: 'POST',
      url: `/api/v1/receipts/${queryCode}/actions`,
      body: { commandId: v7(), action: 'urge', version, postId: postOf('dispatcherA') },
    });
    expect([stranger.statusCode, stranger.json().code]).toEqual([403, 'postNotYours']);
    expect(await recorded(id)).toEqual([]);
  });

  test('is recorded under the post they name where it may, and else under the one that may first, as when they name none', async () => {
    for (const [named, post] of [
      ['dispatcherA', 'dispatcherA'],
      ['hotlineDispatcher', 'hotlineDispatcher'],
      ['verifierA', 'dispatcherA'],
      [undefined, 'dispatcherA'],
    ] as const) {
      const id = await filed();
      ok(await act(caller(), id, 'accept', {}, named ? { postId: postOf(named) } : {}));
      expect(await recorded(id)).toEqual([postOf(post)]);
    }
  });

  test('no post of theirs opens what none of them may', async () => {
    const answer = await act(caller(), await filed(), 'instruct', { instruction: '速办' }, { postId: postOf('hotlineDispatcher') });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'notYours']);
  });

  test('sends the same again from another post, or from one that is not theirs any more, and it is done once', async () => {
    const id = await filed();
    const { version } = await view(caller(), id);
    const body = { commandId: v7(), action: 'accept', version, input: {} };
    const send = (postId: string | undefined) =>
      server.as(caller(), {
        method: 'POST',
        url: `/api/v1/cases/${id}/actions`,
        body: { ...body, postId },
        headers: { prefer: 'return=minimal' },
      });
    expect((await send(postOf('hotlineDispatcher'))).json()).toMatchObject({ repeated: false });
    for (const again of [postOf('hotlineDispatcher'), postOf('verifierA'), undefined, postOf('dispatcherB')])
      expect((await send(again)).json()).toMatchObject({ version: version + 1, repeated: true });
    expect(await recorded(id)).toEqual([postOf('hotlineDispatcher')]);
  });
});

describe('a lower body', () => {
  test('is sent only what a list admits: the refusal cites the clause, and what is admitted goes', async () => {
    const { people, points, categories, organizations } = server.world;
    const filed = async (categoryId: string): Promise<string> => {
      const id = v7();
      await file('anonymous', { id, text: '请处理', categoryId, point: points.inA11 });
      ok(await act(people.dispatcherA, id, 'accept'));
      return id;
    };
    const organizationId = organizations.gridTeamA1.organizationId;
    const gas = await filed(categories.gas);
    const sent = await act(people.dispatcherA, gas, 'dispatch', { organizationId });
    expect([sent.statusCode, sent.json().code, sent.json().params.list]).toEqual([422, 'notAdmitted', 'negative']);
    const body = { commandId: v7(), taskId: v7(), organizationId, words: '请协助' };
    const task = await server.as(people.dispatcherA, { method: 'POST', url: `/api/v1/cases/${gas}/tasks`, body });
    expect([task.statusCode, task.json().code]).toEqual([422, 'notAdmitted']);
    expect(ok(await act(people.dispatcherA, await filed(categories.bin), 'dispatch', { organizationId })).stage).toBe('dispatched');
  });
});

describe('two neighbours in one matter', () => {
  test('the one whose report was merged hears that it is taken up again, and not a word of what the other said', async () => {
    const { people, points, categories, organizations } = server.world;
    const reporter = { phone: '13812345678', callBackWanted: true };
    const report = (id: string) => file('anonymous', { id, text: '路灯不亮', categoryId: categories.lamp, point: points.inA11, reporter });
    const [first, second] = [v7(), v7()];
    const [mine, theirs] = [await report(first), await report(second)];
    ok(await act(people.dispatcherA, first, 'accept'));
    ok(await act(people.dispatcherA, second, 'merge', { mainCaseId: first }));
    ok(await act(people.dispatcherA, first, 'dispatch', { organizationId: organizations.bodyA.organizationId }));
    ok(await act(people.handlerA, first, 'acknowledge'));
    ok(await act(people.handlerA, first, 'resolve', { reply: '已修' }, { fileIds: [await upload(people.handlerA, first)] }));
    ok(await act(people.verifierA, first, 'verifyPass', { method: 'picture' }));
    const { version } = ok(await act(people.dispatcherA, first, 'answer', { reply: '路灯已修好' }));
    const asked = await server.as('anonymous', {
      method: 'POST',
      url: `/api/v1/receipts/${mine.queryCode}/actions`,
      body: { commandId: v7(), action: 'askToReopen', version, input: { reason: '我家门前还是黑的' } },
    });
    expect(asked.statusCode, asked.body).toBe(200);
    const seen = await server.as('anonymous', { url: `/api/v1/receipts/${theirs.queryCode}` });
    const labels = (seen.json() as CaseView).record.map((entry) => entry.label.zh);
    expect(labels).toContain('该事项已重新办理');
    expect(seen.body).toContain('路灯已修好');
    expect(seen.body).not.toContain('还是黑的');
  });

  const reported = async (reporter: object = { phone: '13812345678', callBackWanted: true }) => {
    const { points, categories } = server.world;
    const id = v7();
    return file('anonymous', { id, text: '路灯不亮', categoryId: categories.lamp, point: points.inA11, reporter });
  };
  const codeOf = async (answer: ReturnType<typeof act>): Promise<string> => {
    const { statusCode, body } = await answer;
    return statusCode === 200 ? 'allowed' : (JSON.parse(body) as { code: string }).code;
  };

  test('nobody is merged into what may end without an answer: not accepted yet, ended, or itself merged', async () => {
    const { dispatcherA } = server.world.people;
    const [main, other, third] = [await reported(), await reported(), await reported()];
    const merge = (from: string, into: string) => codeOf(act(dispatcherA, from, 'merge', { mainCaseId: into }));
    expect(await merge(other.id, main.id)).toBe('mainCaseNotAccepted');
    ok(await act(dispatcherA, main.id, 'accept'));
    expect(await merge(other.id, main.id)).toBe('allowed');
    expect(await merge(third.id, other.id)).toBe('mainCaseIsMerged');
    ok(await act(dispatcherA, third.id, 'accept'));
    // A reporter two mergers away would read no answer.
    expect(await merge(main.id, third.id)).toBe('othersWereMerged');
    ok(await act(dispatcherA, third.id, 'answerDirectly', { reply: '已修好' }));
    expect(await merge((await reported()).id, third.id)).toBe('mainCaseHasEnded');
  });

  test('the first cannot withdraw the matter from under the second; once the merger is undone both go their own way', async () => {
    const { dispatcherA } = server.world.people;
    const [main, other] = [await reported(), await reported()];
    ok(await act(dispatcherA, main.id, 'accept'));
    ok(await act(dispatcherA, other.id, 'merge', { mainCaseId: main.id }));
    const withdraw = async () =>
      server.as('anonymous', {
        method: 'POST',
        url: `/api/v1/receipts/${main.queryCode}/actions`,
        body: { commandId: v7(), action: 'withdraw', version: 2, input: {} },
      });
    const refused = await withdraw();
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'othersWait']);
    const alone = ok(await act(dispatcherA, other.id, 'unmerge', { reason: '不是同一盏灯' }));
    expect([alone.stage, alone.mainCaseId]).toEqual(['accepted', undefined]);
    expect((await withdraw()).statusCode).toBe(200);
    const seen = (await server.as('anonymous', { url: `/api/v1/receipts/${other.queryCode}` })).json() as CaseView;
    expect(seen.ended).toBe(false);
    expect(seen.record.map((entry) => entry.label.zh)).toContain('改为单独办理您反映的问题');
  });

  test('two that are merged into each other at the same moment do not both vanish', async () => {
    const { dispatcherA } = server.world.people;
    const [one, two] = [await reported(), await reported()];
    for (const { id } of [one, two]) ok(await act(dispatcherA, id, 'accept'));
    const answers = await Promise.all([
      codeOf(act(dispatcherA, one.id, 'merge', { mainCaseId: two.id })),
      codeOf(act(dispatcherA, two.id, 'merge', { mainCaseId: one.id })),
    ]);
    expect(answers.filter((code) => code === 'allowed').length).toBeLessThanOrEqual(1);
    for (const code of answers) expect(['allowed', 'tryAgain', 'mainCaseIsMerged', 'othersWereMerged']).toContain(code);
  });
});
