import { type Bench, round } from './bench.ts';
import { ensureData, startProduct } from './product.ts';

const id = (): string => crypto.randomUUID();
const EVERY_MS = 200;
const MIB = 1024 ** 2;

/** All cases of the city as CSV and as a workbook, by a job of the running server: how long, and how much more memory it holds meanwhile. */
export const deskExport: Bench = async ({ sizes, say }) => {
  const figures: Record<string, number> = {};
  const limit: Record<string, number> = {};
  const ratio: Record<string, number> = {};
  const aims: { aim: string; met: boolean }[] = [];
  for (const size of sizes) {
    await ensureData(size, say);
    const product = await startProduct(size);
    try {
      const accounts = JSON.parse((await product.call('GET', '/api/v1/demo/accounts')).body) as { username: string }[];
      // Somebody of the city's hotline sees all of it.
      const dispatcher = await product.signIn(accounts.find(({ username }) => username.endsWith('hotline-dispatcher'))!.username);
      const call = async (method: string, path: string, body?: unknown) => {
        const answer = await product.call(method, `/api/v1${path}`, body, dispatcher);
        if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${answer.body.slice(0, 300)}`);
        return JSON.parse(answer.body) as Record<string, never>;
      };
      const run = async (format: 'csv' | 'xlsx'): Promise<{ seconds: number; rows: number; megabytes: number; grown: number }> => {
        const before = product.residentMegabytes();
        let most = before;
        const jobId = id();
        const since = performance.now();
        await call('POST', '/exports', { id: jobId, source: 'cases', format, filter: { view: 'area' } });
        for (;;) {
          most = Math.max(most, product.residentMegabytes());
          const job = (await call('GET', `/jobs/${jobId}`)) as unknown as {
            status: string;
            problem?: string;
            result?: { rows: number };
            file?: { bytes: number };
          };
          if (job.status === 'done')
            return {
              seconds: (performance.now() - since) / 1000,
              rows: job.result!.rows,
              megabytes: job.file!.bytes / MIB,
              grown: most - before,
            };
          if (job.status === 'failed' || job.status === 'cancelled')
            throw new Error(`the export ended as ${job.status} ${job.problem ?? ''}`);
          await new Promise((done) => setTimeout(done, EVERY_MS));
        }
      };
      // The first warms the code and the cache: what is measured is the second.
      await run('csv');
      for (const format of ['csv', 'xlsx'] as const) {
        const one = await run(format);
        figures[`${format}Seconds@${size}`] = round(one.seconds);
        figures[`${format}Rows@${size}`] = one.rows;
        figures[`${format}Megabytes@${size}`] = round(one.megabytes, 1);
        figures[`${format}GrownMegabytes@${size}`] = one.grown;
        say(`${size} cases: ${one.rows} rows as ${format} in ${round(one.seconds)} s, ${one.grown} MB more`);
        const most = ((format === 'csv' ? 90 : 300) * size) / 1e6;
        if (size >= 1e6)
          aims.push({ aim: `${format} of ${one.rows} rows within ${most} s (it took ${round(one.seconds)})`, met: one.seconds <= most });
        aims.push({
          aim: `${format} at ${size} cases grows the server by at most 150 MB (it grew by ${one.grown})`,
          met: one.grown <= 150,
        });
      }
    } finally {
      await product.stop();
    }
  }
  return {
    figures,
    limit,
    ratio,
    growth: {},
    aims,
    notes: [
      'all cases of the city with the usual columns, as its hotline sees them; resident memory of the server’s process, asked five times a second',
    ],
  };
};
