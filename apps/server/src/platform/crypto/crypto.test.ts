import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeCrypto, normalCode } from './crypto.ts';

const key = () => randomBytes(32).toString('base64');
const keys = { sealingKeys: { current: 'k1', keys: { k1: key() } }, indexKey: key(), receiptKey: key(), fileKey: key() };

describe.each(['aes-256-gcm', 'sm4'] as const)('sealing with %s', (cipher) => {
  const crypto = makeCrypto({ ...keys, cipher });
  test('what was sealed opens at its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (words, place) => {
        expect(crypto.open(crypto.seal(words, place), place).toString('utf8')).toBe(words);
      }),
    );
  });
  test('it opens nowhere else, and not after any one bit was changed', () => {
    const sealed = crypto.seal('张三，电话13800000000', 'event:a:1');
    expect(() => crypto.open(sealed, 'event:a:2')).toThrow();
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = changed[i]! ^ 1;
      expect(() => crypto.open(changed, 'event:a:1')).toThrow();
    }
  });
  test('the same words never look the same twice', () => {
    expect(crypto.seal('路灯', 'p').equals(crypto.seal('路灯', 'p'))).toBe(false);
  });
  test('words sealed under an old key open after the key was changed', () => {
    const sealed = crypto.seal('旧', 'p');
    const renewed = makeCrypto({ ...keys, cipher, sealingKeys: { current: 'k2', keys: { ...keys.sealingKeys.keys, k2: key() } } });
    expect(renewed.open(sealed, 'p').toString()).toBe('旧');
    expect(() => makeCrypto({ ...keys, cipher, sealingKeys: { current: 'k2', keys: { k2: key() } } }).open(sealed, 'p')).toThrow(
      'key that is not here',
    );
  });
});

describe('look-ups', () => {
  const crypto = makeCrypto(keys);
  test('a telephone is the same however it is written', () => {
    for (const phone of ['13800138000', '+86 138-0013-8000', '0086 138 0013 8000', '１３８００１３８０００'])
      expect(crypto.blindIndex('phone', phone).equals(crypto.blindIndex('phone', '13800138000'))).toBe(true);
    // What is no number is found as it was written, and by nothing else.
    expect(crypto.blindIndex('phone', ' 8888 转 2 ').equals(crypto.blindIndex('phone', '8888 转 2'))).toBe(true);
    expect(crypto.blindIndex('phone', 'x').equals(crypto.blindIndex('phone', 'y'))).toBe(false);
  });
  test('a query code is stable, has three groups of four, and forgives how it is typed', () => {
    const code = crypto.receiptCode('c', 'p');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(crypto.receiptCode('c', 'p')).toBe(code);
    expect(crypto.receiptCode('c', 'q')).not.toBe(code);
    expect(crypto.receiptHash(code.toLowerCase().replaceAll('-', ' ')).equals(crypto.receiptHash(code))).toBe(true);
    expect(normalCode('o0-iL1')).toBe('00111');
  });
  test('the same bytes in two places have two addresses', () => {
    expect(crypto.fileAddress('a', Buffer.from('x'))).not.toBe(crypto.fileAddress('b', Buffer.from('x')));
  });
});
