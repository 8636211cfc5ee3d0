import { isDayOff } from '@tongxin/domain/calendar/notices/rules.ts';
import type { PackDutyItem, PackDutyList, PackShift } from '@tongxin/domain/pack/schema.ts';
import { bodyKey } from '../zhongshan/bodies.ts';
import { type BodyKey, type CategoryUse, usesOf } from '../zhongshan/categories.ts';
import type { Laid } from './areas.ts';
import type { Staffed } from './organizations.ts';
import { idOf } from './random.ts';

/** What grids and communities are spared: each line is cited when a task is refused. */
const NEGATIVE = [
  ['行政执法和罚款', 'Enforcement and fines', 'street.occupyRoad'],
  ['拆除违法建筑', 'Pulling down illegal buildings', 'building.newIllegal'],
  ['食品药品检查', 'Inspecting food and medicine', 'market.badFood'],
  ['开具无法律依据的证明', 'Certificates without legal ground', undefined],
  ['单独处置燃气泄漏', 'Dealing with a gas leak alone', 'utility.gasSmell'],
] as const;

/** Utilities serve the whole city; everything else is the town's own. */
const CITY_WIDE: readonly BodyKey[] = ['waterSupply', 'power', 'gas', 'telecom', 'bus'];

/** Organization that handles a category in a town: the town's own, else the city's. */
export const bodyOf = (use: CategoryUse, townId: string, cityId: string, staffed: Staffed): string => {
  const areaId = CITY_WIDE.includes(use.body) ? cityId : townId;
  return staffed.organizationOf(areaId, bodyKey(use.body)).organizationId;
};

/** Duty lists as registers: each town's basic and assisting duties and dispatch catalogue; the city's admission and negative lists. */
export const listDuties = (pack: string, laid: Laid, staffed: Staffed): PackDutyList[] => {
  const uses = usesOf();
  const cityId = laid.areas[0]!.areaId;
  const list = (
    row: Omit<PackDutyList, 'dutyListId' | 'items'>,
    items: readonly Omit<PackDutyItem, 'dutyItemId' | 'clause'>[],
    mark: string,
  ): PackDutyList => {
    const dutyListId = idOf(pack, 'dutyList', `${row.areaId}/${row.kind}`);
    return {
      ...row,
      dutyListId,
      items: items.map((item, i) => ({
        ...item,
        clause: `${mark}第${i + 1}项`,
        dutyItemId: idOf(pack, 'dutyItem', `${row.areaId}/${row.kind}/${i + 1}`),
      })),
    };
  };
  const source = 'local: synthetic list of the demo city';
  const lists: PackDutyList[] = [
    list(
      {
        kind: 'admission',
        title: { zh: '社区(村)、网格准入事项清单', en: 'Matters admitted to communities and grids' },
        areaId: cityId,
        source,
      },
      uses.filter((use) => use.admitted).map((use) => ({ title: use.name, categoryId: use.categoryId })),
      '准入',
    ),
    list(
      {
        kind: 'negative',
        title: { zh: '社区(村)、网格不承担事项清单', en: 'Matters not to be put on communities and grids' },
        areaId: cityId,
        source,
      },
      NEGATIVE.map(([zh, en, categoryId]) => ({ title: { zh, en }, ...(categoryId ? { categoryId } : {}) })),
      '不承担',
    ),
  ];
  for (const town of laid.towns) {
    const isTown = (use: CategoryUse): boolean => !CITY_WIDE.includes(use.body);
    const item = (use: CategoryUse): Omit<PackDutyItem, 'dutyItemId' | 'clause'> => ({
      title: use.name,
      categoryId: use.categoryId,
      organizationId: bodyOf(use, town.areaId, cityId, staffed),
    });
    lists.push(
      list(
        {
          kind: 'townBasic',
          title: { zh: `${town.name.zh}基本履职事项清单`, en: `Basic duties of ${town.name.en}` },
          areaId: town.areaId,
          source,
        },
        uses.filter(isTown).map(item),
        '基本',
      ),
      list(
        {
          kind: 'townAssist',
          title: { zh: `${town.name.zh}配合履职事项清单`, en: `Assisting duties of ${town.name.en}` },
          areaId: town.areaId,
          source,
        },
        uses.filter((use) => !isTown(use)).map((use) => ({ title: use.name, categoryId: use.categoryId })),
        '配合',
      ),
      list(
        {
          kind: 'dispatchCatalogue',
          title: { zh: `${town.name.zh}派单目录`, en: `Dispatch catalogue of ${town.name.en}` },
          areaId: town.areaId,
          source,
        },
        uses.map(item),
        '目录',
      ),
    );
  }
  return lists;
};

const iso = (day: string, time: string): string => new Date(`${day}T${time}:00+08:00`).toISOString();

/**
 * Night and holiday shifts of the hotline and the governance centres for 2026 and 2027. Days off of 2026 follow the yearly notice; of 2027,
 * whose notice is not known, weekends only.
 */
export const rosterShifts = (pack: string, laid: Laid, staffed: Staffed): PackShift[] => {
  const shifts: PackShift[] = [];
  const cityId = laid.areas[0]!.areaId;
  const bodies = [
    { body: staffed.organizationOf(cityId, 'hotline'), day: 0, night: 2 },
    { body: staffed.organizationOf(cityId, 'centre'), day: 0, night: 1 },
    ...laid.towns.map((town) => ({ body: staffed.organizationOf(town.areaId, 'centre'), day: 0, night: 1 })),
  ];
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const next = new Date(at + 86_400_000).toISOString().slice(0, 10);
    const off = isDayOff(day);
    for (const { body, day: dayPost, night } of bodies) {
      const posts = staffed.postsOf(body.organizationId);
      const shift = (kind: PackShift['kind'], post: number, startsAt: string, endsAt: string): void => {
        const postId = posts[post]!.postId;
        shifts.push({
          shiftId: idOf(pack, 'shift', `${body.organizationId}/${kind}/${day}`),
          organizationId: body.organizationId,
          postId,
          startsAt,
          endsAt,
          kind,
        });
      };
      shift('night', night, iso(day, '17:30'), iso(next, '09:00'));
      if (off) shift('holiday', dayPost, iso(day, '09:00'), iso(day, '17:30'));
    }
  }
  return shifts;
};
