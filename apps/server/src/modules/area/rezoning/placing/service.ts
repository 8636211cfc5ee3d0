import { boundsOf } from '@tongxin/domain/area/rules.ts';
import type { Bounds } from '@tongxin/domain/area/schema.ts';
import type { Deps } from '../../../../platform/deps.ts';
import { withTransaction } from '../../../../platform/tx/tx.ts';
import { findCandidates, placeBatch } from '../../../case/index.ts';
import { heirsOf, placeAfter } from '../service.ts';
import { advance, type ChangeRow, findChanges, findHeirs, findKinds, findUnsettled, type Unsettled } from './repo.ts';

/** Cases in one transaction: short enough that nobody at a desk waits for its locks. */
const BATCH = 200;
/** Cases looked for at once. */
const FOUND = 2000;
/** By then every process has read the new net (they look each second); what they filed meanwhile is caught by the second pass. */
const SECOND_PASS_MS = 120_000;

const COLUMNS = { city: 'city_id', district: 'district_id', town: 'town_id' } as const;

const boundsOfAll = (changes: readonly ChangeRow[]): Bounds | undefined => {
  const boxes = changes.flatMap(({ before, after }) => [before?.geometry, after?.geometry]).flatMap((one) => (one ? [boundsOf(one)] : []));
  if (boxes.length === 0) return undefined;
  const at = (i: number): number[] => boxes.map((box) => box[i]!);
  return [Math.min(...at(0)), Math.min(...at(1)), Math.max(...at(2)), Math.max(...at(3))];
};

/** What a batch needs to know of its re-zoning, read once a round. */
const scopeOf = async (deps: Deps, row: Unsettled) =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    const changes = await findChanges(tx, row.rezoning_id);
    const moved = changes.filter(
      ({ before, after }) =>
        !before || !after || before.parentId !== after.parentId || JSON.stringify(before.geometry) !== JSON.stringify(after.geometry),
    );
    // An area that hangs elsewhere since has cases that still stand where it hung.
    const paths = moved.flatMap(({ path, fromPath }) => [path.length > 1 ? path.slice(0, -1) : path, ...(fromPath ? [fromPath] : [])]);
    const kinds = await findKinds(tx, paths[0] ?? []);
    const rootId = (paths[0] ?? []).findLast(
      (id, depth) => (kinds.get(id) ?? 'grid') in COLUMNS && paths.every((path) => path[depth] === id),
    );
    const heirs = heirsOf((await findHeirs(tx)).map((one) => ({ ...one, after: undefined }) as never));
    return {
      root: rootId ? { column: COLUMNS[kinds.get(rootId) as keyof typeof COLUMNS], areaId: rootId } : undefined,
      moved: moved.map(({ areaId }) => areaId),
      bounds: boundsOfAll(moved),
      heirs,
    };
  });

const finished = (deps: Deps, row: Unsettled) => {
  const settled = row.pass === 2;
  return { cursor: null, pass: 2, placed: 0, settledAt: settled ? deps.clock.now().toISOString() : null };
};

/** One round on one re-zoning, batch by batch. Answers how many cases were looked at, at least 1 while there is work. */
const placeRound = async (deps: Deps, first: Unsettled): Promise<number> => {
  const { root, moved, bounds, heirs } = await scopeOf(deps, first);
  const among = new Set(moved);
  const found =
    root && moved.length > 0
      ? await withTransaction(deps.pools.maintenance, (tx) =>
          findCandidates(tx, { root, areaIds: moved, bounds, after: first.cursor_case_id ?? undefined }, FOUND),
        )
      : [];
  let row = first;
  // Judged again under the lock: who stands right already is not locked at all.
  const moving = found.filter((one) => placeAfter(deps.places, one, among, heirs)).map(({ case_id }) => case_id);
  for (let i = 0; i < moving.length; i += BATCH) {
    const batch = moving.slice(i, i + BATCH);
    const cursor = batch.at(-1)!;
    const mine = await withTransaction(deps.pools.maintenance, async (tx, client) => {
      const placed = await placeBatch(deps, client, batch, (one) => placeAfter(deps.places, one, among, heirs), {
        rezoningId: row.rezoning_id,
      });
      return advance(tx, row, { cursor, pass: row.pass, placed, settledAt: null });
    });
    if (!mine) return 1;
    row = { ...row, cursor_case_id: cursor };
  }
  const next = found.length < FOUND ? finished(deps, row) : { cursor: found.at(-1)!.case_id, pass: row.pass, placed: 0, settledAt: null };
  await withTransaction(deps.pools.maintenance, (tx) => advance(tx, row, next));
  return Math.max(1, found.length);
};

/**
 * Places open cases anew after a re-zoning, as far as one round goes. Each batch commits with how far it came: killed at any instant and run
 * again, by whatever process, every case gets one event and none is forgotten. Answers 0 when nothing is left to do now.
 */
export const placeCases = async (deps: Deps): Promise<number> => {
  const before = new Date(deps.clock.now().getTime() - SECOND_PASS_MS).toISOString();
  const row = await withTransaction(deps.pools.maintenance, (tx) => findUnsettled(tx, before));
  if (!row) return 0;
  // The index of this process is at least as new as the re-zoning it follows.
  if (row.cursor_case_id === null) await deps.reload();
  return placeRound(deps, row);
};
