import { rm } from 'node:fs/promises';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askPatiently, freePort, installedFolder, type Place, type Running, startProduct } from './processes.ts';

/** One process answers requests, another does what follows from them: `TONGXIN_ROLE=api` and `worker` over one database. */
let place: Place = { dataDir: '', port: 0 };
const running: Running[] = [];
const start = async (role: 'api' | 'worker'): Promise<void> =>
  void running.push(await startProduct({ ...place, env: { TONGXIN_ROLE: role } }));

beforeAll(async () => {
  place = { dataDir: await installedFolder('two'), port: await freePort() };
  await start('api');
});
afterAll(async () => {
  for (const { child, exited } of running.reverse()) {
    child.kill('SIGTERM');
    await exited;
  }
  await rm(place.dataDir, { recursive: true, force: true });
});

const site = (): string => `http://127.0.0.1:${place.port}`;
const signIn = async (username: string): Promise<{ cookie: string }> => {
  const answer = await askPatiently(`${site()}/api/auth/sign-in/username`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site() },
    body: JSON.stringify({ username, password: 'tongxin-2026' }),
  });
  expect(answer.status).toBe(200);
  return {
    cookie: answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; '),
  };
};

test('a report is taken while nobody works behind the door, and is found and heard of as soon as somebody does', async () => {
  const id = v7();
  const dispatcher = await signIn('shiqi-dispatcher');
  const { posts } = (await (await askPatiently(`${site()}/api/v1/me`, { headers: dispatcher })).json()) as { posts: { areaId: string }[] };
  const filed = await askPatiently(`${site()}/api/v1/cases`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, text: '凉亭顶棚漏雨，老人没处坐', demandKind: 'help', areaId: posts[0]!.areaId }),
  });
  expect(filed.status, await filed.clone().text()).toBe(201);
  const found = async (): Promise<string[]> => {
    const answer = await askPatiently(`${site()}/api/v1/cases?q=${encodeURIComponent('凉亭顶棚')}`, { headers: dispatcher });
    return ((await answer.json()) as { rows: { id: string }[] }).rows.map((row) => row.id);
  };
  // By day the dispatcher is rung, at night and on days off whoever is on duty: the test runs at any hour.
  const onTurn = [dispatcher, await signIn('shiqi-night-dispatcher')];
  const noticed = async (): Promise<number> => {
    const answers = await Promise.all(
      onTurn.map((headers) => askPatiently(`${site()}/api/v1/notices`, { headers }).then((answer) => answer.json())),
    );
    return (answers as { notices: { caseId: string }[] }[]).flatMap(({ notices }) => notices).filter(({ caseId }) => caseId === id).length;
  };
  expect([await found(), await noticed()]).toEqual([[], 0]);

  const leaving = new AbortController();
  const live = await fetch(`${site()}/api/v1/live`, { headers: dispatcher, signal: leaving.signal });
  await start('worker');
  let heard = '';
  const decoder = new TextDecoder();
  for await (const chunk of live.body!) {
    heard += decoder.decode(chunk as Uint8Array, { stream: true });
    if (heard.includes(id)) break;
  }
  leaving.abort();
  expect(heard).toContain('event: case');
  await expect.poll(found, { timeout: 20_000 }).toEqual([id]);
  await expect.poll(noticed, { timeout: 20_000 }).toBeGreaterThanOrEqual(1);
});
