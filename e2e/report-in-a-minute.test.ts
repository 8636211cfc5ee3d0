import type { Receipt } from '@tongxin/domain/case/view.ts';
import { makeRatingLink } from '@tongxin/server/modules/rating/index.ts';
import { withTransaction } from '@tongxin/server/platform/tx/tx.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, settled, shownText, withPicture } from './browser.ts';
import { chooseArea, record } from './journey-steps.ts';

/** What a resident meets besides the plain form: what is nearby, the map, the forwarded link, the tap that rates; looked at by axe as it is met. */
let product: Product;
let filed: Receipt;
beforeAll(async () => {
  product = await bootProduct();
  const { people, areas, points, categories } = product.server.world;
  await product.server.db.pools.maintenance.query(`update category set questions = $1 where category_id = $2`, [
    JSON.stringify([
      {
        code: 'how-many',
        label: { zh: '几盏不亮', en: 'How many lamps' },
        kind: 'choice',
        required: true,
        options: [{ value: 'one', label: { zh: '一盏', en: 'One' } }],
      },
      {
        code: 'pole',
        label: { zh: '灯杆歪不歪', en: 'Does the post lean' },
        kind: 'choice',
        required: false,
        options: [{ value: 'leans', label: { zh: '歪了', en: 'It leans' } }],
      },
      { code: 'way', label: { zh: '怎么去看', en: 'How to get there' }, kind: 'longText', required: false },
    ]),
    categories.lamp,
  ]);
  await product.server.deps.reload();
  const change = { commandId: v7(), version: 1, nearby: true, listed: true, categoryIds: ['municipal'] };
  await product.server.as(people.administrator, { method: 'POST', url: `/api/v1/publication/areas/${areas.townA.areaId}`, body: change });
  const body = {
    id: v7(),
    text: '我家302门口路灯不亮',
    categoryId: categories.lamp,
    point: points.inA11,
    reporter: { phone: '13800000000' },
  };
  filed = (await product.server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body })).json();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const look = async (page: Page, at: string): Promise<void> => {
  await settled(page);
  expect.soft(await accessibilityFindings(page), at).toEqual([]);
  expect.soft(await overhang(page), `${at}: wider than the window`).toBe(0);
};

test('words propose a kind, the kind asks its question, the map gives the spot by keys alone, and the neighbour’s report is followed', async () => {
  const { points } = product.server.world;
  const page = await product.open({ size: 'phone' });
  await page.context().grantPermissions(['geolocation'], { origin: product.base });
  await page.context().setGeolocation({ longitude: points.inA11.lon, latitude: points.inA11.lat });
  await withPicture(page, 'minute-report', async () => {
    await page.goto('/report');
    await page.getByLabel('什么事？').fill('小区门口的路灯晚上不亮');
    await page.getByRole('button', { name: '路灯不亮 因为您写了' }).click();
    await page.getByLabel('几盏不亮').waitFor();
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('这里要填。').waitFor();
    await page.getByLabel('几盏不亮').selectOption({ label: '一盏' });
    await page.getByRole('button', { name: '用我现在的位置' }).click();
    await page.getByRole('heading', { name: '附近已有人反映' }).waitFor();
    expect(await shownText(page)).not.toContain('302');
    await look(page, 'nearby');
    const map = page.getByText('在地图上指');
    await map.focus();
    await page.keyboard.press('Enter');
    await page.locator('.leaflet-tile-loaded').first().waitFor();
    await look(page, 'map');
    await page.getByRole('application', { name: '在地图上指' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: '就是这里' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('已记下位置：甲镇 甲一社区').waitFor();
    // Said instead of written: heard again, taken back, and said once more.
    await record(page, '说给我们听（录音）', '说完了');
    const sound = page.getByLabel('您刚录的话');
    await sound.waitFor();
    await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.readyState)).toBeGreaterThan(0);
    await look(page, 'spoken');
    await page.getByRole('button', { name: '删掉录音' }).click();
    await page.getByRole('button', { name: '说给我们听（录音）' }).waitFor();
    await page.getByRole('button', { name: '我也遇到了' }).click();
    await page.getByRole('link', { name: '看进度' }).click();
    await page.getByText('这是别人反映的事', { exact: false }).waitFor();
    expect(await shownText(page)).not.toContain('302');
    await look(page, 'followed');
  });
  await page.context().close();
});

test('the address of one’s own case, forwarded, shows how far it is and not what was said; opened again in the same tab it is the case', async () => {
  const page = await product.open({ size: 'phone' });
  await withPicture(page, 'minute-share', async () => {
    await page.goto(`/r/${filed.queryCode}`);
    await page.waitForURL(/\/s\/[\w-]+$/u);
    await page.reload();
    await page.getByText('我家302门口路灯不亮').first().waitFor();
    const other = await product.open({ size: 'phone' });
    await other.goto(page.url());
    await other.getByText('已收到，等待受理').waitFor();
    expect(await shownText(other)).not.toMatch(/302|GD2026/u);
    await look(other, 'shared');
    await other.context().close();
  });
  await page.context().close();
});

