import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootProduct, closeBrowser, type Product, shownText, withPicture } from './browser.ts';

/** A dispatcher wants quiet at night and one summary in the morning; a smell of gas wakes her all the same. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct({ now: '2026-09-28T08:00:00.000Z' });
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const file = async (text: string, categoryId: string): Promise<void> => {
  const { points } = product.server.world;
  const answer = await product.server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text, categoryId, point: points.inA11 },
  });
  expect(answer.statusCode, answer.body).toBe(201);
};

test('the night stays quiet, urgent matters pass, and the morning brings one summary that opens', async () => {
  const page = await product.open({ as: product.server.world.people.dispatcherA });
  await withPicture(page, 'quiet-hours', async () => {
    await page.goto('/desk/notices');
    await page.getByText('没有提醒。').waitFor();
    await page.getByRole('link', { name: '提醒设置' }).click();
    await page.getByRole('checkbox', { name: '这段时间不提醒', exact: false }).check();
    await page.getByLabel('到', { exact: true }).fill('22:00');
    await page.getByText('开始和结束不能是同一时间。').waitFor();
    await page.getByLabel('到', { exact: true }).fill('07:30');
    await page.getByRole('radio', { name: '每小时一次' }).check();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存', { exact: false }).waitFor();
    await page.getByRole('link', { name: '‹ 提醒' }).click();

    // 23:10 in China.
    await product.setTime('2026-09-28T15:10:00.000Z');
    await file('路灯不亮', 'municipal.lampOut');
    await file('楼道有燃气味', 'utility.gasSmell');
    await page.getByText('有事项待您办理').first().waitFor();
    await page.getByText('紧急', { exact: true }).waitFor();
    await file('垃圾桶满了', 'sanitation.binFull');
    // Everything was followed to the end, and only the smell of gas was told.
    await expect
      .poll(
        async () =>
          (
            await product.server.db.pools.maintenance.query('select 1 from notice where told_at is null and person_id = $1', [
              product.server.world.people.dispatcherA.personId,
            ])
          ).rowCount,
        { timeout: 20_000 },
      )
      .toBe(2);
    expect(await page.getByRole('listitem').count()).toBe(1);
    await page.getByRole('link', { name: '提醒，1 条未读' }).waitFor();

    // 07:30: one summary, on the open page, by itself.
    await product.setTime('2026-09-28T23:30:00.000Z');
    await page.getByText('共 2 条，涉及 2 件事', { exact: false }).waitFor();
    expect(await shownText(page)).toContain('待办 2');
    await page.getByRole('link', { name: '提醒，2 条未读' }).waitFor();
    await page.getByRole('button', { name: '展开' }).click();
    await expect.poll(() => page.getByRole('link', { name: /^打开事项/u }).count(), { timeout: 20_000 }).toBe(3);
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await page.getByRole('link', { name: '提醒', exact: true }).waitFor();
    await page.getByRole('checkbox', { name: '只看未读' }).check();
    await page.getByText('没有提醒。').waitFor();
  });
});

test('a call for help wakes her too: she says that somebody is on the way, and the worker sees it', async () => {
  const { dispatcherA, gridWorkerA } = product.server.world.people;
  const { points } = product.server.world;
  const page = await product.open({ as: dispatcherA });
  await withPicture(page, 'call-for-help', async () => {
    await product.setTime('2026-09-29T15:10:00.000Z');
    await page.goto('/desk/notices');
    const pressed = await product.server.as(gridWorkerA, {
      method: 'POST',
      url: '/api/v1/sos',
      body: { id: v7(), point: points.inA11, words: '地下二层有人晕倒' },
    });
    expect(pressed.statusCode, pressed.body).toBe(201);
    await page.getByRole('link', { name: '查看求助' }).click();
    await page.getByText('地下二层有人晕倒').waitFor();
    await page.getByRole('button', { name: '我们已去' }).click();
    await page.getByText('已有人去').waitFor();
    const { calls } = (await product.server.as(gridWorkerA, { url: '/api/v1/sos' })).json<{ calls: object[] }>();
    expect(calls).toMatchObject([{ mine: true, acknowledgedBy: { zh: expect.any(String) } }]);
    await page.getByRole('button', { name: '结束求助' }).click();
    await page.getByText('已结束').waitFor();
  });
});
