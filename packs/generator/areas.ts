import { boundsOf } from '@tongxin/domain/area/rules.ts';
import type { Setting } from '@tongxin/domain/area/schema.ts';
import type { PackArea, PackFacility } from '@tongxin/domain/pack/schema.ts';
import { communityName, type Divisions, englishName, pinyinOf } from './divisions.ts';
import { grow, type Lattice, makeLattice, type Outline, outlineOf, pointIn, spread } from './partition.ts';
import { idOf, type Random } from './random.ts';

export interface CityPlan {
  readonly pack: string;
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly outline: Outline;
}

export interface Laid {
  readonly areas: readonly PackArea[];
  readonly lattice: Lattice;
  /** Cell of each base grid, by area id. */
  readonly cellOf: ReadonlyMap<string, number>;
  readonly towns: readonly PackArea[];
  readonly communities: readonly PackArea[];
  readonly grids: readonly PackArea[];
}

/** Towns lie on a sunflower spiral in code order: the first codes, the old town, in the middle. */
const sunflower = (
  index: number,
  count: number,
  cells: readonly number[],
  lattice: Lattice,
  outline: Outline,
  taken: Set<number>,
): number => {
  const angle = index * Math.PI * (3 - Math.sqrt(5));
  const far = Math.sqrt((index + 0.4) / count) * 0.78;
  const lon = outline.lon + far * Math.cos(angle) * outline.lonRadius;
  const lat = outline.lat + far * Math.sin(angle) * outline.latRadius;
  const away = (cell: number): number => {
    const [x, y] = lattice.middle(cell);
    return (x - lon) ** 2 + (y - lat) ** 2;
  };
  const seed = cells.reduce((best, cell) => (!taken.has(cell) && (taken.has(best) || away(cell) < away(best)) ? cell : best), cells[0]!);
  taken.add(seed);
  return seed;
};

const settingOf = (townCode: string, communityCode: string): Setting => {
  const street = Number(townCode.slice(6)) < 100;
  const residents = Number(communityCode.slice(9)) < 200;
  if (street) return residents ? 'urban' : 'urbanVillage';
  return residents ? 'fringe' : 'rural';
};

/** Real names and codes laid over an invented map. Boundaries are synthetic; ids are named after codes. */
export const layAreas = (plan: CityPlan, divisions: Divisions, random: Random): Laid => {
  // Eight to eleven grids in a community of residents, six to nine in a village.
  const shares = divisions.towns.map((town) =>
    town.communities.map((community) => (Number(community.code.slice(9)) < 200 ? random.whole(8, 11) : random.whole(6, 9))),
  );
  const total = shares.flat().reduce((sum, n) => sum + n, 0);
  const lattice = makeLattice(total, plan.outline, random);
  const taken = new Set<number>();
  const townCells = grow(
    lattice.cells,
    divisions.towns.map((_, i) => ({
      cell: sunflower(i, divisions.towns.length, lattice.cells, lattice, plan.outline, taken),
      share: shares[i]!.reduce((sum, n) => sum + n, 0),
    })),
    lattice,
  );
  const areas: PackArea[] = [];
  const cellOf = new Map<string, number>();
  const add = (
    area: Omit<PackArea, 'areaId' | 'path' | 'bbox' | 'geometry'>,
    parent: PackArea | undefined,
    cells: readonly number[],
  ): PackArea => {
    const areaId = idOf(plan.pack, 'area', area.code);
    const geometry = outlineOf(cells, lattice);
    const laid: PackArea = {
      ...area,
      areaId,
      ...(parent ? { parentId: parent.areaId } : {}),
      path: [...(parent?.path ?? []), areaId],
      geometry,
      bbox: boundsOf(geometry),
    };
    areas.push(laid);
    return laid;
  };
  const households = new Map<number, number>(lattice.cells.map((cell) => [cell, random.whole(300, 500)]));
  const sum = (cells: readonly number[]): number => cells.reduce((n, cell) => n + households.get(cell)!, 0);
  const city = add(
    { kind: 'city', name: plan.name, code: plan.code, scheme: 'NBS2023', households: sum(lattice.cells) },
    undefined,
    lattice.cells,
  );
  for (const [t, town] of divisions.towns.entries()) {
    const cells = townCells[t]!;
    const townArea = add(
      { kind: 'town', name: { zh: town.name, en: englishName(town.name) }, code: town.code, scheme: 'NBS2023', households: sum(cells) },
      city,
      cells,
    );
    const seeds = spread(cells, town.communities.length, lattice, random);
    const parts = grow(
      cells,
      seeds.map((cell, i) => ({ cell, share: shares[t]![i]! })),
      lattice,
    );
    for (const [c, community] of town.communities.entries()) {
      const zh = communityName(community.name);
      const setting = settingOf(town.code, community.code);
      const communityArea = add(
        {
          kind: 'community',
          name: { zh, en: englishName(zh) },
          code: community.code,
          scheme: 'NBS2023',
          setting,
          households: sum(parts[c]!),
        },
        townArea,
        parts[c]!,
      );
      for (const [g, cell] of parts[c]!.entries()) {
        const serial = String(g + 1).padStart(3, '0');
        const grid = add(
          {
            kind: 'grid',
            name: { zh: `${zh}第${g + 1}网格`, en: `${communityArea.name.en} Grid ${g + 1}` },
            code: community.code + serial,
            scheme: 'local',
            setting,
            households: households.get(cell)!,
          },
          communityArea,
          [cell],
        );
        cellOf.set(grid.areaId, cell);
      }
    }
  }
  const dedicated = layDedicated(plan, areas, cellOf, lattice, random);
  const of = (kind: PackArea['kind']): PackArea[] => areas.filter((area) => area.kind === kind);
  return { areas: [...areas, ...dedicated], lattice, cellOf, towns: of('town'), communities: of('community'), grids: of('grid') };
};

