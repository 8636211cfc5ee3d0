import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseView, Receipt } from '@tongxin/domain/case/view.ts';
import { readHeader } from '@tongxin/domain/record/rules.ts';
import { commandFor } from '@tongxin/domain/soundness/build.ts';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD, type WorldPerson } from '@tongxin/testing/world.ts';
import fc from 'fast-check';
import pg from 'pg';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifests } from '../../../modules.ts';
import { feedBackground } from '../../../platform/feed/feed.ts';
import { tellDue } from '../../clock/index.ts';
import { importCases } from '../../import/index.ts';
import { rebuildStatistics, verifyStatistics } from '../index.ts';

const CASES = 200;
const STEPS = 500;
const SEED = process.env.TONGXIN_LONG ? Date.now() : 20260105;
const HOUR_MS = 3_600_000;

const { people, points, organizations, categories } = WORLD;
const STAFF: Readonly<Record<string, readonly WorldPerson[]>> = {
  order: [people.dispatcherA, people.handlerA, people.verifierA, people.dispatcherA2, people.dispatcherB, people.hotlineDispatcher],
  letter: [people.letterOfficerA, people.letterApproverA, people.bodyHeadA],
};
const PLACES = [points.inA11, points.inSchool, points.inA12, points.inA21, points.inB11, points.outside];

let server: TestServer;
let admin: pg.Client;
let folder: string;
let picture: Buffer;
const choices = fc.sample(fc.nat(), { numRuns: 40 * (CASES + STEPS), seed: SEED });
const pick = <T>(from: readonly T[]): T => from[choices.pop()! % from.length]!;

interface Filed {
  readonly id: string;
  readonly procedure: 'order' | 'letter';
  readonly code: string;
}

