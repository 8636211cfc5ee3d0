import type { CaseView, NewAction } from '@tongxin/domain/case/view.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { ApiProblem, isPassing } from './problem.ts';
import type { UploadFile } from './upload.ts';
import { uuidv7 } from './uuidv7.ts';

/**
 * A form of one action on one case, kept on the device from the first letter until the server has it. `commandId` is the client's, so sending it
 * twice does it once.
 */
export interface ActDraft {
  /** `actDraftId(person, case, action)` */
  readonly id: string;
  readonly personId: string;
  readonly caseId: string;
  readonly action: string;
  /** For the list of what is not sent yet. */
  readonly caseNumber: string;
  readonly label: Label;
  readonly commandId: string;
  /** The version of the case that was before the writer. */
  readonly version: number;
  readonly values: Readonly<Record<string, unknown>>;
  /** What is sent: made of the values when the person pressed the button. */
  readonly input?: Readonly<Record<string, unknown>>;
  readonly files: readonly UploadFile[];
  /** Files the server already holds. */
  readonly uploaded: readonly string[];
  /** `waiting`: the person has sent it, and no server has answered. */
  readonly state: 'writing' | 'waiting';
  /** Why it came back; it waits for the person again. */
  readonly problem?: { readonly status: number; readonly code: string; readonly title?: string };
  /** ISO 8601, by the device's clock: only for showing. */
  readonly at: string;
}

export interface ActStore {
  all(): Promise<ActDraft[]>;
  get(id: string): Promise<ActDraft | undefined>;
  put(draft: ActDraft): Promise<void>;
  remove(id: string): Promise<void>;
}

export const actDraftId = (personId: string, caseId: string, action: string): string => `${personId}/${caseId}/${action}`;

/** Whether there is anything to keep. */
export const isBlank = ({ values, files }: Pick<ActDraft, 'values' | 'files'>): boolean =>
  files.length === 0 && Object.values(values).every((value) => value === undefined || value === null || value === false || value === '');

interface ActOutboxOptions {
  readonly store: ActStore;
  readonly upload: (caseId: string, file: UploadFile) => Promise<unknown>;
  readonly act: (caseId: string, action: NewAction) => Promise<CaseView>;
}

/** Drafts of actions and their sending. What cannot be kept is still sent: a store that refuses never stands in the way. */
export const makeActOutbox = ({ store, upload, act }: ActOutboxOptions) => {
  const listeners = new Set<() => void>();
  /** Drafts that are on their way now. */
  const sending = new Map<string, Promise<CaseView>>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const put = async (draft: ActDraft): Promise<boolean> => {
    const kept = await store.put(draft).then(
      () => true,
      () => false,
    );
    changed();
    return kept;
  };
  const remove = async (id: string): Promise<void> => {
    await store.remove(id).catch(() => undefined);
    changed();
  };
  const all = async (): Promise<ActDraft[]> => (await store.all().catch(() => [])).sort((a, b) => (a.at < b.at ? -1 : 1));

  const deliver = async (sent: ActDraft): Promise<CaseView> => {
    let draft: ActDraft = { ...sent, state: 'waiting', problem: undefined };
    await put(draft);
    try {
      for (const file of draft.files) {
        if (draft.uploaded.includes(file.fileId)) continue;
        await upload(draft.caseId, file);
        draft = { ...draft, uploaded: [...draft.uploaded, file.fileId] };
        await put(draft);
      }
      const { commandId, action, version, input = {}, files } = draft;
      const view = await act(draft.caseId, {
        commandId,
        action,
        version,
        ...(Object.keys(input).length ? { input: { ...input } } : {}),
        ...(files.length ? { fileIds: files.map(({ fileId }) => fileId) } : {}),
      });
      // Words of a case have no business on a device once the server has them.
      await remove(draft.id);
      return view;
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : new ApiProblem(0, 'unreadable');
      const { status, code, title } = problem;
      // A session that ended is as passing as a network: signed in again, the same person sends it.
      if (isPassing(problem) || status === 401) await put(draft);
      // Refused: the next attempt is another one.
      else await put({ ...draft, state: 'writing', commandId: uuidv7(), problem: { status, code, ...(title ? { title } : {}) } });
      throw problem;
    }
  };

  const send = (draft: ActDraft): Promise<CaseView> => {
    const under = sending.get(draft.commandId);
    if (under) return under;
    const delivery = deliver(draft).finally(() => sending.delete(draft.commandId));
    sending.set(draft.commandId, delivery);
    return delivery;
  };

  return {
    get: (id: string): Promise<ActDraft | undefined> => store.get(id).catch(() => undefined),
    /** What one person has not sent yet. */
    of: async (personId: string): Promise<ActDraft[]> => (await all()).filter((draft) => draft.personId === personId),
    /** Keeps a draft; false where the browser refuses. */
    put,
    remove,
    /** Sends one now. Kept until the server has answered; throws an `ApiProblem`. */
    send,
    /** Sends what one person has waiting, oldest first; stops where there is still no answer. Answers what was done. */
    flush: async (personId: string): Promise<CaseView[]> => {
      const done: CaseView[] = [];
      for (const draft of await all()) {
        if (draft.personId !== personId || draft.state !== 'waiting') continue;
        try {
          done.push(await send(draft));
        } catch (problem) {
          if (isPassing(problem) || (problem instanceof ApiProblem && problem.status === 401)) return done;
        }
      }
      return done;
    },
    /** Forgets everything: at sign-out. */
    clear: async (): Promise<void> => {
      for (const draft of await all()) await store.remove(draft.id).catch(() => undefined);
      changed();
    },
    /** Forgets what others left on this device: whoever signs in here next. */
    keepOnly: async (personId: string): Promise<void> => {
      for (const draft of await all()) if (draft.personId !== personId) await store.remove(draft.id).catch(() => undefined);
      changed();
    },
    onChange: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
export type ActOutbox = ReturnType<typeof makeActOutbox>;
