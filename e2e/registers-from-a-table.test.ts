import { manifests } from '@tongxin/server/modules.ts';
import { jobsBackground } from '@tongxin/server/platform/jobs/worker.ts';
import ExcelJS from 'exceljs';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, withPicture } from './browser.ts';

/** An administrator brings the bodies and the duty list of a town in from workbooks and its lamps from a map, decides on what has changed, and runs it again. */
let product: Product;
let jobs: ReturnType<typeof jobsBackground>;
beforeAll(async () => {
  product = await bootProduct();
  jobs = jobsBackground(
    product.server.deps,
    manifests.flatMap((manifest) => manifest.jobs ?? []),
    manifests.flatMap((manifest) => manifest.tasks ?? []),
  );
  await jobs.start();
});
afterAll(async () => {
  await jobs?.stop();
  await product?.close();
  await closeBrowser();
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const workbook = async (rows: readonly (readonly string[])[]): Promise<Buffer> => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('台账').addRows(rows as string[][]);
  return Buffer.from(await book.xlsx.writeBuffer());
};
const bring = (page: Page, name: string, buffer: Buffer) => page.getByLabel('表格文件').setInputFiles({ name, mimeType: XLSX, buffer });

/** The duty lists as the export gives them, with the wording of one clause changed in the spreadsheet. */
const changedExport = async (): Promise<Buffer> => {
  const { server } = product;
  const { administrator } = server.world.people;
  const id = v7();
  await server.as(administrator, { method: 'POST', url: '/api/v1/exports', body: { id, source: 'dutyItems', format: 'xlsx' } });
  for (;;) {
    const job = (await server.as(administrator, { url: `/api/v1/jobs/${id}` })).json<{ status: string }>();
    if (job.status === 'done') break;
    await new Promise((done) => setTimeout(done, 100));
  }
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await server.as(administrator, { url: `/api/v1/jobs/${id}/file` })).rawPayload as unknown as ArrayBuffer);
  const sheet = book.worksheets[0]!;
  sheet.eachRow((row) =>
    row.eachCell((cell) => {
      if (cell.value === '道路清扫') cell.value = '道路清扫保洁';
    }),
  );
  return Buffer.from(await book.xlsx.writeBuffer());
};

