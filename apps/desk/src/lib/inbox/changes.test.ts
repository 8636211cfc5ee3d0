import { expect, test } from 'vitest';
import { hear, listen, now, since } from './changes.ts';

test('who looks on from a moment hears each case that changed since, once; who was away for too long hears that', () => {
  let told = 0;
  const stop = listen(() => {
    told += 1;
  });
  const start = now();
  for (const id of ['a', 'b', 'a']) hear(id);
  expect(since(start)).toEqual(['b', 'a']);
  const later = now();
  expect(since(later)).toEqual([]);
  hear('c');
  expect([since(later), told]).toEqual([['c'], 4]);
  stop();
  for (let i = 0; i < 5_001; i++) hear(`x${i}`);
  expect(told).toBe(4);
  expect(since(start)).toBeUndefined();
  expect(since(now())).toEqual([]);
});
