import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedBy, signsOf } from './service.ts';

/** Whether a document of these signs answers a question, as the database judges a tsquery of words and beginnings. */
const finds = (text: string, question: string): boolean => {
  const signs = signsOf(text);
  return askedBy(question)
    .query!.split(' & ')
    .every((part) => {
      const sign = /^'(.*)'(:\*)?$/u.exec(part)!;
      return signs.some((one) => (sign[2] ? one.startsWith(sign[1]!) : one === sign[1]));
    });
};

describe('the signs of a text', () => {
  test.each([
    ['路灯不亮了', ['路灯', '灯不', '不亮', '亮了', '了']],
    ['3栋KTV噪音，3栋', ['3', '栋', 'ktv', '噪音', '音']],
    ['𠮷野家 café', ['𠮷野', '野家', '家', 'café']],
    ['…！', []],
  ])('%s: pairs of Han signs, the last alone, other words whole', (text, signs) => {
    expect(signsOf(text)).toEqual(signs);
  });
  test.each([
    ['路灯', "'路灯'"],
    ['路灯不', "'路灯' & '灯不'"],
    ['路灯不亮', "'路灯' & '不亮'"],
    ['灯', "'灯':*"],
    ['KTV噪', "'ktv' & '噪':*"],
    ['噪音kt', "'噪音' & 'kt':*"],
    [' 公园　路灯 ', "'公园' & '路灯'"],
    ["o'b\\c", "'o' & 'b' & 'c'"],
    ['a', "'a'"],
    ['？', undefined],
  ])('a question for %s', (question, query) => {
    expect(askedBy(question).query).toBe(query);
  });
  test('are whole letters, where a word is too long to keep', () => {
    for (const sign of signsOf(`a${'𝐀'.repeat(100)}`)) expect(sign.isWellFormed()).toBe(true);
  });
  test('lexemes that must be there besides are quoted, and phrases are patterns that say what they say', () => {
    expect(askedBy('50%_折', ["a:it's"])).toEqual({ query: "'50' & '折':* & 'a:it''s'", phrases: ['%50\\%\\_折%'] });
  });
  const text = fc.array(fc.constantFrom(...'路灯不亮公园入口，。 3栋7号kt𠮷'), { minLength: 1, maxLength: 60 });
  test('whatever stands in a text is found', () => {
    fc.assert(
      fc.property(text, fc.nat(60), fc.integer({ min: 1, max: 30 }), (signs, from, length) => {
        const at = from % signs.length;
        const part = signs.slice(at, at + length).join('');
        // A word of letters is asked for from its beginning.
        const isWord = /[a-z\d]/u;
        const next = signs[at + length] ?? '';
        fc.pre(/[\p{L}\p{N}]/u.test(part) && !(isWord.test(signs[at - 1] ?? '') && isWord.test(part[0]!)));
        // And one letter is asked for as a word.
        fc.pre(!(isWord.test(next) && /(?:^|[^a-z\d])[a-z\d]$/u.test(part)));
        return finds(signs.join(''), part);
      }),
    );
  });
});
