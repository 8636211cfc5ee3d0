import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { makeApi } from '@tongxin/client/api.ts';
import { makeFieldApi } from '@tongxin/client/field.ts';
import { makeHttp } from '@tongxin/client/http.ts';
import { memoryStore } from '@tongxin/client/memory-store.ts';
import { makeOperations, type Operation, type OperationFile } from '@tongxin/client/operations.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import type { Made, NewEdit } from '@tongxin/domain/field/view.ts';
import sharp from 'sharp';

/** Phones that come back into the network in the same second, each with what its person did meanwhile. */
export interface Herd {
  readonly base: string;
  readonly phones: number;
  /** Two pictures, base64: one that goes at once and one that goes in pieces. */
  readonly pictures: { readonly small: string; readonly large: string };
  /** A worker's session, and what a premises is made of: every fifth phone is a worker's. Without it all are residents'. */
  readonly worker?: { readonly cookie: string; readonly made: Made };
}

/** What a phone was told, kept apart from the server that told it. */
export interface Acknowledged {
  readonly phone: number;
  readonly kind: 'case' | 'premises';
  readonly id: string;
  readonly number?: string;
  /** Edits of a premises. */
  readonly edits: number;
  /** SHA-256 of what was sent, by file. */
  readonly files: Readonly<Record<string, string>>;
}

export interface Settled {
  readonly ledger: readonly Acknowledged[];
  /** Operations that are still on a phone: none, or somebody lost something. */
  readonly left: readonly { readonly phone: number; readonly state: string; readonly code: string }[];
  readonly settledMs: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers by status; `lost` are those that a phone threw away, as a network does. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers that told to come back without saying when. */
  readonly withoutWhen: number;
  readonly health: { readonly asked: number; readonly failed: number };
}

const noise = async (width: number): Promise<string> => {
  const light = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const picture = sharp({ create: { width, height: width, channels: 3, background: '#888', noise: light } });
  return (await picture.jpeg({ quality: 90 }).toBuffer()).toString('base64');
};
/** Some twenty kilobytes, and some three hundred: more than a piece. */
export const takePictures = async (): Promise<Herd['pictures']> => ({ small: await noise(160), large: await noise(640) });

/** A picture of a phone's own: the same light with another comment in it. */
export const pictureOf = (base64: string, phone: number): Buffer<ArrayBuffer> => {
  const jpeg = Buffer.from(base64, 'base64');
  const words = Buffer.from(`phone ${phone}`);
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, words.length + 2]), words]);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
};

/** Some stand behind the one address of an office; everybody else has one of their own, as the proxy before the server tells. */
const BEHIND_ONE = 45;
const addressOf = (phone: number): string =>
  phone < BEHIND_ONE ? '198.51.100.7' : `10.${(phone >> 16) & 255}.${(phone >> 8) & 255}.${phone & 255}`;

const isWorkers = ({ worker }: Herd, phone: number): boolean => worker !== undefined && phone % 5 === 0;
const pictureFor = ({ pictures }: Herd, phone: number): string | undefined =>
  phone % 4 !== 1 ? undefined : phone % 8 === 1 ? pictures.large : pictures.small;
/** Every seventh phone loses the answer to its first write: the server did it, and the phone does not know. */
const losesAnswer = (phone: number): boolean => phone % 7 === 3;

const percentile = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

const PATIENCE_MS = 600_000;

