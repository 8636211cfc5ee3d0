import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface NearbyRow {
  readonly case_id: string;
  readonly category_id: string | null;
  readonly category_version: number | null;
  readonly procedure_id: string;
  readonly procedure_version: number;
  readonly stage: string;
  readonly filed_on: string;
  /** The smallest first, from the community up. */
  readonly area_ids: readonly string[];
  readonly followers: number;
}

type Ranges = readonly (readonly [from: number, to: number])[];

/** Reports told of nearby: within ranges of places, or in a grid. */
export const findNearby = async (
  tx: ScopedTx,
  ranges: Ranges,
  gridId: string | undefined,
  categoryId: string | undefined,
): Promise<NearbyRow[]> => {
  const { rows } =
    await sql<NearbyRow>`select * from reports_nearby(${ranges.map(([from]) => from)}::bigint[], ${ranges.map(([, to]) => to)}::bigint[],
    ${gridId ?? null}::uuid, ${categoryId ?? null}::text)`.execute(tx);
  return rows;
};

/** False where the report is told of to nobody, or has ended meanwhile. */
export const insertFollower = async (
  tx: ScopedTx,
  { caseId, followerId, hash, now }: { readonly caseId: string; readonly followerId: string; readonly hash: Buffer; readonly now: string },
): Promise<boolean> => {
  const { rows } = await sql<{
    done: boolean;
  }>`select follow_report(${caseId}::uuid, ${followerId}::uuid, ${hash}, ${now}::timestamptz) as done`.execute(tx);
  return rows[0]!.done;
};

export interface Following {
  readonly caseId: string;
  readonly followerId: string;
  readonly joinedAt: string;
}

/** Opens what a follower's code opens to this transaction. */
export const enterFollowing = async (tx: ScopedTx, hash: Buffer): Promise<Following | undefined> =>
  (await sql<{ found: Following | null }>`select enter_following(${hash}) as found`.execute(tx)).rows[0]?.found ?? undefined;

export const deleteFollower = async (tx: ScopedTx, hash: Buffer): Promise<boolean> =>
  (await sql<{ done: boolean }>`select stop_following(${hash}) as done`.execute(tx)).rows[0]!.done;

/** How many follow a case, of those the caller sees. */
export const countFollowers = async (tx: Tx, caseId: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from follower where case_id = ${caseId}`.execute(tx)).rows[0]!.n;

/** Takes what a code follows into the caller's account; undefined for a code of nothing. */
export const keepFollowing = async (tx: ScopedTx, hash: Buffer): Promise<'kept' | 'taken' | undefined> =>
  (await sql<{ done: 'kept' | 'taken' | null }>`select keep_following(${hash}) as done`.execute(tx)).rows[0]!.done ?? undefined;

export interface OwnFollowingRow {
  readonly case_id: string;
  readonly follower_id: string;
  readonly joined_at: Date;
  readonly category_id: string | null;
  readonly category_version: number | null;
  readonly procedure_id: string;
  readonly procedure_version: number;
  readonly stage: string;
  readonly ended: boolean;
  readonly area_ids: readonly string[];
}

/** What the caller follows, latest first. */
export const listOwnFollowings = async (tx: ScopedTx): Promise<OwnFollowingRow[]> =>
  (await sql<OwnFollowingRow>`select * from own_followings()`.execute(tx)).rows;
