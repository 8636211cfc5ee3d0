import type { Refusal } from '../../case/schema.ts';
import type { Label } from '../../label/schema.ts';
import { checkBoundary, polygonsOf } from '../rules.ts';
import type { AreaKind, Geometry, Position } from '../schema.ts';
import { commonOf, mergeShapes, metresOf, metresOutside, overlapsOf, restOf, splitShape, TOLERANCE_M2 } from '../shape/rules.ts';
import { type CodeOwners, codesFault, isGrid, suggestCodes } from './code/rules.ts';
import type { AreaChange, NetArea, RezoningStep } from './schema.ts';

const refuse = (code: string, params: Refusal['params'] = {}): Refusal => ({ ok: false, code, params });

/** Kinds from the top: an area's parent stands above it. Dedicated grids lie over base grids and hang on whatever has their ground. */
const RANK: Readonly<Record<AreaKind, number>> = { city: 0, district: 1, town: 2, community: 3, grid: 4, dedicatedGrid: 4 };
const mayHang = (kind: AreaKind, parent: AreaKind): boolean =>
  kind === 'grid' ? parent === 'community' || parent === 'town' : RANK[parent] < RANK[kind];

interface Draft {
  readonly net: Map<string, NetArea>;
  readonly into: Map<string, string[]>;
  readonly from: Map<string, string[]>;
  readonly gone: Set<string>;
}

const spot = (draft: Draft, areaId: string): NetArea | Refusal => {
  if (draft.gone.has(areaId)) return refuse('areaRetired');
  return draft.net.get(areaId) ?? refuse('unknownArea');
};
const isRefusal = (value: object): value is Refusal => 'ok' in value && value.ok === false;

const boundaryOf = (input: unknown): Geometry | Refusal => {
  const checked = checkBoundary(input);
  return checked.ok ? checked.geometry : refuse(checked.code, checked.params);
};

const label = (name: { zh: string; en?: string }): Label | Refusal =>
  name.zh.trim() === '' ? refuse('nameMissing') : { zh: name.zh.trim(), ...(name.en?.trim() ? { en: name.en.trim() } : {}) };

/** Neighbours of a base area below one parent. */
const besides = (draft: Draft, areaId: string, parentId: string | undefined): NetArea[] =>
  [...draft.net.values()].filter(
    (one) => one.parentId === parentId && one.areaId !== areaId && one.kind !== 'dedicatedGrid' && one.geometry,
  );

/** Pieces below the tolerance are dust of drawing. */
const withoutDust = (geometry: Geometry | undefined): Geometry | undefined => {
  const pieces = geometry ? polygonsOf(geometry).filter((coordinates) => metresOf({ type: 'Polygon', coordinates }) > TOLERANCE_M2) : [];
  if (pieces.length === 0) return undefined;
  return pieces.length === 1 ? { type: 'Polygon', coordinates: pieces[0]! } : { type: 'MultiPolygon', coordinates: pieces };
};

/**
 * A drawn shape as it lies in the net: cut to what it belongs to; then it gives way to its neighbours (`trim`) or they to it (`push`), so that
 * nobody must hit a shared border by hand. Dedicated grids have no neighbours.
 */
const fitted = (
  draft: Draft,
  area: Pick<NetArea, 'areaId' | 'kind'>,
  parentId: string | undefined,
  input: unknown,
  fit: 'trim' | 'push' | undefined,
) => {
  const drawn = boundaryOf(input);
  if (isRefusal(drawn) || !fit) return drawn;
  const parent = draft.net.get(parentId ?? '')?.geometry;
  const inside = parent ? commonOf(drawn, parent) : drawn;
  const neighbours = area.kind === 'dedicatedGrid' ? [] : besides(draft, area.areaId, parentId);
  const shape = withoutDust(
    fit === 'trim' && inside
      ? restOf(
          inside,
          neighbours.map(({ geometry }) => geometry!),
        )
      : inside,
  );
  if (!shape) return refuse('nothingLeft');
  if (fit === 'push')
    for (const neighbour of neighbours) {
      if (!commonOf(neighbour.geometry!, shape)) continue;
      const left = withoutDust(restOf(neighbour.geometry!, [shape]));
      if (!left) return refuse('neighbourVanishes', { areaId: neighbour.areaId });
      const checked = boundaryOf(left);
      if (isRefusal(checked)) return checked;
      draft.net.set(neighbour.areaId, { ...neighbour, geometry: checked });
    }
  return boundaryOf(shape);
};

