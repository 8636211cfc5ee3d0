import type { Receipt } from '@tongxin/domain/case/view.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, withPicture } from './browser.ts';

/** A leader looks at the town on one map: figures, cases where they lie, and from there into the inbox. */
let product: Product;

const report = async (text: string, point: { lon: number; lat: number }): Promise<Receipt> => {
  const answer = await product.server.as('anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text, categoryId: product.server.world.categories.lamp, point },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Receipt>();
};

beforeAll(async () => {
  product = await bootProduct();
  const { points } = product.server.world;
  for (const text of ['一号路灯不亮。', '二号路灯不亮。', '三号路灯不亮。']) await report(text, points.inA11);
  await report('乙镇的路灯不亮。', points.inB11);
});
afterAll(async () => {
  await product?.close();
  await closeBrowser();
});

const openMap = async (page: Page, address = '/desk/map'): Promise<void> => {
  await page.goto(address);
  await page.locator('.map-box[data-ready="true"]').waitFor();
  await page.getByRole('table', { name: '下级分布' }).waitFor();
};
const figuresOf = async (page: Page): Promise<string[]> => page.locator('.figures dd').allInnerTexts();
const rowOf = (page: Page, area: string) => page.getByRole('row', { name: area });

describe('a leader at the map', () => {
  test('sees the town’s figures and no other town’s, on the map and in the table beside it', async () => {
    const { people } = product.server.world;
    const page = await product.open({ as: people.leaderA });
    const outside: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(product.base) && !request.url().startsWith('blob:')) outside.push(request.url());
    });
    await withPicture(page, 'map-figures', async () => {
      await openMap(page);
      await page.getByRole('heading', { name: '甲镇' }).waitFor();
      expect(await figuresOf(page)).toEqual(['3', '0', '3']);
      await expect.poll(() => rowOf(page, '甲一社区').innerText()).toMatch(/甲一社区\s+3\s+0\s+3/u);
      await expect.poll(() => rowOf(page, '甲二社区').innerText()).toMatch(/甲二社区\s+0\s+0\s+0/u);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
      // Fonts, tiles and everything else come from the product.
      expect(outside).toEqual([]);
    });
  });

  test('goes down to a grid, sees the cases one by one, and switches them off for good', async () => {
    const { people } = product.server.world;
    const page = await product.open({ as: people.leaderA });
    await withPicture(page, 'map-down', async () => {
      await openMap(page);
      await page.getByRole('checkbox', { name: '队伍和单位' }).check();
      const teams = page.getByRole('region', { name: /图上这一片的单位/u });
      await teams.getByText('甲镇综治中心').waitFor();
      expect(await teams.getByText('现在没有人值班').count()).toBeGreaterThan(0);
      await page.getByRole('checkbox', { name: '队伍和单位' }).uncheck();
      await page.getByRole('link', { name: '甲一社区' }).click();
      await page.getByRole('link', { name: '甲一社区第1网格' }).click();
      await page.getByRole('heading', { name: '甲一社区第1网格' }).waitFor();
      await page.waitForTimeout(2000);
      // The circle of three, where they lie in the grid that fills the map; each click goes closer and takes it to the middle.
      const { inA11 } = product.server.world.points;
      const [west, south, east, north] = product.server.world.areas.gridA11.bbox;
      const box = (await page.locator('.map-box').boundingBox())!;
      const [middle, shrink] = [(south + north) / 2, Math.cos((((south + north) / 2) * Math.PI) / 180)];
      const scale = Math.min((box.width - 48) / (east - west), ((box.height - 48) * shrink) / (north - south));
      let at = [(inA11.lon - (west + east) / 2) * scale, ((middle - inA11.lat) / shrink) * scale] as const;
      for (let clicks = 0; clicks < 6 && (await page.getByRole('heading', { name: /图上这一片的事项/u }).count()) === 0; clicks++) {
        await page.mouse.click(box.x + box.width / 2 + at[0], box.y + box.height / 2 + at[1]);
        await page.waitForTimeout(2500);
        at = [0, 0];
      }
      // Drawn by the map, told by the list: it holds what the map drew.
      await page.getByRole('heading', { name: '图上这一片的事项（3 件）' }).waitFor();
      await page.getByRole('checkbox', { name: '事项' }).uncheck();
      await page.getByRole('heading', { name: /图上这一片的事项/u }).waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('checkbox', { name: '事项' }).waitFor();
      expect(await page.getByRole('checkbox', { name: '事项' }).isChecked()).toBe(false);
      expect(await page.getByRole('checkbox', { name: '分区数字' }).isChecked()).toBe(true);
      const { lon, lat } = product.server.world.facilities.lampA11;
      await openMap(page, `/desk/map?at=${lon},${lat},16`);
      await page.getByRole('checkbox', { name: '部件' }).check();
      const facilities = page.getByRole('region', { name: '图上这一片的部件（1 处）' });
      await facilities.getByText('路灯1号').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
    });
  });

  test('clicks an area on the map and lands in the inbox, filtered to it', async () => {
    const { people } = product.server.world;
    const page = await product.open({ as: people.leaderA });
    await withPicture(page, 'map-click', async () => {
      await openMap(page);
      const box = (await page.locator('.map-box').boundingBox())!;
      // The town fills the map: its southern half is community A1; east of the middle no case is in the way.
      await page.mouse.click(box.x + box.width * 0.53, box.y + box.height * 0.7);
      await page.getByRole('heading', { name: '甲一社区', exact: true }).waitFor();
      await page.getByRole('link', { name: '在收件箱里看：甲一社区' }).click();
      await page.getByRole('heading', { name: '收件箱' }).waitFor();
      await page.getByText('共 3 件').waitFor();
      expect(decodeURIComponent(page.url())).toContain(product.server.world.areas.communityA1.areaId);
      expect(await page.getByText('乙镇的路灯不亮。').count()).toBe(0);
      // Back at the map, it stands where it was left.
      await page.goBack();
      await page.getByRole('heading', { name: '甲一社区', exact: true }).waitFor();
      const left = new URL(page.url()).searchParams.get('at');
      expect(left).toMatch(/^"?113\.\d+,22\.\d+,\d+/u);
      await page.locator('.map-box[data-ready="true"]').waitFor();
      expect(new URL(page.url()).searchParams.get('at')).toBe(left);
    });
  });

  test('draws a box around a street and reads in the inbox what lies in it, with what the map was narrowed by', async () => {
    const { people, areas, points } = product.server.world;
    const page = await product.open({ as: people.leaderA });
    const listed = async (n: number): Promise<void> => {
      await page.getByRole('heading', { name: '收件箱' }).waitFor();
      await page.getByText(`共 ${n} 件`).waitFor();
    };
    const chip = page.getByRole('button', { name: '去掉筛选：地图框选范围' });
    const drag = async (from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
      await page.mouse.move(...to);
    };
    await withPicture(page, 'map-box', async () => {
      await openMap(page, '/desk/map?stage=received');
      const box = (await page.locator('.map-box').boundingBox())!;
      // The town fills the map in its breadth or height: where a place lies on it.
      const [west, south, east, north] = areas.townA.bbox;
      const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
      const scale = Math.min((box.width - 48) / (east - west), ((box.height - 48) * shrink) / (north - south));
      const at = ({ lon, lat }: { lon: number; lat: number }, by = 0): readonly [number, number] => [
        box.x + box.width / 2 + (lon - (west + east) / 2) * scale + by,
        box.y + box.height / 2 + (((south + north) / 2 - lat) / shrink) * scale + by,
      ];
      await page.getByRole('button', { name: '框选' }).click();
      await page.getByText('请在图上拖出一个方框').waitFor();
      await drag(at(points.inA11, -30), at(points.inA11, 30));
      await page.locator('.map-boxed').waitFor();
      expect(await accessibilityFindings(page)).toEqual([]);
      await page.mouse.up();
      await listed(3);
      expect(page.url()).toContain('stage=received');
      expect(page.url()).toContain('bbox=');
      await chip.click();
      await expect.poll(() => page.url()).not.toContain('bbox=');

      // With shift, without the button: around nothing.
      await openMap(page);
      await page.keyboard.down('Shift');
      await drag(at(points.inA11, 60), at(points.inA11, 90));
      await page.mouse.up();
      await page.keyboard.up('Shift');
      await listed(0);
      await page.getByText('没有符合条件的事项，可以清除筛选再看。').waitFor();
      expect(await overhang(page)).toBe(0);
      await page.getByRole('button', { name: '清除筛选' }).click();
      await listed(3);
      expect(await chip.count()).toBe(0);

      // By keyboard: what is in sight.
      await openMap(page);
      await page.getByRole('link', { name: '在收件箱里看：当前视野' }).focus();
      await page.keyboard.press('Enter');
      await listed(3);
      await chip.waitFor();
      await page.getByRole('button', { name: '存为视图' }).click();
      await page.getByLabel('视图名称').fill('全镇视野');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByRole('link', { name: '全镇视野' }).waitFor();
      await page.goto('/desk');
      await page.getByRole('link', { name: '全镇视野' }).click();
      await chip.waitFor();
      await listed(3);
    });
  });

  test('draws a box with a finger on a telephone', async () => {
    const { people } = product.server.world;
    const page = await product.open({ as: people.leaderA, size: 'phone' });
    await withPicture(page, 'map-box-phone', async () => {
      await openMap(page);
      await page.getByRole('button', { name: '框选' }).click();
      expect(await overhang(page)).toBe(0);
      const box = (await page.locator('.map-boxing').boundingBox())!;
      const touch = await page.context().newCDPSession(page);
      const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
        touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + x, y: box.y + y }] });
      await finger('touchStart', 4, 4);
      await finger('touchMove', box.width / 2, box.height / 2);
      await finger('touchMove', box.width - 4, box.height - 4);
      await page.locator('.map-boxed').waitFor();
      await finger('touchEnd', 0, 0);
      await page.getByText('共 3 件').waitFor();
      expect(page.url()).toContain('bbox=');
    });
  });

  test('finds a place by a part of its name, and has the map on a telephone too', async () => {
    const { people } = product.server.world;
    const page = await product.open({ as: people.leaderA, size: 'phone' });
    await withPicture(page, 'map-find', async () => {
      await openMap(page);
      expect(await overhang(page)).toBe(0);
      await page.getByLabel('找地方').fill('甲二');
      await page.getByText('甲镇 › 甲二社区').click();
      await page.getByRole('heading', { name: '甲二社区', exact: true }).waitFor();
      expect(await figuresOf(page)).toEqual(['0', '0', '0']);
      await page.getByText('这里没有符合条件的事项。').waitFor();
    });
  });

  test('reads the table where the browser cannot draw, and is told so', async () => {
    const { people } = product.server.world;
    const page = await product.open({ as: people.leaderA });
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await withPicture(page, 'map-without', async () => {
      await page.goto('/desk/map');
      await page.getByText('这个浏览器画不了地图。换一个较新的浏览器就能看到。').waitFor();
      await expect.poll(() => rowOf(page, '甲一社区').innerText()).toMatch(/甲一社区\s+3\s+0\s+3/u);
    });
  });

  test('hears in a sentence that the figures did not come, and may ask again', async () => {
    const { people } = product.server.world;
    const page = await product.open({ as: people.leaderA });
    let broken = true;
    await page.route('**/api/v1/map/counts*', (route) =>
      broken
        ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"type":"about:blank","status":503}' })
        : route.continue(),
    );
    await withPicture(page, 'map-failed', async () => {
      await page.goto('/desk/map');
      const again = page.getByRole('button', { name: '再试一次' });
      await again.waitFor();
      broken = false;
      await again.click();
      await page.getByRole('table', { name: '下级分布' }).waitFor();
    });
  });
});
