import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import { announce, makeLine } from '@tongxin/server/modules/hotline/build.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, type Product, withPicture } from './browser.ts';
import { photograph } from './journey-steps.ts';

/** A form that loses its network, its tab or its answer in the middle: nothing that was written is lost, and nothing is done twice. */
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
/** A case in the handler's hands. */
const inHand = async (text: string): Promise<string> => {
  const { people, organizations, categories, points } = product.server.world;
  const { id } = await ask<Receipt>('anonymous', '/cases', { id: v7(), text, categoryId: categories.lamp, point: points.inA11 });
  for (const [who, action, input] of [
    [people.dispatcherA, 'accept', {}],
    [people.dispatcherA, 'dispatch', { organizationId: organizations.bodyA.organizationId }],
    [people.handlerA, 'acknowledge', {}],
  ] as const) {
    const { version } = await ask<CaseView>(who, `/cases/${id}`);
    await ask(who, `/cases/${id}/actions`, { commandId: v7(), action, version, input });
  }
  return id;
};
const resolvedTimes = async (id: string): Promise<number> =>
  (await ask<CaseView>(product.server.world.people.handlerA, `/cases/${id}`)).record.filter(({ action }) => action === 'resolve').length;

const openForm = async (page: Page, id: string) => {
  await page.goto(`/desk/cases/${id}`);
  await page.getByRole('button', { name: /^办结/u }).click();
  const drawer = page.getByRole('dialog', { name: '办结' });
  await drawer.getByLabel('办理结果', { exact: true }).waitFor();
  return drawer;
};
const WORDS = '已更换两盏灯具，夜间复查正常。';
const SAVED = '已保存在这台设备上，还没有发出';

test('half filled in a tab that was closed, it is there in the next one, pictures too', async () => {
  const { people } = product.server.world;
  const id = await inHand('东门路灯不亮');
  const page = await product.open({ as: people.handlerA });
  await withPicture(page, 'lost-tab', async () => {
    const drawer = await openForm(page, id);
    await drawer.getByLabel('办理结果', { exact: true }).fill(WORDS);
    await drawer.locator('input[type=file]').setInputFiles(await photograph(page));
    await drawer.getByText('照片 · 照片.png').waitFor();
    await drawer.getByText(SAVED).waitFor();
  });
  const next = await page.context().newPage();
  await page.close();
  await withPicture(next, 'lost-tab-next', async () => {
    await next.goto('/desk/');
    await next.getByText('有 1 项上次没有填完', { exact: false }).waitFor();
    await next.getByRole('link', { name: /GD2026-\d+ 办结/u }).click();
    await next.getByRole('button', { name: /^办结.*未提交/u }).click();
    const drawer = next.getByRole('dialog', { name: '办结' });
    await drawer.getByText('这是您上次没有提交的内容', { exact: false }).waitFor();
    expect(await drawer.getByLabel('办理结果', { exact: true }).inputValue()).toBe(WORDS);
    await drawer.getByText('照片 · 照片.png').waitFor();
    await drawer.getByRole('button', { name: '提交' }).click();
    await drawer.waitFor({ state: 'detached' });
    await next.getByText(WORDS).waitFor();
    expect(await next.getByText('未提交').count()).toBe(0);
  });
  expect(await resolvedTimes(id)).toBe(1);
  await next.context().close();
});

test('sent without a network it says so, waits, and goes by itself when there is one', async () => {
  const { people } = product.server.world;
  const id = await inHand('西门路灯不亮');
  const page = await product.open({ as: people.handlerA });
  await withPicture(page, 'lost-network', async () => {
    const drawer = await openForm(page, id);
    await drawer.getByLabel('办理结果', { exact: true }).fill(WORDS);
    await drawer.locator('input[type=file]').setInputFiles(await photograph(page));
    await page.context().setOffline(true);
    await drawer.getByRole('button', { name: '提交' }).click();
    await drawer.getByRole('alert').filter({ hasText: SAVED }).waitFor();
    expect(await drawer.getByLabel('办理结果', { exact: true }).inputValue()).toBe(WORDS);
    await drawer.getByRole('button', { name: '先关上，稍后自动发送' }).click();
    await drawer.waitFor({ state: 'detached' });
    await page.getByText('有 1 项保存在这台设备上，还没有发出', { exact: false }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await resolvedTimes(id)).toBe(0);
    await page.context().setOffline(false);
    await page.getByText('待核查', { exact: true }).first().waitFor();
    await page.getByText('还没有发出', { exact: false }).waitFor({ state: 'detached' });
  });
  expect(await resolvedTimes(id)).toBe(1);
  await page.context().close();
});

