import type { OutboxItem } from '@tongxin/client/outbox.ts';
import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { draftFrom, draftStore } from '../../lib/draft/draft.ts';
import { api, outbox } from '../../lib/services.ts';

/** Makes a sender for one attempt at one action: its ids stay, so trying again after a lost answer does it once. */
export const prepareAct = (code: string, action: string) => {
  const commandId = uuidv7();
  const uploaded = new Set<string>();
  return async (version: number, input: Record<string, unknown>, files: readonly UploadFile[]): Promise<CaseView> => {
    for (const file of files) {
      if (uploaded.has(file.fileId)) continue;
      await api.uploadToReceipt(code, file);
      uploaded.add(file.fileId);
    }
    return api.actOnReceipt(code, {
      commandId,
      action,
      version,
      ...(Object.keys(input).length ? { input } : {}),
      ...(files.length ? { fileIds: files.map((file) => file.fileId) } : {}),
    });
  };
};

export const { chooseReceiptWish, makeOffer, answerOffer, sendSigningCode, signOnScreen, signByAccount, applyOneself, answerSession } = api;

/** Takes a refused filing back into a draft; answers the page that shows it. */
export const reopenDraft = async (item: OutboxItem): Promise<string> => {
  const draft = draftFrom(item.body, item.files);
  await draftStore.put(draft);
  await outbox.remove(item.id);
  return draft.id === 'letter' ? '/letter/write' : '/report';
};
