import type { Receipt } from '@tongxin/domain/case/view.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, type Product, withPicture } from './browser.ts';

/** Two dispatchers of one centre, at one case. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const report = async (text: string): Promise<string> => {
  const { categories, points } = product.server.world;
  const answer = await product.server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text, categoryId: categories.lamp, point: points.inA11 },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Receipt>().id;
};
const openCase = async (page: Page, id: string): Promise<void> => {
  await page.goto(`/desk/cases/${id}`);
  await page.getByRole('heading', { name: '流转记录' }).waitFor();
};

test('a form that is open holds the case: the colleague sees it in the list and on the page, and it is free again when it closes', async () => {
  const { people } = product.server.world;
  const id = await report('路口的灯不亮。');
  const [first, second, list] = [
    await product.open({ as: people.dispatcherA }),
    await product.open({ as: people.dispatcherA2 }),
    await product.open({ as: people.dispatcherA2 }),
  ];
  await withPicture(second, 'two-people-form', async () => {
    await openCase(first, id);
    await openCase(second, id);
    await list.goto('/desk/');
    await list.getByRole('link', { name: '路口的灯不亮。' }).waitFor();
    await first.getByRole('button', { name: '受理', exact: true }).click();
    const form = first.getByRole('dialog', { name: '受理' });
    await form.waitFor();
    const row = list.getByRole('row').filter({ hasText: '路口的灯不亮。' });
    await row.getByText('正在办理', { exact: false }).waitFor();
    await second.getByText('正在办理', { exact: false }).first().waitFor();
    expect(await accessibilityFindings(second)).toEqual([]);

    // What the second tries all the same is refused in words and keeps what was written.
    await second.getByRole('button', { name: '受理', exact: true }).click();
    await second.getByRole('dialog', { name: '受理' }).getByRole('button', { name: '提交' }).click();
    await second.getByRole('alert').filter({ hasText: '正在办理这一件' }).waitFor();
    await second.getByRole('dialog', { name: '受理' }).getByRole('button', { name: '取消' }).click();

    await form.getByRole('button', { name: '取消' }).click();
    await form.waitFor({ state: 'detached' });
    await row.getByText('正在办理', { exact: false }).waitFor({ state: 'detached' });
    await second.getByRole('button', { name: '我来办理' }).waitFor();
  });
  for (const page of [first, second, list]) await page.context().close();
});

test('a case somebody took is taken over with a question asked, the record says so, and the first is told', async () => {
  const { people } = product.server.world;
  const id = await report('桥下的灯不亮。');
  const [first, second] = [await product.open({ as: people.dispatcherA }), await product.open({ as: people.dispatcherA2 })];
  await withPicture(second, 'two-people-over', async () => {
    await openCase(first, id);
    await first.getByRole('button', { name: '我来办理' }).click();
    await first.getByText('您正在办理').waitFor();
    await openCase(second, id);
    await second.getByRole('button', { name: '接手' }).click();
    await second.getByText('接手会记入流转记录', { exact: false }).waitFor();
    await second.getByRole('tooltip').getByRole('button', { name: '接手' }).click();
    await second.getByText('您正在办理').waitFor();
    await second.getByRole('listitem').filter({ hasText: '接手办理' }).waitFor();
    await first.getByText('正在办理', { exact: false }).first().waitFor();
    await first.getByRole('button', { name: '接手' }).waitFor();
    // Whoever has it goes on, and moving it on lets it go.
    await second.getByRole('button', { name: '受理', exact: true }).click();
    await second.getByRole('dialog', { name: '受理' }).getByRole('button', { name: '提交' }).click();
    await second.getByText('待派单', { exact: true }).first().waitFor();
    await second.getByRole('button', { name: '放手' }).click();
    await first.getByRole('button', { name: '我来办理' }).waitFor();
  });
  for (const page of [first, second]) await page.context().close();
});

test('a window that is closed lets the case go', async () => {
  const { people } = product.server.world;
  const id = await report('巷口的灯不亮。');
  const [first, second] = [await product.open({ as: people.dispatcherA }), await product.open({ as: people.dispatcherA2 })];
  await withPicture(second, 'two-people-closed', async () => {
    await openCase(first, id);
    await first.getByRole('button', { name: '我来办理' }).click();
    await openCase(second, id);
    await second.getByRole('button', { name: '接手' }).waitFor();
    await first.goto('/desk/notices');
    await second.getByRole('button', { name: '我来办理' }).waitFor();
  });
  for (const page of [first, second]) await page.context().close();
});