const DEDICATED = [
  ['school', '学校', 'School'],
  ['hospital', '医院', 'Hospital'],
  ['market', '市场', 'Market'],
  ['site', '工地', 'Building site'],
] as const;

/** Dedicated grids (专属网格): small squares laid over a base grid of every other community; serial 9xx. */
const layDedicated = (
  plan: CityPlan,
  areas: readonly PackArea[],
  cellOf: ReadonlyMap<string, number>,
  lattice: Lattice,
  random: Random,
): PackArea[] =>
  areas
    .filter((area) => area.kind === 'community')
    .filter((_, i) => i % 2 === 0)
    .map((community) => {
      const [, zh, en] = random.pick(DEDICATED);
      const base = random.pick(areas.filter((area) => area.parentId === community.areaId && cellOf.has(area.areaId)));
      const cell = cellOf.get(base.areaId)!;
      const corners = (
        [
          [0.3, 0.3],
          [0.7, 0.3],
          [0.7, 0.7],
          [0.3, 0.7],
          [0.3, 0.3],
        ] as const
      ).map(([x, y]) => pointIn(cell, lattice, x, y));
      const code = `${community.code}901`;
      const areaId = idOf(plan.pack, 'area', code);
      const geometry = { type: 'Polygon', coordinates: [corners] } as const;
      return {
        areaId,
        kind: 'dedicatedGrid',
        parentId: community.areaId,
        path: [...community.path, areaId],
        name: { zh: `${community.name.zh}示例${zh}专属网格`, en: `${community.name.en} Dedicated Grid (Demo ${en})` },
        code,
        scheme: 'local',
        ...(community.setting ? { setting: community.setting } : {}),
        geometry,
        bbox: boundsOf(geometry),
      };
    });

/** Kind, component type (大类 + 小类 of the city components standard), words, and how many a grid has in town and in the country. */
const FACILITIES = [
  ['lamp', '01037', '路灯', 'Lamp', 3, 2],
  ['manhole', '01002', '污水井盖', 'Manhole', 2, 1],
  ['rainGrate', '01004', '雨水箅子', 'Rain grate', 1, 1],
  ['hydrant', '01013', '消防栓', 'Hydrant', 1, 0.5],
  ['lift', '01076', '电梯', 'Lift', 1, 0.1],
  ['charging', '01054', '充电桩', 'Charging post', 0.6, 0.3],
  ['busStop', '02004', '公交站', 'Bus stop', 0.6, 0.4],
  ['signal', '02014', '交通信号灯', 'Traffic light', 0.4, 0.1],
  ['toilet', '03001', '公共厕所', 'Public toilet', 0.15, 0.1],
  ['bin', '03005', '垃圾箱', 'Bin', 1.5, 1],
  ['park', '04013', '公园绿地', 'Park', 0.25, 0.15],
  ['school', '90001', '学校', 'School', 0.12, 0.06],
  ['clinic', '90002', '卫生站', 'Clinic', 0.12, 0.1],
  ['market', '90003', '市场', 'Market', 0.08, 0.06],
  ['culvert', '90004', '涵洞', 'Culvert', 0.03, 0.08],
] as const;

/** Lamps, lifts, bus stops and so on at invented places inside their grid. Codes: 6 division + 5 type + 6 serial (types from 90 are local). */
export const placeFacilities = (plan: CityPlan, laid: Laid, random: Random): PackFacility[] => {
  const facilities: PackFacility[] = [];
  const serials = new Map<string, number>();
  const communities = new Map(laid.communities.map((community) => [community.areaId, community]));
  for (const grid of laid.grids) {
    const community = communities.get(grid.parentId!)!;
    const country = grid.setting === 'rural' ? 5 : 4;
    for (const facility of FACILITIES) {
      const [kind, type, zh, en] = facility;
      const mean = facility[country];
      const count = Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0);
      for (let i = 0; i < count; i++) {
        const serial = (serials.get(kind) ?? 0) + 1;
        serials.set(kind, serial);
        const [lon, lat] = pointIn(laid.cellOf.get(grid.areaId)!, laid.lattice, 0.15 + random.next() * 0.7, 0.15 + random.next() * 0.7);
        const code = `${plan.code}${type}${String(serial).padStart(6, '0')}`;
        facilities.push({
          facilityId: idOf(plan.pack, 'facility', code),
          kind,
          code,
          name: {
            zh: `${community.name.zh}${zh}${serial}号`,
            en: `${pinyinOf(community.name.zh.replace(/社区$|村$/, ''))} ${en} ${serial}`,
          },
          areaId: grid.areaId,
          lon,
          lat,
        });
      }
    }
  }
  return facilities;
};
