import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootProduct, closeBrowser, type Product, withPicture } from './browser.ts';
import { photograph } from './journey-steps.ts';

/** A dispatcher whose mouse is broken: from the list to an answered, closed case, with keys alone. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const report = async (text: string, callBackWanted = false): Promise<string> => {
  const { categories, points } = product.server.world;
  const answer = await product.server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text, categoryId: categories.lamp, point: points.inA11, reporter: { phone: '13812345678', callBackWanted } },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Receipt>().id;
};

/** Presses Tab until what has the focus answers to a name. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null;
      const labelled = (at?.id ? document.querySelector(`label[for="${at.id}"]`) : at?.closest('label'))?.textContent;
      return [at?.getAttribute('aria-label'), labelled, at?.textContent].filter(Boolean).join(' ');
    });
    if (name.test(focused)) return;
  }
  throw new Error(`Tab never came to ${name}`);
};

test('the list, a case and its actions are reached, filled and sent without a mouse', async () => {
  const { people } = product.server.world;
  await report('第一盏路灯不亮。');
  await product.setTime('2026-09-30T13:41:00.000Z');
  await report('第二盏路灯不亮。');
  const page = await product.open({ as: people.dispatcherA });
  await withPicture(page, 'keyboard', async () => {
    await page.goto('/desk/');
    await page.getByRole('link', { name: '第一盏路灯不亮。' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('第一盏路灯不亮。');
    await page.keyboard.press('k');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('第二盏路灯不亮。');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '第一盏路灯不亮。' }).waitFor();

    // The first action is to accept; its form is sent from the keys.
    await page.keyboard.press('1');
    const accepting = page.getByRole('dialog', { name: '受理' });
    await accepting.waitFor();
    await tabTo(page, /^提交$/u);
    await page.keyboard.press('Enter');
    await accepting.waitFor({ state: 'detached' });
    await page.getByText('待派单', { exact: true }).first().waitFor();

    // A question is answered at once.
    const answers = page.getByRole('button', { name: '直接答复' });
    await page.keyboard.press((await answers.getAttribute('aria-keyshortcuts'))!);
    const answering = page.getByRole('dialog', { name: '直接答复' });
    await answering.waitFor();
    await tabTo(page, /答复内容/u);
    // Keys of the list and the case are letters and figures here.
    await page.keyboard.type('已修好 1 盏，u 型灯杆 j k / 均已检查。');
    await tabTo(page, /^提交$/u);
    await page.keyboard.press('Enter');
    await answering.waitFor({ state: 'detached' });
    await page.getByText('已修好 1 盏，u 型灯杆 j k / 均已检查。').waitFor();
    await page.keyboard.press('u');
    await page.getByRole('heading', { name: '收件箱' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('第二盏');
    await page.keyboard.press('Enter');
    await page.getByText('共 1 件').waitFor();
  });
  await page.context().close();
});

test('from the inbox to the close: dispatch, receipt, evidence, the check, a paper, the answer, the call-back and the end, by four people with keys alone', async () => {
  const { people } = product.server.world;
  const words = '第三盏路灯不亮。';
  const id = await report(words, true);
  const at = async (who: WorldPerson): Promise<Page> => {
    const page = await product.open({ as: who });
    await page.goto('/desk/');
    const row = page.getByRole('link', { name: words });
    await row.waitFor();
    for (let presses = 0; presses < 10 && !(await row.evaluate((one) => one === document.activeElement)); presses++)
      await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: words }).waitFor();
    return page;
  };
  /** Takes an action by its figure, fills its form and sends it. */
  const take = async (page: Page, action: string, fill: () => Promise<void> = async () => {}): Promise<void> => {
    const key = await page.getByRole('button', { name: action, exact: true }).getAttribute('aria-keyshortcuts');
    await page.keyboard.press(key!);
    const drawer = page.getByRole('dialog', { name: action });
    await drawer.waitFor();
    await fill();
    await tabTo(page, /^提交$/u);
    await page.keyboard.press('Enter');
    await drawer.waitFor({ state: 'detached' });
  };
  const dispatcher = await at(people.dispatcherA);
  await withPicture(dispatcher, 'keyboard-dispatch', async () => {
    await take(dispatcher, '受理');
    await take(dispatcher, '派单', async () => {
      await tabTo(dispatcher, /主办单位/u);
      await dispatcher.keyboard.type('规划建设');
      await dispatcher.getByText('甲镇规划建设办（清单指明', { exact: false }).waitFor();
      await dispatcher.keyboard.press('Enter');
    });
  });
  const handler = await at(people.handlerA);
  await withPicture(handler, 'keyboard-handle', async () => {
    await take(handler, '签收');
    await take(handler, '办结', async () => {
      await tabTo(handler, /^办理结果/u);
      await handler.keyboard.type('已更换灯具。');
      await tabTo(handler, /^添加附件$/u);
      const choosing = handler.waitForEvent('filechooser');
      await handler.keyboard.press('Enter');
      await (await choosing).setFiles(await photograph(handler));
      await handler.getByText('照片 · 照片.png').waitFor();
    });
  });
  const verifier = await at(people.verifierA);
  await withPicture(verifier, 'keyboard-verify', () =>
    take(verifier, '核查通过', async () => {
      await tabTo(verifier, /现场/u);
      await verifier.keyboard.press('Space');
    }),
  );
  await withPicture(dispatcher, 'keyboard-close', async () => {
    await dispatcher.getByRole('button', { name: '答复', exact: true }).waitFor();
    // A paper of it, too.
    await tabTo(dispatcher, /^新建文书$/u);
    await dispatcher.keyboard.press('Enter');
    const paper = dispatcher.getByRole('dialog', { name: '新建文书' });
    await paper.getByLabel('标题', { exact: true }).waitFor();
    await tabTo(dispatcher, /^标题$/u);
    await dispatcher.keyboard.press('ControlOrMeta+A');
    await dispatcher.keyboard.type('路灯修复告知');
    await tabTo(dispatcher, /^定稿$/u);
    await dispatcher.keyboard.press('Enter');
    await paper.waitFor({ state: 'detached' });
    await dispatcher.getByText('路灯修复告知', { exact: true }).waitFor();
    await take(dispatcher, '答复', async () => {
      await tabTo(dispatcher, /^答复内容/u);
      await dispatcher.keyboard.type('路灯已修好。');
    });
    await dispatcher.getByRole('button', { name: '回访接通', exact: true }).waitFor();
    await take(dispatcher, '回访接通', async () => {
      for (const answer of [/^已解决$/u, /^满意$/u]) {
        await tabTo(dispatcher, answer);
        await dispatcher.keyboard.press('Space');
      }
    });
    await dispatcher.getByRole('button', { name: '结案', exact: true }).waitFor();
    await take(dispatcher, '结案');
    await dispatcher.getByText('已结案', { exact: true }).first().waitFor();
  });
  const { ended } = (await product.server.as(people.dispatcherA, { url: `/api/v1/cases/${id}` })).json<CaseView>();
  expect(ended).toBeDefined();
});

