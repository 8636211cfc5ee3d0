import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, withPicture } from './browser.ts';

/** A dispatcher's morning: what came in overnight is looked through, narrowed, given out in one go and taken back, with the keyboard. */
let product: Product;
beforeAll(async () => {
  product = await bootProduct();
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const report = async (text: string, point?: object): Promise<string> => {
  const { categories, points } = product.server.world;
  // Two reports are not of one instant.
  product.server.deps.clock.advance(1000);
  const answer = await product.server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text, demandKind: 'help', categoryId: categories.lamp, point: point ?? points.inA11 },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Receipt>().id;
};
const view = async (id: string): Promise<CaseView> =>
  (await product.server.as(product.server.world.people.dispatcherA, { url: `/api/v1/cases/${id}` })).json();
const act = async (id: string, action: string, input: object = {}): Promise<void> => {
  const { version } = await view(id);
  const answer = await product.server.as(product.server.world.people.dispatcherA, {
    method: 'POST',
    url: `/api/v1/cases/${id}/actions`,
    body: { commandId: v7(), action, version, input },
  });
  expect(answer.statusCode, answer.body).toBe(200);
};
const rowOf = (page: Page, words: string) => page.getByRole('row').filter({ hasText: words });
const links = (page: Page): Promise<string[]> => page.locator('a[data-case]').allTextContents();
/** The list of a view, by its name. */
const openView = async (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: '看哪些' }).getByRole('link', { name, exact: true }).click();

test('many are given out at once: who cannot is told why before, how each went after, and the way back is offered', async () => {
  const { people } = product.server.world;
  const ids = [await report('东路灯不亮。'), await report('西路灯不亮。'), await report('南路灯不亮。')];
  for (const id of ids.slice(0, 2)) await act(id, 'accept');
  const page = await product.open({ as: people.dispatcherA });
  await withPicture(page, 'morning-bulk', async () => {
    await page.goto('/desk/');
    await page.getByText('共 3 件').waitFor();
    for (const words of ['东路灯', '西路灯', '南路灯']) await page.getByRole('checkbox', { name: `选择 ${words}不亮。` }).waitFor();
    // One, and the two below it.
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('Shift+J');
    await page.getByText('已选 3 件').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('a');
    const drawer = page.getByRole('dialog', { name: '批量办理 3 件' });
    await drawer.getByRole('heading', { name: '派单' }).waitFor();
    await drawer.getByRole('button', { name: '看看结果' }).click();
    await drawer.getByText('必填').first().waitFor();
    await drawer.getByLabel('主办单位').fill('规划建设');
    await page.getByTitle('甲镇规划建设办').click();
    await drawer.getByRole('button', { name: '看看结果' }).click();
    await drawer.getByText('将办理 2 件；1 件不能办', { exact: false }).waitFor();
    await rowOf(page, '南路灯不亮。').getByText('不能办').waitFor();
    await drawer.getByRole('row').filter({ hasText: '东路灯不亮。' }).getByText('待签收').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await drawer.getByRole('button', { name: '派单 2 件' }).click();
    await drawer.getByText('已办 2 件，未成 0 件，共 2 件。').waitFor();
    expect(await Promise.all(ids.map(async (id) => (await view(id)).stage))).toEqual(['dispatched', 'dispatched', 'received']);

    await drawer.getByRole('button', { name: '撤回已办的 2 件' }).click();
    const undoing = page.getByRole('dialog', { name: '批量办理 2 件' });
    await undoing.getByLabel('撤回理由').fill('派错了单位。');
    await undoing.getByRole('button', { name: '看看结果' }).click();
    await undoing.getByRole('button', { name: '撤回 2 件' }).click();
    await undoing.getByText('已办 2 件', { exact: false }).waitFor();
    expect(await Promise.all(ids.map(async (id) => (await view(id)).stage))).toEqual(['accepted', 'accepted', 'received']);
    await undoing.getByRole('button', { name: '完成' }).click();
    await undoing.waitFor({ state: 'detached' });
    expect(await page.getByText('已选', { exact: false }).count()).toBe(0);

    // To accept has no way back, and it is said before.
    await page.getByRole('checkbox', { name: '选择 南路灯不亮。' }).check();
    await page.keyboard.press('e');
    const single = page.getByRole('dialog', { name: '批量办理 1 件' });
    await single.getByRole('button', { name: '受理', exact: true }).click();
    await single.getByText('没有撤回的办法', { exact: false }).waitFor();
  });
  await page.context().close();
});

