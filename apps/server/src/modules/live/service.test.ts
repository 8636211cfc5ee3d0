import { setTimeout as pause } from 'node:timers/promises';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import { type Caller, type TestServer, testServer } from '@tongxin/testing/server.ts';
import { WORLD, type WorldPerson } from '@tongxin/testing/world.ts';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sequenceOnce } from '../../platform/feed/sequencer.ts';
import { withTransaction } from '../../platform/tx/tx.ts';

const { people, points } = WORLD;
let server: TestServer;
let origin: string;
beforeAll(async () => {
  server = await testServer();
  origin = await server.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => server.close());

const file = async (caller: Caller = 'anonymous', body: object = {}): Promise<Receipt> => {
  const answer = await server.as(caller, {
    method: 'POST',
    url: '/api/v1/cases',
    body: { id: v7(), text: '路灯不亮', point: points.inA11, ...body },
  });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};
const sequence = (limit?: number): Promise<number> =>
  withTransaction(server.deps.pools.feed, (_tx, client) => sequenceOnce(client, server.deps.clock.now(), limit));
const note = async (id: string): Promise<void> => {
  const answer = await server.as(people.dispatcherA, {
    method: 'POST',
    url: `/api/v1/cases/${id}/notes`,
    body: { commandId: v7(), words: '记一笔' },
  });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
};
const head = async (): Promise<number> =>
  Number((await server.db.pools.maintenance.query<{ position: string }>('select position from feed_head')).rows[0]!.position);

interface Told {
  readonly id: string;
  readonly position: number;
  readonly version: number;
}

/** A screen that listens: what it was told so far, and where it would resume. */
class Screen {
  readonly told: Told[] = [];
  /** How often it was told that calls changed. */
  calls = 0;
  at = '';
  readonly #gone = new AbortController();
  readonly over: Promise<void>;

  constructor(who: WorldPerson, after?: number | string) {
    // It left, or was cut off.
    this.over = this.#listen(who, after).catch(() => {});
  }

  async #listen(who: WorldPerson, after?: number | string): Promise<void> {
    const headers = { ...server.headersOf(who), ...(after === undefined ? {} : { 'last-event-id': `${after}` }) };
    const answer = await fetch(`${origin}/api/v1/live`, { headers, signal: this.#gone.signal });
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/u);
    let text = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const messages = text.split('\n\n');
      text = messages.pop()!;
      for (const message of messages) this.#take(Object.fromEntries(message.split('\n').map((line) => line.split(/: (.*)/u))));
    }
  }

  #take(message: Readonly<Record<string, string>>): void {
    if (message.id) this.at = message.id;
    if (message.event === 'calls') this.calls += 1;
    if (message.event === 'case') this.told.push(JSON.parse(message.data!) as Told);
  }

  /** Waits until the screen was told of a case. */
  async hears(id: string): Promise<void> {
    await expect.poll(() => this.told.some((one) => one.id === id), { timeout: 20_000 }).toBe(true);
  }
  async ready(): Promise<void> {
    await expect.poll(() => this.at, { timeout: 20_000 }).not.toBe('');
  }
  leave(): Promise<void> {
    this.#gone.abort();
    return this.over;
  }
}

const screens: Screen[] = [];
const listen = (who: WorldPerson, after?: number | string): Screen => {
  const screen = new Screen(who, after);
  screens.push(screen);
  return screen;
};
afterEach(async () => {
  await Promise.all(screens.splice(0).map((screen) => screen.leave()));
});

describe('a screen that resumes', () => {
  test('is told of every change after the one it heard last, and of none before', async () => {
    const before = [await file(), await file()];
    await sequence();
    const left = await head();
    const [first, second, third] = [await file(), await file(), await file()];
    await note(before[0]!.id);
    await note(second.id);
    await sequence();
    const screen = listen(people.dispatcherA, left);
    await screen.hears(second.id);
    expect(screen.told.map(({ id, version }) => [id, version])).toEqual([
      [first.id, 1],
      [third.id, 1],
      [before[0]!.id, 2],
      [second.id, 2],
    ]);
    expect(screen.told.every(({ position }) => position > left)).toBe(true);
    const later = await file();
    await sequence();
    await screen.hears(later.id);
    expect(screen.told).toHaveLength(5);
  });

  test('loses nothing by leaving in the middle: what comes later in the stream happened later', async () => {
    const left = await head();
    const cases = [await file(), await file(), await file()];
    for (const { id } of [cases[1]!, cases[0]!]) await note(id);
    await sequence();
    const whole = listen(people.dispatcherA, left);
    await whole.hears(cases[0]!.id);
    const positions = whole.told.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    for (const [i, { position }] of whole.told.entries()) {
      const resumed = listen(people.dispatcherA, position);
      const marker = await file();
      await sequence();
      await resumed.hears(marker.id);
      const rest = new Set(whole.told.slice(i + 1).map(({ id }) => id));
      expect([...rest].filter((id) => !resumed.told.some((one) => one.id === id))).toEqual([]);
    }
  });

  test('from a place that is no place is refused; from one that a restored copy has not reached yet, it begins with now', async () => {
    for (const nonsense of ['x', '-1', '1.5', '9'.repeat(16)]) {
      const answer = await server.as(people.dispatcherA, { url: '/api/v1/live', headers: { 'last-event-id': nonsense } });
      expect([answer.statusCode, answer.json().code]).toEqual([422, 'badCursor']);
    }
    const screen = listen(people.dispatcherA, (await head()) + 1000);
    await screen.ready();
    const { id } = await file();
    await sequence();
    await screen.hears(id);
  });
});

