import fc from 'fast-check';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { AreaKind, Geometry, Position } from '../schema.ts';
import { gapsOf, metresOf, metresOutside, overlapsOf } from '../shape/rules.ts';
import { codesNamed, suggestCodes } from './code/rules.ts';
import { areasNamed, partsOf, rezone, successorOf } from './rules.ts';
import type { NetArea, RezoningStep } from './schema.ts';

const box = (west: number, south: number, east: number, north: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});
const area = (areaId: string, kind: AreaKind, parent: NetArea | undefined, code: string, geometry?: Geometry): NetArea => ({
  areaId,
  kind,
  ...(parent ? { parentId: parent.areaId } : {}),
  path: [...(parent?.path ?? []), areaId],
  name: { zh: areaId },
  code,
  ...(geometry ? { geometry } : {}),
});
const city = area('city', 'city', undefined, '990000', box(113, 22, 113.04, 22.02));
const town = area('town', 'town', city, '990000101', box(113, 22, 113.04, 22.02));
const community = area('community', 'community', town, '990000101001', box(113, 22, 113.04, 22.02));
const west = area('west', 'grid', community, '990000101001001', box(113, 22, 113.02, 22.02));
const east = area('east', 'grid', community, '990000101001002', box(113.02, 22, 113.04, 22.02));
const school = area('school', 'dedicatedGrid', community, '990000101001901', box(113.018, 22.005, 113.022, 22.01));
const NET = [city, town, community, west, east, school];
const none = new Map<string, string>();
const across: Position[] = [
  [112.99, 22.01],
  [113.03, 22.01],
];
const part = (areaId: string, code: string) => ({ areaId, name: { zh: areaId }, code });
const split: RezoningStep = {
  do: 'split',
  areaId: 'west',
  line: across as [number, number][],
  parts: [part('w1', '990000101001003'), part('w2', '990000101001004')],
};
const codeOf = (steps: readonly RezoningStep[], owners = none, net: readonly NetArea[] = NET): string => {
  const answer = rezone(net, steps, owners);
  return answer.ok ? 'ok' : answer.code;
};

