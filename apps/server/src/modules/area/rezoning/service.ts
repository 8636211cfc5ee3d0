import { createHash } from 'node:crypto';
import { codesNamed } from '@tongxin/domain/area/rezoning/code/rules.ts';
import { areasNamed, rezone, successorOf } from '@tongxin/domain/area/rezoning/rules.ts';
import type {
  AreaChange,
  Move,
  NetArea,
  NewRezoning,
  RezoningDraft,
  RezoningPreview,
  RezoningView,
} from '@tongxin/domain/area/rezoning/schema.ts';
import { boundsOf } from '@tongxin/domain/area/rules.ts';
import type { Bounds } from '@tongxin/domain/area/schema.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps, PlaceIndex } from '../../../platform/deps.ts';
import { pathOf } from '../../../platform/directory/directory.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { makePlaces } from '../../../platform/places/places.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { findCandidates, newPlace, type Placed, placeColumnsOf, refused } from '../../case/index.ts';
import { findKnown, findNet, findNetVersion, netAreaOf } from '../net/repo.ts';
import { findingsBelow } from '../net/service.ts';
import { presentChange, presentDependant, presentRezoning } from './present.ts';
import {
  carryUses,
  type DependantRow,
  type FacilityRow,
  type FieldRow,
  findCodeOwners,
  findDependants,
  findFacilitiesAround,
  findFieldAround,
  findRezoning,
  findUsedIds,
  holdNet,
  listRezonings,
  placeAtAreas,
  putRezoning,
  writeChanges,
} from './repo.ts';

/** Open cases a preview looks at: the largest towns have fewer. */
const MOST_CASES = 200_000;
const SHOWN = 100;

export interface Plan {
  readonly changes: readonly AreaChange[];
  readonly net: readonly NetArea[];
  readonly rootId: string;
  /** Areas whose ground changed, or what they belong to: drawn anew, come, gone or hung elsewhere. */
  readonly moved: readonly string[];
  readonly bounds: Bounds | undefined;
  readonly root: { readonly column: 'city_id' | 'district_id' | 'town_id'; readonly areaId: string };
  readonly heir: (areaId: string) => string | undefined;
}

const COLUMNS = { city: 'city_id', district: 'district_id', town: 'town_id' } as const;

/** The smallest town, district or city that holds everything which is named, above what may be redrawn itself. */
const rootOf = (known: readonly NetArea[], pathKinds: ReadonlyMap<string, NetArea['kind']>): Plan['root'] => {
  const paths = known.map((area) => (area.path.length > 1 ? area.path.slice(0, -1) : area.path));
  const shared = (paths[0] ?? []).filter((id, depth) => paths.every((path) => path[depth] === id));
  const areaId = shared.findLast((id) => (pathKinds.get(id) ?? 'grid') in COLUMNS);
  if (!areaId) throw invalid('unknownArea');
  return { column: COLUMNS[pathKinds.get(areaId) as keyof typeof COLUMNS], areaId };
};

/** Bounds of all that changed, before and after. */
const boundsAround = (changes: readonly AreaChange[]): Bounds | undefined =>
  changes
    .flatMap(({ before, after }) => [before?.geometry, after?.geometry])
    .filter((geometry) => geometry !== undefined)
    .map(boundsOf)
    .reduce<Bounds | undefined>(
      (all, [west, south, east, north]) =>
        all
          ? [Math.min(all[0], west), Math.min(all[1], south), Math.max(all[2], east), Math.max(all[3], north)]
          : [west, south, east, north],
      undefined,
    );

export const movedBy = (changes: readonly AreaChange[]): string[] =>
  changes
    .filter(
      ({ before, after }) =>
        before?.parentId !== after?.parentId || !before || !after || JSON.stringify(before.geometry) !== JSON.stringify(after.geometry),
    )
    .map(({ areaId }) => areaId);

export const heirsOf = (changes: readonly Pick<AreaChange, 'areaId' | 'after' | 'into'>[]) => {
  const into = new Map(changes.filter(({ after }) => !after).map((change) => [change.areaId, change.into]));
  return (areaId: string): string | undefined => successorOf(areaId, into);
};

