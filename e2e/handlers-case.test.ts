import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, type Size, shownText, withPicture } from './browser.ts';
import { deskOf, photograph } from './journey-steps.ts';

/** The page of a case as those who work on it use it: the handler at a desk and on a phone, the verifier who sends work back. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const ask = async <T>(who: WorldPerson | 'anonymous', url: string, body?: object): Promise<T> => {
  const answer = await product.server.as(who, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) });
  expect(answer.statusCode, `${url} ${answer.body}`).toBeLessThan(300);
  return answer.json<T>();
};
const report = async (text: string, more: object = {}): Promise<string> => {
  const { categories, points } = product.server.world;
  const reporter = { phone: '13812345678', callBackWanted: true };
  const body = { id: v7(), text, categoryId: categories.lamp, point: points.inA11, address: '人民公园北门', reporter, ...more };
  return (await ask<Receipt>('anonymous', '/cases', body)).id;
};
const act = async (who: WorldPerson, id: string, action: string, input: object = {}): Promise<void> => {
  const { version } = await ask<CaseView>(who, `/cases/${id}`);
  await ask(who, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
};
const toHandler = async (id: string): Promise<void> => {
  const { people, organizations } = product.server.world;
  await act(people.dispatcherA, id, 'accept');
  await act(people.dispatcherA, id, 'dispatch', { organizationId: organizations.bodyA.organizationId, opinion: '请节前修复。' });
};

/** Names that are read aloud in a Chinese screen and are not Chinese. */
const englishNames = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[aria-label], [title]')]
      .flatMap((element) => [element.getAttribute('aria-label'), element.getAttribute('title')])
      .filter((name): name is string => name !== null && /^[A-Za-z][A-Za-z -]*$/u.test(name) && name !== 'English'),
  );

describe.each(['desk', 'phone'] as const)('the handler at the size of a %s', (size: Size) => {
  test('sees at a glance what, where, until when and what follows; answers by a template; and is never shown a telephone', async () => {
    const { people, organizations } = product.server.world;
    const title = `已修复${size}`;
    const text = '您反映的{category}（{caseNumber}）已修复。{dueDate}前如有问题，请联系{organization}。';
    await ask(people.bodyHeadA, '/reply-templates', { id: v7(), organizationId: organizations.bodyA.organizationId, title, text });
    const before = await report('公园北门路灯坏了，联系13812345678');
    await toHandler(before);
    await act(people.handlerA, before, 'acknowledge');
    const id = await report('公园北门坡道旁两盏路灯不亮，我叫李小明，打我电话13812345678。');
    await toHandler(id);
    await ask(people.dispatcherA, `/cases/${id}/notes`, { commandId: v7(), words: '住户情绪激动，上门请两人同行。' });

    const page = await product.open({ as: people.handlerA, size });
    await withPicture(page, `handler-${size}`, async () => {
      await page.goto(`/desk/cases/${id}`);
      const region = (name: string) => page.getByRole('region', { name, exact: true });
      await region('办到哪一步').locator('[aria-current="step"]').getByText('待签收').waitFor();
      await region('时限').getByText('还有 3 个工作日', { exact: false }).first().waitFor();
      await region('地点').getByText('人民公园北门').waitFor();
      await region('类似事项')
        .getByRole('link', { name: /公园北门路灯坏了/u })
        .first()
        .waitFor();
      await page.locator('.map-box[data-ready]').waitFor();
      await region('地点').getByRole('img', { name: '事项位置' }).waitFor();

      // What follows is said before it is done; recall is not the handler's.
      await page.getByRole('button', { name: '签收', exact: true }).click();
      const taking = page.getByRole('dialog', { name: '签收' });
      await taking.getByText('进入“办理中”环节。').waitFor();
      await taking.getByText('诉求人会看到：“承办单位已签收”。').waitFor();
      await taking.getByRole('button', { name: '提交' }).click();
      await taking.waitFor({ state: 'detached' });
      await region('办到哪一步').locator('[aria-current="step"]').getByText('办理中').waitFor();
      expect(await page.getByRole('button', { name: '撤回', exact: true }).count()).toBe(0);

      await page.getByRole('button', { name: '办结', exact: true }).click();
      const ending = page.getByRole('dialog', { name: '办结' });
      await ending.getByText('“承办时限”停止计时。').waitFor();
      await ending.getByText('您以后不能再对此事项办理', { exact: false }).waitFor();
      await ending.getByLabel('给“办理结果”用回复模板').click();
      await page.locator('.ant-select-item-option', { hasText: title }).click();
      const result = ending.getByLabel('办理结果', { exact: true });
      await expect
        .poll(() => result.inputValue())
        .toMatch(/^您反映的路灯不亮（GD2026-\d+）已修复。10月10日.*前如有问题，请联系甲镇规划建设办。$/u);
      await ending.locator('input[type=file]').setInputFiles(await photograph(page));
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
      expect(await englishNames(page)).toEqual([]);
      await ending.getByRole('button', { name: '提交' }).click();
      await ending.waitFor({ state: 'detached' });

      // The record: evidence as pictures, what stays inside apart from what the reporter reads.
      const record = region('流转记录');
      await record.getByRole('listitem').filter({ hasText: '办结' }).getByRole('img', { name: '照片' }).first().waitFor();
      await record.getByText('诉求人看得到的').click();
      await expect.poll(() => record.getByText('住户情绪激动', { exact: false }).count()).toBe(0);
      await record.getByText('仅内部').first().click();
      await record.getByText('住户情绪激动', { exact: false }).waitFor();
      expect(await record.getByText('已修复', { exact: false }).count()).toBe(0);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);

      // What goes into a chat group names nobody; the page itself shows what was said.
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: '复制转发文字' }).click();
      await page.getByText('已复制').waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain('公园北门坡道旁两盏路灯不亮');
      expect(copied).not.toMatch(/13812345678|李小明/u);
    });
    await page.context().close();
  });
});

