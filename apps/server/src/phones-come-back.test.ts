import { createHash } from 'node:crypto';
import { type Herd, phonesApart, pictureOf, takePictures } from '@tongxin/testing/phones/phones.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from './app.ts';
import { MADE, PREMISES_FORM, publishForms } from './modules/field/build.ts';
import { verifyRecord } from './modules/record/index.ts';
import { manifests } from './modules.ts';
import { feedBackground, feedLag, settleFeed } from './platform/feed/feed.ts';
import { DEFAULT_LIMITS } from './platform/http/security.ts';

/**
 * A mast has its current back: this many phones send at once what their people did meanwhile. Short: 200; TONGXIN_LONG=1: 5,000. Limits are those of an
 * installation; the phones stand behind a trusted proxy that tells their addresses.
 */
const PHONES = process.env.TONGXIN_LONG ? 5000 : 200;
const consumers = manifests.flatMap((manifest) => manifest.consumers ?? []);

let server: TestServer;
let base: string;
beforeAll(async () => {
  server = await testServer();
  await publishForms(server, [PREMISES_FORM]);
  const app = await buildApp(server.deps, { trustProxy: 1, limits: DEFAULT_LIMITS, drainMs: 300 });
  base = await app.listen({ port: 0, host: '127.0.0.1' });
  const { close } = server;
  server = {
    ...server,
    close: async () => {
      await app.close();
      await close();
    },
  };
});
afterAll(() => server?.close());

const rowsOf = async <T extends object>(statement: string): Promise<T[]> => (await server.db.pools.maintenance.query<T>(statement)).rows;

test(`${PHONES} phones come back at once: nothing is lost, nothing is doubled, and the server stays well`, {
  timeout: 900_000,
}, async () => {
  const { deps, headersOf, world } = server;
  const pictures = await takePictures();
  expect(Buffer.from(pictures.large, 'base64').length).toBeGreaterThan(256 * 1024);
  const herd: Herd = {
    base,
    phones: PHONES,
    pictures,
    worker: { cookie: headersOf(world.people.gridWorkerA).cookie!, made: MADE.premises },
  };
  const feed = feedBackground(deps, consumers);
  await feed.start();
  let mostMegabytes = 0;
  const looking = setInterval(() => {
    mostMegabytes = Math.max(mostMegabytes, Math.round(process.memoryUsage.rss() / 1024 ** 2));
  }, 100);
  const { ledger, left, ...figures } = await phonesApart(herd);
  clearInterval(looking);
  await feed.stop();
  console.info(JSON.stringify({ phones: PHONES, mostMegabytes, ...figures }));

  // Every outbox is empty, and what each phone was told stands here once.
  expect(left).toEqual([]);
  expect(ledger).toHaveLength(PHONES);
  const cases = await rowsOf<{ case_id: string; number: string }>('select case_id, number from cases');
  const told = ledger.filter(({ kind }) => kind === 'case');
  expect(cases.map(({ case_id, number }) => `${case_id} ${number}`).sort()).toEqual(told.map(({ id, number }) => `${id} ${number}`).sort());
  const premises = await rowsOf<{ premises_id: string; edits: string }>(
    'select premises_id, count(*) as edits from premises p join edit e on e.subject_id = p.premises_id group by 1',
  );
  const made = ledger.filter(({ kind }) => kind === 'premises');
  expect(premises.map((one) => `${one.premises_id} ${one.edits}`).sort()).toEqual(made.map(({ id, edits }) => `${id} ${edits}`).sort());

  // Every picture is whole: its address is a keyed digest of what was sent.
  const kept = await rowsOf<{ at: string; file_id: string; address: string }>(
    `select 'file:' || case_id || ':' as at, file_id, address from file union all select 'edit-file:' || subject_id || ':', file_id, address from edit_file`,
  );
  const sent = ledger.flatMap(({ phone, kind, id, files }) =>
    Object.entries(files).map(([fileId, digest]) => {
      const bytes = pictureOf(phone % 8 === 1 ? pictures.large : pictures.small, phone);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
      return deps.crypto.fileAddress(`${kind === 'case' ? 'file' : 'edit-file'}:${id}:${fileId}`, bytes);
    }),
  );
  expect(kept.map(({ address }) => address).sort()).toEqual(sent.sort());
  for (const { at, file_id, address } of kept) {
    const opened = deps.crypto.open((await deps.files.get(address))!, `${at}${file_id}`);
    expect((await sharp(opened).metadata()).format).toBe('jpeg');
  }

  // It answered all along, refused only by saying when to come back, and asked for work where one address filed much.
  expect(figures.health.failed).toBe(0);
  expect(figures.withoutWhen).toBe(0);
  expect(Object.keys(figures.statuses).filter((status) => status >= '500' && status !== '503' && status !== 'lost')).toEqual([]);
  expect(figures.statuses['428']).toBeGreaterThan(0);
  expect(figures.statuses.lost).toBeGreaterThan(0);

  await settleFeed(deps, consumers);
  const lag = await feedLag(deps);
  expect([lag.waiting, ...Object.values(lag.consumers)].every((behind) => behind === 0)).toBe(true);
  expect(await verifyRecord(deps)).toMatchObject({ ok: true, cases: told.length, broken: [] });
});