describe('an administrator who re-zones is refused', () => {
  const elsewhere = box(114, 23, 114.01, 23.01);
  const grid = { do: 'create', areaId: 'new', kind: 'grid', parentId: 'community', name: { zh: '新网格' } } as const;
  it.each<[string, readonly RezoningStep[], string]>([
    ['an area that is not there', [{ do: 'retire', areaId: 'nobody' }], 'unknownArea'],
    [
      'an area that has gone',
      [
        { do: 'retire', areaId: 'west' },
        { do: 'rename', areaId: 'west', name: { zh: '西' } },
      ],
      'areaRetired',
    ],
    [
      'a parent that has gone',
      [
        { do: 'retire', areaId: 'west' },
        { ...grid, parentId: 'west' },
      ],
      'parentRetired',
    ],
    ['a grid below a grid', [{ ...grid, parentId: 'west' }], 'parentUnfit'],
    ['a town below a community', [{ ...grid, kind: 'town' }], 'parentUnfit'],
    ['to close what has areas below it', [{ do: 'retire', areaId: 'community' }], 'hasAreasBelow'],
    ['to close the city', [{ do: 'retire', areaId: 'city' }], 'cityStays'],
    ['an id twice', [{ ...grid, areaId: 'west' }], 'areaIdTaken'],
    ['a blank name', [{ do: 'rename', areaId: 'west', name: { zh: '  ' } }], 'nameMissing'],
    ['a code that somebody has', [{ do: 'renumber', areaId: 'west', code: '990000101001002' }], 'codeTaken'],
    [
      'a code that two would have',
      [
        { ...grid, code: '990000101001009' },
        { do: 'renumber', areaId: 'west', code: '990000101001009' },
      ],
      'codeTaken',
    ],
    ['a code that is too short', [{ do: 'renumber', areaId: 'west', code: '99000010100100' }], 'gridCodeLength'],
    ['a code of another community', [{ do: 'renumber', areaId: 'west', code: '990000101002001' }], 'gridCodeElsewhere'],
    [
      'a boundary that crosses itself',
      [
        {
          do: 'redraw',
          areaId: 'west',
          boundary: {
            type: 'Polygon',
            coordinates: [
              [
                [0, 0],
                [1, 1],
                [1, 0],
                [0, 1],
                [0, 0],
              ],
            ],
          },
        },
      ],
      'selfCrossing',
    ],
    ['a boundary outside what it belongs to', [{ ...grid, boundary: elsewhere }], 'outsideParent'],
    ['a boundary over the neighbour', [{ do: 'redraw', areaId: 'west', boundary: box(113, 22, 113.025, 22.02) }], 'areasOverlap'],
    [
      'a community too small for its grids',
      [{ do: 'redraw', areaId: 'community', boundary: box(113, 22, 113.03, 22.02) }],
      'outsideParent',
    ],
    [
      'a line that divides nothing',
      [
        {
          ...split,
          line: [
            [112, 22],
            [112, 23],
          ],
        },
      ],
      'lineMissesArea',
    ],
    ['parts without names', [{ ...split, parts: [...split.parts, part('w3', '990000101001005')] }], 'partsUnnamed'],
    ['to divide the city', [{ ...split, areaId: 'city' }], 'cityStays'],
    ['to merge a grid with itself', [{ do: 'merge', areaIds: ['west', 'west'], into: part('one', '990000101001003') }], 'mergeNeedsTwo'],
    [
      'to merge a base with a dedicated grid',
      [{ do: 'merge', areaIds: ['west', 'school'], into: part('one', '990000101001003') }],
      'mergeAcross',
    ],
    ['to change nothing', [{ do: 'rename', areaId: 'west', name: { zh: 'west' } }], 'nothingChanges'],
  ])('%s', (_what, steps, code) => {
    expect(codeOf(steps)).toBe(code);
  });

  it('a code that another area had once, and boundaries where there are none', () => {
    expect(codeOf([{ do: 'renumber', areaId: 'west', code: '990000101001008' }], new Map([['990000101001008', 'old']]))).toBe(
      'codeUsedBefore',
    );
    const bare = [city, town, community, { ...west, geometry: undefined } as unknown as NetArea];
    expect(codeOf([split], none, bare)).toBe('boundaryMissing');
  });

  it('and told which step it was', () => {
    expect(
      rezone(
        NET,
        [
          { do: 'rename', areaId: 'west', name: { zh: '西' } },
          { do: 'retire', areaId: 'nobody' },
        ],
        none,
      ),
    ).toMatchObject({ params: { step: 2 } });
  });
});

