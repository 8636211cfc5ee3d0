import { describe, expect, it } from 'vitest';
import { readBoundaryFile } from './service.ts';

const ring = (west: number, south: number, side = 0.01) => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const feature = (code: unknown, name: unknown, coordinates: unknown) => ({
  type: 'Feature',
  properties: { code, name },
  geometry: { type: 'Polygon', coordinates },
});
const file = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

describe('a file of grid boundaries', () => {
  it('is refused whole when it is no feature collection', () => {
    for (const [text, code] of [
      ['', 'notJson'],
      ['{"type":', 'notJson'],
      ['null', 'notFeatureCollection'],
      ['[]', 'notFeatureCollection'],
      ['{"type":"FeatureCollection","features":{}}', 'notFeatureCollection'],
      [`{"type":"FeatureCollection","features":[${Array(50_001).fill('0').join(',')}]}`, 'fileTooLarge'],
    ] as const)
      expect(readBoundaryFile(text, 'WGS84')).toEqual({ ok: false, code });
  });

  it('has every feature accounted for: a record, or a reject with its reason', () => {
    const read = readBoundaryFile(
      file(
        feature('442000001007001', '第1网格', [ring(113, 22)]),
        null,
        feature('44200000100700X', '坏码', [ring(113, 22)]),
        feature('442000001007002', ' ', [ring(113, 22)]),
        feature('442000001007003', '交叉', [
          [
            [0, 0],
            [1, 1],
            [1, 0],
            [0, 1],
            [0, 0],
          ],
        ]),
        feature('442000001007001', '重复', [ring(113, 22)]),
        feature(442000001007004, '数字码', [ring(113.01, 22)]),
      ),
      'WGS84',
    );
    if (!read.ok) throw new Error(read.code);
    expect(read.records.map((record) => record.code)).toEqual(['442000001007001', '442000001007004']);
    expect(read.rejects).toEqual([
      { index: 1, code: 'notFeature' },
      { index: 2, code: 'badCode' },
      { index: 3, code: 'nameMissing' },
      { index: 4, code: 'selfCrossing' },
      { index: 5, code: 'codeRepeated' },
    ]);
  });

  it('in GCJ-02 moves to WGS-84 by some hundred metres, and neighbours keep the edge they share', () => {
    const read = readBoundaryFile(
      file(feature('442000001007001', '一', [ring(113.3, 22.5)]), feature('442000001007002', '二', [ring(113.31, 22.5)])),
      'GCJ02',
    );
    if (!read.ok) throw new Error(read.code);
    const [first, second] = read.records.map((record) => record.geometry.coordinates[0] as readonly (readonly [number, number])[]);
    const metres = Math.hypot((first![0]![0] - 113.3) * 102_850, (first![0]![1] - 22.5) * 111_320);
    expect(metres).toBeGreaterThan(100);
    expect(metres).toBeLessThan(1000);
    expect(first![1]).toEqual(second![0]);
    expect(first![2]).toEqual(second![3]);
  });
});
