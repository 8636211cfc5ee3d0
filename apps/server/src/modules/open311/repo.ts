import type { Asked } from '@tongxin/domain/open311/rules.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

/** What the database tells of a request; nothing finer leaves it. */
export interface CoarseRow {
  readonly number: string;
  readonly category_id: string | null;
  readonly category_version: number | null;
  readonly closed: boolean;
  /** Days in China. */
  readonly requested_on: string;
  readonly updated_on: string;
  /** The smallest first, from the community up. */
  readonly area_ids: readonly string[];
  /** Written for everybody by who looked it over, with a cell of the map; null where nobody did or it is not shown. */
  readonly words: string | null;
  readonly cell: string | null;
}

const COLUMNS = sql`number, category_id, category_version, closed, requested_on, updated_on, area_ids, words, cell`;

export const findRequests = async (tx: ScopedTx, asked: Asked): Promise<CoarseRow[]> => {
  if ('numbers' in asked)
    return (await sql<CoarseRow>`select ${COLUMNS} from open311_by_number(${[...asked.numbers]}::text[])`.execute(tx)).rows;
  const { from, to, services, closed, limit, offset } = asked;
  return (
    await sql<CoarseRow>`select ${COLUMNS} from open311_between(${from}::date, ${to}::date, ${services ? [...services] : null}::text[],
      ${closed ?? null}::boolean, ${limit}::int, ${offset}::int)`.execute(tx)
  ).rows;
};

/** The number of the request that was filed under an id. */
export const findNumber = async (tx: ScopedTx, caseId: string): Promise<string | undefined> =>
  (await sql<{ number: string | null }>`select open311_number(${caseId}) as number`.execute(tx)).rows[0]?.number ?? undefined;

/** Whose key it is, and whether its day still has room; counts the request against it. Undefined for a key that opens nothing. */
export const findKey = async (
  tx: ScopedTx,
  key: string,
  { isDemo, counts, now }: { readonly isDemo: boolean; readonly counts: boolean; readonly now: string },
): Promise<{ keyId: string; within: boolean } | undefined> => {
  const { rows } = await sql<{ key_id: string; within: boolean }>`
    select key_id, within from use_open311_key(sha256(convert_to(${key}, 'UTF8')), ${isDemo}::boolean, ${counts}::boolean, ${now}::timestamptz)`.execute(
    tx,
  );
  return rows[0] && { keyId: rows[0].key_id, within: rows[0].within };
};
