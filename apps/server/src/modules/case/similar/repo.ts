import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';
import type { CaseRecord, EventRow } from '../repo.ts';

export type SimilarRow = Pick<
  CaseRecord,
  | 'case_id'
  | 'number'
  | 'title'
  | 'procedure_id'
  | 'procedure_version'
  | 'stage'
  | 'state'
  | 'category_id'
  | 'grid_id'
  | 'lon'
  | 'lat'
  | 'lead_organization_id'
  | 'reported_at'
  | 'created_at'
>;

const COLUMNS = sql`case_id, number, title, procedure_id, procedure_version, stage, state, category_id, grid_id, lon, lat, lead_organization_id,
  reported_at, created_at`;
/** Nothing of what is confidential, nor of what the caller's own body is complained of in (R5). */
const OPEN = sql`not confidential and coalesce(respondent_organization_id <> all (coalesce(scope_ids('organizations'), '{}')), true)`;

/** Cases within a box, in grids that touch it: named by equality, so that the index of a grid is walked. */
export const findInBox = async (
  tx: ScopedTx,
  gridIds: readonly string[],
  [west, south, east, north]: readonly [number, number, number, number],
  except: string,
  limit: number,
): Promise<SimilarRow[]> => {
  const { rows } = await sql<SimilarRow>`
    select ${COLUMNS} from cases where grid_id = any (${[...gridIds]}::uuid[]) and lon between ${west} and ${east} and lat between ${south} and ${north}
      and case_id <> ${except} and ${OPEN} order by updated_at desc, case_id limit ${limit}`.execute(tx);
  return rows;
};

/** The latest cases of a grid. */
export const findInGrid = async (
  tx: ScopedTx,
  gridId: string,
  categoryId: string | null,
  except: string,
  limit: number,
): Promise<SimilarRow[]> => {
  const { rows } = await sql<SimilarRow>`
    select ${COLUMNS} from cases where grid_id = ${gridId} and case_id <> ${except} and ${OPEN}
      and (${categoryId}::text is null or category_id = ${categoryId}) order by updated_at desc, case_id limit ${limit}`.execute(tx);
  return rows;
};

export const findCases = async (tx: ScopedTx, caseIds: readonly string[]): Promise<SimilarRow[]> => {
  if (caseIds.length === 0) return [];
  const { rows } = await sql<SimilarRow>`select ${COLUMNS} from cases where case_id = any (${[...caseIds]}::uuid[]) and ${OPEN}`.execute(
    tx,
  );
  return rows;
};

export type ActedRow = EventRow & { case_id: string };

/** The steps of cases that have words, in order. */
export const findActed = async (tx: ScopedTx, caseIds: readonly string[]): Promise<ActedRow[]> => {
  if (caseIds.length === 0) return [];
  const { rows } = await sql<ActedRow>`
    select e.case_id, e.event_no, e.type, e.header, e.content_hash, c.sealed from events e
    join event_content c on c.case_id = e.case_id and c.event_no = e.event_no
    where e.case_id = any (${[...caseIds]}::uuid[]) and e.type = 'case.acted' order by e.case_id, e.event_no`.execute(tx);
  return rows;
};
