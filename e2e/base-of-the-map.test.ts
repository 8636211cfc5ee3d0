import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { encodeTile } from '@tongxin/server/modules/map/tile/service.ts';
import { readMapBase } from '@tongxin/server/platform/config/map.ts';
import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootProduct, closeBrowser, openBrowser, type Product, type Size, withPicture } from './browser.ts';

/** An installation puts a map of its own below ours: pictures of a tile server, as 天地图 hands them out, or an archive on this machine. */
type Color = readonly [red: number, green: number, blue: number];
const RED: Color = [190, 40, 40];
const WHOSE = '示例测绘院 审图号 示例2026';

/** A picture of one colour, as wide as a tile; clear but for a bar across the middle where it is to lie over another. */
const pictureOf = ([red, green, blue]: Color, bar = false): Buffer => {
  const side = 256;
  const rows = Array.from({ length: side }, (_, y) => {
    const alpha = bar && (y < 96 || y >= 160) ? 0 : 255;
    return Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 4, Buffer.from([red, green, blue, alpha]))]);
  });
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  // Eight bits each of red, green, blue and alpha.
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))]);
};

/** A PMTiles archive (version 3) of the one tile that is the whole world. */
const archiveOf = (tile: Buffer, kind: 'mvt' | 'png', layers: readonly string[] = []): Buffer => {
  const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))]);
  // One entry: tile 0, once, so long, from the beginning.
  const directory = Buffer.from([1, 0, 1, ...varint(tile.length), 1]);
  const metadata = Buffer.from(JSON.stringify(kind === 'mvt' ? { vector_layers: layers.map((id) => ({ id, fields: {} })) } : {}));
  const head = Buffer.alloc(127);
  head.write('PMTiles');
  head[7] = 3;
  const parts = [directory, metadata, Buffer.alloc(0), tile];
  let at = head.length;
  for (const [i, part] of parts.entries()) {
    head.writeBigUInt64LE(BigInt(at), 8 + i * 16);
    head.writeBigUInt64LE(BigInt(part.length), 16 + i * 16);
    at += part.length;
  }
  for (const offset of [72, 80, 88]) head.writeBigUInt64LE(1n, offset);
  // Clustered; nothing is packed; which kind; zoom 0 to 0.
  head.set([1, 1, 1, kind === 'mvt' ? 1 : 2, 0, 0], 96);
  for (const [i, degrees] of [-180, -85, 180, 85].entries()) head.writeInt32LE(degrees * 1e7, 102 + i * 4);
  return Buffer.concat([head, ...parts]);
};

let tiles: Server;
let asked: string[] = [];
let broken = false;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongxin-base-'));
  tiles = createServer((request, response) => {
    asked.push(request.url!);
    response.setHeader('access-control-allow-origin', '*');
    if (broken) response.writeHead(503).end();
    else
      response
        .writeHead(200, { 'content-type': 'image/png' })
        .end(request.url!.includes('cva_w') ? pictureOf([30, 30, 200], true) : pictureOf(RED));
  });
  await new Promise<void>((done) => tiles.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await new Promise((done) => tiles.close(done));
  tiles.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
  await closeBrowser();
});
const at = (path: string): string => `http://127.0.0.1:${(tiles.address() as AddressInfo).port}${path}`;

/** The product over a base, with three cases at one spot; what is done with it, and away again. */
const over = async (env: NodeJS.ProcessEnv, work: (product: Product) => Promise<void>): Promise<void> => {
  const product = await bootProduct({ map: readMapBase({ TONGXIN_MAP_ATTRIBUTION: WHOSE, ...env }) });
  try {
    const { categories, points } = product.server.world;
    for (const text of ['一号路灯不亮。', '二号路灯不亮。', '三号路灯不亮。']) {
      const body = { id: v7(), text, categoryId: categories.lamp, point: points.inA11 };
      expect((await product.server.as('anonymous', { method: 'POST', url: '/api/v1/cases', body })).statusCode).toBe(201);
    }
    await work(product);
  } finally {
    await product.close();
  }
};

