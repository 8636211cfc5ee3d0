import type { Receipt } from '@tongxin/domain/case/view.ts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, type Size, withPicture } from './browser.ts';
import { deskOf, photograph } from './journey-steps.ts';

/** A supervision order, from the record to the signed paper that hangs beside it. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const report = async (): Promise<string> => {
  const { categories, points } = product.server.world;
  const answer = await product.server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text: '北门路灯不亮，打我电话13812345678。', categoryId: categories.lamp, point: points.inA11 },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Receipt>().id;
};

test.each(['desk', 'phone'] as const)(
  'an office writes a paper, looks at its pages, issues it and files the signed one: %s',
  async (size: Size) => {
    const { people } = product.server.world;
    const id = await report();
    const desk = deskOf(product);
    await (await desk.open(people.dispatcherA, id)).context().close();
    const page = await product.open({ as: people.dispatcherA, size });
    await withPicture(page, `papers-${size}`, async () => {
      await page.goto(`/desk/cases/${id}`);
      const papers = page.getByRole('region', { name: '文书' });
      await papers.getByText('还没有文书。').waitFor();
      await papers.getByRole('button', { name: '新建文书' }).click();
      const drawer = page.getByRole('dialog', { name: '新建文书' });
      await drawer.getByLabel('文书种类').click();
      await page.locator('.ant-select-item-option', { hasText: /^督办单$/u }).click();
      await expect.poll(() => drawer.getByLabel('标题').inputValue()).toBe('关于路灯不亮问题的督办单');
      // What goes to other offices carries nobody's telephone.
      const body = await drawer.getByLabel('正文').inputValue();
      expect(body).toContain('北门路灯不亮');
      expect(body).not.toContain('13812345678');
      await drawer.getByLabel('标题').fill('');
      await drawer.getByRole('button', { name: '定稿' }).click();
      await drawer.getByText('请写标题。').waitFor();
      await drawer.getByLabel('标题').fill('关于北门路灯的督办单');
      await drawer.getByLabel('主送').fill('甲镇规划建设办');
      await drawer.getByLabel('抄送').fill('甲镇党政办');
      await drawer.getByLabel('用红头', { exact: false }).check();
      await drawer.getByRole('button', { name: '预览' }).click();
      const pages = drawer.getByRole('img', { name: '文书预览', exact: false });
      await pages.waitFor();
      await expect.poll(() => pages.evaluate((picture: HTMLImageElement) => picture.naturalHeight > picture.naturalWidth)).toBe(true);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
      await drawer.getByRole('button', { name: '定稿' }).click();
      await drawer.waitFor({ state: 'detached' });
      await papers.getByText('关于北门路灯的督办单').waitFor();
      await papers.getByText(/督〔2026〕\d号/u).waitFor();
      for (const [name, ending] of [
        ['下载 Word', 'docx'],
        ['下载 PDF', 'pdf'],
      ] as const) {
        const [download] = await Promise.all([page.waitForEvent('download'), papers.getByRole('link', { name }).click()]);
        expect(download.suggestedFilename()).toMatch(new RegExp(`^督办单 .*\\.${ending}$`, 'u'));
      }
      await papers.locator('input[type=file]').setInputFiles(await photograph(page, '签字件'));
      await papers.getByRole('link', { name: '签字件 1' }).waitFor();
      // The record says who issued it and when; the reporter's page says nothing of it.
      await page.getByRole('listitem').filter({ hasText: '出具文书' }).getByText('关于北门路灯的督办单', { exact: false }).waitFor();
      await page.getByRole('listitem').filter({ hasText: '签字文书归档' }).waitFor();
    });
    await page.context().close();
  },
);
