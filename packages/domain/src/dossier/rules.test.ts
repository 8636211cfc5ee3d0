import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dossierOf, paginate } from './rules.ts';
import type { DossierItem, Slot } from './schema.ts';

const file = (id: string): DossierItem => ({ kind: 'file', id, title: id });
const paper = (id: string, slot?: Slot) => ({ item: { kind: 'paper', id, title: id } as const, slot });
const missing = (parts: Partial<Parameters<typeof dossierOf>[0]>): string[] =>
  dossierOf({ papers: [], files: [], placed: [], steps: [], ...parts }).slots.flatMap(({ slot, missing: lacks }) => (lacks ? [slot] : []));

test('what the ministry demands is missing until it is there; an agreement only where one was reached', () => {
  expect(missing({})).toEqual(['application', 'rights', 'identity', 'mediation']);
  expect(missing({ steps: ['beginMediation', 'endUnsettled'] })).not.toContain('agreement');
  for (const step of ['settleAtOnce', 'settleByDay', 'takeEffect', 'takeEffectLasting', 'takeEffectLastingInSuit'])
    expect(missing({ steps: [step] })).toContain('agreement');
  expect(
    missing({ steps: ['takeEffect'], papers: [paper('p', 'agreement')], files: [file('f')], placed: [{ fileId: 'f', slot: 'identity' }] }),
  ).toEqual(['application', 'rights', 'mediation']);
});

test('an attachment stands where it was put last, or beside the file', () => {
  const files = [file('a'), file('b')];
  const placed = [{ fileId: 'a', slot: 'evidence' as const }, { fileId: 'b', slot: 'identity' as const }, { fileId: 'a' }];
  const { slots, loose } = dossierOf({ papers: [paper('p')], files, placed, steps: [] });
  expect(slots.flatMap(({ slot, items }) => items.map(({ id }) => `${slot} ${id}`))).toEqual(['identity b']);
  expect(loose.map(({ id }) => id)).toEqual(['a']);
});

test('pages are numbered over the whole without a gap', () => {
  expect(
    paginate([
      { title: 'a', pages: 2 },
      { title: 'none', pages: 0 },
      { title: 'b', pages: 1 },
    ]),
  ).toEqual([
    { title: 'a', from: 1, to: 2 },
    { title: 'b', from: 3, to: 3 },
  ]);
  fc.assert(
    fc.property(fc.array(fc.record({ title: fc.string(), pages: fc.nat(9) })), (pieces) => {
      const lines = paginate(pieces);
      expect(lines.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i))).toEqual(
        Array.from({ length: pieces.reduce((sum, { pages }) => sum + pages, 0) }, (_, i) => i + 1),
      );
    }),
  );
});
