import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, freePort, installedFolder, type Place } from './processes.ts';

/** An import is killed at random rows and run again: the result is that of one undisturbed run. Short: 5 kills; TONGXIN_LONG=1: 25. */
const KILLS = process.env.TONGXIN_LONG ? 25 : 5;
const ROWS = 12_000;

let place: Place;
beforeAll(async () => {
  place = { dataDir: await installedFolder('import-killed'), port: await freePort() };
});
afterAll(() => rm(place.dataDir, { recursive: true, force: true }));

test(`killed ${KILLS} times at random rows, an import ends as if it had not been`, { timeout: 1_200_000 }, async () => {
  const file = join(place.dataDir, 'orders.csv');
  const map = join(place.dataDir, 'map.json');
  const rows = Array.from({ length: ROWS }, (_, i) => `N-${i % (ROWS - 100)},20260${1 + (i % 9)}15,第${i % (ROWS - 100)}号路灯不亮`);
  await writeFile(file, `编号,日期,内容\n${rows.join('\n')}\n`);
  await writeFile(
    map,
    JSON.stringify({
      kind: 'cases',
      sourceSystem: 'killed',
      sourceNumber: '编号',
      text: ['内容'],
      reportedAt: { column: '日期', formats: ['yyyyMMdd'] },
    }),
  );
  const words = ['import', 'cases', file, '--map', map];
  let killed = 0;
  for (let i = 0; i < KILLS; i++) {
    const { code } = await command(place, words, 1200 + Math.random() * 2500);
    if (code === null) killed += 1;
  }
  const last = await command(place, words);
  expect(last.code, last.said).toBe(0);
  // Whoever reads the one object on stdout can follow the rows on stderr meanwhile.
  expect(last.out.trimEnd().split('\n')).toHaveLength(1);
  expect(last.said).toMatch(/^\d+ rows, \d+ %, \d+ rows\/s$/mu);
  const result = JSON.parse(last.out);
  // Equal rows differ in their date only where the serial repeats: those are conflicts or duplicates, never lost.
  expect(result.read).toBe(ROWS);
  expect(result.imported + result.duplicates + result.conflicts + result.rejected).toBe(ROWS);
  const again = JSON.parse((await command(place, words)).out);
  expect(again).toMatchObject({ read: ROWS, imported: 0, rejected: 0, conflicts: result.conflicts });
  const verified = JSON.parse((await command(place, ['record', 'verify'])).out);
  expect(verified).toMatchObject({ ok: true, cases: ROWS - 100, broken: [] });
  expect(killed).toBeGreaterThan(0);
});
