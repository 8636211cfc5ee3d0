import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootProduct, closeBrowser, type Product, withPicture } from './browser.ts';

/** The main job once round, with a browser for everybody who has a part in it. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const LAMP = '人民公园北门坡道旁的路灯不亮，晚上看不清台阶。';
/** A picture of the page itself stands for a photograph. */
const photograph = async (page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> => ({
  name: '照片.png',
  mimeType: 'image/png',
  buffer: await page.screenshot(),
});

const atDesk = async (who: WorldPerson, words: string): Promise<Page> => {
  const page = await product.open({ as: who });
  await page.goto('/desk/');
  await page.getByRole('link', { name: words }).first().click();
  await page.getByRole('heading', { name: '流转记录' }).waitFor();
  return page;
};
/** Opens an action, fills its form, sends it, and waits until the drawer is gone. */
const act = async (
  page: Page,
  action: string,
  fill: (drawer: ReturnType<Page['getByRole']>) => Promise<unknown> = async () => {},
): Promise<void> => {
  await withPicture(page, `journey-${action}`, async () => {
    await page.getByRole('button', { name: action, exact: true }).click();
    const drawer = page.getByRole('dialog', { name: action });
    await fill(drawer);
    await drawer.getByRole('button', { name: '提交' }).click();
    await drawer.waitFor({ state: 'detached' });
  });
};

test('a resident reports a lamp, dispatcher, handler and verifier do their part, and the resident rates the answer', async () => {
  const { people } = product.server.world;
  const resident = await product.open({ size: 'phone' });
  const code = await withPicture(resident, 'journey-report', async () => {
    await resident.goto('/');
    await resident.getByRole('link', { name: '报一件事' }).click();
    await resident.getByLabel('什么事？').fill(LAMP);
    await resident
      .locator('input[type=file]')
      .last()
      .setInputFiles(await photograph(resident));
    await resident.getByRole('img', { name: '第 1 张照片' }).waitFor();
    await resident.getByText('从列表里选').click();
    await resident.getByLabel('镇街').selectOption({ label: '甲镇' });
    await resident.getByLabel('村（社区）').selectOption({ label: '甲一社区' });
    await resident.getByLabel('附近的设施').selectOption({ label: '路灯1号' });
    await resident.getByRole('textbox', { name: '电话' }).fill('13800000000');
    await resident.getByText('再多说一点').click();
    await resident.getByLabel('属于哪一类？').selectOption({ label: '路灯不亮' });
    await resident.getByRole('button', { name: '提交', exact: true }).click();
    await resident.getByText('收到了，谢谢您').waitFor();
    return (await resident.locator('.code').textContent())!;
  });

  const dispatcher = await atDesk(people.dispatcherA, LAMP);
  await act(dispatcher, '受理');
  await act(dispatcher, '派单', async (drawer) => {
    await drawer.getByLabel('主办单位').click();
    await dispatcher.getByText('甲镇规划建设办（清单指明', { exact: false }).click();
  });

  const handler = await atDesk(people.handlerA, LAMP);
  await act(handler, '签收');
  await act(handler, '首次联系', async (drawer) => {
    await drawer.getByText('电话', { exact: true }).click();
    await drawer.getByText('接通', { exact: true }).click();
  });
  // Without evidence the desk says what is missing; nothing is sent.
  await handler.getByRole('button', { name: '办结', exact: true }).click();
  const resolving = handler.getByRole('dialog', { name: '办结' });
  await resolving.getByLabel('办理结果', { exact: true }).fill('已更换灯具，恢复照明。');
  await resolving.getByRole('button', { name: '提交' }).click();
  await resolving.getByText('附件还不够，至少 1 份。').waitFor();
  await resolving.locator('input[type=file]').setInputFiles(await photograph(handler));
  await resolving.getByRole('button', { name: '提交' }).click();
  await resolving.waitFor({ state: 'detached' });
  // Who handled it is not offered to verify it.
  expect(await handler.getByRole('button', { name: '核查通过' }).count()).toBe(0);

  const verifier = await atDesk(people.verifierA, LAMP);
  await act(verifier, '核查通过', (drawer) => drawer.getByRole('radio').first().check());

  // The dispatcher's window heard of all this by itself.
  await withPicture(dispatcher, 'journey-live', () => dispatcher.getByRole('button', { name: '答复', exact: true }).waitFor());
  await act(dispatcher, '答复', (drawer) => drawer.getByLabel('答复内容', { exact: true }).fill('路灯已于今日修好，感谢您的反映。'));

  await withPicture(resident, 'journey-rate', async () => {
    await resident.goto(`/r/${code}`);
    await resident.getByText('路灯已于今日修好，感谢您的反映。').waitFor();
    await resident.getByRole('button', { name: '评价' }).click();
    await resident.getByRole('radio', { name: '满意', exact: true }).check();
    await resident.getByRole('button', { name: '提交' }).click();
    await resident.getByText('已经提交。').waitFor();
  });

  // Who looks at the telephone says why, and the resident reads it.
  await withPicture(dispatcher, 'journey-read-party', async () => {
    await dispatcher.getByRole('button', { name: '查看信息' }).click();
    const dialog = dispatcher.getByRole('dialog', { name: '查看当事人信息' });
    await dialog.getByLabel('查看用途').fill('回访核实满意度');
    await dialog.getByRole('button', { name: '查看', exact: true }).click();
    await dialog.getByText('13800000000').waitFor();
    await dialog.getByRole('button', { name: '关闭' }).last().click();
  });
  await withPicture(resident, 'journey-readings', async () => {
    await resident.getByRole('button', { name: '刷新' }).click();
    await resident.getByText('用途：回访核实满意度').waitFor();
    await resident.getByText('甲镇综治中心 甲镇调度员').waitFor();
  });

  // Closing before the rating has reached the window would be refused as out of date.
  await dispatcher.getByText('评价', { exact: true }).waitFor();
  await act(dispatcher, '结案');
  await withPicture(resident, 'journey-closed', async () => {
    await resident.getByRole('button', { name: '刷新' }).click();
    await resident
      .getByText('不用再做什么', { exact: false })
      .or(resident.getByText('不满意，可以在下面再提', { exact: false }))
      .waitFor();
    expect(await resident.locator('.steps li').count()).toBeGreaterThanOrEqual(8);
  });
});

test('a daughter complains of the property firm for her mother, who agrees: the mother gets a code of her own', async () => {
  const { people } = product.server.world;
  const page = await product.open({ as: people.operator });
  await withPicture(page, 'journey-on-behalf', async () => {
    await page.goto('/desk/log');
    await page.getByLabel('诉求内容').fill('物业的电梯停了一周，母亲下不了楼。');
    await page.getByRole('checkbox', { name: '代报（本人同意）' }).check();
    await page.getByLabel('被代报人姓名').fill('李奶奶');
    await page.getByLabel('被代报人电话').fill('13800000009');
    await page.getByLabel('被投诉单位').click();
    await page.getByLabel('被投诉单位').fill('示例物业甲');
    await page.getByTitle('示例物业甲').click();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('代报：请把这个查询码交给当事人本人：').waitFor();
    const [, own] = await page.locator('.code').allTextContents();
    const mother = await product.open();
    await mother.goto(`/r/${own}`);
    await mother.getByText('母亲下不了楼').first().waitFor();
    await page.getByRole('link', { name: '打开事项' }).click();
    await page.getByText('被代报人', { exact: true }).waitFor();
  });
});

test('a caller who knows only the community is placed there and no deeper, and gets a code read out', async () => {
  const { people } = product.server.world;
  const page = await product.open({ as: people.operator });
  await withPicture(page, 'journey-call', async () => {
    await page.goto('/desk/log');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('请填写诉求内容。').waitFor();
    await page.getByLabel('诉求内容').fill('小区里有很重的燃气味。');
    await page.getByText('119 火警救援', { exact: false }).waitFor();
    await page.getByLabel('诉求内容').fill('来电人说坡道旁两盏路灯不亮。');
    await page.getByRole('radio', { name: '求助' }).check();
    await page.getByLabel('属地').click();
    for (const area of ['示例市', '甲镇', '甲一社区']) await page.getByRole('menuitemcheckbox', { name: area, exact: true }).click();
    await page.getByLabel('电话').fill('13800000000');
    await page.getByRole('checkbox', { name: '保密' }).check();
    await page.getByRole('checkbox', { name: '要回访' }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('请把查询码念给来电人：').waitFor();
    const code = (await page.locator('.code').textContent())!;
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/);
    await page.getByRole('link', { name: '打开事项' }).click();
    await page.getByText('示例市 › 甲镇 › 甲一社区', { exact: true }).waitFor();
    expect(await page.getByText('保密', { exact: true }).count()).toBeGreaterThan(0);
  });
});