test('what the office shows is on the public list; and the link of a message rates in one tap', async () => {
  const { people } = product.server.world;
  const act = async (action: string, input: object): Promise<void> => {
    const { version } = (await product.server.as(people.dispatcherA, { url: `/api/v1/cases/${filed.id}` })).json();
    const body = { commandId: v7(), action, version, input };
    await product.server.as(people.dispatcherA, { method: 'POST', url: `/api/v1/cases/${filed.id}/actions`, body });
  };
  await act('accept', {});
  await act('answerDirectly', { reply: '已修好。' });
  const { rows } = await product.server.db.pools.maintenance.query(
    'select e.event_no, p.party_id from events e join case_party p using (case_id) where e.case_id = $1 order by 1 desc limit 1',
    [filed.id],
  );
  const link = await withTransaction(product.server.deps.pools.maintenance, (tx) =>
    makeRatingLink(product.server.deps, tx, { caseId: filed.id, partyId: rows[0].party_id, eventNo: rows[0].event_no }),
  );
  const desk = await product.open({ as: people.dispatcherA });
  const page = await product.open({ size: 'phone', language: 'en' });
  await withPicture(desk, 'minute-review', async () => {
    // Who logs for somebody at the window or on the telephone asks what that kind asks, as the portal does.
    await desk.goto('/desk/log');
    await desk.getByLabel('类别').click();
    await desk.keyboard.type('满溢');
    await desk.getByText('垃圾满溢', { exact: false }).last().click();
    await desk.getByLabel('诉求内容').fill('路口的桶满了');
    await chooseArea(desk, ['示例市', '甲镇', '甲一社区']);
    await desk.getByRole('button', { name: '登记', exact: true }).click();
    const asked = desk.getByRole('group', { name: '桶的大小' });
    await asked.getByText('必填。').waitFor();
    await look(desk, 'asked');
    await asked.getByRole('radio', { name: '大桶' }).check();
    await desk.getByRole('button', { name: '登记', exact: true }).click();
    await desk.getByRole('link', { name: '打开事项' }).click();
    await desk.getByText('桶的大小：大桶', { exact: false }).first().waitFor();
    await desk.goto('/desk/publication');
    await desk.getByLabel('公开的文字').fill('小区门口路灯不亮');
    await desk.getByRole('button', { name: '公开', exact: true }).click();
    await desk.getByText('没有。').waitFor();
  });
  await withPicture(page, 'minute-public', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'What people report' }).click();
    await page.getByText('小区门口路灯不亮').waitFor();
    await page.getByRole('button', { name: 'Show on a map' }).click();
    await page.locator('.leaflet-interactive').waitFor();
    expect(await shownText(page)).not.toContain('302');
    await look(page, 'public');
    await page.goto(link);
    await page.getByRole('button', { name: 'Satisfied', exact: true }).click();
    await page.getByText('We have your rating. Thank you.').waitFor();
    await look(page, 'rating');
  });
});

test('at the window a choice that need not be made is taken back by keys alone, and what is too long together is named at its field', async () => {
  const desk = await product.open({ as: product.server.world.people.dispatcherA });
  await withPicture(desk, 'minute-taken-back', async () => {
    await desk.goto('/desk/log');
    await desk.getByLabel('类别').click();
    await desk.keyboard.type('路灯');
    await desk.getByText('路灯不亮', { exact: false }).last().click();
    await desk.getByLabel('诉求内容').fill('桥头的灯灭了');
    await desk.getByRole('group', { name: '几盏不亮' }).getByRole('radio', { name: '一盏' }).check();
    const leaning = desk.getByRole('group', { name: '灯杆歪不歪（可不填）' });
    const none = leaning.getByRole('radio', { name: '不选' });
    expect(await none.isChecked()).toBe(true);
    await leaning.getByRole('radio', { name: '歪了' }).check();
    await desk.keyboard.press('ArrowDown');
    expect(await none.isChecked()).toBe(true);
    await look(desk, 'taken back');
    // Words and answers may each be long; together they may be too long, which is said at the words before anything is sent.
    const words = desk.getByLabel('诉求内容');
    await words.fill('灯'.repeat(9000));
    await desk.getByLabel('怎么去看').fill('走'.repeat(1000));
    await desk.getByRole('button', { name: '登记', exact: true }).click();
    await desk.getByText('合起来多了 14 字，请写短一些。', { exact: false }).waitFor();
    expect(await words.evaluate((field) => document.activeElement === field && field.getAttribute('aria-invalid'))).toBe('true');
    await look(desk, 'too long');
    await words.fill('桥头的灯灭了');
    await desk.getByLabel('怎么去看').fill('');
    await chooseArea(desk, ['示例市', '甲镇', '甲一社区']);
    await desk.getByRole('button', { name: '登记', exact: true }).click();
    await desk.getByRole('link', { name: '打开事项' }).click();
    await desk.getByText('几盏不亮：一盏', { exact: false }).first().waitFor();
    expect(await shownText(desk)).not.toContain('灯杆歪不歪');
  });
});
