import { sql } from 'kysely';
import type pg from 'pg';
import { send } from '../../../platform/tx/tx.ts';
import { type ListFilter, type ListRow, nearby, where } from '../list/repo.ts';

export interface ExportRow extends ListRow {
  readonly receiving_organization_id: string | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
  readonly lon: number | null;
  readonly lat: number | null;
  /** Words of the filing, sealed; null where the reader is the side complained of, or they were erased, or nobody asked. */
  readonly sealed: Buffer | null;
  /** Only where parties are to be read. */
  readonly state: unknown;
}

/** A point is as near as a grid (R5). */
const point = (column: 'lon' | 'lat') => sql`case when reporter_protected and respondent_organization_id is not null
  and respondent_organization_id = any (scope_ids('organizations')) then null else ${sql.ref(column)} end as ${sql.ref(column)}`;

/**
 * Opens a cursor over a filter's cases in the order of the list: one snapshot of what the scope sees, however long it is read. `text` brings
 * the words of the filing, `state` what rights over parties are judged by.
 */
export const openExport = (
  client: pg.PoolClient,
  filter: ListFilter,
  { text, state }: { readonly text: boolean; readonly state: boolean },
) =>
  send(
    client,
    sql<pg.QueryResultRow>`declare export_rows no scroll cursor for
      select c.case_id, c.number, c.source_number, c.title, c.procedure_id, c.procedure_version, c.stage, c.channel, c.demand_kind, c.category_id,
        c.category_version, c.city_id, c.town_id, c.community_id, c.grid_id, c.lead_organization_id, c.receiving_organization_id, c.overall_due_at,
        c.handling_due_at, c.imported, c.reported_at, c.created_at, c.ended_at, c.version, c.updated_at, c.overall_stopped, c.due_provisional, c.light, c.lon, c.lat,
        ${text ? sql`case when c.respondent then null else ec.sealed end` : sql`null::bytea`} as sealed, ${state ? sql`c.state` : sql`null`} as state
      from (select case_id, number, source_number, title, procedure_id, procedure_version, stage, channel, demand_kind, category_id, category_version, city_id,
          town_id, ${nearby('community_id')}, ${nearby('grid_id')}, lead_organization_id, receiving_organization_id, overall_due_at, handling_due_at, imported,
          reported_at, created_at, ended_at, version, updated_at, overall_stopped, due_provisional, light, ${point('lon')}, ${point('lat')}, ${state ? sql`state` : sql`null`} as state,
          coalesce(respondent_organization_id = any (scope_ids('organizations')), false) as respondent
        from cases where ${where(filter)}) c
      ${text ? sql`left join event_content ec on ec.case_id = c.case_id and ec.event_no = 1` : sql``}
      order by c.updated_at desc, c.case_id`,
  );

export const fetchExport = async (client: pg.PoolClient, n: number): Promise<ExportRow[]> =>
  (await send(client, sql<ExportRow>`fetch forward ${sql.lit(n)} from export_rows`)).rows;

export const countExport = async (client: pg.PoolClient, filter: ListFilter): Promise<number> =>
  (await send(client, sql<{ n: number }>`select count(*)::int as n from cases where ${where(filter)}`)).rows[0]!.n;

export interface ReadReporter {
  readonly case_id: string;
  readonly party_id: string;
  readonly name_sealed: Buffer | null;
  readonly phone_sealed: Buffer | null;
}

/** Reporters of a batch, each reading logged for that person under the post that permits it. */
export const readReporters = async (
  client: pg.PoolClient,
  reads: readonly { readonly caseId: string; readonly postId: string; readonly organizationId: string }[],
  fields: readonly string[],
  purpose: string,
  now: string,
): Promise<ReadReporter[]> => {
  const { rows } = await send(
    client,
    sql<ReadReporter>`select p.case_id, p.party_id, r.name_sealed, r.phone_sealed
      from unnest(${reads.map((one) => one.caseId)}::uuid[], ${reads.map((one) => one.postId)}::uuid[], ${reads.map((one) => one.organizationId)}::uuid[]) as x(case_id, post, body)
      join case_party p on p.case_id = x.case_id and p.role = 'reporter' and p.erased_at is null
      cross join lateral read_party(p.case_id, p.party_id, ${purpose}, x.post, x.body, ${[...fields]}::text[], gen_random_uuid(), ${now}::timestamptz) r`,
  );
  return rows;
};