const add = (
  draft: Draft,
  kind: AreaKind,
  parentId: string,
  made: { areaId: string; name: { zh: string; en?: string }; code?: string },
  geometry: Geometry | undefined,
): Refusal | undefined => {
  if (draft.gone.has(parentId)) return refuse('parentRetired');
  const parent = draft.net.get(parentId);
  if (!parent) return refuse('unknownArea');
  if (!mayHang(kind, parent.kind)) return refuse('parentUnfit', { kind, parent: parent.kind });
  if (draft.net.has(made.areaId) || draft.gone.has(made.areaId)) return refuse('areaIdTaken');
  const name = label(made.name);
  if (isRefusal(name)) return name;
  draft.net.set(made.areaId, {
    areaId: made.areaId,
    kind,
    parentId,
    path: [...parent.path, made.areaId],
    name,
    ...(made.code ? { code: made.code } : {}),
    ...(geometry ? { geometry } : {}),
  });
  return undefined;
};

const retire = (draft: Draft, areaId: string, into: readonly string[]): Refusal | undefined => {
  const area = spot(draft, areaId);
  if (isRefusal(area)) return area;
  if (area.kind === 'city') return refuse('cityStays');
  if ([...draft.net.values()].some((one) => one.parentId === areaId)) return refuse('hasAreasBelow');
  draft.net.delete(areaId);
  draft.gone.add(areaId);
  draft.into.set(areaId, [...into]);
  for (const id of into) draft.from.set(id, [...(draft.from.get(id) ?? []), areaId]);
  return undefined;
};

const change = (draft: Draft, areaId: string, changed: (area: NetArea) => NetArea | Refusal): Refusal | undefined => {
  const area = spot(draft, areaId);
  if (isRefusal(area)) return area;
  const next = changed(area);
  if (isRefusal(next)) return next;
  draft.net.set(areaId, next);
  return undefined;
};

/** From west to east, then south to north: parts are named in the order in which a map is read. */
const inReadingOrder = (parts: readonly Geometry[]): Geometry[] => {
  const middle = (geometry: Geometry): readonly [number, number] => {
    const ring = (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates[0]!)[0]!;
    const sum = ring.slice(1).reduce(([x, y], [lon, lat]) => [x + lon, y + lat] as const, [0, 0] as readonly [number, number]);
    return [sum[0] / (ring.length - 1), sum[1] / (ring.length - 1)];
  };
  return [...parts].sort((a, b) => middle(a)[0] - middle(b)[0] || middle(a)[1] - middle(b)[1]);
};

/** The parts of an area that a line divides, in the order in which they are to be named. */
export const partsOf = (geometry: Geometry, line: readonly Position[]): readonly Geometry[] | Refusal => {
  const split = splitShape(geometry, line);
  return split.ok ? inReadingOrder(split.parts) : refuse(split.code);
};

