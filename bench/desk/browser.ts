import { existsSync, readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const CHROMIUM =
  process.env.TONGXIN_CHROMIUM ??
  ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path)) ??
  '/usr/bin/chromium';
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];
const PATIENCE_MS = 60_000;

/** A browser's window on the desk, with what measures it: in the page itself, from the user's act to what the screen shows. */
export interface Window {
  readonly page: Page;
  /** Milliseconds from the user's act until `shown`, an expression of the page that may ask what it kept before, holds and a frame with it was drawn. */
  readonly timed: (act: () => Promise<unknown>, shown: string) => Promise<number>;
}

export const openBrowser = (): Promise<Browser> => {
  if (!existsSync(CHROMIUM)) throw new Error(`no chromium at ${CHROMIUM}: run scripts/system-deps`);
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS });
};

/** Runs in the page: looks at each frame whether what was waited for is there, and takes the time when that frame has been drawn. */
const WATCH = `(() => {
  const watch = {};
  globalThis.__watch = watch;
  // A click counts from the moment it came to the browser; so does a key.
  for (const kind of ['click', 'keydown', 'wheel'])
    addEventListener(kind, (event) => { if (watch.armed && watch.since === undefined) watch.since = event.timeStamp; }, { capture: true, passive: true });
  const drawn = () => new Promise((done) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => done(performance.now()); port2.postMessage(0); }));
  watch.arm = () => { watch.armed = true; watch.since = undefined; watch.kept = { row: document.querySelector('tr[data-index="0"]'), search: location.search }; };
  watch.until = (test) => new Promise((done, fail) => {
    const end = performance.now() + ${PATIENCE_MS};
    const look = () => {
      if (performance.now() > end) return fail(new Error('never shown: ' + test + ' at ' + location.href));
      if ((watch.since !== undefined || watch.fromStart) && test(watch.kept)) return drawn().then((at) => { watch.armed = false; done(at - (watch.since ?? 0)); });
      requestAnimationFrame(look);
    };
    look();
  });
})()`;

export const openWindow = async (browser: Browser, base: string, cookie?: string): Promise<Window> => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    baseURL: base,
    reducedMotion: 'no-preference',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript(WATCH);
  const page = await context.newPage();
  const timed: Window['timed'] = async (act, shown) => {
    await page.evaluate('__watch.arm()');
    const [, ms] = await Promise.all([act(), page.evaluate(`__watch.until((kept) => ${shown})`)]);
    return ms as number;
  };
  if (cookie) await withCookie({ page, timed }, base, cookie);
  return { page, timed };
};

/** Makes a window that of whom a session's cookie belongs to. */
export const withCookie = async ({ page }: Window, base: string, cookie: string): Promise<void> => {
  await page.context().clearCookies();
  await page
    .context()
    .addCookies(
      cookie.split('; ').map((one) => ({ name: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1), url: base })),
    );
};

/** From the begin of a page's load until something is shown. */
export const loaded = async ({ page }: Window, path: string, shown: string): Promise<number> => {
  await page.goto(path, { waitUntil: 'commit' });
  return (await page.evaluate(
    `(__watch.fromStart = true, __watch.until(() => ${shown}).finally(() => { __watch.fromStart = false; }))`,
  )) as number;
};

/** What draws: a graphics card, or the processor in its place. */
export const rendererOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    return gl ? String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : 'no WebGL';
  });

/** How busy the machine is, as the average of a minute. */
export const loadNow = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
