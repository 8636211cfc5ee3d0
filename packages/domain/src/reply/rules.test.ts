import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLANK, checkReply, fillReply, suits } from './rules.ts';
import { PLACEHOLDERS } from './schema.ts';

const check = (text: string, title = '已派单') => {
  const answer = checkReply({ title, text });
  return answer.ok ? 'ok' : answer.code;
};

test.each([
  ['', 'fieldMissing'],
  ['   ', 'fieldMissing'],
  ['您好，{name}', 'unknownPlaceholder'],
  ['您好，{phone}', 'unknownPlaceholder'],
  ['您好，{ caseNumber }', 'unknownPlaceholder'],
  ['您好，{caseNumber', 'unknownPlaceholder'],
  ['您好，caseNumber}', 'unknownPlaceholder'],
  ['您好，{{caseNumber}}', 'unknownPlaceholder'],
  ['您好，{constructor}', 'unknownPlaceholder'],
  ['请打 13812345678 找我', 'personInTemplate'],
  ['由王建国师傅上门', 'personInTemplate'],
  ['您反映的{category}（编号{caseNumber}）已转{leadOrganization}，{dueDate}前办结。', 'ok'],
])('%s: %s', (text, answer) => expect(check(text)).toBe(answer));

test('a title may name nobody either', () => expect(check('请稍候', '转王建国师傅')).toBe('personInTemplate'));

test('what may be kept leaves nothing open once it is filled', () => {
  const piece = fc.oneof(fc.constantFrom(...PLACEHOLDERS.map((name) => `{${name}}`)), fc.string({ maxLength: 12 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      fc.pre(check(text) === 'ok');
      expect(fillReply(text, {})).not.toMatch(/[{}]/u);
    }),
  );
});

test('a fact that is not known is a blank to see, and a value is words', () => {
  expect(fillReply('编号{caseNumber}，{dueDate}前', { caseNumber: 'GD2026-0000001' })).toBe(`编号GD2026-0000001，${BLANK}前`);
  expect(fillReply('{area}', { area: '{caseNumber}$&' })).toBe('{caseNumber}$&');
});

test('a template is offered for its categories and those below them', () => {
  const of = (categoryIds: string[], retired = false) => ({ categoryIds, retired });
  expect([
    suits(of([]), undefined),
    suits(of(['municipal']), 'municipal.lampOut'),
    suits(of(['municipal.lampOut']), 'municipal.lampOut'),
    suits(of(['municipal.lamp']), 'municipal.lampOut'),
    suits(of(['municipal']), undefined),
    suits(of([], true), 'municipal.lampOut'),
  ]).toEqual([true, true, true, false, false, false]);
});
