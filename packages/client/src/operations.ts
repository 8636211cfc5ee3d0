import { pauseMs } from './backoff.ts';
import { ApiProblem, isPassing } from './problem.ts';
import type { UploadFile } from './upload.ts';

/** A file of an operation, and below which address it goes. */
export interface OperationFile extends UploadFile {
  readonly folder: string;
}

export interface OperationProblem {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly params?: ApiProblem['params'];
}

/** Something a person did that the server has yet to hear. Ids are the device's, so telling it twice does it once. */
export interface Operation<Body = unknown> {
  readonly id: string;
  /** Whose it is; absent: of whoever holds the phone. */
  readonly ownerId?: string;
  /** Which of the sender's kinds it is. */
  readonly kind: string;
  /** What it changes. Operations on one record go one after the other; those on different ones do not wait for each other. */
  readonly record: string;
  readonly body: Body;
  /** The body is as it went out. */
  readonly prepared?: true;
  readonly files: readonly OperationFile[];
  /** Files the server already holds. */
  readonly uploaded: readonly string[];
  /** `waiting` for a network or a server; `refused` waits for the person; `sent` has its answer. */
  readonly state: 'waiting' | 'sending' | 'refused' | 'sent';
  readonly problem?: OperationProblem;
  readonly answer?: unknown;
  /** Place in the queue of this device. */
  readonly no: number;
  /** ISO 8601, by the device's clock: only for showing. */
  readonly queuedAt: string;
}

/** Where operations are kept between visits. */
export interface OperationStore {
  all(): Promise<Operation[]>;
  get(id: string): Promise<Operation | undefined>;
  put(operation: Operation): Promise<void>;
  remove(id: string): Promise<void>;
}

/** How one kind is sent. */
export interface Sender {
  readonly send: (operation: Operation) => Promise<unknown>;
  /** The body as it goes out, made once before the first try and kept, so that every try says the same: what it follows, a version. */
  readonly prepare?: (operation: Operation) => Promise<unknown>;
  /** What to do with what the server answered. `forget`: nothing of it stays on the device. */
  readonly answered?: (operation: Operation, answer: unknown) => Promise<'keep' | 'forget'>;
  /** A refusal that is an answer too, such as a conflict: true when it was dealt with and the operation is done. */
  readonly refused?: (operation: Operation, problem: ApiProblem) => Promise<boolean>;
  /** Goes before everything else: a call for help. */
  readonly first?: true;
}

export interface OperationOptions {
  readonly store: OperationStore;
  readonly senders: Readonly<Record<string, Sender>>;
  readonly upload: (folder: string, file: UploadFile) => Promise<unknown>;
  readonly now?: () => string;
  /** Who is signed in; operations of others stay where they are. */
  readonly owner?: () => string | undefined;
  /** Runs the work when no other window does. */
  readonly alone?: (work: () => Promise<void>) => Promise<void>;
  /** Does something after so many milliseconds, once; answers how to call it off. */
  readonly later?: (work: () => void, ms: number) => () => void;
}

export interface NewOperation<Body = unknown> {
  readonly id: string;
  readonly kind: string;
  readonly record: string;
  readonly body: Body;
  readonly files?: readonly OperationFile[];
}

/** What of a queue may be sent now, in order: of each record the oldest that is not sent, unless it was refused. */
const sendable = (operations: readonly Operation[], isFirst: (operation: Operation) => boolean): Operation[] => {
  const heads = new Map<string, Operation>();
  for (const operation of operations)
    if (operation.state !== 'sent' && !heads.has(operation.record)) heads.set(operation.record, operation);
  return [...heads.values()]
    .filter(({ state }) => state !== 'refused')
    .sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)) || a.no - b.no);
};

/** How long another window is left to its work. */
const ANOTHER_SENDS_MS = 30_000;

const byTimer = (work: () => void, ms: number): (() => void) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

/**
 * The queue of a device: what somebody did is kept here first, then told to the server, in order for each record. A refusal holds back what follows on the
 * same record, and nothing else. Nothing is dropped unless a person says so or the server has it. What could not be sent is tried again by itself after a
 * pause that grows; where the server named one, nothing but a call for help is asked before it is over.
 */
