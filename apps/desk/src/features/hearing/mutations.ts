import type { UploadFile } from '@tongxin/client/upload.ts';
import type { NewMinutes } from '@tongxin/domain/hearing/schema.ts';
import { api } from '../../lib/services.ts';

export const { conveneHearing, drawPanel, callOffHearing, replacePanellist, giveOpinion, publishHearing, changePanellist } = api;
/** Uploads the photographed pages and records the hearing with them. */
export const recordHearing = async (id: string, minutes: Omit<NewMinutes, 'fileIds'>, files: readonly UploadFile[]): Promise<void> => {
  for (const file of files) await api.uploadToCase(id, file);
  await api.recordHearing(id, { ...minutes, ...(files.length ? { fileIds: files.map(({ fileId }) => fileId) } : {}) });
};
