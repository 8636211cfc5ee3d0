import pg from 'pg';
import { percentile, round } from '../bench.ts';
import type { PartOf } from '../desk.ts';
import { adminUrlOf, startBare } from '../product.ts';
import { loaded, loadNow, openBrowser, openWindow, type Window, withCookie } from './browser.ts';

/** How often each act is timed. */
const TIMES = 30;
const ACCOUNT = 'city-hotline-dispatcher';
/** Rows of a list that was not shown before, or that there are none. */
const LISTED = `location.search !== kept.search && !kept.row?.isConnected && document.querySelector('tr[data-index="0"], section.card > p:not([class])')`;
const FIRST_ROWS = `document.querySelector('tr[data-index="0"]')`;
const OPENED = `document.querySelector('ol.timeline li') && document.querySelector('section[aria-labelledby="actions"]')`;

const repeat = async (times: number, once: (i: number) => Promise<number>): Promise<number[]> => {
  const samples: number[] = [];
  for (let i = 0; i < times; i++) samples.push(await once(i));
  return samples;
};

/** From pressing the button of the sign-in page to rows, or to there being none; what the product is made of is in the browser's cache. */
const signIn = async ({ page, timed }: Window, usernames: readonly string[]): Promise<number[]> => {
  const [first, ...others] = usernames;
  const once = async (username: string): Promise<number> => {
    await page.context().clearCookies();
    await page.goto('/desk/sign-in');
    await page.locator('#username').fill(username);
    await page.locator('#password').fill('tongxin-2026');
    return timed(
      () => page.locator('form button[type="submit"]').click(),
      `document.querySelector('tr[data-index="0"], section.card > p:not([class])')`,
    );
  };
  // Nothing is in the cache yet.
  await once(first!);
  return repeat(Math.min(TIMES, others.length), (i) => once(others[i]!));
};

/** Goes to a list by its address, as a link or a choice from a tree does. */
const goTo = ({ page, timed }: Window, search: string): Promise<number> =>
  timed(() => page.evaluate(`(__watch.since = performance.now(), history.pushState({}, '', ${JSON.stringify(search)}))`), LISTED);

/** Stage by stage the lights in turn, each chosen from its list with the keyboard. */
const chooseInTurn = async ({ page, timed }: Window, times: number): Promise<number[]> => {
  const next = async (id: string, down: number): Promise<number> => {
    await page.locator(`#${id}`).click();
    await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().waitFor();
    for (let i = 0; i < down; i++) await page.keyboard.press('ArrowDown');
    return timed(() => page.keyboard.press('Enter'), LISTED);
  };
  await page.goto('/desk/?view=area');
  await page.locator('tr[data-index="0"]').waitFor();
  return repeat(times, (i) => (i % 6 === 5 ? next('stage', 1) : next('light', i === 0 ? 0 : 1)));
};

