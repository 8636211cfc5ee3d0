import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate, isDate } from '@tongxin/domain/calendar/rules.ts';
import type { DutyListView } from '@tongxin/domain/duty/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Who, withScope } from '../../../platform/tx/tx.ts';
import { administer, areaPath, managingPost, versionOf } from '../../administration/index.ts';
import { type DutyListRow, findLists } from '../repo.ts';
import { present } from '../service.ts';
import { closeList, endItem, insertItem, insertList, updateList } from './repo.ts';

const dayOf = (deps: Deps): string => instantToLocalDate(deps.clock.now().toISOString());

const getList = async (tx: ScopedTx, listId: string): Promise<DutyListRow> => {
  const [row] = await findLists(tx, { listId, past: true });
  if (!row) throw notFound();
  return row;
};

/** One list with every clause it has or had, and the version to change it from. */
export const listOf = (deps: Deps, who: Who, listId: string): Promise<DutyListView & { version: number }> =>
  withScope(deps.pools.app, who, async ({ tx }) => ({
    ...present(await getList(tx, listId)),
    version: await versionOf(tx, 'dutyList', listId),
  }));

const permit = async ({ tx, actor }: Scope, areaId: string) => {
  const path = await areaPath(tx, areaId);
  if (!path) throw invalid('unknownArea');
  return { post: managingPost(actor, 'duty.manage', path), areaId };
};

export interface NewList {
  readonly commandId: string;
  readonly id: string;
  readonly kind: string;
  readonly title: Label;
  readonly areaId: string;
  readonly source: string;
}

export const makeList = (deps: Deps, who: Who, { commandId, ...list }: NewList): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'dutyList', subjectId: list.id, body: list }, async (scope) => {
    const by = await permit(scope, list.areaId);
    await insertList(scope.tx, list, dayOf(deps));
    return { what: 'made', ...by, after: list };
  });

export const changeList = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, version, title, source }: { commandId: string; version: number; title: Label; source: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'dutyList', subjectId: id, version, body: { title, source } }, async (scope) => {
    const before = await getList(scope.tx, id);
    const by = await permit(scope, before.area_id);
    if (!(await updateList(scope.tx, id, title, source))) throw forbidden('beyondYourArea');
    return { what: 'changed', ...by, before: { title: before.title, source: before.source }, after: { title, source } };
  });

export const endList = (deps: Deps, who: Who, id: string, commandId: string): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'dutyList', subjectId: id, body: 'end' }, async (scope) => {
    const before = await getList(scope.tx, id);
    const by = await permit(scope, before.area_id);
    if (!(await closeList(scope.tx, id, dayOf(deps)))) throw forbidden('beyondYourArea');
    return { what: 'ended', ...by, before: { title: before.title } };
  });

export interface ItemForm {
  readonly clause: string;
  readonly title: Label;
  readonly categoryId?: string;
  readonly organizationId?: string;
  /** The day from which it holds; today when not said. */
  readonly from?: string;
}

const checked = (deps: Deps, list: DutyListRow, form: ItemForm, besides?: string) => {
  const clause = form.clause.trim();
  const zh = form.title.zh.trim();
  if (clause === '' || zh === '') throw invalid('fieldMissing', { field: clause === '' ? 'clause' : 'title' });
  const from = form.from ?? dayOf(deps);
  if (!isDate(from)) throw invalid('fieldUnfit', { field: 'from', why: 'notDate' });
  if (from < dayOf(deps)) throw invalid('dateInPast');
  if (form.categoryId && !deps.directory.category(form.categoryId)) throw invalid('unknownCategory', { field: 'categoryId' });
  const body = form.organizationId ? deps.directory.organization(form.organizationId) : undefined;
  if (form.organizationId && (!body || body.isClosed)) throw invalid('unknownOrganization', { field: 'organizationId' });
  if (list.items.some((item) => item.clause === clause && item.to === null && item.id !== besides)) throw conflict('clauseTaken');
  return { clause, title: { ...form.title, zh }, categoryId: form.categoryId ?? null, organizationId: form.organizationId ?? null, from };
};

export const addItem = (
  deps: Deps,
  who: Who,
  listId: string,
  { commandId, id, ...form }: ItemForm & { commandId: string; id: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'dutyList', subjectId: listId, body: { id, ...form } }, async (scope) => {
    const list = await getList(scope.tx, listId);
    const by = await permit(scope, list.area_id);
    const { from, ...item } = checked(deps, list, form);
    await insertItem(scope.tx, listId, { id, ...item }, from);
    return { what: 'made', ...by, after: { ...item, from } };
  });

/** Another wording, category or body: the clause ends the day the new one begins, and stays in the history. */
export const changeItem = (
  deps: Deps,
  who: Who,
  listId: string,
  itemId: string,
  { commandId, id, ...form }: ItemForm & { commandId: string; id: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'dutyList', subjectId: listId, body: { itemId, id, ...form } }, async (scope) => {
    const list = await getList(scope.tx, listId);
    const by = await permit(scope, list.area_id);
    const before = list.items.find((item) => item.id === itemId);
    if (!before) throw notFound();
    const { from, ...item } = checked(deps, list, form, itemId);
    if (!(await endItem(scope.tx, listId, itemId, from))) throw conflict('clauseEnded');
    await insertItem(scope.tx, listId, { id, ...item }, from);
    const { clause, title, categoryId, organizationId } = before;
    return { what: 'changed', ...by, before: { clause, title, categoryId, organizationId, from: before.from }, after: { ...item, from } };
  });

export const dropItem = (deps: Deps, who: Who, listId: string, itemId: string, commandId: string): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'dutyList', subjectId: listId, body: { end: itemId } }, async (scope) => {
    const list = await getList(scope.tx, listId);
    const by = await permit(scope, list.area_id);
    const before = list.items.find((item) => item.id === itemId);
    if (!before) throw notFound();
    if (!(await endItem(scope.tx, listId, itemId, dayOf(deps)))) throw conflict('clauseEnded');
    const { clause, title, categoryId, organizationId } = before;
    return { what: 'ended', ...by, before: { clause, title, categoryId, organizationId } };
  });
