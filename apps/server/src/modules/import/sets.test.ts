import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { CasePage } from '@tongxin/domain/case/view.ts';
import type { CaseMap, CategoryMap } from '@tongxin/domain/import/schema.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importCases, importCategories } from './index.ts';

const NOW = '2026-11-20T01:00:00.000Z';
const MAPS = resolve(import.meta.dirname, '../../../../../packs/maps');
const REAL = process.env.TONGXIN_TEST_DATA ?? resolve(import.meta.dirname, '../../../../../../shared/data');

/** The invented set runs everywhere, the real one where it lies; `rows` are counted by hand, or stand in the set's own description. */
const INVENTED = {
  name: 'the invented set',
  folder: join(import.meta.dirname, 'fixtures/synthetic'),
  rows: {
    'messages/haikou-taxonomy.csv': 12,
    'messages/taidi-taxonomy.csv': 10,
    'messages/haikou-orders.csv': 22,
    'messages/taidi-raw.csv': 13,
    'messages/taidi-segmented.csv': 8,
    'messages/taidi-topics.csv': 12,
    'messages/taidi-replies.csv': 10,
    'english311/baltimore-2018.csv': 27,
  },
};
const LENT = {
  name: 'the real set',
  folder: REAL,
  rows: {
    'messages/haikou-taxonomy.csv': 1082,
    'messages/taidi-taxonomy.csv': 517,
    'messages/haikou-orders.csv': 6232,
    'messages/taidi-raw.csv': 2955,
    'messages/taidi-segmented.csv': 7215,
    'messages/taidi-topics.csv': 4326,
    'messages/taidi-replies.csv': 2245,
    'english311/baltimore-2018.csv': 10_000,
  },
};
const TAXONOMIES = ['messages/haikou-taxonomy.csv', 'messages/taidi-taxonomy.csv'] as const;
const TABLES = [
  'messages/haikou-orders.csv',
  'messages/taidi-raw.csv',
  'messages/taidi-segmented.csv',
  'messages/taidi-topics.csv',
  'messages/taidi-replies.csv',
  'english311/baltimore-2018.csv',
] as const;
const LIMITS = 'english311/baltimore-2018.csv';

const mapOf = <Map extends CaseMap | CategoryMap>(name: string): Map =>
  JSON.parse(readFileSync(join(MAPS, `${basename(name, '.csv')}.json`), 'utf8')) as Map;

type Cells = Readonly<Record<string, string>>;

/** A file's rows, whole, by csv-parse alone; a row of another length than the header has no cells. */
const rowsOf = (folder: string, name: string): (Cells | undefined)[] => {
  const [header, ...rows] = parse(readFileSync(join(folder, name)), {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }) as string[][];
  return rows.map((row) => (row.length === header!.length ? Object.fromEntries(header!.map((column, i) => [column, row[i]!])) : undefined));
};

const lines = (cell: string | undefined): string =>
  (cell ?? '')
    .split(/[\r\n]+/u)
    .map((line) => line.split(/\s+/u).filter(Boolean).join(' '))
    .filter(Boolean)
    .join('\n');

/** Milliseconds of a written time as if it were one of UTC: enough to compare two of the same place. Not a number: it is no time. */
const instant = (written: string): number => {
  const us = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d):(\d\d):(\d\d) ([AP])M$/u.exec(written);
  const cn = /^(\d{4})[/-](\d\d?)[/-](\d\d?) (\d\d?):(\d\d):(\d\d)$/u.exec(written) ?? /^(\d{4})(\d\d)(\d\d)$/u.exec(written);
  if (us && !(Number(us[4]) >= 1 && Number(us[4]) <= 12)) return Number.NaN;
  const parts = us ? [us[3], us[1], us[2], (Number(us[4]) % 12) + (us[7] === 'P' ? 12 : 0), us[5], us[6]] : cn?.slice(1);
  const [year, month, day, hour = 0, minute = 0, second = 0] = (parts ?? []).map(Number);
  if (year === undefined || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const at = new Date(Date.UTC(year, month! - 1, day!, hour, minute, second));
  return at.getUTCMonth() === month! - 1 && at.getUTCDate() === day! ? at.getTime() : Number.NaN;
};

/** An instant as the limits' file writes it. */
const inNewYork = (at: string): string =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/New_York',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
    .format(new Date(at))
    .replace(',', '')
    .replace(/\s/gu, ' ');

const within = (value: number, from: number, to: number): boolean => value >= from && value <= to;

interface Counted {
  readonly read: number;
  /** Rows that must become cases. */
  readonly taken: readonly Cells[];
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  readonly linked: number;
}

