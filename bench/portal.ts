import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { type Bench, percentile, round } from './bench.ts';
import { openBrowser } from './desk/browser.ts';
import { PHONES, phonesBack } from './phones.ts';
import { ensureData, ROOT, startProduct } from './product.ts';

const TRIES = 5;
const MOST_KB = 170;
const MOST_INTERACTIVE_MS = 3000;
const MOST_READABLE_MS = 8000;

/** What the browser's emulation is told: bytes a second, milliseconds of delay, how many times slower the processor is. */
interface Conditions {
  readonly down: number;
  readonly up: number;
  readonly latency: number;
  readonly slower: number;
}
const MIDDLING: Conditions = { down: 1_600_000 / 8, up: 750_000 / 8, latency: 150, slower: 4 };
/** As the browser's own tools call it: a half megabit less its losses, and two seconds there and back. */
const SLOW_3G: Conditions = { down: 400_000 / 8, up: 400_000 / 8, latency: 2000, slower: 4 };

const emulate = async (page: Page, { down, up, latency, slower }: Conditions): Promise<void> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: down, uploadThroughput: up });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
};

/** A phone that has never been here. */
const onPhone = async <T>(base: string, conditions: Conditions, work: (page: Page) => Promise<T>): Promise<T> => {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      locale: 'zh-CN',
      baseURL: base,
    });
    context.setDefaultTimeout(90_000);
    const page = await context.newPage();
    await emulate(page, conditions);
    return await work(page);
  } finally {
    await browser.close();
  }
};

/** Runs in the page: milliseconds from the begin of its load until a test holds and a frame with it was drawn. */
const UNTIL = (test: string): string => `new Promise((done, fail) => {
  const look = () => {
    if (performance.now() > 80000) return fail(new Error('never shown at ' + location.href + ': ' + document.body?.innerText.slice(0, 80)));
    if (!(${test})) return requestAnimationFrame(look);
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => done(performance.now()); port2.postMessage(0); });
  };
  look();
})`;

/** A field that takes what is typed: the app is there, not only its picture. The letter comes back through it. */
const interactive = async (page: Page, path: string, test: string): Promise<number> => {
  await page.goto(path, { waitUntil: 'commit' });
  return (await page.evaluate(UNTIL(test))) as number;
};

