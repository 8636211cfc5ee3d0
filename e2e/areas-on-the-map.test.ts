import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import { placingBackground } from '@tongxin/server/modules/area/index.ts';
import { WORLD } from '@tongxin/testing/world.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, type Product, settled, withPicture } from './browser.ts';

/** An administrator on the map: a grid with open cases is divided and renumbered, a dedicated grid is laid over base grids. */
const { areas, people } = WORLD;
let product: Product;
let placing: ReturnType<typeof placingBackground>;
beforeAll(async () => {
  product = await bootProduct();
  placing = placingBackground(product.server.deps);
  await placing.start();
});
afterAll(async () => {
  await placing?.stop();
  await product?.close();
  await closeBrowser();
});

const file = async (lon: number, lat: number): Promise<string> => {
  const body = { id: v7(), text: '路灯不亮', point: { lon, lat } };
  const answer = await product.server.as(people.residentA, { method: 'POST', url: '/api/v1/cases', body });
  return (answer.json() as Receipt).id;
};
const rowOf = async (id: string): Promise<{ grid_id: string; overlay_ids: string[] }> =>
  (await product.server.db.pools.maintenance.query('select grid_id, overlay_ids from cases where case_id = $1', [id])).rows[0];
const nameOf = async (areaId: string): Promise<string> =>
  (await product.server.db.pools.maintenance.query("select name->>'zh' as name from area where area_id = $1", [areaId])).rows[0].name;

/** Where a position lies on a map that shows these bounds. */
const pixelOf = async (
  page: Page,
  [west, south, east, north]: readonly number[],
): Promise<(lon: number, lat: number) => { x: number; y: number }> => {
  await page.locator('.net-map .map-box[data-ready=true]').waitFor();
  const box = (await page.locator('.net-map canvas').boundingBox())!;
  const mercator = (lat: number): number => (Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) * 180) / Math.PI;
  const scale = Math.min((box.width - 48) / (east! - west!), (box.height - 48) / (mercator(north!) - mercator(south!)));
  return (lon, lat) => ({
    x: box.x + box.width / 2 + (lon - (west! + east!) / 2) * scale,
    y: box.y + box.height / 2 - (mercator(lat) - (mercator(south!) + mercator(north!)) / 2) * scale,
  });
};

const openCommunity = async (page: Page): Promise<void> => {
  await page.goto('/desk/');
  await page.getByRole('button', { name: '管理', exact: true }).click();
  await page.getByRole('link', { name: '区域网格' }).click();
  await page.getByRole('button', { name: '打开甲镇' }).click();
  await page.getByRole('button', { name: '打开甲一社区' }).click();
  await page.getByRole('checkbox', { name: '甲一社区第1网格' }).waitFor();
};
/** Previews the draft, checks what it says, gives the reason, applies it, and waits until it is done. */
const decide = async (page: Page, seen: readonly string[], reason: string, documentNumber: string): Promise<void> => {
  await page.getByRole('button', { name: '预览影响' }).click();
  const drawer = page.getByRole('dialog', { name: '预览影响' });
  for (const words of seen) await drawer.getByText(words).first().waitFor();
  await drawer.getByLabel('调整原因').fill(reason);
  await drawer.getByLabel('文号（可不填）').fill(documentNumber);
  await drawer.getByRole('button', { name: '生效' }).click();
  await page.getByText(/已生效，\d+件未结事件已调整/u).waitFor();
};