test('done on the server while the answer was lost, it is not done again', async () => {
  const { people } = product.server.world;
  const id = await inHand('南门路灯不亮');
  const page = await product.open({ as: people.handlerA });
  let lost = 0;
  await page.route(`**/api/v1/cases/${id}/actions`, async (route) => {
    if (lost >= 3) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await withPicture(page, 'lost-answer', async () => {
    const drawer = await openForm(page, id);
    await drawer.getByLabel('办理结果', { exact: true }).fill(WORDS);
    await drawer.locator('input[type=file]').setInputFiles(await photograph(page));
    await drawer.getByRole('button', { name: '提交' }).click();
    await drawer.getByRole('alert').filter({ hasText: SAVED }).waitFor();
    expect(await resolvedTimes(id)).toBe(1);
    await drawer.getByRole('button', { name: '现在发送' }).click();
    await drawer.waitFor({ state: 'detached' });
  });
  expect([lost, await resolvedTimes(id)]).toEqual([3, 1]);
  await page.context().close();
});

test('a refusal gives the words back; the case moved on meanwhile and the writer looks again', async () => {
  const { people } = product.server.world;
  const id = await inHand('北门路灯不亮');
  const page = await product.open({ as: people.handlerA });
  await withPicture(page, 'lost-race', async () => {
    const drawer = await openForm(page, id);
    await drawer.getByLabel('办理结果', { exact: true }).fill(WORDS);
    await drawer.locator('input[type=file]').setInputFiles(await photograph(page));
    await page.context().setOffline(true);
    await drawer.getByRole('button', { name: '提交' }).click();
    await drawer.getByRole('alert').filter({ hasText: SAVED }).waitFor();
    await ask(people.dispatcherA, `/cases/${id}/notes`, { commandId: v7(), words: '先别办结，再看看。' });
    await page.context().setOffline(false);
    await page.getByText('有 1 项没有发成，请打开核对', { exact: false }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^办结.*未提交/u }).click();
    await drawer.getByText('上次没有发成', { exact: false }).waitFor();
    expect(await drawer.getByLabel('办理结果', { exact: true }).inputValue()).toBe(WORDS);
    await drawer.getByRole('button', { name: '提交' }).click();
    await drawer.waitFor({ state: 'detached' });
  });
  expect(await resolvedTimes(id)).toBe(1);
  await page.context().close();
});

test('signing out asks, and then forgets what was not sent', async () => {
  const { people } = product.server.world;
  const id = await inHand('中门路灯不亮');
  const page = await product.open({ as: people.handlerA2 });
  await page.context().clearCookies();
  const [name, value] = product.server.headersOf(people.bodyHeadA).cookie!.split('=', 2) as [string, string];
  await page.context().addCookies([{ name, value, url: product.base }]);
  await withPicture(page, 'lost-sign-out', async () => {
    const drawer = await openForm(page, id);
    await drawer.getByLabel('办理结果', { exact: true }).fill(WORDS);
    await drawer.getByText(SAVED).waitFor();
    await drawer.getByRole('button', { name: '取消' }).click();
    // A form that stays open as one leaves writes nothing back.
    await page.getByLabel('内部备注', { exact: true }).fill('灯杆编号写错了');
    await expect.poll(() => page.evaluate(draftsOnDevice), { timeout: 20_000 }).toContain('灯杆编号写错了');
    await page.getByRole('button', { name: '退出登录' }).click();
    const asking = page.getByRole('dialog', { name: '退出登录' });
    await asking.getByText('还有 2 项保存在这台设备上', { exact: false }).waitFor();
    await asking.getByRole('button', { name: '删除并退出' }).click();
    await page.getByRole('heading', { name: '登录' }).waitFor();
    const left = await page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open('tongxin-desk-drafts', 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const counting = opening.result.transaction('items', 'readonly').objectStore('items').count();
            counting.onsuccess = () => resolve(counting.result);
          };
        }),
    );
    expect([left, await page.evaluate(draftsOnDevice)]).toEqual([0, '[]']);
  });
  await page.context().close();
});

/** All that the forms keep on this device, as text. */
const draftsOnDevice = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('tongxin-desk-forms', 1);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const { result: db } = opening;
      const reading = db.transaction('items', 'readonly').objectStore('items').getAll();
      reading.onsuccess = () => {
        db.close();
        resolve(JSON.stringify(reading.result));
      };
    };
  });

