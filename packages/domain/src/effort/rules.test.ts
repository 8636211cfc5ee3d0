import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitsFor, leadingZeroBits, readEffort } from './rules.ts';

test('a few filings cost nothing; what follows costs more the more there is, and never more than a second', () => {
  expect([1, 30, 31, 119, 120, 479, 480, 100_000].map((n) => bitsFor(n, 30))).toEqual([undefined, undefined, 14, 14, 15, 15, 16, 16]);
});

test('bits are counted as a string of bits has them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
      fc.pre(bytes.some((byte) => byte !== 0));
      const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
      expect(leadingZeroBits(bytes)).toBe(bits.indexOf('1'));
    }),
  );
  expect(leadingZeroBits(new Uint8Array(4))).toBe(32);
});

test('a header that is no effort is none', () => {
  expect(readEffort('abcdefghijklmnop_-.12')).toEqual({ stamp: 'abcdefghijklmnop_-', nonce: 12 });
  for (const bad of [undefined, '', 'abc.1', 'abcdefghijklmnop.', 'abcdefghijklmnop.-1', 'abcdefghijklmnop.1e9', 'a b c d e f g h i j k.1'])
    expect(readEffort(bad)).toBeUndefined();
});
