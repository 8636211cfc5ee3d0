import { describe, expect, it } from 'vitest';
import { buildingOf, type Conflict, conflictsOf, inOrder, isCourtInvited } from './rules.ts';

describe('what speaks against a mediator', () => {
  const mediator = { name: 'n9', bodies: [], earlier: [] };
  const quarrel = { sides: [{ name: 'n1', phone: 'p1' }, { name: 'n2' }], areaIds: ['city', 'town', 'community'] };
  it.each<[why: string, mediator: object, quarrel: object, found: Conflict[]]>([
    ['a stranger', {}, {}, []],
    ['is a side', { name: 'n2' }, {}, [{ kind: 'isSide', side: 2 }]],
    ['has the telephone of a side', { phone: 'p1' }, {}, [{ kind: 'samePhone', side: 1 }]],
    ['no telephone is not the same telephone', { phone: undefined }, {}, []],
    ['works for a side', { bodies: ['n1'] }, {}, [{ kind: 'ownBody', side: 1 }]],
    ['lives in the same building', { home: '翠竹苑3幢501' }, { place: '翠竹苑三栋二单元' }, [{ kind: 'sameBuilding' }]],
    ['lives in the building beside', { home: '翠竹苑4幢501' }, { place: '翠竹苑三栋二单元' }, []],
    ['lives in the same community', { homeAreaId: 'community' }, {}, [{ kind: 'sameCommunity' }]],
    ['had a quarrel of theirs before', { earlier: [{ side: 1, sure: true }] }, {}, [{ kind: 'earlierCase', side: 1 }]],
    ['had one of somebody of the same name', { earlier: [{ side: 2, sure: false }] }, {}, [{ kind: 'earlierName', side: 2 }]],
  ])('%s', (_why, who, what, found) => expect(conflictsOf({ ...mediator, ...who }, { ...quarrel, ...what })).toEqual(found));

  it.each([
    ['翠竹苑三栋二单元', '翠竹苑3'],
    ['翠竹苑 十二 栋', '翠竹苑12'],
    ['翠竹苑二十栋', '翠竹苑20'],
    ['阳光里b座1楼', '阳光里B'],
    ['和平路 8 号楼', '和平路8'],
    ['村口大榕树下', undefined],
  ])('the building of %s is %s', (address, building) => expect(buildingOf(address)).toBe(building));
});

it('a court’s invitation counts from its first day to its last', () => {
  const court = { from: '2026-01-01', to: '2026-09-30' };
  expect(['2025-12-31', '2026-01-01', '2026-09-30', '2026-10-01'].map((day) => isCourtInvited(court, day))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isCourtInvited(undefined, '2026-01-01')).toBe(false);
});

it('who is free and knows the kind comes first', () => {
  const of = (name: string, kinds: string[], available = true) => ({ name, kinds, available });
  const order = inOrder([of('a', ['family']), of('b', ['neighbour'], false), of('c', ['neighbour'])], 'neighbour');
  expect(order.map(({ name }) => name)).toEqual(['c', 'a', 'b']);
});
