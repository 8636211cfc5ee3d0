import type { Step } from '@tongxin/domain/screening/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx, Tx } from '../../platform/tx/tx.ts';

export interface UnitRow {
  readonly organization_id: string;
  readonly area_id: string;
  readonly since: string;
  /** First month that is not owed any more, by what was said or because the body was closed. */
  readonly until: string | null;
  readonly due_day: number;
}
const UNIT = sql`u.organization_id, o.area_id, to_char(u.since, 'YYYY-MM') as since,
  to_char(least(u.until, date_trunc('month', o.valid_to)::date), 'YYYY-MM') as until, u.due_day`;

/** Units the caller may see. */
export const findUnits = async (tx: Tx): Promise<UnitRow[]> =>
  (
    await sql<UnitRow>`select ${UNIT} from screening_unit u join organization o using (organization_id) order by o.name->>'zh', u.organization_id`.execute(
      tx,
    )
  ).rows;

export const findUnit = async (tx: ScopedTx, organizationId: string): Promise<UnitRow | undefined> =>
  (
    await sql<UnitRow>`select ${UNIT} from screening_unit u join organization o using (organization_id) where u.organization_id = ${organizationId}`.execute(
      tx,
    )
  ).rows[0];

export const putUnit = async (
  tx: ScopedTx,
  organizationId: string,
  { since, until, dueDay }: { readonly since: string; readonly until?: string | undefined; readonly dueDay: number },
): Promise<void> => {
  await sql`insert into screening_unit (organization_id, since, until, due_day)
    values (${organizationId}, ${`${since}-01`}::date, ${until ? `${until}-01` : null}::date, ${dueDay})
    on conflict (organization_id) do update set since = excluded.since, until = excluded.until, due_day = excluded.due_day`.execute(tx);
};

export interface AreaRow {
  readonly area_id: string;
  readonly parent_id: string | null;
  readonly kind: string;
}

/** Areas the caller supervises, down to communities, from the top down. */
export const findSupervised = async (tx: ScopedTx): Promise<AreaRow[]> =>
  (
    await sql<AreaRow>`select area_id, parent_id, kind from area where valid_to is null and kind in ('city', 'district', 'town', 'community')
      and may_manage('screening.supervise', area_id, null) order by cardinality(path), name->>'zh', area_id`.execute(tx)
  ).rows;

export interface MonthRow {
  readonly report_id: string;
  readonly organization_id: string;
  readonly month: string;
  readonly version: number;
  readonly items: number;
  readonly first_at: Date;
  /** By which day the first was owed; null for those from before that was kept. */
  readonly due_on: string | null;
  readonly reported_at: Date;
}

/** The report that stands for each unit and month, and when the first came. */
export const findMonths = async (tx: Tx, organizationIds: readonly string[], from: string, to: string): Promise<MonthRow[]> =>
  (
    await sql<MonthRow>`
      select distinct on (organization_id, month) report_id, organization_id, to_char(month, 'YYYY-MM') as month, version, items, reported_at,
        min(reported_at) over (partition by organization_id, month) as first_at,
        to_char(first_value(due_on) over (partition by organization_id, month order by version), 'YYYY-MM-DD') as due_on
      from screening_report where organization_id = any (${[...organizationIds]}::uuid[]) and month between ${`${from}-01`}::date and ${`${to}-01`}::date
      order by organization_id, month, version desc`.execute(tx)
  ).rows;

export interface ItemRow {
  readonly report_id: string;
  readonly item_no: number;
  readonly kind: string;
  readonly area_id: string;
  readonly degree: string;
  readonly step: Step;
  readonly place_sealed: Buffer;
  readonly matter_sealed: Buffer;
  /** Where the caller sees it. */
  readonly case_id: string | null;
}

export const findItems = async (tx: ScopedTx, reportIds: readonly string[]): Promise<ItemRow[]> =>
  (
    await sql<ItemRow>`
      select i.report_id, i.item_no, i.kind, i.area_id, i.degree, i.step, i.place_sealed, i.matter_sealed, c.case_id
      from screening_item i left join screening_case c using (report_id, item_no)
      where i.report_id = any (${[...reportIds]}::uuid[]) order by i.report_id, i.item_no`.execute(tx)
  ).rows;

