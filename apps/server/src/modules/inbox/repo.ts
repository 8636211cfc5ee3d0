import type { NewView, SavedView } from '@tongxin/domain/inbox/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

/** The caller's own: the policy knows whose they are. */
export const findViews = async (tx: ScopedTx): Promise<SavedView[]> =>
  (await sql<SavedView>`select view_id as id, name, filter, columns from saved_view order by saved_at, view_id`.execute(tx)).rows;

/** A view saved again keeps its place in the list. */
export const saveView = async (tx: ScopedTx, personId: string, id: string, view: NewView, now: string): Promise<void> => {
  await sql`insert into saved_view (person_id, view_id, name, filter, columns, saved_at)
    values (${personId}, ${id}, ${view.name}, ${JSON.stringify(view.filter)}::jsonb, ${[...view.columns]}::text[], ${now})
    on conflict (person_id, view_id) do update set name = excluded.name, filter = excluded.filter, columns = excluded.columns`.execute(tx);
};

export const removeView = async (tx: ScopedTx, id: string): Promise<boolean> =>
  (await sql`delete from saved_view where view_id = ${id} returning view_id`.execute(tx)).rows.length > 0;

/** How many the caller has besides one. Two that are saved at the same instant wait for each other. */
export const countOthers = async (tx: ScopedTx, personId: string, id: string): Promise<number> => {
  await sql`select pg_advisory_xact_lock(7406831, hashtext(${personId}))`.execute(tx);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from saved_view where view_id <> ${id}`.execute(tx);
  return rows[0]!.n;
};
