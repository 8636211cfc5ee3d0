import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate, isDate, isInstant } from '@tongxin/domain/calendar/rules.ts';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { ArticlePage, ArticleView } from '@tongxin/domain/knowledge/view.ts';
import { postManaging } from '@tongxin/domain/post/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { administer, bodyArea, managingBody } from '../administration/index.ts';
import { askedBy, signsOf } from '../search/index.ts';
import { type ArticleRow, findArticles, findVersions, insertVersion } from './repo.ts';

const dayOf = (deps: Deps): string => instantToLocalDate(deps.clock.now().toISOString());
const PAGE = 20;

const present = (actor: Actor, row: ArticleRow): ArticleView => ({
  id: row.article_id,
  version: row.version,
  title: row.title,
  body: row.body,
  categoryIds: [...row.category_ids],
  organizationId: row.organization_id,
  organization: row.organization,
  from: row.valid_from,
  ...(row.valid_to ? { to: row.valid_to } : {}),
  writtenAt: row.written_at.toISOString(),
  withdrawn: row.withdrawn,
  mayChange: postManaging(actor, 'knowledge.manage', row.body_path, row.organization_id) !== undefined,
});

export interface ArticleSearch {
  readonly q?: string;
  readonly categoryId?: string;
  readonly organizationId?: string;
  readonly past?: boolean;
  readonly cursor?: string;
  readonly limit?: number;
}

/** Articles that hold today, by words, category or body; latest first. Words that are none find nothing. */
export const articles = (
  deps: Deps,
  who: Who,
  { q, categoryId, organizationId, past, cursor, limit = PAGE }: ArticleSearch,
): Promise<ArticlePage> => {
  const [at = '', id = ''] = (cursor ?? '').split('_');
  if (cursor !== undefined && !(isInstant(at) && /^[0-9a-f-]{36}$/u.test(id))) throw invalid('badCursor');
  const asked = q?.trim() ? askedBy(q) : undefined;
  if (asked && !asked.query) return withScope(deps.pools.app, who, async () => ({ rows: [] }));
  return withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const query = { asked, categoryId, organizationId, past, ...(cursor ? { after: { at, id } } : {}) };
    const rows = await findArticles(tx, query, dayOf(deps), limit);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return {
      rows: rows.map((row) => present(actor, row)),
      ...(last ? { next: `${last.written_at.toISOString()}_${last.article_id}` } : {}),
    };
  });
};

export const articleVersions = (deps: Deps, who: Who, id: string): Promise<ArticleView[]> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const rows = await findVersions(tx, id);
    if (rows.length === 0) throw notFound();
    return rows.map((row) => present(actor, row));
  });

export interface ArticleForm {
  readonly organizationId: string;
  readonly title: string;
  readonly body: string;
  readonly categoryIds: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

const permit = async ({ tx, actor }: Scope, organizationId: string) => {
  const body = await bodyArea(tx, organizationId);
  if (!body) throw invalid('unknownOrganization', { field: 'organizationId' });
  return { post: managingBody(actor, 'knowledge.manage', body.path, organizationId), areaId: body.areaId, organizationId };
};

const checked = (deps: Deps, form: ArticleForm, before?: ArticleRow) => {
  const [title, body] = [form.title.trim(), form.body.trim()];
  if (title === '' || body === '') throw invalid('fieldMissing', { field: title === '' ? 'title' : 'body' });
  const from = form.from ?? before?.valid_from ?? dayOf(deps);
  for (const [field, day] of [['from', from] as const, ...(form.to === undefined ? [] : [['to', form.to] as const])])
    if (!isDate(day)) throw invalid('fieldUnfit', { field, why: 'notDate' });
  if (form.to !== undefined && form.to <= from) throw invalid('endsBeforeItBegins');
  for (const id of form.categoryIds) if (!deps.directory.category(id)) throw invalid('unknownCategory', { field: 'categoryIds' });
  return { title, body, categoryIds: form.categoryIds, from, to: form.to ?? null };
};

const write = async (
  deps: Deps,
  { tx, actor }: Scope,
  id: string,
  version: number,
  form: ArticleForm,
  withdrawn: boolean,
  before?: ArticleRow,
) => {
  const article = checked(deps, form, before);
  await insertVersion(tx, {
    ...article,
    articleId: id,
    version,
    organizationId: form.organizationId,
    words: signsOf(`${article.title} ${article.body}`),
    at: deps.clock.now(),
    by: actor.personId!,
    withdrawn,
  });
  return article;
};

const said = ({ title, category_ids, valid_from, valid_to }: ArticleRow) => ({
  title,
  categories: category_ids.join(', '),
  from: valid_from,
  to: valid_to,
});

export const makeArticle = (
  deps: Deps,
  who: Who,
  { commandId, id, ...form }: ArticleForm & { commandId: string; id: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'article', subjectId: id, body: form }, async (scope) => {
    const by = await permit(scope, form.organizationId);
    if ((await findVersions(scope.tx, id)).length > 0) throw conflict('idTaken');
    const { title, categoryIds, from, to } = await write(deps, scope, id, 1, form, false);
    return { what: 'made', ...by, after: { title, categories: categoryIds.join(', '), from, to } };
  });

/** A new version; whoever changes it must answer for the body it was of, and for the one it becomes. */
export const changeArticle = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, version, withdraw = false, ...form }: ArticleForm & { commandId: string; version: number; withdraw?: boolean },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'article', subjectId: id, body: { version, withdraw, ...form } }, async (scope) => {
    const [newest] = await findVersions(scope.tx, id);
    if (!newest) throw notFound();
    if (newest.version !== version) throw conflict('changedMeanwhile');
    await permit(scope, newest.organization_id);
    const by = await permit(scope, form.organizationId);
    const { title, categoryIds, from, to } = await write(deps, scope, id, version + 1, form, withdraw, newest);
    const after = { title, categories: categoryIds.join(', '), from, to };
    return { what: withdraw ? 'retired' : 'changed', ...by, before: said(newest), after };
  });
