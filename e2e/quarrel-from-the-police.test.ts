import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ConsentsView } from '@tongxin/domain/dispute/consent/schema.ts';
import type { SentView } from '@tongxin/domain/dispute/referral/schema.ts';
import type { DisputeReceipt, DisputeRow } from '@tongxin/domain/dispute/schema.ts';
import type { SessionsView } from '@tongxin/domain/dispute/session/schema.ts';
import type { Caller } from '@tongxin/testing/server.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, settled, shownText, withPicture } from './browser.ts';
import { rawCodes } from './desk-screens.ts';
import { deskOf } from './journey-steps.ts';

/**
 * What comes from outside and what must not go on: a police station passes a quarrel on by its own system and hears how it ended, by its clock and
 * under its number; and a mediation is stopped because one side was beaten, which the other is not told.
 */
const PICTURES = Boolean(process.env.TONGXIN_SCREENS);
const pictures = resolve(import.meta.dirname, '../screenshots');

let product: Product;
let mediatorId: string;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  product = await bootProduct({ now: '2026-10-08T02:00:00.000Z' });
  const { people, organizations } = product.server.world;
  mediatorId = v7();
  await ok(
    people.mediationHeadA,
    `/mediators/${mediatorId}`,
    {
      commandId: v7(),
      organizationId: organizations.mediationA.organizationId,
      personId: people.mediatorA.personId,
      name: '罗平',
      kinds: ['neighbour'],
      languages: ['粤语'],
      available: true,
    },
    'PUT',
  );
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const ok = async <T>(caller: Caller, path: string, body?: unknown, method: 'POST' | 'PUT' = 'POST', headers = {}): Promise<T> => {
  const call = { url: `/api/v1${path}`, headers, ...(body === undefined ? {} : { method, body }) };
  const answer = await product.server.as(caller, call);
  expect(answer.statusCode, `${path} ${answer.body}`).toBeLessThan(300);
  return answer.json<T>();
};
const look = async (page: Page, name: string): Promise<void> => {
  await settled(page);
  if (PICTURES) await page.screenshot({ path: join(pictures, `police-${name}.png`), fullPage: true });
  expect.soft(await accessibilityFindings(page), name).toEqual([]);
  expect.soft(await overhang(page), name).toBe(0);
  expect.soft(rawCodes(await shownText(page)), name).toEqual([]);
};

test('a quarrel comes from the police, is settled, and the station reads the result under its own number, in its own time', async () => {
  const { people, areas } = product.server.world;
  const [stationId, id] = [v7(), v7()];
  await ok(people.administrator, '/organizations', {
    commandId: v7(),
    id: stationId,
    kind: 'police',
    name: { zh: '甲镇派出所', en: 'Police Station A' },
    respondent: false,
    areaId: areas.townA.areaId,
  });
  const { token } = await ok<{ token: string }>(people.administrator, '/api-tokens', {
    id: v7(),
    organizationId: stationId,
    name: '警务平台',
    days: 365,
  });
  const station = { authorization: `Bearer ${token}` };
  const read = () => ok<SentView>('anonymous', `/department/disputes/${id}`, undefined, 'POST', station);
  const sent = await ok<SentView>(
    'anonymous',
    '/department/disputes',
    {
      id,
      kind: 'neighbour',
      areaId: areas.gridA11.areaId,
      place: '碧桐花园三栋',
      facts: '两家因楼道堆物争吵，推搡，没有人受伤。',
      parties: [{ name: '赵甲', phone: '13800001111' }, { name: '钱乙' }],
      sender: 'police',
      number: '甲派调2026-88',
      dueOn: '2026-10-30',
      consented: true,
    },
    'POST',
    station,
  );
  expect(sent).toEqual({ id, number: '甲派调2026-88', receivedOn: '2026-10-08', dueOn: '2026-10-30' });

  const desk = deskOf(product);
  const head = await product.open({ as: people.mediationHeadA });
  await withPicture(head, 'police-head', async () => {
    await head.goto('/desk/disputes/referrals');
    await head.getByRole('row').filter({ hasText: '甲镇派出所' }).getByRole('link').click();
    await head.getByText('还没有受理。').waitFor();
    await look(head, 'received');
    await head.getByRole('alert').getByRole('link').click();
    await head.getByRole('heading', { name: '流转记录' }).waitFor();
    await look(head, 'case');
    await desk.act(head, '受理，征求各方意愿');

    // Each side is asked on the telephone.
    await head.goto(`/desk/disputes/${id}/people`);
    for (const side of [1, 2]) {
      const card = head
        .getByRole('listitem')
        .filter({ hasText: `当事人 ${side}` })
        .filter({ hasText: '待表示' });
      await card.getByRole('button', { name: '记下意愿' }).click();
      await head.locator('form').getByRole('button', { name: '记下意愿' }).click();
      await card.waitFor({ state: 'detached' });
    }
    const { sides } = await ok<ConsentsView>(people.mediationHeadA, `/disputes/${id}/consents`);
    expect(sides.map(({ answer, how }) => [answer, how])).toEqual([
      ['agreed', 'telephone'],
      ['agreed', 'telephone'],
    ]);
    for (const { partyId } of sides)
      await ok(people.mediationHeadA, `/disputes/${id}/choices`, { commandId: v7(), partyId, step: 'chosen', mediatorId });
    await head.reload();
    await head.getByRole('button', { name: '确定为调解员' }).click();
    await head.getByText('现在由罗平调解').waitFor();
    await look(head, 'people');
  });
  expect(await read()).toEqual(sent);

  // Taken up and settled by word of mouth.
  await product.setTime('2026-10-12T02:00:00.000Z');
  const mediator = await desk.open(people.mediatorA, id);
  await desk.act(mediator, '达成协议，当场履行', (drawer) =>
    drawer.getByRole('textbox', { name: '协议内容' }).fill('双方各自清走堆物，互相道歉'),
  );
  await mediator.goto('/desk/disputes/referrals');
  const row = mediator.getByRole('row').filter({ hasText: '甲派调2026-88' });
  await row.getByText('达成调解协议').waitFor();
  await look(mediator, 'to-report');
  await row.getByRole('button', { name: '已反馈' }).click();
  await row.getByText('达成调解协议 · 2026年10月12日').waitFor();
  const told = await read();
  expect(told).toEqual({ ...sent, result: 'agreed', reportedOn: '2026-10-12' });
  expect(told.reportedOn! <= told.dueOn).toBe(true);
  // Nothing of what was said, and nothing beside it.
  const beside = await product.server.as('anonymous', { url: `/api/v1/cases/${id}`, headers: station });
  expect(beside.statusCode).toBe(404);
});

