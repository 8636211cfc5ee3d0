import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface LineRow {
  readonly line_id: string;
  readonly organization_id: string;
  readonly name: string;
  readonly made_at: Date;
  readonly revoked_at: Date | null;
}

export const listLines = async (tx: ScopedTx): Promise<LineRow[]> =>
  (
    await sql<LineRow>`select line_id, organization_id, name, made_at, revoked_at from hotline_line
      order by revoked_at is not null, made_at desc, line_id limit 200`.execute(tx)
  ).rows;

export const findLine = async (tx: ScopedTx, id: string): Promise<LineRow | undefined> =>
  (await sql<LineRow>`select line_id, organization_id, name, made_at, revoked_at from hotline_line where line_id = ${id}`.execute(tx))
    .rows[0];

export const insertLine = async (
  tx: ScopedTx,
  line: { readonly id: string; readonly organizationId: string; readonly name: string; readonly secret: Buffer; readonly now: string },
): Promise<void> => {
  await sql`insert into hotline_line (line_id, organization_id, name, secret_sealed, made_at)
    values (${line.id}, ${line.organizationId}, ${line.name}, ${line.secret}, ${line.now})`.execute(tx);
};

export const revokeLine = async (tx: ScopedTx, id: string, now: string): Promise<void> => {
  await sql`update hotline_line set revoked_at = coalesce(revoked_at, ${now}) where line_id = ${id}`.execute(tx);
};

/** The sealed secret of a line in force; to the portal's own post. */
export const secretOf = async (tx: ScopedTx, id: string): Promise<Buffer | undefined> =>
  (await sql<{ secret: Buffer | null }>`select hotline_secret(${id}) as secret`.execute(tx)).rows[0]?.secret ?? undefined;

export const announceCall = async (
  tx: ScopedTx,
  news: {
    readonly lineId: string;
    readonly source: string;
    readonly isDown: boolean;
    readonly callId: string;
    readonly phone?: { readonly sealed: Buffer; readonly index: Buffer };
    readonly extension?: string;
    readonly now: string;
  },
): Promise<string | undefined> =>
  (
    await sql<{
      id: string | null;
    }>`select announce_call(${news.lineId}, ${news.source}, ${news.isDown}, ${news.callId}, ${news.phone?.sealed ?? null},
      ${news.phone?.index ?? null}, ${news.extension ?? null}, ${news.now}::timestamptz) as id`.execute(tx)
  ).rows[0]?.id ?? undefined;
