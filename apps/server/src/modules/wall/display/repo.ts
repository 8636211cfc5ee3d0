import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface DisplayRow {
  readonly display_id: string;
  readonly name: string;
  readonly area_id: string;
  readonly area: Label;
  readonly made_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

/** Displays of areas in the caller's scope, the newest first; or one of them. */
export const findDisplays = async (tx: ScopedTx, displayId?: string): Promise<DisplayRow[]> => {
  const { rows } = await sql<DisplayRow>`
    select d.display_id, d.name, d.area_id, a.name as area, d.made_at, d.expires_at, d.revoked_at
    from wall_display d join area a using (area_id) where ${displayId ? sql`d.display_id = ${displayId}` : sql`true`}
    order by d.revoked_at nulls first, d.made_at desc, d.display_id limit 500`.execute(tx);
  return rows;
};

/** Makes a display and lets it in by its token; false where the id stands for another one. */
export const makeDisplay = async (
  tx: ScopedTx,
  display: { id: string; organizationId: string; areaId: string; name: string; token: string; days: number },
  now: Date,
): Promise<boolean> => {
  const { rows } = await sql<{ made: boolean }>`
    select make_display(${display.id}, ${display.organizationId}, ${display.areaId}, ${display.name}, sha256(convert_to(${display.token}, 'UTF8')),
      ${display.days}, ${now}) as made`.execute(tx);
  return rows[0]!.made;
};

/** Ends a display; answers whether there is one. */
export const revokeDisplay = async (tx: ScopedTx, displayId: string, now: Date): Promise<boolean> => {
  const { rows } = await sql<{ at: Date | null }>`select revoke_display(${displayId}, ${now}) as at`.execute(tx);
  return rows[0]!.at !== null;
};
