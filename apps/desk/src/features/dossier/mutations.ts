import { kindOf } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { NewArchive, Slot } from '@tongxin/domain/dossier/schema.ts';
import { api } from '../../lib/services.ts';

export const placeFile = (caseId: string, fileId: string, slot: Slot | undefined) =>
  api.placeInDossier(caseId, { commandId: uuidv7(), fileId, ...(slot ? { slot } : {}) });

/** Attaches a scan to the case and puts it into its place. */
export const addToSlot = async (caseId: string, slot: Slot, file: File): Promise<void> => {
  const fileId = uuidv7();
  await api.uploadToCase(caseId, { fileId, kind: kindOf(file.type), name: file.name, blob: file });
  await placeFile(caseId, fileId, slot);
};
export const archiveDossier = (caseId: string, body: NewArchive) => api.archiveDossier(caseId, body);

/** Has the whole file opened, for a purpose that its parties read, and hands it to the browser. */
export const takeDossier = async (caseId: string, purpose: string, name: string): Promise<void> => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await api.readDossier(caseId, { commandId: uuidv7(), purpose }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};