test('a case without a place says so, and its diagram shows where it stands', async () => {
  const { people } = product.server.world;
  const id = await report('想反映一件事，说不清在哪里。', { point: undefined, address: undefined });
  const page = await product.open({ as: people.operator });
  await withPicture(page, 'no-place', async () => {
    const seen = await product.server.as(people.operator, { url: `/api/v1/cases/${id}` });
    expect(seen.statusCode, seen.body).toBe(200);
    await page.goto(`/desk/cases/${id}`);
    await page.getByText('此事项没有位置', { exact: false }).waitFor();
    expect(await page.locator('.map-box').count()).toBe(0);
    await page.getByText('在流程图上看').click();
    const diagram = page.getByRole('img', { name: '办理流程图，现在在“待受理”' });
    await expect.poll(() => diagram.evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBeGreaterThan(400);
  });
  await page.context().close();
});

test('the verifier refuses, the handler does it again, and the second check passes; who handled may not check', async () => {
  const { people } = product.server.world;
  const { open, act: press } = deskOf(product);
  const id = await report('北门两盏路灯不亮，一盏在坡上，一盏在坡下。');
  await toHandler(id);
  const handler = await open(people.handlerA, id);
  await press(handler, '签收');
  const resolve = async (words: string): Promise<void> =>
    press(handler, '办结', async (drawer) => {
      await drawer.getByLabel('办理结果', { exact: true }).fill(words);
      await drawer.locator('input[type=file]').setInputFiles(await photograph(handler));
    });
  await resolve('坡上的灯已修好。');

  const verifier = await open(people.verifierA, id);
  await withPicture(verifier, 'verifier-refuses', async () => {
    await verifier.getByRole('button', { name: '返工', exact: true }).click();
    const drawer = verifier.getByRole('dialog', { name: '返工' });
    await drawer.getByText('进入“办理中”环节。').waitFor();
    await drawer.getByText('“承办时限”开始计时', { exact: false }).waitFor();
    // Without a reason it is not sent.
    await drawer.getByRole('radio', { name: '现场核查' }).check();
    await drawer.getByRole('button', { name: '提交' }).click();
    await drawer.getByText('必填。').waitFor();
    await drawer.getByLabel('返工理由', { exact: true }).fill('坡下那盏还是不亮。');
    await drawer.getByRole('button', { name: '提交' }).click();
    await drawer.waitFor({ state: 'detached' });
    await verifier.getByRole('region', { name: '办到哪一步' }).locator('[aria-current="step"]').getByText('办理中').waitFor();
  });

  // The handler's window hears of it and shows why; the way shows that it was here before.
  await withPicture(handler, 'verifier-again', async () => {
    await handler.getByText('坡下那盏还是不亮。').waitFor();
    const stages = await handler.getByRole('region', { name: '办到哪一步' }).locator('ol.way > li').allInnerTexts();
    expect(stages.map((text) => text.replace(/[✓▼]|（现在）|\d.*$/gu, '').trim())).toEqual([
      '待受理',
      '待派单',
      '待签收',
      '办理中',
      '待核查',
      '办理中',
    ]);
    expect(await handler.getByRole('button', { name: '核查通过' }).count()).toBe(0);
  });
  await resolve('坡下的灯也修好了。');
  await withPicture(verifier, 'verifier-passes', async () => {
    await verifier.getByText('坡下的灯也修好了。').waitFor();
  });
  await press(verifier, '核查通过', async (drawer) => drawer.getByRole('radio', { name: '现场核查' }).check());
  await verifier.getByText('待答复', { exact: true }).first().waitFor();
  expect(await shownText(verifier)).not.toContain('13812345678');
});
