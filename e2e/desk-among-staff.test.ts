import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootProduct, closeBrowser, type Product, shownText, withPicture } from './browser.ts';
import { deskOf, photograph } from './journey-steps.ts';

/** What staff do among themselves, and what of it residents hear: joint work, internal notes, looks at a telephone. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const PHONE = '13800000007';

/** Reports a lamp that is out from a resident's telephone; answers the query code. */
const report = (page: Page, words: string): Promise<string> =>
  withPicture(page, 'among-staff-report', async () => {
    await page.goto('/report');
    await page.getByLabel('什么事？').fill(words);
    await page.getByText('从列表里选').click();
    await page.getByLabel('镇街').selectOption({ label: '甲镇' });
    await page.getByLabel('村（社区）').selectOption({ label: '甲一社区' });
    await page.getByRole('textbox', { name: '电话' }).fill(PHONE);
    await page.getByText('再多说一点').click();
    await page.getByLabel('属于哪一类？').selectOption({ label: '路灯不亮' });
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('收到了，谢谢您').waitFor();
    return (await page.locator('.code').textContent())!;
  });

/** Finds a case in a list of the desk by its words and opens it. */
const openFrom = async (page: Page, list: string, words: string): Promise<void> =>
  withPicture(page, `among-staff-${list}`, async () => {
    await page.goto('/desk/');
    await page.getByRole('navigation', { name: '看哪些' }).getByRole('link', { name: list, exact: true }).click();
    await page.getByRole('link', { name: words }).first().click();
    await page.getByRole('heading', { name: '流转记录' }).waitFor();
  });
const atDesk = async (who: WorldPerson, list: string, words: string): Promise<Page> => {
  const page = await product.open({ as: who });
  await openFrom(page, list, words);
  return page;
};

/** The dispatcher accepts and sends it to the planning office, which acknowledges; answers the windows of both. */
const bringToHandling = async (words: string): Promise<{ dispatcher: Page; handler: Page }> => {
  const { people } = product.server.world;
  const { act } = deskOf(product);
  const dispatcher = await atDesk(people.dispatcherA, '待办', words);
  await act(dispatcher, '受理');
  await act(dispatcher, '派单', async (drawer) => {
    await drawer.getByLabel('主办单位').click();
    await dispatcher.getByText('甲镇规划建设办（清单指明', { exact: false }).click();
  });
  const handler = await atDesk(people.handlerA, '本单位主办', words);
  await act(handler, '签收');
  await handler.getByRole('button', { name: '办结', exact: true }).waitFor();
  return { dispatcher, handler };
};

test('the lead body cannot resolve before the body it asked for support has done its part', async () => {
  const { people } = product.server.world;
  const { act } = deskOf(product);
  const words = '公园北门路灯不亮，灯杆下堆满垃圾，人过不去。';
  const code = await report(await product.open({ size: 'phone' }), words);
  const { handler } = await bringToHandling(words);

  await withPicture(handler, 'task-ask', async () => {
    await handler.getByRole('button', { name: '请单位协办' }).click();
    const asking = handler.getByRole('form', { name: '请单位协办' });
    await asking.getByRole('button', { name: '派出' }).click();
    await asking.getByRole('alert').first().waitFor();
    await asking.getByLabel('协办单位').click();
    await handler.getByTitle('甲镇环卫所').click();
    await asking.getByLabel('要做什么').fill('请先清走灯杆下的垃圾。');
    await asking.getByRole('button', { name: '派出' }).click();
    await handler.getByText('待签收', { exact: true }).waitFor();
  });
  await expect.poll(() => handler.getByRole('button', { name: '办结', exact: true }).count()).toBe(0);
  // Only who dispatches takes a task back; the desk does not offer what would be refused.
  expect(await handler.getByRole('button', { name: '取消任务' }).count()).toBe(0);

  const helper = await atDesk(people.handlerA2, '本单位协办', words);
  await withPicture(helper, 'task-answer', async () => {
    const tasks = helper.getByRole('region', { name: '协办任务' });
    await tasks.getByText('请先清走灯杆下的垃圾。').waitFor();
    expect(await helper.getByRole('button', { name: '办结', exact: true }).count()).toBe(0);
    await tasks.getByRole('button', { name: '签收' }).click();
    await tasks.getByText('已签收', { exact: true }).waitFor();
    // Done without a word of what was done is refused in words.
    await tasks.getByRole('button', { name: '完成' }).click();
    await tasks.getByRole('alert').filter({ hasText: '请写明' }).waitFor();
    await tasks.getByRole('textbox').fill('垃圾已清走，可以立梯。');
    await tasks.getByRole('button', { name: '完成' }).click();
    // With its part done the case is no longer its to read; the screen says so and does not go on showing what it was.
    await expect.poll(() => helper.getByText('这件事已不在您的工作范围', { exact: false }).count(), { timeout: 60_000 }).toBe(1);
    await helper.getByText('流转记录', { exact: true }).waitFor({ state: 'detached' });
    expect(await shownText(helper)).not.toContain(words);
  });

  // The lead's window heard of it by itself.
  await withPicture(handler, 'task-resolve', () => handler.getByText('垃圾已清走，可以立梯。').waitFor());
  await act(handler, '办结', async (drawer) => {
    await drawer.getByLabel('办理结果', { exact: true }).fill('已更换灯具。');
    await drawer.locator('input[type=file]').setInputFiles(await photograph(handler));
  });
  // What bodies ask of each other stays among them.
  const resident = await product.open({ size: 'phone' });
  await withPicture(resident, 'task-receipt', async () => {
    await resident.goto(`/r/${code}`);
    await resident.getByText('已更换灯具。').waitFor();
    const shown = await shownText(resident);
    for (const inner of ['清走', '环卫所', '协办']) expect(shown).not.toContain(inner);
  });
});