/** The colours of a window at some spots, as they are seen. */
const colorsAt = async (page: Page, spots: readonly (readonly [x: number, y: number])[]): Promise<Color[]> => {
  const picture = (await page.screenshot()).toString('base64');
  const blank = await (await openBrowser()).newPage();
  try {
    return await blank.evaluate(
      async ({ picture: encoded, spots: wanted }) => {
        const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${encoded}`)).blob());
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
        canvas.drawImage(bitmap, 0, 0);
        return wanted.map(([x, y]) => [...canvas.getImageData(x, y, 1, 1).data].slice(0, 3) as unknown as [number, number, number]);
      },
      { picture, spots },
    );
  } finally {
    await blank.close();
  }
};
const isRed = ([red, green, blue]: Color): boolean => red > green + 60 && red > blue + 60;
const isBlue = ([red, green, blue]: Color): boolean => blue > red + 25 && blue > green;

/** The map of town A with everything on it: where a spot lies on the screen. */
const openMap = async (product: Product, size: Size = 'desk') => {
  const page = await product.open({ as: product.server.world.people.leaderA, size });
  await page.goto('/desk/map');
  await page.locator('.map-box[data-ready="true"]').waitFor();
  await page.getByRole('table', { name: '下级分布' }).waitFor();
  // What the figures bring is drawn a moment later.
  await page.waitForTimeout(1500);
  const box = (await page.locator('.map-box').boundingBox())!;
  const [west, south, east, north] = product.server.world.areas.townA.bbox;
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = Math.min((box.width - 48) / (east - west), ((box.height - 48) * shrink) / (north - south));
  const spot = (lon: number, lat: number, by = 0): readonly [number, number] => [
    Math.round(box.x + box.width / 2 + (lon - (west + east) / 2) * scale + by),
    Math.round(box.y + box.height / 2 + (((south + north) / 2 - lat) / shrink) * scale),
  ];
  return { page, box, spot };
};
/** The edge of the circle around the three cases; inside it stands their number. */
const CIRCLE = 8;

describe('a base of pictures', () => {
  test('lies below areas and cases, and everybody reads whose it is', async () => {
    await over({ TONGXIN_MAP_TILES: at('/{z}/{x}/{y}.png') }, async (product) => {
      const { page, spot } = await openMap(product);
      await withPicture(page, 'base-pictures', async () => {
        const { lon, lat } = product.server.world.points.inA11;
        await expect.poll(async () => (await colorsAt(page, [spot(112.985, 22.1)])).every(isRed)).toBe(true);
        const [outside, circle] = (await colorsAt(page, [spot(112.985, 22.1), spot(lon, lat, CIRCLE)])) as [Color, Color];
        expect(isRed(outside)).toBe(true);
        expect(isRed(circle)).toBe(false);
        expect(circle[1]).toBeGreaterThan(circle[0]);
        await page.locator('.maplibregl-ctrl-attrib').getByText(WHOSE).waitFor();
        expect(asked.some((path) => /^\/\d+\/\d+\/\d+\.png$/u.test(path))).toBe(true);
      });
    });
  });

  test('of two layers, as 天地图 has them, the names lie over the ground; a shifted one is told to be shifted; on a telephone too', async () => {
    asked = [];
    const of = (layer: string): string => at(`/DataServer?T=${layer}&x={x}&y={y}&l={z}&tk=key`);
    await over({ TONGXIN_MAP_TILES: `${of('vec_w')} ${of('cva_w')}`, TONGXIN_MAP_DATUM: 'gcj02' }, async (product) => {
      const { page, box } = await openMap(product, 'phone');
      await withPicture(page, 'base-two-layers', async () => {
        for (const layer of ['vec_w', 'cva_w']) expect(asked.some((path) => path.includes(`T=${layer}&x=`))).toBe(true);
        await page.locator('.one-map').scrollIntoViewIfNeeded();
        const edge = Array.from({ length: 60 }, (_, i) => [Math.round(box.x + 6), Math.round(box.y + 60 + i * 3)] as const);
        const seen = await colorsAt(page, edge);
        expect(seen.some(isRed)).toBe(true);
        expect(seen.some(isBlue)).toBe(true);
        await page.locator('.maplibregl-ctrl-attrib').getByText(`${WHOSE} · `).waitFor();
      });
    });
  });

  test('that does not answer leaves the map as it is without one, and says that a part is missing', async () => {
    broken = true;
    try {
      await over({ TONGXIN_MAP_TILES: at('/{z}/{x}/{y}.png') }, async (product) => {
        const { page, spot, box } = await openMap(product);
        await withPicture(page, 'base-broken', async () => {
          const { lon, lat } = product.server.world.points.inA11;
          const [circle] = (await colorsAt(page, [spot(lon, lat, CIRCLE)])) as [Color];
          expect(circle[1]).toBeGreaterThan(circle[0]);
          await page.locator('.map-status').getByText('有几块地图没有取到').waitFor();
          await page.mouse.click(box.x + box.width * 0.53, box.y + box.height * 0.7);
          await page.getByRole('heading', { name: '甲一社区', exact: true }).waitFor();
        });
      });
    } finally {
      broken = false;
    }
  });
});

describe('a base in an archive on this machine', () => {
  const kept = (name: string, bytes: Buffer): NodeJS.ProcessEnv => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return { TONGXIN_MAP_PMTILES: file };
  };

  test('of pictures lies below areas and cases', async () => {
    await over(kept('pictures.pmtiles', archiveOf(pictureOf(RED), 'png')), async (product) => {
      const { page, spot } = await openMap(product);
      await withPicture(page, 'base-archive', async () => {
        const { lon, lat } = product.server.world.points.inA11;
        await expect.poll(async () => (await colorsAt(page, [spot(112.985, 22.1)])).every(isRed)).toBe(true);
        const [circle] = (await colorsAt(page, [spot(lon, lat, CIRCLE)])) as [Color];
        expect(circle[1]).toBeGreaterThan(circle[0]);
        await page.locator('.maplibregl-ctrl-attrib').getByText(WHOSE).waitFor();
      });
    });
  });

  test('of drawings is drawn in the product’s own colours: land and water below areas and cases', async () => {
    const box = (west: number, south: number, east: number, north: number) => ({
      type: 'Feature' as const,
      properties: {},
      geometry: {
        type: 'Polygon' as const,
        coordinates: [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ],
        ],
      },
    });
    // All that lies west of the town is water.
    const world = encodeTile({ earth: [box(100, 10, 130, 40)], water: [box(100, 10, 112.94, 40)] }, { z: 0, x: 0, y: 0 });
    await over(kept('drawn.pmtiles', archiveOf(world, 'mvt', ['earth', 'water'])), async (product) => {
      const { page, spot, box: map } = await openMap(product);
      await withPicture(page, 'base-drawn', async () => {
        const { lon, lat } = product.server.world.points.inA11;
        const sea = [Math.round(map.x + 8), spot(113, 22.1)[1]] as const;
        await expect.poll(async () => (await colorsAt(page, [sea])).every(isBlue)).toBe(true);
        const [circle] = (await colorsAt(page, [spot(lon, lat, CIRCLE)])) as [Color];
        expect(circle[1]).toBeGreaterThan(circle[0]);
        await page.locator('.maplibregl-ctrl-attrib').getByText(WHOSE).waitFor();
      });
    });
  });

  test('that is none leaves the map as it is without one', async () => {
    await over(kept('none.pmtiles', Buffer.from('this is no archive')), async (product) => {
      const { page, spot } = await openMap(product);
      await withPicture(page, 'base-no-archive', async () => {
        const { lon, lat } = product.server.world.points.inA11;
        const [circle] = (await colorsAt(page, [spot(lon, lat, CIRCLE)])) as [Color];
        expect(circle[1]).toBeGreaterThan(circle[0]);
        await page.getByRole('link', { name: '甲一社区' }).click();
        await page.getByRole('heading', { name: '甲一社区', exact: true }).waitFor();
      });
    });
  });
});
