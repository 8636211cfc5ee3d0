import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import type { Calendar } from '../calendar/schema.ts';
import { dueOn, monthAfter, namesPerson, rungOf, standing, sumsOf } from './rules.ts';
import { NewReport } from './schema.ts';

const calendar: Calendar = { version: 'test', years: new Set([2026]), exceptions: new Map([['2026-09-27', 'work']]) };

test('a report is due on its day; a day off moves it on, a make-up day does not, an unknown year leaves it', () => {
  expect(dueOn('2026-09', 25, calendar)).toBe('2026-09-25');
  expect(dueOn('2026-09', 26, calendar)).toBe('2026-09-27');
  expect(dueOn('2026-10', 25, calendar)).toBe('2026-10-26');
  expect(dueOn('2027-04', 25, calendar)).toBe('2027-04-25');
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -2)]).toEqual(['2027-01', '2025-11']);
});

test.each([
  ['2026-09-21', undefined, undefined, undefined, 'waiting', false],
  ['2026-09-22', undefined, undefined, 'soon', 'waiting', false],
  ['2026-09-25', undefined, undefined, 'soon', 'waiting', false],
  ['2026-09-26', undefined, undefined, 'overdue', 'missing', true],
  ['2026-09-26', 0, '2026-09-25', 'overdue', 'none', false],
  ['2026-09-30', 2, '2026-09-26', 'overdue', 'found', true],
] as const)('on %s with %s found on %s', (today, items, firstOn, rung, state, late) => {
  expect(rungOf('2026-09-25', today)).toBe(rung);
  expect(standing({ items, firstOn }, '2026-09-25', today)).toEqual({ state, late });
});

test.each([
  '张某与邻居因漏水争吵',
  '王建国先生家漏水',
  '电话13812345678',
  '身份证号待补',
  '附人员名单',
  '3栋502室漏水',
  '联系人：张小明',
  '李某某欠租',
  '翠竹苑3-2-501',
  '翠竹苑3－2－501漏水',
  '3栋2单元501',
  '二单元五零一',
])('%s speaks of a person', (words) => expect(namesPerson(words)).toBe(true));
test.each([
  '东门停车场车位之争',
  '三栋楼上楼下漏水',
  '某小区物业费',
  '高空抛物引起的邻里矛盾',
  '工地欠薪，约三十人',
  '2026-10-12起停水',
  '单元门口的灯',
  '马路市场摊位',
])('%s speaks of a matter and a place', (words) => expect(namesPerson(words)).toBe(false));

test('there is no field for people in a report', () => {
  const id = '0192f000-0000-7000-8000-000000000001';
  const item = { kind: 'neighbour', areaId: id, place: '东门', matter: '车位', degree: 'low', step: 'talking' };
  const report = (more: object) => ({ organizationId: id, month: '2026-09', version: 0, items: [{ ...item, ...more }] });
  expect(Value.Check(NewReport, report({}))).toBe(true);
  for (const more of [{ people: ['张三'] }, { name: '张三' }, { phone: '13812345678' }])
    expect(Value.Check(NewReport, report(more))).toBe(false);
});

test('each area sums what is in it and below it', () => {
  const areas = [{ id: 'town' }, { id: 'a', parentId: 'town' }, { id: 'b', parentId: 'town' }];
  const sums = sumsOf(areas, [
    { areaId: 'a', state: 'none', found: 0 },
    { areaId: 'b', state: 'missing', found: 0 },
    { areaId: 'town', state: 'found', found: 3 },
  ]);
  expect(sums.get('town')).toEqual({ units: 3, reported: 2, none: 1, missing: 1, found: 3 });
  expect(sums.get('b')).toEqual({ units: 1, reported: 0, none: 0, missing: 1, found: 0 });
});
