import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uuidv7 } from './uuidv7.ts';

const time = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

test('an id made on a phone is a UUID of version 7 and carries its instant', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (now) => {
      const id = uuidv7(now);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(time(id)).toBe(now);
    }),
  );
});

test('ids made later sort later, ids made together differ', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: 1, max: 2 ** 40 }), (a, gap) => uuidv7(a) < uuidv7(a + gap)),
  );
  expect(new Set(Array.from({ length: 5000 }, () => uuidv7(1))).size).toBe(5000);
});
