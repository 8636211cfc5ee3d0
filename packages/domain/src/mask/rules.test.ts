import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedTitle, maskWords } from './rules.ts';

describe('masking words', () => {
  test.each([
    ['我的电话13812345678请回', '138********'],
    ['电话 138 1234 5678', '138********'],
    ['身份证11010519491231002X', '******************'],
    ['座机0760-88881234', '0**-*******'],
    ['车牌粤T12345堵路', '粤T*****'],
    ['联系人：张小明', '联系人：张**'],
    ['找王建国先生', '王**先生'],
    ['mail someone.x@example.com.cn now', '***@***'],
  ])('%s is masked', (words, part) => {
    expect(maskWords(words)).toContain(part);
  });
  test('no run of eleven digits of a telephone survives, whatever stands around it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), fc.stringMatching(/^[一-龥，。]{0,8}$/), (phone, around) => {
        expect(maskWords(`${around}${phone}${around}`)).not.toContain(phone);
      }),
    );
  });
  test('numbers that name no one stay', () => {
    expect(maskWords('路灯编号 1024 在 3 号楼，2026年9月30日')).toBe('路灯编号 1024 在 3 号楼，2026年9月30日');
  });
  test('a title is one line of at most 60 characters', () => {
    expect([...maskedTitle('路\n灯'.repeat(100))].length).toBeLessThanOrEqual(60);
  });
});