test('nothing is lost while changes come in one by one as the screen looks', { timeout: 120_000 }, async () => {
  const cases: Receipt[] = [];
  for (let i = 0; i < 150; i++) cases.push(await file());
  const screen = listen(people.dispatcherA);
  await screen.ready();
  while ((await sequence(1)) > 0) await pause(Math.random() * 6);
  await screen.hears(cases.at(-1)!.id);
  const told = new Set(screen.told.map(({ id }) => id));
  expect(cases.filter(({ id }) => !told.has(id))).toEqual([]);
});

describe('nobody is told of what is not theirs', () => {
  test('a change in the other town does not reach this town’s dispatcher', async () => {
    const [here, there] = [listen(people.dispatcherA), listen(people.dispatcherB)];
    await Promise.all([here.ready(), there.ready()]);
    const [inA, inB] = [await file(), await file('anonymous', { point: points.inB11 })];
    const after = await file();
    await sequence();
    const afterB = await file('anonymous', { point: points.inB11 });
    await sequence();
    await Promise.all([here.hears(after.id), there.hears(afterB.id)]);
    expect(here.told.map(({ id }) => id)).toEqual([inA.id, after.id]);
    expect(there.told.map(({ id }) => id)).toEqual([inB.id, afterB.id]);
  });

  test('a letter reaches the letters office and its writer, and neither the town’s centre nor another writer', async () => {
    const allowed = [listen(people.letterOfficerA), listen(people.residentA)];
    const strangers = [people.dispatcherA, people.leaderA, people.administrator, people.letterOfficerB, people.residentB].map((who) =>
      listen(who),
    );
    await Promise.all([...allowed, ...strangers].map((screen) => screen.ready()));
    const { id } = await file(people.residentA, { procedure: 'letter', text: '反映一件事' });
    await sequence();
    await Promise.all(allowed.map((screen) => screen.hears(id)));
    // What comes after the letter has passed by whoever hears of it: a case of each town, and one of the other writer's own.
    const [inA, inB] = [await file(), await file('anonymous', { point: points.inB11 })];
    const own = await file(people.residentB, { procedure: 'letter', point: points.inB11 });
    await sequence();
    await Promise.all([strangers[0]!.hears(inA.id), strangers[1]!.hears(inA.id), strangers[2]!.hears(inB.id)]);
    await Promise.all([strangers[3]!.hears(own.id), strangers[4]!.hears(own.id)]);
    for (const screen of strangers) expect(screen.told.map((one) => one.id)).not.toContain(id);
  });

  test('a session that ends, ends the stream', async () => {
    const screen = listen(people.supervisorA);
    await screen.ready();
    await server.db.pools.auth.query('delete from auth.session where token = $1', [people.supervisorA.token]);
    const { id } = await file();
    await sequence();
    await screen.over;
    expect(screen.told.map((one) => one.id)).not.toContain(id);
  });
});

test('a call that begins and is put away is told to who answers that telephone, and to nobody else', async () => {
  const [operator, centre] = [listen(people.operator), listen(people.dispatcherA)];
  await Promise.all([operator.ready(), centre.ready()]);
  const call = v7();
  for (const [i, [path, body]] of [
    ['calls', { id: call, number: '13800138000' }],
    [`calls/${call}/close`, { result: 'silent' }],
  ].entries() as ArrayIterator<[number, [string, object]]>) {
    const answer = await server.as(people.hotlineDispatcher, { method: 'POST', url: `/api/v1/hotline/${path}`, body });
    expect(answer.statusCode, answer.body).toBeLessThan(300);
    await expect.poll(() => operator.calls, { timeout: 20_000 }).toBe(i + 1);
  }
  const { id } = await file();
  await sequence();
  await centre.hears(id);
  expect(centre.calls).toBe(0);
});
