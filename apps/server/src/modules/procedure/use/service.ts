import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { Deps, VersionInUse } from '../../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../../platform/errors/problem.ts';
import { deleteUse, findUse, insertUse } from '../../../platform/procedures/procedures.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { assertAnnounced, varyingPost } from '../draft/service.ts';
import { presentUse, type UseView } from './present.ts';

export const listUses = (deps: Deps, procedureId: string | undefined): UseView[] =>
  deps.procedures
    .uses()
    .filter((use: VersionInUse) => procedureId === undefined || use.procedureId === procedureId)
    .map((use) => presentUse(deps, use));

export interface UseBody {
  readonly id: string;
  readonly procedureId: string;
  readonly version: number;
  readonly areaId: string;
  readonly from: string;
  readonly note: string;
}

/** From a day on, new cases of an area follow a version: a variant, or again the product's own. Once more the same changes nothing. */
export const setUse = async (deps: Deps, who: Who, body: UseBody): Promise<UseView> => {
  const { id: useId, procedureId, version, areaId, from, note } = body;
  await withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const by = varyingPost(deps, actor, areaId);
    const known = await findUse(tx, useId);
    if (known) {
      if (known.areaId === areaId && known.from === from && known.procedureId === procedureId && known.version === version) return;
      throw conflict('idTaken');
    }
    assertAnnounced(deps, body);
    if (!deps.procedures.get(procedureId, version)) throw invalid('procedureNotPublished', { procedure: procedureId });
    const now = deps.clock.now();
    if (!(await insertUse(tx, { useId, procedureId, version, areaId, from, note, now, by }))) throw conflict('idTaken');
  });
  await deps.procedures.reload();
  return listUses(deps, procedureId).find((use) => use.id === useId)!;
};

/** Takes back what has not begun to hold. */
export const dropUse = async (deps: Deps, who: Who, useId: string): Promise<void> => {
  await withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const use = await findUse(tx, useId);
    if (!use) throw notFound();
    varyingPost(deps, actor, use.areaId);
    if (use.from <= instantToLocalDate(deps.clock.now().toISOString())) throw conflict('alreadyInUse', { from: use.from });
    await deleteUse(tx, useId);
  });
  await deps.procedures.reload();
};
