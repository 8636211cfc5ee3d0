import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

/** What hangs on a body besides cases. */
export const countOn = async (
  tx: ScopedTx,
  organizationId: string,
  day: string,
  now: Date,
): Promise<{ tasks: number; shifts: number; below: number; holders: number }> => {
  const { rows } = await sql<{ tasks: number; shifts: number; below: number; holders: number }>`select
    (select count(*)::int from task where organization_id = ${organizationId} and status in ('open', 'acknowledged')) as tasks,
    (select count(*)::int from roster_shift where organization_id = ${organizationId} and ends_at > ${now}) as shifts,
    (select count(*)::int from organization where parent_id = ${organizationId} and valid_to is null) as below,
    (select count(distinct h.person_id)::int from post_holding h join post po using (post_id)
      where po.organization_id = ${organizationId} and coalesce(h.valid_to, 'infinity') > ${day}::date) as holders`.execute(tx);
  return rows[0]!;
};

/** Capabilities by which people of a body work today. */
export const capabilitiesOf = async (tx: ScopedTx, organizationId: string, day: string): Promise<string[]> => {
  const { rows } = await sql<{ capability: string }>`
    select distinct unnest(r.capabilities) as capability from post po join post_role r using (role) join post_holding h using (post_id)
    where po.organization_id = ${organizationId} and h.valid_from <= ${day}::date and coalesce(h.valid_to, 'infinity') > ${day}::date`.execute(
    tx,
  );
  return rows.map(({ capability }) => capability);
};

export const holdsThere = async (tx: ScopedTx, organizationId: string, personId: string, day: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from post_holding h join post po using (post_id)
    where po.organization_id = ${organizationId} and h.person_id = ${personId} and coalesce(h.valid_to, 'infinity') > ${day}::date`.execute(
    tx,
  );
  return rows.length > 0;
};

/** Ends every post of a body, who holds it, and the body. */
export const closeBodyRows = async (tx: ScopedTx, organizationId: string, heirId: string | null, day: string): Promise<boolean> => {
  await sql`update post_holding set valid_to = greatest(${day}::date, valid_from)
    where coalesce(valid_to, 'infinity') > ${day}::date and post_id in (select post_id from post where organization_id = ${organizationId})`.execute(
    tx,
  );
  await sql`update post set valid_to = greatest(${day}::date, valid_from) where organization_id = ${organizationId} and valid_to is null`.execute(
    tx,
  );
  const { numAffectedRows } = await sql`update organization set valid_to = greatest(${day}::date, valid_from), heir_id = ${heirId}
    where organization_id = ${organizationId} and valid_to is null`.execute(tx);
  return numAffectedRows === 1n;
};
