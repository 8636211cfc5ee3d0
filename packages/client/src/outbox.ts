import type { NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import { makeOperations, type Operation, type OperationProblem, type OperationStore } from './operations.ts';
import type { UploadFile } from './upload.ts';

/** One filing on its way. */
export interface OutboxItem {
  /** The case's id. */
  readonly id: string;
  readonly body: NewCase;
  readonly files: readonly UploadFile[];
  /** Files the server already holds. */
  readonly uploaded: readonly string[];
  /** `waiting` for a network or a server; `refused` waits for the person; `sent` has its receipt. */
  readonly state: Operation['state'];
  readonly problem?: OperationProblem;
  readonly receipt?: Receipt;
  /** ISO 8601, by the device's clock: only for showing. */
  readonly queuedAt: string;
}

export interface OutboxOptions {
  readonly store: OperationStore;
  readonly upload: (caseId: string, file: UploadFile) => Promise<unknown>;
  readonly file: (body: NewCase) => Promise<Receipt>;
  readonly now?: () => string;
  readonly alone?: (work: () => Promise<void>) => Promise<void>;
  readonly later?: (work: () => void, ms: number) => () => void;
}

const itemOf = ({ id, body, files, uploaded, state, problem, answer, queuedAt }: Operation): OutboxItem => ({
  id,
  body: body as NewCase,
  files,
  uploaded,
  state,
  ...(problem ? { problem } : {}),
  ...(answer ? { receipt: answer as Receipt } : {}),
  queuedAt,
});

/** The queue as residents have it: filings, each a record of its own. One item's refusal never holds back the next. */
export const makeOutbox = ({ upload, file, ...options }: OutboxOptions) => {
  const operations = makeOperations({
    ...options,
    senders: { fileCase: { send: ({ body }) => file(body as NewCase) } },
    upload: (caseId, one) => upload(caseId, one),
  });
  return {
    /** Keeps the filing on the device first, then tries to send it. */
    add: async (body: NewCase, files: readonly UploadFile[]): Promise<OutboxItem> =>
      itemOf(
        await operations.add({
          id: body.id,
          kind: 'fileCase',
          record: body.id,
          body,
          files: files.map((one) => ({ ...one, folder: body.id })),
        }),
      ),
    flush: operations.flush,
    get: async (id: string): Promise<OutboxItem | undefined> => {
      const found = await operations.get(id);
      return found && itemOf(found);
    },
    all: async (): Promise<OutboxItem[]> => (await operations.all()).map(itemOf),
    /** Takes an item back, for example to change what was refused. */
    remove: operations.remove,
    onChange: (listener: (item: OutboxItem) => void): (() => void) => operations.onChange((one) => listener(itemOf(one))),
  };
};
export type Outbox = ReturnType<typeof makeOutbox>;