/** What an area belongs to gives its ground up where it goes, and takes it on where it comes, as far up as both ways differ. */
const carryGround = (draft: Draft, area: NetArea, parent: NetArea): Refusal | undefined => {
  const ground = area.geometry;
  if (!ground || area.kind === 'dedicatedGrid') return undefined;
  for (const areaId of new Set([...area.path.slice(0, -1), ...parent.path])) {
    const above = draft.net.get(areaId);
    const [leaves, comes] = [area.path.includes(areaId), parent.path.includes(areaId)];
    if (!above?.geometry || leaves === comes) continue;
    if (comes && metresOutside(ground, above.geometry) <= TOLERANCE_M2) continue;
    const merged = comes ? mergeShapes([above.geometry, ground]) : undefined;
    if (merged && !merged.ok) return refuse('groundApart', { areaId });
    const shape = merged ? merged.geometry : withoutDust(restOf(above.geometry, [ground]));
    if (!shape) return refuse('groundVanishes', { areaId });
    const checked = boundaryOf(shape);
    if (isRefusal(checked)) return checked;
    draft.net.set(areaId, { ...above, geometry: checked });
  }
  return undefined;
};

/** Below another parent, with all that is below it. */
const rehang = (draft: Draft, area: NetArea, parent: NetArea, code: string | undefined): void => {
  draft.net.set(area.areaId, { ...area, parentId: parent.areaId, ...(code ? { code } : {}) });
  for (const one of draft.net.values()) {
    const depth = one.path.indexOf(area.areaId);
    if (depth >= 0) draft.net.set(one.areaId, { ...one, path: [...parent.path, ...one.path.slice(depth)] });
  }
};

const hang = (draft: Draft, areaId: string, parentId: string, code: string | undefined): Refusal | undefined => {
  const [area, parent] = [spot(draft, areaId), spot(draft, parentId)];
  if (isRefusal(area)) return area;
  if (isRefusal(parent)) return draft.gone.has(parentId) ? refuse('parentRetired') : parent;
  if (!mayHang(area.kind, parent.kind)) return refuse('parentUnfit', { kind: area.kind, parent: parent.kind });
  if (area.parentId === parentId) return refuse('nothingChanges');
  const fault = carryGround(draft, area, parent);
  if (fault) return fault;
  rehang(draft, area, parent, code);
  return undefined;
};

const below = (draft: Draft, areaId: string): NetArea[] => [...draft.net.values()].filter((one) => one.parentId === areaId);

/** What lies below areas that go comes below the one that takes its ground over. Grids take their numbers from its code, where it has one. */
const handOver = (draft: Draft, goes: readonly NetArea[], parent: NetArea): void => {
  const byCode = (a: NetArea, b: NetArea): number => (a.code ?? '').localeCompare(b.code ?? '') || a.areaId.localeCompare(b.areaId);
  const given: string[] = [];
  for (const area of [...goes].sort(byCode)) {
    const [code] = area.code && isGrid(area) ? suggestCodes(given, parent.code, area.kind as 'grid' | 'dedicatedGrid', 1) : [];
    if (code) given.push(code);
    rehang(draft, area, parent, code);
  }
};

/** Which part each area below lies in: wholly, but for dust of drawing. A line that cuts one of them is refused. */
const dealt = (goes: readonly NetArea[], parts: readonly Geometry[]): ReadonlyMap<string, number> | Refusal => {
  const found = new Map<string, number>();
  for (const { areaId, geometry } of goes) {
    if (!geometry) return refuse('boundaryMissing', { areaId });
    const at = parts.findIndex((part) => metresOutside(geometry, part) <= TOLERANCE_M2);
    if (at < 0) return refuse('splitCutsBelow', { areaId });
    found.set(areaId, at);
  }
  return found;
};

