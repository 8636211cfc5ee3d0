import type { DayCount } from '@tongxin/domain/source/rules.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface CountedDay extends DayCount {
  readonly area_id: string;
}
export const countDays = async (tx: ScopedTx, areaId: string, from: string, to: string): Promise<CountedDay[]> =>
  (
    await sql<CountedDay>`select area_id, path::text[] as path, kind, to_char(day, 'YYYY-MM-DD') as day, cases::int as cases
      from dispute_days(${areaId}, ${from}::date, ${to}::date)`.execute(tx)
  ).rows;

/** The first day of which anything is recorded in an area; undefined where nothing is. */
export const findFirstDay = async (tx: ScopedTx, areaId: string, to: string): Promise<string | undefined> =>
  (
    await sql<{ day: string | null }>`select to_char(min(day), 'YYYY-MM-DD') as day
      from dispute_days(${areaId}, ${'0001-01-01'}::date, ${to}::date)`.execute(tx)
  ).rows[0]?.day ?? undefined;

export interface MeasureRow {
  readonly measure_id: string;
  readonly area_id: string;
  /** From the top down. */
  readonly area_path: readonly string[];
  readonly kind: string | null;
  readonly what: string;
  readonly organization_id: string;
  readonly from_day: string;
  readonly digest: Buffer;
}
export const findMeasures = async (tx: ScopedTx): Promise<MeasureRow[]> =>
  (
    await sql<MeasureRow>`select m.measure_id, m.area_id, a.path::text[] as area_path, m.kind, m.what, m.organization_id,
        to_char(m.from_day, 'YYYY-MM-DD') as from_day, m.digest
      from source_measure m join area a using (area_id) order by m.from_day desc, m.measure_id limit 200`.execute(tx)
  ).rows;

/** False where the id is taken. */
export const insertMeasure = async (
  tx: ScopedTx,
  {
    measure_id,
    area_id,
    kind,
    what,
    organization_id,
    from_day,
    digest,
  }: Omit<MeasureRow, 'kind' | 'area_path'> & { readonly kind: string | undefined },
  now: string,
): Promise<boolean> => {
  const { numAffectedRows } =
    await sql`insert into source_measure (measure_id, area_id, kind, what, organization_id, from_day, digest, recorded_at)
    values (${measure_id}, ${area_id}, ${kind ?? null}, ${what}, ${organization_id}, ${from_day}::date, ${digest}, ${now}::timestamptz)
    on conflict (measure_id) do nothing`.execute(tx);
  return numAffectedRows === 1n;
};

/** Communities: the places causes are told of. */
export const findCommunities = async (tx: ScopedTx): Promise<ReadonlySet<string>> =>
  new Set(
    (await sql<{ area_id: string }>`select area_id from area where kind = 'community'`.execute(tx)).rows.map(({ area_id }) => area_id),
  );