test('what was given out, what leaders wrote on and what is due today are lists; one’s own is kept with its columns and found by its name', async () => {
  const { people, organizations, points } = product.server.world;
  const [given, other] = [await report('给出去的灯。'), await report('批示过的灯。')];
  for (const id of [given, other]) await act(id, 'accept');
  await act(given, 'dispatch', { organizationId: organizations.bodyA.organizationId });
  const { version } = await view(other);
  const written = await product.server.as(people.leaderA, {
    method: 'POST',
    url: `/api/v1/cases/${other}/actions`,
    body: { commandId: v7(), action: 'instruct', version, input: { instruction: '请尽快修复。' } },
  });
  expect(written.statusCode, written.body).toBe(200);
  const page = await product.open({ as: people.dispatcherA });
  await withPicture(page, 'morning-views', async () => {
    await page.goto('/desk/');
    await openView(page, '我派出的');
    await page.getByText('共 1 件').waitFor();
    await page.getByRole('link', { name: '给出去的灯。' }).waitFor();
    await openView(page, '领导批示件');
    await rowOf(page, '批示过的灯。').getByText('领导批示', { exact: true }).waitFor();

    await page.getByLabel('排序').click();
    await page.getByTitle('先到期在前').click();
    await page.waitForURL(/order=due/u);
    await page.getByRole('button', { name: '显示列' }).click();
    await page.getByRole('checkbox', { name: '来源渠道' }).check();
    await page.getByRole('checkbox', { name: '总时限' }).uncheck();
    await page.getByRole('columnheader', { name: '来源渠道' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '存为视图' }).click();
    await page.getByLabel('视图名称').fill('批示先办');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.waitForURL(/saved=/u);
    const address = page.url();

    // Another computer: nothing is kept there, and the view is.
    const elsewhere = await product.open({ as: people.dispatcherA });
    // What React recovers from is a fault all the same.
    const faults: string[] = [];
    elsewhere.on('pageerror', ({ message }) => faults.push(message));
    await elsewhere.goto('/desk/');
    await elsewhere.locator('a[data-case]').first().waitFor();
    expect(await elsewhere.getByRole('columnheader', { name: '来源渠道' }).count()).toBe(0);
    await elsewhere.keyboard.press('Control+k');
    await elsewhere.getByRole('combobox', { name: '输入视图' }).fill('批示先');
    await elsewhere.keyboard.press('Enter');
    await elsewhere.getByRole('columnheader', { name: '来源渠道' }).waitFor();
    expect(await elsewhere.getByRole('columnheader', { name: '总时限' }).count()).toBe(0);
    await elsewhere.getByRole('link', { name: '批示过的灯。' }).waitFor();
    // To a case by its number, from anywhere.
    await elsewhere.keyboard.press('Control+k');
    await elsewhere.getByRole('combobox', { name: '输入视图' }).fill((await view(given)).number);
    await elsewhere.getByRole('option').filter({ hasText: '给出去的灯。' }).waitFor();
    expect(await accessibilityFindings(elsewhere)).toEqual([]);
    await elsewhere.keyboard.press('Enter');
    await elsewhere.getByRole('heading', { level: 1, name: '给出去的灯。' }).waitFor();
    // And what may be done to it, by its name.
    await elsewhere.keyboard.press('Control+k');
    await elsewhere.getByRole('combobox', { name: '输入视图' }).fill('撤回');
    await elsewhere.keyboard.press('Enter');
    await elsewhere.getByRole('dialog', { name: '撤回' }).waitFor();
    await elsewhere.keyboard.press('Escape');
    // It stands in the wrong grid: put where it is, it is another one's, and the record says so.
    await elsewhere.getByRole('button', { name: '更正位置' }).click();
    const place = elsewhere.getByRole('dialog', { name: '更正位置' });
    await place.locator('.map-box[data-ready="true"]').waitFor();
    expect(await accessibilityFindings(elsewhere)).toEqual([]);
    await place.getByLabel('经度').fill(String(points.inA12.lon));
    await place.getByLabel('纬度').fill(String(points.inA12.lat));
    await place.getByRole('button', { name: '保存' }).click();
    await place.waitFor({ state: 'detached' });
    await elsewhere.getByText('甲一社区第2网格', { exact: false }).first().waitFor();

    expect(faults).toEqual([]);

    // The address is the list also for a colleague, without the name, which is nobody else's.
    const { postId } = people.dispatcherB.posts[0]!;
    await product.server.db.pools.maintenance.query(
      `insert into post_holding (holding_id, post_id, person_id, valid_from) values ($1, $2, $3, '2020-02-01')`,
      [v7(), postId, people.dispatcherA2.personId],
    );
    const colleague = await product.open({ as: people.dispatcherA2 });
    await colleague.goto(address);
    await colleague.getByRole('link', { name: '批示过的灯。' }).waitFor();
    expect(await colleague.getByRole('link', { name: '批示先办' }).count()).toBe(0);
    expect(await overhang(colleague)).toBe(0);

    // The colleague is at two centres and looks at one at a time: lists follow, here and after a reload, until they leave.
    await report('乙镇的灯。', points.inB11);
    const post = colleague.getByRole('combobox', { name: '当前岗位' });
    await post.focus();
    // What is on screen and names no post is read anew by the one chosen.
    const anew = colleague.waitForRequest((request) => /\/notices\b/u.test(request.url()) && request.headers()['tongxin-post'] === postId);
    await colleague.keyboard.press('ArrowDown');
    await anew;
    await openView(colleague, '待办');
    await colleague.getByText('共 1 件').waitFor();
    await colleague.reload();
    await colleague.getByRole('link', { name: '乙镇的灯。' }).waitFor();
    expect([await post.inputValue(), await links(colleague)]).toEqual([postId, ['乙镇的灯。']]);
    // What is logged there is recorded under that post, and not under the first that may.
    await colleague.goto('/desk/log');
    await colleague.getByLabel('诉求内容').fill('窗口登记的灯。');
    await colleague.getByRole('button', { name: '登记', exact: true }).click();
    const logged = await colleague.getByRole('link', { name: '打开事项' }).getAttribute('href');
    const { rows } = await product.server.db.pools.maintenance.query(
      `select header::jsonb->'actor'->>'postId' as post from events where case_id = $1`,
      [logged!.split('/').at(-1)],
    );
    expect(rows).toEqual([{ post: postId }]);
    // And what is done on a case is done by it too.
    await colleague.goto('/desk/');
    await colleague.getByRole('link', { name: '乙镇的灯。' }).click();
    await colleague.getByRole('button', { name: '受理', exact: true }).click();
    const accepting = colleague.getByRole('dialog', { name: '受理' });
    const acted = colleague.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/actions'));
    await accepting.getByRole('button', { name: '提交' }).click();
    expect((await acted).postDataJSON()).toMatchObject({ action: 'accept', postId });
    expect((await acted).headers()['tongxin-post']).toBe(postId);
    await accepting.waitFor({ state: 'detached' });

    // That post ends while the desk stays open: the choice is forgotten, the lists are those of the post that stays, and it is said.
    await colleague.goto('/desk/');
    await colleague.getByRole('link', { name: '乙镇的灯。' }).waitFor();
    await product.server.db.pools.maintenance.query(
      `update post_holding set valid_to = '2020-03-01' where post_id = $1 and person_id = $2`,
      [postId, people.dispatcherA2.personId],
    );
    await openView(colleague, '本辖区');
    const ended = colleague.getByText('您刚才的岗位已经结束', { exact: false });
    const since: (string | undefined)[] = [];
    await ended.waitFor();
    colleague.on('request', (request) => request.url().includes('/api/v1/') && since.push(request.headers()['tongxin-post']));
    await colleague.getByRole('link', { name: '批示过的灯。' }).waitFor();
    expect(await links(colleague)).not.toContain('乙镇的灯。');
    await post.waitFor({ state: 'detached' });
    expect(await accessibilityFindings(colleague)).toEqual([]);
    await colleague.getByRole('button', { name: '知道了' }).click();
    await ended.waitFor({ state: 'detached' });
    expect(since.filter((named) => named !== undefined)).toEqual([]);
    expect(await accessibilityFindings(colleague)).toEqual([]);
    await colleague.getByRole('button', { name: '退出' }).click();
    await colleague.waitForURL(/sign-in/u);
    expect(await colleague.evaluate(() => localStorage.getItem('tongxin.post'))).toBeNull();
  });
});

