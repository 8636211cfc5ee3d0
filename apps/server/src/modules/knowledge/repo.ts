import type { Label } from '@tongxin/domain/label/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../platform/tx/tx.ts';
import type { Asked } from '../search/index.ts';

export interface ArticleRow {
  readonly article_id: string;
  readonly version: number;
  readonly organization_id: string;
  readonly organization: Label;
  readonly body_path: readonly string[];
  readonly title: string;
  readonly body: string;
  readonly category_ids: readonly string[];
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly written_at: Date;
  readonly withdrawn: boolean;
}

const ARTICLE = sql`select x.article_id, x.version, x.organization_id, o.name as organization, a.path::text[] as body_path, x.title, x.body,
    x.category_ids, x.valid_from::text as valid_from, x.valid_to::text as valid_to, x.written_at, x.withdrawn
  from article x join organization o using (organization_id) join area a on a.area_id = o.area_id`;
/** Only the newest version of each. */
const NEWEST = sql`not exists (select 1 from article later where later.article_id = x.article_id and later.version > x.version)`;

export interface ArticleQuery {
  readonly asked?: Asked | undefined;
  readonly categoryId?: string;
  readonly organizationId?: string;
  /** Also those that do not hold today, or were withdrawn. */
  readonly past?: boolean;
  readonly after?: { readonly at: string; readonly id: string };
}

/** The newest versions, latest first. Every phrase must occur. */
export const findArticles = async (
  tx: ScopedTx,
  { asked, categoryId, organizationId, past, after }: ArticleQuery,
  day: string,
  limit: number,
): Promise<ArticleRow[]> => {
  const { rows } = await sql<ArticleRow>`
    ${ARTICLE} where ${NEWEST}
      and ${asked ? sql`x.words @@ ${asked.query}::tsquery and lower(x.title || ' ' || x.body) like all (${[...asked.phrases]}::text[])` : sql`true`}
      and ${categoryId ? sql`${categoryId} = any (x.category_ids)` : sql`true`}
      and ${organizationId ? sql`x.organization_id = ${organizationId}` : sql`true`}
      and ${past ? sql`true` : sql`(not x.withdrawn and x.valid_from <= ${day}::date and coalesce(x.valid_to, 'infinity') > ${day}::date)`}
      and ${after ? sql`(x.written_at, x.article_id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    order by x.written_at desc, x.article_id desc limit ${limit}`.execute(tx);
  return rows;
};

/** Every version of an article, the newest first. */
export const findVersions = async (tx: ScopedTx, articleId: string): Promise<ArticleRow[]> => {
  const { rows } = await sql<ArticleRow>`${ARTICLE} where x.article_id = ${articleId} order by x.version desc limit 200`.execute(tx);
  return rows;
};

export interface NewVersion {
  readonly articleId: string;
  readonly version: number;
  readonly organizationId: string;
  readonly title: string;
  readonly body: string;
  readonly categoryIds: readonly string[];
  readonly from: string;
  readonly to: string | null;
  readonly words: readonly string[];
  readonly at: Date;
  readonly by: string;
  readonly withdrawn: boolean;
}

export const insertVersion = async (tx: ScopedTx, row: NewVersion): Promise<void> => {
  const { articleId, version, organizationId, title, body, categoryIds, from, to, words, at, by, withdrawn } = row;
  await sql`insert into article (article_id, version, organization_id, title, body, category_ids, valid_from, valid_to, words, written_at, written_by, withdrawn)
    values (${articleId}, ${version}, ${organizationId}, ${title}, ${body}, ${[...categoryIds]}, ${from}, ${to}, array_to_tsvector(${[...words]}::text[]),
      ${at}, ${by}, ${withdrawn})`.execute(tx);
};
