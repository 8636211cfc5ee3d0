import { percentile, round } from '../bench.ts';
import type { PartOf } from '../desk.ts';
import { loadNow, openBrowser, openWindow, rendererOf, type Window } from './browser.ts';

const PAN_MS = 5000;

/** Times between frames, while something happens. */
const framesDuring = async ({ page }: Window, work: () => Promise<unknown>): Promise<number[]> => {
  await page.evaluate(
    `(() => { const at = []; globalThis.__frames = at; const look = (now) => { at.push(now); globalThis.__frames === at && requestAnimationFrame(look); }; requestAnimationFrame(look); })()`,
  );
  await work();
  const at = (await page.evaluate(`(() => { const at = globalThis.__frames; globalThis.__frames = undefined; return at; })()`)) as number[];
  return at.slice(1).map((now, i) => now - at[i]!);
};

/** The city's map dragged about, and how many frames the browser draws meanwhile; beside it those of an empty page. */
export const frames: PartOf = async ({ product, say }) => {
  const { cookie } = await product.signIn('city-leader');
  const browser = await openBrowser();
  try {
    const window = await openWindow(browser, `http://127.0.0.1:${product.port}`, cookie);
    const { page } = window;
    await page.goto('/desk/sign-in');
    const renderer = await rendererOf(page);
    const empty = await framesDuring(window, () => page.waitForTimeout(PAN_MS / 2));
    const figures: Record<string, number> = {};
    for (const [name, search] of [
      ['open', ''],
      ['filed', '?show=filed'],
    ] as const) {
      await page.goto(`/desk/map${search}`);
      const map = page.locator('.map-box[data-ready="true"]');
      await map.waitFor();
      await page.waitForTimeout(3000);
      const box = (await map.boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      const between = await framesDuring(window, async () => {
        await page.mouse.down();
        const end = performance.now() + PAN_MS;
        for (let i = 0; performance.now() < end; i++) await page.mouse.move(x + 150 * Math.sin(i / 12), y + 100 * Math.cos(i / 12));
        await page.mouse.up();
      });
      figures[`${name}.framesPerSecond`] = round(1000 / (between.reduce((sum, one) => sum + one, 0) / between.length), 1);
      figures[`${name}.frameP95Ms`] = percentile(between, 0.95);
    }
    figures.load = loadNow();
    const still = round(1000 / (empty.reduce((sum, one) => sum + one, 0) / empty.length), 1);
    say(`${JSON.stringify(figures)}, ${renderer}`);
    return {
      figures,
      limit: { emptyPageFramesPerSecond: still },
      ratio: { panOverEmpty: round(figures['open.framesPerSecond']! / still) },
      aims: [],
      notes: [`frames while the map of the city is dragged for ${PAN_MS / 1000} s at 1440 × 900, drawn by ${renderer}`],
    };
  } finally {
    await browser.close();
  }
};
