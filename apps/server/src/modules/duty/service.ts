import type { Refusal } from '@tongxin/domain/case/schema.ts';
import { admits as admitsAmong, type Suggestion, suggestBodies as suggestAmong } from '@tongxin/domain/duty/rules.ts';
import type { DutyEffect, DutyListView } from '@tongxin/domain/duty/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { type Tx, type Who, withScope } from '../../platform/tx/tx.ts';
import { type DutyListRow, findItems, findLists } from './repo.ts';

export const present = (row: DutyListRow): DutyListView => ({
  id: row.duty_list_id,
  kind: row.kind,
  title: row.title,
  areaId: row.area_id,
  source: row.source,
  items: row.items.map(({ id, clause, title, categoryId, organizationId, from, to }) => ({
    id,
    clause,
    title,
    ...(categoryId ? { categoryId } : {}),
    ...(organizationId ? { organizationId } : {}),
    from,
    ...(to ? { to } : {}),
  })),
});

export const dutyLists = (deps: Deps, who: Who, query: { areaId: string; kind?: string; past?: boolean }): Promise<DutyListView[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findLists(tx, query)).map(present));

/** Any body of a community stands for all whose work needs a list's admission. */
const GUARDED = 'committee';

/** What the lists that hold in an area do to a category. Throws 422 for an area or a category there is not. */
export const effectOf = (deps: Deps, who: Who, areaId: string, categoryId: string): Promise<DutyEffect> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const place = deps.places.ofArea(areaId);
    if (!place) throw invalid('unknownArea');
    if (!deps.directory.category(categoryId)) throw invalid('unknownCategory');
    const admitted = await admits(tx, GUARDED, categoryId, pathOf(place));
    const clause = admitted.ok ? admitted.clause : String(admitted.params?.clause ?? '');
    return {
      suggested: deps.directory.suggest(categoryId, place).map(({ organizationId, clause: named = '' }) => ({
        organizationId,
        label: deps.directory.organization(organizationId)?.label ?? { zh: '—' },
        clause: named,
      })),
      admitted: admitted.ok,
      ...(clause ? { clause } : {}),
      list: !admitted.ok && admitted.params?.list === 'negative' ? 'negative' : 'admission',
    };
  });

/** Bodies that lists name for a category, best first. `path` runs from the city down. Inside a transaction; without one: `deps.directory.suggest`. */
export const suggestBodies = async (tx: Tx, categoryId: string, path: readonly string[]): Promise<Suggestion[]> =>
  suggestAmong(await findItems(tx, categoryId, path), categoryId, path);

/** Whether work of a category may be sent to a kind of area or body here; a refusal `notAdmitted` cites the clause. */
export const admits = async (
  tx: Tx,
  target: string,
  categoryId: string,
  path: readonly string[],
): Promise<{ readonly ok: true; readonly clause?: string } | Refusal> =>
  admitsAmong(await findItems(tx, categoryId, path), target, categoryId, path);
