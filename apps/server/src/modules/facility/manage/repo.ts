import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface FacilityWritten {
  readonly facilityId: string;
  readonly kind: string;
  readonly code: string | null;
  readonly name: Label;
  readonly areaId: string;
  readonly lon: number;
  readonly lat: number;
}

/** Another one in the register by the same number. Whoever gives the number meanwhile waits. */
export const findCode = async (tx: ScopedTx, code: string, besides: string): Promise<boolean> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`facilityCode:${code}`}, 0))`.execute(tx);
  const { rows } = await sql`select 1 from facility
    where coalesce(code, '') = ${code} and valid_to is null and facility_id <> ${besides} limit 1`.execute(tx);
  return rows.length > 0;
};

export const insertFacility = async (tx: ScopedTx, row: FacilityWritten, from: string): Promise<void> => {
  const { facilityId, kind, code, name, areaId, lon, lat } = row;
  await sql`insert into facility (facility_id, kind, code, name, area_id, lon, lat, valid_from)
    values (${facilityId}, ${kind}, ${code}, ${JSON.stringify(name)}, ${areaId}, ${lon}, ${lat}, ${from})`.execute(tx);
};

/** Answers whether the caller may change it: row-level security hides from the change what is not theirs. */
export const updateFacility = async (tx: ScopedTx, row: FacilityWritten): Promise<boolean> => {
  const { facilityId, kind, code, name, areaId, lon, lat } = row;
  const { numAffectedRows } =
    await sql`update facility set kind = ${kind}, code = ${code}, name = ${JSON.stringify(name)}, area_id = ${areaId},
    lon = ${lon}, lat = ${lat} where facility_id = ${facilityId} and valid_to is null`.execute(tx);
  return numAffectedRows === 1n;
};

export const closeFacility = async (tx: ScopedTx, facilityId: string, day: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`update facility set valid_to = greatest(${day}::date, valid_from)
    where facility_id = ${facilityId} and valid_to is null`.execute(tx);
  return numAffectedRows === 1n;
};
