import { type TestServer, testServer } from '@tongxin/testing/server.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { open311Commands } from './open311.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.close());

const command = (name: string) => open311Commands.find((one) => one.name === `open311 ${name}`)!;
const run = (name: string, args: readonly string[] = [], options: Readonly<Record<string, string>> = {}) =>
  command(name).run({ args, options, open: async () => server.deps } as never);
const post = (key: unknown) =>
  server.app.inject({
    method: 'POST',
    url: '/open311/v2/requests.json',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ api_key: String(key), service_code: 'municipal.lampOut', lat: '22.02', long: '113.02' }).toString(),
  });

it('refuses a quota or a time that is none, issues a key that files, lists it and takes it back', async () => {
  const unfits: readonly Readonly<Record<string, string>>[] = [{ perDay: '0' }, { perDay: 'many' }, { days: '1.5' }];
  for (const unfit of unfits) await expect(run('issue', ['应用'], unfit)).rejects.toMatchObject({ code: 'optionUnfit' });
  await expect(run('issue', [' '])).rejects.toMatchObject({ code: 'fieldUnfit' });
  const issued = await run('issue', ['应用'], { perDay: '5' });
  expect(issued).toMatchObject({ ok: true, perDay: 5, key: expect.stringMatching(/^txo_/u) });
  expect(command('issue').tell?.(issued).split('\n')[0]).toBe(issued.key);
  expect((await post(issued.key)).statusCode).toBe(201);
  const listed = await run('list');
  expect(listed.keys).toMatchObject([{ id: issued.id, name: '应用', usedToday: 1, perDay: 5, revoked: false }]);
  expect(JSON.stringify(listed)).not.toContain(issued.key);
  expect(command('list').tell?.(listed)).toContain('应用  1/5  until ');
  expect(await run('revoke', [String(issued.id)])).toMatchObject({ ok: true });
  expect((await post(issued.key)).statusCode).toBe(403);
  expect(command('list').tell?.(await run('list'))).toContain('revoked');
  await expect(run('revoke', ['nothing'])).rejects.toMatchObject({ code: 'notFound' });
});
