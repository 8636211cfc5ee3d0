import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import { makeRecord, PATROL_FORM, PREMISES_FORM, publishForms } from '@tongxin/server/modules/field/build.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accessibilityFindings,
  bootProduct,
  closeBrowser,
  type Language,
  overhang,
  type Product,
  type Size,
  settled,
  shownText,
  withPicture,
} from './browser.ts';
import { fillScreens, LAMP, rawCodes } from './desk-screens.ts';

/**
 * Every screen of the portal in both languages and both sizes: a picture into the ignored folder `screenshots/` for people to look at (`npm run
 * screenshots` and TONGXIN_LONG=1), and what a machine can see at once: WCAG findings, text cut off at the side, raw codes instead of words.
 */
const PICTURES = Boolean(process.env.TONGXIN_SCREENS ?? process.env.TONGXIN_LONG);
const pictures = resolve(import.meta.dirname, '../screenshots');
/** A one-pixel PNG: a photograph as far as a form is concerned. */
const PHOTO = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

let product: Product;
let lamp: Receipt;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  product = await bootProduct();
  ({ lamp } = await fillScreens(product));
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const look = async (page: Page, name: string, language: Language, size: Size): Promise<void> => {
  await settled(page);
  if (PICTURES) await page.screenshot({ path: join(pictures, `${name}-${language}-${size}.png`), fullPage: true });
  const at = `${name} ${language} ${size}`;
  expect.soft(await accessibilityFindings(page), at).toEqual([]);
  expect.soft(await overhang(page), `${at}: wider than the window`).toBe(0);
  // Letters twice as large (WCAG 2.2, 1.4.4).
  const enlarge = (size: string): Promise<void> =>
    page.evaluate((set) => {
      document.documentElement.style.fontSize = set;
    }, size);
  await enlarge('200%');
  expect.soft(await overhang(page), `${at}: wider than the window with letters twice as large`).toBe(0);
  await enlarge('');
  expect.soft(rawCodes(await shownText(page)), `${at}: codes shown`).toEqual([]);
  if (size === 'phone') await reflow(page, at);
};

/** Nothing is lost in a narrow window with letters twice as large (WCAG 1.4.4, 1.4.10). */
const reflow = async (page: Page, at: string): Promise<void> => {
  const before = page.viewportSize()!;
  const letters = (size: string) => page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), size);
  await page.setViewportSize({ width: 320, height: before.height });
  await letters('200%');
  expect.soft(await overhang(page), `${at}: wider than 320 with letters twice as large`).toBe(0);
  await letters('');
  await page.setViewportSize(before);
};

const COMBINATIONS = (['zh', 'en'] as const).flatMap((language) => (['desk', 'phone'] as const).map((size) => ({ language, size })));