/** What must become of each row of a table, counted from the file by other means than the importer's. `texts` holds those of the tables before. */
const count = (folder: string, name: string, map: CaseMap, texts: Set<string>): Counted => {
  const rows = rowsOf(folder, name);
  const dates = [map.reportedAt, map.dueAt, map.closedAt].flatMap((date) => (date ? [date.column] : []));
  const point = map.point ? ([map.point.lon, map.point.lat] as const) : [];
  const read = [
    map.sourceNumber,
    ...map.text,
    ...dates,
    ...point,
    ...(map.category?.columns ?? []),
    map.department,
    ...(map.address ?? []),
    map.reply,
  ];
  const textOf = (row: Cells): string => lines(map.text.map((column) => row[column]).join('\n'));
  const sound = (row: Cells | undefined): row is Cells =>
    row !== undefined &&
    textOf(row) !== '' &&
    dates.every((column) => !lines(row[column]) || !Number.isNaN(instant(lines(row[column])))) &&
    point.every((column, i) => !row[column] || Math.abs(Number(row[column])) <= [180, 90][i]!);
  const known = new Map<string, string>();
  const taken: Cells[] = [];
  const counts = { duplicates: 0, conflicts: 0, linked: 0 };
  const good = rows.filter(sound);
  for (const row of good) {
    const content = read.map((column) => (column ? lines(row[column]) : '')).join('\u0000');
    const key = lines(row[map.sourceNumber!]) || content;
    const before = known.get(key);
    if (before !== undefined) {
      counts[before === content ? 'duplicates' : 'conflicts'] += 1;
      continue;
    }
    known.set(key, content);
    taken.push(row);
    if (texts.has(textOf(row))) counts.linked += 1;
    texts.add(textOf(row));
  }
  return { read: rows.length, taken, ...counts, rejected: rows.length - good.length };
};

/** How many categories a table of levels brings, and by how many of its rows. */
const countCategories = (folder: string, name: string, map: CategoryMap) => {
  const rows = rowsOf(folder, name);
  const known = new Set<string>();
  let [imported, rejected] = [0, 0];
  for (const row of rows) {
    const levels = map.levels.map((column) => lines(row?.[column]));
    const path = levels.slice(0, [...levels, ''].indexOf(''));
    if (!row || path.length === 0 || path.some((level) => level.length > 200)) {
      rejected += 1;
      continue;
    }
    const before = known.size;
    for (const i of path.keys()) known.add(path.slice(0, i + 1).join('\u0000'));
    if (known.size > before) imported += 1;
  }
  return { known, read: rows.length, imported, rejected, duplicates: rows.length - rejected - imported, conflicts: 0 };
};

test('where everything is to be tested the real set is there', () => {
  expect({ ci: Boolean(process.env.CI), realData: existsSync(REAL) }).not.toEqual({ ci: true, realData: false });
});