const take = (draft: Draft, step: RezoningStep): Refusal | undefined => {
  switch (step.do) {
    case 'create': {
      const drawn = step.boundary !== undefined && step.boundary !== null;
      const geometry = drawn ? fitted(draft, step, step.parentId, step.boundary, step.fit) : undefined;
      return geometry && isRefusal(geometry) ? geometry : add(draft, step.kind as AreaKind, step.parentId, step, geometry);
    }
    case 'redraw':
      return change(draft, step.areaId, (area) => {
        const geometry = fitted(draft, area, area.parentId, step.boundary, step.fit);
        return isRefusal(geometry) ? geometry : { ...area, geometry };
      });
    case 'renumber':
      return change(draft, step.areaId, (area) => ({ ...area, code: step.code }));
    case 'rename':
      return change(draft, step.areaId, (area) => {
        const name = label(step.name);
        return isRefusal(name) ? name : { ...area, name };
      });
    case 'retire':
      return retire(draft, step.areaId, []);
    case 'hang':
      return hang(draft, step.areaId, step.parentId, step.code);
    case 'split': {
      const area = spot(draft, step.areaId);
      if (isRefusal(area)) return area;
      if (area.kind === 'city') return refuse('cityStays');
      if (!area.geometry) return refuse('boundaryMissing');
      const parts = partsOf(area.geometry, step.line as unknown as readonly Position[]);
      if (isRefusal(parts)) return parts;
      if (parts.length !== step.parts.length) return refuse('partsUnnamed', { parts: parts.length, named: step.parts.length });
      const goes = below(draft, step.areaId);
      const sides = dealt(goes, parts);
      if (isRefusal(sides)) return sides;
      for (const [i, part] of step.parts.entries()) {
        const checked = boundaryOf(parts[i]);
        const fault = isRefusal(checked) ? checked : add(draft, area.kind, area.parentId!, part, checked);
        if (fault) return fault;
        const mine = goes.filter(({ areaId }) => sides.get(areaId) === i);
        handOver(draft, mine, draft.net.get(part.areaId)!);
      }
      return retire(
        draft,
        step.areaId,
        step.parts.map((part) => part.areaId),
      );
    }
    case 'merge': {
      const areas: NetArea[] = [];
      for (const areaId of new Set(step.areaIds)) {
        const area = spot(draft, areaId);
        if (isRefusal(area)) return area;
        areas.push(area);
      }
      const [first] = areas;
      if (areas.length < 2) return refuse('mergeNeedsTwo');
      if (areas.some((area) => area.kind !== first!.kind || area.parentId !== first!.parentId)) return refuse('mergeAcross');
      if (first!.kind === 'city') return refuse('cityStays');
      if (areas.some((area) => !area.geometry)) return refuse('boundaryMissing');
      const merged = mergeShapes(areas.map((area) => area.geometry!));
      if (!merged.ok) return refuse(merged.code);
      const geometry = boundaryOf(merged.geometry);
      if (isRefusal(geometry)) return geometry;
      const fault = add(draft, first!.kind, first!.parentId!, step.into, geometry);
      if (fault) return fault;
      const into = draft.net.get(step.into.areaId)!;
      handOver(
        draft,
        areas.flatMap(({ areaId }) => below(draft, areaId)),
        into,
      );
      for (const area of areas) {
        const left = retire(draft, area.areaId, [into.areaId]);
        if (left) return left;
      }
      return undefined;
    }
    default:
      return step satisfies never;
  }
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What was drawn lies in what it belongs to; base grids and other base areas lie beside each other, never over. */
const shapesFault = (net: ReadonlyMap<string, NetArea>, changed: readonly AreaChange[]): Refusal | undefined => {
  const redrawn = new Set(
    changed
      .filter(({ before, after }) => after?.geometry && !(same(before?.geometry, after.geometry) && before?.parentId === after.parentId))
      .map(({ areaId }) => areaId),
  );
  const parents = new Set<string>();
  for (const areaId of redrawn) {
    const area = net.get(areaId)!;
    const parent = area.parentId ? net.get(area.parentId) : undefined;
    if (parent?.geometry && metresOutside(area.geometry!, parent.geometry) > TOLERANCE_M2) return refuse('outsideParent', { areaId });
    if (area.parentId && area.kind !== 'dedicatedGrid') parents.add(area.parentId);
  }
  for (const area of net.values())
    if (
      area.parentId &&
      redrawn.has(area.parentId) &&
      area.geometry &&
      metresOutside(area.geometry, net.get(area.parentId)!.geometry!) > TOLERANCE_M2
    )
      return refuse('outsideParent', { areaId: area.areaId });
  for (const parentId of parents) {
    const beside = [...net.values()].filter((area) => area.parentId === parentId && area.kind !== 'dedicatedGrid' && area.geometry);
    const [overlap] = overlapsOf(
      beside.map(({ areaId, geometry }) => ({ areaId, geometry: geometry! })),
      redrawn,
    );
    if (overlap)
      return refuse('areasOverlap', {
        areaId: overlap.areaIds[0],
        otherId: overlap.areaIds[1],
        squareMetres: Math.round(overlap.squareMetres),
      });
  }
  return undefined;
};

export type Rezoned = { readonly ok: true; readonly net: readonly NetArea[]; readonly changes: readonly AreaChange[] } | Refusal;

/**
 * Takes the steps of a re-zoning on a net of areas in force: the net after them and what became of each area, or a refusal with a stable code
 * (`params.step` counts from 1; `areaId` names the area). Pure; nothing is half taken. `owners` says whose the codes are or were that the steps
 * name. Gaps are allowed, and shown.
 */
export const rezone = (areas: readonly NetArea[], steps: readonly RezoningStep[], owners: CodeOwners): Rezoned => {
  const before = new Map(areas.map((area) => [area.areaId, area]));
  const draft: Draft = { net: new Map(before), into: new Map(), from: new Map(), gone: new Set() };
  for (const [i, step] of steps.entries()) {
    const fault = take(draft, step);
    if (fault) return { ...fault, params: { ...fault.params, step: i + 1 } };
  }
  const isKnown = (areaId: string): boolean => before.has(areaId) || draft.net.has(areaId);
  /** What was made and used up in the same decision was never anybody's: whoever led there leads to where it led. */
  const through = (ids: readonly string[], led: ReadonlyMap<string, readonly string[]>): string[] => [
    ...new Set(ids.flatMap((areaId) => (isKnown(areaId) ? [areaId] : through(led.get(areaId) ?? [], led)))),
  ];
  const touched = [...new Set([...before.keys(), ...draft.net.keys()])];
  const changes = touched.flatMap((areaId): AreaChange[] => {
    const [was, is] = [before.get(areaId), draft.net.get(areaId)];
    // Whatever hangs on an area goes along with it, and is what it was.
    if (was === is || same({ ...was, path: [] }, { ...is, path: [] })) return [];
    return [
      {
        areaId,
        ...(was ? { before: was } : {}),
        ...(is ? { after: is } : {}),
        into: through(draft.into.get(areaId) ?? [], draft.into),
        from: through(draft.from.get(areaId) ?? [], draft.from),
      },
    ];
  });
  if (changes.length === 0) return refuse('nothingChanges');
  const fault = codesFault(draft.net, changes, owners) ?? shapesFault(draft.net, changes);
  return fault ?? { ok: true, net: [...draft.net.values()], changes };
};

/** Areas that steps name and that must be known: not those they make. */
export const areasNamed = (steps: readonly RezoningStep[]): string[] => {
  const made = new Set<string>();
  const named = steps.flatMap((step) => {
    if (step.do === 'create') {
      made.add(step.areaId);
      return [step.parentId];
    }
    if (step.do === 'hang') return [step.areaId, step.parentId];
    if (step.do === 'merge') {
      made.add(step.into.areaId);
      return step.areaIds;
    }
    if (step.do === 'split') for (const part of step.parts) made.add(part.areaId);
    return [step.areaId];
  });
  return [...new Set(named)].filter((areaId) => !made.has(areaId));
};

/** Where the work of an area that went stands now: in the one that took it over, where it is one; followed as far as it leads. */
export const successorOf = (areaId: string, into: ReadonlyMap<string, readonly string[]>): string | undefined => {
  const seen = new Set<string>();
  let at = areaId;
  while (into.has(at) && !seen.has(at)) {
    seen.add(at);
    const next = into.get(at)!;
    if (next.length !== 1) return undefined;
    at = next[0]!;
  }
  return at;
};
