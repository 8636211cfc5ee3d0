import { makeSignature } from 'better-auth/crypto';
import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { assertSameOrigin, signCookie, tokenOfCookie } from './caller.ts';

const SECRET = 'a secret of more than thirty-two characters';

describe('a session cookie', () => {
  it('that the sign-in library signed gives its token', async () => {
    expect(tokenOfCookie(`token-1.${await makeSignature('token-1', SECRET)}`, SECRET)).toBe('token-1');
    expect(tokenOfCookie(signCookie('token-1', SECRET), SECRET)).toBe('token-1');
  });

  it.each([
    '',
    '.',
    'token-1',
    'token-1.',
    'token-1.AAAA',
    '.AAAA',
    signCookie('token-1', 'another secret of thirty-two characters'),
    signCookie('token-2', SECRET).replace('2', '1'),
  ])('like %j gives nothing', (cookie) => expect(tokenOfCookie(cookie, SECRET)).toBeUndefined());
});

const request = (method: string, headers: Record<string, string | undefined>) =>
  ({ method, headers, host: 'town.example' }) as unknown as FastifyRequest;

describe('another site', () => {
  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://town.example.evil.example' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  ])('cannot use our cookie to write: %j', (headers) => expect(() => assertSameOrigin(request('POST', headers))).toThrow('otherSite'));

  it.each([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://town.example' },
    { origin: 'http://town.example' },
    {},
  ])('is not what our own page or a program is: %j', (headers) => expect(() => assertSameOrigin(request('POST', headers))).not.toThrow());

  it('may link to us', () => expect(() => assertSameOrigin(request('GET', { 'sec-fetch-site': 'cross-site' }))).not.toThrow());
});