describe('an administrator', () => {
  it('divides a grid: it goes, its parts come, and each knows of the other', () => {
    const answer = rezone(NET, [split], none);
    if (!answer.ok) throw new Error(answer.code);
    expect(answer.changes.map(({ areaId, into, from }) => ({ areaId, into, from }))).toEqual([
      { areaId: 'west', into: ['w1', 'w2'], from: [] },
      { areaId: 'w1', into: [], from: ['west'] },
      { areaId: 'w2', into: [], from: ['west'] },
    ]);
    expect(answer.net.find(({ areaId }) => areaId === 'w1')).toMatchObject({
      kind: 'grid',
      parentId: 'community',
      path: [...community.path, 'w1'],
    });
  });

  it('lays a dedicated grid over two base grids, and moves it', () => {
    const market = {
      do: 'create',
      areaId: 'market',
      kind: 'dedicatedGrid',
      parentId: 'community',
      name: { zh: '市场' },
      boundary: box(113.015, 22, 113.025, 22.005),
    } as const;
    expect(codeOf([market, { do: 'redraw', areaId: 'market', boundary: box(113.016, 22, 113.026, 22.006) }])).toBe('ok');
  });

  it('swaps the codes of two grids in one go', () => {
    const answer = rezone(
      NET,
      [
        { do: 'renumber', areaId: 'west', code: '990000101001011' },
        { do: 'renumber', areaId: 'east', code: '990000101001012' },
      ],
      none,
    );
    expect(answer.ok && answer.changes.map(({ after }) => after!.code)).toEqual(['990000101001011', '990000101001012']);
  });

  it('moves the border between two grids in one go, which neither step alone could', () => {
    const steps: RezoningStep[] = [
      { do: 'redraw', areaId: 'west', boundary: box(113, 22, 113.025, 22.02) },
      { do: 'redraw', areaId: 'east', boundary: box(113.025, 22, 113.04, 22.02) },
    ];
    expect(codeOf(steps)).toBe('ok');
    expect(codeOf(steps.slice(0, 1))).toBe('areasOverlap');
  });

  it('draws roughly: the new grid gives way to its neighbours, or they to it, and stays inside its community', () => {
    const free = NET.filter(({ areaId }) => areaId !== 'east');
    const rough = {
      do: 'create',
      areaId: 'new',
      kind: 'grid',
      parentId: 'community',
      name: { zh: '新' },
      boundary: box(113.01, 21.9, 113.2, 22.3),
    } as const;
    const metres = (net: readonly NetArea[], areaId: string) => metresOf(net.find((one) => one.areaId === areaId)!.geometry);
    const trimmed = rezone(free, [{ ...rough, fit: 'trim' }], none);
    if (!trimmed.ok) throw new Error(trimmed.code);
    expect(metres(trimmed.net, 'new')).toBeCloseTo(metresOf(east.geometry), -1);
    expect(trimmed.changes.map(({ areaId }) => areaId)).toEqual(['new']);
    const pushed = rezone(free, [{ ...rough, fit: 'push' }], none);
    if (!pushed.ok) throw new Error(pushed.code);
    expect(metres(pushed.net, 'west')).toBeCloseTo(metresOf(west.geometry) / 2, -1);
    expect(pushed.changes.map(({ areaId }) => areaId)).toEqual(['west', 'new']);
    expect(codeOf([{ ...rough, fit: 'push', boundary: community.geometry }], none, free)).toBe('neighbourVanishes');
    expect(codeOf([{ ...rough, fit: 'trim', boundary: west.geometry }], none, free)).toBe('nothingLeft');
  });

  it('names what steps need to know', () => {
    const merge: RezoningStep = { do: 'merge', areaIds: ['w1', 'east'], into: part('one', '990000101001007') };
    expect(areasNamed([split, merge])).toEqual(['west', 'east']);
    expect(codesNamed([split, merge])).toEqual(['990000101001003', '990000101001004', '990000101001007']);
  });
});

