import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflate } from 'node:zlib';
import pg from 'pg';
import { round } from '../bench.ts';
import type { PartOf } from '../desk.ts';
import { adminUrlOf, type Product } from '../product.ts';
import { loadNow } from './browser.ts';

const EVERY_MS = 200;
const MIB = 1024 ** 2;
const MOST_GROWN_MB = 150;
const MOST_SECONDS = { csv: 90, xlsx: 300 } as const;
/** The columns an export has unless others are chosen, as they lie in the table. */
const COLUMNS =
  'number, source_number, title, stage, channel, demand_kind, category_id, town_id, community_id, grid_id, lead_organization_id, reported_at, overall_due_at, handling_due_at, light, ended_at, updated_at';

const exporterOf = async (product: Product) => {
  const dispatcher = await product.signIn('city-hotline-dispatcher');
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await product.call(method, `/api/v1${path}`, body, dispatcher);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${answer.body.slice(0, 300)}`);
    return JSON.parse(answer.body) as T;
  };
  return async (format: 'csv' | 'xlsx', filter: object) => {
    const before = product.residentMegabytes();
    let most = before;
    const id = crypto.randomUUID();
    const since = performance.now();
    await call('POST', '/exports', { id, source: 'cases', format, filter });
    for (;;) {
      most = Math.max(most, product.residentMegabytes());
      const job = await call<{ status: string; problem?: string; result?: { rows: number }; file?: { bytes: number } }>(
        'GET',
        `/jobs/${id}`,
      );
      if (job.status === 'done')
        return {
          seconds: (performance.now() - since) / 1000,
          rows: job.result!.rows,
          megabytes: job.file!.bytes / MIB,
          grown: most - before,
        };
      if (job.status === 'failed' || job.status === 'cancelled') throw new Error(`the export ended as ${job.status} ${job.problem ?? ''}`);
      await new Promise((done) => setTimeout(done, EVERY_MS));
    }
  };
};

/** The same rows written by Postgres to a file, and that file packed as a workbook is. */
const copyToDisk = async (size: number): Promise<{ copy: number; packed: number; megabytes: number }> => {
  const folder = await mkdtemp(join(tmpdir(), 'tongxin-bench-copy-'));
  const file = join(folder, 'cases.csv');
  const db = new pg.Client({ connectionString: await adminUrlOf(size) });
  await db.connect();
  try {
    // Postgres may run as somebody else.
    await chmod(folder, 0o777);
    const since = performance.now();
    await db.query(`copy (select ${COLUMNS} from cases order by updated_at desc, case_id) to '${file}' (format csv)`);
    const copy = (performance.now() - since) / 1000;
    await pipeline(createReadStream(file), createDeflate({ level: 6 }), new Writable({ write: (_chunk, _encoding, done) => done() }));
    return { copy, packed: (performance.now() - since) / 1000, megabytes: (await stat(file)).size / MIB };
  } finally {
    await db.end();
    await rm(folder, { recursive: true, force: true });
  }
};

/** All cases of the city as CSV and as a workbook, by a job of the running server: how long, and how much more memory it holds meanwhile. */
export const exports: PartOf = async ({ product, size, say }) => {
  const figures: Record<string, number> = { 'load.before': loadNow() };
  const aims: { aim: string; met: boolean }[] = [];
  const run = await exporterOf(product);
  // A small one of either kind (what is open) warms the code; what is measured is the whole city.
  for (const format of ['csv', 'xlsx'] as const) await run(format, { view: 'area', open: true });
  const took: Record<string, number> = {};
  for (const format of ['csv', 'xlsx'] as const) {
    const one = await run(format, { view: 'area' });
    took[format] = one.seconds;
    figures[`${format}.seconds`] = round(one.seconds);
    figures[`${format}.rows`] = one.rows;
    figures[`${format}.megabytes`] = round(one.megabytes, 1);
    figures[`${format}.grownMegabytes`] = one.grown;
    say(`${one.rows} rows as ${format} in ${round(one.seconds)} s, ${one.grown} MB more`);
    // Some of the city's cases are confidential and not in it: the time of a million is told at the same pace.
    const million = round((one.seconds / one.rows) * 1e6);
    aims.push(
      {
        aim: `${format} of 10⁶ rows within ${MOST_SECONDS[format]} s (${million} at the pace of ${one.rows})`,
        met: size >= 1_000_000 && million <= MOST_SECONDS[format],
      },
      { aim: `${format} grows the server by at most ${MOST_GROWN_MB} MB (${one.grown})`, met: one.grown <= MOST_GROWN_MB },
    );
  }
  figures['load.after'] = loadNow();
  const bare = await copyToDisk(size);
  return {
    figures,
    limit: { copySeconds: round(bare.copy), copyAndDeflateSeconds: round(bare.packed), copyMegabytes: round(bare.megabytes, 1) },
    ratio: { csvOverCopy: round(took.csv! / bare.copy, 1), xlsxOverCopyAndDeflate: round(took.xlsx! / bare.packed, 1) },
    aims,
    notes: [
      'exports are of all cases of the city with the usual columns, as its hotline sees them; memory is the resident set of the server’s process, asked five times a second',
      'the limit of an export is COPY of the same columns in the same order to a file, without scope, words or labels; for a workbook that file is deflated too',
    ],
  };
};