const file = async (): Promise<Filed> => {
  const id = v7();
  const procedure = pick(['order', 'order', 'order', 'order', 'letter'] as const);
  const categoryId = pick([undefined, categories.lamp, categories.bin, categories.gas]);
  const reporter = { phone: '13812345678', callBackWanted: pick([true, false]) };
  const answer = await server.as(procedure === 'letter' ? people.residentA : 'anonymous', {
    method: 'POST',
    url: '/api/v1/cases',
    body: {
      id,
      procedure,
      text: '随便什么事',
      point: pick(PLACES),
      ...(categoryId ? { categoryId } : {}),
      ...(pick([true, false]) ? { reporter } : {}),
    },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return { id, procedure, code: (answer.json() as Receipt).queryCode! };
};

const evidence = async (caller: WorldPerson, id: string): Promise<string> => {
  const fileId = v7();
  const headers = { 'content-type': 'image/jpeg', 'x-kind': 'photo' };
  const answer = await server.as(caller, { method: 'PUT', url: `/api/v1/cases/${id}/files/${fileId}`, body: picture, headers });
  expect(answer.statusCode, answer.body).toBe(201);
  return fileId;
};

const RARE = new Set(['withdraw', 'urge', 'addInformation', 'rate']);

/** What one reader may do about a case: staff mostly get on with it, and hardly anybody withdraws. */
const chosen = (allowed: CaseView['allowed']): string | undefined => {
  const likely = allowed.map(({ id }) => id).filter((id) => !RARE.has(id) || pick([0, 1, 2, 3, 4, 5, 6, 7]) === 0);
  return likely.length > 0 ? pick([likely[0]!, likely[0]!, pick(likely)]) : undefined;
};

/** The next of those who have something to do about a case does it; a refusal is somebody's life too. */
const act = async ({ id, procedure, code }: Filed): Promise<void> => {
  const callers = [...STAFF[procedure]!, undefined];
  const first = choices.pop()!;
  for (const i of callers.keys()) {
    const staff = callers[(first + i) % callers.length];
    const path = staff ? `/api/v1/cases/${id}` : `/api/v1/receipts/${code}`;
    const seen = await server.as(staff ?? 'anonymous', { url: path });
    const { allowed, version } = seen.statusCode === 200 ? (seen.json() as CaseView) : { allowed: [], version: 0 };
    const action = chosen(allowed);
    if (!action) continue;
    const definition = server.deps.procedures.latest(procedure)!.actions[action]!;
    const { input } = commandFor(definition, action, {
      organizationId: organizations.bodyA.organizationId,
      mainCaseId: pick(filed).id,
      satisfaction: pick(['satisfied', 'dissatisfied']),
      ...(action === 'accept' ? { categoryId: pick([categories.lamp, categories.bin]) } : {}),
    });
    const fileIds = definition.evidence && staff ? [await evidence(staff, id)] : [];
    const body = { commandId: v7(), action, version, input, fileIds };
    await server.as(staff ?? 'anonymous', { method: 'POST', url: `${path}/actions`, body });
    return;
  }
};

const filed: Filed[] = [];
const TABLE = `编号,时间,期限,办结,内容
I-1,2025-11-01 08:00,2025-11-05 08:00,2025-11-03 09:30,导入已办结
I-2,2025-11-01 08:00,2025-11-05 08:00,2025-11-09 20:00,导入已办结而超期
I-3,2025-11-02 23:30,,,导入未办结
I-4,,,,导入不知何日
I-5,,,2025-12-01 10:00,导入只知何日办结
I-6,2025-11-09 08:00,,2025-11-01 08:00,导入日期颠倒
`;

/** Figures by key, zeros left out. */
type Figures = Record<string, number>;

const stored = async (): Promise<Figures> => {
  const { rows } = await admin.query<{ key: string; n: string }>(`
    select concat_ws('|', measure, area_id, procedure_id, stage, category_id, day) as key, n from case_count where n <> 0
    union all select concat_ws('|', 'duration', area_id, procedure_id, category_id, day, bucket), n from duration_count where n <> 0`);
  return Object.fromEntries(rows.map(({ key, n }) => [key, Number(n)]));
};

const ENDS: Readonly<Record<string, readonly string[]>> = {
  order: ['closed', 'closedAnonymous', 'declined', 'withdrawn', 'merged', 'filed', 'settled'],
  letter: ['closed', 'concluded', 'directed', 'declined', 'closedAnonymous', 'withdrawn'],
};
const OVERALL: Readonly<Record<string, string>> = { order: 'overall', letter: 'handling' };
const HOURS = [1, 4, 8, 24, 48, 72, 120, 168, 240, 360, 720, 1440, 2160];
const shanghaiDay = (instant: string): string => new Date(Date.parse(instant) + 8 * HOUR_MS).toISOString().slice(0, 10);

type Recorded = ReturnType<typeof readHeader>;

/** How long the first `n` events of a case took, by its whole record rather than from one event to the next. */
const hoursTaken = (record: readonly Recorded[], overall: string): number | undefined => {
  const [first, last] = [record[0]!, record.at(-1)!];
  const { dateUnknown, closedAt } = (first.header.codes ?? {}) as { dateUnknown?: boolean; closedAt?: string };
  const imported = first.type === 'case.imported';
  const accepted = record
    .flatMap(({ header }) => header.clocks ?? [])
    .find(({ change, state }) => change === 'started' && state.clock === overall);
  const from = imported ? (dateUnknown ? undefined : first.occurredAt) : (accepted?.state.startedAt ?? first.recordedAt);
  const to = record.length === 1 ? closedAt : last.recordedAt;
  return from === undefined || to === undefined || to < from ? undefined : (Date.parse(to) - Date.parse(from)) / HOUR_MS;
};

/** Everything counted by hand: what stands, from the rows of the cases; what flowed, from each record read as a whole. */
const recount = async (): Promise<Figures> => {
  const figures: Figures = {};
  const add = (...parts: (string | number)[]): void => {
    const key = parts.join('|');
    figures[key] = (figures[key] ?? 0) + 1;
  };
  const { rows: standing } = await admin.query(`
    select area, procedure_id, stage, coalesce(category_id, '-') as category,
      coalesce((state->'clocks'->(case procedure_id when 'order' then 'overall' else 'handling' end)->>'overdueSince') is not null
        and state->'clocks'->(case procedure_id when 'order' then 'overall' else 'handling' end)->>'status' <> 'stopped', false) as overdue
    from cases, unnest(array_remove(array[city_id, district_id, town_id, community_id, grid_id] || overlay_ids, null)) as area`);
  for (const { area, procedure_id, stage, category, overdue } of standing) {
    add('standing', area, procedure_id, stage, category, '0001-01-01');
    if (overdue) add('overdue', area, procedure_id, stage, category, '0001-01-01');
  }
  const { rows } = await admin.query<{ header: string }>('select header from events order by case_id, event_no');
  const records = Object.values(
    Object.groupBy(
      rows.map((row) => readHeader(row.header)),
      ({ caseId }) => caseId,
    ),
  ) as Recorded[][];
  for (const record of records) {
    const { areaIds, procedureId } = record[0]!.header.codes as { areaIds: string[]; procedureId: string };
    for (const [i, { header, occurredAt, recordedAt }] of record.entries()) {
      if (header.to === undefined || header.to === header.from) continue;
      const before = record.slice(0, i + 1);
      const category = before.map((one) => one.header.assign?.categoryId ?? one.header.codes?.categoryId).findLast((one) => one) ?? '-';
      const day = shanghaiDay(i === 0 ? occurredAt : recordedAt);
      const hours = ENDS[procedureId]!.includes(header.to) ? hoursTaken(before, OVERALL[procedureId]!) : undefined;
      for (const area of areaIds) {
        add('entered', area, procedureId, header.to, category as string, day);
        if (i === 0 && !header.codes?.dateUnknown) add('filed', area, procedureId, header.to, category as string, day);
        if (hours === undefined) continue;
        const ended = i === 0 ? shanghaiDay(header.codes!.closedAt as string) : day;
        add('duration', area, procedureId, category as string, ended, HOURS.filter((bound) => bound <= hours).length);
      }
    }
  }
  return figures;
};

beforeAll(async () => {
  server = await testServer({ now: '2026-01-05T01:00:00.000Z' });
  admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
  folder = mkdtempSync(join(tmpdir(), 'tongxin-statistics-'));
  picture = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer();
  writeFileSync(join(folder, 'table.csv'), TABLE);
  const date = (column: string) => ({ column, formats: ['yyyy-MM-dd HH:mm'] });
  const imported = await importCases(server.deps, WORLD.services.import.who, join(folder, 'table.csv'), {
    map: {
      kind: 'cases',
      sourceSystem: 'fixture',
      sourceNumber: '编号',
      text: ['内容'],
      reportedAt: date('时间'),
      dueAt: date('期限'),
      closedAt: date('办结'),
    },
    rejectsFolder: folder,
  });
  expect(imported).toMatchObject({ imported: 6, rejected: 0 });
  for (let i = 0; i < CASES; i++) filed.push(await file());
  for (let i = 0; i < STEPS; i++) {
    server.deps.clock.advance(pick([1, 20, 60, 200, 600]) * 60_000);
    await act(pick(filed));
    if (i % 30 === 0) await tellDue(server.deps);
  }
}, 300_000);
afterAll(async () => {
  await admin.end();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const whole = { ok: true, lost: 0, uncounted: 0, differences: [] };

test('figures are not found right over nothing: what no server has counted yet is counted first', async () => {
  const { rows } = await admin.query('select count(*)::int as n from events');
  const verified = await verifyStatistics(server.deps);
  expect(verified).toMatchObject({ ...whole, events: rows[0].n });
  expect(verified.measures).toBe(Object.keys(await stored()).length);
  expect(verified.measures).toBeGreaterThan(100);
});

test('every figure of some hundred lives of cases is the one that counting by hand gives', async () => {
  const counted = await recount();
  expect(await stored()).toEqual(counted);
  for (const measure of ['filed', 'entered', 'standing', 'overdue', 'duration'])
    expect([measure, Object.keys(counted).filter((key) => key.startsWith(`${measure}|`)).length > 5]).toEqual([measure, true]);
});

describe('behind the back of the record', () => {
  const row = (table: string) => `ctid = (select ctid from ${table} where n > 0 order by n desc, area_id limit 1)`;
  const day = "'2026-02-03', 1";
  test.each([
    ['a count raised', `update case_count set n = n + 1 where ${row('case_count')}`, /^(filed|entered|standing|overdue)\|/u],
    ['a count taken away', `delete from case_count where ${row('case_count')}`, /^(filed|entered|standing|overdue)\|/u],
    [
      'a count made up',
      `insert into case_count select 'filed', area_id, 'order', 'received', 'none', ${day} from area limit 1`,
      /^filed\|.*\|none\|2026-02-03$/u,
    ],
    ['a duration raised', `update duration_count set n = n + 2 where ${row('duration_count')}`, /^duration\|/u],
    ['a duration taken away', `delete from duration_count where ${row('duration_count')}`, /^duration\|/u],
    [
      'a duration made up',
      `insert into duration_count select area_id, 'order', 'none', '2026-02-03', 5, 1 from area limit 1`,
      /^duration\|.*\|none\|2026-02-03\|5$/u,
    ],
  ])('%s is named, and a rebuild mends it', async (_how, statement, key) => {
    const right = await stored();
    expect((await admin.query(statement)).rowCount).toBe(1);
    const wrong = await stored();
    const { ok, differences } = await verifyStatistics(server.deps);
    expect(ok).toBe(false);
    expect(differences).toHaveLength(1);
    const named = differences[0]!;
    expect(named.key).toMatch(key);
    expect([named.counted, named.recomputed]).toEqual([wrong[named.key] ?? 0, right[named.key] ?? 0]);
    const { rows } = await admin.query('select position::int from feed_head');
    expect(await rebuildStatistics(server.deps)).toBe(rows[0].position);
    expect(await verifyStatistics(server.deps)).toMatchObject(whole);
    expect(await stored()).toEqual(right);
  });
});

test('an event that was taken out of the feed is missed, though every figure agrees with the rest', async () => {
  const { rows } = await admin.query('delete from feed where position = (select max(position) from feed) returning *');
  await admin.query('update feed_head set position = position - 1');
  await rebuildStatistics(server.deps);
  expect(await verifyStatistics(server.deps)).toMatchObject({ ok: false, lost: 1, differences: [] });
  await admin.query('insert into feed_pending (case_id, event_no) values ($1, $2)', [rows[0].case_id, rows[0].event_no]);
  expect(await verifyStatistics(server.deps)).toMatchObject(whole);
});

test('while the server runs and reports come in, figures are rebuilt and verified, and come out the same', async () => {
  const background = feedBackground(
    server.deps,
    manifests.flatMap((manifest) => manifest.consumers ?? []),
  );
  background.start();
  try {
    const reports = (async () => {
      for (let i = 0; i < 30; i++) filed.push(await file());
    })();
    await admin.query('update case_count set n = n + 1');
    for (let i = 0; i < 3; i++) await rebuildStatistics(server.deps);
    const { ok, lost, differences } = await verifyStatistics(server.deps);
    expect({ ok, lost, differences }).toEqual({ ok: true, lost: 0, differences: [] });
    await reports;
    expect(await verifyStatistics(server.deps)).toMatchObject(whole);
  } finally {
    await background.stop();
  }
  expect(await stored()).toEqual(await recount());
});

describe('how long it took', () => {
  const ask = async (who: WorldPerson, query = '') => (await server.as(who, { url: `/api/v1/statistics/durations${query}` })).json();
  test('is read by those who see the area, bucket after bucket', async () => {
    const { rows: of } = await admin.query<{ bucket: number; n: number }>(
      "select bucket, sum(n)::int as n from duration_count where area_id = $1 and procedure_id = 'order' group by 1",
      [WORLD.areas.townA.areaId],
    );
    const counted = Array.from({ length: HOURS.length + 1 }, (_, bucket) => of.find((one) => one.bucket === bucket)?.n ?? 0);
    const answer = await ask(people.dispatcherA);
    expect(answer).toMatchObject({ areaId: WORLD.areas.townA.areaId, procedureId: 'order' });
    expect(answer.rows).toEqual(
      counted.map((n, i) => ({ fromHours: [0, ...HOURS][i], ...(i < HOURS.length ? { underHours: HOURS[i] } : {}), n })),
    );
    expect((await ask(people.dispatcherA, '?from=2031-01-01')).rows.every(({ n }: { n: number }) => n === 0)).toBe(true);
  });
  test('is not told to those of another town', async () => {
    const answer = await server.as(people.dispatcherB, { url: `/api/v1/statistics/durations?areaId=${WORLD.areas.townA.areaId}` });
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'missingCapability']);
  });
});
