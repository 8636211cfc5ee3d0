import { mkdirSync } from 'node:fs';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product } from './browser.ts';

let product: Product;
beforeAll(async () => {
  mkdirSync('.tmp/look', { recursive: true });
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});
const call = async (who: never, url: string, body?: object) => {
  const a = await product.server.as(who, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) } as never);
  if (a.statusCode >= 300) throw new Error(url + a.body);
  return a.json();
};
test('look', async () => {
  const { people, categories, points, organizations } = product.server.world as never as Record<string, never> & { people: Record<string, never>; categories: Record<string, string>; points: Record<string, object>; organizations: Record<string, { organizationId: string }> };
  const file = async (text: string, more = {}) => {
    const id = v7();
    await call('anonymous' as never, '/cases', { id, text, categoryId: categories.lamp, point: points.inA11, address: '人民公园北门', reporter: { phone: '13812345678', callBackWanted: true }, ...more });
    return id;
  };
  const act = async (who: never, id: string, action: string, input = {}) => {
    const { version } = await call(who, `/cases/${id}`);
    await call(who, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  };
  const old = await file('人民公园北门路灯坏了');
  await act(people.dispatcherA, old, 'accept');
  await act(people.dispatcherA, old, 'answerDirectly', { reply: '路灯已由水电站更换。' });
  await call(people.bodyHeadA, '/reply-templates', { id: v7(), organizationId: organizations.bodyA!.organizationId, title: '已修复', text: '您反映的{category}（{caseNumber}）已修复，请查看。{dueDate}前如有问题请再联系{organization}。', categoryIds: ['municipal'] });
  const id = await file('人民公园北门坡道旁两盏路灯不亮，晚上看不清台阶。');
  await act(people.dispatcherA, id, 'accept');
  await act(people.dispatcherA, id, 'dispatch', { organizationId: organizations.bodyA!.organizationId, opinion: '请节前修复。' });
  await act(people.handlerA, id, 'acknowledge');
  await act(people.handlerA, id, 'firstContact', { means: 'telephone', outcome: 'reached', note: '已说明。' });
  await call(people.dispatcherA, `/cases/${id}/notes`, { commandId: v7(), words: '住户情绪激动，上门请两人同行。' });
  const noPlace = await file('想反映一件事', { point: undefined, address: undefined });
  for (const language of ['zh', 'en'] as const)
    for (const size of ['desk', 'phone'] as const) {
      const page = await product.open({ as: people.handlerA as never, size, language });
      page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text()));
      const shot = async (name: string, fullPage = true) => {
        await page.screenshot({ path: `.tmp/look/${name}-${language}-${size}.png`, fullPage });
        const axe = await accessibilityFindings(page);
        if (axe.length) console.log(name, language, size, JSON.stringify(axe));
        const over = await overhang(page);
        if (over) console.log('OVERHANG', name, language, size, over);
        const names = await page.evaluate(() => [...document.querySelectorAll('[aria-label]')].map((e) => e.getAttribute('aria-label')!).filter((n) => /^[a-zA-Z -]+$/.test(n)));
        if (language === 'zh' && names.length) console.log('ENGLISH', name, names);
      };
      await page.goto(`/desk/cases/${id}`);
      await page.locator('.map-box[data-ready]').waitFor({ timeout: 20000 }).catch(() => console.log('no map'));
      await page.locator('#similar').waitFor();
      await page.locator('details summary').first().click();
      await page.waitForTimeout(1500);
      await shot('case');
      await page.getByRole('button', { name: language === 'zh' ? /^办结/ : /^Resolve/ }).click();
      await page.locator('.ant-select.template').waitFor();
      await page.waitForTimeout(600);
      await page.locator('.ant-select.template').click();
      await page.waitForTimeout(500);
      await page.locator('.ant-select-item-option').first().click();
      await page.waitForTimeout(800);
      await shot('act', false);
      await page.close();
    }
  for (const [who, path, name] of [
    [people.dispatcherA, `/desk/cases/${noPlace}`, 'noplace'],
    [people.bodyHeadA, '/desk/reply-templates', 'replies'],
    [people.handlerA, '/desk/handovers', 'handovers'],
  ] as const) {
    const page = await product.open({ as: who as never });
    await page.goto(path);
    await page.waitForTimeout(1500);
    if (name === 'replies') {
      await page.getByRole('button', { name: '修改模板' }).first().click();
      await page.waitForTimeout(800);
    }
    if (name === 'handovers') {
      await page.getByRole('button', { name: '我要交班' }).click();
      await page.waitForTimeout(1000);
      await page.screenshot({ path: `.tmp/look/leave.png`, fullPage: true });
      await page.getByRole('button', { name: '交班', exact: true }).click();
      await page.waitForTimeout(1500);
    }
    await page.screenshot({ path: `.tmp/look/${name}.png`, fullPage: true });
    const axe = await accessibilityFindings(page);
    if (axe.length) console.log(name, JSON.stringify(axe));
    const names = await page.evaluate(() => [...document.querySelectorAll('[aria-label]')].map((e) => e.getAttribute('aria-label')!).filter((n) => /^[a-zA-Z -]+$/.test(n)));
    if (names.length) console.log('ENGLISH', name, names);
  }
  expect(1).toBe(1);
}, 300_000);
