import type { CaseView } from '@tongxin/domain/case/view.ts';
import { verifyRecord } from '@tongxin/server/modules/record/index.ts';
import { verifyStatistics } from '@tongxin/server/modules/statistics/index.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootProduct, closeBrowser, type Product, shownText, withPicture } from './browser.ts';
import { chooseArea, deskOf, photograph } from './journey-steps.ts';

/** Journey 1: the lamp before the holiday, from the evening call to the explanation that was accepted. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct({ now: '2026-09-30T13:40:00.000Z' });
  const { people, organizations } = product.server.world;
  await product.server.db.pools.maintenance.query(
    `insert into roster_shift (shift_id, organization_id, post_id, starts_at, ends_at, kind)
     values ($1, $2, $3, '2026-09-30T18:00:00+08:00', '2026-10-01T08:00:00+08:00', 'night'),
            ($4, $5, $6, '2026-09-30T18:00:00+08:00', '2026-10-02T08:00:00+08:00', 'night')`,
    [
      v7(),
      organizations.hotline.organizationId,
      people.hotlineDispatcher.posts[0]!.postId,
      v7(),
      organizations.centreA.organizationId,
      people.dispatcherA2.posts[0]!.postId,
    ],
  );
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const CALL = '坡道旁两盏路灯不亮，七十二岁了，晚上不敢下台阶。';
const NEIGHBOUR = '北门坡道的灯黑了，我家孩子摔了一跤。';
const TOO_LATE = '修得太晚了，节都过完了。';

test('a caller of 72 and a neighbour report two dark lamps; both are answered, and neither sees the other', async () => {
  const { people } = product.server.world;
  const desk = deskOf(product);
  const seen = async (id: string): Promise<CaseView> =>
    (await product.server.as(people.hotlineDispatcher, { url: `/api/v1/cases/${id}` })).json();

  // 30 September, 21:40: the call.
  const operator = await product.open({ as: people.operator });
  const { code, id } = await withPicture(operator, 'lamp-call', async () => {
    await operator.goto('/desk/hotline');
    // Begun by hand and by keys alone, as while somebody holds a receiver.
    await operator.getByText('现在没有来电。').waitFor();
    await operator.keyboard.press('F2');
    await operator.keyboard.type('13800000000');
    await operator.keyboard.press('Enter');
    await operator.getByText('这个号码在本单位没有登记过事项。').waitFor();
    await operator.getByLabel('诉求内容').fill(CALL);
    expect(await operator.getByText('119 火警救援', { exact: false }).count()).toBe(0);
    await operator.getByRole('radio', { name: '求助' }).check();
    await operator.getByLabel('类别').click();
    await operator.keyboard.type('路灯');
    await operator.getByText('路灯不亮', { exact: false }).last().click();
    await chooseArea(operator, ['示例市', '甲镇', '甲一社区']);
    await operator.getByText('甲镇规划建设办').first().waitFor();
    expect(await operator.getByLabel('电话', { exact: true }).inputValue()).toBe('13800000000');
    await operator.getByRole('checkbox', { name: '保密' }).check();
    await operator.getByRole('checkbox', { name: '要回访' }).check();
    await operator.keyboard.press('F8');
    await operator.getByText('请把查询码念给来电人：').waitFor();
    const href = await operator.getByRole('link', { name: '打开事项' }).getAttribute('href');
    const said = (await operator.locator('.code').textContent())!;
    await operator.keyboard.press('F9');
    await operator.getByRole('cell', { name: '已登记' }).waitFor();
    return { code: said, id: href!.split('/').at(-1)! };
  });

  // The roster: the dispatcher on the night shift has the notice, and opens the case from it.
  const night = await product.open({ as: people.hotlineDispatcher });
  await withPicture(night, 'lamp-notice', async () => {
    await night.goto('/desk/notices');
    await night.getByText('有事项待您办理').first().waitFor();
    await night.goto(`/desk/cases/${id}`);
    await night.getByRole('heading', { name: '流转记录' }).waitFor();
    expect(await night.getByText('保密', { exact: true }).count()).toBeGreaterThan(0);
  });
  await desk.act(night, '受理');
  await desk.act(night, '派单', async (drawer) => {
    await drawer.getByLabel('主办单位').click();
    await night.getByText('甲镇规划建设办（清单指明', { exact: false }).click();
  });
  // Three working days after the holiday: the 8th, the 9th, and the make-up Saturday the 10th.
  await expect.poll(() => night.getByText('2026年10月10日 23:59 到期', { exact: false }).count(), { timeout: 20_000 }).toBe(2);

  const handler = await desk.open(people.handlerA, id);
  await desk.act(handler, '签收');
  await desk.act(handler, '首次联系', async (drawer) => {
    await drawer.getByText('电话', { exact: true }).click();
    await drawer.getByText('接通', { exact: true }).click();
  });

  // 1 October: the neighbour, with a photograph.
  await product.setTime('2026-10-01T02:00:00.000Z');
  const neighbour = await product.open({ size: 'phone' });
  const hers = await withPicture(neighbour, 'lamp-neighbour', async () => {
    await neighbour.goto('/');
    await neighbour.getByRole('link', { name: '报一件事' }).click();
    await neighbour.getByLabel('什么事？').fill(NEIGHBOUR);
    await neighbour
      .locator('input[type=file]')
      .last()
      .setInputFiles(await photograph(neighbour));
    await neighbour.getByRole('img', { name: '第 1 张照片' }).waitFor();
    await neighbour.getByText('从列表里选').click();
    await neighbour.getByLabel('镇街').selectOption({ label: '甲镇' });
    await neighbour.getByLabel('村（社区）').selectOption({ label: '甲一社区' });
    await neighbour.getByRole('button', { name: '提交', exact: true }).click();
    await neighbour.getByText('收到了，谢谢您').waitFor();
    return (await neighbour.locator('.code').textContent())!;
  });
  expect(hers).not.toBe(code);
  await neighbour.goto(`/r/${hers}`);
  await neighbour.getByRole('heading', { name: NEIGHBOUR }).waitFor();

  // The dispatcher on duty in the town merges hers into the first.
  const town = await product.open({ as: people.dispatcherA2 });
  await withPicture(town, 'lamp-merge', async () => {
    await town.goto('/desk/notices');
    await town.getByText('有事项待您办理').first().waitFor();
    // The colleague who is off duty was left in peace.
    const offDuty = await product.open({ as: people.dispatcherA });
    await offDuty.goto('/desk/notices');
    await offDuty.getByText('没有提醒。').waitFor();
    await town.goto('/desk/');
    await town
      .getByRole('link', { name: NEIGHBOUR.slice(0, 8) })
      .first()
      .click();
    await town.getByRole('heading', { name: '流转记录' }).waitFor();
  });
  await desk.act(town, '并单', async (drawer) => {
    await drawer.getByLabel('主单').fill('坡道旁两盏');
    await town.getByText(CALL.slice(0, 8), { exact: false }).last().click();
    await drawer.getByLabel('并单理由', { exact: false }).fill('同一处路灯。');
  });
  await town.getByText('已并入主事项').waitFor();

  // 9 October: one lamp is mended; the verifier finds the other.
  await product.setTime('2026-10-09T07:00:00.000Z');
  await desk.act(handler, '办结', async (drawer) => {
    await drawer.getByLabel('办理结果', { exact: true }).fill('已更换灯具。');
    await drawer.locator('input[type=file]').setInputFiles([await photograph(handler, '修前'), await photograph(handler, '修后')]);
  });
  const verifier = await desk.open(people.verifierA, id);
  await desk.act(verifier, '返工', async (drawer) => {
    await drawer.getByRole('radio', { name: '现场核查' }).check();
    await drawer.getByLabel('返工理由', { exact: true }).fill('东侧一盏还是不亮。');
  });
  await product.setTime('2026-10-10T02:00:00.000Z');
  await handler.getByRole('button', { name: '办结', exact: true }).waitFor();
  await desk.act(handler, '办结', async (drawer) => {
    await drawer.getByLabel('办理结果', { exact: true }).fill('东侧灯具也已更换，两盏都亮了。');
    await drawer.locator('input[type=file]').setInputFiles(await photograph(handler, '修后'));
  });
  await verifier.getByRole('button', { name: '核查通过', exact: true }).waitFor();
  await desk.act(verifier, '核查通过', (drawer) => drawer.getByRole('radio', { name: '现场核查' }).check());
  await night.getByRole('button', { name: '答复', exact: true }).waitFor();
  await desk.act(night, '答复', (drawer) => drawer.getByLabel('答复内容', { exact: true }).fill('两盏路灯都已修好，感谢您的反映。'));

  // Two calls nobody answers; the third is answered, and she is not content.
  await product.setTime('2026-10-12T02:00:00.000Z');
  await withPicture(operator, 'lamp-call-back', async () => {
    await operator.goto('/desk/hotline/call-backs');
    await operator.getByText('现在可打').waitFor();
    await operator.getByRole('button', { name: '看号码' }).click();
    await operator.getByText('13800000000').waitFor();
    await operator.getByRole('button', { name: '未接' }).click();
    await operator.getByText('1 次未接', { exact: false }).waitFor();
    await product.setTime('2026-10-13T02:00:00.000Z');
    await operator.getByRole('button', { name: '未接' }).click();
    await operator.getByText('2 次未接', { exact: false }).waitFor();
    await product.setTime('2026-10-14T02:00:00.000Z');
    await operator.getByRole('button', { name: '接通' }).click();
    const dialog = operator.getByRole('dialog');
    await dialog.getByRole('radio', { name: '已解决' }).check();
    await dialog.getByRole('radio', { name: '不满意', exact: true }).check();
    await dialog.getByLabel('诉求人意见', { exact: false }).fill(TOO_LATE);
    await dialog.getByRole('button', { name: '提交' }).click();
    await operator.getByText('没有待回访的事项。').waitFor();
  });
  await operator.goto(`/desk/cases/${id}`);
  await operator.getByRole('heading', { name: '电话记录' }).waitFor();
  await desk.act(operator, '重新办理', (drawer) => drawer.getByLabel('重办理由', { exact: true }).fill(TOO_LATE));
  await product.setTime('2026-10-15T02:00:00.000Z');
  await desk.act(operator, '解释说明', (drawer) =>
    drawer.getByLabel('解释内容', { exact: true }).fill('国庆七天不计入期限，10 日前已修好；今后节前先查一遍。'),
  );

  // She reads it with her code and accepts.
  const caller = await product.open({ size: 'phone' });
  await withPicture(caller, 'lamp-caller', async () => {
    await caller.goto(`/r/${code}`);
    await caller.getByText('国庆七天不计入期限', { exact: false }).waitFor();
    expect(await shownText(caller)).not.toContain('摔了一跤');
    await caller.getByRole('button', { name: '评价' }).click();
    await caller.getByRole('radio', { name: '基本满意' }).check();
    await caller.getByLabel('想说的话', { exact: false }).fill('知道了，下次早一点。');
    await caller.getByRole('button', { name: '提交' }).click();
    await caller.getByText('已经提交。').waitFor();
  });
  await night.getByText('评价', { exact: true }).waitFor();
  await desk.act(night, '结案');

  // The neighbour reads the answer and nothing of the caller's.
  await withPicture(neighbour, 'lamp-neighbour-answer', async () => {
    await neighbour.goto(`/r/${hers}`);
    await neighbour.getByText('两盏路灯都已修好', { exact: false }).waitFor();
    const text = await shownText(neighbour);
    for (const theirs of [CALL.slice(0, 6), '七十二岁', TOO_LATE, '下次早一点', '已回访您', '13800000000'])
      expect(text).not.toContain(theirs);
  });

  const { clocks, stage } = await seen(id);
  expect(stage).toBe('closed');
  expect(clocks).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ clock: 'overall', status: 'stopped', overdue: false, dueAt: '2026-10-19T15:59:59.999Z' }),
      expect.objectContaining({ clock: 'handling', status: 'stopped', overdue: false, dueAt: '2026-10-13T15:59:59.999Z' }),
    ]),
  );
  expect(await verifyRecord(product.server.deps)).toMatchObject({ ok: true, broken: [] });
  await expect.poll(async () => (await verifyStatistics(product.server.deps)).ok, { timeout: 20_000 }).toBe(true);
});
