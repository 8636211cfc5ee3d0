import { describe, expect, it } from 'vitest';
import { among, readProxies, trusting } from './proxies.ts';

const read = (text: string | undefined) => readProxies('TONGXIN_TRUST_PROXY', text);

describe('whose headers are believed', () => {
  it.each([
    'yes',
    '-1',
    '1.5',
    '17',
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.0/0',
    '::/129',
    '10.0.0.1,,10.0.0.2',
    '10.0.0.1/8/8',
    '10.0.0.1/',
  ])('is not to be said as %s', (text) => expect(() => read(text)).toThrow(expect.objectContaining({ code: 'settingUnfit' })));

  it.each([
    [undefined, false],
    ['', false],
    ['false', false],
    ['0', false],
    ['true', 1],
    ['2', 2],
    ['10.0.0.5, 10.1.0.0/16,::1', ['10.0.0.5', '10.1.0.0/16', '::1']],
  ])('is said as %s', (text, meant) => expect(read(text)).toEqual(meant));

  it('is one proxy, or so many in a row, and never whoever stands before them', () => {
    const one = trusting(1) as (address: string, hop: number) => boolean;
    expect([one('10.0.0.5', 0), one('203.0.113.7', 1)]).toEqual([true, false]);
    expect(trusting(false)).toBe(false);
  });

  it('is who has one of the addresses, also when an IPv4 address arrives over IPv6', () => {
    const known = among(['10.0.0.5', '10.1.0.0/16', 'fd00::/8']);
    expect(['10.0.0.5', '10.1.9.9', '::ffff:10.1.9.9', 'fd12::1'].map(known)).toEqual([true, true, true, true]);
    expect(['10.0.0.6', '10.2.0.1', '127.0.0.1', 'fe80::1', '', 'unknown'].map(known)).toEqual([false, false, false, false, false, false]);
  });
});
