import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { OrganizationView, PostView } from '@tongxin/domain/organization/schema.ts';
import { permitAppointment } from '@tongxin/domain/post/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Who, withScope } from '../../../platform/tx/tx.ts';
import { administer, areaPath, managingPost, postRefused, versionOf } from '../../administration/index.ts';
import { presentOrganization, presentPost } from '../present.ts';
import { findOrganization, findPosts, type OrganizationRow, type PostRow } from '../repo.ts';
import { type BodyWritten, closePost, findAbove, findNamesake, insertBody, insertPost, isHeld, updateBody, updatePost } from './repo.ts';

export const dayOf = (deps: Deps): string => instantToLocalDate(deps.clock.now().toISOString());

export interface BodyForm {
  readonly kind: string;
  readonly name: Label;
  readonly areaId: string;
  readonly parentId?: string;
  readonly mark?: string;
  readonly respondent: boolean;
}

const logged = ({ kind, name, areaId, parentId, mark, respondent }: BodyForm | BodyWritten) => ({
  kind,
  name,
  areaId,
  parentId,
  mark,
  respondent,
});
const ofRow = (row: OrganizationRow): BodyForm => ({
  kind: row.kind,
  name: row.name,
  areaId: row.area_id,
  respondent: row.respondent,
  ...(row.parent_id ? { parentId: row.parent_id } : {}),
  ...(row.mark ? { mark: row.mark } : {}),
});

const trimmed = (name: Label): Label => {
  const zh = name.zh.trim();
  if (zh === '') throw invalid('fieldMissing', { field: 'name' });
  const en = name.en?.trim();
  return { zh, ...(en ? { en } : {}) };
};

export const pathOfArea = async (tx: ScopedTx, areaId: string): Promise<readonly string[]> => {
  const path = await areaPath(tx, areaId);
  if (!path) throw invalid('unknownArea');
  return path;
};

/** A body that is open. Throws 404. */
export const openBody = async (tx: ScopedTx, organizationId: string): Promise<OrganizationRow> => {
  const row = await findOrganization(tx, organizationId);
  if (!row || row.kind === 'service') throw notFound();
  if (row.closed_on) throw conflict('bodyClosed');
  return row;
};

const checked = async (tx: ScopedTx, organizationId: string, form: BodyForm): Promise<BodyWritten> => {
  const written: BodyWritten = {
    ...form,
    organizationId,
    name: trimmed(form.name),
    parentId: form.parentId ?? null,
    mark: form.mark ?? null,
  };
  if (form.parentId) {
    const parent = await findOrganization(tx, form.parentId);
    if (!parent || parent.closed_on || parent.kind === 'service') throw invalid('unknownOrganization', { field: 'parentId' });
    if ((await findAbove(tx, form.parentId)).includes(organizationId)) throw invalid('parentBelow');
  }
  if (await findNamesake(tx, written)) throw conflict('nameTaken');
  return written;
};

export const makeBody = (
  deps: Deps,
  who: Who,
  { commandId, id, ...form }: BodyForm & { commandId: string; id: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'organization', subjectId: id, body: form }, async ({ tx, actor }) => {
    const post = managingPost(actor, 'organization.manage', await pathOfArea(tx, form.areaId));
    if (await findOrganization(tx, id)) throw conflict('idTaken');
    const written = await checked(tx, id, form);
    await insertBody(tx, written, dayOf(deps));
    return { what: 'made', post, areaId: form.areaId, organizationId: id, after: logged(written) };
  });

export const changeBody = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, version, ...form }: BodyForm & { commandId: string; version: number },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'organization', subjectId: id, version, body: form }, async ({ tx, actor }) => {
    const before = await openBody(tx, id);
    managingPost(actor, 'organization.manage', await pathOfArea(tx, before.area_id));
    const post = managingPost(actor, 'organization.manage', await pathOfArea(tx, form.areaId));
    const written = await checked(tx, id, form);
    if (!(await updateBody(tx, written))) throw forbidden('beyondYourArea');
    return { what: 'changed', post, areaId: form.areaId, organizationId: id, before: logged(ofRow(before)), after: logged(written) };
  });

