import { createHash } from 'node:crypto';
import { effortText, leadingZeroBits, readEffort } from '@tongxin/domain/effort/rules.ts';
import { expect, test } from 'vitest';
import { makeEffort } from './effort.ts';

test('what a phone finds is what the server asks for', async () => {
  const found = readEffort(await makeEffort('abcdefghijklmnopqrstuv', 10));
  const hash = createHash('sha256').update(effortText(found!.stamp, found!.nonce)).digest();
  expect(leadingZeroBits(hash)).toBeGreaterThanOrEqual(10);
});
