import { expect, test } from 'vitest';
import { makeTally } from './tally.ts';

test('each address is counted for itself, a household of IPv6 as one, and all begin anew with the window', () => {
  let now = 0;
  const tally = makeTally(1000, () => now);
  expect([tally.add('203.0.113.7'), tally.add('203.0.113.7'), tally.add('203.0.113.8')]).toEqual([1, 2, 1]);
  expect([tally.add('2001:db8:1:2::5'), tally.add('2001:db8:1:2:9::1'), tally.add('2001:db8:1:3::1')]).toEqual([1, 2, 1]);
  now = 1000;
  expect([tally.of('203.0.113.7'), tally.add('203.0.113.7')]).toEqual([0, 1]);
});
