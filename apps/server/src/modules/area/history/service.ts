import type { AreaHistory, NetAreaView } from '@tongxin/domain/area/rezoning/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { findKnown, netAreaOf } from '../net/repo.ts';
import type { ChangeRow } from '../rezoning/placing/repo.ts';
import { presentNetArea, presentRezoning } from '../rezoning/present.ts';
import { findRezoning } from '../rezoning/repo.ts';
import { findCodes, findHistory } from './repo.ts';

const then = (areaId: string, kept: ChangeRow['before']): NetAreaView | undefined =>
  kept
    ? presentNetArea({
        areaId,
        path: [],
        kind: kept.kind,
        ...(kept.parentId ? { parentId: kept.parentId } : {}),
        name: kept.name,
        ...(kept.code ? { code: kept.code } : {}),
        ...(kept.geometry ? { geometry: kept.geometry } : {}),
      })
    : undefined;

/** What an area belonged to before and after a decision that changed it. */
const parentsOf = ({ before, after }: ChangeRow): string[] =>
  before?.parentId && after?.parentId && before.parentId !== after.parentId ? [before.parentId, after.parentId] : [];

/** When an area was what, and by which decision; also of one that has gone. */
export const historyOf = (deps: Deps, who: Who, areaId: string): Promise<AreaHistory> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const [row] = await findKnown(tx, [areaId]);
    if (!row) throw notFound();
    const rows = await findHistory(tx, areaId);
    const related = new Map(
      (await findKnown(tx, [...new Set(rows.flatMap((one) => [...one.into, ...one.from, ...parentsOf(one)]))])).map((one) => [
        one.area_id,
        one.name,
      ]),
    );
    const entries: AreaHistory['entries'] = [];
    for (const change of rows) {
      const rezoning = await findRezoning(tx, change.rezoning_id);
      const named = (id: string) => ({ id, name: related.get(id)! });
      const [above, aboveNow] = parentsOf(change);
      const [before, after] = [then(areaId, change.before), then(areaId, change.after)];
      entries.push({
        rezoning: presentRezoning(deps, rezoning!),
        change: { areaId, ...(before ? { before } : {}), ...(after ? { after } : {}), into: [...change.into], from: [...change.from] },
        related: [...change.into, ...change.from].flatMap((id) => (related.has(id) ? [named(id)] : [])),
        ...(above && aboveNow ? { parents: { before: named(above), after: named(aboveNow) } } : {}),
      });
    }
    const last = row.retired ? entries[0]?.change.before : undefined;
    return {
      area: last ?? presentNetArea(netAreaOf(row)),
      retired: row.retired,
      entries,
      codes: (await findCodes(tx, areaId)).map(({ code, from, to }) => ({ code, from, ...(to ? { to } : {}) })),
    };
  });
