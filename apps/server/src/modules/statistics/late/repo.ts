import type { CaseState } from '@tongxin/domain/case/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface LateFilter {
  readonly areaId: string;
  readonly level: 'city' | 'district' | 'town' | 'community' | 'grid';
  readonly from?: string;
  readonly to?: string;
  readonly sourceSystem?: string;
}

const COLUMN = { city: 'city_id', district: 'district_id', town: 'town_id', community: 'community_id', grid: 'grid_id' } as const;

/** Days are those on which the limit ran out. Due times come from the overall clock, or from the file a case was imported from. */
const where = (filter: LateFilter) => sql`${sql.ref(COLUMN[filter.level])} = ${filter.areaId} and overdue
  ${filter.from ? sql`and overall_due_at >= ${filter.from}::date at time zone 'Asia/Shanghai'` : sql``}
  ${filter.to ? sql`and overall_due_at < (${filter.to}::date + 1) at time zone 'Asia/Shanghai'` : sql``}
  ${filter.sourceSystem ? sql`and source_system = ${filter.sourceSystem}` : sql``}`;

export interface LateRow {
  case_id: string;
  number: string;
  source_number: string | null;
  title: string | null;
  category_id: string | null;
  category_version: number | null;
  lead_organization_id: string | null;
  source_department: string | null;
  due_at: Date | null;
  ended_at: Date | null;
  procedure_id: string;
  procedure_version: number;
  clocks: CaseState['clocks'];
}

/** Late cases, the longest ago due first, by keyset over (due, id). */
export const findLate = async (
  tx: ScopedTx,
  filter: LateFilter,
  after: { dueAt: string; caseId: string } | undefined,
  limit: number,
): Promise<LateRow[]> => {
  const { rows } = await sql<LateRow>`
    select case_id, number, source_number, title, category_id, category_version, lead_organization_id, source_department, overall_due_at as due_at, ended_at,
      procedure_id, procedure_version, state->'clocks' as clocks
    from cases where ${where(filter)} and overall_due_at is not null
      ${after ? sql`and (overall_due_at, case_id) > (${after.dueAt}::timestamptz, ${after.caseId}::uuid)` : sql``}
    order by overall_due_at, case_id limit ${limit}`.execute(tx);
  return rows;
};

export interface LateTotal {
  key: string | null;
  late: string;
  still_open: string;
}

/** Late cases by category, body, or month of the due day. */
export const totalLate = async (tx: ScopedTx, filter: LateFilter, by: 'category' | 'organization' | 'month'): Promise<LateTotal[]> => {
  const key =
    by === 'category'
      ? sql`category_id`
      : by === 'organization'
        ? sql`coalesce(lead_organization_id::text, source_department)`
        : sql`to_char(overall_due_at at time zone 'Asia/Shanghai', 'YYYY-MM')`;
  const { rows } = await sql<LateTotal>`
    select ${key} as key, count(*) as late, count(*) filter (where ended_at is null) as still_open from cases where ${where(filter)}
    group by 1 order by 2 desc, 1 limit 200`.execute(tx);
  return rows;
};
