import type { NewSubsidyRates } from '@tongxin/domain/dispute/subsidy/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface RatesRow {
  readonly rates_id: string;
  readonly area_id: string;
  readonly from_month: string;
  readonly source: string;
  readonly amounts: NewSubsidyRates['amounts'];
  readonly many_sides: number;
  readonly needs_file: boolean;
}

/** Every version that was set, the latest month first; of one month, the one that was set last. */
export const findRates = async (tx: ScopedTx): Promise<RatesRow[]> =>
  (
    await sql<RatesRow>`select rates_id, area_id, to_char(from_month, 'YYYY-MM') as from_month, source, amounts, many_sides, needs_file from subsidy_rates
      order by subsidy_rates.from_month desc, set_at desc, rates_id limit 1000`.execute(tx)
  ).rows;

export const insertRates = async (
  tx: ScopedTx,
  { id, areaId, from, source, amounts, manySides, needsFile }: NewSubsidyRates,
  now: string,
): Promise<void> => {
  await sql`insert into subsidy_rates (rates_id, area_id, from_month, source, amounts, many_sides, needs_file, set_at)
    values (${id}, ${areaId}, ${`${from}-01`}::date, ${source}, ${JSON.stringify(amounts)}::jsonb, ${manySides}, ${needsFile}, ${now}::timestamptz)
    on conflict do nothing`.execute(tx);
};

export const maySet = async (tx: ScopedTx, areaId: string): Promise<boolean> =>
  (await sql<{ may: boolean }>`select may_manage('mediation.count', ${areaId}, null) as may`.execute(tx)).rows[0]!.may;

export interface EndedRow {
  readonly case_id: string;
  readonly organization_id: string;
  readonly handler_id: string | null;
  readonly kind: string;
  readonly parties: number;
  readonly result: 'oral' | 'written' | 'unsettled';
  readonly sent_up: boolean;
}

/** Disputes of some committees that ended within days of China, as far as the caller sees them: all of a committee for its head. */
export const findEnded = async (tx: ScopedTx, organizationIds: readonly string[], from: string, to: string): Promise<EndedRow[]> => {
  const acted = (action: string) =>
    sql`exists (select 1 from events e where e.case_id = c.case_id and e.type = 'case.acted' and e.header::jsonb #>> '{header,action}' ~ ${action})`;
  return (
    await sql<EndedRow>`select c.case_id, b.organization_id, c.state->>'handlerId' as handler_id, d.kind, d.parties,
        case when ${acted('^takeEffect')} then 'written' when ${acted('^settle(AtOnce|ByDay)$')} then 'oral' else 'unsettled' end as result,
        ${acted('^send(Talks)?Up$')} as sent_up
      from cases c join dispute d using (case_id)
        cross join lateral (select coalesce((c.state->>'leadOrganizationId')::uuid, d.organization_id) as organization_id) b
      where c.confided and c.ended_at is not null and b.organization_id = any (${[...organizationIds]}::uuid[])
        and (c.ended_at at time zone 'Asia/Shanghai')::date >= ${from}::date and (c.ended_at at time zone 'Asia/Shanghai')::date < ${to}::date
      order by c.case_id limit 2000`.execute(tx)
  ).rows;
};
