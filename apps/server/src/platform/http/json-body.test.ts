import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlain, parseJson } from './json-body.ts';

const parse = (text: string | Buffer) => parseJson(Buffer.from(text));

describe('a request body', () => {
  it.each([
    ['cut off', '{"a":1', 'malformedJson'],
    ['no JSON', 'a=1&b=2', 'malformedJson'],
    ['nested a hundred deep', `${'['.repeat(100)}${']'.repeat(100)}`, 'nestedTooDeep'],
    ['nested a million deep and cut off', '['.repeat(1_000_000), 'nestedTooDeep'],
    ['with NUL by escape', '{"a":"\\u0000"}', 'forbiddenCharacter'],
    ['with NUL in a key', '{"\\u0000":1}', 'forbiddenCharacter'],
    ['with half a surrogate pair', '{"a":"\\ud83d"}', 'forbiddenCharacter'],
    ['in GB 18030', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xb5, 0xc6, 0x22, 0x7d]), 'notUtf8'],
    ['that reaches for the prototype', '{"__proto__":{"admin":true}}', 'malformedJson'],
    ['that reaches for the prototype by escape', '{"\\u005f_proto__":1}', 'malformedJson'],
  ])('%s is refused', (_what, body, code) => expect(() => parse(body)).toThrow(code));

  it('with brackets and escapes inside strings is not nested', () => {
    const text = `${'["'.repeat(50)}\\"\\u4f60 constructor`;
    expect(parse(JSON.stringify({ text }))).toEqual({ text });
  });

  it('that JSON.stringify made of plain values is read as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }).filter(isPlain), (value) => {
        const text = JSON.stringify(value);
        if (/"(__proto__|constructor|prototype)":/u.test(text)) return;
        expect(JSON.stringify(parse(text))).toBe(text);
      }),
    );
  });
});
