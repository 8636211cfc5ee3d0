import pg from 'pg';
import { v7 } from 'uuid';
import { type Bench, drive, percentile, round } from './bench.ts';
import { adminUrlOf, ensureData, startProduct } from './product.ts';

/** How fast waiting events are sequenced and consumed by everything, and how old the screens are under a steady load. */
export const feed: Bench = async ({ seconds, say }) => {
  await ensureData(0, say);
  const product = await startProduct(0);
  const db = new pg.Pool({ connectionString: await adminUrlOf(0), max: 6 });
  try {
    let n = 0;
    const file = async (): Promise<void> => {
      const { status } = await product.call('POST', '/api/v1/cases', {
        id: v7(),
        text: `第${n++}件：路灯不亮`,
        point: { lon: 113.38, lat: 22.52 },
      });
      if (status !== 201) throw new Error(`answered ${status}`);
    };
    const lag = async (): Promise<number> =>
      Number(
        (
          await db.query(
            'select (select count(*) from feed_pending) + (select position from feed_head) - (select min(position) from feed_cursor) as lag',
          )
        ).rows[0].lag,
      );
    await drive(4, 2, file);
    while ((await lag()) > 0) await new Promise((done) => setTimeout(done, 20));
    // A burst, then how long everything takes to follow.
    const burst = await drive(16, seconds, file);
    const since = performance.now();
    const behind = await lag();
    while ((await lag()) > 0) await new Promise((done) => setTimeout(done, 10));
    const caughtUp = (performance.now() - since) / 1000;
    // A steady load of thirty cases a second: from the commit of a filing to the moment all consumers have passed it.
    const staleness: number[] = [];
    const watches: Promise<void>[] = [];
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      const beat = performance.now();
      await file();
      const committed = performance.now();
      const watch = db
        .query('select (select count(*) from feed_pending) as waiting, (select position from feed_head) as head')
        .then(async ({ rows }) => {
          const target = Number(rows[0].head) + Number(rows[0].waiting);
          for (;;) {
            const { rows: at } = await db.query('select min(position) as at from feed_cursor');
            if (Number(at[0].at) >= target) break;
            await new Promise((done) => setTimeout(done, 5));
          }
          staleness.push(performance.now() - committed);
        });
      watches.push(watch);
      await new Promise((done) => setTimeout(done, Math.max(0, 33 - (performance.now() - beat))));
    }
    await Promise.all(watches);
    // What Postgres alone could: as many small rows moved from one table into another, in steps of five thousand, each step durable.
    await db.query('drop table if exists bare_queue, bare_log');
    await db.query('create table bare_queue (n bigserial primary key, case_id uuid, event_no integer)');
    await db.query('create table bare_log (position bigint primary key, case_id uuid, event_no integer, unique (case_id, event_no))');
    await db.query('insert into bare_queue (case_id, event_no) select gen_random_uuid(), 1 from generate_series(1, 200000)');
    const bareSince = performance.now();
    for (let moved = 1; moved > 0; )
      moved =
        (
          await db.query(
            `with taken as (delete from bare_queue where n in (select n from bare_queue order by n limit 5000) returning *)
             insert into bare_log select n, case_id, event_no from taken`,
          )
        ).rowCount ?? 0;
    const bareMoved = round(200_000 / ((performance.now() - bareSince) / 1000), 0);
    await db.query('drop table bare_queue, bare_log');
    const kept = burst.samples.length / (seconds + caughtUp);
    return {
      figures: {
        eventsPerSecondKeptUpWith: round(kept, 0),
        eventsPerSecondOfferedInBurst: burst.perSecond,
        eventsBehindAfterBurst: behind,
        secondsToCatchUp: round(caughtUp),
        stalenessP50Ms: percentile(staleness, 0.5),
        stalenessP99Ms: percentile(staleness, 0.99),
      },
      limit: { eventsPerSecondMovedByPostgresAlone: bareMoved },
      ratio: { keptOverMoved: round(kept / bareMoved, 3) },
      growth: {},
      aims: [{ aim: 'screens are at most seconds old: staleness p99 below 2,000 ms', met: percentile(staleness, 0.99) < 2000 }],
      notes: [
        'consumers: search, statistics, notices; filing itself runs in the same process during the burst, so what is kept up with is bounded by what was offered',
        'the limit only moves rows from a queue to a log: no words are opened, cut or counted',
      ],
    };
  } finally {
    await db.end();
    await product.stop();
  }
};