test('who wants no single keys switches them off, and they do nothing', async () => {
  const { people } = product.server.world;
  const page = await product.open({ as: people.dispatcherA });
  await withPicture(page, 'keyboard-off', async () => {
    await page.goto('/desk/account');
    await page.getByLabel('使用单键快捷键', { exact: false }).uncheck();
    await page.goto('/desk/');
    await page.locator('a[data-case]').first().waitFor();
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  });
  await page.context().close();
});

test('the menu of setting up opens, is walked and closes by keys, and gives the focus back', async () => {
  const page = await product.open({ as: product.server.world.people.administrator, size: 'phone' });
  await withPicture(page, 'keyboard-menu', async () => {
    await page.goto('/desk/');
    const menu = page.getByRole('button', { name: '管理', exact: true });
    const procedures = page.getByRole('link', { name: '办理流程', exact: true });
    await menu.focus();
    await page.keyboard.press('Enter');
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await tabTo(page, /^办理流程$/u);
    await page.keyboard.press('Escape');
    await procedures.waitFor({ state: 'hidden' });
    expect(await menu.evaluate((one) => one === document.activeElement)).toBe(true);

    await page.keyboard.press('Enter');
    // The last of them: what comes after it is the page.
    await tabTo(page, /^公开$/u);
    await page.keyboard.press('Tab');
    await expect.poll(() => menu.getAttribute('aria-expanded')).toBe('false');

    await menu.focus();
    await page.keyboard.press('Enter');
    await tabTo(page, /^办理流程$/u);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '办理流程' }).waitFor();
    await procedures.waitFor({ state: 'hidden' });
  });
});

test('a resident reports, follows the receipt and rates the answer with keys alone', async () => {
  const page = await product.open({ size: 'phone' });
  await withPicture(page, 'keyboard-portal', async () => {
    await page.goto('/');
    await tabTo(page, /^报一件事/u);
    await page.keyboard.press('Enter');
    await page.getByLabel('什么事？').waitFor();
    await tabTo(page, /^什么事？/u);
    await page.keyboard.type('请问小孩在哪里报名上学');
    await tabTo(page, /^提交$/u);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '收到了，谢谢您' }).waitFor();
    const code = await page.locator('.code').first().textContent();
    await tabTo(page, /^看进度$/u);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '请问小孩在哪里报名上学' }).waitFor();

    const { id } = (await product.server.as('anonymous', { url: `/api/v1/receipts/${code}` })).json<Receipt>();
    for (const [version, action, input] of [
      [1, 'accept', {}],
      [2, 'answerDirectly', { reply: '在社区服务中心报名。' }],
    ] as const) {
      const body = { commandId: v7(), action, version, input };
      const done = await product.server.as(product.server.world.people.hotlineDispatcher, {
        method: 'POST',
        url: `/api/v1/cases/${id}/actions`,
        body,
      });
      expect(done.statusCode, done.body).toBe(200);
    }
    await tabTo(page, /^刷新$/u);
    await page.keyboard.press('Enter');
    await page.getByText('在社区服务中心报名。').waitFor();
    await tabTo(page, /^满意$/u);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '满意', exact: true, pressed: true }).waitFor();
  });
});
