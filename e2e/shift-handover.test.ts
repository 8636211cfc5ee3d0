import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, type Language, overhang, type Product, withPicture } from './browser.ts';

/** What an office keeps for itself: a shift handed over from the night to the holiday, and the words it writes often. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
  const { people, organizations } = product.server.world;
  for (const [person, from, to, kind] of [
    [people.dispatcherA2, '2026-09-30T09:30:00.000Z', '2026-10-01T01:00:00.000Z', 'night'],
    [people.dispatcherA, '2026-10-01T01:00:00.000Z', '2026-10-01T09:30:00.000Z', 'holiday'],
  ] as const)
    await product.server.db.pools.maintenance.query(
      'insert into roster_shift (shift_id, organization_id, post_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $5, $6)',
      [v7(), organizations.centreA.organizationId, person.posts[0]!.postId, from, to, kind],
    );
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const report = async (text: string): Promise<Receipt> => {
  const { categories, points } = product.server.world;
  const body = { id: v7(), text, categoryId: categories.lamp, point: points.inA11 };
  const answer = await product.server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Receipt>();
};
const looked = async (page: Page): Promise<void> => {
  expect(await accessibilityFindings(page)).toEqual([]);
  expect(await overhang(page)).toBe(0);
};

test('the night hands over what is open with a word on it, and the holiday shift receives it', async () => {
  const { people } = product.server.world;
  const { number } = await report('东门路灯不亮');
  const night = await product.open({ as: people.dispatcherA2 });
  await withPicture(night, 'handover-leave', async () => {
    await night.goto('/desk/handovers');
    await night.getByText('还没有交接记录。').waitFor();
    await night.getByRole('button', { name: '我要交班' }).click();
    await night.getByText(/夜班 .*甲镇夜班调度员/u).waitFor();
    await night.getByRole('button', { name: `给 ${number} 写备注` }).click();
    const remark = night.getByRole('form', { name: `给 ${number} 写备注` });
    await remark.getByRole('button', { name: '加备注' }).click();
    await remark.getByText('必填。').waitFor();
    await remark.getByRole('textbox').fill('约好明早回电话。');
    await remark.getByRole('button', { name: '加备注' }).click();
    await night.getByRole('row').filter({ hasText: number }).getByText('约好明早回电话。').waitFor();
    await night.getByLabel('交班说明').fill('钥匙在值班室，物业电话 13812345678。');
    await looked(night);
    await night.getByRole('button', { name: '交班', exact: true }).click();
    await night.getByRole('heading', { name: /交接班记录/u }).waitFor();
    await night.getByText(/钥匙在值班室，物业电话 138\*+。/u).waitFor();
    expect(await night.getByRole('button', { name: '确认接班' }).count()).toBe(0);
  });
  await product.setTime('2026-10-01T01:02:00.000Z');
  const day = await product.open({ as: people.dispatcherA, size: 'phone' });
  await withPicture(day, 'handover-receive', async () => {
    await day.goto('/desk/handovers');
    await day.getByText('请您接班').waitFor();
    await day
      .getByRole('link', { name: /2026年9月30日/u })
      .first()
      .click();
    await day.getByRole('row').filter({ hasText: number }).getByText('约好明早回电话。').waitFor();
    await looked(day);
    await day.getByLabel('接班说明').fill('收到。');
    await day.getByRole('button', { name: '确认接班' }).click();
    await day.getByText('甲镇调度员 · 2026年10月1日 09:02').waitFor();
    // On paper the menu and the buttons are not there, room to sign is.
    await day.emulateMedia({ media: 'print' });
    expect(await day.getByRole('navigation', { name: '主菜单' }).isVisible()).toBe(false);
    expect(await day.getByText('交班人签名', { exact: false }).isVisible()).toBe(true);
  });
});

describe.each(['zh', 'en'] as const)('in %s', (language: Language) => {
  const words = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  test('a head writes a template, changes it and retires it; who handles finds it above a long answer and nobody else does', async () => {
    const { people, organizations } = product.server.world;
    const title = words('已派人', 'On the way');
    const head = await product.open({ as: people.bodyHeadA, language });
    await withPicture(head, `reply-${language}`, async () => {
      await head.goto('/desk/reply-templates');
      await head.getByRole('button', { name: words('新建模板', 'New template') }).click();
      const drawer = head.getByRole('dialog', { name: words('新建模板', 'New template') });
      const text = drawer.getByLabel(words('内容', 'Words'), { exact: true });
      await drawer.getByLabel(words('名称', 'Name'), { exact: true }).fill(title);
      await text.fill(words('{reporterName}您好，已派人。', '{reporterName}, somebody is coming.'));
      await drawer.getByRole('button', { name: words('保存', 'Save') }).click();
      await drawer.getByText(words('有不能识别的占位符', 'There is a placeholder that is not known'), { exact: false }).waitFor();
      await text.fill(words('请打 13812345678。', 'Call 13812345678.'));
      await drawer.getByRole('button', { name: words('保存', 'Save') }).click();
      await drawer.getByText(words('模板里不能写姓名', 'may not hold names'), { exact: false }).waitFor();
      await text.fill(words('已派人，编号', 'Somebody is coming for '));
      await drawer.getByRole('button', { name: words('工单编号', 'case number') }).click();
      await expect.poll(() => text.inputValue()).toContain('{caseNumber}');
      await looked(head);
      await drawer.getByRole('button', { name: words('保存', 'Save') }).click();
      await drawer.waitFor({ state: 'detached' });
      await head.getByText(words('已派人，编号〔工单编号〕', 'Somebody is coming for 〔case number〕')).waitFor();
      await looked(head);
    });

    const { id, number } = await report(words('西门路灯不亮', 'West gate lamp is out'));
    const act = async (who: WorldPerson, action: string, input: object = {}): Promise<void> => {
      const { version } = (await product.server.as(who, { url: `/api/v1/cases/${id}` })).json<CaseView>();
      const body = { commandId: v7(), action, version, input };
      expect((await product.server.as(who, { method: 'POST', url: `/api/v1/cases/${id}/actions`, body })).statusCode).toBe(200);
    };
    await act(people.dispatcherA, 'accept');
    await act(people.dispatcherA, 'dispatch', { organizationId: organizations.bodyA.organizationId });
    await act(people.handlerA, 'acknowledge');
    const handler = await product.open({ as: people.handlerA, language });
    await withPicture(handler, `reply-used-${language}`, async () => {
      await handler.goto('/desk/reply-templates');
      await handler.getByText(title, { exact: true }).waitFor();
      expect(await handler.getByRole('button', { name: words('新建模板', 'New template') }).count()).toBe(0);
      await handler.goto(`/desk/cases/${id}`);
      await handler.getByRole('button', { name: words('通报进展', 'Report progress') }).click();
      const drawer = handler.getByRole('dialog', { name: words('通报进展', 'Report progress') });
      await drawer.getByRole('combobox').first().click();
      await handler.locator('.ant-select-item-option', { hasText: title }).click();
      const progress = drawer.getByRole('textbox').first();
      await expect.poll(() => progress.inputValue()).toContain(number);
    });
    await withPicture(head, `reply-retired-${language}`, async () => {
      await head.getByRole('button', { name: words(`修改模板“${title}”`, `Edit template “${title}”`) }).click();
      await head.getByRole('button', { name: words('停用', 'Retire') }).click();
      await head.getByText(title, { exact: true }).waitFor({ state: 'detached' });
    });
    const dispatcher = await product.open({ as: people.dispatcherA, language });
    await withPicture(dispatcher, `reply-others-${language}`, async () => {
      await dispatcher.goto('/desk/reply-templates');
      await dispatcher.getByText(words('还没有模板。', 'No templates yet.')).waitFor();
    });
  });
});