describe('an administrator who puts an area below another', () => {
  // Two towns side by side below a city, each with two communities one above the other; the western ones have grids.
  const whole = area('c', 'city', undefined, '990000', box(113, 22, 113.04, 22.02));
  const townA = area('a', 'town', whole, '990000101', box(113, 22, 113.02, 22.02));
  const townB = area('b', 'town', whole, '990000102', box(113.02, 22, 113.04, 22.02));
  const south = area('as', 'community', townA, '990000101001', box(113, 22, 113.02, 22.01));
  const north = area('an', 'community', townA, '990000101002', box(113, 22.01, 113.02, 22.02));
  const other = area('bs', 'community', townB, '990000102001', box(113.02, 22, 113.04, 22.02));
  const grid = area('g', 'grid', south, '990000101001001', box(113, 22, 113.02, 22.005));
  const upper = area('u', 'grid', south, '990000101001002', box(113, 22.005, 113.02, 22.01));
  const market = area('m', 'dedicatedGrid', south, '990000101001901', box(113.001, 22.001, 113.002, 22.002));
  const net = [whole, townA, townB, south, north, other, grid, upper, market];
  const hang = (areaId: string, parentId: string, code?: string): RezoningStep => ({
    do: 'hang',
    areaId,
    parentId,
    ...(code ? { code } : {}),
  });

  it('moves a community with its ground and everything below it to the next town', () => {
    const answer = rezone(net, [hang('as', 'b')], none);
    expect(answer).toMatchObject({ ok: true });
    if (!answer.ok) return;
    const at = new Map(answer.net.map((one) => [one.areaId, one]));
    expect(at.get('as')).toMatchObject({ parentId: 'b', path: ['c', 'b', 'as'], code: '990000101001' });
    for (const id of ['g', 'u', 'm']) expect(at.get(id)).toMatchObject({ parentId: 'as', path: ['c', 'b', 'as', id] });
    expect(at.get('an')!.path).toEqual(['c', 'a', 'an']);
    expect(metresOutside(north.geometry!, at.get('a')!.geometry!)).toBeLessThan(1);
    expect(Math.round(metresOf(at.get('a')!.geometry) / metresOf(north.geometry))).toBe(1);
    expect(metresOutside(south.geometry!, at.get('b')!.geometry!)).toBeLessThan(1);
    expect(overlapsOf([at.get('a')!, at.get('b')!].map(({ areaId, geometry }) => ({ areaId, geometry: geometry! })))).toEqual([]);
    // Grids went along and are what they were; the city keeps its ground.
    expect(answer.changes.map(({ areaId }) => areaId).sort()).toEqual(['a', 'as', 'b']);
    expect(answer.changes.find(({ areaId }) => areaId === 'as')).toMatchObject({
      before: { parentId: 'a' },
      after: { parentId: 'b' },
      into: [],
      from: [],
    });
  });

  it('moves a grid to another community under a code of that community, and both communities’ grounds follow', () => {
    const answer = rezone(net, [hang('u', 'an', '990000101002001')], none);
    expect(answer).toMatchObject({ ok: true });
    if (!answer.ok) return;
    expect(answer.changes.map(({ areaId }) => areaId).sort()).toEqual(['an', 'as', 'u']);
    expect(answer.net.find(({ areaId }) => areaId === 'u')).toMatchObject({ path: ['c', 'a', 'an', 'u'], code: '990000101002001' });
  });

  it('may go there and back in one decision, which then changes nothing', () => {
    const back = rezone(net, [hang('as', 'b'), hang('as', 'a')], none);
    // Grounds may begin at another corner; what belongs to what is as it was.
    expect(back.ok ? back.net.map(({ areaId, path }) => [areaId, path]) : back.code === 'nothingChanges').toEqual(
      back.ok ? net.map(({ areaId, path }) => [areaId, path]) : true,
    );
  });

  it.each<[string, RezoningStep[], string]>([
    ['a grid whose code is another community’s', [hang('u', 'an')], 'gridCodeElsewhere'],
    ['a community below a grid', [hang('an', 'g')], 'parentUnfit'],
    ['a town below a community of its own', [hang('a', 'as')], 'parentUnfit'],
    ['the city below anything', [hang('c', 'a')], 'parentUnfit'],
    ['an area that is below it already', [hang('as', 'a')], 'nothingChanges'],
    ['a parent that is not there', [hang('as', 'nobody')], 'unknownArea'],
    ['a parent that went', [{ do: 'retire', areaId: 'an' }, hang('u', 'an', '990000101002001')], 'parentRetired'],
    ['the only community a town has', [hang('bs', 'a')], 'groundVanishes'],
    ['a dedicated grid that would lie outside', [hang('m', 'an', '990000101002901')], 'outsideParent'],
  ])('is refused %s', (_what, steps, code) => {
    expect(codeOf(steps, none, net)).toBe(code);
  });

  it('is refused a parent that its ground does not touch, until that parent’s boundary says so', () => {
    const far = area('far', 'town', whole, '990000103', box(113.05, 22, 113.06, 22.02));
    expect(codeOf([hang('as', 'far')], none, [...net, far])).toBe('groundApart');
    const both = { type: 'MultiPolygon', coordinates: [far.geometry!.coordinates, south.geometry!.coordinates] };
    const wide = { ...whole, geometry: box(113, 22, 113.06, 22.02) };
    const steps: RezoningStep[] = [{ do: 'redraw', areaId: 'far', boundary: both, fit: 'push' }, hang('as', 'far')];
    expect(codeOf(steps, none, [wide, ...net.slice(1), far])).toBe('ok');
  });

  const after = (steps: RezoningStep[]): ReadonlyMap<string, NetArea> => {
    const answer = rezone(net, steps, none);
    if (!answer.ok) throw new Error(answer.code);
    return new Map(answer.net.map((one) => [one.areaId, one]));
  };

  it('merges two communities: their grids come below the new one and take their numbers from its code', () => {
    const at = after([{ do: 'merge', areaIds: ['as', 'an'], into: part('one', '990000101003') }]);
    expect(at.get('one')).toMatchObject({ kind: 'community', parentId: 'a', path: ['c', 'a', 'one'] });
    expect(metresOf(at.get('one')!.geometry)).toBeCloseTo(metresOf(townA.geometry), -1);
    expect(['g', 'u', 'm'].map((id) => [at.get(id)!.code, at.get(id)!.path.slice(0, -1)])).toEqual(
      ['990000101003001', '990000101003002', '990000101003901'].map((code) => [code, ['c', 'a', 'one']]),
    );
    expect([at.has('as'), at.has('an')]).toEqual([false, false]);
    // Without a code of its own it leaves theirs to the grids.
    expect(after([{ do: 'merge', areaIds: ['as', 'an'], into: { areaId: 'one', name: { zh: '一' } } }]).get('u')!.code).toBe(upper.code);
  });

  it('merges two towns with all that is below them', () => {
    const at = after([{ do: 'merge', areaIds: ['a', 'b'], into: part('ab', '990000103') }]);
    expect(at.get('g')).toMatchObject({ path: ['c', 'ab', 'as', 'g'], code: grid.code });
    expect(at.get('bs')).toMatchObject({ parentId: 'ab', path: ['c', 'ab', 'bs'] });
  });

  it('divides a community along its grids: each goes with the part in which it lies', () => {
    const line: [number, number][] = [
      [112.9, 22.005],
      [113.1, 22.005],
    ];
    const parts = [part('s1', '990000101004'), part('s2', '990000101005')];
    const at = after([{ do: 'split', areaId: 'as', line, parts }]);
    expect(['g', 'm', 'u'].map((id) => [at.get(id)!.parentId, at.get(id)!.code])).toEqual([
      ['s1', '990000101004001'],
      ['s1', '990000101004901'],
      ['s2', '990000101005001'],
    ]);
    expect(at.get('u')!.path).toEqual(['c', 'a', 's2', 'u']);
    const through = line.map(([lon, lat]): [number, number] => [lon, lat - 0.0035]);
    expect(codeOf([{ do: 'split', areaId: 'as', line: through, parts }], none, net)).toBe('splitCutsBelow');
  });

  it('names both', () => {
    expect(areasNamed([hang('as', 'b')])).toEqual(['as', 'b']);
    expect(codesNamed([hang('u', 'an', '990000101002001'), hang('as', 'b')])).toEqual(['990000101002001']);
  });
});

