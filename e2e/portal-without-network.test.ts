import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootProduct, closeBrowser, type Product, withPicture } from './browser.ts';

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
