import type { AreaKind, Bounds } from '@tongxin/domain/area/schema.ts';
import { dayOfDate, instantOfMs, instantToLocalDate, isDate, isInstant, msOfDay } from '@tongxin/domain/calendar/rules.ts';
import { lightLater } from '@tongxin/domain/case/rules.ts';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { CasePage, CaseRow, Light } from '@tongxin/domain/case/view.ts';
import type { Count, Order, Question } from '@tongxin/domain/inbox/schema.ts';
import { boxOf } from '@tongxin/domain/map/rules.ts';
import type pg from 'pg';
import { postOf } from '../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, Problem } from '../../../platform/errors/problem.ts';
import { readInScope, type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { type Anchor, type AreaAnchor, findByNumber, type ListFilter, type ListRow, type Span, sendCount, sendList } from './repo.ts';

export interface ListQuery extends Question {
  /** Only these of the list. */
  readonly ids?: readonly string[];
  readonly cursor?: string;
  readonly limit?: number;
  readonly count?: boolean;
}

const CURSOR = /^(changed|due)~(infinity|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Opaque to clients: the order, and the last row's time in it and id. */
export const encodeCursor = (row: ListRow, order: Order): string => {
  const at = order === 'due' ? (row.next_due?.toISOString() ?? 'infinity') : row.updated_at.toISOString();
  return Buffer.from(`${order}~${at}~${row.case_id}`).toString('base64url');
};

export const decodeCursor = (cursor: string, order: Order): { at: string; caseId: string } => {
  const [, of, at, caseId] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (of !== order || !at || !caseId || !(at === 'infinity' ? order === 'due' : isInstant(at))) throw invalid('badCursor');
  return { at, caseId };
};

const anchorOfArea = (kind: string, id: string): AreaAnchor => ({
  by: kind === 'dedicatedGrid' ? 'overlay' : (kind as Exclude<AreaKind, 'dedicatedGrid'>),
  id,
});

const areaAnchor = (deps: Deps, areaId: string, asked: ListQuery['level']): AreaAnchor => {
  const kind = deps.directory.area(areaId)?.kind;
  if (!kind) throw invalid('unknownArea');
  const level = asked ?? kind;
  if (level !== kind) throw invalid('levelUnfit', { level });
  return anchorOfArea(kind, areaId);
};

/** Lists of a person's or a body's work: an area named besides narrows them. Of anything else the area itself is the list. */
const isOwn = ({ view, organizationId }: ListQuery): boolean => (view !== undefined && view !== 'area') || organizationId !== undefined;

/** Which index the list walks: what was asked for, else the widest thing the caller's post sees. */
const anchorOf = (deps: Deps, actor: Actor, query: ListQuery): Anchor => {
  const post = postOf(actor, query.postId);
  if (query.areaId && !isOwn(query)) return areaAnchor(deps, query.areaId, query.level);
  if (query.view === 'mine' && actor.personId) return { by: 'handler', id: actor.personId };
  if (query.view === 'dispatched' && actor.personId) return { by: 'dispatcher', id: actor.personId };
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
  if (query.view === 'area' || (kind && seesArea(post.role))) return anchorOfArea(kind ?? 'city', post.areaId);
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
    marks: row.marks,
    light: lightLater(row.light as Light, dues, row.due_provisional, now),
    imported: row.imported,
    ...(row.reported_at ? { reportedAt: new Date(row.reported_at).toISOString() } : {}),
    updatedAt: new Date(row.updated_at).toISOString(),
    version: row.version,
  };
};

/** Candidates of a search by words; supplied by the search module. */
export type FindByWords = (scope: Scope, words: string, anchor: Anchor, limit: number) => Promise<string[]>;

/** Cases a search by words may find within a list. */
const MOST_FOUND = 500;
const NUMBERLIKE = /^[A-Za-z]{0,6}[\d-]{4,40}$/;

/** From the first of these days in China to the end of the last. */
const daysOf = (from: string | undefined, to: string | undefined): Span => {
  for (const day of [from, to]) if (day !== undefined && !isDate(day)) throw invalid('fieldUnfit', { field: 'date', why: 'notDate' });
  return {
    ...(from ? { from: instantOfMs(msOfDay(dayOfDate(from))) } : {}),
    ...(to ? { before: instantOfMs(msOfDay(dayOfDate(to) + 1)) } : {}),
  };
};

const later = (one: string | undefined, other: string | undefined): string | undefined =>
  one && other && one > other ? one : (other ?? one);
const earlier = (one: string | undefined, other: string | undefined): string | undefined =>
  one && other && one < other ? one : (other ?? one);

/** When what is asked for is due: of days named, of today, and, nearly late, of what is still to come. */
const dueOf = (query: ListQuery, now: string): Span => {
  const named = daysOf(query.dueFrom, query.dueTo);
  const today = query.due === 'today' ? daysOf(instantToLocalDate(now), instantToLocalDate(now)) : {};
  const from = later(named.from, later(today.from, query.light === 'amber' ? now : undefined));
  const before = earlier(named.before, today.before);
  return { ...(from ? { from } : {}), ...(before ? { before } : {}) };
};

const boxNamed = (text: string): Bounds => {
  const box = boxOf(text);
  if (!box) throw invalid('badBox');
  return box;
};

const filterOf = (
  deps: Deps,
  anchor: Anchor,
  query: ListQuery,
  found?: { readonly caseIds: readonly string[]; readonly byWords: boolean },
): ListFilter => ({
  anchor,
  limit: limitOf(query) + 1,
  order: query.order ?? 'changed',
  ...(query.areaId && isOwn(query) ? { within: areaAnchor(deps, query.areaId, query.level) } : {}),
  ...(query.stage ? { stage: query.stage } : {}),
  ...(query.procedureId ? { procedureId: query.procedureId } : {}),
  ...(query.light ? { light: query.light } : {}),
  ...(query.categoryId ? { categoryId: query.categoryId } : {}),
  ...(query.channel ? { channel: query.channel } : {}),
  ...(query.open !== undefined ? { open: query.open } : {}),
  ...(query.mark ? { mark: query.mark } : {}),
  ...(query.bbox ? { box: boxNamed(query.bbox) } : {}),
  filed: daysOf(query.filedFrom, query.filedTo),
  ...(query.due === 'callBack' ? { callBack: true } : {}),
  due: dueOf(query, deps.clock.now().toISOString()),
  ...(found ? { caseIds: found.caseIds, foundByWords: found.byWords } : {}),
  ...(query.cursor ? { after: decodeCursor(query.cursor, query.order ?? 'changed') } : {}),
});

const limitOf = (query: ListQuery): number => query.limit ?? 50;

const sendPage = (client: pg.PoolClient, filter: ListFilter, query: ListQuery) => [
  sendList(client, filter),
  ...(query.count ? [sendCount(client, filter)] : []),
];

const countOf = (n: number): Count => ({ n: Math.min(n, 1000), more: n > 1000 });

const presentPage = (deps: Deps, query: ListQuery, [listed, counted]: readonly pg.QueryResult[]): CasePage => {
  const rows = (listed?.rows ?? []) as ListRow[];
  const page = rows.slice(0, limitOf(query));
  const now = deps.clock.now().toISOString();
  const n = (counted?.rows[0] as { n: number } | undefined)?.n;
  return {
    rows: page.map((row) => presentRow(deps, row, now)),
    ...(rows.length > page.length ? { next: encodeCursor(page.at(-1)!, query.order ?? 'changed') } : {}),
    ...(n !== undefined ? { count: countOf(n) } : {}),
  };
};

const SERIAL = /^\d{1,7}$/;
/** What somebody may mean who says a number: itself, or, where it is only a serial, that of this year and the last under any prefix. */
const numbersOf = (deps: Deps, said: string): string[] => {
  if (!SERIAL.test(said)) return [said, said.toUpperCase()];
  const year = deps.clock.now().getUTCFullYear();
  const prefixes = new Set(deps.procedures.all().map(({ numberPrefix }) => numberPrefix));
  return [said, ...[...prefixes].flatMap((prefix) => [year, year - 1].map((of) => `${prefix}${of}-${said.padStart(7, '0')}`))];
};

/** What the rows named and the words searched leave of a list: nothing, some cases by id, or the whole of it. */
const candidates = async (deps: Deps, scope: Scope, query: ListQuery, anchor: Anchor, findByWords: FindByWords, most = MOST_FOUND) => {
  const q = query.q?.trim();
  if (!q) return query.ids ? { caseIds: query.ids, byWords: false } : undefined;
  const byWords = !NUMBERLIKE.test(q);
  const found = byWords ? await findByWords(scope, q, anchor, most) : await findByNumber(scope.tx, numbersOf(deps, q));
  const named = query.ids && new Set(query.ids);
  return { caseIds: named ? found.filter((id) => named.has(id)) : found, byWords };
};

/** What a list's question comes to for this caller; undefined where its words, number or ids are found nowhere. */
export const resolveFilter = async (
  deps: Deps,
  scope: Scope,
  query: ListQuery,
  findByWords: FindByWords,
  most = MOST_FOUND,
): Promise<ListFilter | undefined> => {
  const anchor = anchorOf(deps, scope.actor, query);
  const found = await candidates(deps, scope, query, anchor, findByWords, most);
  return found?.caseIds.length === 0 ? undefined : filterOf(deps, anchor, query, found);
};

/** What says which list is searched, and not which of its cases. */
const OF_THE_LIST: ReadonlySet<string> = new Set(['q', 'view', 'areaId', 'level', 'organizationId', 'postId', 'order', 'limit', 'count']);

/** Whether the first that a search finds are the first of the list: nothing else narrows it or asks how many there are, and it is in the order of changes. */
const isSearchAlone = (query: ListQuery): boolean =>
  Boolean(query.q?.trim()) &&
  !query.count &&
  query.order !== 'due' &&
  !(query.areaId && isOwn(query)) &&
  Object.entries(query).every(([name, value]) => value === undefined || OF_THE_LIST.has(name));

/**
 * A page of the list. Search by words or by number keeps the same order and filters. A list of a named area does not depend on who asks, so,
 * where no post is named that must be theirs, it is asked for together with the scope that judges it.
 */
export const listPage = async (deps: Deps, who: Who, query: ListQuery, findByWords: FindByWords): Promise<CasePage> => {
  if (query.areaId && !query.postId && !query.q?.trim() && !query.ids && !isOwn(query)) {
    const filter = filterOf(deps, areaAnchor(deps, query.areaId, query.level), query);
    return presentPage(deps, query, await readInScope(deps.pools.app, who, (client) => sendPage(client, filter, query)));
  }
  return withScope(deps.pools.app, who, async (scope) => {
    const read = async (most: number) => {
      const filter = await resolveFilter(deps, scope, query, findByWords, most);
      const answers = filter ? await Promise.all(sendPage(scope.client, filter, query)) : query.count ? [NO_ROWS, NO_COUNT] : [];
      return { page: presentPage(deps, query, answers), isAll: (filter?.caseIds?.length ?? 0) < most };
    };
    if (isSearchAlone(query)) {
      const { page, isAll } = await read(limitOf(query) + 1);
      // Some that were found may not be shown: then there may be others in their place.
      if (page.next || isAll) return page;
    }
    return (await read(MOST_FOUND)).page;
  });
};

/** How many each of several lists holds, of what the caller sees. A list that is searched by words is counted among what the search finds. */
export const countInScope = async (
  deps: Deps,
  scope: Scope,
  questions: readonly Question[],
  findByWords: FindByWords,
): Promise<(Count | undefined)[]> => {
  const filters = await Promise.all(
    questions.map(async (question): Promise<ListFilter | undefined> => {
      try {
        const anchor = anchorOf(deps, scope.actor, question);
        return filterOf(deps, anchor, question, await candidates(deps, scope, question, anchor, findByWords));
      } catch (problem) {
        // A list saved when its area still was is not counted; opened, it says why.
        if (problem instanceof Problem) return undefined;
        throw problem;
      }
    }),
  );
  const counted = await Promise.all(filters.map((filter) => filter && sendCount(scope.client, filter)));
  return counted.map((answer) => answer && countOf(answer.rows[0]!.n));
};

const NO_ROWS = { rows: [] as unknown[] } as pg.QueryResult;
const NO_COUNT = { rows: [{ n: 0 }] as unknown[] } as pg.QueryResult;