export const bodyOf = (deps: Deps, who: Who, id: string): Promise<OrganizationView & { version: number }> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const row = await findOrganization(tx, id);
    if (!row) throw notFound();
    return { ...presentOrganization(row), version: await versionOf(tx, 'organization', id) };
  });

export interface PostForm {
  readonly title: Label;
  readonly responsibility?: number;
}
export interface NewPost extends PostForm {
  readonly commandId: string;
  readonly id: string;
  readonly organizationId: string;
  readonly areaId?: string;
  readonly role: string;
}

const saidOf = ({ title, responsibility, role, organization_id, area_id }: PostRow) => ({
  title,
  responsibility,
  role,
  organizationId: organization_id,
  areaId: area_id,
});

const permit = async ({ tx, actor }: Scope, post: { role: string; areaId: string; organizationId: string }) => {
  const body = await findOrganization(tx, post.organizationId);
  if (!body || body.closed_on) throw invalid('unknownOrganization', { field: 'organizationId' });
  const [area, bodyPath] = [await pathOfArea(tx, post.areaId), await pathOfArea(tx, body.area_id)];
  const permitted = permitAppointment(actor, 'organization.manage', { role: post.role, areaPath: area, bodyPath });
  if (!permitted.ok) throw postRefused(permitted);
  return permitted.post;
};

export const makePost = (deps: Deps, who: Who, { commandId, id, ...form }: NewPost): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'post', subjectId: id, body: form }, async (scope) => {
    const { tx } = scope;
    const { organizationId, role, responsibility = null } = form;
    const areaId = form.areaId ?? (await findOrganization(tx, organizationId))?.area_id;
    if (!areaId) throw invalid('unknownOrganization', { field: 'organizationId' });
    const post = await permit(scope, { role, areaId, organizationId });
    if ((await findPosts(tx, { postId: id, closed: true }, dayOf(deps), 1)).length > 0) throw conflict('idTaken');
    const title = trimmed(form.title);
    await insertPost(tx, { postId: id, organizationId, areaId, role, title, responsibility }, dayOf(deps));
    return { what: 'made', post, areaId, organizationId, after: { title, responsibility, role, organizationId, areaId } };
  });

const getPost = async (deps: Deps, tx: ScopedTx, id: string): Promise<PostRow> => {
  const [row] = await findPosts(tx, { postId: id, closed: true }, dayOf(deps), 1);
  if (!row) throw notFound();
  return row;
};

export const postOf = (deps: Deps, who: Who, id: string): Promise<PostView & { version: number }> =>
  withScope(deps.pools.app, who, async ({ tx }) => ({
    ...presentPost(await getPost(deps, tx, id)),
    version: await versionOf(tx, 'post', id),
  }));

/** Title and rank; a post of another role is another post. */
export const changePost = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, version, ...form }: PostForm & { commandId: string; version: number },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'post', subjectId: id, version, body: form }, async (scope) => {
    const before = await getPost(deps, scope.tx, id);
    if (before.ended_on) throw conflict('postEnded');
    const place = { role: before.role, areaId: before.area_id, organizationId: before.organization_id };
    const post = await permit(scope, place);
    const title = trimmed(form.title);
    const responsibility = form.responsibility ?? null;
    if (!(await updatePost(scope.tx, id, title, responsibility))) throw forbidden('beyondYourArea');
    const said = saidOf(before);
    return {
      what: 'changed',
      post,
      areaId: before.area_id,
      organizationId: before.organization_id,
      before: said,
      after: { ...said, title, responsibility },
    };
  });

/** A post that nobody holds any more. */
export const endPost = (deps: Deps, who: Who, id: string, commandId: string): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'post', subjectId: id, body: 'end' }, async (scope) => {
    const before = await getPost(deps, scope.tx, id);
    if (before.ended_on) throw conflict('postEnded');
    const post = await permit(scope, { role: before.role, areaId: before.area_id, organizationId: before.organization_id });
    if (await isHeld(scope.tx, id, dayOf(deps))) throw conflict('postHeld');
    if (!(await closePost(scope.tx, id, dayOf(deps)))) throw forbidden('beyondYourArea');
    return { what: 'ended', post, areaId: before.area_id, organizationId: before.organization_id, before: saidOf(before) };
  });
