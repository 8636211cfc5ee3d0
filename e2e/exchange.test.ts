import { manifests } from '@tongxin/server/modules.ts';
import type { JobKind } from '@tongxin/server/platform/jobs/jobs.ts';
import { jobsBackground } from '@tongxin/server/platform/jobs/worker.ts';
import { fillCases } from '@tongxin/testing/long-list.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, bootProduct, closeBrowser, overhang, type Product, withPicture } from './browser.ts';

/** Long work on the screen: a big export (a million rows in the long form), stopped, begun again and fetched in parts; a table brought in with a rehearsal and conflicts. */
const LONG = Boolean(process.env.TONGXIN_LONG);
const ROWS = LONG ? 1_000_000 : 30_000;
/** As the screen writes it: the copies and the two they are copies of. */
const SHOWN = (ROWS + 2).toLocaleString('en');
/** What a million rows may take beside others: not a measure. */
const PATIENCE_MS = LONG ? 1_200_000 : 60_000;
let product: Product;
let jobs: ReturnType<typeof jobsBackground>;
/** The disk under the first file takes nothing until it is let: what happens in between does not hang on how fast the machine is. */
let letWrite = (): void => {};
const slowDisk = new Promise<void>((done) => {
  letWrite = done;
});
const onSlowDisk = (kind: JobKind): JobKind => ({
  ...kind,
  run: (call) =>
    kind.run({
      ...call,
      file: () => {
        const file = call.file();
        const write = file._write.bind(file);
        file._write = (...chunk) => void slowDisk.then(() => write(...chunk));
        return file;
      },
    }),
});
beforeAll(async () => {
  product = await bootProduct();
  await fillCases(product.server, ROWS);
  jobs = jobsBackground(
    product.server.deps,
    manifests.flatMap((manifest) => manifest.jobs ?? []).map((kind) => (kind.name === 'export' ? onSlowDisk(kind) : kind)),
    manifests.flatMap((manifest) => manifest.tasks ?? []),
  );
  await jobs.start();
});
afterAll(async () => {
  await jobs?.stop();
  await product?.close();
  await closeBrowser();
});

test('a big export: begun, followed, stopped, begun again, and a download that broke goes on where it stopped', {
  timeout: 300_000 + 2 * PATIENCE_MS,
}, async () => {
  const page = await product.open({ as: product.server.world.people.hotlineDispatcher });
  await withPicture(page, 'exchange-export', async () => {
    await page.goto('/desk/?view=area');
    await page.getByRole('button', { name: '导出', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '导出' });
    await dialog.getByRole('button', { name: '开始导出' }).waitFor();
    expect((await accessibilityFindings(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await dialog.getByRole('button', { name: '开始导出' }).click();
    await dialog.getByRole('link', { name: '查看进度' }).click();
    const told = page.getByText(new RegExp(`已处理 [\\d,]+ / ${SHOWN}`, 'u'));
    await told.waitFor();
    // Until the disk holds it up: one that still runs would be stopped before anybody reads that it is stopping.
    let before = '';
    const stands = async (): Promise<boolean> => {
      const now = (await told.textContent()) ?? '';
      const same = now === before;
      before = now;
      return same;
    };
    await expect.poll(stands, { interval: 2500, timeout: 60_000 }).toBe(true);
    await page.getByRole('button', { name: /^取消/u }).click();
    await page.getByText('正在停止').waitFor();
    letWrite();
    await page.getByText('已取消').waitFor();
    await page.getByRole('button', { name: /^重新开始/u }).click();
    const link = page.getByRole('link', { name: /^下载/u });
    await link.waitFor({ timeout: PATIENCE_MS });
    await page.getByText(`共 ${SHOWN} 行`).waitFor();
    expect((await accessibilityFindings(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    const address = (await link.getAttribute('href'))!;
    const { request } = page.context();
    const whole = await request.get(address);
    const bytes = await whole.body();
    const etag = whole.headers().etag!;
    const first = await request.get(address, { headers: { range: 'bytes=0-99999' } });
    const rest = await request.get(address, { headers: { range: 'bytes=100000-', 'if-range': etag } });
    expect([first.status(), rest.status()]).toEqual([206, 206]);
    expect(Buffer.concat([await first.body(), await rest.body()]).equals(bytes)).toBe(true);
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
  });
});

test('a table is rehearsed, imported, and what has changed in it is shown beside what is kept', async () => {
  const page = await product.open({ as: product.server.world.people.administrator, size: 'phone' });
  const table = (words: string) => ({ name: 'ledger.csv', mimeType: 'text/csv', buffer: Buffer.from(`编号,内容,受理时间\n${words}`) });
  await withPicture(page, 'exchange-import', async () => {
    await page.goto('/desk/exchange?tab=in');
    await page.getByLabel('表格文件').setInputFiles(table('A1,路灯不亮,2026-09-01 08:00\nA2,,2026-09-02 08:00\n'));
    await page.getByText('已按表头推测对应关系').waitFor();
    await page.getByRole('button', { name: '试导入' }).click();
    await page.getByRole('heading', { name: '试导入结果' }).waitFor();
    await page.getByText('没有正文').waitFor();
    await page.getByRole('button', { name: '正式导入 1 件' }).click();
    await page.getByRole('heading', { name: '导入结果', exact: true }).waitFor();
    await page.getByRole('link', { name: '下载未导入的行' }).waitFor();
    await page.getByLabel('表格文件').setInputFiles(table('A1,路灯亮了又灭,2026-09-01 08:00\nA3,井盖缺失,2026-09-03 08:00\n'));
    await page.getByText('这种表头以前用过').waitFor();
    await page.getByRole('button', { name: '试导入' }).click();
    await page.getByRole('heading', { name: '内容有变化的行' }).waitFor();
    const row = page.getByRole('row', { name: /^内容/u });
    expect(await row.getByRole('cell').allTextContents()).toEqual(['路灯不亮', '路灯亮了又灭']);
    expect(await overhang(page)).toBe(0);
    expect((await accessibilityFindings(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });
});
