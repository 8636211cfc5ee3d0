import { expect, test } from 'vitest';
import { questionOf } from './rules.ts';
import { VIEWS } from './schema.ts';

const TOWN = 'a0000000-0000-8000-8000-000000000002';

test('to-do asks for open cases of whatever the post sees', () => {
  expect(questionOf({})).toEqual({ open: true });
});

test('what is due today, late, nearly late, objected to or to be called back is to-do with one thing said of it, and more may be said', () => {
  expect(questionOf({ view: 'overdue' })).toEqual({ open: true, light: 'red', order: 'due' });
  expect(questionOf({ view: 'dueToday' })).toEqual({ open: true, due: 'today', order: 'due' });
  expect(questionOf({ view: 'dueSoon', stage: 'handling' })).toEqual({ open: true, light: 'amber', stage: 'handling', order: 'due' });
  expect(questionOf({ view: 'callBack' })).toEqual({ view: 'receiving', open: true, due: 'callBack' });
  expect(questionOf({ view: 'objected', area: [TOWN] })).toEqual({ open: true, stage: 'objected', areaId: TOWN });
});

test('what is chosen stands before what the view brings', () => {
  expect(questionOf({ view: 'overdue', order: 'changed' })).toMatchObject({ order: 'changed', light: 'red' });
  expect(questionOf({ view: 'objected', stage: 'closed' }).stage).toBe('closed');
});

test('a chosen area takes the place of one’s own, and narrows what is a person’s or a body’s', () => {
  expect(questionOf({ view: 'area', area: ['city', TOWN] })).toEqual({ areaId: TOWN });
  expect(questionOf({ view: 'dispatched', area: [TOWN] })).toEqual({ view: 'dispatched', areaId: TOWN });
});

test('every view asks something of its own', () => {
  const asked = VIEWS.map((view) => JSON.stringify(questionOf({ view })));
  expect(new Set(asked).size).toBe(VIEWS.length);
});
