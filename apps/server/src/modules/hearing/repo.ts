import { sql } from 'kysely';
import type pg from 'pg';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface PanellistRow {
  readonly panellist_id: string;
  readonly no: number;
  readonly area_id: string;
  readonly name_sealed: Buffer;
  readonly field: string;
  readonly organization_id: string | null;
  readonly since: string;
  readonly until: string | null;
}
const PANELLIST = sql`p.panellist_id, p.no, p.area_id, p.name_sealed, p.field, p.organization_id, to_char(p.since, 'YYYY-MM-DD') as since,
  to_char(p.until, 'YYYY-MM-DD') as until`;

/** The roster as far as the caller keeps it or draws from it. */
export const findPanellists = async (tx: ScopedTx): Promise<PanellistRow[]> =>
  (await sql<PanellistRow>`select ${PANELLIST} from panellist p order by p.no`.execute(tx)).rows;

/** Those of an area and the areas above it who serve on a day. */
export const findServing = async (tx: ScopedTx, areaIds: readonly string[], day: string): Promise<PanellistRow[]> =>
  (
    await sql<PanellistRow>`select ${PANELLIST} from panellist p where p.area_id = any (${[...areaIds]}::uuid[]) and p.since <= ${day}::date
      and coalesce(p.until, 'infinity') > ${day}::date order by p.no`.execute(tx)
  ).rows;

/** A new line; of one that stands the days alone. Answers its number. */
export const putPanellist = async (
  tx: ScopedTx,
  row: Omit<PanellistRow, 'no' | 'organization_id' | 'until'> & {
    readonly organization_id?: string | undefined;
    readonly until?: string | undefined;
  },
): Promise<number> => {
  const { rows } = await sql<{
    no: number;
  }>`insert into panellist (panellist_id, area_id, name_sealed, field, organization_id, since, until)
    values (${row.panellist_id}, ${row.area_id}, ${row.name_sealed}, ${row.field}, ${row.organization_id ?? null}, ${row.since}::date, ${row.until ?? null}::date)
    on conflict (panellist_id) do update set since = excluded.since, until = excluded.until returning no`.execute(tx);
  return rows[0]!.no;
};

export interface NoticeRow {
  readonly case_id: string;
  readonly organization_id: string;
  readonly open: boolean;
  readonly matter: string;
  readonly place: string;
  readonly starts_at: Date;
  readonly evidence_by: string;
  readonly seats: number;
  readonly announced_at: Date;
  readonly commitment: string;
  readonly candidates: readonly string[];
  readonly excluded: readonly { readonly no: string; readonly reason: string }[];
  readonly seed: string | null;
  readonly spoken: string | null;
  readonly drawn_at: Date | null;
  readonly fallen_out: readonly { readonly no: string; readonly reason: string }[];
  readonly panel: readonly string[] | null;
  readonly votes: { readonly for: number; readonly against: number; readonly abstained: number } | null;
  readonly opinion: string | null;
  readonly reply: string | null;
  readonly published_at: Date | null;
  readonly called_off_because: string | null;
}
const NOTICE = sql`n.case_id, n.organization_id, n.open, n.matter, n.place, n.starts_at, to_char(n.evidence_by, 'YYYY-MM-DD') as evidence_by, n.seats,
  n.announced_at, n.commitment, n.candidates, n.excluded, n.seed, n.spoken, n.drawn_at, n.fallen_out, n.panel, n.votes, n.opinion, n.reply, n.published_at,
  n.called_off_because`;
/** The hearings before and after it that the reader may know of. */
const BESIDE = sql`(select jsonb_build_object('id', f.case_id, 'at', f.starts_at) from hearing_notice f where f.case_id = n.follows) as follows,
  (select jsonb_build_object('id', f.case_id, 'at', f.starts_at) from hearing_notice f where f.follows = n.case_id) as followed`;
interface Beside {
  readonly id: string;
  readonly at: string;
}

export interface PublicRow extends NoticeRow {
  readonly stage: string;
  readonly follows: Beside | null;
  readonly followed: Beside | null;
}
/** Hearings everybody is told of, the latest first. */
export const findOpen = async (tx: ScopedTx, limit: number): Promise<PublicRow[]> =>
  (
    await sql<PublicRow>`select ${NOTICE}, ${BESIDE}, hearing_stage(n.case_id) as stage from hearing_notice n where n.open order by n.starts_at desc, n.case_id limit ${limit}`.execute(
      tx,
    )
  ).rows;

export interface OwnRow extends PublicRow {
  readonly number: string;
  readonly on_case: string | null;
}
/** Hearings of bodies, the latest first. */
export const findOfBodies = async (tx: ScopedTx, organizationIds: readonly string[], limit: number): Promise<OwnRow[]> =>
  (
    await sql<OwnRow>`select ${NOTICE}, ${BESIDE}, c.stage, c.number, h.on_case from hearing_notice n join cases c using (case_id) join hearing h using (case_id)
      where n.organization_id = any (${[...organizationIds]}::uuid[]) order by n.starts_at desc, n.case_id limit ${limit}`.execute(tx)
  ).rows;

