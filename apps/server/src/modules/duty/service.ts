import type { Refusal } from '@tongxin/domain/case/schema.ts';
import { admits as admitsAmong, type Suggestion, suggestBodies as suggestAmong } from '@tongxin/domain/duty/rules.ts';
import type { DutyListView } from '@tongxin/domain/duty/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Tx, type Who, withScope } from '../../platform/tx/tx.ts';
import { type DutyListRow, findItems, findLists } from './repo.ts';

const present = (row: DutyListRow): DutyListView => ({
  id: row.duty_list_id,
  kind: row.kind,
  title: row.title,
  areaId: row.area_id,
  source: row.source,
  items: row.items.map(({ clause, title, categoryId, organizationId }) => ({
    clause,
    title,
    ...(categoryId ? { categoryId } : {}),
    ...(organizationId ? { organizationId } : {}),
  })),
});

export const dutyLists = (deps: Deps, who: Who, areaId: string, kind: string | undefined): Promise<DutyListView[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findLists(tx, areaId, kind)).map(present));

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
