import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, expect, test } from 'vitest';
import { askPatiently, command, freePort, installedFolder, type Place, type Running, startProduct } from './processes.ts';

/**
 * The server or its Postgres is killed (SIGKILL) at random instants under load. A ledger outside both remembers what was acknowledged:
 * nothing acknowledged may be lost or doubled, and the record must verify. Short: 5 kills; TONGXIN_LONG=1: 200.
 */
const KILLS = process.env.TONGXIN_LONG ? 200 : 5;
let place: Place = { dataDir: '', port: 0 };
let running: Running | undefined;
const base = (): string => `http://127.0.0.1:${place.port}/api/v1`;

/** The postmaster's pid, from the cluster's own lock file. */
const postmaster = async (): Promise<number | undefined> => {
  const find = async (folder: string, depth: number): Promise<string | undefined> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.name === 'postmaster.pid') return join(folder, entry.name);
      if (entry.isDirectory() && depth > 0) {
        const found = await find(join(folder, entry.name), depth - 1);
        if (found) return found;
      }
    }
    return undefined;
  };
  const file = await find(place.dataDir, 2);
  return file ? Number((await readFile(file, 'utf8')).split('\n')[0]) : undefined;
};

interface Entry {
  readonly id: string;
  readonly body: object;
  acknowledged?: { number: string; queryCode: string };
  added: number;
  pending?: { commandId: string; version: number };
}

const call = async (method: string, path: string, body?: object): Promise<{ status: number; json: Record<string, unknown> }> => {
  const answer = await fetch(`${base()}${path}`, {
    method,
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : null,
    signal: AbortSignal.timeout(20_000),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
};

/** One client: files cases and adds information to them, repeating whatever was not acknowledged with the same keys. */
const client = async (ledger: Entry[], stop: () => boolean): Promise<void> => {
  let entry: Entry | undefined;
  while (!stop()) {
    try {
      entry ??= { id: v7(), body: {}, added: 0 };
      const body = { id: entry.id, text: `路灯不亮，编号 ${entry.id.slice(-6)}`, demandKind: 'help' };
      if (!entry.acknowledged) {
        if (!ledger.includes(entry)) ledger.push(entry);
        const { status, json } = await call('POST', '/cases', body);
        // 428: a fast machine files more within one life of the process than is taken without effort; the next life counts anew.
        if (status === 428 || status === 429 || status >= 500) {
          await new Promise((done) => setTimeout(done, 100));
          continue;
        }
        if (status !== 200 && status !== 201) throw new Error(`unexpected ${status} ${JSON.stringify(json)}`);
        entry.acknowledged = { number: String(json.number), queryCode: String(json.queryCode) };
      }
      const code = entry.acknowledged.queryCode;
      if (!entry.pending) {
        const { json } = await call('GET', `/receipts/${code}`);
        if (typeof json.version !== 'number') continue;
        entry.pending = { commandId: v7(), version: json.version };
      }
      const { status, json } = await call('POST', `/receipts/${code}/actions`, {
        ...entry.pending,
        action: 'addInformation',
        input: { words: '补充：在小区北门' },
      });
      if (status === 409 && json.code === 'caseChanged')
        entry.pending = { ...entry.pending, version: Number((json.params as { version: number }).version) };
      else if (status === 200) {
        entry.added += 1;
        delete entry.pending;
        if (entry.added >= 2) entry = undefined;
      } else if (status !== 429 && status < 500) throw new Error(`unexpected ${status} ${JSON.stringify(json)}`);
    } catch (error) {
      if ((error as Error).message.startsWith('unexpected')) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
};

afterAll(async () => {
  running?.child.kill('SIGTERM');
  await running?.exited;
  if (place.dataDir) await rm(place.dataDir, { recursive: true, force: true });
});

test(`nothing acknowledged is lost or doubled through ${KILLS} kills of server and Postgres`, { timeout: 3_600_000 }, async () => {
  place = { dataDir: await installedFolder('crash'), port: await freePort() };
  running = await startProduct(place);
  const ledger: Entry[] = [];
  let over = false;
  const clients = Array.from({ length: 8 }, () => client(ledger, () => over));
  const failed = Promise.all(clients);
  failed.catch(() => {});
  for (let kill = 0; kill < KILLS; kill++) {
    await Promise.race([new Promise((done) => setTimeout(done, 150 + Math.random() * 900)), failed]);
    const pid = kill % 2 === 1 ? await postmaster() : undefined;
    if (pid) process.kill(pid, 'SIGKILL');
    else running.child.kill('SIGKILL');
    const gone = await Promise.race([running.exited.then(() => true), new Promise<boolean>((done) => setTimeout(() => done(false), 8000))]);
    if (!gone) {
      running.child.kill('SIGKILL');
      await running.exited;
    }
    running = await startProduct(place);
  }
  await new Promise((done) => setTimeout(done, 500));
  over = true;
  await failed;
  const acknowledged = ledger.filter((entry) => entry.acknowledged);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  for (const entry of acknowledged) {
    const answer = await askPatiently(`${base()}/receipts/${entry.acknowledged!.queryCode}`);
    expect(answer.status).toBe(200);
    const json = (await answer.json()) as Record<string, unknown>;
    expect(json.number).toBe(entry.acknowledged!.number);
    const added = (json.record as { action?: string }[]).filter((line) => line.action === 'addInformation').length;
    // One more than acknowledged at most: the command that was on its way when the load stopped.
    expect(added - entry.added).toBeGreaterThanOrEqual(0);
    expect(added - entry.added).toBeLessThanOrEqual(entry.pending ? 1 : 0);
  }
  const numbers = acknowledged.map((entry) => entry.acknowledged!.number);
  expect(new Set(numbers).size).toBe(numbers.length);
  running.child.kill('SIGTERM');
  await running.exited;
  const verified = await command(place, ['record', 'verify']);
  expect(verified.code).toBe(0);
  const result = JSON.parse(verified.out) as { ok: boolean; cases: number; broken: unknown[] };
  expect(result.broken).toEqual([]);
  expect(result.cases).toBeGreaterThanOrEqual(acknowledged.length);
  expect(result.cases).toBeLessThanOrEqual(ledger.length);
});
