import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import { checkReply } from '@tongxin/domain/reply/rules.ts';
import type { NewReplyTemplate, ReplyTemplate, ReplyTemplateChange } from '@tongxin/domain/reply/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound, Problem } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { presentTemplate } from './present.ts';
import { findTemplates, holdTemplate, insertTemplate, type TemplateRow, updateTemplate } from './repo.ts';

/** The post by which somebody keeps the templates of an office: one held there, not elsewhere. */
const keeperOf = (actor: Actor, organizationId: string): HeldPost => {
  const post = actor.posts.find((held) => held.organizationId === organizationId && held.capabilities.includes('reply.manage'));
  if (!post) throw forbidden('beyondYourArea');
  return post;
};

const checked = (deps: Deps, { title, text, categoryIds = [] }: Pick<NewReplyTemplate, 'title' | 'text' | 'categoryIds'>) => {
  const fit = checkReply({ title, text });
  if (!fit.ok) throw new Problem(422, fit.code, fit.params);
  if (categoryIds.some((id) => !deps.directory.category(id))) throw invalid('unknownCategory');
  return { title: title.trim(), text: text.trim(), categoryIds: [...new Set(categoryIds)].sort() };
};

const says = (row: TemplateRow, { title, text, categoryIds }: { title: string; text: string; categoryIds: readonly string[] }): boolean =>
  row.title === title && row.text === text && row.category_ids.join('\n') === categoryIds.join('\n');

/** Templates of the caller's own offices, retired ones where asked for. */
export const templatesOf = (deps: Deps, who: Who, query: { organizationId?: string; retired?: boolean }): Promise<ReplyTemplate[]> =>
  withScope(deps.pools.app, who, async ({ tx }) =>
    (await findTemplates(tx, query.organizationId, query.retired ?? false)).map(presentTemplate),
  );

/** Makes a template, once for each id. */
export const makeTemplate = (deps: Deps, who: Who, asked: NewReplyTemplate): Promise<ReplyTemplate> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const post = keeperOf(actor, asked.organizationId);
    const words = checked(deps, asked);
    const made = await insertTemplate(
      tx,
      { id: asked.id, organizationId: asked.organizationId, ...words },
      post.postId,
      deps.clock.now().toISOString(),
    );
    const row = await holdTemplate(tx, asked.id);
    if (!row || (!made && (row.organization_id !== asked.organizationId || !says(row, words)))) throw conflict('idTaken');
    return presentTemplate(row);
  });

/** Changes a template or retires it; the same change again is the one that was made. */
export const changeTemplate = (deps: Deps, who: Who, id: string, asked: ReplyTemplateChange): Promise<ReplyTemplate> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const row = await holdTemplate(tx, id);
    if (!row) throw notFound();
    const post = keeperOf(actor, row.organization_id);
    const words = checked(deps, asked);
    const retired = asked.retired ?? false;
    const isSo = says(row, words) && (row.retired_at !== null) === retired;
    if (isSo && (row.version === asked.version || row.version === asked.version + 1)) return presentTemplate(row);
    if (row.version !== asked.version) throw conflict('templateChanged', { version: row.version });
    await updateTemplate(tx, id, { ...words, retired }, post.postId, deps.clock.now().toISOString());
    return presentTemplate((await holdTemplate(tx, id))!);
  });