describe.each(COMBINATIONS)('a resident in $language at the size of a $size', ({ language, size }) => {
  const words = (zh: string, en: string): string => (language === 'zh' ? zh : en);

  test('finds the way, reports, and sees every step', async () => {
    const page = await product.open({ size, language });
    await withPicture(page, `portal-${language}-${size}`, async () => {
      await page.goto('/');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await look(page, 'portal-home', language, size);

      await page.getByRole('link', { name: words('报一件事', 'Report something') }).click();
      await page.getByRole('button', { name: words('提交', 'Send') }).click();
      await page.getByText(words('请先写一写是什么事。', 'Please say what the matter is.')).waitFor();
      await look(page, 'portal-report-empty', language, size);

      await page
        .getByLabel(words('什么事？', 'What is the matter?'))
        .fill(words('三楼电梯困人，有烧焦味，冒烟', 'Somebody is trapped in the lift, smoke coming'));
      await page.getByRole('link', { name: /119/ }).first().waitFor();
      // What was wrong is right now, and is no longer said to be wrong.
      await page
        .getByText(words('还有地方要改', 'Please correct what is marked in red above'), { exact: false })
        .waitFor({ state: 'detached' });
      await look(page, 'portal-report-danger', language, size);

      await page.getByLabel(words('什么事？', 'What is the matter?')).fill(LAMP[language]);
      await page.locator('input[type=file]').last().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PHOTO });
      await page.getByRole('img', { name: words('第 1 张照片', 'Photo 1') }).waitFor();
      await page.getByText(words('从列表里选', 'Choose from a list')).click();
      await page.getByLabel(words('镇街', 'Town or subdistrict')).selectOption({ index: 1 });
      await page.getByLabel(words('村（社区）', 'Village or community')).selectOption({ index: 1 });
      await page.getByText(words('再多说一点（都可以不填）', 'Tell us more (all optional)')).click();
      await page.getByLabel(words('属于哪一类？', 'What kind of matter?')).waitFor();
      await look(page, 'portal-report-filled', language, size);

      // A closed tab loses nothing.
      await page.waitForTimeout(600);
      await page.reload();
      await page.getByText(words('您上次没写完的内容还在。', 'What you had not finished is still here.')).waitFor();
      expect(await page.getByLabel(words('什么事？', 'What is the matter?')).inputValue()).toBe(LAMP[language]);

      await page.getByRole('button', { name: words('提交', 'Send'), exact: true }).click();
      await page.getByText(words('收到了，谢谢您', 'We have it. Thank you')).waitFor();
      await look(page, 'portal-receipt', language, size);
      await page.getByRole('link', { name: words('看进度', 'See progress'), exact: true }).click();
      await page.getByText(words('现在到哪一步', 'Where it stands')).waitFor();
      await page
        .getByText(words('接着是：已受理，正在安排承办单位', 'if all goes well: Accepted; we are choosing who handles it'), {
          exact: false,
        })
        .waitFor();
      await page.locator('.photos img').first().waitFor();
      await look(page, 'portal-case-new', language, size);

      await page.goto('/track');
      await page.getByText(words('这台手机上报过的事', 'Reported from this phone')).waitFor();
      await look(page, 'portal-track', language, size);
      await page.goto(`/r/${lamp.queryCode}`);
      await page.getByText(words('已经做了什么', 'What has been done')).waitFor();
      await look(page, 'portal-case', language, size);
      await page.getByRole('button', { name: words('补充材料', 'Add information') }).click();
      await look(page, 'portal-case-form', language, size);
      await page.goto('/r/NOSUCHCODE1');
      await page.getByText(words('没有找到这个查询码', 'No such query code'), { exact: false }).waitFor();
      await look(page, 'portal-case-unknown', language, size);
      await page.goto('/letter');
      await page.getByRole('heading', { name: words('信访事项的时限', 'Time limits for a letter') }).waitFor();
      await look(page, 'portal-letter-ways', language, size);
      await page.goto('/reception');
      await page.getByText(words('10月9日', '9 October'), { exact: false }).waitFor();
      await look(page, 'portal-reception', language, size);
      await page.getByText(words('10月9日', '9 October'), { exact: false }).click();
      await page.getByRole('heading', { name: words('登录', 'Sign in') }).waitFor();
      await look(page, 'portal-sign-in', language, size);
      await page.goto('/legal');
      await page.getByText(words('甲一社区', 'Community A1'), { exact: false }).first().waitFor();
      await look(page, 'portal-legal', language, size);
      await page.getByRole('link', { name: words('法律援助自测', 'Check for legal aid') }).click();
      await page.getByLabel(words('为了什么事', 'What is it about?')).selectOption('wages');
      await page.getByLabel(words('全家一个月收入多少元', 'What your whole household earns')).fill('4000');
      await page.getByLabel(words('家里几口人', 'How many people live in your household?')).fill('2');
      await page.getByRole('heading', { name: words('可以申请', 'You may apply'), exact: true }).waitFor();
      await look(page, 'portal-legal-aid', language, size);
      await page.goto('/letter/write');
      await page.getByLabel(words('来信内容', 'Your letter')).waitFor();
      await look(page, 'portal-letter', language, size);
      await page.getByRole('button', { name: words('大字版', 'Large type') }).click();
      await look(page, 'portal-letter-large', language, size);
      await page.context().setOffline(true);
      await page.getByLabel(words('来信内容', 'Your letter')).fill('…');
      await look(page, 'portal-offline', language, size);
    });
    await page.context().close();
  });
});

describe('a worker outside', () => {
  let records: Readonly<Record<'visit' | 'patrol' | 'premises', string>>;
  beforeAll(async () => {
    const { server } = product;
    const { gridWorkerA } = server.world.people;
    await publishForms(server, [PREMISES_FORM, PATROL_FORM]);
    records = {
      premises: await makeRecord(server, gridWorkerA, 'premises', { operator: '陈某', staff: 3 }),
      patrol: await makeRecord(server, gridWorkerA, 'patrol', { charging: true }),
      visit: await makeRecord(server, gridWorkerA, 'visit'),
    };
  });

  test.each(['zh', 'en'] as const)('finds every screen readable on a telephone: %s', async (language) => {
    const page = await product.open({ as: product.server.world.people.gridWorkerA, size: 'phone', language });
    const words = (zh: string, en: string): string => (language === 'zh' ? zh : en);
    await withPicture(page, `field-${language}`, async () => {
      for (const [name, path] of [
        ['today', ''],
        ['new', '/new'],
        ['patrols', '/patrols'],
        ['patrol', `/patrols/${records.patrol}`],
        ['visits', '/visits'],
        ['visit', `/visits/${records.visit}`],
        ['premises-list', '/premises'],
        ['premises', `/premises/${records.premises}`],
        ['outbox', '/outbox'],
        ['sos', '/sos'],
      ] as const) {
        await page.goto(`/field${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByRole('navigation', { name: words('外勤', 'Field work') }).waitFor();
        await look(page, `field-${name}`, language, 'phone');
      }
    });
    await page.context().close();
  });
});
