import type { Label } from '@tongxin/domain/label/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { areaOf } from '../service.ts';
import { findLate, type LateFilter, type LateRow, totalLate } from './repo.ts';

export interface LateQuery {
  readonly areaId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sourceSystem?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

interface Late {
  readonly id: string;
  readonly number: string;
  readonly sourceNumber?: string;
  readonly title: string;
  readonly categoryLabel?: Label;
  readonly organizationLabel?: Label;
  readonly dueAt: string;
  readonly closedAt?: string;
  /** Whole days from the due time to the answer or the end that stopped the limit, or to now while it runs; rounded up. */
  readonly daysLate: number;
}

const DAY_MS = 86_400_000;

/** When the overall limit stood still for good: a case may be rated, reopened and closed long after it was answered. */
const stoppedAt = (deps: Deps, row: LateRow): number | undefined => {
  const overall = deps.procedures.get(row.procedure_id, row.procedure_version)?.lights.overall;
  const stopped = overall ? row.clocks[overall]?.stoppedAt : undefined;
  return stopped ? Date.parse(stopped) : row.ended_at?.getTime();
};
const CURSOR = /^\d{4}-\d\d-\d\dT[\d:.]+Z~[0-9a-f-]{36}$/u;

const cursorOf = (cursor: string | undefined) => {
  if (!cursor) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!CURSOR.test(text)) throw invalid('badCursor');
  const [dueAt, caseId] = text.split('~') as [string, string];
  return { dueAt, caseId };
};

/** Who was late: cases past their overall limit in an area, live and imported alike, with totals by category, body and month. */
export const lateCases = (deps: Deps, who: Who, query: LateQuery) =>
  withScope(deps.pools.app, who, async (scope) => {
    const areaId = areaOf(deps, scope.actor, query.areaId);
    const kind = deps.directory.area(areaId)?.kind;
    if (!kind || kind === 'dedicatedGrid') throw invalid('unknownArea');
    const { from, to, sourceSystem } = query;
    const filter: LateFilter = {
      areaId,
      level: kind as LateFilter['level'],
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(sourceSystem ? { sourceSystem } : {}),
    };
    const limit = query.limit ?? 50;
    const found = await findLate(scope.tx, filter, cursorOf(query.cursor), limit + 1);
    const now = deps.clock.now().getTime();
    const rows = found.slice(0, limit).map((row): Late => {
      const category = row.category_id ? deps.directory.category(row.category_id, row.category_version ?? undefined)?.label : undefined;
      const organization = row.lead_organization_id
        ? deps.directory.organization(row.lead_organization_id)?.label
        : row.source_department
          ? { zh: row.source_department }
          : undefined;
      return {
        id: row.case_id,
        number: row.number,
        ...(row.source_number ? { sourceNumber: row.source_number } : {}),
        title: row.title ?? '',
        ...(category ? { categoryLabel: category } : {}),
        ...(organization ? { organizationLabel: organization } : {}),
        dueAt: row.due_at!.toISOString(),
        ...(row.ended_at ? { closedAt: row.ended_at.toISOString() } : {}),
        daysLate: Math.max(1, Math.ceil(((stoppedAt(deps, row) ?? now) - row.due_at!.getTime()) / DAY_MS)),
      };
    });
    const labelled = (key: string | null, label: Label | undefined) => ({ key: key ?? '-', ...(label ? { label } : {}) });
    const total = async (by: 'category' | 'organization' | 'month', label: (key: string) => Label | undefined) =>
      (await totalLate(scope.tx, filter, by)).map((row) => ({
        ...labelled(row.key, row.key ? label(row.key) : undefined),
        late: Number(row.late),
        stillOpen: Number(row.still_open),
      }));
    const last = rows.at(-1);
    return {
      areaId,
      rows,
      ...(found.length > limit && last ? { next: Buffer.from(`${last.dueAt}~${last.id}`).toString('base64url') } : {}),
      byCategory: await total('category', (key) => deps.directory.category(key)?.label),
      byOrganization: await total('organization', (key) => deps.directory.organization(key)?.label ?? { zh: key }),
      byMonth: await total('month', () => undefined),
    };
  });