test('one side was beaten: the mediation stops, whoever is hurt is referred, and the other side is not told why', async () => {
  const { people, areas } = product.server.world;
  const { mediationHeadA: headPerson, mediatorA } = people;
  await product.setTime('2026-10-12T02:00:00.000Z');
  const { id, queryCodes } = await ok<DisputeReceipt>(mediatorA, '/disputes', {
    id: v7(),
    kind: 'family',
    origin: 'applied',
    areaId: areas.gridA11.areaId,
    facts: '夫妻为家用开支争吵。',
    parties: [
      { name: '孙丙', agrees: true },
      { name: '李丁', agrees: true },
    ],
    mediatedOn: '2026-10-12',
    outcome: 'asks',
  });
  const path = `/disputes/${id}`;
  for (const code of queryCodes) await ok('anonymous', `/receipts/${code}/choices`, { commandId: v7(), step: 'chosen', mediatorId });
  await ok(headPerson, `${path}/mediator`, { commandId: v7(), mediatorId });
  const { sides } = await ok<SessionsView>(mediatorA, `${path}/safety`, { yes: [] });
  const session = { id: v7(), startsAt: '2026-10-14T01:00:00Z', minutes: 60, link: 'https://meet.example/room-1' };
  await ok(mediatorA, `${path}/sessions`, session);
  for (const { partyId } of sides) await ok(mediatorA, `${path}/sessions/${session.id}/answers`, { partyId, accepts: true });

  const mediator = await product.open({ as: mediatorA });
  await withPicture(mediator, 'police-stop', async () => {
    await mediator.goto(`/desk${path}`);
    await mediator.getByText('调解会', { exact: true }).click();
    const safety = mediator.getByRole('region', { name: '安全情况' });
    await safety.getByRole('checkbox', { name: '有过家庭暴力或者其他暴力' }).check();
    await safety.getByRole('checkbox', { name: '害怕对方' }).check();
    await safety.getByRole('button', { name: '重新记下' }).click();
    await safety.getByText('妇联维权热线 12338', { exact: false }).waitFor();
    await mediator.getByText('已取消').waitFor();
    expect(await mediator.getByRole('region', { name: '约时间' }).count()).toBe(0);
    await look(mediator, 'danger');
    await safety.getByLabel('告知的其他途径', { exact: true }).fill('可以向人民法院起诉。');
    await safety.getByRole('button', { name: '有危险，停止并转介' }).click();
    await mediator.getByText('已停止调解并转介').waitFor();
    await look(mediator, 'stopped');
  });
  const head = await product.open({ as: headPerson });
  await withPicture(head, 'police-stopped-head', async () => {
    await head.goto('/desk/disputes');
    await head.getByRole('row').filter({ hasText: '停止并转介' }).getByRole('link').click();
    await head.getByText('人身安全保护令', { exact: false }).waitFor();
    await head.getByText('有过家庭暴力', { exact: false }).waitFor();
    await look(head, 'stopped-head');
  });

  // Both sides read the same; whom to call stands there for either, and why it stopped for neither.
  const pages: string[] = [];
  for (const [n, code] of queryCodes.entries()) {
    const phone = await product.open({ size: 'phone', language: 'zh' });
    await withPicture(phone, 'police-stopped-side', async () => {
      await phone.goto(`/r/${code}`);
      await phone.getByText('不会再安排见面', { exact: false }).waitFor();
      await phone.getByRole('link', { name: '12338' }).waitFor();
      await look(phone, `stopped-side-${n}`);
      pages.push(await phone.locator('main').innerText());
    });
  }
  expect(pages[0]!.replaceAll(queryCodes[0]!, '')).toBe(pages[1]!.replaceAll(queryCodes[1]!, ''));
  expect(pages[0]).not.toMatch(/家庭暴力|害怕对方|转介|孙丙|李丁/u);
  const { disputes } = await ok<{ disputes: DisputeRow[] }>(headPerson, '/disputes');
  expect(disputes.find((one) => one.id === id)?.stage).toBe('stopped');
  expect(
    (await product.server.as('anonymous', { url: `/api/v1/receipts/${queryCodes[0]}/sessions` })).json<SessionsView>().sessions,
  ).toEqual([expect.objectContaining({ state: 'cancelled' })]);
});
