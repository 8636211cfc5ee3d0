import { manifests } from '@tongxin/server/modules.ts';
import { settleJobs } from '@tongxin/server/platform/jobs/worker.ts';
import pg from 'pg';
import { v7 } from 'uuid';
import type { TestServer } from './server.ts';
import { WORLD } from './world.ts';

/** Runs what is queued, as the worker does. */
export const workThrough = (server: Pick<TestServer, 'deps'>): Promise<void> =>
  settleJobs(
    server.deps,
    manifests.flatMap(({ jobs = [] }) => jobs),
    manifests.flatMap(({ tasks = [] }) => tasks),
  );

/**
 * Files a case in each town and copies the first `n` times, one in ten into town B: rows enough for a long list, without a thousand filings.
 * Copies carry varied stages, dates and titles, one of which a spreadsheet would run.
 */
export const fillCases = async (server: TestServer, n: number): Promise<{ readonly idA: string; readonly idB: string }> => {
  const { people, points, categories, areas } = WORLD;
  const file = async (caller: typeof people.residentA, point: object, text: string): Promise<string> => {
    const id = v7();
    const body = { id, text, demandKind: 'help', categoryId: categories.lamp, point, reporter: { name: '陈某', phone: '13800138000' } };
    const answer = await server.as(caller, { method: 'POST', url: '/api/v1/cases', body });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return id;
  };
  const idA = await file(people.residentA, points.inA11, '小区门口路灯不亮，联系电话13912345678');
  const idB = await file(people.residentB, points.inB11, '乙镇路灯不亮');
  if (n === 0) return { idA, idB };
  const admin = new pg.Client({ connectionString: server.db.adminUrl });
  await admin.connect();
  const { rows } = await admin.query<{ column_name: string }>(
    "select column_name from information_schema.columns where table_name = 'cases' and is_generated = 'NEVER' order by ordinal_position",
  );
  const inB = (column: string, id: string): string => `case when n % 10 = 0 then '${id}'::uuid else c.${column} end`;
  const varied: Readonly<Record<string, string>> = {
    case_id: 'gen_random_uuid()',
    number: "'X' || lpad(n::text, 7, '0')",
    title: "case when n % 7 = 0 then '=HYPERLINK(\"http://x\")' else '路灯不亮 ' || n || '号𠮷' end",
    updated_at: "c.updated_at - n * interval '1 minute'",
    reported_at: "c.reported_at - n * interval '1 minute'",
    ended_at: "case when n % 2 = 0 then c.reported_at - n * interval '1 minute' + interval '36 hours' end",
    town_id: inB('town_id', areas.townB.areaId),
    community_id: inB('community_id', areas.communityB1.areaId),
    grid_id: inB('grid_id', areas.gridB11.areaId),
  };
  const names = rows.map((row) => row.column_name);
  await admin.query(
    `insert into cases (${names.join(', ')}) select ${names.map((name) => varied[name] ?? `c.${name}`).join(', ')}
     from cases c, generate_series(1, ${n}) n where c.case_id = $1`,
    [idA],
  );
  await admin.query('analyze cases');
  await admin.end();
  return { idA, idB };
};
