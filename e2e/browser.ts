import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { messagesBackground } from '@tongxin/server/modules/message/index.ts';
import { noticeBackground } from '@tongxin/server/modules/notice/index.ts';
import { manifests } from '@tongxin/server/modules.ts';
import type { MapBase } from '@tongxin/server/platform/config/map.ts';
import { feedBackground } from '@tongxin/server/platform/feed/feed.ts';
import type { Senders } from '@tongxin/server/platform/messages/sender.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');
/** The browser without its windows, where Debian's package of it is installed: less to draw in software. */
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
  '--disable-component-update',
  '--disable-sync',
  // A microphone that beeps and a person who allows it.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];
/** Milliseconds until a missing element fails a step: for a machine under load, not a measure. */
const PATIENCE = 60_000;

export const SIZES = {
  desk: { width: 1440, height: 900 },
  large: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
} as const;
export type Size = keyof typeof SIZES;
export type Language = 'zh' | 'en';

let launched: Promise<Browser> | undefined;
/** One browser for the whole file. */
export const openBrowser = (): Promise<Browser> => {
  if (!existsSync(CHROMIUM)) throw new Error(`no chromium at ${CHROMIUM}: run scripts/system-deps`);
  launched ??= chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  return launched;
};
export const closeBrowser = async (): Promise<void> => {
  await (await launched)?.close();
  launched = undefined;
};

/** Requests of a window that are under way; streams that stand open are no work. */
const underWay = new WeakMap<Page, Set<Request>>();
const watch = (page: Page): void => {
  const open = new Set<Request>();
  underWay.set(page, open);
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource' && !new URL(request.url()).pathname.endsWith('/live')) open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
};
/** Waits until nothing is asked for a quarter of a second; after four seconds goes on. */
export const settled = async (page: Page): Promise<void> => {
  const open = underWay.get(page)!;
  for (let quiet = 0, tries = 0; quiet < 5 && tries < 80; tries++) {
    await new Promise((done) => setTimeout(done, 50));
    quiet = open.size === 0 ? quiet + 1 : 0;
  }
};

export interface Product {
  readonly base: string;
  readonly server: TestServer;
  /** Moves the product's clock and that of every window opened from here. */
  readonly setTime: (instant: string) => Promise<void>;
  /** A fresh window: nobody's, or with a person of the world signed in. */
  readonly open: (options?: {
    as?: WorldPerson;
    size?: Size;
    language?: Language;
    dark?: boolean;
    /** The portal keeps itself on the device, as it does for people; else it does not, and every request can be watched. */
    kept?: boolean;
  }) => Promise<Page>;
  close(): Promise<void>;
}

/** A port nobody listens on now. */
const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });

/** The real app on a port, over a database of its own, with feed and consumers running and the built web apps. */
export const bootProduct = async ({
  now = '2026-09-30T13:40:00.000Z',
  map,
  messages,
  named = false,
  portal = join(root, 'apps/portal/dist/web'),
}: {
  now?: string;
  messages?: Senders;
  /** Where the built portal lies. */
  portal?: string;
  /** Under a name, as passkeys demand, instead of an address of numbers. */
  named?: boolean;
  /** What the installation puts below its maps. */
  map?: MapBase | undefined;
} = {}): Promise<Product> => {
  const web = { portal, desk: join(root, 'apps/desk/dist/web') };
  for (const folder of Object.values(web)) if (!existsSync(folder)) throw new Error(`${folder} is not built: npm run build`);
  const port = named ? await freePort() : 0;
  const server = await testServer({
    now,
    web,
    ...(map ? { map } : {}),
    ...(messages ? { messages } : {}),
    ...(named ? { publicUrl: `http://localhost:${port}` } : {}),
  });
  const feed = feedBackground(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
  const notices = noticeBackground(server.deps);
  const outgoing = messagesBackground(server.deps);
  await feed.start();
  await notices.start();
  await outgoing.start();
  await server.app.listen({ port, host: '127.0.0.1' });
  const base = `http://${named ? 'localhost' : '127.0.0.1'}:${(server.app.server.address() as AddressInfo).port}`;
  const contexts: BrowserContext[] = [];

  const open: Product['open'] = async ({ as, size = 'desk', language = 'zh', dark = false, kept = false } = {}) => {
    const browser = await openBrowser();
    const context = await browser.newContext({
      viewport: SIZES[size],
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      timezoneId: 'Asia/Shanghai',
      hasTouch: size === 'phone',
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      baseURL: base,
      serviceWorkers: kept ? 'allow' : 'block',
    });
    context.setDefaultTimeout(PATIENCE);
    await context.clock.setSystemTime(server.deps.clock.now());
    await context.addInitScript(
      (kept) => localStorage.getItem('tongxin.language') ?? localStorage.setItem('tongxin.language', kept),
      language,
    );
    if (as) {
      const [name, value] = server.headersOf(as).cookie!.split('=', 2) as [string, string];
      await context.addCookies([{ name, value, url: base }]);
    }
    contexts.push(context);
    const page = await context.newPage();
    watch(page);
    // Whoever listens only as a picker opens may listen too late: the browser without a screen cancels it. Listening from the start is in time.
    page.on('filechooser', () => undefined);
    return page;
  };
  return {
    base,
    server,
    open,
    setTime: async (instant) => {
      server.deps.clock.set(instant);
      await Promise.all(contexts.map((context) => context.clock.setSystemTime(new Date(instant))));
    },
    close: async () => {
      await Promise.all(contexts.map((context) => context.close()));
      await outgoing.stop();
      await notices.stop();
      await feed.stop();
      await server.close();
    },
  };
};

export interface Finding {
  readonly rule: string;
  readonly impact: string;
  readonly where: readonly string[];
}

const axeSource = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

interface Looked {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly any: readonly { readonly data?: { readonly messageKey?: string } }[] }[];
}

/** What axe-core finds against WCAG 2.2 A and AA on the page as it stands. Words of their ground's own colour it leaves open: here they are found. */
export const accessibilityFindings = async (page: Page): Promise<Finding[]> => {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: Looked[]; incomplete: Looked[] }> };
    };
    const { violations, incomplete } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    const unseen = incomplete
      .filter(({ id }) => id === 'color-contrast')
      .map((one) => ({ ...one, nodes: one.nodes.filter(({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio')) }))
      .filter(({ nodes }) => nodes.length > 0);
    return [...violations, ...unseen].map(({ id, impact, nodes }) => ({
      rule: id,
      impact,
      where: nodes.map(({ html }) => html.slice(0, 200)),
    }));
  });
};

/** How far the page is wider than its window, in CSS pixels: 0 when nothing is cut off or scrolled sideways. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));

/** Visible text of the page, for hunting words of the wrong language and raw codes. */
export const shownText = (page: Page): Promise<string> => page.evaluate(() => document.body.innerText);

/** Keeps a picture of what went wrong in the ignored folder `.tmp/`, then throws on. */
export const withPicture = async <T>(page: Page, name: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    mkdirSync(join(root, '.tmp'), { recursive: true });
    await page.screenshot({ path: join(root, '.tmp', `${name}.png`), fullPage: true }).catch(() => undefined);
    throw error;
  }
};
