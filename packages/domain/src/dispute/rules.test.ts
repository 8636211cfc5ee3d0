import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { release } from '../publish/rules.ts';
import type { Counted } from '../publish/schema.ts';
import { daysOfMonth, firstStep, type Group, monthTree } from './rules.ts';
import { DISPUTE_KINDS, type NewDispute } from './schema.ts';
import { WAYS } from './way/data.ts';

const dispute = (more: Partial<NewDispute>): NewDispute => ({
  id: '0199a000-0000-7000-8000-000000000001',
  kind: 'neighbour',
  origin: 'applied',
  areaId: '0199a000-0000-7000-8000-000000000002',
  facts: '楼上漏水',
  parties: [{ name: '甲' }, { name: '乙' }],
  mediatedOn: '2026-09-30',
  outcome: 'goesOn',
  ...more,
});

describe('the first step of what was written down', () => {
  it.each([
    [{ outcome: 'atOnce', agreement: '当场道歉' }, 'settleAtOnce'],
    [{ outcome: 'byDay', agreement: '赔偿', performBy: '2026-10-20' }, 'settleByDay'],
    [{ outcome: 'unsettled', ways: '可以起诉' }, 'endUnsettled'],
    [{ outcome: 'goesOn' }, 'beginMediation'],
    [{ outcome: 'asks' }, 'askConsent'],
    [{ outcome: 'atOnce' }, 'fieldMissing agreement'],
    [{ outcome: 'atOnce', agreement: '  ' }, 'fieldMissing agreement'],
    [{ outcome: 'byDay', performBy: '2026-10-20' }, 'fieldMissing agreement'],
    [{ outcome: 'byDay', agreement: '赔偿' }, 'fieldMissing performBy'],
    [{ outcome: 'unsettled' }, 'fieldMissing ways'],
    [{ outcome: 'goesOn', mediatedOn: '2026-10-01' }, 'dateInFuture mediatedOn'],
  ] as const)('%j', (more, said) => {
    const first = firstStep(dispute(more), '2026-09-30');
    expect(first.ok ? first.step.action : `${first.code} ${first.field}`).toBe(said);
  });
});

it('a month is the days from its first to the first of the next', () => {
  expect(daysOfMonth('2026-09')).toEqual({ from: '2026-09-01', to: '2026-10-01' });
  expect(daysOfMonth('2026-12')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
});

describe('the figures of a month', () => {
  const group = (path: string[], cases: number, kind: Group['kind'] = 'neighbour'): Group => ({ path, cases, kind });
  const adds = ({ count, parts }: Counted): boolean =>
    parts.every((part) => part.reduce((total, child) => total + child.count, 0) === count && part.every(adds));

  const leaf = (id: string) => ({ id, below: [] });
  const city = { id: 'city', below: [{ id: 'a', below: [leaf('a1'), leaf('a2')] }, leaf('b')] };

  it('stand by area, also where there were none, and for the whole by kind; what has no nearer area is a part of its own', () => {
    const tree = monthTree(city, [group(['city', 'a', 'a1'], 6), group(['city', 'a'], 2, 'family'), group(['city'], 1)]);
    const of = (part: readonly Counted[] | undefined) => part?.map(({ id, count }) => [id, count]);
    expect([tree.count, of(tree.parts[0])]).toEqual([
      9,
      [
        ['a', 8],
        ['b', 0],
        ['city-elsewhere', 1],
      ],
    ]);
    expect(of(tree.parts[0]![0]!.parts[0])).toEqual([
      ['a1', 6],
      ['a2', 0],
      ['a-elsewhere', 2],
    ]);
    expect(of(tree.parts[1]!.filter(({ count }) => count > 0))).toEqual([
      ['family', 2],
      ['neighbour', 7],
    ]);
  });
  it('name the same areas whatever was counted, and add up, so that they can be released', () => {
    const names = ({ id, parts }: Counted): string[] => [id, ...parts.flat().flatMap(names)];
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            path: fc.constantFrom(['city'], ['city', 'a'], ['city', 'a', 'a1'], ['city', 'a', 'a2', 'grid'], ['city', 'b', 'b1']),
            cases: fc.integer({ min: 1, max: 9 }),
            kind: fc.constantFrom(...DISPUTE_KINDS),
          }),
          { maxLength: 20 },
        ),
        (groups) => {
          const tree = monthTree(city, groups);
          expect([adds(tree), tree.count]).toEqual([true, groups.reduce((sum, { cases }) => sum + cases, 0)]);
          expect(names(tree)).toEqual(names(monthTree(city, [])));
          expect(() => release(tree)).not.toThrow();
        },
      ),
    );
  });
});

it('every way that is told says by which article it counts days and money', () => {
  const said = WAYS.ways.flatMap(({ id, fits, costs, takes, binds }) =>
    Object.entries({ fits, costs, takes, binds }).map(([what, told]) => ({ key: `${id}.${what}`, ...told })),
  );
  const counts = /[一二三四五六七八九十]+(?:日|天|年|个月)|不收费|终局|先申请/u;
  expect(said.filter(({ words, source }) => !source && counts.test(words.zh)).map(({ key }) => key)).toEqual(['mediation.takes']);
});

it('of land one asks for reconsideration before a suit, and an award of small pay is the last word', () => {
  const binds = (id: string) => WAYS.ways.find((way) => way.id === id)!.binds;
  expect(binds('ruling').words.zh).toContain('先申请行政复议，再起诉');
  expect(binds('labour').words.zh).toContain('一裁终局');
});
