import { isInstant } from '@tongxin/domain/calendar/rules.ts';
import { lightLater } from '@tongxin/domain/case/rules.ts';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { CasePage, CaseRow, Light } from '@tongxin/domain/case/view.ts';
import type pg from 'pg';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { readInScope, type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { type Anchor, findByNumber, type ListFilter, type ListRow, sendCount, sendList } from './repo.ts';

export interface ListQuery {
  readonly level?: 'city' | 'district' | 'town' | 'community' | 'grid';
  readonly areaId?: string;
  readonly organizationId?: string;
  readonly view?: 'mine' | 'organization' | 'receiving' | 'supporting' | 'respondent' | 'reported' | 'area';
  readonly stage?: string;
  readonly procedureId?: string;
  readonly light?: string;
  readonly categoryId?: string;
  readonly channel?: string;
  readonly open?: boolean;
  readonly q?: string;
  readonly cursor?: string;
  readonly limit?: number;
  readonly count?: boolean;
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Opaque to clients: the last row's time and id. */
export const encodeCursor = (row: ListRow): string =>
  Buffer.from(`${new Date(row.updated_at).toISOString()}~${row.case_id}`).toString('base64url');

export const decodeCursor = (cursor: string): { updatedAt: string; caseId: string } => {
  const [, updatedAt, caseId] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (!updatedAt || !caseId || !isInstant(updatedAt)) throw invalid('badCursor');
  return { updatedAt, caseId };
};

const areaAnchor = (deps: Deps, areaId: string, asked: ListQuery['level']): Anchor => {
  const kind = deps.directory.area(areaId)?.kind;
  if (!kind) throw invalid('unknownArea');
  const level = asked ?? kind;
  if (level !== kind || level === 'dedicatedGrid') throw invalid('levelUnfit', { level });
  return { by: level as 'town', id: areaId };
};

/** Which index the list walks: what was asked for, else the widest thing the caller's first post sees. */
const anchorOf = (deps: Deps, actor: Actor, query: ListQuery): Anchor => {
  const post = actor.posts[0];
  if (query.areaId) return areaAnchor(deps, query.areaId, query.level);
  if (query.view === 'mine' && actor.personId) return { by: 'handler', id: actor.personId };
  if (query.view === 'reported' && actor.personId) return { by: 'participant', id: actor.personId };
  const organizationId = query.organizationId ?? post?.organizationId;
  if (organizationId) {
    if (query.view === 'receiving') return { by: 'receiving', id: organizationId };
    if (query.view === 'supporting') return { by: 'supporting', id: organizationId };
    if (query.view === 'respondent') return { by: 'respondent', id: organizationId };
    if (query.view === 'organization' || query.organizationId) return { by: 'lead', id: organizationId };
  }
  if (!post) {
    if (actor.personId) return { by: 'participant', id: actor.personId };
    throw invalid('areaMissing');
  }
  const kind = deps.directory.area(post.areaId)?.kind;
  if (query.view === 'area' || (kind && kind !== 'dedicatedGrid' && seesArea(post.role)))
    return { by: (kind ?? 'city') as 'town', id: post.areaId };
  return { by: 'lead', id: post.organizationId };
};

const ORGANIZATION_ROLES = new Set(['operator', 'handler', 'bodyHead', 'letterOfficer', 'letterReviewer', 'departmentService']);
const seesArea = (role: string): boolean => !ORGANIZATION_ROLES.has(role);

export const presentRow = (deps: Deps, row: ListRow, now: string): CaseRow => {
  const procedure = deps.procedures.get(row.procedure_id, row.procedure_version);
  const category = row.category_id ? deps.directory.category(row.category_id, row.category_version ?? undefined) : undefined;
  const areaId = row.grid_id ?? row.community_id ?? row.town_id ?? row.city_id;
  const area = areaId ? deps.directory.area(areaId) : undefined;
  const lead = row.lead_organization_id ? deps.directory.organization(row.lead_organization_id) : undefined;
  const dues = [row.overall_stopped ? null : row.overall_due_at, row.handling_due_at].map((due) => due && new Date(due).toISOString());
  return {
    id: row.case_id,
    number: row.number,
    ...(row.source_number ? { sourceNumber: row.source_number } : {}),
    title: row.title ?? '',
    procedureId: row.procedure_id,
    stage: row.stage,
    stageLabel: procedure?.stages[row.stage]?.label ?? { zh: row.stage },
    channel: row.channel,
    ...(row.demand_kind ? { demandKind: row.demand_kind } : {}),
    ...(row.category_id ? { categoryId: row.category_id } : {}),
    ...(category ? { categoryLabel: category.label } : {}),
    ...(area ? { areaLabel: area.label } : {}),
    ...(row.lead_organization_id ? { leadOrganizationId: row.lead_organization_id } : {}),
    ...(lead ? { leadOrganizationLabel: lead.label } : {}),
    ...(row.overall_due_at ? { overallDueAt: new Date(row.overall_due_at).toISOString() } : {}),
    overallStopped: row.overall_stopped,
    ...(row.handling_due_at ? { handlingDueAt: new Date(row.handling_due_at).toISOString() } : {}),
    light: lightLater(row.light as Light, dues, row.due_provisional, now),
    imported: row.imported,
    ...(row.reported_at ? { reportedAt: new Date(row.reported_at).toISOString() } : {}),
    updatedAt: new Date(row.updated_at).toISOString(),
    version: row.version,
  };
};

/** Candidates of a search by words; supplied by the search module. */
export type FindByWords = (scope: Scope, words: string, anchor: Anchor, limit: number) => Promise<string[]>;

const NUMBERLIKE = /^[A-Za-z]{0,6}[\d-]{4,40}$/;

const filterOf = (
  anchor: Anchor,
  query: ListQuery,
  found?: { readonly caseIds: readonly string[]; readonly byWords: boolean },
): ListFilter => ({
  anchor,
  limit: limitOf(query) + 1,
  ...(query.stage ? { stage: query.stage } : {}),
  ...(query.procedureId ? { procedureId: query.procedureId } : {}),
  ...(query.light ? { light: query.light } : {}),
  ...(query.categoryId ? { categoryId: query.categoryId } : {}),
  ...(query.channel ? { channel: query.channel } : {}),
  ...(query.open !== undefined ? { open: query.open } : {}),
  ...(found ? { caseIds: found.caseIds, foundByWords: found.byWords } : {}),
  ...(query.cursor ? { after: decodeCursor(query.cursor) } : {}),
});

/** What a list's question comes to for this caller; undefined where its words or number are found nowhere. */
export const resolveFilter = async (
  deps: Deps,
  scope: Scope,
  query: ListQuery,
  findByWords: FindByWords,
  most = 500,
): Promise<ListFilter | undefined> => {
  const q = query.q?.trim();
  const anchor = anchorOf(deps, scope.actor, query);
  if (!q) return filterOf(anchor, query);
  const byWords = !NUMBERLIKE.test(q);
  const caseIds = byWords ? await findByWords(scope, q, anchor, most) : await findByNumber(scope.tx, q);
  return caseIds.length === 0 ? undefined : filterOf(anchor, query, { caseIds, byWords });
};

const limitOf = (query: ListQuery): number => query.limit ?? 50;

const sendPage = (client: pg.PoolClient, filter: ListFilter, query: ListQuery) => [
  sendList(client, filter),
  ...(query.count ? [sendCount(client, filter)] : []),
];

const presentPage = (deps: Deps, query: ListQuery, [listed, counted]: readonly pg.QueryResult[]): CasePage => {
  const rows = (listed?.rows ?? []) as ListRow[];
  const page = rows.slice(0, limitOf(query));
  const now = deps.clock.now().toISOString();
  const n = (counted?.rows[0] as { n: number } | undefined)?.n;
  return {
    rows: page.map((row) => presentRow(deps, row, now)),
    ...(rows.length > page.length ? { next: encodeCursor(page.at(-1)!) } : {}),
    ...(n !== undefined ? { count: { n: Math.min(n, 1000), more: n > 1000 } } : {}),
  };
};

/**
 * A page of the list, newest change first. Search by words or by number keeps the same order and filters. A list of a named area does not
 * depend on who asks, so it is asked for together with the scope that judges it.
 */
export const listPage = async (deps: Deps, who: Who, query: ListQuery, findByWords: FindByWords): Promise<CasePage> => {
  const q = query.q?.trim();
  if (query.areaId && !q) {
    const filter = filterOf(areaAnchor(deps, query.areaId, query.level), query);
    return presentPage(deps, query, await readInScope(deps.pools.app, who, (client) => sendPage(client, filter, query)));
  }
  return withScope(deps.pools.app, who, async (scope) => {
    const filter = await resolveFilter(deps, scope, query, findByWords);
    if (!filter) return presentPage(deps, query, query.count ? [NO_ROWS, NO_COUNT] : []);
    return presentPage(deps, query, await Promise.all(sendPage(scope.client, filter, query)));
  });
};

const NO_ROWS = { rows: [] as unknown[] } as pg.QueryResult;
const NO_COUNT = { rows: [{ n: 0 }] as unknown[] } as pg.QueryResult;
