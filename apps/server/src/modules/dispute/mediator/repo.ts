import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface MediatorRow {
  readonly mediator_id: string;
  readonly organization_id: string;
  readonly person_id: string;
  readonly name_sealed: Buffer;
  readonly name_index: Buffer;
  readonly phone_sealed: Buffer | null;
  readonly phone_index: Buffer | null;
  readonly home_sealed: Buffer | null;
  readonly home_area_id: string | null;
  readonly kinds: string[];
  readonly languages: string[];
  readonly filing_number: string | null;
  readonly court: string | null;
  readonly court_from: string | null;
  readonly court_to: string | null;
  readonly available: boolean;
}

/** The register of some committees. */
export const findMediators = async (tx: ScopedTx, organizationIds: readonly string[]): Promise<MediatorRow[]> =>
  (
    await sql<MediatorRow>`select mediator_id, organization_id, person_id, name_sealed, name_index, phone_sealed, phone_index, home_sealed, home_area_id,
        kinds, languages, filing_number, court, court_from::text as court_from, court_to::text as court_to, available
      from mediator where organization_id = any (${[...organizationIds]}::uuid[]) order by mediator_id`.execute(tx)
  ).rows;

export const putMediator = async (tx: ScopedTx, row: MediatorRow): Promise<void> => {
  await sql`insert into mediator (mediator_id, organization_id, person_id, name_sealed, name_index, phone_sealed, phone_index, home_sealed, home_area_id,
      kinds, languages, filing_number, court, court_from, court_to, available)
    values (${row.mediator_id}, ${row.organization_id}, ${row.person_id}, ${row.name_sealed}, ${row.name_index}, ${row.phone_sealed}, ${row.phone_index},
      ${row.home_sealed}, ${row.home_area_id}, ${row.kinds}::text[], ${row.languages}::text[], ${row.filing_number}, ${row.court},
      ${row.court_from}::date, ${row.court_to}::date, ${row.available})
    on conflict (mediator_id) do update set name_sealed = excluded.name_sealed, name_index = excluded.name_index, phone_sealed = excluded.phone_sealed,
      phone_index = excluded.phone_index, home_sealed = excluded.home_sealed, home_area_id = excluded.home_area_id, kinds = excluded.kinds,
      languages = excluded.languages, filing_number = excluded.filing_number, court = excluded.court, court_from = excluded.court_from,
      court_to = excluded.court_to, available = excluded.available`.execute(tx);
};

export interface Holder {
  readonly person_id: string;
  readonly organization_id: string;
  readonly post_id: string;
  readonly title: Label;
}

/** Who holds a post of some committees that mediates, today. */
export const findHolders = async (tx: ScopedTx, organizationIds: readonly string[], today: string): Promise<Holder[]> =>
  (
    await sql<Holder>`select distinct on (h.person_id, po.organization_id) h.person_id, po.organization_id, po.post_id, po.title
      from post_holding h join post po using (post_id) join post_role r on r.role = po.role and 'mediation.record' = any (r.capabilities)
      where po.organization_id = any (${[...organizationIds]}::uuid[]) and h.valid_from <= ${today}::date
        and (h.valid_to is null or h.valid_to > ${today}::date) order by h.person_id, po.organization_id, po.post_id`.execute(tx)
  ).rows;

/** Open disputes in each person's hands, as far as the caller sees them: all of a committee for its head. */
export const countInHand = async (tx: ScopedTx, organizationIds: readonly string[]): Promise<Map<string, number>> => {
  const { rows } = await sql<{ person_id: string; n: number }>`select c.state->>'handlerId' as person_id, count(*)::int as n from cases c
    where c.participant_ids && ${[...organizationIds]}::uuid[] and c.confided and c.ended_at is null and c.state ? 'handlerId' group by 1`.execute(
    tx,
  );
  return new Map(rows.map(({ person_id, n }) => [person_id, n]));
};