test('what is new comes by itself at the top, is offered to whoever is at work, and what was read is changed in its place', async () => {
  const { people } = product.server.world;
  for (let i = 0; i < 160; i++) await report(`第 ${i} 处井盖。`);
  const page = await product.open({ as: people.dispatcherA });
  await withPicture(page, 'morning-live', async () => {
    await page.goto('/desk/?q=');
    await page.locator('a[data-case]').first().waitFor();
    const early = await report('刚刚报来的。');
    await page.getByRole('link', { name: '刚刚报来的。' }).waitFor();

    // Down the list nothing moves: it is offered.
    for (let i = 0; i < 30; i++) await page.keyboard.press('j');
    const reading = await page.evaluate(() => document.activeElement?.textContent);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(200);
    const place = await page.evaluate(() => scrollY);
    await report('后来报来的。');
    await page.getByRole('button', { name: '有 1 件新的' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(reading);
    expect(Math.abs((await page.evaluate(() => scrollY)) - place)).toBeLessThan(60);
    expect(await links(page)).not.toContain('后来报来的。');

    // A case that is opened and left again leaves the reader where they were, with what was fetched since.
    for (let i = 0; i < 90; i++) await page.keyboard.press('j');
    const deep = await page.evaluate(() => document.activeElement?.textContent);
    const scroll = await page.evaluate(() => scrollY);
    expect(scroll).toBeGreaterThan(2000);
    expect((await links(page)).length).toBeLessThan(80);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: deep! }).waitFor();
    await page.keyboard.press('u');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(deep);
    expect(Math.abs((await page.evaluate(() => scrollY)) - scroll)).toBeLessThan(400);

    await page.keyboard.press('n');
    await page.getByRole('link', { name: '后来报来的。' }).waitFor();
    await act(early, 'accept');
    await rowOf(page, '刚刚报来的。').getByText('待派单').waitFor();
    // What no longer belongs to the list is said to be so and stays in its place.
    await page.goto('/desk/?stage=received');
    await page.getByRole('link', { name: '后来报来的。' }).waitFor();
    await page.getByRole('checkbox').nth(1).check();
    const late = (await (await page.request.get('/api/v1/cases?stage=received&limit=1')).json()).rows[0] as { id: string; title: string };
    await act(late.id, 'accept');
    await rowOf(page, late.title).getByText('已不在此视图').waitFor();
  });
  await page.context().close();
});

