import type { CaseView } from '@tongxin/domain/case/view.ts';
import { tellDue } from '@tongxin/server/modules/clock/index.ts';
import { verifyRecord } from '@tongxin/server/modules/record/index.ts';
import { publishCalendar } from '@tongxin/server/platform/calendar/calendar.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootProduct, closeBrowser, type Product, shownText, withPicture } from './browser.ts';
import { chooseArea, deskOf, photograph } from './journey-steps.ts';

/** Journey 2: a letter served on paper, to the request for review that its first handler may not touch. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct({ now: '2026-09-08T02:00:00.000Z' });
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const LETTER = '请求恢复校门前被拆除的人行横道。';

test('a retired teacher is served an opinion on paper, reads her clocks, and asks for a review by other hands', async () => {
  const { people } = product.server.world;
  const desk = deskOf(product);
  const officer = await product.open({ as: people.letterOfficerA });
  const { code, id } = await withPicture(officer, 'letter-log', async () => {
    await officer.goto('/desk/log');
    await officer.getByRole('radio', { name: '信访事项' }).check();
    await officer.getByLabel('诉求内容').fill(LETTER);
    await chooseArea(officer, ['示例市', '甲镇', '甲一社区']);
    await officer.getByLabel('电话').fill('13800000001');
    await officer.locator('input[type=file]').setInputFiles(await photograph(officer, '来信扫描件'));
    await officer.getByRole('button', { name: '登记', exact: true }).click();
    await officer.getByText('请把查询码念给来电人：').waitFor();
    const href = await officer.getByRole('link', { name: '打开事项' }).getAttribute('href');
    return { code: (await officer.locator('.code').textContent())!, id: href!.split('/').at(-1)! };
  });
  await officer.goto(`/desk/cases/${id}`);
  await desk.act(officer, '登记', (drawer) => drawer.getByRole('radio', { name: '申诉求决类' }).check());

  // 10 September: accepted; sixty days run to 9 November.
  await product.setTime('2026-09-10T02:00:00.000Z');
  await desk.act(officer, '本单位受理', (drawer) =>
    drawer.getByLabel('受理告知', { exact: true }).fill('您的信访事项已受理，六十日内办结。'),
  );
  await officer.getByText('2026年11月9日 23:59 到期', { exact: false }).waitFor();
  const writer = await product.open({ size: 'phone' });
  const reads = (words: string): Promise<void> =>
    withPicture(writer, 'letter-writer', async () => {
      await writer.goto(`/r/${code}`);
      await writer.getByText(words, { exact: false }).first().waitFor();
    });
  await reads('11月9日');
  expect(await shownText(writer)).toContain('六十日内办结');
  expect(await shownText(writer)).toContain('信访工作条例 (2022) 第三十四条');

  // The survey takes thirty days more; who handles the letter does not approve its own extension.
  await product.setTime('2026-11-02T02:00:00.000Z');
  await desk.act(officer, '申请延期', async (drawer) => {
    await drawer.getByRole('spinbutton').fill('30');
    await drawer.getByLabel('延期理由', { exact: true }).fill('需做交通流量调查。');
  });
  expect(await officer.getByRole('button', { name: '批准延期' }).count()).toBe(0);
  const approver = await desk.open(people.letterApproverA, id);
  await desk.act(approver, '批准延期', async (drawer) => {
    await drawer.getByRole('spinbutton').fill('30');
    await drawer.getByLabel('告知的理由', { exact: true }).fill('交通流量调查需要三十日。');
  });
  await approver.getByText('2026年12月9日 23:59 到期', { exact: false }).waitFor();
  await reads('12月9日');

  // The opinion is signed for on 4 December.
  await product.setTime('2026-12-04T08:00:00.000Z');
  await officer.getByRole('button', { name: '出具处理意见书' }).waitFor();
  await desk.act(officer, '出具处理意见书', async (drawer) => {
    await drawer.getByRole('radio', { name: '不予支持' }).check();
    await drawer.getByLabel('信访诉求', { exact: true }).fill('恢复人行横道。');
    await drawer.getByLabel('事实和理由', { exact: true }).fill('调查显示该处视距不足。');
    await drawer.getByLabel('处理意见和依据', { exact: true }).fill('不予恢复，另在东侧五十米增设。');
    await drawer.locator('input[type=file]').setInputFiles(await photograph(officer, '处理意见书'));
  });
  await desk.act(officer, '送达回证', async (drawer) => {
    await drawer.getByLabel('签收日期').fill('2026-12-04');
    await drawer.getByRole('radio', { name: '直接送达' }).check();
    await drawer.locator('input[type=file]').setInputFiles(await photograph(officer, '送达回证'));
  });
  // 3 January 2027 is a Sunday of a year whose holidays nobody has announced: told as provisional, then as definite.
  await officer.getByText('到期日暂定', { exact: false }).waitFor();
  await officer.getByText('2027年1月3日', { exact: false }).first().waitFor();
  await reads('大约');
  await publishCalendar(
    product.server.db.pools.maintenance,
    [
      {
        year: 2027,
        source: 'test',
        exceptions: [{ day: '2027-01-01', kind: 'off', reason: '元旦' }],
      },
    ],
    product.server.deps.clock.now(),
  );
  await product.server.deps.reload();
  await tellDue(product.server.deps);
  await officer.reload();
  await officer.getByRole('heading', { name: '流转记录' }).waitFor();
  expect(await officer.getByText('到期日暂定', { exact: false }).count()).toBe(0);
  const seen = async (): Promise<CaseView> => (await product.server.as(people.letterOfficerA, { url: `/api/v1/cases/${id}` })).json();
  expect((await seen()).clocks.find(({ clock }) => clock === 'reviewWindow')).toMatchObject({
    provisional: false,
    dueAt: '2027-01-04T15:59:59.999Z',
  });
  await officer.getByText('2027年1月4日', { exact: false }).first().waitFor();
  await writer.goto(`/r/${code}`);
  await writer.getByText('现在到哪一步').waitFor();
  expect(await shownText(writer)).not.toContain('大约');

  // 28 December: she asks for a review, from her own page.
  await product.setTime('2026-12-28T02:00:00.000Z');
  await withPicture(writer, 'letter-review', async () => {
    await writer.goto(`/r/${code}`);
    await writer.getByRole('button', { name: '申请复查' }).click();
    await writer.getByLabel('复查理由').fill('东侧五十米老人走不到。');
    await writer.getByRole('button', { name: '提交' }).click();
    await writer.getByText('已经提交。').waitFor();
  });
  await officer.getByRole('button', { name: '转复查机关' }).waitFor();
  await desk.act(officer, '转复查机关', async (drawer) => {
    await drawer.getByLabel('受理机关').fill('复查机关');
    await officer.getByText('示例市复查机关', { exact: false }).last().click();
  });

  // The first handler has since been posted to the reviewing body: still not her case to review.
  await product.server.db.pools.maintenance.query(
    "insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2026-01-01')",
    [v7(), people.letterReviewer.posts[0]!.postId, people.letterOfficerA.personId],
  );
  await officer.goto(`/desk/cases/${id}`);
  await officer.getByRole('heading', { name: '流转记录' }).waitFor();
  expect(await officer.getByRole('button', { name: '出具复查意见书' }).count()).toBe(0);
  const { version } = await seen();
  const refusal = await product.server.as(people.letterOfficerA, {
    method: 'POST',
    url: `/api/v1/cases/${id}/actions`,
    body: { commandId: v7(), action: 'issueReview', version, input: { outcome: 'upheld', opinion: '维持。' } },
  });
  expect(refusal.statusCode).toBe(403);
  expect(refusal.json()).toMatchObject({ code: 'sameHands' });
  const reviewer = await desk.open(people.letterReviewer, id);
  await desk.act(reviewer, '出具复查意见书', async (drawer) => {
    await drawer.getByRole('radio', { name: '变更' }).check();
    await drawer.getByLabel('意见和依据', { exact: true }).fill('在原处恢复，并设信号灯。');
    await drawer.locator('input[type=file]').setInputFiles(await photograph(reviewer, '复查意见书'));
  });
  await reads('在原处恢复');
  expect(await verifyRecord(product.server.deps)).toMatchObject({ ok: true, broken: [] });
});