test('an internal note is read by colleagues on the record, and never by the resident', async () => {
  const words = '北门坡道路灯一闪一闪，老人看不清台阶。';
  const note = '住户情绪激动，上门请两人同行。';
  const code = await report(await product.open({ size: 'phone' }), words);
  const { dispatcher, handler } = await bringToHandling(words);
  await withPicture(handler, 'note-write', async () => {
    await handler.getByRole('button', { name: '加备注' }).click();
    await handler.getByText('必填。').waitFor();
    await handler.getByLabel('内部备注').fill(note);
    await handler.getByRole('button', { name: '加备注' }).click();
    await handler.getByRole('listitem').filter({ hasText: '内部备注' }).getByText(note).waitFor();
    expect(await handler.getByLabel('内部备注').inputValue()).toBe('');
  });
  await withPicture(dispatcher, 'note-read', () => dispatcher.getByRole('listitem').filter({ hasText: note }).waitFor());

  const resident = await product.open({ size: 'phone' });
  await withPicture(resident, 'note-receipt', async () => {
    await resident.goto(`/r/${code}`);
    await resident.getByText('已经做了什么').waitFor();
    const shown = await shownText(resident);
    expect(shown).not.toContain('备注');
    expect(shown).not.toContain(note);
    // Nor does it travel unseen.
    expect(await (await resident.request.get(`/api/v1/receipts/${code}`)).text()).not.toContain(note);
  });
});

test('a telephone is shown for a stated purpose only, and its owner reads who looked and why', async () => {
  const { people, organizations } = product.server.world;
  const words = '坡道旁路灯灯罩脱落，快要掉下来。';
  const resident = await product.open({ size: 'phone', as: people.residentA });
  await report(resident, words);
  const readings = async () => {
    const answer = await resident.request.get('/api/v1/me/access-log');
    expect(answer.status()).toBe(200);
    return ((await answer.json()) as { entries: { purpose: string; fields: string[]; organization?: { zh: string } }[] }).entries;
  };

  const dispatcher = await atDesk(people.dispatcherA, '待办', words);
  const dialog = dispatcher.getByRole('dialog', { name: '查看当事人信息' });
  await withPicture(dispatcher, 'party-refused', async () => {
    expect(await dispatcher.content()).not.toContain(PHONE.slice(3));
    await dispatcher.getByRole('button', { name: '查看信息' }).click();
    await dialog.getByText('当事人能看到这份记录', { exact: false }).waitFor();
    for (const purpose of ['', '  ']) {
      await dialog.getByLabel('查看用途').fill(purpose);
      await dialog.getByRole('button', { name: '查看', exact: true }).click();
      await dialog.getByText('请写明用途。').waitFor();
    }
    expect(await dispatcher.content()).not.toContain(PHONE.slice(3));
  });
  expect(await readings()).toEqual([]);

  await withPicture(dispatcher, 'party-read', async () => {
    await dialog.getByLabel('查看用途').fill('联系诉求人核实灯杆位置');
    await dialog.getByRole('checkbox', { name: '姓名' }).uncheck();
    await dialog.getByRole('button', { name: '查看', exact: true }).click();
    await dialog.getByText(PHONE, { exact: false }).waitFor();
    await dialog.getByRole('button', { name: '关闭' }).last().click();
    await dialog.waitFor({ state: 'detached' });
    expect(await dispatcher.content()).not.toContain(PHONE.slice(3));
  });
  expect(await readings()).toEqual([
    expect.objectContaining({
      purpose: '联系诉求人核实灯杆位置',
      fields: ['phone'],
      organization: expect.objectContaining({ zh: organizations.centreA.name.zh }),
    }),
  ]);

  // Who only checks results is not offered the telephone at all.
  const verifier = await atDesk(people.verifierA, '本辖区', words);
  expect(await verifier.getByRole('button', { name: '查看信息' }).count()).toBe(0);
});
