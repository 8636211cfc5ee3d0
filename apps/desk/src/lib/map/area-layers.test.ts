import { describe, expect, it } from 'vitest';
import { areaLayers, stepsOf } from './area-layers.ts';

const figures = (...ns: number[]) => ns.map((n, i) => ({ id: `a${i}`, n }));

describe('the steps of a coloured map', () => {
  it('begin with none, rise, and never more of them than colours', () => {
    for (const ns of [[], [0, 0], [1], [5, 5, 5], [0, 1, 2, 3, 400], Array.from({ length: 40 }, (_, i) => i * i)]) {
      const steps = stepsOf(figures(...ns));
      expect(steps[0]).toBe(0);
      expect([...steps].sort((a, b) => a - b)).toEqual(steps);
      expect(new Set(steps).size).toBe(steps.length);
      expect(steps.length).toBeLessThanOrEqual(5);
    }
    expect(stepsOf(figures(0, 1, 2, 3, 400))).toEqual([0, 1, 2, 3, 400]);
  });

  it('leave an area without cases the palest, and the map drawable without any area', () => {
    expect(JSON.stringify(areaLayers(figures(0, 7), undefined, { dark: false, language: 'zh', colored: true }))).toContain(
      '"a0","#f1f6f4"',
    );
    expect(areaLayers([], undefined, { dark: true, language: 'en', colored: true }).map(({ id }) => id)).toEqual([
      'area-figures',
      'area-chosen',
      'area-numbers',
    ]);
  });
});
