import type { UploadFile } from '@tongxin/client/upload.ts';
import type { NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import { api } from '../../lib/services.ts';

/** Files first, then the case that names them; all ids are ours, so a second try files nothing twice. */
export const logCase = async (body: NewCase, files: readonly UploadFile[], uploaded: Set<string>): Promise<Receipt> => {
  for (const file of files) {
    if (uploaded.has(file.fileId)) continue;
    await api.uploadToCase(body.id, file);
    uploaded.add(file.fileId);
  }
  return api.fileCase(body);
};
