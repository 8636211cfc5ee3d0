import { createHash, randomBytes } from 'node:crypto';
import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import type { WorldPerson } from '@tongxin/testing/world.ts';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sweepUploads } from '../service.ts';

let server: TestServer;
let picture: Buffer;
beforeAll(async () => {
  server = await testServer();
  // Noise packs badly: a picture large enough to come in pieces.
  picture = await sharp(randomBytes(400 * 400 * 3), { raw: { width: 400, height: 400, channels: 3 } })
    .png()
    .toBuffer();
});
afterAll(() => server?.close());

type Caller = WorldPerson | 'anonymous';
const PIECE = 200_000;
const offsetOf = async (caller: Caller, id: string): Promise<number> =>
  (await server.as(caller, { url: `/api/v1/file-uploads/${id}` })).json<{ offset: number }>().offset;
const send = (caller: Caller, id: string, offset: number) =>
  server.as(caller, {
    method: 'PUT',
    url: `/api/v1/file-uploads/${id}/${offset}`,
    body: picture.subarray(offset, offset + PIECE),
    headers: { 'content-type': 'application/octet-stream' },
  });
const finish = (caller: Caller, id: string, path: string, sha256 = createHash('sha256').update(picture).digest('hex')) =>
  server.as(caller, {
    method: 'PUT',
    url: `/api/v1${path}`,
    body: Buffer.alloc(0),
    headers: { 'content-type': 'image/png', 'x-kind': 'photo', 'x-upload': id, 'x-sha256': sha256 },
  });

it('a picture that came in pieces, one of them twice, is the picture; nobody else sees or ends the upload', async () => {
  const [id, caseId] = [v7(), v7()];
  const path = `/cases/${caseId}/files/${id}`;
  expect(await offsetOf('anonymous', id)).toBe(0);
  expect((await send('anonymous', id, 0)).json()).toEqual({ offset: PIECE });
  // The answer was lost: it is asked again, and goes on from there.
  expect((await send('anonymous', id, 0)).json()).toEqual({ offset: PIECE });
  const gap = await send('anonymous', id, 2 * PIECE);
  expect([gap.statusCode, gap.json()]).toMatchObject([409, { code: 'uploadGap', params: { offset: PIECE } }]);
  const early = await finish('anonymous', id, path);
  expect([early.statusCode, early.json().code]).toEqual([422, 'uploadBroken']);
  for (let at = await offsetOf('anonymous', id); at < picture.length; at = await offsetOf('anonymous', id)) await send('anonymous', id, at);
  expect(await offsetOf(server.world.people.handlerA, id)).toBe(0);
  expect((await finish(server.world.people.handlerA, id, path)).json().code).toBe('uploadBroken');
  expect((await finish('anonymous', id, path, 'f'.repeat(64))).json().code).toBe('uploadBroken');
  const whole = await finish('anonymous', id, path);
  expect(whole.statusCode, whole.body).toBe(201);
  expect(whole.json()).toMatchObject({ id, kind: 'photo', mediaType: 'image/png' });
  // Nothing is kept twice: the end told again is the same file.
  expect((await finish('anonymous', id, path)).statusCode).toBe(201);
});

it('pieces nobody asked for are gone after three days', async () => {
  const id = v7();
  await send('anonymous', id, 0);
  await sweepUploads(server.deps);
  expect(await offsetOf('anonymous', id)).toBe(PIECE);
  server.deps.clock.set('2026-10-04T13:40:00.000Z');
  await sweepUploads(server.deps);
  expect(await offsetOf('anonymous', id)).toBe(0);
});
