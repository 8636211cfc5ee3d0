import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface NoticeRow {
  readonly noticeId: string;
  readonly caseId: string | null;
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly urgent: boolean;
  readonly createdAt: Date;
  readonly toldAt: Date;
  readonly readAt: Date | null;
}

export interface NoticeFilter {
  /** Told before this one: the last row of the page before. */
  readonly before?: { readonly at: Date; readonly id: string };
  readonly unread?: boolean;
  readonly kind?: string;
  /** What a digest stands for, in place of what stands in the list. */
  readonly digestId?: string;
}

const WORDS = sql`notice_id as "noticeId", case_id as "caseId", kind, params, urgent, created_at as "createdAt", told_at as "toldAt", read_at as "readAt"`;

/** The actor's own notices that were told, latest first. */
export const listNotices = async (tx: ScopedTx, personId: string, filter: NoticeFilter, limit: number): Promise<NoticeRow[]> => {
  const { before, unread, kind, digestId } = filter;
  const { rows } = await sql<NoticeRow>`
    select ${WORDS} from notice where person_id = ${personId} and told_at is not null
      and ${digestId ? sql`digest_id = ${digestId}` : sql`digest_id is null`}
      ${before ? sql`and (told_at < ${before.at} or (told_at = ${before.at} and notice_id > ${before.id}))` : sql``}
      ${unread ? sql`and read_at is null` : sql``}
      ${kind ? sql`and (kind = ${kind} or (kind = 'digest' and params->'kinds' ? ${kind}))` : sql``}
    order by told_at desc, notice_id limit ${limit}`.execute(tx);
  return rows;
};

/** Counted to 100: more says nothing to anybody. */
export const countUnread = async (tx: ScopedTx, personId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from notice
      where person_id = ${personId} and told_at is not null and digest_id is null and read_at is null limit 100) x`.execute(tx);
  return rows[0]!.n;
};

/** Marks a notice of the actor as read, with what it stands for; the first time stands. Answers whether there is one. */
export const markRead = async (tx: ScopedTx, personId: string, noticeId: string, now: Date): Promise<boolean> => {
  const { rows } = await sql<{ notice_id: string }>`
    update notice set read_at = coalesce(read_at, ${now})
    where person_id = ${personId} and told_at is not null and (notice_id = ${noticeId} or digest_id = ${noticeId}) returning notice_id`.execute(
    tx,
  );
  return rows.some((row) => row.notice_id === noticeId);
};

/** Marks what was told up to an instant as read: what has come since stays new. */
export const markAllRead = async (tx: ScopedTx, personId: string, upTo: Date, now: Date): Promise<number> => {
  const { rows } = await sql<{ told: boolean }>`
    update notice set read_at = ${now} where person_id = ${personId} and told_at <= ${upTo} and read_at is null
    returning digest_id is null as told`.execute(tx);
  return rows.filter((row) => row.told).length;
};
