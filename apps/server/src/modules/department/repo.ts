import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';
import { LIST_COLUMNS, type ListRow } from '../case/index.ts';

export interface TokenRow {
  readonly token_id: string;
  readonly organization_id: string;
  readonly name: string;
  readonly ending: string;
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
}

export const listTokens = async (tx: ScopedTx): Promise<TokenRow[]> =>
  (
    await sql<TokenRow>`select token_id, organization_id, name, ending, issued_at, expires_at, revoked_at from api_token
      order by revoked_at is not null, issued_at desc, token_id limit 500`.execute(tx)
  ).rows;

export const findToken = async (tx: ScopedTx, id: string): Promise<TokenRow | undefined> =>
  (
    await sql<TokenRow>`select token_id, organization_id, name, ending, issued_at, expires_at, revoked_at from api_token where token_id = ${id}`.execute(
      tx,
    )
  ).rows[0];

export const issueToken = async (
  tx: ScopedTx,
  one: {
    readonly id: string;
    readonly organizationId: string;
    readonly name: string;
    readonly token: string;
    readonly days: number;
    readonly now: string;
  },
): Promise<void> => {
  await sql`select issue_api_token(${one.id}, ${one.organizationId}, ${one.name}, ${one.token.slice(-4)}, sha256(convert_to(${one.token}, 'UTF8')), ${one.days}::int,
    ${one.now}::timestamptz)`.execute(tx);
};

export const revokeToken = async (tx: ScopedTx, id: string, now: string): Promise<boolean> =>
  (await sql<{ done: boolean }>`select revoke_api_token(${id}, ${now}::timestamptz) as done`.execute(tx)).rows[0]!.done;

export interface Place {
  readonly updatedAt: string;
  readonly caseId: string;
}

/** Cases a body leads, or supports, in the order of their index. */
export const findOfBody = async (
  tx: ScopedTx,
  part: 'lead' | 'supporting',
  organizationId: string,
  after: Place | undefined,
  limit: number,
): Promise<ListRow[]> => {
  const ofBody =
    part === 'lead'
      ? sql`lead_organization_id = ${organizationId}`
      : sql`supporting_organization_ids <> '{}' and supporting_organization_ids @> ${[organizationId]}::uuid[]`;
  const { rows } = await sql<ListRow>`select ${LIST_COLUMNS} from cases where ${ofBody}
    ${after ? sql`and updated_at <= ${after.updatedAt}::timestamptz and (updated_at < ${after.updatedAt}::timestamptz or case_id > ${after.caseId}::uuid)` : sql``}
    order by updated_at desc, case_id limit ${limit}`.execute(tx);
  return rows;
};

export const feedHead = async (tx: ScopedTx): Promise<number> =>
  Number((await sql<{ position: string }>`select position from feed_head`.execute(tx)).rows[0]!.position);

/** Cases of a body that changed after a position, each once, and how far was looked. One statement: nothing comes in between. */
export const findChanged = async (
  tx: ScopedTx,
  organizationId: string,
  after: number,
  limit: number,
): Promise<{ rows: ListRow[]; upTo: number }> => {
  const { rows } = await sql<ListRow & { up_to: string | null; seen: boolean }>`
    with looked as (select pos, case_id from feed_after(${after}, ${limit})), last as (select case_id, max(pos) as pos from looked group by case_id)
    select c.*, c.case_id is not null as seen, (select max(pos) from looked) as up_to
    from (select 1) one left join last on true
      left join lateral (select ${LIST_COLUMNS} from cases where case_id = last.case_id
        and (lead_organization_id = ${organizationId} or supporting_organization_ids @> ${[organizationId]}::uuid[])) c on true
    order by last.pos`.execute(tx);
  return { rows: rows.filter((row) => row.seen), upTo: Number(rows[0]?.up_to ?? after) };
};
