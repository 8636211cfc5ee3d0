import type { Released } from '@tongxin/domain/publish/schema.ts';
import { sql } from 'kysely';
import type pg from 'pg';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface DisputeRecord {
  readonly case_id: string;
  readonly organization_id: string;
  readonly kind: string;
  readonly origin: string;
  readonly area_id: string;
  readonly parties: number;
  readonly mediated_on: string;
  readonly registered_at: string;
}

/** Sent with the case it belongs to, whose id must have been opened to this transaction. */
export const sendDispute = (client: pg.PoolClient, row: DisputeRecord): Promise<pg.QueryResult> =>
  client.query({
    name: 'insert-dispute',
    text: `insert into dispute (case_id, organization_id, kind, origin, area_id, parties, mediated_on, registered_at)
      values ($1, $2, $3, $4, $5, $6, $7::date, $8::timestamptz)`,
    values: [row.case_id, row.organization_id, row.kind, row.origin, row.area_id, row.parties, row.mediated_on, row.registered_at],
  });

export interface ListedDispute extends Omit<DisputeRecord, 'registered_at'> {
  readonly number: string;
  readonly procedure_id: string;
  readonly procedure_version: number;
  readonly stage: string;
  readonly due_at: Date | null;
  readonly handler_id: string | null;
}

/** Disputes that the caller sees, the latest first. Which those are is the policy's to say. */
export const findDisputes = async (tx: ScopedTx, people: readonly string[], limit: number): Promise<ListedDispute[]> =>
  (
    await sql<ListedDispute>`
      select d.case_id, d.organization_id, d.kind, d.origin, d.area_id, d.parties, to_char(d.mediated_on, 'YYYY-MM-DD') as mediated_on,
        c.number, c.procedure_id, c.procedure_version, c.stage, case when c.overall_stopped then null else c.overall_due_at end as due_at,
        c.state->>'handlerId' as handler_id
      from cases c join dispute d on d.case_id = c.case_id
      where c.participant_ids && ${[...people]}::uuid[] order by d.registered_at desc, d.case_id limit ${limit}`.execute(tx)
  ).rows;

export interface CountedDisputes {
  readonly area_id: string;
  readonly path: string[];
  readonly organization_id: string;
  readonly kind: string;
  readonly stage: string;
  readonly cases: number;
}

/** Exact figures, by the one function that may count what nobody sees. */
export const countDisputes = async (tx: ScopedTx, areaId: string, from: string, to: string): Promise<CountedDisputes[]> =>
  (
    await sql<CountedDisputes>`
      select area_id, path, organization_id, kind, stage, cases::int as cases from dispute_counts(${areaId}, ${from}::date, ${to}::date)`.execute(
      tx,
    )
  ).rows;

export interface KnownArea {
  readonly area_id: string;
  readonly parent_id: string | null;
}

/** Areas figures are told of, down to communities, as they stand today. */
export const findCountedAreas = async (tx: Tx): Promise<KnownArea[]> =>
  (
    await sql<KnownArea>`select area_id, parent_id from area where valid_to is null and kind in ('city', 'district', 'town', 'community')
      order by cardinality(path), area_id`.execute(tx)
  ).rows;

export interface ReleaseRecord {
  readonly month: string;
  readonly least: number;
  readonly figures: Released;
  readonly released_at: Date;
}

const COLUMNS = sql`to_char(month, 'YYYY-MM') as month, least, figures, released_at`;

export const findRelease = async (tx: ScopedTx, firstDay: string): Promise<ReleaseRecord | undefined> =>
  (await sql<ReleaseRecord>`select ${COLUMNS} from dispute_release where month = ${firstDay}::date`.execute(tx)).rows[0];

export const findReleases = async (tx: ScopedTx, limit: number): Promise<ReleaseRecord[]> =>
  (await sql<ReleaseRecord>`select ${COLUMNS} from dispute_release order by dispute_release.month desc limit ${limit}`.execute(tx)).rows;

/** The first release of a month stands. */
export const insertRelease = async (tx: ScopedTx, firstDay: string, least: number, figures: Released, now: string): Promise<void> => {
  await sql`insert into dispute_release (month, least, figures, released_at)
    values (${firstDay}::date, ${least}, ${JSON.stringify(figures)}::jsonb, ${now}::timestamptz) on conflict (month) do nothing`.execute(
    tx,
  );
};
