import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';

export interface SettingRow {
  readonly area_id: string;
  readonly nearby: boolean;
  readonly listed: boolean;
  readonly category_ids: readonly string[];
}

/** What areas tell, of those the caller answers for by a post. */
export const findSettings = async (tx: ScopedTx): Promise<SettingRow[]> =>
  (
    await sql<SettingRow>`select s.area_id, s.nearby, s.listed, s.category_ids from publication_area s join area a using (area_id)
      where a.path && scope_ids('areas') and a.valid_to is null order by cardinality(a.path), s.area_id`.execute(tx)
  ).rows;

export const findSetting = async (tx: ScopedTx, areaId: string): Promise<SettingRow | undefined> =>
  (await sql<SettingRow>`select area_id, nearby, listed, category_ids from publication_area where area_id = ${areaId}`.execute(tx)).rows[0];

export const putSetting = async (tx: ScopedTx, one: SettingRow, now: string): Promise<void> => {
  await sql`insert into publication_area values (${one.area_id}, ${one.nearby}, ${one.listed}, ${[...one.category_ids]}::text[], ${now}::timestamptz)
    on conflict (area_id) do update set nearby = excluded.nearby, listed = excluded.listed, category_ids = excluded.category_ids,
      changed_at = excluded.changed_at`.execute(tx);
};

export interface ReviewedRow {
  readonly case_id: string;
  readonly number: string;
  readonly title: string | null;
  readonly category_id: string | null;
  readonly category_version: number | null;
  readonly area_ids: readonly string[];
  readonly filed_on: string;
  readonly state: 'shown' | 'refused' | null;
  readonly words: string | null;
  readonly version: number | null;
}

const COLUMNS = sql`c.case_id, c.number, c.title, c.category_id, c.category_version, c.filed_on::text as filed_on, p.state, p.words, p.version,
  array_remove(array[c.town_id, c.community_id], null) as area_ids`;

/** What is to be looked over, since a day, the oldest first; or what was decided last. */
export const findToReview = async (tx: ScopedTx, since: string, limit: number): Promise<ReviewedRow[]> =>
  (
    await sql<ReviewedRow>`select ${COLUMNS} from reports_to_review(${since}::date, ${limit}::int) r join cases c on c.case_id = r.case_id
      left join publication p on p.case_id = c.case_id order by c.filed_on, c.case_id`.execute(tx)
  ).rows;
export const findDecided = async (tx: ScopedTx, state: 'shown' | 'refused', limit: number): Promise<ReviewedRow[]> =>
  (
    await sql<ReviewedRow>`select ${COLUMNS} from publication p join cases c on c.case_id = p.case_id where p.state = ${state} and may_publish(p.case_id)
      order by p.decided_at desc, c.case_id limit ${limit}`.execute(tx)
  ).rows;

/** Held until this transaction is over; `version` 0 where nothing was decided yet. Undefined where the caller may not decide. */
export const holdDecision = async (
  tx: ScopedTx,
  caseId: string,
): Promise<{ version: number; state: string | null; words: string | null } | undefined> =>
  (
    await sql<{ version: number; state: string | null; words: string | null }>`
      select coalesce(p.version, 0) as version, p.state, p.words from cases c left join publication p on p.case_id = c.case_id
      where c.case_id = ${caseId} and may_publish(c.case_id) for update of c`.execute(tx)
  ).rows[0];

export const putDecision = async (
  tx: ScopedTx,
  one: {
    readonly caseId: string;
    readonly state: string;
    readonly words: string;
    readonly version: number;
    readonly postId: string;
    readonly now: string;
  },
): Promise<void> => {
  await sql`insert into publication values (${one.caseId}, ${one.state}, ${one.words}, ${one.version}, ${one.postId}, ${one.now}::timestamptz)
    on conflict (case_id) do update set state = excluded.state, words = excluded.words, version = excluded.version, post_id = excluded.post_id,
      decided_at = excluded.decided_at`.execute(tx);
};

export interface PublishedRow {
  readonly ref: string;
  readonly words: string;
  readonly category_id: string | null;
  readonly category_version: number | null;
  readonly procedure_id: string;
  readonly procedure_version: number;
  readonly stage: string;
  readonly ended: boolean;
  readonly filed_on: string;
  readonly updated_on: string;
  readonly area_ids: readonly string[];
  readonly cell: string | null;
  readonly followers: number;
}

export const findPublished = async (
  tx: ScopedTx,
  { areaId, before, limit }: { readonly areaId?: string | undefined; readonly before?: string | undefined; readonly limit: number },
): Promise<PublishedRow[]> =>
  (await sql<PublishedRow>`select * from published_reports(${areaId ?? null}::uuid, ${before ?? null}::uuid, ${limit}::int)`.execute(tx))
    .rows;

export const isAnythingListed = async (tx: ScopedTx): Promise<boolean> =>
  (await sql<{ yes: boolean }>`select exists (select 1 from publication_area where listed) as yes`.execute(tx)).rows[0]!.yes;
