import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueOf, filterFrom, isNarrowed, questionFor } from './filter.ts';

const TOWN = 'a0000000-0000-8000-8000-000000000002';
const NAMES = [
  'view',
  'stage',
  'light',
  'q',
  'area',
  'categoryId',
  'channel',
  'order',
  'dueFrom',
  'filedTo',
  'saved',
  'bbox',
  'x',
] as const;

test('whatever stands in the address, the list opens', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...NAMES), fc.anything()), (search) => {
      const filter = filterFrom(search);
      expect(filterFrom({ ...filter })).toEqual(filter);
      expect(Object.values(questionFor(filter))).not.toContain(undefined);
    }),
  );
});

test('a link to a list is the list', () => {
  const filter = { view: 'dispatched', stage: 'handling', area: [TOWN], dueTo: '2026-12-01', bbox: '113,22,113.1,22.1', order: 'due' };
  expect(filterFrom(filter)).toEqual(filter);
  expect(filterFrom({ ...filter, view: 'everything', dueTo: 'tomorrow', area: ['x'], bbox: '114,22,113,23' })).toEqual({
    stage: 'handling',
    order: 'due',
  });
  expect(isNarrowed(filterFrom({ view: 'mine', order: 'due' }))).toBe(false);
  expect(isNarrowed(filterFrom({ q: '路灯' }))).toBe(true);
  expect(isNarrowed(filterFrom({ bbox: '113,22,113.1,22.1' }))).toBe(true);
  expect(questionFor({ bbox: '113,22,113.1,22.1' })).toEqual({ open: true, bbox: '113,22,113.1,22.1' });
  expect(questionFor({ view: 'mine', saved: TOWN }, TOWN)).toEqual({ view: 'mine', postId: TOWN });
});

test('what is due next of a row is the earlier of the limits that run', () => {
  const [soon, late] = ['2026-10-01T00:00:00.000Z', '2026-10-09T00:00:00.000Z'];
  expect(dueOf({ overallDueAt: late, overallStopped: false, handlingDueAt: soon })).toBe(soon);
  expect(dueOf({ overallDueAt: soon, overallStopped: true, handlingDueAt: late })).toBe(late);
  expect(dueOf({ overallStopped: false }) > late).toBe(true);
});
