import type { Instant } from '@tongxin/domain/clock/schema.ts';
import type { Shift } from '@tongxin/domain/roster/rules.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

interface ShiftRow {
  readonly organization_id: string;
  readonly post_id: string;
  readonly person_id: string | null;
  readonly starts_at: string | Date;
  readonly ends_at: string | Date;
  readonly kind: Shift['kind'];
}

/** Shifts of a body that touch `[from, to)`. */
export const findShifts = async (tx: Tx, organizationId: string, from: Instant, to: Instant): Promise<Shift[]> => {
  const { rows } = await sql<ShiftRow>`
    select organization_id, post_id, person_id, starts_at, ends_at, kind from roster_shift
    where organization_id = ${organizationId} and starts_at < ${to}::timestamptz and ends_at > ${from}::timestamptz
    order by starts_at, post_id`.execute(tx);
  return rows.map((row) => ({
    organizationId: row.organization_id,
    postId: row.post_id,
    ...(row.person_id ? { personId: row.person_id } : {}),
    startsAt: new Date(row.starts_at).toISOString(),
    endsAt: new Date(row.ends_at).toISOString(),
    kind: row.kind,
  }));
};

/** Shifts to come of a person in a body become somebody else's, or the post's alone. */
export const reassignShifts = async (tx: ScopedTx, organizationId: string, from: string, to: string | null, now: Date): Promise<void> => {
  await sql`update roster_shift set person_id = ${to}
    where organization_id = ${organizationId} and person_id = ${from} and ends_at > ${now}`.execute(tx);
};

/** A body that closes has no shifts to come. */
export const clearShifts = async (tx: ScopedTx, organizationId: string, now: Date): Promise<void> => {
  await sql`delete from roster_shift where organization_id = ${organizationId} and starts_at > ${now}`.execute(tx);
};