test('a call that was half written down when the tab closed is there in the next one, and gone from the device once it is logged', async () => {
  const page = await product.open({ as: product.server.world.people.dispatcherA });
  await page.goto('/desk/log');
  await page.getByLabel('诉求内容', { exact: true }).fill('北街口井盖松动');
  await page.getByLabel('电话', { exact: true }).fill('13800000001');
  await page.getByLabel('地址', { exact: true }).fill('北街口');
  // What somebody wrote a moment ago is on the device before the tab goes.
  await expect.poll(() => page.evaluate(draftsOnDevice), { timeout: 20_000 }).toContain('"address":"北街口"');
  const next = await page.context().newPage();
  await page.close({ runBeforeUnload: true });
  await withPicture(next, 'lost-call', async () => {
    await next.goto('/desk/log');
    await next.getByText('这是您上次没有提交的内容', { exact: false }).waitFor();
    expect(await next.getByLabel('诉求内容', { exact: true }).inputValue()).toBe('北街口井盖松动');
    expect(await next.getByLabel('地址', { exact: true }).inputValue()).toBe('北街口');
    expect(await accessibilityFindings(next)).toEqual([]);
    await next.getByRole('button', { name: '登记', exact: true }).click();
    await next.getByText('GD2026-', { exact: false }).first().waitFor();
    await next.reload();
    await next.getByLabel('诉求内容', { exact: true }).waitFor();
    expect(await next.getByLabel('诉求内容', { exact: true }).inputValue()).toBe('');
    expect(await next.getByText('这是您上次没有提交的内容', { exact: false }).count()).toBe(0);
  });
  await next.context().close();
});

test('a note, a joint task and a paper half written are there in the next tab; a note whose answer was lost is written once', async () => {
  const { people } = product.server.world;
  const id = await inHand('东街井盖松动');
  const page = await product.open({ as: people.dispatcherA });
  await page.goto(`/desk/cases/${id}`);
  await page.getByLabel('内部备注', { exact: true }).fill('已电话提醒过一次。');
  await page.getByRole('button', { name: '请单位协办' }).click();
  await page.getByLabel('要做什么', { exact: true }).fill('请疏导交通。');
  await page.getByRole('button', { name: '新建文书' }).click();
  await page.getByLabel('标题', { exact: true }).fill('关于东街井盖的函');
  await expect.poll(() => page.evaluate(draftsOnDevice), { timeout: 20_000 }).toContain('关于东街井盖的函');
  const next = await page.context().newPage();
  await page.close({ runBeforeUnload: true });
  let lost = 0;
  await next.route(`**/api/v1/cases/${id}/notes`, async (route) => {
    if (lost >= 3) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await withPicture(next, 'lost-words', async () => {
    await next.goto(`/desk/cases/${id}`);
    await next.getByText('这是您上次没有提交的内容', { exact: false }).first().waitFor();
    await expect.poll(() => next.getByLabel('要做什么', { exact: true }).inputValue(), { timeout: 20_000 }).toBe('请疏导交通。');
    // Emptied, it is still a form to write in.
    await next.getByLabel('要做什么', { exact: true }).fill('');
    await next.getByLabel('要做什么', { exact: true }).fill('请疏导交通。');
    const note = next.getByLabel('内部备注', { exact: true });
    expect(await note.inputValue()).toBe('已电话提醒过一次。');
    await next.getByRole('button', { name: '加备注' }).click();
    await next.locator('.note-form').getByRole('alert').waitFor();
    await next.getByRole('button', { name: '加备注' }).click();
    await expect.poll(() => note.inputValue(), { timeout: 20_000 }).toBe('');
    await next.getByRole('button', { name: '新建文书' }).click();
    await expect.poll(() => next.getByLabel('标题', { exact: true }).inputValue(), { timeout: 20_000 }).toBe('关于东街井盖的函');
  });
  const { record } = await ask<CaseView>(people.dispatcherA, `/cases/${id}`);
  expect([lost, record.filter(({ type }) => type === 'note.added').length]).toEqual([3, 1]);
  await next.context().close();
});

test('a telephone that rings stands there when the live line says so, and where it is broken because it is asked for', async () => {
  const line = await makeLine(product.server);
  const { people } = product.server.world;
  const rings = async (extension: string) => announce(product.server, line, { call: `c-${extension}`, event: 'ringing', extension });
  const page = await product.open({ as: people.operator });
  await withPicture(page, 'ringing', async () => {
    // The line is up before anything rings; calls are then asked for every half minute only.
    const live = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/live'));
    await page.goto('/desk/hotline');
    await live;
    await page.getByText('现在没有来电。').waitFor();
    await rings('8001');
    await page.getByText('8001', { exact: false }).waitFor({ timeout: 20_000 });
    await page.route('**/api/v1/live', (route) => route.abort());
    await page.reload();
    await page.getByText('8001', { exact: false }).waitFor();
    await page.getByText('实时更新', { exact: false }).waitFor();
    await rings('8002');
    await page.getByText('8002', { exact: false }).waitFor({ timeout: 20_000 });
  });
  await page.context().close();
});