/** Judges the steps of a draft over the net as it is now. Throws what the rules refuse, and where the caller manages no area of it. */
const plan = async (scope: Scope, steps: RezoningDraft['steps']): Promise<Plan> => {
  const named = areasNamed(steps);
  const known = (await findKnown(scope.tx, named)).filter((row) => !row.retired);
  if (known.length === 0) throw invalid('unknownArea', { step: 1 });
  const ancestors = await findKnown(scope.tx, [...new Set(known.flatMap((row) => row.path))]);
  const root = rootOf(known.map(netAreaOf), new Map(ancestors.map((row) => [row.area_id, row.kind])));
  const before = (await findNet(scope.tx, root.areaId)).map(netAreaOf);
  const owners = await findCodeOwners(scope.tx, codesNamed(steps));
  const judged = rezone(before, steps, owners);
  if (!judged.ok) throw refused(judged);
  const { changes, net } = judged;
  const mine = new Set(scope.actor.posts.filter((post) => post.capabilities.includes('area.manage')).map((post) => post.areaId));
  const strange = changes.find(({ before: was, after }) => [was, after].some((area) => area && !area.path.some((id) => mine.has(id))));
  if (strange) throw forbidden('areaNotManaged', { areaId: strange.areaId });
  const taken = await findUsedIds(
    scope.tx,
    changes.flatMap(({ areaId, before: was }) => (was ? [] : [areaId])),
  );
  if (taken.size > 0) throw invalid('areaIdTaken', { areaId: [...taken][0]! });
  return { changes, net, rootId: root.areaId, moved: movedBy(changes), bounds: boundsAround(changes), root, heir: heirsOf(changes) };
};

/** The index of points as it will be, over the part of the net that the plan knows. */
const indexOf = (net: readonly NetArea[]): PlaceIndex =>
  makePlaces(
    [...net]
      .sort((a, b) => (a.code ?? '~').localeCompare(b.code ?? '~') || a.areaId.localeCompare(b.areaId))
      .map((area) => ({
        area_id: area.areaId,
        kind: area.kind,
        path: area.path,
        code: area.code ?? null,
        geometry: area.geometry ?? null,
      })),
  );

/** A case moves only where its old or its new place is among the areas whose ground changed. */
export const placeAfter = (places: PlaceIndex, row: Placed, moved: ReadonlySet<string>, heir: Plan['heir']) => {
  const place = newPlace(places, row, heir);
  if (!place) return undefined;
  const touched = [...placeColumnsOf(row), ...pathOf(place)].some((id) => moved.has(id));
  return touched ? place : undefined;
};

const smallestOf = (path: readonly string[], kinds: ReadonlyMap<string, NetArea>): string | undefined =>
  path.findLast((id) => kinds.get(id)?.kind !== 'dedicatedGrid');

const movingCases = async (scope: Scope, made: Plan, areas: ReadonlyMap<string, NetArea>): Promise<RezoningPreview['cases']> => {
  if (made.moved.length === 0) return { moving: 0, flows: [], some: [] };
  const rows = await findCandidates(scope.tx, { root: made.root, areaIds: made.moved, bounds: made.bounds }, MOST_CASES);
  const places = indexOf(made.net);
  const moved = new Set(made.moved);
  const named = (id: string | undefined) => (id && areas.has(id) ? { id, name: areas.get(id)!.name } : undefined);
  const flows = new Map<string, { from?: string | undefined; to?: string | undefined; n: number }>();
  const some: RezoningPreview['cases']['some'] = [];
  let moving = 0;
  for (const row of rows) {
    const place = placeAfter(places, row, moved, made.heir);
    if (!place) continue;
    moving += 1;
    const [before, after] = [placeColumnsOf(row), pathOf(place)];
    // Where the base area stays, it is a dedicated grid that comes or goes.
    const [baseFrom, baseTo] = [smallestOf(before, areas), smallestOf(after, areas)];
    const [from, to] =
      baseFrom === baseTo ? [before.find((id) => !after.includes(id)), after.find((id) => !before.includes(id))] : [baseFrom, baseTo];
    const key = `${from} ${to}`;
    const flow = flows.get(key) ?? { from, to, n: 0 };
    flow.n += 1;
    flows.set(key, flow);
    if (some.length < SHOWN)
      some.push({
        id: row.case_id,
        number: row.number,
        ...(row.title ? { title: row.title } : {}),
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
      });
  }
  return {
    moving,
    flows: [...flows.values()]
      .sort((a, b) => b.n - a.n)
      .map(({ from, to, n }) => ({ ...(named(from) ? { from: named(from)! } : {}), ...(named(to) ? { to: named(to)! } : {}), n })),
    some,
  };
};

