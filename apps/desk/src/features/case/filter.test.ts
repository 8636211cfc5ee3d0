import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterFrom, questionOf } from './filter.ts';

test('whatever stands in the address, the list opens', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('view', 'stage', 'light', 'q', 'area', 'categoryId', 'x'), fc.anything()), (search) => {
      const filter = filterFrom(search);
      expect(filterFrom({ ...filter })).toEqual(filter);
      expect(questionOf(filter).limit).toBe(50);
    }),
  );
});

test('to-do asks for open cases of whatever the first post sees', () => {
  expect(questionOf({})).toMatchObject({ open: true });
  expect(questionOf({}).view).toBeUndefined();
});

test('what is late, nearly late, objected to or to be called back is to-do with one thing said of it, and more may be said', () => {
  expect(questionOf({ view: 'overdue' })).toMatchObject({ open: true, light: 'red' });
  expect(questionOf({ view: 'dueSoon', stage: 'handling' })).toMatchObject({ open: true, light: 'amber', stage: 'handling' });
  expect(questionOf({ view: 'objected', area: ['town'] })).toMatchObject({ open: true, stage: 'objected', areaId: 'town' });
  for (const view of ['overdue', 'dueSoon', 'objected', 'callBack'] as const) expect(questionOf({ view }).view).toBeUndefined();
});

test('a chosen area is asked for itself, at its deepest level', () => {
  expect(questionOf({ view: 'area', area: ['city', 'town'] })).toMatchObject({ areaId: 'town' });
  expect(questionOf({ view: 'area', area: ['city', 'town'] }).view).toBeUndefined();
});