export const findDigest = async (tx: ScopedTx, id: string): Promise<Buffer | undefined> =>
  (await sql<{ digest: Buffer }>`select digest from screening_report where report_id = ${id}`.execute(tx)).rows[0]?.digest;

/** Whether the caller sees a dispute. */
export const seesDispute = async (tx: ScopedTx, caseId: string): Promise<boolean> =>
  (await sql`select 1 from dispute where case_id = ${caseId}`.execute(tx)).rows.length > 0;

/** A report as the next version of its month; false where the id or the version is taken. */
export const insertReport = async (
  tx: ScopedTx,
  report: {
    readonly id: string;
    readonly organizationId: string;
    readonly month: string;
    readonly version: number;
    readonly digest: Buffer;
    readonly dueOn: string;
    readonly now: string;
    readonly items: readonly (Omit<ItemRow, 'report_id' | 'case_id'> & { readonly case_id: string | undefined })[];
  },
): Promise<boolean> => {
  const { id, organizationId, month, version, digest, dueOn, now, items } = report;
  const { numAffectedRows } = await sql`
    insert into screening_report (report_id, organization_id, month, version, items, digest, due_on, reported_at)
    values (${id}, ${organizationId}, ${`${month}-01`}::date, ${version}, ${items.length}, ${digest}, ${dueOn}::date, ${now}::timestamptz) on conflict do nothing`.execute(
    tx,
  );
  if (numAffectedRows !== 1n) return false;
  for (const item of items) {
    await sql`insert into screening_item (report_id, item_no, kind, area_id, degree, step, place_sealed, matter_sealed)
      values (${id}, ${item.item_no}, ${item.kind}, ${item.area_id}, ${item.degree}, ${item.step}, ${item.place_sealed}, ${item.matter_sealed})`.execute(
      tx,
    );
    if (item.case_id)
      await sql`insert into screening_case (case_id, report_id, item_no) values (${item.case_id}, ${id}, ${item.item_no})`.execute(tx);
  }
  return true;
};

interface ItemAt {
  readonly reportId: string;
  readonly no: number;
}
/** Keeps for an item the dispute of the one whose place it takes, whether or not the caller sees it; nothing is told of it. */
export const keepDispute = async (tx: ScopedTx, now: ItemAt, before: ItemAt): Promise<void> => {
  await sql`select keep_screening_case(${now.reportId}, ${now.no}, ${before.reportId}, ${before.no})`.execute(tx);
};

/** Marks what is told of a month; answers those bodies that were not told before. */
export const markTold = async (tx: Tx, organizationIds: readonly string[], month: string, rung: string, now: string): Promise<string[]> =>
  (
    await sql<{ organization_id: string }>`insert into screening_told (organization_id, month, rung, told_at)
      select id, ${`${month}-01`}::date, ${rung}, ${now}::timestamptz from unnest(${[...organizationIds]}::uuid[]) id
      on conflict do nothing returning organization_id`.execute(tx)
  ).rows.map(({ organization_id }) => organization_id);

export interface ToldRow {
  readonly organization_id: string;
  readonly person_id: string;
  readonly reports: boolean;
}

/** Who of a body reports, and who supervises it: those nearest above. */
export const findTold = async (tx: Tx, organizationIds: readonly string[], day: string): Promise<ToldRow[]> =>
  (
    await sql<ToldRow>`
      with held as (
        select h.person_id, po.organization_id, po.area_id, r.capabilities, r.sees from post po join post_role r using (role) join post_holding h using (post_id)
          join person pe on pe.person_id = h.person_id and pe.kind = 'staff'
        where h.valid_from <= ${day}::date and coalesce(h.valid_to, 'infinity') > ${day}::date
          and po.valid_from <= ${day}::date and coalesce(po.valid_to, 'infinity') > ${day}::date
      ), above as (
        select o.organization_id, held.person_id, rank() over (partition by o.organization_id order by cardinality(ha.path) desc) as place
        from organization o join area a on a.area_id = o.area_id join held on held.area_id = any (a.path) join area ha on ha.area_id = held.area_id
        where o.organization_id = any (${[...organizationIds]}::uuid[]) and held.sees = 'area' and 'screening.supervise' = any (held.capabilities)
      )
      select organization_id, person_id, true as reports from held
        where organization_id = any (${[...organizationIds]}::uuid[]) and 'screening.report' = any (capabilities)
      union select organization_id, person_id, false from above where place = 1`.execute(tx)
  ).rows;
