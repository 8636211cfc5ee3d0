import type { AreaKind } from '@tongxin/domain/area/schema.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { AreaCounts, AreaOnMap, Figures, FoundAreas } from '@tongxin/domain/map/schema.ts';
import { postOf } from '../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { filterOf, type MapQuery } from '../cases/service.ts';
import { type CountedRow, type Level, type PlacedArea, sendAround, sendCounts, sendNamed } from './repo.ts';

/** In order from the top. Not every city has each. */
const LEVELS: readonly Level[] = ['city', 'district', 'town', 'community', 'grid'];
const isLevel = (kind: string): kind is Level => LEVELS.includes(kind as Level);

type Bounds = NonNullable<AreaOnMap['bounds']>;

const onMap = ({ area_id, kind, name, bbox }: PlacedArea): AreaOnMap => ({
  id: area_id,
  kind,
  label: name,
  ...(bbox ? { bounds: [...bbox] as Bounds } : {}),
});

const NONE: Figures = { n: 0, late: 0, today: 0 };

const figuresBy = (counted: readonly CountedRow[], today: readonly CountedRow[], open: boolean): Map<string | null, Figures> => {
  const by = new Map<string | null, Figures>();
  // The light of what has ended stays as it was: it says nothing of today.
  for (const { area_id, n, late } of counted) by.set(area_id, { ...NONE, n, late: open ? late : 0 });
  for (const { area_id, n } of today) by.set(area_id, { ...(by.get(area_id) ?? NONE), today: n });
  return by;
};

/** The level that what lies directly below an area belongs to; of a grid the grid itself, so that its own figures are told. */
const levelBelow = (children: readonly PlacedArea[], own: Level): Level => {
  const kinds = new Set<string>(children.map(({ kind }) => kind));
  return LEVELS.slice(LEVELS.indexOf(own) + 1).find((level) => kinds.has(level)) ?? own;
};

/**
 * How many cases of an area the reader answers for, by what lies directly below it. Without an area: where the reader's post stands, the
 * one named or the first.
 * An area out of the reader's sight has zeros, like one where nothing happened.
 */
export const countsOf = (
  deps: Deps,
  who: Who,
  { areaId, postId, ...query }: MapQuery & { readonly areaId?: string | undefined; readonly postId?: string | undefined },
): Promise<AreaCounts> => {
  const filter = filterOf(query);
  return withScope(deps.pools.app, who, async ({ actor, client }) => {
    const post = postOf(actor, postId);
    const asked = areaId ?? post?.areaId;
    if (!asked) throw invalid('areaMissing');
    const kind = deps.directory.area(asked)?.kind;
    if (!kind) throw invalid('unknownArea');
    const around = (await sendAround(client, asked)).rows;
    const self = around.find(({ area_id }) => area_id === asked);
    if (!self) throw notFound();
    const below = around.filter(({ parent_id }) => parent_id === asked);
    // What lies in a dedicated grid is counted by the grids it lies over: it has nothing below it.
    const level = isLevel(kind) ? levelBelow(below, kind) : 'grid';
    const within = { level: kind as AreaKind, areaId: asked };
    const rows = below.filter((row) => row.kind === level);
    const day = instantToLocalDate(deps.clock.now().toISOString());
    const by = level === 'city' ? 'district' : level;
    const [counted, today] = await Promise.all([
      sendCounts(client, within, by, filter),
      sendCounts(client, within, by, { ...filter, open: false, light: undefined, from: day, to: day }),
    ]);
    const figures = figuresBy(counted.rows, today.rows, filter.open);
    const sum = (all: readonly Figures[]): Figures =>
      all.reduce((a, b) => ({ n: a.n + b.n, late: a.late + b.late, today: a.today + b.today }), NONE);
    const total = sum([...figures.values()]);
    const known = rows.map((row) => ({ ...onMap(row), ...(figures.get(row.area_id) ?? NONE) }));
    const inRows = sum(known);
    const ownPath = around.filter(({ area_id, parent_id }) => area_id !== asked && parent_id !== asked);
    return {
      area: onMap(self),
      path: ownPath.map(onMap),
      rows: known,
      elsewhere: { n: total.n - inRows.n, late: total.late - inRows.late, today: total.today - inRows.today },
      total,
    };
  });
};

const MOST_FOUND = 12;

/** Areas by a part of their name, with the names above them. */
export const findAreasNamed = (deps: Deps, who: Who, words: string): Promise<FoundAreas> =>
  withScope(deps.pools.app, who, async ({ client }) => {
    const text = words.trim();
    if (!text) return { areas: [] };
    const { rows } = await sendNamed(client, text, MOST_FOUND);
    return {
      areas: rows.map((row) => ({
        ...onMap(row),
        path: row.path.slice(0, -1).flatMap((id) => deps.directory.area(id)?.label ?? []),
      })),
    };
  });