/** Until words of the page are painted. */
const readable = async (page: Page, path: string, words: string): Promise<number> => {
  await page.goto(path, { waitUntil: 'commit' });
  const shown = (await page.evaluate(UNTIL(`document.querySelector('main')?.innerText.includes(${JSON.stringify(words)})`))) as number;
  const painted = (await page.evaluate(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0`)) as number;
  return Math.max(shown, painted);
};

const several = async (measure: () => Promise<number>): Promise<number> => {
  const samples: number[] = [];
  for (let i = 0; i < TRIES; i++) samples.push(await measure());
  return percentile(samples, 0.5);
};

/** JavaScript that an empty phone has loaded when the report can be written, as gzip. */
const weightOf = async (base: string, bytesOf: (path: string) => Promise<number>): Promise<{ kb: number; files: number }> =>
  onPhone(base, { ...MIDDLING, down: -1, up: -1, latency: 0, slower: 1 }, async (page) => {
    await interactive(page, '/', `document.querySelector('.switches')`);
    await interactive(page, '/report', `document.querySelector('textarea')`);
    const scripts = (await page.evaluate(
      `performance.getEntriesByType('resource').filter(({ initiatorType }) => ['script', 'other', 'link'].includes(initiatorType)).map(({ name }) => new URL(name).pathname).filter((name) => name.endsWith('.js') && name !== '/sw.js')`,
    )) as string[];
    const paths = [...new Set(scripts)];
    let bytes = 0;
    for (const path of paths) bytes += await bytesOf(path);
    return { kb: round(bytes / 1024, 1), files: paths.length };
  });

/** What a resident waits for on a cheap phone and a slow network, and what becomes of the server when all their phones come back at once. */
export const portal: Bench = async ({ say }) => {
  await ensureData(10_000, say);
  const herd = await phonesBack(10_000, PHONES);
  say(`${PHONES} phones settled in ${round(herd.settledMs / 1000, 1)} s, ${herd.requests} requests, ${JSON.stringify(herd.statuses)}`);
  const isWhole = herd.acknowledged === PHONES && herd.cases === PHONES && herd.left.length === 0;
  const product = await startProduct(10_000, { TONGXIN_WEB: 'build' });
  const base = `http://127.0.0.1:${product.port}`;
  try {
    // A server that has just started on a busy machine tells its callers to come back.
    for (let calm = 0; calm < 5; ) {
      const { status } = await product.call('GET', '/', undefined, { accept: 'text/html' });
      calm = status === 200 ? calm + 1 : 0;
      await new Promise((done) => setTimeout(done, 1000));
    }
    const weight = await weightOf(base, async (path) => (await product.call('GET', path, undefined, { 'accept-encoding': 'gzip' })).bytes);
    say(`${weight.kb} kB in ${weight.files} files`);
    const home = await several(() =>
      onPhone(base, MIDDLING, (page) => interactive(page, '/', `document.querySelector('.switches button')`)),
    );
    const report = await several(() =>
      onPhone(base, MIDDLING, (page) => interactive(page, '/report', `document.querySelector('main textarea')`)),
    );
    say(`interactive: home ${home} ms, report ${report} ms`);
    const filed = await product.call('POST', '/api/v1/cases', { id: v7(), text: '路灯不亮，请修' });
    if (filed.status >= 300) throw new Error(`filing answered ${filed.status} ${filed.body}`);
    const { queryCode } = JSON.parse(filed.body) as { queryCode: string };
    const firstWords = await several(() => onPhone(base, SLOW_3G, (page) => readable(page, '/', '报一件事')));
    const receipt = await several(() => onPhone(base, SLOW_3G, (page) => readable(page, `/r/${queryCode}`, '现在到哪一步')));
    say(`readable on slow 3G: home ${firstWords} ms, receipt ${receipt} ms`);
    // A page of one word from the same server: what the network alone takes.
    const least = await several(() =>
      onPhone(base, SLOW_3G, (page) => interactive(page, '/healthz', 'document.body?.innerText.length > 1')),
    );
    const leastMiddling = await several(() =>
      onPhone(base, MIDDLING, (page) => interactive(page, '/healthz', 'document.body?.innerText.length > 1')),
    );
    const built = join(ROOT, 'apps/portal/dist/web');
    const all = readdirSync(join(built, 'assets'))
      .filter((name) => name.endsWith('.js.gz'))
      .reduce((sum, name) => sum + readFileSync(join(built, 'assets', name)).length, 0);
    return {
      figures: {
        firstLoadKb: weight.kb,
        firstLoadFiles: weight.files,
        wholePortalKb: round(all / 1024, 1),
        homeInteractiveMs: round(home, 0),
        reportInteractiveMs: round(report, 0),
        homeReadableSlow3gMs: round(firstWords, 0),
        receiptReadableSlow3gMs: round(receipt, 0),
        phones: PHONES,
        phonesSettledSeconds: round(herd.settledMs / 1000, 1),
        phonesRequests: herd.requests,
        phonesP50Ms: herd.p50Ms,
        phonesP99Ms: herd.p99Ms,
        phonesToldToComeBack: (herd.statuses['503'] ?? 0) + (herd.statuses['429'] ?? 0),
        phonesAnswersLost: herd.statuses.lost ?? 0,
        phonesMostMegabytes: herd.mostMegabytes,
      },
      limit: { oneWordMs: round(leastMiddling, 0), oneWordSlow3gMs: round(least, 0) },
      ratio: { reportOverOneWord: round(report / leastMiddling), receiptOverOneWordSlow3g: round(receipt / least) },
      growth: {},
      aims: [
        { aim: `first load within ${MOST_KB} kB gzip of JavaScript (${weight.kb})`, met: weight.kb <= MOST_KB },
        {
          aim: `interactive within ${MOST_INTERACTIVE_MS / 1000} s at 1.6 Mb/s, 150 ms, 4 × slower processor (${round(Math.max(home, report) / 1000)})`,
          met: Math.max(home, report) <= MOST_INTERACTIVE_MS,
        },
        {
          aim: `a readable page within ${MOST_READABLE_MS / 1000} s on slow 3G (${round(Math.max(firstWords, receipt) / 1000)})`,
          met: Math.max(firstWords, receipt) <= MOST_READABLE_MS,
        },
        {
          aim: `${PHONES} phones at once: nothing lost, nothing doubled (${herd.cases} cases of ${herd.acknowledged} told), healthy all along (${herd.health.failed} of ${herd.health.asked} failed)`,
          met: isWhole && herd.health.failed === 0,
        },
      ],
      notes: [
        'first load is all the JavaScript an empty phone has loaded when the first page was opened and then the report, as gzip',
        'interactive is when the field to write in, or the buttons of the first page, are there and drawn by the app; the median of five empty phones',
        'readable is when the words of the page are painted: made by the server, before any script; slow 3G is 400 kb/s with 2 s of delay for each request',
        'the phones come back in the same second with a report each, a quarter of them with a picture, every seventh loses its first answer; they share the machine with the server, and a time is that of one request as a phone sees it',
        'the limit is a page of one word from the same server under the same emulation',
      ],
    };
  } finally {
    await product.stop();
  }
};
