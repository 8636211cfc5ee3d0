import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootProduct, closeBrowser, openBrowser, type Product, withPicture } from './browser.ts';

/** The portal kept on a phone: it opens without a network, keeps nobody's data, and changes to a new version only when asked. */
const folder = mkdtempSync(join(tmpdir(), 'tongxin-portal-'));
let product: Product;
beforeAll(async () => {
  cpSync(resolve(import.meta.dirname, '../apps/portal/dist/web'), folder, { recursive: true });
  product = await bootProduct({ portal: folder });
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the portal and waits until it is on the device. */
const kept = async (path: string): Promise<Page> => {
  const page = await product.open({ size: 'phone', kept: true });
  await page.goto(path);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  return page;
};

test('opens without a network at pages that were never opened before', async () => {
  const page = await kept('/');
  await withPicture(page, 'portal-without-network', async () => {
    await page.context().setOffline(true);
    await page.reload();
    await page.getByText('现在没有网络', { exact: false }).waitFor();
    await page.getByRole('link', { name: '报一件事' }).click();
    await page.getByLabel('什么事？').waitFor();
    await page.goto('/track');
    await page.getByLabel('查询码').waitFor();
  });
  await page.context().close();
});

test('keeps lists of the place, and no answer about anybody', async () => {
  const page = await kept('/report');
  await withPicture(page, 'portal-kept-answers', async () => {
    const found = await page.evaluate(async () => {
      for (const path of ['/api/v1/categories', '/api/v1/receipts/NOSUCHCODE1', '/api/v1/me', '/api/v1/areas/resolve?lon=113&lat=22'])
        await fetch(path);
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(found.filter((path) => path.startsWith('/api/')).every((path) => /^\/api\/v1\/(?:categories|areas|channels)$/u.test(path))).toBe(
      true,
    );
    expect(found).toContain('/api/v1/categories');
    expect(found).toContain('/index.html');
  });
  await page.context().close();
});

test('a new version waits until the person takes it', async () => {
  const page = await kept('/');
  await withPicture(page, 'portal-new-version', async () => {
    const before = readFileSync(join(folder, 'sw.js'), 'utf8');
    appendFileSync(join(folder, 'sw.js'), '\n// another build\n');
    for (const packed of ['br', 'gz']) rmSync(join(folder, `sw.js.${packed}`), { force: true });
    expect(before).not.toContain('__PARTS__');
    await page.reload();
    const ask = page.getByRole('button', { name: '换上新版本' });
    await ask.waitFor();
    const loads: string[] = [];
    page.on('load', () => loads.push(page.url()));
    await ask.click();
    await ask.waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => loads.length).toBe(1);
  });
  await page.context().close();
});

test('a receipt is found and read where no script runs', async () => {
  const { points, categories } = product.server.world;
  const body = { id: v7(), text: '东门<b>路灯</b>不亮', categoryId: categories.lamp, point: points.inA11 };
  const filed = await product.server.as('anonymous', { url: '/api/v1/cases', method: 'POST', body });
  const { queryCode, number } = filed.json<Receipt>();
  const context = await (await openBrowser()).newContext({ baseURL: product.base, javaScriptEnabled: false, locale: 'zh-CN' });
  const page = await context.newPage();
  await withPicture(page, 'portal-without-script', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: '查进度' }).click();
    await page.getByLabel('查询码').fill(queryCode);
    await page.getByRole('button', { name: '查' }).click();
    await page.getByText(number).waitFor();
    await page.getByText('待受理').or(page.getByText('已收到，等待受理')).first().waitFor();
    await page.getByText('东门<b>路灯</b>不亮').first().waitFor();
    await page.goto('/r/NOSUCHCODE1');
    await page.getByText('没有找到这个查询码', { exact: false }).waitFor();
  });
  await context.close();
});
