import type { NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryStore } from './memory-store.ts';
import { makeOutbox } from './outbox.ts';
import { ApiProblem } from './problem.ts';
import type { UploadFile } from './upload.ts';
import { uuidv7 } from './uuidv7.ts';

/** A filing desk that remembers what it was sent and fails as told. */
const desk = () => {
  const filed = new Map<string, NewCase>();
  const files: string[] = [];
  const trouble: (ApiProblem | undefined)[] = [];
  const next = (): void => {
    const problem = trouble.shift();
    if (problem) throw problem;
  };
  return {
    filed,
    files,
    trouble,
    // Nothing goes by itself: the test says when.
    later: () => () => undefined,
    upload: async (_: string, file: UploadFile) => {
      next();
      files.push(file.fileId);
    },
    file: async (body: NewCase): Promise<Receipt> => {
      next();
      filed.set(body.id, body);
      return { id: body.id, number: 'GD2026-1', queryCode: 'CODE', receivedAt: '2026-09-30T13:40:00.000Z' };
    },
  };
};
const offline = new ApiProblem(0, 'offline');
const refused = new ApiProblem(422, 'invalidInput', '有一项没有填对');
const report = (): NewCase => ({ id: uuidv7(), text: '路灯不亮' });
const photo = (): UploadFile => ({ fileId: uuidv7(), kind: 'photo', name: 'a.jpg', blob: new Blob(['x']) });

test('a refused report is kept with the reason and does not hold back the next one', async () => {
  const centre = desk();
  centre.trouble.push(refused);
  const store = memoryStore();
  const outbox = makeOutbox({ store, ...centre });
  const first = report();
  const second = { ...report(), id: `f${uuidv7().slice(1)}` };
  await outbox.add(first, []);
  await outbox.add(second, []);
  await outbox.flush();
  expect(await outbox.get(first.id)).toMatchObject({ state: 'refused', problem: { code: 'invalidInput', title: '有一项没有填对' } });
  expect(await outbox.get(second.id)).toMatchObject({ state: 'sent', receipt: { queryCode: 'CODE' } });
});

test('a report made without a network waits on the phone and goes out later, photographs once', async () => {
  const centre = desk();
  const outbox = makeOutbox({ store: memoryStore(), ...centre });
  const body = report();
  const [a, b] = [photo(), photo()];
  centre.trouble.push(undefined, offline);
  await outbox.add(body, [a, b]);
  await outbox.flush();
  expect(await outbox.get(body.id)).toMatchObject({ state: 'waiting', uploaded: [a.fileId] });
  centre.trouble.length = 0;
  await outbox.flush();
  expect(await outbox.get(body.id)).toMatchObject({ state: 'sent', files: [] });
  expect(centre.files).toEqual([a.fileId, b.fileId]);
});

test('a tab closed while sending sends again when opened', async () => {
  const centre = desk();
  const store = memoryStore();
  const body = report();
  await store.put({
    id: body.id,
    kind: 'fileCase',
    record: body.id,
    no: 1,
    body,
    files: [],
    uploaded: [],
    state: 'sending',
    queuedAt: '2026-09-30T13:40:00.000Z',
  });
  await makeOutbox({ store, ...centre }).flush();
  expect(centre.filed.has(body.id)).toBe(true);
});

test('whatever fails on the way, every report is filed exactly once in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 30 }), async (reports, failures) => {
      const centre = desk();
      centre.trouble.push(...failures.map((fails) => (fails ? offline : undefined)));
      const outbox = makeOutbox({ store: memoryStore(), ...centre });
      const bodies = Array.from({ length: reports }, report);
      const photos = bodies.map(() => photo());
      for (const [i, body] of bodies.entries()) await outbox.add(body, [photos[i]!]);
      for (let turn = 0; turn <= failures.length; turn++) await outbox.flush();
      expect([...centre.filed.keys()].sort()).toEqual(bodies.map(({ id }) => id).sort());
      expect(centre.files.sort()).toEqual(photos.map(({ fileId }) => fileId).sort());
      expect((await outbox.all()).every(({ state }) => state === 'sent')).toBe(true);
    }),
    { numRuns: 60 },
  );
});
