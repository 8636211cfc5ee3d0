import type { Instant } from '@tongxin/domain/clock/schema.ts';
import type { Shift } from '@tongxin/domain/roster/rules.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

interface ShiftRow {
  readonly shift_id: string;
  readonly organization_id: string;
  readonly post_id: string;
  readonly person_id: string | null;
  readonly starts_at: string | Date;
  readonly ends_at: string | Date;
  readonly kind: Shift['kind'];
}
export type KeptShift = Shift & { readonly id: string };

/** Shifts of a body that touch `[from, to)`. */
export const findShifts = async (tx: Tx, organizationId: string, from: Instant, to: Instant): Promise<KeptShift[]> => {
  const { rows } = await sql<ShiftRow>`
    select shift_id, organization_id, post_id, person_id, starts_at, ends_at, kind from roster_shift
    where organization_id = ${organizationId} and starts_at < ${to}::timestamptz and ends_at > ${from}::timestamptz
    order by starts_at, post_id`.execute(tx);
  return rows.map((row) => ({
    id: row.shift_id,
    organizationId: row.organization_id,
    postId: row.post_id,
    ...(row.person_id ? { personId: row.person_id } : {}),
    startsAt: new Date(row.starts_at).toISOString(),
    endsAt: new Date(row.ends_at).toISOString(),
    kind: row.kind,
  }));
};

/** Shifts of several bodies that touch `[from, to)`, posts only. */
export const findShiftsOf = async (
  tx: Tx,
  organizationIds: readonly string[],
  from: Instant,
  to: Instant,
): Promise<Pick<Shift, 'organizationId' | 'postId' | 'startsAt' | 'endsAt'>[]> => {
  const { rows } = await sql<Omit<ShiftRow, 'shift_id' | 'person_id' | 'kind'>>`
    select organization_id, post_id, starts_at, ends_at from roster_shift
    where organization_id = any (${[...organizationIds]}::uuid[]) and starts_at < ${to}::timestamptz and ends_at > ${from}::timestamptz
    order by starts_at, post_id`.execute(tx);
  return rows.map((row) => ({
    organizationId: row.organization_id,
    postId: row.post_id,
    startsAt: new Date(row.starts_at).toISOString(),
    endsAt: new Date(row.ends_at).toISOString(),
  }));
};

export interface NewShift {
  readonly id: string;
  readonly postId: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly kind: Shift['kind'];
}

/** Adds shifts; an id that is taken is an error of the database. */
export const insertShifts = async (tx: ScopedTx, organizationId: string, shifts: readonly NewShift[]): Promise<void> => {
  await sql`insert into roster_shift (shift_id, organization_id, post_id, starts_at, ends_at, kind)
    select s.id, ${organizationId}::uuid, s."postId", s."startsAt", s."endsAt", s.kind
    from jsonb_to_recordset(${JSON.stringify(shifts)}::jsonb) as s(id uuid, "postId" uuid, "startsAt" timestamptz, "endsAt" timestamptz, kind text)`.execute(
    tx,
  );
};

/** Removes shifts of a body that have not begun; answers which. */
export const deleteShifts = async (tx: ScopedTx, organizationId: string, ids: readonly string[], now: Date): Promise<KeptShift['id'][]> => {
  const { rows } = await sql<{ id: string }>`delete from roster_shift
    where organization_id = ${organizationId} and shift_id = any (${[...ids]}::uuid[]) and starts_at > ${now} returning shift_id as id`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
};

/** Open posts of a body. */
export const findOwnPosts = async (tx: ScopedTx, organizationId: string): Promise<Set<string>> => {
  const { rows } = await sql<{
    id: string;
  }>`select post_id as id from post where organization_id = ${organizationId} and valid_to is null`.execute(tx);
  return new Set(rows.map(({ id }) => id));
};

export const findHours = async (tx: Tx, organizationId: string): Promise<readonly (readonly [number, number])[] | null> => {
  const { rows } = await sql<{ hours: [number, number][] | null }>`
    select business_hours as hours from organization where organization_id = ${organizationId}`.execute(tx);
  return rows[0]?.hours ?? null;
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
