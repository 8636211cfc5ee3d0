import type { NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import { ApiProblem, isPassing } from './problem.ts';
import type { UploadFile } from './upload.ts';

/** One filing on its way. Ids are the client's, so sending it twice files it once. */
export interface OutboxItem {
  /** The case's id. */
  readonly id: string;
  readonly body: NewCase;
  readonly files: readonly UploadFile[];
  /** Files the server already holds. */
  readonly uploaded: readonly string[];
  /** `waiting` for a network or a server; `refused` waits for the person; `sent` has its receipt. */
  readonly state: 'waiting' | 'sending' | 'refused' | 'sent';
  readonly problem?: { readonly status: number; readonly code: string; readonly title?: string; readonly params?: ApiProblem['params'] };
  readonly receipt?: Receipt;
  /** ISO 8601, by the device's clock: only for showing. */
  readonly queuedAt: string;
}

/** Where items are kept between visits. */
export interface OutboxStore {
  all(): Promise<OutboxItem[]>;
  get(id: string): Promise<OutboxItem | undefined>;
  put(item: OutboxItem): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface OutboxOptions {
  readonly store: OutboxStore;
  readonly upload: (caseId: string, file: UploadFile) => Promise<unknown>;
  readonly file: (body: NewCase) => Promise<Receipt>;
  readonly now?: () => string;
}

/** A small queue: add, then flush whenever there may be a network. One item's refusal never holds back the next. */
export const makeOutbox = (options: OutboxOptions) => {
  const { store } = options;
  const listeners = new Set<(item: OutboxItem) => void>();
  let flushing: Promise<void> | undefined;
  let again = false;

  const save = async (item: OutboxItem): Promise<OutboxItem> => {
    await store.put(item);
    for (const listener of listeners) listener(item);
    return item;
  };

  const send = async (queued: OutboxItem): Promise<'sent' | 'refused' | 'later'> => {
    let item = await save({ ...queued, state: 'sending', problem: undefined });
    try {
      for (const file of item.files) {
        if (item.uploaded.includes(file.fileId)) continue;
        await options.upload(item.id, file);
        item = await save({ ...item, uploaded: [...item.uploaded, file.fileId] });
      }
      const receipt = await options.file(item.body);
      // The pictures are the server's now; keeping the person's words and photos on a borrowed phone would serve nobody.
      await save({ ...item, state: 'sent', receipt, files: [] });
      return 'sent';
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : new ApiProblem(0, 'unreadable');
      const { status, code, title, params } = problem;
      await save({ ...item, state: isPassing(problem) ? 'waiting' : 'refused', problem: { status, code, title, params } });
      return isPassing(problem) ? 'later' : 'refused';
    }
  };

  const run = async (): Promise<void> => {
    do {
      again = false;
      const items = (await store.all()).sort((a, b) => (a.id < b.id ? -1 : 1));
      // 'sending' at the start of a run means that a tab was closed in the middle: the same as waiting.
      for (const item of items) if (item.state === 'waiting' || item.state === 'sending') if ((await send(item)) === 'later') return;
    } while (again);
  };

  const flush = (): Promise<void> => {
    if (flushing) {
      again = true;
      return flushing;
    }
    flushing = run().finally(() => {
      flushing = undefined;
    });
    return flushing;
  };

  return {
    /** Keeps the filing on the device first, then tries to send it. */
    add: async (body: NewCase, files: readonly UploadFile[]): Promise<OutboxItem> => {
      const queuedAt = options.now?.() ?? new Date().toISOString();
      const item = await save({ id: body.id, body, files, uploaded: [], state: 'waiting', queuedAt });
      void flush();
      return item;
    },
    flush,
    get: (id: string) => store.get(id),
    all: () => store.all(),
    /** Takes an item back, for example to change what was refused. */
    remove: (id: string) => store.remove(id),
    onChange: (listener: (item: OutboxItem) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
export type Outbox = ReturnType<typeof makeOutbox>;
