import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeDialled, getsMessages, normalPhone } from './rules.ts';

describe('a telephone', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    ['138 0013 8000', '+8613800138000'],
    ['１３８００１３８０００', '+8613800138000'],
    ['+86-138-0013-8000', '+8613800138000'],
    ['008613800138000', '+8613800138000'],
    ['0760-88881234', '+8676088881234'],
    ['+86 0760-88881234', '+8676088881234'],
    ['(010) 6666 1234', '+861066661234'],
    ['+447700900123', '+447700900123'],
  ])('%s is %s', (written, stored) => expect(normalPhone(written)).toBe(stored));

  it.each(['', '12345', '23800138000', '1380013800', 'one three eight', '+0123456789', '+1234'])('%j is no telephone', (written) =>
    expect(normalPhone(written)).toBeUndefined(),
  );

  it('is stored the same when it is stored again', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?[0-9 -]{5,18}$/u), (written) => {
        const once = normalPhone(written);
        return once === undefined || normalPhone(once) === once;
      }),
    );
  });

  it('without an area code or with an extension can be dialled, words cannot', () => {
    for (const written of ['88881234', '12345', '0760-88881234 转 801', '１３８００１３８０００']) expect(canBeDialled(written)).toBe(true);
    for (const written of ['', '无', '1234', '----', '一二三四五']) expect(canBeDialled(written)).toBe(false);
  });
});

it('a message reaches a mobile number and one abroad, no landline, and nothing that is no number', () => {
  for (const one of ['13800138000', '+86 138 0013 8000', '+852 9123 4567']) expect([one, getsMessages(one)]).toEqual([one, true]);
  for (const one of ['0760-88881234', '+86 0760 88881234', '+8676088881234', '12348', '8888 0000', '问邻居'])
    expect([one, getsMessages(one)]).toEqual([one, false]);
});
