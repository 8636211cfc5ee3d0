import type { Box } from '@tongxin/domain/diagram/rules.ts';
import { expect, test } from 'vitest';
import { openingOf } from './opening.ts';

const start = (x: number): Box => ({ id: 'start', kind: 'start', lines: ['起点'], small: 0, x, y: 24, width: 90, height: 39 });
const stage: Box = { ...start(0), id: 'other', kind: 'stage' };
const drawing = (width: number, height: number, x = 0) => ({ width, height, boxes: [stage, start(x)] });
const DESK = { width: 1400, height: 673 };
const PHONE = { width: 356, height: 631 };

test('a small drawing is shown whole where its words stay legible, else as wide as its view', () => {
  expect(openingOf(drawing(344, 600), DESK)).toEqual({ left: 0 });
  expect(openingOf(drawing(344, 824), DESK)).toEqual({ scale: 673 / 824, left: 0 });
  expect(openingOf(drawing(344, 824), PHONE)).toEqual({ scale: 631 / 824, left: 0 });
  // Its height would make the words too small.
  expect(openingOf(drawing(344, 1200), DESK)).toEqual({ left: 0 });
  expect(openingOf(drawing(2000, 500), DESK)).toEqual({ left: 0 });
});

test('a drawing wider than its view begins at its left edge, and at its first stage only where that would lie out of sight', () => {
  expect(openingOf(drawing(1000, 1200, 480), PHONE)).toEqual({ scale: 0.6, left: 0 });
  expect(openingOf(drawing(1000, 1200, 600), PHONE)).toEqual({ scale: 0.6, left: 645 * 0.6 - 178 });
  expect(openingOf({ width: 1000, height: 1200, boxes: [] }, PHONE)).toEqual({ scale: 0.6, left: 0 });
});
