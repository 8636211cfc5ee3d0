import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Locator, Page } from 'playwright-core';
import { type Product, withPicture } from './browser.ts';

/** Steps that staff take in every journey, by the words on the screen. */
export const deskOf = (product: Product) => {
  const open = async (who: WorldPerson, caseId: string): Promise<Page> => {
    const page = await product.open({ as: who });
    await page.goto(`/desk/cases/${caseId}`);
    await page.getByRole('heading', { name: '流转记录' }).waitFor();
    return page;
  };
  /** Opens an action, fills its form, sends it, and waits until the drawer is gone. */
  const act = async (page: Page, action: string, fill: (drawer: Locator) => Promise<unknown> = async () => {}): Promise<void> => {
    await withPicture(page, `journey-${action}`, async () => {
      await page.getByRole('button', { name: action, exact: true }).click();
      const drawer = page.getByRole('dialog', { name: action });
      await fill(drawer);
      await drawer.getByRole('button', { name: '提交' }).click();
      await drawer.waitFor({ state: 'detached' });
    });
  };
  return { open, act };
};

/** A picture of the page itself stands for a photograph or a scan. */
export const photograph = async (page: Page, name = '照片'): Promise<{ name: string; mimeType: string; buffer: Buffer }> => ({
  name: `${name}.png`,
  mimeType: 'image/png',
  buffer: await page.screenshot(),
});

/** Chooses an area by its path in the desk's cascader. */
export const chooseArea = async (page: Page, path: readonly string[], label = '属地'): Promise<void> => {
  await page.getByLabel(label).click();
  for (const area of path) await page.getByRole('menuitemcheckbox', { name: area, exact: true }).click();
  await page.keyboard.press('Escape');
};

/** Records what the browser's own microphone says, for as long as it takes to be something. */
export const record = async (page: Page, begin: string, end: string): Promise<void> => {
  await page.getByRole('button', { name: begin, exact: true }).click();
  await page.getByRole('timer').filter({ hasText: '1 秒' }).waitFor();
  await page.getByRole('button', { name: end, exact: true }).click();
};

/** Presses Tab until what is looked for has the focus. */
export const tabTo = async (page: Page, to: Locator): Promise<void> => {
  await to.waitFor();
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    if (await to.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never came to ${to}`);
};
