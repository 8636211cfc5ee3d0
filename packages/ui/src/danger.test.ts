import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dangerIn } from './danger.ts';

test.each([
  '路口两盏路灯不亮',
  '火车站广场垃圾没人清',
  '煤气公司多收了费',
  '电梯广告太多',
  '邻居打麻将到半夜',
  'The lift lobby is dirty',
  '',
])('an everyday matter shows no emergency number: %s', (text) => {
  expect(dangerIn(text)).toEqual([]);
});

test.each([
  ['三楼着火了，浓烟很大', ['119', '120']],
  ['楼道里有很重的燃气味', ['119']],
  ['有老人被困在电梯里', ['119']],
  ['楼下有人持刀打人', ['110']],
  ['隔壁家暴，孩子在哭', ['110']],
  ['有人晕倒在公交站', ['120']],
  ['I smell GAS in the corridor', ['119']],
  ['Someone is trapped and there was an explosion', ['119', '120']],
])('danger shows the numbers to call: %s', (text, numbers) => {
  expect(dangerIn(text)).toEqual(numbers);
});

test('a category’s own numbers are shown whatever the words are, and words never take them away', () => {
  fc.assert(
    fc.property(fc.string(), fc.subarray(['110', '119', '120']), (text, numbers) => {
      const shown: string[] = dangerIn(text, numbers);
      for (const number of numbers) expect(shown).toContain(number);
    }),
  );
});