export interface HeldHearing extends NoticeRow {
  readonly seed_sealed: Buffer;
}
/** A hearing the caller sees, whose lot nobody else touches meanwhile. */
export const holdHearing = async (tx: ScopedTx, caseId: string): Promise<HeldHearing | undefined> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`hearing:${caseId}`}, 0))`.execute(tx);
  const { rows } =
    await sql<HeldHearing>`select ${NOTICE}, h.seed_sealed from hearing_notice n join hearing h using (case_id) where n.case_id = ${caseId}`.execute(
      tx,
    );
  return rows[0];
};

/** Sent with the case it belongs to. */
export const sendHearing = (
  client: pg.PoolClient,
  row: Pick<
    NoticeRow,
    'case_id' | 'organization_id' | 'open' | 'matter' | 'place' | 'evidence_by' | 'seats' | 'commitment' | 'candidates' | 'excluded'
  > & {
    readonly starts_at: string;
    readonly announced_at: string;
    readonly on_case: string | undefined;
    readonly seed_sealed: Buffer;
    readonly follows: string | undefined;
  },
): readonly Promise<pg.QueryResult>[] => [
  client.query({
    name: 'insert-hearing',
    text: 'insert into hearing (case_id, on_case, seed_sealed) values ($1, $2, $3)',
    values: [row.case_id, row.on_case ?? null, row.seed_sealed],
  }),
  client.query({
    name: 'insert-hearing-notice',
    text: `insert into hearing_notice (case_id, organization_id, open, matter, place, starts_at, evidence_by, seats, announced_at, commitment, candidates, excluded, follows)
      values ($1, $2, $3, $4, $5, $6::timestamptz, $7::date, $8, $9::timestamptz, $10, $11, $12::jsonb, $13)`,
    values: [
      row.case_id,
      row.organization_id,
      row.open,
      row.matter,
      row.place,
      row.starts_at,
      row.evidence_by,
      row.seats,
      row.announced_at,
      row.commitment,
      [...row.candidates],
      JSON.stringify(row.excluded),
      row.follows ?? null,
    ],
  }),
];

export const setLot = async (
  tx: ScopedTx,
  caseId: string,
  { seed, spoken, panel, now }: { readonly seed: string; readonly spoken: string; readonly panel: readonly string[]; readonly now: string },
): Promise<void> => {
  await sql`update hearing_notice set seed = ${seed}, spoken = ${spoken}, drawn_at = ${now}::timestamptz, panel = ${[...panel]}::text[] where case_id = ${caseId}`.execute(
    tx,
  );
};

export const setPanel = async (
  tx: ScopedTx,
  caseId: string,
  panel: readonly string[],
  fallenOut: NoticeRow['fallen_out'],
): Promise<void> => {
  await sql`update hearing_notice set panel = ${[...panel]}::text[], fallen_out = ${JSON.stringify(fallenOut)}::jsonb where case_id = ${caseId}`.execute(
    tx,
  );
};

export const setVotes = async (tx: ScopedTx, caseId: string, votes: NonNullable<NoticeRow['votes']>): Promise<void> => {
  await sql`update hearing_notice set votes = ${JSON.stringify(votes)}::jsonb where case_id = ${caseId}`.execute(tx);
};

export const setPublication = async (
  tx: ScopedTx,
  caseId: string,
  words: { readonly opinion: string; readonly reply: string },
  now: string,
): Promise<void> => {
  await sql`update hearing_notice set opinion = ${words.opinion}, reply = ${words.reply}, published_at = ${now}::timestamptz where case_id = ${caseId}`.execute(
    tx,
  );
};

export interface OnCase {
  readonly confided: boolean;
  readonly procedure_id: string;
  readonly bodies: readonly string[];
}
/** The case a hearing is about, where the caller sees it, and the bodies that have part in it. */
export const findOnCase = async (tx: ScopedTx, caseId: string): Promise<OnCase | undefined> =>
  (
    await sql<OnCase>`select confided, procedure_id, array_remove(array[lead_organization_id, respondent_organization_id] || supporting_organization_ids, null)::text[]
      as bodies from cases where case_id = ${caseId}`.execute(tx)
  ).rows[0];

/** Why it is not held, in words for everybody. */
export const setCalledOff = async (tx: ScopedTx, caseId: string, because: string): Promise<void> => {
  await sql`update hearing_notice set called_off_because = ${because} where case_id = ${caseId}`.execute(tx);
};

/** A hearing of a body that was called off, and whether another one took its place. */
export const findCalledOff = async (
  tx: ScopedTx,
  caseId: string,
  organizationId: string,
): Promise<{ number: string; taken: boolean } | undefined> =>
  (
    await sql<{
      number: string;
      taken: boolean;
    }>`select c.number, exists (select 1 from hearing_notice f where f.follows = n.case_id) as taken
      from hearing_notice n join cases c using (case_id)
      where n.case_id = ${caseId} and n.organization_id = ${organizationId} and c.stage = 'calledOff'`.execute(tx)
  ).rows[0];

/** Hearings that are still to be held, and soon. Locked until their parties were reminded. As maintenance. */
export const lockToRemind = async (tx: Tx, now: string, until: string, limit: number): Promise<string[]> =>
  (
    await sql<{ case_id: string }>`select h.case_id from hearing h join hearing_notice n using (case_id) join cases c using (case_id)
      where h.reminded_at is null and n.starts_at > ${now}::timestamptz and n.starts_at <= ${until}::timestamptz and c.stage in ('announced', 'panelled')
      order by h.case_id limit ${limit} for update of h skip locked`.execute(tx)
  ).rows.map(({ case_id }) => case_id);

export const markReminded = async (tx: Tx, caseIds: readonly string[], now: string): Promise<void> => {
  await sql`update hearing set reminded_at = ${now}::timestamptz where case_id = any (${[...caseIds]}::uuid[])`.execute(tx);
};
