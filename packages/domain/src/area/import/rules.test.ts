import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBoundary } from '../rules.ts';
import { guessMapping, importSteps, readPositions, readWkt, writePositions } from './rules.ts';

describe('a polygon written as text', () => {
  it('is read with its holes, in whatever spacing', () => {
    expect(readWkt('POLYGON((0 0, 3 0,3 3 ,0 3,0 0),(1 1,2 1,2 2,1 1))')).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [3, 0],
          [3, 3],
          [0, 3],
          [0, 0],
        ],
        [
          [1, 1],
          [2, 1],
          [2, 2],
          [1, 1],
        ],
      ],
    });
    expect(readWkt(' SRID=4326; multipolygon Z (((0 0 5, 1 0 5, 1 1 5, 0 0 5)))')).toMatchObject({ type: 'MultiPolygon' });
  });

  it('that is none is none', () => {
    for (const text of [
      '',
      'POINT(1 2)',
      'POLYGON',
      'POLYGON(',
      'POLYGON((0 0,1 1)',
      'POLYGON((0 0,1 1)))',
      'POLYGON((a b))',
      'POLYGON((1))',
      `POLYGON(${'('.repeat(9000)}`,
    ])
      expect(checkBoundary(readWkt(text)).ok).toBe(false);
    fc.assert(fc.property(fc.string(), (text) => typeof checkBoundary(readWkt(`POLYGON(${text})`)).ok === 'boolean'));
  });

  it('comes back as it was written', () => {
    const position = fc
      .tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }))
      .map(([x, y]) => [x + 0, y + 0]);
    fc.assert(
      fc.property(fc.array(fc.array(position, { minLength: 4, maxLength: 9 }), { minLength: 1, maxLength: 3 }), (rings) => {
        const text = `POLYGON(${rings.map((ring) => `(${ring.map(([x, y]) => `${x} ${y}`).join(', ')})`).join(',')})`;
        expect(readWkt(text)).toEqual({ type: 'Polygon', coordinates: rings });
      }),
    );
  });
});

describe('a table of grids', () => {
  const shape = { type: 'Polygon', coordinates: [] };
  const areas = [
    { id: 'c', kind: 'community', name: { zh: '社区' }, code: '990000101001', synthetic: false },
    { id: 'g1', kind: 'grid', parentId: 'c', name: { zh: '一', en: 'One' }, code: '990000101001001', synthetic: false, boundary: shape },
  ];
  const row = (code: string, name: string, boundary?: unknown) => ({
    values: { 网格编码: code, 网格名称: name },
    ...(boundary ? { boundary } : {}),
  });
  it('is made into steps; what cannot be used is named', () => {
    const mapping = guessMapping(['网格编码', '网格名称', '备注']);
    let id = 0;
    const read = importSteps(
      areas,
      [
        row('990000101001001', '一', shape),
        row('990000101001001', '一'),
        row('990000101001002', '二'),
        row('99000010100100X', '三'),
        row('990000101001004', ' '),
        { ...row('990000101001005', '五'), fault: 'selfCrossing' },
      ],
      mapping,
      { kind: 'grid', parentId: 'elsewhere' },
      () => `new${++id}`,
    );
    expect(read.unchanged).toBe(1);
    expect(read.steps).toEqual([
      { do: 'create', areaId: 'new1', kind: 'grid', parentId: 'c', name: { zh: '二' }, code: '990000101001002' },
    ]);
    expect(read.rejects).toEqual([
      { row: 2, code: 'codeRepeated' },
      { row: 4, code: 'badCode' },
      { row: 5, code: 'nameMissing' },
      { row: 6, code: 'selfCrossing' },
    ]);
  });
  it('draws and renames what is known, and keeps its English name', () => {
    const read = importSteps(
      areas,
      [row('990000101001001', '壹', { type: 'Polygon', coordinates: [[]] })],
      guessMapping(['网格编码', '网格名称']),
      { kind: 'grid', parentId: 'c' },
      () => 'x',
    );
    expect(read.steps).toEqual([
      { do: 'redraw', areaId: 'g1', boundary: { type: 'Polygon', coordinates: [[]] } },
      { do: 'rename', areaId: 'g1', name: { zh: '壹', en: 'One' } },
    ]);
  });
});

describe('a boundary typed in', () => {
  it('is read line by line, whatever the commas', () => {
    expect(readPositions('113.1, 22.5\n113.2，22.5\n\n113.2 22.6; 113.1,22.6')).toEqual([
      [113.1, 22.5],
      [113.2, 22.5],
      [113.2, 22.6],
      [113.1, 22.6],
    ]);
    for (const text of ['113.1', '113.1, x', '1, 2, 3', '200, 5', '5, 91']) expect(readPositions(text)).toBe(undefined);
    expect(writePositions([[113.12345678, 22.5]])).toBe('113.1234568, 22.5');
  });
});
