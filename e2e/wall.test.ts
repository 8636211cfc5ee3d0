import { rm } from 'node:fs/promises';
import type { MadeDisplay, WallView } from '@tongxin/domain/wall/view.ts';
import type { BrowserContext, Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFindings, closeBrowser, openBrowser, shownText, withPicture } from './browser.ts';
import { freePort, installedFolder, type Place, type Running, startProduct } from './processes.ts';

/** The wall of a town in a hall: a display with a token and no person behind it, over a server that is stopped and started again. */
let place: Place;
let running: Running;
const site = (): string => `http://127.0.0.1:${place.port}`;
beforeAll(async () => {
  place = { dataDir: await installedFolder('wall'), port: await freePort(), env: { TONGXIN_WEB: '' } };
  running = await startProduct(place);
});
const stop = async (): Promise<void> => {
  running.child.kill('SIGTERM');
  await running.exited;
};
afterAll(async () => {
  await closeBrowser();
  await stop();
  await rm(place.dataDir, { recursive: true, force: true });
});

/** A machine under load answers 503 for a while: come back, as it says. */
const patiently = async (work: () => Promise<Response>): Promise<Response> => {
  for (let tries = 0; ; tries++) {
    const answer = await work();
    if (answer.status !== 503 || tries === 30) return answer;
    await new Promise((done) => setTimeout(done, 1000));
  }
};
const signIn = async (username: string): Promise<{ cookie: string }> => {
  const answer = await patiently(() =>
    fetch(`${site()}/api/auth/sign-in/username`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: site() },
      body: JSON.stringify({ username, password: 'tongxin-2026' }),
    }),
  );
  expect(answer.status).toBe(200);
  return {
    cookie: answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  };
};
const ask = async <T>(path: string, headers: Record<string, string>, body?: object): Promise<T> => {
  const answer = await patiently(() =>
    fetch(`${site()}/api/v1${path}`, {
      headers: { ...headers, ...(body ? { 'content-type': 'application/json', origin: site() } : {}) },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    }),
  );
  expect(answer.ok, await answer.clone().text()).toBe(true);
  return (await answer.json()) as T;
};
const file = (areaId: string): Promise<unknown> => ask('/cases', {}, { id: v7(), text: '凉亭顶棚漏雨', demandKind: 'help', areaId });
const received = (page: Page): Promise<string> =>
  page.locator('.wall-tile').filter({ hasText: '今日收件' }).locator('.wall-number').innerText();

test('a display shows the figures of the statistics, follows them, and goes on by itself after the server was away', async () => {
  const administrator = await signIn('city-administrator');
  const leader = await signIn('shiqi-leader');
  const { posts } = await ask<{ posts: { areaId: string }[] }>('/me', leader);
  const areaId = posts[0]!.areaId;
  for (let n = 0; n < 6; n++) await file(areaId);
  const { display, token } = await ask<MadeDisplay>('/wall/displays', administrator, { id: v7(), name: '政务大厅', areaId });

  const browser = await openBrowser();
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1920, height: 1080 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await withPicture(page, 'wall', async () => {
    await page.goto(`${site()}/wall#${token}`);
    await page.getByRole('heading', { name: '石岐街道 · 今日治理' }).waitFor();
    expect(page.url()).toBe(`${site()}/wall`);
    await expect.poll(() => received(page), { timeout: 30_000 }).toBe('6');
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const { rows } = await ask<{ rows: { n: number }[] }>(
      `/statistics/cases?measure=filed&by=day&areaId=${areaId}&from=${day}&to=${day}`,
      leader,
    );
    expect(rows.map(({ n }) => n)).toEqual([6]);
    const shown = await ask<WallView>('/wall', { authorization: `Bearer ${token}` });
    expect(shown.lights.other).toBe(6);
    await page.getByText('在办 6 件').waitFor();
    // No scrolling, no finding of axe, nothing of a case.
    expect(
      await page.evaluate(() => [document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]),
    ).toEqual([0, 0]);
    expect((await accessibilityFindings(page)).filter(({ impact }) => ['serious', 'critical'].includes(impact))).toEqual([]);
    expect(await shownText(page)).not.toMatch(/凉亭|GD20/u);

    await file(areaId);
    await expect.poll(() => received(page), { timeout: 30_000 }).toBe('7');

    // The server is away: the figures stay, and the screen says of when they are.
    await stop();
    await page.getByText('连接中断，正在重连。', { exact: false }).waitFor();
    expect(await received(page)).toBe('7');
    running = await startProduct(place);
    await file(areaId);
    await expect.poll(() => received(page), { timeout: 60_000 }).toBe('8');
    await page.getByText('连接中断', { exact: false }).waitFor({ state: 'detached' });

    // Opened again, it needs no token in its address.
    await page.goto(`${site()}/wall`);
    await expect.poll(() => received(page), { timeout: 30_000 }).toBe('8');

    await ask(`/wall/displays/${display.id}/revoke`, administrator, {});
    await page.getByText('此屏幕的授权已收回或已到期', { exact: false }).waitFor();
    expect(await shownText(page)).not.toContain('今日收件');
  });
  await context.close();
});

test('somebody who is not signed in is shown the way in and no figures', async () => {
  const browser = await openBrowser();
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${site()}/wall`);
  await page.getByText('请先登录工作台').waitFor();
  await context.close();
});