/** What a dispatcher of the whole city waits for, in a browser, and what a bare page with the same rows would take. */
export const inbox: PartOf = async ({ product, size, say }) => {
  const db = new pg.Client({ connectionString: await adminUrlOf(size) });
  await db.connect();
  const { rows: newest } = await db.query<{ city_id: string; title: string; community_id: string; town_id: string; category_id: string }>(
    'select city_id, title, community_id, town_id, category_id from cases where title is not null and community_id is not null order by updated_at desc limit 5000',
  );
  await db.end();
  const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)].slice(0, TIMES);
  const words = distinct(newest.map(({ title }) => title.slice(0, 3)));
  const areas = distinct(newest.flatMap(({ town_id, community_id }) => [town_id, community_id]));
  const categories = distinct(newest.map(({ category_id }) => category_id));
  const samples: Record<string, number[]> = {};
  const bareSamples: Record<string, number[]> = {};
  const browser = await openBrowser();
  const bare = await startBare('bare-desk.ts', size, { BARE_CITY: newest[0]!.city_id });
  const before = loadNow();
  try {
    const base = `http://127.0.0.1:${product.port}`;
    const window = await openWindow(browser, base);
    const { page, timed } = window;
    // An account may try to enter only so often: each of the towns' staff does it once.
    const accounts = JSON.parse((await product.call('GET', '/api/v1/demo/accounts')).body) as { username: string }[];
    samples.signIn = await signIn(window, [
      ACCOUNT,
      ...accounts.map(({ username }) => username).filter((name) => name !== ACCOUNT && /-(?:dispatcher|verifier)$/u.test(name)),
    ]);
    await withCookie(window, base, (await product.signIn(ACCOUNT)).cookie!);
    samples.firstPaint = await repeat(TIMES, () => loaded(window, '/desk/', FIRST_ROWS));
    say(`sign-in p95 ${percentile(samples.signIn, 0.95)} ms, page p95 ${percentile(samples.firstPaint, 0.95)} ms`);

    samples.filterLightStage = await chooseInTurn(window, TIMES);
    await page.goto('/desk/?view=area');
    await page.locator('tr[data-index="0"]').waitFor();
    samples.filterArea = await repeat(areas.length, (i) =>
      goTo(window, `/desk/?view=area&area=${encodeURIComponent(JSON.stringify([areas[i]]))}`),
    );
    samples.filterCategory = await repeat(categories.length, (i) =>
      goTo(window, `/desk/?view=area&categoryId=${encodeURIComponent(categories[i]!)}`),
    );
    samples.filterWords = await repeat(words.length, async (i) => {
      await page.locator('#q').fill(words[i]!);
      return timed(() => page.keyboard.press('Enter'), LISTED);
    });
    say(
      Object.entries(samples)
        .map(([name, one]) => `${name} ${percentile(one, 0.5)}/${percentile(one, 0.95)}`)
        .join(', '),
    );

    await page.goto('/desk/?view=area');
    await page.locator('tr[data-index="0"]').waitFor();
    // The bar beside the list is drawn to its end, where the next page begins.
    samples.nextPage = await repeat(TIMES, (i) =>
      timed(
        () => page.evaluate('(__watch.since = performance.now(), scrollTo(0, document.documentElement.scrollHeight))'),
        `document.querySelector('tr[data-index="${(i + 1) * 50}"]')`,
      ),
    );

    // An address of its own: a page that is loaded again stands where it stood.
    await page.goto('/desk/?view=area&order=changed');
    const openOne = async (i: number): Promise<number> => {
      const link = page.locator(`tr[data-index="${i}"] a[data-case]`);
      await link.waitFor();
      const ms = await timed(() => link.click(), OPENED);
      await page.keyboard.press('u');
      return ms;
    };
    await repeat(3, openOne);
    samples.openCase = await repeat(TIMES, (i) => openOne(i + 3));

    const plain = await openWindow(browser, `http://127.0.0.1:${bare.port}`);
    const drawnAnew = `document.querySelector('#rows').dataset.path === '`;
    bareSamples.firstPaint = await repeat(TIMES, () => loaded(plain, '/page', `document.querySelector('#rows tr')`));
    bareSamples.filter = await repeat(areas.length, async (i) => {
      const path = `/rows?town=${areas[i]}`;
      await plain.page.evaluate(`document.getElementById('more').dataset.path = '${path}'`);
      return plain.timed(() => plain.page.locator('#more').click(), `${drawnAnew}${path}'`);
    });
    await plain.page.evaluate(`delete document.getElementById('more').dataset.path`);
    await loaded(plain, '/page', `document.querySelector('#rows tr')`);
    bareSamples.nextPage = await repeat(TIMES, async () => {
      await plain.page.evaluate(`document.querySelector('#rows').dataset.path = ''`);
      return plain.timed(() => plain.page.locator('#more').click(), `document.querySelector('#rows').dataset.path !== ''`);
    });
    bareSamples.openCase = await repeat(TIMES, async (i) => {
      const row = plain.page.locator('#rows tr').nth(i % 20);
      const id = await row.getAttribute('data-case');
      await plain.page.evaluate(`document.querySelector('#record').dataset.of = ''`);
      return plain.timed(() => row.locator('td').first().click(), `document.querySelector('#record').dataset.of === '${id}'`);
    });
  } finally {
    await browser.close();
    bare.stop();
  }
  samples.filter = ['filterLightStage', 'filterArea', 'filterCategory', 'filterWords'].flatMap((name) => samples[name]!);
  const of = (from: Record<string, number[]>): Record<string, number> =>
    Object.fromEntries(
      Object.entries(from).flatMap(([name, one]) => [
        [`${name}.p50Ms`, percentile(one, 0.5)],
        [`${name}.p95Ms`, percentile(one, 0.95)],
      ]),
    );
  const figures: Record<string, number> = { ...of(samples), 'load.before': before, 'load.after': loadNow() };
  const limit = of(bareSamples);
  say(`p95: filter ${figures['filter.p95Ms']}, next page ${figures['nextPage.p95Ms']}, case ${figures['openCase.p95Ms']} ms`);
  const within = (name: string, most: number, words: string) => {
    const p95 = percentile(samples[name]!, 0.95);
    return { aim: `${words} within ${most} ms (p95 ${p95})`, met: size >= 1_000_000 && p95 <= most };
  };
  return {
    figures,
    limit,
    ratio: Object.fromEntries(
      ['firstPaint', 'filter', 'nextPage', 'openCase'].map((name) => [
        `${name}.p50OverBare`,
        round(percentile(samples[name]!, 0.5) / percentile(bareSamples[name]!, 0.5)),
      ]),
    ),
    aims: [
      within('signIn', 1500, 'inbox painted after sign-in, warm,'),
      within('firstPaint', 1500, 'inbox painted after a load of the page, warm,'),
      within('filter', 150, 'filter to rendered rows'),
      within('nextPage', 150, 'next page to rendered rows'),
      within('openCase', 200, 'case opened'),
    ],
    notes: [
      `acts of a dispatcher who sees the whole city, ${TIMES} of each, in headless Chromium on the machine that also serves: from the act until the frame after the rows stand in the page; nothing asked for was asked before, and the database’s files were read once before the server started, so that no disk is waited for`,
      'filters: light and stage by keyboard, areas and categories by address, words by Enter; the next page is the bar drawn to the list’s end; sign-in counts the checking of the password',
      'the limit of a screen is a page without a library that draws the same rows of a bare server as a plain table, timed alike',
    ],
  };
};
