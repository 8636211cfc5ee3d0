import { expect, it } from 'vitest';
import { listed } from './words.ts';

it('several things stand in one sentence without an "and", in the marks of the language', () => {
  expect(listed(['甲', '乙', '丙'], 'zh')).toBe('甲、乙、丙');
  expect(listed(['甲', '乙'], 'zh')).toBe('甲、乙');
  expect(listed(['a', 'b', 'c'], 'en')).toBe('a, b, c');
  expect(listed(['a', 'b'], 'en')).toBe('a, b');
  expect(listed(['甲'], 'zh')).toBe('甲');
  expect(listed([], 'en')).toBe('');
});