const BODIES = [
  ['单位名称', '单位类型', '所在区域', '上级单位'],
  ['甲镇城建服务站', '部门', '甲镇', '甲镇城建中心'],
  ['甲镇城建中心', '部门', '甲镇', ''],
  ['甲镇某某办', '部门', '没有的镇', ''],
];
const DUTIES = [
  ['清单', '清单类型', '适用区域', '依据', '条目', '事项', '类别', '承办单位'],
  ['甲镇基本履职清单', '镇街基本履职', '甲镇', '甲府〔2026〕1号', '1', '路灯维护', '路灯不亮', '甲镇城建中心'],
  ['甲镇基本履职清单', '镇街基本履职', '甲镇', '甲府〔2026〕1号', '2', '道路清扫', '垃圾满溢', '甲镇环卫所'],
];
const LAMPS = Buffer.from(
  JSON.stringify({
    type: 'FeatureCollection',
    features: ['7', '8'].map((n) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [113.031, 22.031] },
      properties: { 编号: `9900000103700000${n}`, 名称: `北门路灯${n}号`, 种类: '路灯' },
    })),
  }),
);
const serious = async (page: Page) =>
  (await accessibilityFindings(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical');

test('bodies and duties come in, a changed clause is decided on, and again nothing is new', async () => {
  const { people } = product.server.world;
  const page = await product.open({ as: people.administrator });
  await withPicture(page, 'registers-in', async () => {
    await page.goto('/desk/admin/organizations');
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await bring(page, '单位.xlsx', await workbook(BODIES));
    await page.getByText('已按表头推测对应关系').waitFor();
    await page.getByRole('button', { name: '试导入' }).click();
    await page.getByText('“所在区域”里的名称没有找到').waitFor();
    expect(await serious(page)).toEqual([]);
    await page.getByRole('button', { name: '正式导入 2 行' }).click();
    await page.getByRole('heading', { name: '导入结果', exact: true }).waitFor();
    await page.getByRole('link', { name: '下载未导入的行' }).waitFor();

    await page.goto('/desk/admin/duties');
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await bring(page, '职责清单.xlsx', await workbook(DUTIES));
    await page.getByRole('button', { name: '试导入' }).click();
    await page.getByRole('button', { name: '正式导入 2 行' }).click();
    await page.getByRole('heading', { name: '导入结果', exact: true }).waitFor();
    await page.getByText('其中修改已有的').waitFor();

    // A lamp put up by hand, and more of them from a map.
    await page.goto('/desk/admin/facilities');
    await page.getByRole('button', { name: '新增部件' }).click();
    const form = page.getByRole('form', { name: '新增部件' });
    await form.getByLabel('名称', { exact: true }).fill('北门路灯7号');
    await form.getByLabel('编号').fill('99000001037000007');
    await form.getByLabel('经度').fill('113.031');
    await form.getByLabel('纬度').fill('22.031');
    await form.getByText('这个位置在', { exact: false }).waitFor();
    await form.locator('.map-box[data-ready="true"]').waitFor();
    expect(await serious(page)).toEqual([]);
    await form.getByRole('button', { name: '保存' }).click();
    await page.getByRole('cell', { name: '99000001037000007' }).waitFor();
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByLabel('表格文件').setInputFiles({ name: '路灯.geojson', mimeType: 'application/geo+json', buffer: LAMPS });
    await page.getByLabel('坐标系').waitFor();
    await page.getByRole('button', { name: '试导入' }).click();
    await page.getByRole('button', { name: '正式导入 1 行' }).click();
    await page.getByRole('heading', { name: '导入结果', exact: true }).waitFor();
    await page.goto('/desk/admin/facilities');
    await page.getByLabel('名称或编号').fill('8号');
    await page.getByRole('button', { name: '打开北门路灯8号' }).click();
    await page.getByRole('button', { name: '撤销部件' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '撤销部件' }).click();
    await page.getByText('没有找到部件。').waitFor();
  });

  const changed = await changedExport();
  const phone = await product.open({ as: people.administrator, size: 'phone' });
  await withPicture(phone, 'registers-again', async () => {
    await phone.goto('/desk/exchange?tab=in&as=dutyItems');
    await bring(phone, '职责清单.xlsx', changed);
    await phone.getByRole('button', { name: '试导入' }).click();
    await phone.getByRole('heading', { name: '内容有变化的行' }).waitFor();
    const row = phone.getByRole('row', { name: /^事项/u });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['道路清扫', '道路清扫保洁']);
    expect(await phone.getByRole('button', { name: /^正式导入/u }).count()).toBe(0);
    await phone.getByRole('radio', { name: '改成表格里的' }).check();
    expect(await overhang(phone)).toBe(0);
    expect(await serious(phone)).toEqual([]);
    await phone.getByRole('button', { name: '正式导入 1 行' }).click();
    await phone.getByRole('heading', { name: '导入结果', exact: true }).waitFor();
    await phone.getByText('其中修改已有的').waitFor();
    // The clause that was in the file's place is in the register; the file says nothing new.
    await phone.getByRole('button', { name: '试导入' }).click();
    await phone.getByRole('heading', { name: '试导入结果' }).waitFor();
    await phone.getByText('已有，未变').waitFor();
    expect(await phone.getByRole('heading', { name: '内容有变化的行' }).count()).toBe(0);
    expect(await phone.getByRole('button', { name: /^正式导入/u }).count()).toBe(0);
    await phone.goto('/desk/admin/log');
    await phone.getByText('道路清扫保洁').first().waitFor();
  });
});
