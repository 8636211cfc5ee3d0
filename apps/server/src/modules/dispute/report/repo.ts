import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export const SUMS = [
  'accepted',
  'applied',
  'offered',
  'referred',
  'parties',
  'settled',
  'oral',
  'written',
  'performed',
  'broken',
  'unsettled',
  'confirmation',
] as const;
export type ReportLine = { readonly organization_id: string; readonly kind: string } & Readonly<Record<(typeof SUMS)[number], number>>;

/** Sums of committees by kind, by the function that may count what nobody sees. */
export const findReport = async (tx: ScopedTx, areaId: string, from: string, to: string): Promise<ReportLine[]> =>
  (
    await sql<ReportLine>`
      select organization_id, kind, ${sql.join(SUMS.map((name) => sql`${sql.ref(name)}::int as ${sql.ref(name)}`))}
      from dispute_report(${areaId}, ${from}::date, ${to}::date)`.execute(tx)
  ).rows;
