import type { Bounds } from '@tongxin/domain/area/schema.ts';
import type { PremisesKind } from '@tongxin/domain/premises/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface PremisesRow {
  readonly premises_id: string;
  readonly kind: PremisesKind;
  readonly name: string;
  readonly address: string;
  readonly area_id: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly form_id: string;
  readonly form_version: number;
  readonly fields_sealed: Buffer;
  readonly version: number;
  readonly updated_at: Date;
}
const COLUMNS = sql`premises_id, kind, name, address, area_id, lon, lat, form_id, form_version, fields_sealed, version, updated_at`;

export const findPremises = async (tx: ScopedTx, id: string): Promise<PremisesRow | undefined> =>
  (await sql<PremisesRow>`select ${COLUMNS} from premises where premises_id = ${id}`.execute(tx)).rows[0];

export const holdPremises = async (tx: ScopedTx, id: string): Promise<PremisesRow | undefined> =>
  (await sql<PremisesRow>`select ${COLUMNS} from premises where premises_id = ${id} for update`.execute(tx)).rows[0];

/** Premises of an area and of those below it, by name. */
export const findPremisesOf = async (tx: ScopedTx, areaId: string, limit: number): Promise<PremisesRow[]> =>
  (
    await sql<PremisesRow>`select ${COLUMNS} from premises where area_id in (select area_id from area where path @> array[${areaId}::uuid])
      order by name, premises_id limit ${limit}`.execute(tx)
  ).rows;

const like = (words: string): string => `%${words.replace(/[\\%_]/gu, '\\$&')}%`;

/** By words of name and address, all of which must be there, or by what lies in a box. */
export const searchPremises = async (
  tx: ScopedTx,
  { words, bounds, areaId }: { readonly words: readonly string[]; readonly bounds?: Bounds; readonly areaId?: string },
  limit: number,
): Promise<PremisesRow[]> => {
  const [west, south, east, north] = bounds ?? [];
  const { rows } = await sql<PremisesRow>`
    select ${COLUMNS} from premises
    where ${bounds ? sql`lon between ${west} and ${east} and lat between ${south} and ${north}` : sql`true`}
      and ${areaId ? sql`area_id in (select area_id from area where path @> array[${areaId}::uuid])` : sql`true`}
      and (name || ' ' || address) ilike all (${words.map(like)}::text[])
    order by name, premises_id limit ${limit}`.execute(tx);
  return rows;
};

export interface NewPremises extends Omit<PremisesRow, 'updated_at' | 'version'> {
  readonly digest: Buffer;
  readonly now: string;
}
/** Nothing where the id is in use. */
export const insertPremises = async (tx: ScopedTx, row: NewPremises): Promise<void> => {
  await sql`
    insert into premises (premises_id, kind, name, address, area_id, lon, lat, form_id, form_version, fields_sealed, version, digest, updated_at)
    values (${row.premises_id}, ${row.kind}, ${row.name}, ${row.address}, ${row.area_id}, ${row.lon}, ${row.lat}, ${row.form_id}, ${row.form_version},
      ${row.fields_sealed}, 0, ${row.digest}, ${row.now}::timestamptz) on conflict (premises_id) do nothing`.execute(tx);
};

export const savePremises = async (tx: ScopedTx, id: string, sealed: Buffer, version: number, now: string): Promise<void> => {
  await sql`update premises set fields_sealed = ${sealed}, version = ${version}, updated_at = ${now}::timestamptz where premises_id = ${id}`.execute(
    tx,
  );
};
