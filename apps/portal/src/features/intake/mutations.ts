import { type Draft, draftStore, filesOf, filingOf } from '../../lib/draft/draft.ts';
import { outbox } from '../../lib/services.ts';

/** Hands a finished draft to the outbox; the draft goes only once the outbox has it on the device. */
export const sendDraft = async (draft: Draft): Promise<string> => {
  await outbox.add(filingOf(draft), filesOf(draft));
  await draftStore.remove(draft.id);
  return draft.caseId;
};