it('names heirs that are there, also where one decision made an area and used it up', () => {
  const steps: RezoningStep[] = [
    { do: 'merge', areaIds: ['west', 'east'], into: part('all', '990000101001003') },
    {
      do: 'split',
      areaId: 'all',
      line: across.map(([x, y]) => [x + 0.01 * Math.sign(x - 113), y] as [number, number]),
      parts: [part('s', '990000101001004'), part('n', '990000101001005')],
    },
  ];
  const answer = rezone(NET, steps, none);
  expect(answer).toMatchObject({ ok: true });
  if (!answer.ok) return;
  const of = new Map(answer.changes.map((one) => [one.areaId, one]));
  expect([...of.keys()].sort()).toEqual(['east', 'n', 's', 'west']);
  for (const id of ['west', 'east']) expect([...of.get(id)!.into].sort()).toEqual(['n', 's']);
  for (const id of ['s', 'n']) expect([...of.get(id)!.from].sort()).toEqual(['east', 'west']);
});

it('follows an area to the one that took it over, and not into several', () => {
  const into = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['d', ['e', 'f']],
    ['x', ['y']],
    ['y', ['x']],
    ['gone', []],
  ]);
  expect(['a', 'c', 'd', 'gone'].map((id) => successorOf(id, into))).toEqual(['c', 'c', undefined, undefined]);
  expect(successorOf('x', into)).toBe('x');
});

