import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbedded } from '@tongxin/server/platform/embedded-postgres/embedded-postgres.ts';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, installedFolder, type Place, startProduct } from './processes.ts';

/** A city that was loaded before its pack had committees' mediators and what goes with them. */
let place: Place;
beforeAll(async () => {
  place = { dataDir: await installedFolder('older-pack'), port: await freePort(), env: { TONGXIN_PACK_CASES: '1' } };
});
afterAll(() => rm(place.dataDir, { recursive: true, force: true }));

const administer = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const { databasePassword } = JSON.parse(await readFile(join(place.dataDir, 'secrets.json'), 'utf8')) as { databasePassword: string };
  const postgres = await startEmbedded({ dataDir: place.dataDir, password: databasePassword });
  const client = new pg.Client({ connectionString: postgres.adminUrl.replace(/postgres$/u, 'tongxin') });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
    await postgres.stop();
  }
};
const PARTS = [
  'mediator',
  'dispute_room',
  'dispute_centre',
  'panellist',
  'screening_item',
  'screening_report',
  'screening_unit',
  'aid_standard',
];
const counted = async (client: pg.Client): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const table of [
    ...PARTS,
    'reception_session',
    'organization',
    'post',
    'person',
    'post_holding',
    'roster_shift',
    'area',
    'facility',
    'pack_load',
  ])
    counts[table] = (await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!.n;
  return counts;
};
const startAndStop = async (): Promise<void> => {
  const { child, exited } = await startProduct(place);
  child.kill('SIGTERM');
  await exited;
};

test('gets them at the next start, once, and nothing of what it had a second time', { timeout: 240_000 }, async () => {
  const whole = await administer(async (client) => {
    await client.query(
      "insert into pack_load (pack, seed, cases, loaded_at) values ('zhongshan', 'zhongshan-1/1', 1, now()) on conflict do nothing",
    );
    const counts = await counted(client);
    for (const table of PARTS) await client.query(`delete from ${table}`);
    await client.query("delete from reception_session where kind = 'legal'");
    return counts;
  });
  expect(whole.mediator).toBeGreaterThan(0);
  await startAndStop();
  const gone = await administer(async (client) => {
    expect(await counted(client)).toEqual(whole);
    const { rows } = await client.query<{ parts: string[] }>('select parts from pack_load');
    expect(rows).toEqual([{ parts: ['mediation'] }]);
    return (
      await client.query<{ id: string }>(
        'delete from mediator where mediator_id = (select min(mediator_id::text)::uuid from mediator) returning mediator_id as id',
      )
    ).rows;
  });
  expect(gone).toHaveLength(1);
  // What is taken away since stays away.
  await startAndStop();
  expect(await administer(counted)).toEqual({ ...whole, mediator: whole.mediator! - 1 });
});
