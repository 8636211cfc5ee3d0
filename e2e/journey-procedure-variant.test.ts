import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, withPicture } from './browser.ts';

/** A locality varies the order: copied, shortened, made unsound, mended, published; new cases follow it and old ones do not. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const post = async (who: WorldPerson, url: string, body: object): Promise<void> => {
  const response = await product.server.as(who, { method: 'POST', url: `/api/v1${url}`, body });
  if (response.statusCode >= 300) throw new Error(`${url}: ${response.body}`);
};
/** Files a lamp and brings it to the planning office's hands. */
const inHand = async (text: string): Promise<string> => {
  const { people, points, organizations, categories } = product.server.world;
  const id = v7();
  const act = (who: WorldPerson, action: string, version: number, input: object = {}) =>
    post(who, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  await post(people.residentA, '/cases', { id, text, point: points.inA11, categoryId: categories.lamp });
  await act(people.dispatcherA, 'accept', 1);
  await act(people.dispatcherA, 'dispatch', 2, { organizationId: organizations.bodyA.organizationId });
  await act(people.handlerA, 'acknowledge', 3);
  return id;
};
const choosePart = async (page: Page, name: string): Promise<void> => {
  const box = page.getByLabel('改哪里').last();
  await box.click();
  await box.fill(name);
  await page.locator('.ant-select-item-option').filter({ hasText: name }).first().click();
};
const isSound = (page: Page) => page.getByRole('region', { name: '检查' }).getByText('检查通过', { exact: false }).waitFor();
const isSaved = (page: Page) => page.getByText('已保存', { exact: false }).waitFor();
/** The form that the handler of a case is shown for resolving it. */
const formOf = async (id: string): Promise<string> => {
  const page = await product.open({ as: product.server.world.people.handlerA });
  await page.goto(`/desk/cases/${id}`);
  await page.getByRole('button', { name: '办结', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: '办结' });
  await drawer.getByLabel('办理结果', { exact: true }).waitFor();
  return drawer.innerText();
};

test('an administrator’s variant: copied, shortened, made unsound, mended, published, and followed from then on', async () => {
  const { people } = product.server.world;
  const old = await inHand('旧的路灯不亮');
  const page = await product.open({ as: people.administrator });

  await withPicture(page, 'variant-copy', async () => {
    await page.goto('/desk/procedures');
    await page.getByRole('region', { name: '网格事件·热线工单' }).getByRole('link', { name: '第 2 版', exact: true }).click();
    await page.getByRole('heading', { name: '环节和操作' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '复制一份来改' }).click();
    await page.getByRole('button', { name: '开始改' }).click();
    await isSound(page);
  });

  await withPicture(page, 'variant-edit', async () => {
    await choosePart(page, '承办时限');
    await page.getByLabel('承办时限 数量').fill('3');
    await choosePart(page, '办结');
    await page.getByRole('button', { name: '增加一项' }).click();
    const field = page.getByRole('group', { name: '新的一项' });
    await field.getByLabel('名称（中文）').fill('费用（元）');
    const changes = page.getByRole('region', { name: '改了什么' });
    await changes.getByText('时限“承办时限” · 时长').waitFor();
    await changes.getByText('按事项类别；没有规定的 3 个工作日').waitFor();
    await changes.getByText('“费用（元）”：短文字，选填', { exact: false }).waitFor();
    await isSound(page);
    await isSaved(page);
  });

  await withPicture(page, 'variant-unsound', async () => {
    await choosePart(page, '核查通过');
    await page.locator('.ant-select-selection-item-remove').first().click();
    const check = page.getByRole('region', { name: '检查' });
    await check.getByText('经办人可以核查自己').waitFor();
    await isSaved(page);
    expect(await page.getByRole('button', { name: '发布' }).isDisabled()).toBe(true);
    await check.getByRole('button', { name: '看怎么走到这里' }).first().click();
    // The way is told in words and drawn on the diagram, step by step.
    expect((await check.locator('ol li').allInnerTexts()).at(-1)).toContain('核查通过');
    expect(await page.locator('.drawing .arrow.passed').count()).toBeGreaterThan(3);
    expect(await page.locator('.drawing .number').count()).toBeGreaterThan(3);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '恢复原样' }).click();
    await isSound(page);
    expect(await page.locator('.drawing .arrow.passed').count()).toBe(0);
  });

  await withPicture(page, 'variant-publish', async () => {
    await page.getByRole('button', { name: '发布', exact: true }).click();
    const drawer = page.getByRole('dialog', { name: '发布' });
    await drawer.getByRole('button', { name: '发布' }).click();
    await drawer.getByRole('alert').filter({ hasText: '请写一句说明' }).waitFor();
    await drawer.getByLabel('改了什么、为什么').fill('承办时限缩短到三个工作日，登记费用');
    await drawer.getByRole('button', { name: '发布' }).click();
    await page.getByRole('heading', { name: '环节和操作' }).waitFor();
    await page.getByText('本地第 1 版').waitFor();
    await page.getByRole('link', { name: '比较两个版本' }).click();
    await page.getByText('按事项类别；没有规定的 3 个工作日').waitFor();
    // The page that leads here has row headers too, and may stand a moment longer.
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(2);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.goto('/desk/procedures');
    const uses = page.getByRole('region', { name: '各地使用的版本' });
    await uses.getByRole('rowheader', { name: '示例市' }).waitFor();
    await page.getByText('承办时限缩短到三个工作日，登记费用').first().waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  const fresh = await inHand('新的路灯不亮');
  expect(await formOf(fresh)).toContain('费用（元）');
  expect(await formOf(old)).not.toContain('费用（元）');
});

test('two editors: who was slower is told, and keeps what it wrote as a draft of its own', async () => {
  const { people, areas } = product.server.world;
  const id = v7();
  const url = `/api/v1/procedure-drafts/${id}`;
  const body = { procedureId: 'order', baseVersion: 2, areaId: areas.townA.areaId };
  const put = (version: number, zh: string) =>
    product.server.as(people.administrator, { method: 'PUT', url, body: { ...body, version, change: { title: { zh } } } });
  await put(0, '甲镇工单');
  const page = await product.open({ as: people.administrator, size: 'phone' });
  await withPicture(page, 'variant-conflict', async () => {
    await page.goto(`/desk/procedures/drafts/${id}`);
    await page.getByRole('heading', { name: '改“甲镇工单”' }).waitFor();
    expect(await overhang(page)).toBe(0);
    await put(1, '别人的名称');
    await page.getByLabel('名称（中文）').fill('我的名称');
    const told = page.getByRole('alert').filter({ hasText: '别人刚刚保存过' });
    await told.getByRole('button', { name: '把我的另存一份' }).click();
    await page.waitForURL((where) => !where.pathname.endsWith(id) && where.pathname.includes('/drafts/'));
    await page.getByRole('heading', { name: '改“我的名称”' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
  await page.goto('/desk/procedures/order/2');
  await page.getByRole('heading', { name: '环节和操作' }).waitFor();
  expect([await overhang(page), await accessibilityFindings(page)]).toEqual([0, []]);
  const { drafts } = (await product.server.as(people.administrator, { url: '/api/v1/procedure-drafts' })).json();
  expect(drafts.map((one: { change: { title: { zh: string } } }) => one.change.title.zh).sort()).toEqual(['别人的名称', '我的名称']);
});

test('a limit of law is not lengthened: the editor says so and keeps nothing of it', async () => {
  const { people, areas } = product.server.world;
  const url = `/api/v1/procedure-drafts/${v7()}`;
  const body = { procedureId: 'letter', baseVersion: 2, areaId: areas.townA.areaId, version: 0, change: {} };
  await product.server.as(people.administrator, { method: 'PUT', url, body });
  const page = await product.open({ as: people.administrator });
  await withPicture(page, 'variant-lawful', async () => {
    await page.goto(url.replace('/api/v1/procedure-drafts', '/desk/procedures/drafts'));
    await choosePart(page, '办理期限');
    await page.getByLabel('办理期限 数量').fill('61');
    await page.getByRole('region', { name: '检查' }).getByText('法定的时限不能延长', { exact: false }).waitFor();
    await page.getByLabel('办理期限 数量').fill('45');
    await isSound(page);
    await isSaved(page);
  });
  const { change } = (await product.server.as(people.administrator, { url })).json();
  expect(change).toEqual({ clocks: { handling: { limit: { fixed: { amount: 45, unit: 'day' } } } } });
});

test('who may not vary reads the procedures and is offered nothing more', async () => {
  const page = await product.open({ as: product.server.world.people.handlerA, language: 'en' });
  await withPicture(page, 'variant-reader', async () => {
    await page.goto('/desk/procedures/letter/2');
    await page.getByRole('heading', { name: 'Stages and actions' }).waitFor();
    expect(await page.getByRole('button', { name: 'Copy and vary' }).count()).toBe(0);
    // The picture is moved and enlarged by keys alone.
    const view = page.getByRole('group', { name: 'Diagram of “Letter”' });
    await view.focus();
    const width = () => view.locator('svg').evaluate((svg) => svg.getBoundingClientRect().width);
    const before = await width();
    await page.keyboard.press('+');
    await expect.poll(width).toBeGreaterThan(before);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => view.evaluate((one) => one.scrollTop)).toBeGreaterThan(0);
    await page.goto('/desk/procedures');
    await page.getByRole('heading', { name: 'Versions in use' }).waitFor();
    expect(await page.getByRole('button').filter({ hasText: 'Put a version' }).count()).toBe(0);
    expect(await page.getByRole('heading', { name: 'Drafts' }).count()).toBe(0);
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});