describe.each([INVENTED, ...(existsSync(REAL) ? [LENT] : [])])('$name', ({ folder, rows }) => {
  let server: TestServer;
  let rejects: string;
  const texts = new Set<string>();
  const categories = new Set<string>();
  const counted = new Map<string, Counted>();
  beforeAll(async () => {
    server = await testServer({ now: NOW });
    rejects = mkdtempSync(join(tmpdir(), 'tongxin-sets-'));
  });
  afterAll(async () => {
    await server.close();
    rmSync(rejects, { recursive: true, force: true });
  });
  const take = (name: string) =>
    importCases(server.deps, { kind: 'service', token: server.deps.config.secrets.serviceTokens.import }, join(folder, name), {
      map: mapOf<CaseMap>(name),
      rejectsFolder: rejects,
    });
  const total = (of: (table: Counted) => number): number => [...counted.values()].reduce((sum, table) => sum + of(table), 0);
  const one = async <T>(statement: string): Promise<T> => (await server.db.pools.maintenance.query(statement)).rows[0] as T;

  test.each(TAXONOMIES)('categories of %s are taken once, with every level', async (name) => {
    const map = mapOf<CategoryMap>(name);
    const { known, ...expected } = countCategories(folder, name, map);
    for (const path of known) categories.add([map.scheme, path].join('\u0000'));
    expect(expected.read).toBe(rows[name]);
    expect(await importCategories(server.deps, join(folder, name), map)).toMatchObject({ ...expected, categories: known.size });
    const again = { categories: 0, imported: 0, duplicates: expected.read - expected.rejected, rejected: expected.rejected };
    expect(await importCategories(server.deps, join(folder, name), map)).toMatchObject(again);
    await server.deps.reload();
  });

  test.each(TABLES)('%s is taken whole, and once', { timeout: 240_000 }, async (name) => {
    const table = count(folder, name, mapOf<CaseMap>(name), texts);
    counted.set(name, table);
    const { taken, ...expected } = table;
    expect(expected.read).toBe(rows[name]);
    expect(await take(name)).toMatchObject({ ...expected, imported: taken.length });
    const { conflicts, rejected, duplicates } = expected;
    expect(await take(name)).toMatchObject({
      read: expected.read,
      imported: 0,
      duplicates: duplicates + taken.length,
      conflicts,
      rejected,
    });
  });

  test('a row has the category its levels name, where a taxonomy names it too', async () => {
    const named = TABLES.flatMap((name) => {
      const { category } = mapOf<CaseMap>(name);
      if (!category) return [];
      const outermost = (row: Cells): string => category.columns.map((column) => lines(row[column])).find(Boolean) ?? '';
      return counted.get(name)!.taken.filter((row) => categories.has([category.scheme, outermost(row)].join('\u0000')));
    });
    expect(named.length).toBeGreaterThan(0);
    expect(await one('select count(*)::int as n from cases where category_id is not null')).toEqual({ n: named.length });
  });

  test('equal texts are linked, and none is dropped', async () => {
    expect(await one("select count(*)::int as n, count(distinct case_id)::int as cases from case_link where kind = 'sameText'")).toEqual({
      n: total((table) => table.linked),
      cases: total((table) => table.linked),
    });
    expect(await one('select count(*)::int as n from cases')).toEqual({ n: total((table) => table.taken.length) });
    expect(
      await one(`select count(*)::int as n from case_link l join text_digest a on a.case_id = l.case_id join text_digest b on b.case_id = l.other_case_id
        where a.digest <> b.digest`),
    ).toEqual({ n: 0 });
  });

  test('who was late is who was late by a count straight from the file', async () => {
    const late = counted.get(LIMITS)!.taken.filter((row) => {
      const end = row.CloseDate ? instant(row.CloseDate) : Date.parse(NOW);
      return row.DueDate && end > instant(row.DueDate);
    });
    const byAgency = new Map<string, { late: number; stillOpen: number }>();
    for (const { Agency, CloseDate } of late) {
      const sum = byAgency.get(Agency!) ?? { late: 0, stillOpen: 0 };
      byAgency.set(Agency!, { late: sum.late + 1, stillOpen: sum.stillOpen + (CloseDate ? 0 : 1) });
    }
    const shown = Math.min(20, late.length);
    const answer = (
      await server.as(server.world.people.administrator, { url: '/api/v1/statistics/late?sourceSystem=baltimore-311&limit=20' })
    ).json();
    const told = (answer.byOrganization as { key: string; late: number; stillOpen: number }[]).map(
      ({ key, ...sum }) => [key, { late: sum.late, stillOpen: sum.stillOpen }] as const,
    );
    expect(late.length).toBeGreaterThan(0);
    expect(new Map(told)).toEqual(byAgency);
    expect(answer.rows).toHaveLength(shown);
    for (const row of answer.rows) expect(row.daysLate).toBeGreaterThan(0);
    const written = new Map(late.map((row) => [row.SRRecordID, row.DueDate]));
    for (const row of answer.rows)
      if (row.sourceNumber) expect([row.sourceNumber, inNewYork(row.dueAt)]).toEqual([row.sourceNumber, written.get(row.sourceNumber)]);
  });

  test('no limit of a row rings, unless the row is open and its limit is still to come', async () => {
    const toCome = counted
      .get(LIMITS)!
      .taken.filter(({ DueDate, CloseDate }) => DueDate && !CloseDate && instant(DueDate) > Date.parse(NOW));
    expect(await one('select count(*)::int as n from clock where next_at is not null')).toEqual({ n: toCome.length });
    expect(await one(`select count(*)::int as n from clock where next_at <= '${NOW}'`)).toEqual({ n: 0 });
    const due = counted.get(LIMITS)!.taken.filter(({ DueDate }) => DueDate);
    expect(await one('select count(*)::int as n from clock')).toEqual({ n: due.length });
  });

  test('a row that cannot be placed stands unplaced in the queue of the body that receives', async () => {
    const { people } = server.world;
    const inside = (row: Cells): boolean =>
      row.Latitude !== '' && row.Longitude !== '' && within(Number(row.Longitude), 113, 113.4) && within(Number(row.Latitude), 22, 22.2);
    const placed = counted.get(LIMITS)!.taken.filter(inside).length;
    const unplaced = total((table) => table.taken.length) - placed;
    const queue = (
      await server.as(people.hotlineDispatcher, { url: '/api/v1/cases?view=receiving&limit=200&count=true' })
    ).json<CasePage>();
    expect(queue.count).toEqual({ n: Math.min(unplaced, 1000), more: unplaced > 1000 });
    expect(queue.rows).toHaveLength(Math.min(unplaced, 200));
    for (const row of queue.rows) expect([row.imported, row.areaLabel]).toEqual([true, server.world.areas.city.name]);
    const ofTown = (await server.as(people.dispatcherA, { url: '/api/v1/cases?view=receiving&count=true' })).json<CasePage>();
    expect(ofTown.count).toEqual({ n: placed, more: false });
  });
});