describe('whatever is divided and merged in whatever order', () => {
  const cuts = fc.array(fc.record({ pick: fc.nat(), merge: fc.boolean(), angle: fc.double({ min: 0, max: Math.PI, noNaN: true }) }), {
    minLength: 1,
    maxLength: 6,
  });
  it('the ground stays covered once, the tree a tree, codes unique, and every area that went names what took it over', () => {
    fc.assert(
      fc.property(cuts, (plan) => {
        let net: readonly NetArea[] = NET;
        let serial = 100;
        const owners = new Map<string, string>(NET.map((one) => [one.code!, one.areaId]));
        const fresh = () => {
          const areaId = v7();
          return part(areaId, `990000101001${serial++}`);
        };
        for (const { pick, merge, angle } of plan) {
          const grids = net.filter((one) => one.kind === 'grid');
          const grid = grids[pick % grids.length]!;
          const ring = grid.geometry!.coordinates[0] as readonly Position[];
          const middle = [0, 1].map(
            (axis) => ring.slice(1).reduce((sum, at) => sum + at[axis]!, 0) / (ring.length - 1),
          ) as unknown as Position;
          const end = (side: number): [number, number] => [middle[0] + side * Math.cos(angle), middle[1] + side * Math.sin(angle)];
          const line = [end(-1), end(1)];
          const parts = merge ? undefined : partsOf(grid.geometry!, line);
          const step: RezoningStep =
            parts && Array.isArray(parts)
              ? { do: 'split', areaId: grid.areaId, line, parts: parts.map(fresh) }
              : { do: 'merge', areaIds: [grid.areaId, grids[(pick + 1) % grids.length]!.areaId], into: fresh() };
          const answer = rezone(net, [step], owners);
          if (!answer.ok) {
            // Grids that do not touch stay as they are; nothing else may be refused.
            expect(['partsApart', 'mergeNeedsTwo', 'selfCrossing', 'tooSmall']).toContain(answer.code);
            continue;
          }
          net = answer.net;
          for (const one of net) if (one.code) owners.set(one.code, one.areaId);
          for (const { before, after, into } of answer.changes)
            if (before && !after) expect(into.every((id) => net.some(({ areaId }) => areaId === id))).toBe(true);
        }
        const grids = net.filter((one) => one.kind === 'grid');
        const sum = grids.reduce((n, one) => n + metresOf(one.geometry), 0);
        expect(Math.abs(sum - metresOf(community.geometry))).toBeLessThan(1);
        expect(
          overlapsOf(
            grids.map(({ areaId, geometry }) => ({ areaId, geometry: geometry! })),
            undefined,
            1,
          ),
        ).toEqual([]);
        expect(
          gapsOf(
            community.geometry!,
            grids.map(({ geometry }) => geometry!),
            1,
          ),
        ).toEqual([]);
        expect(new Set(net.map(({ code }) => code)).size).toBe(net.length);
        const byId = new Map(net.map((one) => [one.areaId, one]));
        for (const one of net) expect(one.path).toEqual([...(one.parentId ? byId.get(one.parentId)!.path : []), one.areaId]);
      }),
      {
        numRuns: 40,
        // Corners cut into a slanting border of kilometres: the measure itself once found metres of gap there.
        examples: [
          [
            [
              { pick: 0, merge: true, angle: 0 },
              { pick: 0, merge: false, angle: 0.2897110426634005 },
              { pick: 0, merge: false, angle: 0 },
            ],
          ],
        ],
      },
    );
  });
});

it('suggests the next free codes, those of dedicated grids apart', () => {
  const used = NET.map(({ code }) => code);
  expect(suggestCodes(used, '990000101001', 'grid', 2)).toEqual(['990000101001003', '990000101001004']);
  expect(suggestCodes(used, '990000101001', 'dedicatedGrid', 1)).toEqual(['990000101001902']);
  expect(suggestCodes(['990000101001899'], '990000101001', 'grid', 1)).toEqual([]);
  expect(suggestCodes(used, '990000101', 'grid', 1)).toEqual([]);
});
