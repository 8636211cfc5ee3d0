import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accessibilityFindings,
  bootProduct,
  closeBrowser,
  type Language,
  overhang,
  type Product,
  SIZES,
  type Size,
  shownText,
  withPicture,
} from './browser.ts';
import { fillScreens, latinWords, rawCodes, SCREENS, type Screen, type Seeds, showScreen } from './desk-screens.ts';

/**
 * Every screen of the desk in both languages, at three sizes, and dark at one: a picture into the ignored folder `screenshots/` for people to look
 * at, and what a machine can see at once: WCAG findings, what is cut off at the side, codes and foreign words where words belong.
 * `npm run screenshots` and TONGXIN_LONG=1 take them all. Short, and without pictures: Chinese, looked through on a telephone and measured at a desk;
 * English at a desk and dark where most of the day is spent.
 */
const ALL = Boolean(process.env.TONGXIN_SCREENS ?? process.env.TONGXIN_LONG);
const sizesOf = (language: Language): readonly Size[] =>
  ALL ? ['desk', 'large', 'phone'] : language === 'zh' ? ['phone', 'large'] : ['desk'];
const DAILY = new Set(['inbox', 'case', 'statistics', 'notices', 'account']);
const root = resolve(import.meta.dirname, '..');
const pictures = join(root, 'screenshots');

test('every route of the desk has its screen', () => {
  const router = readFileSync(join(root, 'apps/desk/src/app/router.tsx'), 'utf8');
  const routes = [...router.matchAll(/createRoute\(\{[^}]*?\bpath: '([^']+)'/gsu)].map(([, path]) => path!);
  expect(routes.length).toBeGreaterThan(5);
  const known = new Set(SCREENS.map(({ route }) => route));
  expect(
    routes.filter((route) => !known.has(route)),
    'add a row to e2e/desk-screens.ts',
  ).toEqual([]);
  expect(
    [...known].filter((route) => !routes.includes(route) && route !== '/wall' && route !== '*'),
    'no route any more',
  ).toEqual([]);
});

let product: Product;
let seeds: Seeds;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  product = await bootProduct();
  seeds = await fillScreens(product);
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

/** A window for each person, language and look, reused: a desk that is open already, as staff have it. */
const windows = new Map<string, Promise<Page>>();
const windowOf = (screen: Screen, language: Language, dark = false): Promise<Page> => {
  const as = screen.as === null ? undefined : product.server.world.people[screen.as ?? 'dispatcherA'];
  const key = [String(screen.as), language, dark].join();
  const opened = windows.get(key) ?? product.open({ language, dark, ...(as ? { as } : {}) });
  windows.set(key, opened);
  return opened;
};
const picture = async (page: Page, screen: Screen, ...parts: readonly string[]): Promise<void> => {
  if (ALL) await page.screenshot({ path: join(pictures, `${['desk', screen.name, ...parts].join('-')}.png`), fullPage: true });
};

const look = async (page: Page, screen: Screen, language: Language, size: Size): Promise<void> => {
  const at = `${screen.name} ${language} ${size}`;
  await picture(page, screen, language, size);
  // The same things in the same place: between two wide sizes nothing changes that axe could see.
  if (size !== 'large') expect.soft(await accessibilityFindings(page), at).toEqual([]);
  expect.soft(await overhang(page), `${at}: wider than the window`).toBe(0);
};

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  test.each(SCREENS.filter(({ name }) => ALL || language === 'zh' || DAILY.has(name)))('$name', async (screen) => {
    const page = await windowOf(screen, language);
    await withPicture(page, `screen-${screen.name}-${language}`, async () => {
      for (const size of sizesOf(language)) {
        await page.setViewportSize(SIZES[size]);
        // What opens over the page is placed when it opens; between two wide sizes it stays.
        if (size !== 'large') await showScreen(page, screen, seeds, language);
        await look(page, screen, language, size);
      }
      expect.soft(rawCodes(await shownText(page)), `${screen.name} ${language}: codes shown`).toEqual([]);
      if (language === 'zh') expect.soft(await latinWords(page), `${screen.name}: not in Chinese`).toEqual([]);
    });
  });
});

