import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  accessibilityFindings,
  bootProduct,
  closeBrowser,
  type Language,
  overhang,
  type Product,
  type Size,
  shownText,
  withPicture,
} from './browser.ts';

/**
 * Every screen in both languages and both sizes: a picture into the ignored folder `screenshots/` for people to look at, and what a machine
 * can see at once: WCAG findings, text cut off at the side, raw codes instead of words.
 */
const pictures = resolve(import.meta.dirname, '../screenshots');
/** A one-pixel PNG: a photograph as far as a form is concerned. */
const PHOTO = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const LAMP = { zh: '人民公园北门坡道旁两盏路灯不亮，晚上看不清台阶。', en: 'Two street lamps by the ramp of the north gate are dark.' };

let product: Product;
let lamp: Receipt;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  product = await bootProduct();
  const { world } = product.server;
  lamp = await file({
    text: LAMP.zh,
    categoryId: 'municipal.lampOut',
    address: '甲镇 甲一社区 人民公园北门',
    reporter: { name: '李某某', phone: '13800000000', protected: true, callBackWanted: true },
  });
  await act(world.people.dispatcherA, lamp.id, 'accept');
  await act(world.people.dispatcherA, lamp.id, 'dispatch', {
    organizationId: world.organizations.bodyA.organizationId,
    opinion: '请节前修复。',
  });
  await act(world.people.handlerA, lamp.id, 'acknowledge');
  await act(world.people.handlerA, lamp.id, 'firstContact', { means: 'telephone', outcome: 'reached', note: '已说明节前处理。' });
  for (const text of ['垃圾桶满了两天没人清', '小区门口有人占道摆摊']) await file({ text });
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const file = async (body: Record<string, unknown>): Promise<Receipt> => {
  const answer = await product.server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), point: { lon: 113.03, lat: 22.03 }, ...body },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const act = async (who: WorldPerson, id: string, action: string, input?: Record<string, unknown>): Promise<void> => {
  const seen = await product.server.as(who, { url: `/api/v1/cases/${id}` });
  const { version } = seen.json<CaseView>();
  const answer = await product.server.as(who, {
    method: 'POST',
    url: `/api/v1/cases/${id}/actions`,
    body: { commandId: v7(), action, version, ...(input ? { input } : {}) },
  });
  expect(answer.statusCode, answer.body).toBe(200);
};

/** camelCase and dotted words are codes that nobody should read. */
const rawCodes = (text: string): string[] =>
  [...text.matchAll(/\b(?:[a-z]+[A-Z]\w+|[a-z]+\.[a-z]+[A-Z]?\w*)\b/g)]
    .map(([code]) => code)
    .filter((code) => !/^(github|www)\./.test(code));

const look = async (page: Page, name: string, language: Language, size: Size): Promise<void> => {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.screenshot({ path: join(pictures, `${name}-${language}-${size}.png`), fullPage: true });
  const at = `${name} ${language} ${size}`;
  expect.soft(await accessibilityFindings(page), at).toEqual([]);
  expect.soft(await overhang(page), `${at}: wider than the window`).toBe(0);
  expect.soft(rawCodes(await shownText(page)), `${at}: codes shown`).toEqual([]);
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
      await look(page, 'portal-report-danger', language, size);

      await page.getByLabel(words('什么事？', 'What is the matter?')).fill(LAMP[language]);
      await page.locator('input[type=file]').last().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PHOTO });
      await page.getByRole('img', { name: words('第 1 张照片', 'Photo 1') }).waitFor();
      await page.getByText(words('从列表里选', 'Choose from a list')).click();
      await page.getByLabel(words('镇街', 'Town or street')).selectOption({ index: 1 });
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

describe.each(COMBINATIONS)('staff in $language at the size of a $size', ({ language, size }) => {
  const words = (zh: string, en: string): string => (language === 'zh' ? zh : en);

  test('find their work, act on it, log a call, and see the figures', async () => {
    const { world } = product.server;
    const stranger = await product.open({ size, language });
    await withPicture(stranger, `desk-sign-in-${language}-${size}`, async () => {
      await stranger.goto('/desk/');
      await stranger.getByLabel(words('用户名', 'User name')).waitFor();
      await look(stranger, 'desk-sign-in', language, size);
    });
    const page = await product.open({ size, language, as: world.people.dispatcherA });
    await withPicture(page, `desk-${language}-${size}`, async () => {
      await page.goto('/desk/');
      await page.getByText(LAMP.zh.slice(0, 8), { exact: false }).first().waitFor();
      await look(page, 'desk-inbox', language, size);
      await page.goto(`/desk/cases/${lamp.id}`);
      await page.getByText(words('流转记录', 'Record'), { exact: true }).waitFor();
      await look(page, 'desk-case', language, size);
      await page
        .getByRole('button', { name: words('查看信息', 'See details') })
        .first()
        .click();
      await page.getByLabel(words('查看用途', 'Purpose')).waitFor();
      await look(page, 'desk-party', language, size);
      const other = await file({ text: '路口垃圾桶满溢', categoryId: 'sanitation.binFull' });
      await act(world.people.dispatcherA, other.id, 'accept');
      await page.goto(`/desk/cases/${other.id}`);
      await page.getByRole('button', { name: words('派单', 'Dispatch'), exact: true }).click();
      await page.getByLabel(words('主办单位', 'Lead body')).click();
      await page.getByText(words('清单指明', 'named by the duty list'), { exact: false }).first().waitFor();
      await look(page, 'desk-dispatch', language, size);
      for (const [path, name] of [
        ['log', 'desk-log'],
        ['map', 'desk-map'],
        ['statistics', 'desk-statistics'],
        ['procedures', 'desk-procedures'],
        ['notices', 'desk-notices'],
        ['account', 'desk-account'],
      ] as const) {
        await page.goto(`/desk/${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await look(page, name, language, size);
      }
    });
    await page.context().close();
    await stranger.context().close();
  });
});
