import type { Standing } from '@tongxin/domain/procedure/migrate/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { ScopedTx } from '../../../platform/tx/tx.ts';
import type { CaseRecord } from '../../case/index.ts';

/** Which open cases: of one version, in an area or below it; or one of them. */
export interface Which {
  readonly procedureId: string;
  readonly from: number;
  readonly areaId: string;
  readonly caseId?: string | undefined;
}

export const findStandings = async (
  tx: ScopedTx,
  { procedureId, from, areaId, caseId }: Which,
): Promise<(Standing & { readonly cases: string })[]> =>
  (
    await sql<Standing & { cases: string }>`
      select * from open_standings(${procedureId}, ${from}, ${areaId}::uuid, ${caseId ?? null}::uuid)`.execute(tx)
  ).rows;

export const findNext = async (
  tx: ScopedTx,
  { procedureId, from, areaId }: Which,
  after: string | undefined,
  limit: number,
): Promise<string[]> =>
  (
    await sql<{ id: string }>`
      select id from cases_to_migrate(${procedureId}, ${from}, ${areaId}::uuid, ${after ?? null}::uuid, ${limit}) as id`.execute(tx)
  ).rows.map(({ id }) => id);

/** Opens one of them to the transaction and locks it; undefined when it moved or ended meanwhile. */
export const lockToMigrate = async (
  client: pg.PoolClient,
  { procedureId, from, areaId }: Which,
  caseId: string,
): Promise<CaseRecord | undefined> => {
  const { rows } = await client.query<{ opened: boolean }>('select open_case_to_migrate($1, $2, $3, $4) as opened', [
    procedureId,
    from,
    areaId,
    caseId,
  ]);
  if (!rows[0]!.opened) return undefined;
  const locked = await client.query<CaseRecord>('select * from cases where case_id = $1 and procedure_version = $2 for update', [
    caseId,
    from,
  ]);
  return locked.rows[0];
};
