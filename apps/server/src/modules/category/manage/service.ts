import type { Changed } from '@tongxin/domain/administration/view.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { CategoryVersion, Question } from '@tongxin/domain/category/schema.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Who, withScope } from '../../../platform/tx/tx.ts';
import { administer, managingPost, topArea, versionOf } from '../../administration/index.ts';
import { type CategoryRow, countBelow, findVersions, insertVersion, retireVersions } from '../repo.ts';
import { present } from '../service.ts';

/** Categories made here; those of a pack or an import keep the name of where they come from. */
const SCHEME = 'local';

export interface CategoryForm {
  readonly name: Label;
  readonly parentId?: string;
  readonly grade?: 'A' | 'B' | 'C' | 'D' | 'E' | 'Q';
  readonly limit?: Limit;
  readonly danger: readonly string[];
  readonly organizationId?: string;
  /** Left out: what the version before asked. */
  readonly questions?: readonly Question[];
}

const dayOf = (deps: Deps): string => instantToLocalDate(deps.clock.now().toISOString());

/** Categories are everybody's: changed by who manages the whole. */
const permit = async ({ tx, actor }: Scope) => {
  const areaId = await topArea(tx);
  if (!areaId) throw invalid('unknownArea');
  return { post: managingPost(actor, 'category.manage', [areaId]), areaId };
};

const said = (
  row: Pick<CategoryRow, 'name' | 'parent_id' | 'grade' | 'limit_amount' | 'limit_unit' | 'danger' | 'organization_id' | 'questions'>,
) => ({
  name: row.name,
  parentId: row.parent_id,
  grade: row.grade,
  limit: row.limit_amount === null ? null : `${row.limit_amount} ${row.limit_unit}`,
  danger: (row.danger ?? []).join(', '),
  organizationId: row.organization_id,
  questions: row.questions.map(({ code }) => code).join(', '),
});

/** Codes are asked once, and a choice has something to choose from. */
const checkedQuestions = (questions: readonly Question[]): readonly Question[] => {
  const isChoice = ({ kind }: Question): boolean => kind === 'choice' || kind === 'choices';
  const values = questions.map(({ options = [] }) => options.map(({ value }) => value));
  if (new Set(questions.map(({ code }) => code)).size < questions.length) throw invalid('questionsUnfit');
  if (values.some((list) => new Set(list).size < list.length)) throw invalid('questionsUnfit');
  if (questions.some((question) => isChoice(question) !== Boolean(question.options))) throw invalid('questionsUnfit');
  if (questions.some(({ kind, required }) => kind === 'note' && required)) throw invalid('questionsUnfit');
  return questions;
};

const checked = async (deps: Deps, tx: ScopedTx, id: string, form: CategoryForm, asked: readonly Question[] = []) => {
  const zh = form.name.zh.trim();
  if (zh === '') throw invalid('fieldMissing', { field: 'name' });
  if (form.parentId !== undefined) {
    const [parent] = await findVersions(tx, form.parentId);
    // Two levels: what stands below a category has nothing below it.
    if (!parent || parent.valid_to !== null || parent.parent_id !== null || form.parentId === id || (await countBelow(tx, id)) > 0)
      throw invalid('categoryParentUnfit');
  }
  const body = form.organizationId ? deps.directory.organization(form.organizationId) : undefined;
  if (form.organizationId && (!body || body.isClosed)) throw invalid('unknownOrganization', { field: 'organizationId' });
  return {
    category_id: id,
    parent_id: form.parentId ?? null,
    name: { ...form.name, zh },
    grade: form.grade ?? null,
    limit_amount: form.limit?.amount ?? null,
    limit_unit: form.limit?.unit ?? null,
    danger: form.danger,
    organization_id: form.organizationId ?? null,
    questions: form.questions ? checkedQuestions(form.questions) : asked,
    valid_from: dayOf(deps),
  };
};

export const makeCategory = (
  deps: Deps,
  who: Who,
  { commandId, id, ...form }: CategoryForm & { commandId: string; id: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'category', subjectId: id, body: form }, async (scope) => {
    const by = await permit(scope);
    if ((await findVersions(scope.tx, id)).length > 0) throw conflict('idTaken');
    const written = await checked(deps, scope.tx, id, form);
    await insertVersion(scope.tx, { ...written, version: 1, scheme: SCHEME });
    return { what: 'made', ...by, after: said(written) };
  });

/** What is changed is a new version: running cases keep the limit they were filed under. */
export const changeCategory = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, version, ...form }: CategoryForm & { commandId: string; version: number },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'category', subjectId: id, version, body: form }, async (scope) => {
    const by = await permit(scope);
    const [newest] = await findVersions(scope.tx, id);
    if (!newest) throw notFound();
    if (newest.valid_to !== null) throw conflict('categoryRetired');
    const written = await checked(deps, scope.tx, id, form, newest.questions);
    await insertVersion(scope.tx, { ...written, version: newest.version + 1, scheme: newest.scheme });
    return { what: 'changed', ...by, before: said(newest), after: said(written) };
  });

export const retireCategory = (
  deps: Deps,
  who: Who,
  id: string,
  { commandId, successorId }: { commandId: string; successorId?: string },
): Promise<Changed> =>
  administer(deps, who, { commandId, kind: 'category', subjectId: id, body: { successorId } }, async (scope) => {
    const by = await permit(scope);
    const [newest] = await findVersions(scope.tx, id);
    if (!newest) throw notFound();
    if (newest.valid_to !== null) throw conflict('categoryRetired');
    if ((await countBelow(scope.tx, id)) > 0) throw conflict('categoriesBelow');
    if (successorId !== undefined) {
      const [successor] = await findVersions(scope.tx, successorId);
      if (!successor || successor.valid_to !== null || successorId === id) throw invalid('successorUnfit');
    }
    await retireVersions(scope.tx, id, successorId ?? null, dayOf(deps));
    return { what: 'retired', ...by, before: { name: newest.name }, after: { name: newest.name, successorId } };
  });

export const versions = (deps: Deps, who: Who, id: string): Promise<{ versions: CategoryVersion[]; version: number }> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const rows = await findVersions(tx, id);
    if (rows.length === 0) throw notFound();
    return {
      versions: rows.map((row) => ({
        ...present(row),
        from: row.valid_from,
        ...(row.valid_to ? { to: row.valid_to } : {}),
        ...(row.successor_id ? { successorId: row.successor_id } : {}),
      })),
      version: await versionOf(tx, 'category', id),
    };
  });
