import type { Instant } from '@tongxin/domain/clock/schema.ts';
import type { Shift } from '@tongxin/domain/roster/rules.ts';
import { sql } from 'kysely';
import type { Tx } from '../../platform/tx/tx.ts';

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
