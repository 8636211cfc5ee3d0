import type { TaskStatus } from '@tongxin/client/api.ts';
import type { DocumentKind, Draft } from '@tongxin/domain/document/schema.ts';
import { byPost } from '../../lib/by-post.ts';
import { api } from '../../lib/services.ts';

export const { passToMediation } = api;
export const placeCase = (caseId: string, body: Parameters<typeof api.placeCase>[1]) => api.placeCase(caseId, body);
export const { addNote, openTask } = api;
/** An answer to a joint task; sent again with the same id it is given once. */
export const changeTask = (caseId: string, taskId: string, commandId: string, status: TaskStatus, words: string) =>
  api.changeTask(caseId, taskId, { commandId, status, ...(words.trim() ? { words: words.trim() } : {}) });
export const readParty = api.readParty;
export const { draftDocument, documentUrl } = api;
/** What is left empty is left out. */
const written = (draft: Draft): Draft => Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== '')) as Draft;
export const previewDocument = (caseId: string, kind: DocumentKind, draft: Draft) => api.previewDocument(caseId, kind, written(draft));
export const issueDocument = (caseId: string, ids: { commandId: string; documentId: string }, kind: DocumentKind, draft: Draft) =>
  api.issueDocument(caseId, { ...ids, kind, draft: written(draft) });

/** The inbox: views of one's own, and one action on many cases. */
export const { saveView, removeView, previewBulk } = api;

export interface BulkStep {
  readonly id: string;
  /** Stays when the same is tried again: it is done once. */
  readonly commandId: string;
  readonly version: number;
}
const AT_ONCE = 4;

/** Takes one action on many cases, a few at a time, each on the version that was looked at. `told` hears how each went. */
export const actOnMany = async (
  steps: readonly BulkStep[],
  action: string,
  input: Record<string, unknown>,
  told: (id: string, problem: unknown) => void,
): Promise<void> => {
  const waiting = [...steps];
  const work = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      try {
        const { id, commandId, version } = step;
        await api.actMinimal(id, await byPost({ commandId, action, version, ...(Object.keys(input).length ? { input } : {}) }));
        told(step.id, undefined);
      } catch (problem) {
        told(step.id, problem);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};
