import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface NoticeRow {
  readonly noticeId: string;
  readonly caseId: string | null;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

/** The actor's own notices, latest first. */
export const listNotices = async (
  tx: ScopedTx,
  personId: string,
  before: Date | undefined,
  unread: boolean,
  limit: number,
): Promise<NoticeRow[]> => {
  const { rows } = await sql<NoticeRow>`
    select notice_id as "noticeId", case_id as "caseId", kind, params, created_at as "createdAt", read_at as "readAt"
    from notice where person_id = ${personId} and created_at < ${before ?? 'infinity'}::timestamptz and (not ${unread} or read_at is null)
    order by created_at desc, notice_id limit ${limit}`.execute(tx);
  return rows;
};

/** Counted to 100: more says nothing to anybody. */
export const countUnread = async (tx: ScopedTx, personId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from notice where person_id = ${personId} and read_at is null limit 100) x`.execute(tx);
  return rows[0]!.n;
};

/** Marks a notice of the actor as read; the first time stands. Answers whether there is one. */
export const markRead = async (tx: ScopedTx, personId: string, noticeId: string, now: Date): Promise<boolean> => {
  const { rows } = await sql`
    update notice set read_at = coalesce(read_at, ${now}) where person_id = ${personId} and notice_id = ${noticeId} returning 1`.execute(
    tx,
  );
  return rows.length > 0;
};