/** Runs all of them until every outbox is empty; ends after ten minutes with what is left. */
export const runPhones = async (herd: Herd): Promise<Settled> => {
  const statuses: Record<string, number> = {};
  const samples: number[] = [];
  let withoutWhen = 0;
  const count = (what: string): void => {
    statuses[what] = (statuses[what] ?? 0) + 1;
  };

  const phoneOf = (phone: number) => {
    let hasLost = !losesAnswer(phone);
    const counted: typeof fetch = async (input, init) => {
      const since = performance.now();
      const response = await fetch(input, init);
      samples.push(performance.now() - since);
      count(String(response.status));
      if ([429, 503].includes(response.status) && !response.headers.has('retry-after')) withoutWhen += 1;
      if (!hasLost && init?.method !== 'GET' && response.ok) {
        hasLost = true;
        count('lost');
        await response.arrayBuffer();
        throw new TypeError('the answer was lost');
      }
      return response;
    };
    const worker = isWorkers(herd, phone) ? herd.worker : undefined;
    const http = makeHttp({
      base: `${herd.base}/api/v1`,
      language: () => 'zh',
      fetch: counted,
      headers: () => ({ 'x-forwarded-for': addressOf(phone), ...(worker ? { cookie: worker.cookie } : {}) }),
    });
    const [api, field] = [makeApi(http), makeFieldApi(http)];
    const queue = makeOperations({
      store: memoryStore(),
      owner: () => (worker ? 'worker' : undefined),
      upload: (folder, file) => field.upload(folder, file),
      senders: {
        fileCase: { send: ({ body }) => api.fileCase(body as NewCase) },
        edit: { send: ({ body }) => field.sendEdit(body as NewEdit) },
      },
    });
    const id = uuidv7();
    const picture = pictureFor(herd, phone);
    const bytes = picture && pictureOf(picture, phone);
    const folder = worker ? `/field/files/premises/${id}` : `/cases/${id}/files`;
    const files: OperationFile[] = bytes
      ? [{ fileId: uuidv7(), kind: 'photo', name: '照片.jpg', blob: new Blob([bytes], { type: 'image/jpeg' }), folder }]
      : [];
    const fileIds = files.map(({ fileId }) => fileId);
    const digests = Object.fromEntries(fileIds.map((fileId) => [fileId, createHash('sha256').update(bytes!).digest('hex')]));
    /** Into the outbox while there is no network; the queue tries by itself from then on. */
    const write = async (): Promise<void> => {
      if (!worker) {
        const body: NewCase = { id, text: `第${phone}部手机：路灯不亮`, ...(fileIds.length ? { fileIds } : {}) };
        await queue.add({ id, kind: 'fileCase', record: id, body, files });
        return;
      }
      const occurredAt = '2026-09-30T10:00:00.000Z';
      const [first, second] = [uuidv7(), uuidv7()];
      const edit = { kind: 'premises', subjectId: id, baseVersion: 0, occurredAt } as const;
      const made: NewEdit = { ...edit, id: first, made: { ...worker.made, name: `第${phone}家` }, changes: [] };
      const facts: NewEdit = {
        ...edit,
        id: second,
        after: first,
        changes: [
          { field: 'operator', base: null, value: `店主${phone}` },
          ...(fileIds.length ? [{ field: 'photos', base: null, value: fileIds }] : []),
        ],
      };
      await queue.add({ id: first, kind: 'edit', record: `premises/${id}`, body: made });
      await queue.add({ id: second, kind: 'edit', record: `premises/${id}`, body: facts, files });
    };
    const isSettled = async (): Promise<boolean> => !(await queue.all()).some(({ state }) => state === 'waiting' || state === 'sending');
    /** Until nothing waits, or the patience of whoever looks is over. */
    const settle = (over: Promise<void>): Promise<void> => {
      const empty = new Promise<void>((done) => {
        const look = (): void => void isSettled().then((is) => is && done());
        queue.onChange(({ state }) => state !== 'waiting' && state !== 'sending' && look());
        look();
      });
      return Promise.race([empty, over]);
    };
    const told = async (): Promise<{ acknowledged?: Acknowledged; left: Operation[] }> => {
      const all = await queue.all();
      const left = all.filter(({ state }) => state !== 'sent');
      const number = (all[0]?.answer as Receipt | undefined)?.number;
      const sent = all.length - left.length;
      if (sent === 0) return { left };
      const kind = worker ? 'premises' : 'case';
      return { left, acknowledged: { phone, kind, id, ...(worker ? { edits: sent } : { edits: 0, number: number! }), files: digests } };
    };
    return { write, settle, told };
  };

  const health = { asked: 0, failed: 0 };
  let over = false;
  /** As a monitor asks: a connection of its own each time, and patience for a machine under load. */
  const monitor = async (): Promise<void> => {
    while (!over) {
      health.asked += 1;
      const isWell = await new Promise<boolean>((done) => {
        const asked = get(`${herd.base}/healthz`, { agent: new Agent(), timeout: 20_000 }, (answer) => {
          answer.resume();
          done(answer.statusCode === 200);
        });
        asked.once('timeout', () => asked.destroy(new Error('late')));
        asked.once('error', () => done(false));
      });
      if (!isWell) health.failed += 1;
      await new Promise((done) => setTimeout(done, 200));
    }
  };

  const phones = Array.from({ length: herd.phones }, (_, n) => phoneOf(n));
  const since = Date.now();
  const watching = monitor();
  await Promise.all(phones.map((phone) => phone.write()));
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const out = new Promise<void>((done) => patience.addEventListener('abort', () => done()));
  await Promise.all(phones.map((phone) => phone.settle(out)));
  const settledMs = Date.now() - since;
  over = true;
  await watching;
  const told = await Promise.all(phones.map((phone) => phone.told()));
  samples.sort((a, b) => a - b);
  return {
    ledger: told.flatMap(({ acknowledged }) => acknowledged ?? []),
    left: told.flatMap(({ left }, phone) => left.map(({ state, problem }) => ({ phone, state, code: problem?.code ?? 'none' }))),
    settledMs,
    requests: samples.length,
    p50Ms: percentile(samples, 0.5),
    p99Ms: percentile(samples, 0.99),
    statuses,
    withoutWhen,
    health,
  };
};

/** The same in a process of its own, as phones are: the server's memory and its turns are its own. */
export const phonesApart = (herd: Herd): Promise<Settled> =>
  new Promise((done, fail) => {
    const child = fork(join(import.meta.dirname, 'process.ts'), { execArgv: [] });
    child.once('message', (settled) => done(settled as Settled));
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`the phones ended with ${code}`)));
    child.send(herd);
  });