interface Standing {
  readonly area_id: string;
  readonly lon: number | null;
  readonly lat: number | null;
}

/** What follows the ground it stands on: where its point lies now, else to what took its area over, else above it. */
const following = <T extends Standing>(rows: readonly T[], made: Plan, areas: ReadonlyMap<string, NetArea>): { row: T; to: string }[] => {
  const places = indexOf(made.net);
  const moved = new Set(made.moved);
  return rows.flatMap((row) => {
    const found = row.lon === null || row.lat === null ? undefined : places.resolve({ lon: row.lon, lat: row.lat });
    const at = found && smallestOf(pathOf(found), areas);
    const kept = places.ofArea(made.heir(row.area_id) ?? '') ? made.heir(row.area_id) : undefined;
    const parent = areas.get(row.area_id)?.parentId;
    const to = at ?? kept ?? parent;
    return to && to !== row.area_id && (moved.has(to) || moved.has(row.area_id)) ? [{ row, to }] : [];
  });
};

/** Every area that the plan knows, before and after: also those that go. */
const areasOf = (made: Plan): Map<string, NetArea> =>
  new Map([...made.changes.flatMap(({ before }) => before ?? []), ...made.net].map((area) => [area.areaId, area]));

interface Followers {
  readonly facilities: readonly { readonly row: FacilityRow; readonly to: string }[];
  readonly field: readonly { readonly row: FieldRow; readonly to: string }[];
}

const followersOf = async (scope: Scope, made: Plan): Promise<Followers> => {
  const areas = areasOf(made);
  return {
    facilities: following(await findFacilitiesAround(scope.tx, made.moved, made.bounds), made, areas),
    field: following(await findFieldAround(scope.tx, made.moved, made.bounds), made, areas),
  };
};

const goneOf = (made: Plan): string[] => made.changes.filter(({ after }) => !after).map(({ areaId }) => areaId);

/** What a re-zoning would do, without doing it: areas before and after, what moves, what needs a new place, overlaps and gaps. */
export const previewRezoning = (deps: Deps, who: Who, draft: RezoningDraft): Promise<RezoningPreview> =>
  withScope(deps.pools.app, who, async (scope) => {
    const netVersion = await findNetVersion(scope.tx);
    const made = await plan(scope, draft.steps);
    const areas = areasOf(made);
    const { facilities, field } = await followersOf(scope, made);
    const parents = new Set(made.changes.flatMap(({ before, after }) => (after ?? before)?.parentId ?? []));
    const findings = [...parents].map((parentId) =>
      findingsBelow(
        areas.get(parentId)?.geometry,
        made.net.flatMap(({ areaId, parentId: of, kind, geometry }) =>
          of === parentId && kind !== 'dedicatedGrid' && geometry ? [{ areaId, geometry }] : [],
        ),
        parentId,
      ),
    );
    return {
      netVersion,
      changes: made.changes.map(presentChange),
      cases: await movingCases(scope, made, areas),
      facilities: {
        moving: facilities.length,
        some: facilities.slice(0, SHOWN).map(({ row, to }) => ({ id: row.facility_id, name: row.name, from: row.area_id, to })),
      },
      field: {
        premises: field.filter(({ row }) => row.what === 'premises').length,
        visits: field.filter(({ row }) => row.what === 'visit').length,
        patrols: field.filter(({ row }) => row.what === 'patrol').length,
      },
      dependants: (await findDependants(scope.tx, goneOf(made), instantToLocalDate(deps.clock.now().toISOString()))).map(presentDependant),
      findings: { overlaps: findings.flatMap(({ overlaps }) => overlaps), gaps: findings.flatMap(({ gaps }) => gaps) },
    };
  });

/** Every post, body, list and version of a procedure at an area that goes must be given a place that stays. */
const checkMoves = async (scope: Scope, made: Plan, moves: readonly Move[], day: string): Promise<void> => {
  const owed = await findDependants(scope.tx, goneOf(made), day);
  const staying = new Set(made.net.map(({ areaId }) => areaId));
  const key = ({ what, id }: Pick<Move, 'what' | 'id'>): string => `${what} ${id}`;
  const given = new Map(moves.map((move) => [key(move), move]));
  const missing = owed.filter((one) => !given.has(key(one)));
  if (missing.length > 0) throw invalid('movesMissing', { n: missing.length });
  const known = new Set(owed.map(key));
  const wrong = moves.find((move) => !staying.has(move.areaId) || !known.has(key(move)));
  if (wrong) throw invalid('moveUnfit', { what: wrong.what, id: wrong.id });
  checkVersions(owed, (one) => given.get(key(one))!.areaId);
};

