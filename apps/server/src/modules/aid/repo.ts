import type { NewAidStandard } from '@tongxin/domain/aid/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface StandardRecord {
  readonly standard_id: string;
  readonly area_id: string;
  readonly monthly_income: number;
  readonly source: string;
  readonly valid_from: string;
}

const MOST = 500;

export const findStandards = async (tx: ScopedTx): Promise<StandardRecord[]> =>
  (
    await sql<StandardRecord>`
      select standard_id, area_id, monthly_income, source, to_char(valid_from, 'YYYY-MM-DD') as valid_from from aid_standard
      order by aid_standard.valid_from desc, set_at desc, standard_id limit ${MOST}`.execute(tx)
  ).rows;

export const mayManage = async (tx: ScopedTx, areaId: string): Promise<boolean> =>
  (await sql<{ may: boolean }>`select may_manage('legalAid.manage', ${areaId}, null) as may`.execute(tx)).rows[0]!.may;

export const insertStandard = async (
  tx: ScopedTx,
  { id, areaId, monthlyIncome, source, from }: NewAidStandard,
  now: string,
): Promise<void> => {
  await sql`insert into aid_standard (standard_id, area_id, monthly_income, source, valid_from, set_at)
    values (${id}, ${areaId}, ${monthlyIncome}, ${source}, ${from}::date, ${now}::timestamptz) on conflict (standard_id) do nothing`.execute(
    tx,
  );
};
