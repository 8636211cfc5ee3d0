import type { NetAreaView, NetFindings, NetView } from '@tongxin/domain/area/rezoning/schema.ts';
import type { Geometry } from '@tongxin/domain/area/schema.ts';
import { gapsOf, overlapsOf } from '@tongxin/domain/area/shape/rules.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { findNet, findNetVersion, type NetRow } from './repo.ts';

/** Areas a reader gets at once: a town of the largest cities stays far below. */
const MOST_SHAPES = 5000;

const view = (row: NetRow, withShape: boolean): NetAreaView => ({
  id: row.area_id,
  kind: row.kind,
  ...(row.parent_id ? { parentId: row.parent_id } : {}),
  name: row.name,
  ...(row.code ? { code: row.code } : {}),
  synthetic: row.synthetic,
  ...(withShape && row.geometry ? { boundary: row.geometry } : {}),
});

const loaded = async (deps: Deps, who: Who, areaId: string): Promise<{ version: number; rows: NetRow[]; root: NetRow }> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const [version, rows] = [await findNetVersion(tx), await findNet(tx, areaId)];
    const root = rows.find((row) => row.area_id === areaId);
    if (!root) throw notFound();
    return { version, rows, root };
  });

/** An area, its ancestors and everything below it, with boundaries of what is at most two levels down: more is loaded as it is opened. */
export const viewNet = async (deps: Deps, who: Who, areaId: string): Promise<NetView> => {
  const { version, rows, root } = await loaded(deps, who, areaId);
  const below = rows.filter((row) => row.path.includes(areaId) && row.area_id !== areaId);
  const near = (row: NetRow): boolean => row.path.length <= root.path.length + 2 || below.length <= MOST_SHAPES / 10;
  return {
    netVersion: version,
    area: view(root, true),
    path: rows.filter((row) => root.path.includes(row.area_id)).map((row) => view(row, false)),
    areas: below.map((row) => view(row, near(row))),
  };
};

const shaped = (rows: readonly NetRow[]) => rows.flatMap((row) => (row.geometry ? [{ areaId: row.area_id, geometry: row.geometry }] : []));

/** Overlaps among the base areas directly below one, and ground that none of them has. */
export const findingsBelow = (
  parent: Geometry | undefined,
  children: readonly { areaId: string; geometry: Geometry }[],
  parentId: string,
): NetFindings => ({
  overlaps: overlapsOf(children).map(({ areaIds, squareMetres, geometry }) => ({ areaIds: [...areaIds], squareMetres, geometry })),
  gaps:
    parent && children.length > 0
      ? gapsOf(
          parent,
          children.map(({ geometry }) => geometry),
        ).map(({ squareMetres, geometry }) => ({ areaIds: [parentId], squareMetres, geometry }))
      : [],
});

export const checkNet = async (deps: Deps, who: Who, areaId: string): Promise<NetFindings> => {
  const { rows, root } = await loaded(deps, who, areaId);
  const children = shaped(rows.filter((row) => row.parent_id === areaId && row.kind !== 'dedicatedGrid'));
  return findingsBelow(root.geometry ?? undefined, children, areaId);
};

/** Boundaries of an area and everything below it as GeoJSON (RFC 7946), WGS-84. */
export const exportNet = async (deps: Deps, who: Who, areaId: string, language: Language): Promise<{ name: string; bytes: Buffer }> => {
  const { rows, root } = await loaded(deps, who, areaId);
  const parents = new Map(rows.map((row) => [row.area_id, row.code]));
  const features = rows
    .filter((row) => row.path.includes(areaId))
    .map((row) => ({
      type: 'Feature',
      id: row.area_id,
      properties: {
        code: row.code,
        name: row.name.zh,
        nameEn: row.name.en ?? null,
        kind: row.kind,
        parentCode: row.parent_id ? (parents.get(row.parent_id) ?? null) : null,
        synthetic: row.synthetic,
      },
      geometry: row.geometry,
    }));
  return { name: inLanguage(root.name, language), bytes: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })) };
};