test('a community worker says on the phone that nothing was found; of two units the one that is missing shows to the town’s head', async () => {
  const { people, organizations } = product.server.world;
  for (const { organizationId } of [organizations.committeeA1, organizations.bodyA]) {
    const body = { commandId: v7(), since: '2026-09', dueDay: 25 };
    const made = await product.server.as(people.leaderA, { method: 'POST', url: `/api/v1/screening/units/${organizationId}`, body });
    expect(made.statusCode, made.body).toBe(200);
  }
  const phone = await product.open({ as: people.committeeA, size: 'phone' });
  await withPicture(phone, 'screening-none', async () => {
    await phone.goto('/desk/screening');
    await phone.getByRole('button', { name: '没有发现' }).click();
    await phone.getByRole('button', { name: '确定：2026年9月 没有发现' }).click();
    await phone.getByText('零报告', { exact: true }).waitFor();
    expect(await overhang(phone)).toBe(0);
  });
  const head = await product.open({ as: people.leaderA });
  await withPicture(head, 'screening-overview', async () => {
    await head.goto('/desk/screening/overview');
    const line = (name: string) => head.getByRole('listitem').filter({ hasText: name }).last();
    await line('甲镇规划建设办').getByText('逾期未报').waitFor();
    await line('甲一社区居民委员会').getByText('零报告', { exact: true }).waitFor();
    await head.getByText('2 个单位：已报 1（零报告 1），逾期未报 1，发现 0 件').first().waitFor();
  });
});