export const makeOperations = (options: OperationOptions) => {
  const { store, senders } = options;
  const listeners = new Set<(operation: Operation) => void>();
  let flushing: Promise<void> | undefined;
  let again = false;
  /** Sendings in a row that ended for a passing reason. */
  let failures = 0;
  /** By `Date.now()`: until then the server asked to be left alone. */
  let restUntil = 0;
  let callOff = (): void => undefined;
  /** One number after the other, also when two are added at once. */
  let numbering: Promise<unknown> = Promise.resolve();
  const told = (operation: Operation): void => {
    for (const listener of listeners) listener(operation);
  };
  const save = async (operation: Operation): Promise<Operation> => {
    await store.put(operation);
    told(operation);
    return operation;
  };
  const isMine = ({ ownerId }: Operation): boolean => ownerId === undefined || ownerId === options.owner?.();
  const all = async (): Promise<Operation[]> => (await store.all()).filter(isMine).sort((a, b) => a.no - b.no);

  const done = async (operation: Operation, answer: unknown): Promise<void> => {
    const what = (await senders[operation.kind]!.answered?.(operation, answer)) ?? 'keep';
    // Pictures and words are the server's now: keeping them on a borrowed phone would serve nobody.
    if (what === 'keep') await save({ ...operation, state: 'sent', answer, files: [] });
    else {
      await store.remove(operation.id);
      told({ ...operation, state: 'sent', answer, files: [] });
    }
  };

  const tryIn = (ms: number): void => {
    callOff();
    callOff = (options.later ?? byTimer)(() => void flush(), ms);
  };
  const rest = (retryAfterMs?: number): void => {
    failures += 1;
    const pause = pauseMs(failures, retryAfterMs);
    if (retryAfterMs !== undefined) restUntil = Date.now() + pause;
    tryIn(pause);
  };

  const send = async (queued: Operation): Promise<'sent' | 'refused' | 'later'> => {
    const sender = senders[queued.kind];
    if (!sender) {
      // Kept by a newer version of the app than this one: nothing is lost, and nothing else waits for it.
      await save({ ...queued, state: 'refused', problem: { status: 0, code: 'unknownKind' } });
      return 'refused';
    }
    let operation = await save({ ...queued, state: 'sending', problem: undefined });
    try {
      for (const file of operation.files) {
        if (operation.uploaded.includes(file.fileId)) continue;
        await options.upload(file.folder, file);
        operation = await save({ ...operation, uploaded: [...operation.uploaded, file.fileId] });
      }
      if (sender.prepare && !operation.prepared)
        operation = await save({ ...operation, body: await sender.prepare(operation), prepared: true });
      await done(operation, await sender.send(operation));
      return 'sent';
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : new ApiProblem(0, 'unreadable');
      const { status, code, title, params } = problem;
      // A session that ended is as passing as a network: signed in again, the same person sends it.
      const later = isPassing(problem) || (status === 401 && operation.ownerId !== undefined);
      if (!later && (await sender.refused?.(operation, problem))) {
        await store.remove(operation.id);
        told({ ...operation, state: 'sent', files: [] });
        return 'sent';
      }
      await save({ ...operation, state: later ? 'waiting' : 'refused', problem: { status, code, ...(title ? { title } : {}), params } });
      if (later) rest(problem.retryAfterMs);
      return later ? 'later' : 'refused';
    }
  };

  const isFirst = ({ kind }: Operation): boolean => senders[kind]?.first === true;
  const run = async (): Promise<void> => {
    do {
      again = false;
      for (;;) {
        // 'sending' at the start of a turn means that a tab was closed in the middle: the same as waiting.
        const [next] = sendable(await all(), isFirst);
        if (!next) break;
        // A timer may go off a little before the clock says so: whoever turns back here must come again.
        const left = restUntil - Date.now();
        if (left > 0 && !isFirst(next)) return tryIn(left);
        if ((await send(next)) === 'later') return;
        failures = 0;
      }
    } while (again);
    callOff();
  };

  const flush = (): Promise<void> => {
    if (flushing) {
      again = true;
      return flushing;
    }
    const alone = options.alone ?? ((work: () => Promise<void>) => work());
    let mine = false;
    const work = (): Promise<void> => {
      mine = true;
      return run();
    };
    flushing = alone(work).finally(() => {
      flushing = undefined;
      // Another window sends; should it go before it is done, this one goes on.
      if (!mine) tryIn(ANOTHER_SENDS_MS);
    });
    return flushing;
  };

  return {
    /** Keeps it on the device first, then tries to send it. */
    add: async <Body>({ files = [], ...what }: NewOperation<Body>): Promise<Operation> => {
      const ownerId = options.owner?.();
      const added = numbering.then(async () =>
        save({
          ...what,
          ...(ownerId === undefined ? {} : { ownerId }),
          files,
          uploaded: [],
          state: 'waiting',
          no: 1 + (await store.all()).reduce((most, { no = 0 }) => Math.max(most, no), 0),
          queuedAt: options.now?.() ?? new Date().toISOString(),
        }),
      );
      numbering = added.catch(() => undefined);
      const operation = await added;
      void flush();
      return operation;
    },
    flush,
    get: (id: string) => store.get(id),
    all,
    /** Sends what was refused once more, as it is or with another body. */
    again: async (id: string, body?: unknown): Promise<void> => {
      const kept = await store.get(id);
      if (kept) await save({ ...kept, ...(body === undefined ? {} : { body, prepared: undefined }), state: 'waiting', problem: undefined });
      void flush();
    },
    /** Takes one back, with what follows it on the same record: those stand on it. */
    drop: async (id: string): Promise<void> => {
      const kept = await store.get(id);
      if (!kept) return;
      for (const one of await store.all())
        if (one.record === kept.record && one.no >= kept.no && one.state !== 'sent') {
          await store.remove(one.id);
          told(one);
        }
    },
    remove: (id: string) => store.remove(id),
    /** Forgets all of whoever is named, or of everybody but them: at sign-out, and when somebody else signs in. */
    forget: async (which: (operation: Operation) => boolean): Promise<void> => {
      for (const one of await store.all())
        if (which(one)) {
          await store.remove(one.id);
          told(one);
        }
    },
    onChange: (listener: (operation: Operation) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
export type Operations = ReturnType<typeof makeOperations>;

/** One window of a browser at a time, where the browser can tell. */
export const aloneInBrowser =
  (name: string) =>
  async (work: () => Promise<void>): Promise<void> => {
    if (typeof navigator === 'undefined' || !navigator.locks) return work();
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await work();
    });
  };
