import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../../platform/tx/tx.ts';

export interface CentreRow {
  readonly organization_id: string;
  readonly address: string;
  readonly telephone: string | null;
  readonly hours: string;
  readonly kinds: string[];
}

export const findCentres = async (tx: ScopedTx, organizationIds: readonly string[]): Promise<Map<string, CentreRow>> => {
  const { rows } = await sql<CentreRow>`select organization_id, address, telephone, hours, kinds from dispute_centre
    where organization_id = any (${[...organizationIds]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.organization_id, row]));
};

export const putCentre = async (tx: ScopedTx, { organization_id, address, telephone, hours, kinds }: CentreRow): Promise<void> => {
  await sql`insert into dispute_centre (organization_id, address, telephone, hours, kinds)
    values (${organization_id}, ${address}, ${telephone}, ${hours}, ${kinds}::text[])
    on conflict (organization_id) do update set address = excluded.address, telephone = excluded.telephone, hours = excluded.hours,
      kinds = excluded.kinds`.execute(tx);
};

export interface ToldWaiting {
  readonly organization_id: string;
  readonly until: string;
  readonly taken_up: number | null;
  readonly met: number | null;
}

/** What was told of the latest period, by centre. */
export const findWaiting = async (tx: ScopedTx, organizationIds: readonly string[]): Promise<Map<string, ToldWaiting>> => {
  const { rows } = await sql<ToldWaiting>`select distinct on (organization_id) organization_id, until::text as until, taken_up, met
    from dispute_waiting where organization_id = any (${[...organizationIds]}::uuid[]) order by organization_id, dispute_waiting.until desc`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.organization_id, row]));
};

/** Up to where was told; no period of it is told again. */
export const toldUntil = async (tx: Tx): Promise<string | undefined> =>
  (await sql<{ until: string | null }>`select max(until)::text as until from dispute_waiting`.execute(tx)).rows[0]?.until ?? undefined;

export interface Waited {
  readonly organization_id: string;
  readonly what: 'takenUp' | 'met';
  /** Days of China. */
  readonly applied_on: string;
  readonly ended_on: string;
}

/**
 * From an application to when it was taken up, and to the first session, of those of which that was first written down within a period: what is written
 * late is counted in the next. As maintenance.
 */
export const findWaited = async (tx: Tx, from: string, until: string): Promise<Waited[]> => {
  const day = (instant: ReturnType<typeof sql>) => sql`(${instant} at time zone 'Asia/Shanghai')::date`;
  const { rows } = await sql<Waited>`
    with ended as (
      select d.organization_id, 'takenUp' as what, d.registered_at, e.at, e.at as written
        from dispute d cross join lateral (select min(e.recorded_at) as at from events e where e.case_id = d.case_id
          and e.type = 'case.acted' and e.header::jsonb #>> '{header,from}' = 'registered'
          and e.header::jsonb #>> '{header,to}' not in ('registered', 'withdrawn')) e
        where d.origin = 'applied'
      union all
      select d.organization_id, 'met', d.registered_at, s.at, s.written
        from dispute d cross join lateral (select lower(s.during) as at, s.written_at as written from dispute_session s
          where s.case_id = d.case_id and s.state = 'held' order by s.written_at, lower(s.during) limit 1) s
        where d.origin = 'applied')
    select organization_id, what, ${day(sql`registered_at`)}::text as applied_on, ${day(sql`at`)}::text as ended_on from ended
    where ${day(sql`written`)} >= ${from}::date and ${day(sql`written`)} < ${until}::date`.execute(tx);
  return rows;
};

export const insertWaiting = async (tx: Tx, rows: readonly ToldWaiting[], now: string): Promise<void> => {
  await sql`insert into dispute_waiting (until, organization_id, taken_up, met, released_at)
    select (r->>'until')::date, (r->>'organization_id')::uuid, (r->>'taken_up')::int, (r->>'met')::int, ${now}::timestamptz
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r on conflict do nothing`.execute(tx);
};
