import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  answered,
  answerLine,
  answersTo,
  lacksAnswers,
  MOST_SIGNS,
  proposeCategories,
  proposeDemand,
  signsOver,
  withAnswers,
} from './rules.ts';
import type { Question } from './schema.ts';

const category = (id: string, zh: string, en: string) => ({ id, parentId: id.split('.')[0]!, name: { zh, en } });
const CATEGORIES = [
  { id: 'municipal', name: { zh: '市政设施' } },
  category('municipal.lampOut', '路灯不亮', 'Street lamp out'),
  category('municipal.cover', '井盖缺失', 'Manhole cover missing'),
  category('housing.trapped', '电梯困人', 'Trapped in a lift'),
  category('housing.lift', '电梯故障', 'Lift broken'),
  category('services.health', '医保咨询', 'Health insurance'),
  category('services.social', '社保咨询', 'Social insurance'),
];
const propose = (text: string) => proposeCategories(text, CATEGORIES);

test.each([
  ['小区门口的路灯晚上不亮', 'municipal.lampOut', ['路灯', '不亮']],
  ['路灯坏了一个月', 'municipal.lampOut', ['路灯']],
  ['人行道上的井盖不见了', 'municipal.cover', ['井盖']],
  ['请问医保怎么办理', 'services.health', ['医保']],
])('“%s” suggests %s, because of the words it shares', (text, id, because) => {
  expect(propose(text)[0]).toEqual({ categoryId: id, because });
});

test('words that fit two kinds propose both; words of many kinds, and none, propose nothing', () => {
  expect(propose('电梯又坏了').map(({ categoryId }) => categoryId)).toEqual(['housing.lift', 'housing.trapped']);
  expect(propose('我想咨询一下')).toEqual([]);
  expect(propose('')).toEqual([]);
  expect(propose('Two street lamps are dark')[0]?.categoryId).toBe('municipal.lampOut');
});

test('whatever is written, what is proposed can be chosen, and is three kinds at most', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const found = propose(text);
      expect(found.length).toBeLessThanOrEqual(3);
      for (const { categoryId, because } of found) {
        expect(CATEGORIES.some(({ id }) => id === categoryId && id.includes('.'))).toBe(true);
        expect(because.length).toBeGreaterThan(0);
      }
    }),
  );
});

test('what somebody wants is read from the plainest word, or not at all', () => {
  expect(proposeDemand('请问社保怎么交')).toEqual({ kind: 'consultation', because: '请问' });
  expect(proposeDemand('我要投诉物业')).toEqual({ kind: 'complaint', because: '投诉' });
  expect(proposeDemand('路灯不亮')).toEqual({ kind: 'help', because: '不亮' });
  expect(proposeDemand('人民公园北门')).toBeUndefined();
});

test('answers become lines of the report in the words of whoever works on it', () => {
  const question = (kind: Question['kind']): Question => ({
    code: 'q',
    label: { zh: '几盏', en: 'How many' },
    kind,
    required: true,
    ...(kind.startsWith('choice')
      ? {
          options: [
            { value: 'one', label: { zh: '一盏' } },
            { value: 'many', label: { zh: '一片' } },
          ],
        }
      : {}),
  });
  expect(answerLine(question('text'), ' 两 盏 ')).toBe('几盏：两 盏');
  expect(answerLine(question('choice'), 'one')).toBe('几盏：一盏');
  expect(answerLine(question('choices'), ['one', 'many'])).toBe('几盏：一盏、一片');
  expect(answerLine(question('instant'), '2026-09-30T21:40')).toBe('几盏：2026-09-30 21:40');
  for (const [kind, value] of [
    ['text', ' '],
    ['choice', 'none'],
    ['choices', []],
    ['note', 'x'],
  ] as const)
    expect(answerLine(question(kind), value)).toBe('');
});

test('what must be answered is lacking until it is, or whoever reports is said not to know; a question that changed meanwhile is asked again', () => {
  const label = { zh: '桶的大小' };
  const size: Question = { code: 'size', label, kind: 'choice', required: true, options: [{ value: 'small', label: { zh: '小桶' } }] };
  const note: Question = { code: 'note', label: { zh: '请勿触碰' }, kind: 'note', required: false };
  const waste: Question = { ...size, code: 'waste', label: { zh: '有哪些' }, kind: 'choices', required: false };
  const begun = answersTo([note, size, waste]);
  expect(begun.map(({ code, value }) => [code, value])).toEqual([
    ['size', ''],
    ['waste', []],
  ]);
  expect(lacksAnswers(begun)).toBe(true);
  expect(withAnswers('满了', begun)).toBe('满了');
  const small = answered(answered(begun, size, 'small'), waste, ['small']);
  expect(lacksAnswers(small)).toBe(false);
  expect(withAnswers('满了', small)).toBe('满了\n桶的大小：小桶\n有哪些：小桶');
  expect(answersTo([note, size, waste], small)).toEqual(small);
  const unknown = answered(small, size, { isUnknown: true });
  expect(lacksAnswers(unknown)).toBe(false);
  expect(withAnswers('满了', unknown)).toBe('满了\n桶的大小：说不清\n有哪些：小桶');
  // Said again, it is known; of a choice that is there no more nothing stands.
  expect(answered(unknown, size, 'small')).toEqual(small);
  expect(lacksAnswers(answersTo([{ ...size, options: [{ value: 'large', label: { zh: '大桶' } }] }], small))).toBe(true);
});

test('words and answers are too long together, each sign counted once whatever it is made of', () => {
  const line = (words: string) => ({ code: 'n', required: false, value: words, line: `几盏：${words}` });
  expect(signsOver('灯'.repeat(MOST_SIGNS), [])).toBe(0);
  expect(signsOver('💡'.repeat(MOST_SIGNS), [])).toBe(0);
  expect(signsOver(`  ${'灯'.repeat(MOST_SIGNS)}\n`, [])).toBe(0);
  expect(signsOver('灯'.repeat(MOST_SIGNS), [line('2')])).toBe(5);
  expect(signsOver('灯'.repeat(MOST_SIGNS - 5), [line('2')])).toBe(0);
  expect(signsOver('灯'.repeat(MOST_SIGNS), [{ ...line(''), line: '' }])).toBe(0);
});
