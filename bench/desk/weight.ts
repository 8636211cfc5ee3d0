import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { round } from '../bench.ts';
import type { PartOf } from '../desk.ts';
import { ROOT } from '../product.ts';
import { loaded, openBrowser, openWindow } from './browser.ts';

const MOST_KB = 450;

/** JavaScript that a browser with nothing kept loads until the inbox shows its rows. */
export const weight: PartOf = async ({ product, size, say }) => {
  const { cookie } = await product.signIn('city-hotline-dispatcher');
  const browser = await openBrowser();
  try {
    const window = await openWindow(browser, `http://127.0.0.1:${product.port}`, cookie);
    const ms = await loaded(window, '/desk/', `document.querySelector('tr[data-index="0"]')`);
    const scripts = (await window.page.evaluate(
      `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((name) => name.endsWith('.js'))`,
    )) as string[];
    let bytes = 0;
    for (const path of new Set(scripts)) bytes += (await product.call('GET', path, undefined, { 'accept-encoding': 'gzip' })).bytes;
    const kb = round(bytes / 1024, 1);
    const react =
      gzipSync(readFileSync(join(ROOT, 'node_modules/react-dom/cjs/react-dom-client.production.js')), { level: 9 }).length / 1024;
    say(`${kb} kB in ${new Set(scripts).size} files`);
    return {
      figures: { initialKb: kb, initialFiles: new Set(scripts).size, coldFirstPaintMs: round(ms, 0) },
      limit: { reactDomKb: round(react, 1) },
      ratio: { initialOverReactDom: round(kb / react, 1) },
      aims: [{ aim: `initial JavaScript within ${MOST_KB} kB gzip (${kb})`, met: size >= 0 && bytes <= MOST_KB * 1024 }],
      notes: [
        'initial JavaScript is all that an empty browser has loaded when the inbox shows its rows, as gzip; the limit is React’s renderer alone',
      ],
    };
  } finally {
    await browser.close();
  }
};