describe('dark, as the system has it', () => {
  test.each(SCREENS.filter(({ name }) => ALL || DAILY.has(name)))('$name', async (screen) => {
    const page = await windowOf(screen, 'zh', true);
    await withPicture(page, `screen-${screen.name}-dark`, async () => {
      await showScreen(page, screen, seeds, 'zh');
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
      await picture(page, screen, 'zh', 'dark');
      expect.soft(await accessibilityFindings(page), `${screen.name} dark`).toEqual([]);
    });
  });
});

describe('where things stand', () => {
  const shown = async (name: string, language: Language, size: Size): Promise<Page> => {
    const screen = SCREENS.find((one) => one.name === name)!;
    const page = await windowOf(screen, language);
    await page.setViewportSize(SIZES[size]);
    await showScreen(page, screen, seeds, language);
    return page;
  };
  const box = async (one: Locator): Promise<{ x: number; y: number; width: number; height: number }> => (await one.boundingBox())!;
  const middle = async (one: Locator): Promise<number> => {
    const { y, height } = await box(one);
    return y + height / 2;
  };
  /** How far what is in it is wider and higher than what shows of it, in CSS pixels. */
  const hidden = (one: Locator): Promise<number[]> =>
    one.evaluate((element) => [element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight]);

  test.each(['receptions', 'sources'])('on a telephone every column of %s is in sight', async (name) => {
    const page = await shown(name, 'en', 'phone');
    for (const table of await page.locator('.scroll:has(> table)').all()) expect((await hidden(table))[0]).toBe(0);
    expect(await page.locator('.scroll td:visible').last().getAttribute('data-label')).toBeTruthy();
  });

  test('the overview of a screening: a tick level with the buttons beside it, and its rows apart on a telephone', async () => {
    const page = await shown('screening-overview', 'zh', 'desk');
    const button = await middle(page.getByRole('button', { name: '导出 Excel' }));
    expect(Math.abs((await middle(page.getByText('只看未报', { exact: true }))) - button)).toBeLessThan(3);
    await page.setViewportSize(SIZES.phone);
    const rows = await Promise.all((await page.locator('ul.card ul > li.row').all()).map(box));
    expect(rows.length).toBeGreaterThan(1);
    for (const [n, row] of rows.slice(1).entries()) expect(row.y - rows[n]!.y - rows[n]!.height).toBeGreaterThanOrEqual(8);
  });

  test('the stages of a move between versions: each name level with what it becomes', async () => {
    const page = await shown('procedure-migrate', 'en', 'desk');
    const row = page.locator('tr:has(.ant-select)').first();
    const [name, chosen] = [await middle(row.locator('label')), await middle(row.locator('.ant-select'))];
    expect(Math.abs(name - chosen)).toBeLessThan(3);
  });

  test.each(['desk', 'phone'] as const)('the last row of a form has room for its question: %s', async (size) => {
    const page = await shown('exchange-forms', 'en', size);
    expect((await box(page.locator('label[for="list-last"]'))).height).toBeLessThan(80);
  });

  test('what a procedure asks for stands below its action on a telephone', async () => {
    const page = await shown('procedure', 'en', 'phone');
    const list = page.getByRole('region', { name: 'Forms' }).locator('dl');
    const [action, asked] = [await box(list.locator('dt').first()), await box(list.locator('dd').first())];
    expect([asked.x, asked.y >= action.y + action.height]).toEqual([action.x, true]);
  });

  test.each(['desk', 'phone'] as const)('a small procedure is drawn whole: %s', async (size) => {
    const view = (await shown('procedure-hearing', 'zh', size)).locator('.drawing-view');
    await expect.poll(() => hidden(view)).toEqual([0, 0]);
  });

  test('a kind not yet chosen asks to be, and the commitment of a lot says what it is for', async () => {
    const dispute = await shown('dispute-new', 'zh', 'desk');
    await dispute.locator('.field:has(#kind)').getByText('请选择').waitFor();
    const screening = await shown('screening-form', 'zh', 'desk');
    await screening.locator('.field:has(#item-1-kind)').getByText('请选择').waitFor();
    const hearing = await shown('hearings', 'zh', 'desk');
    await hearing.getByText('任何人都可以核对', { exact: false }).first().waitFor();
  });
});