test('an administrator splits a grid with open cases by a line on the map and renumbers a part: nothing is orphaned, the history tells', async () => {
  const [west, east] = [await file(113.02, 22.02), await file(113.08, 22.08)];
  const page = await product.open({ as: people.administrator });
  await withPicture(page, 'areas-split', async () => {
    await openCommunity(page);
    await page.getByRole('checkbox', { name: '甲一社区第1网格' }).check();
    await page.getByRole('button', { name: '拆分' }).click();
    const at = await pixelOf(page, areas.communityA1.bbox);
    const field = page.getByLabel('分界线');
    await page.getByText('在图上逐点单击画分界线', { exact: false }).waitFor();
    // The pen is fetched when it is first needed.
    await page.waitForTimeout(1500);
    const [top, bottom] = [at(113.05, 22.103), at(113.05, 21.997)];
    await page.mouse.move(top.x, top.y);
    await page.mouse.click(top.x, top.y);
    await page.mouse.move(bottom.x, bottom.y, { steps: 5 });
    await page.mouse.click(bottom.x, bottom.y);
    await page.mouse.click(bottom.x, bottom.y);
    await expect.poll(() => field.inputValue(), { timeout: 20_000 }).toMatch(/^113\.0\d+, 22\.1\d+\n113\.0\d+, 21\.9\d+$/u);
    const first = page.getByRole('group', { name: '第1块' });
    await first.getByLabel('名称', { exact: true }).fill('西片网格');
    const second = page.getByRole('group', { name: '第2块' });
    await second.getByLabel('名称', { exact: true }).fill('东片网格');
    await page.getByRole('button', { name: '加入调整' }).click();
    await page.getByText('甲一社区第1网格 → 西片网格、东片网格').waitFor();
    await decide(
      page,
      ['2件未结事件随之调整', '甲一社区第1网格 → 西片网格：1件', '甲一社区第1网格 → 东片网格：1件'],
      '人口增加',
      '示例〔2026〕8号',
    );
    await page.getByText('已生效，2件未结事件已调整。').waitFor();
  });
  expect([await nameOf((await rowOf(west)).grid_id), await nameOf((await rowOf(east)).grid_id)]).toEqual(['西片网格', '东片网格']);

  await withPicture(page, 'areas-renumber', async () => {
    await page.getByRole('checkbox', { name: '西片网格' }).check();
    await page.getByRole('button', { name: '改编码' }).click();
    // One that was used before is refused in words.
    await page.getByLabel('编码', { exact: true }).fill(areas.gridA11.code);
    await page.getByRole('button', { name: '加入调整' }).click();
    await page.getByRole('alert').getByText('这个编码以前用过', { exact: false }).waitFor();
    await page.getByLabel('编码', { exact: true }).fill(`${areas.communityA1.code}021`);
    await page.getByRole('button', { name: '加入调整' }).click();
    await decide(page, ['0件未结事件随之调整', `→ ${areas.communityA1.code}021`], '统一编码', '示例〔2026〕9号');
    await page.getByRole('button', { name: '西片网格的沿革' }).click();
    const drawer = page.getByRole('dialog', { name: '西片网格的沿革' });
    for (const words of [
      '示例〔2026〕8号',
      '示例〔2026〕9号',
      '由此而来：甲一社区第1网格',
      `编码 ${areas.communityA1.code}003 → ${areas.communityA1.code}021`,
    ])
      await drawer.getByText(words).first().waitFor();
    await page.keyboard.press('Escape');
  });
  const dispatcher = await product.open({ as: people.dispatcherA });
  await dispatcher.goto(`/desk/cases/${west}`);
  await dispatcher.getByText('属地调整：甲一社区 · 西片网格').waitFor();
  expect((await accessibilityFindings(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}, 300_000);

test('a dedicated grid over two base grids is drawn by coordinates alone, without a mouse', async () => {
  const inside = await file(113.101, 22.05);
  const { grid_id: base } = await rowOf(inside);
  const page = await product.open({ as: people.administrator });
  await withPicture(page, 'areas-dedicated', async () => {
    await page.goto(`/desk/areas?at=${areas.communityA1.areaId}`);
    const press = async (name: string): Promise<void> => {
      await page.getByRole('button', { name }).focus();
      await page.keyboard.press('Enter');
    };
    await page.getByRole('button', { name: '新建专属网格' }).waitFor();
    await press('新建专属网格');
    await page.getByLabel('边界', { exact: true }).focus();
    await page.keyboard.insertText('113.08, 22.04\n113.13, 22.04\n113.13, 22.06\n113.08, 22.06');
    await page.getByLabel('名称', { exact: true }).focus();
    await page.keyboard.insertText('市场专属网格');
    expect(await page.getByLabel('编码', { exact: true }).inputValue()).toBe(`${areas.communityA1.code}902`);
    await press('加入调整');
    await page.getByText('新建专属网格：市场专属网格').waitFor();
    await press('预览影响');
    const drawer = page.getByRole('dialog', { name: '预览影响' });
    await drawer.getByText('1件未结事件随之调整').waitFor();
    expect((await accessibilityFindings(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await drawer.getByLabel('调整原因').focus();
    await page.keyboard.insertText('市场管理');
    await press('生效');
    await page.getByText('已生效，1件未结事件已调整。').waitFor();
  });
  const after = await rowOf(inside);
  expect(after.grid_id).toBe(base);
  expect(await nameOf(after.overlay_ids[0]!)).toBe('市场专属网格');
}, 300_000);

test('a file of grids is read, mapped and tried before anything is done', async () => {
  const path = join(tmpdir(), `grids-${v7()}.geojson`);
  const feature = (code: string, name: string, west: number, east: number) => ({
    type: 'Feature',
    properties: { 网格编码: code, 网格名称: name },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 22],
          [east, 22],
          [east, 22.1],
          [west, 22.1],
          [west, 22],
        ],
      ],
    },
  });
  const { gridB11, gridB12, communityB1 } = areas;
  const features = [
    feature(gridB11.code, '乙北网格', 113.2, 113.25),
    feature(gridB12.code, gridB12.name.zh, 113.25, 113.4),
    feature('9900001020010XX', '坏码', 113, 113.1),
  ];
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
  const moving = await file(113.28, 22.05);
  const page = await product.open({ as: people.administrator });
  await withPicture(page, 'areas-import', async () => {
    await page.goto(`/desk/areas?at=${communityB1.areaId}`);
    await page.getByRole('button', { name: '导入' }).click();
    const drawer = page.getByRole('dialog', { name: '导入' });
    await drawer.getByLabel('文件').setInputFiles(path);
    await drawer.getByRole('button', { name: '读取' }).click();
    await drawer.getByText('将有3步调整，0行没有变化，1行不能使用', { exact: false }).waitFor();
    await drawer.getByText('第3行：编码有误').waitFor();
    await drawer.getByRole('button', { name: '加入调整（3步）' }).click();
    await decide(page, ['1件未结事件随之调整'], '边界重新勘定', '');
  });
  expect((await rowOf(moving)).grid_id).toBe(gridB12.areaId);
  expect(await nameOf(gridB11.areaId)).toBe('乙北网格');
}, 300_000);

test('what is prepared stays when somebody else changes the net, and when the tab is closed', async () => {
  const { communityB1, gridB12, communityA2 } = areas;
  const page = await product.open({ as: people.administrator });
  const page2 = await withPicture(page, 'areas-draft-kept', async () => {
    await page.goto(`/desk/areas?at=${communityB1.areaId}`);
    await page.getByRole('checkbox', { name: gridB12.name.zh }).check();
    await page.getByRole('button', { name: '改名称' }).click();
    await page.getByLabel('名称', { exact: true }).fill('河畔网格');
    await page.getByRole('button', { name: '加入调整' }).click();
    await page.getByRole('button', { name: '预览影响' }).click();
    const drawer = page.getByRole('dialog', { name: '预览影响' });
    await drawer.getByLabel('调整原因').fill('居民都这样叫');
    const ask = async (url: string, body?: object) =>
      (await product.server.as(people.administrator, { url: `/api/v1${url}`, ...(body ? { method: 'POST', body } : {}) })).json();
    const { netVersion } = await ask(`/areas/${communityB1.areaId}/net`);
    const steps = [{ do: 'rename', areaId: communityA2.areaId, name: { zh: '甲二新社区' } }];
    await ask('/areas/rezonings', { id: v7(), netVersion, steps, reason: '另一件事' });
    await drawer.getByRole('button', { name: '生效' }).click();
    await drawer.getByText('别人刚调整过这里的区域', { exact: false }).waitFor();
    expect(await drawer.getByLabel('调整原因').inputValue()).toBe('居民都这样叫');
    await drawer.getByRole('button', { name: '关闭' }).click();
    await page.getByText(`改名称：${gridB12.name.zh} → 河畔网格`).waitFor();
    await page.getByRole('button', { name: '乙镇 ›' }).click();
    const asking = page.getByRole('dialog', { name: '离开这个区域' });
    await asking.getByText('1步调整还没有生效', { exact: false }).waitFor();
    await asking.getByRole('button', { name: '留下' }).click();
    await page.getByText('待生效的调整（1步）').waitFor();
    await page.getByRole('button', { name: '新建专属网格' }).click();
    await page.getByLabel('边界', { exact: true }).fill('113.21, 22.04\n113.22, 22.04');
    await settled(page);
    return page.context().newPage();
  });
  await page.close({ runBeforeUnload: true });
  await withPicture(page2, 'areas-draft-found', async () => {
    await page2.goto(`/desk/areas?at=${communityB1.areaId}`);
    await page2.getByText('这是您上次没有提交的内容', { exact: false }).first().waitFor();
    // What was half drawn is there as well.
    await expect
      .poll(() => page2.getByLabel('边界', { exact: true }).inputValue(), { timeout: 20_000 })
      .toMatch(/^113\.21, 22\.04\n113\.22/u);
    await page2.getByRole('button', { name: '取消' }).click();
    await page2.getByRole('button', { name: '预览影响' }).click();
    const drawer = page2.getByRole('dialog', { name: '预览影响' });
    expect(await drawer.getByLabel('调整原因').inputValue()).toBe('居民都这样叫');
    await drawer.getByRole('button', { name: '生效' }).click();
    await page2.getByText('已生效，0件未结事件已调整。').waitFor();
    expect(await page2.getByText('待生效的调整', { exact: false }).count()).toBe(0);
  });
  expect(await nameOf(gridB12.areaId)).toBe('河畔网格');
}, 300_000);

test('a community is put below another town with its cases, and its history says where it belonged', async () => {
  const going = await file(113.15, 22.15);
  const page = await product.open({ as: people.administrator });
  await withPicture(page, 'areas-hang', async () => {
    await page.goto(`/desk/areas?at=${areas.townA.areaId}`);
    // Below a town there are communities, or grids; two communities may become one with all their grids.
    await page.getByRole('button', { name: '新建区域' }).click();
    await page.getByRole('heading', { name: '新建村社区' }).waitFor();
    await page.getByRole('radio', { name: '基础网格' }).check();
    await page.getByRole('heading', { name: '新建基础网格' }).waitFor();
    await page.getByRole('button', { name: '取消' }).click();
    for (const name of ['甲一社区', '甲二新社区']) await page.getByRole('checkbox', { name }).check();
    await page.getByRole('button', { name: '合并' }).click();
    await page.getByLabel('名称', { exact: true }).fill('甲社区');
    await page.getByLabel('编码', { exact: true }).fill('990000101088');
    await page.getByRole('button', { name: '加入调整' }).click();
    await page.getByText('合并：甲一社区、甲二新社区 → 甲社区').waitFor();
    await page.getByRole('button', { name: '预览影响' }).click();
    const merging = page.getByRole('dialog', { name: '预览影响' });
    await merging.getByText('990000101088001', { exact: false }).first().waitFor();
    await merging.getByRole('button', { name: '关闭' }).click();
    await page.getByRole('button', { name: '全部放弃' }).click();
    await page.getByRole('checkbox', { name: '甲二新社区' }).check();
    await page.getByRole('button', { name: '改隶属' }).click();
    expect(await page.getByRole('button', { name: '加入调整' }).isDisabled()).toBe(true);
    await page.getByLabel('新的上级').click();
    await page.getByRole('menuitemcheckbox', { name: '示例市' }).click();
    await page.getByRole('menuitemcheckbox', { name: '乙镇' }).click();
    await page.keyboard.press('Escape');
    expect((await accessibilityFindings(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await page.getByRole('button', { name: '加入调整' }).click();
    await page.getByText('改隶属：甲二新社区 → 乙镇').waitFor();
    await decide(page, ['1件未结事件随之调整', '甲镇 → 乙镇：1件'], '社区划归乙镇', '示例〔2026〕12号');
    await page.goto(`/desk/areas?at=${areas.townB.areaId}`);
    await page.getByRole('button', { name: '甲二新社区的沿革' }).click();
    const drawer = page.getByRole('dialog', { name: '甲二新社区的沿革' });
    await drawer.getByText('改隶属：甲镇 → 乙镇').waitFor();
  });
  const { rows } = await product.server.db.pools.maintenance.query('select town_id from cases where case_id = $1', [going]);
  expect(rows).toEqual([{ town_id: areas.townB.areaId }]);
  const other = await product.open({ as: people.dispatcherB });
  await other.goto(`/desk/cases/${going}`);
  await other.getByRole('heading', { name: '路灯不亮' }).waitFor();
}, 300_000);
