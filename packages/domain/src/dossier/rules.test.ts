import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dossierOf, paginate, signedOnScreen } from './rules.ts';
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

test('a signature on screen has its proof in the file: under the words that stand, and in place of nothing that is missing', () => {
  const signed = (side: string, way: string) => ({
    type: 'agreement.signed',
    at: '2026-10-12T02:00:00.000Z',
    answers: [
      { id: 'signer', label: { zh: '签名人' }, value: 'x', valueLabel: { zh: side } },
      { id: 'way', label: { zh: '方式' }, value: way },
      { id: 'digest', label: { zh: '校验值' }, value: 'ab' },
    ],
  });
  const revised = { type: 'case.acted', action: 'revise', at: '2026-10-12T02:00:00.000Z', answers: [] };
  const record = [signed('甲方', 'account'), revised, signed('甲方', 'code'), signed('乙方', 'paper')];
  expect(signedOnScreen(record)).toMatchObject([{ side: '甲方', proof: expect.stringContaining('验证码'), digest: 'ab' }]);
  expect(signedOnScreen(record.slice(0, 2))).toEqual([]);
  const made = [{ slot: 'agreement', item: { kind: 'made', id: 'm', title: 'm' } }] as const;
  expect(missing({ steps: ['takeEffect'], made })).toContain('agreement');
  const { slots } = dossierOf({ papers: [paper('p', 'agreement')], files: [], placed: [], made, steps: [] });
  expect(slots.find(({ slot }) => slot === 'agreement')!.items.map(({ id }) => id)).toEqual(['p', 'm']);
});