/** Two areas that become one cannot bring two versions of one procedure: which of them holds is not for the product to guess. */
const checkVersions = (owed: readonly DependantRow[], to: (one: DependantRow) => string): void => {
  const uses = owed.flatMap((one) =>
    one.version === null ? [] : [{ from: one.area_id, at: `${one.version.split('/')[0]} ${to(one)}`, one }],
  );
  const versions = (some: typeof uses): string =>
    some
      .map(({ one }) => `${one.version}@${one.begins}`)
      .sort()
      .join();
  for (const together of Map.groupBy(uses, ({ at }) => at).values()) {
    const areas = [...Map.groupBy(together, ({ from }) => from).values()];
    if (new Set(areas.map(versions)).size > 1) throw invalid('versionsClash', { areaId: to(together[0]!.one) });
  }
};

const digestOf = ({ id: _id, netVersion: _version, ...asked }: NewRezoning): Buffer =>
  createHash('sha256').update(canonical(asked)).digest();

const moveAll = async (scope: Scope, moves: readonly Move[], { facilities, field }: Followers, now: string): Promise<void> => {
  const kinds = Map.groupBy(moves, ({ what }) => what);
  for (const [what, some] of kinds) {
    const moved = what === 'procedure' ? await carryUses(scope.tx, some, now) : await placeAtAreas(scope.tx, what, some);
    if (moved < some.length) throw forbidden('areaNotManaged', { what });
  }
  await placeAtAreas(
    scope.tx,
    'facility',
    facilities.map(({ row, to }) => ({ id: row.facility_id, areaId: to })),
  );
  for (const [what, some] of Map.groupBy(field, ({ row }) => row.what))
    await placeAtAreas(
      scope.tx,
      what,
      some.map(({ row, to }) => ({ id: row.id, areaId: to })),
    );
};

/**
 * Applies a re-zoning: areas, codes and boundaries with their history, what stood at areas that go, facilities, premises, and visits and checklists
 * under way, in one transaction. Open cases follow by events of their own, beside requests (`placing/`). The same id and body again answers what was done; a net that changed
 * since the preview is refused.
 */
export const applyRezoning = async (deps: Deps, who: Who, body: NewRezoning): Promise<{ view: RezoningView; repeated: boolean }> => {
  const answer = await withScope(deps.pools.app, who, async (scope) => {
    await holdNet(scope.tx);
    const digest = digestOf(body);
    const prior = await findRezoning(scope.tx, body.id);
    if (prior) {
      if (!prior.digest.equals(digest)) throw conflict('commandReused');
      return { row: prior, repeated: true };
    }
    if (body.reason.trim() === '') throw invalid('fieldMissing', { field: 'reason' });
    const netVersion = await findNetVersion(scope.tx);
    if (netVersion !== body.netVersion) throw conflict('areasChanged', { netVersion });
    const made = await plan(scope, body.steps);
    const moves = body.moves ?? [];
    const now = deps.clock.now().toISOString();
    await checkMoves(scope, made, moves, instantToLocalDate(now));
    const followers = await followersOf(scope, made);
    const post = scope.actor.posts.find(({ capabilities }) => capabilities.includes('area.manage'))!;
    await writeChanges(scope.tx, made.changes, instantToLocalDate(now));
    await putRezoning(
      scope.tx,
      {
        id: body.id,
        digest,
        reason: body.reason.trim(),
        documentNumber: body.documentNumber?.trim() || undefined,
        personId: scope.actor.personId!,
        postId: post.postId,
        at: now,
      },
      made.changes,
    );
    await moveAll(scope, moves, followers, now);
    return { row: (await findRezoning(scope.tx, body.id))!, repeated: false };
  });
  if (!answer.repeated) await deps.reload();
  return { view: presentRezoning(deps, answer.row), repeated: answer.repeated };
};

export const viewRezoning = (deps: Deps, who: Who, id: string): Promise<RezoningView> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const row = await findRezoning(tx, id);
    if (!row) throw notFound();
    return presentRezoning(deps, row);
  });

export const rezoningsOf = (deps: Deps, who: Who, areaId: string | undefined): Promise<RezoningView[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await listRezonings(tx, areaId, 100)).map((row) => presentRezoning(deps, row)));
