import type { CaseView, NewAction, NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import type { CategoryView } from '@tongxin/domain/category/schema.ts';
import type { Bundle, EditAnswer, NewEdit } from '@tongxin/domain/field/view.ts';
import type { NewFinding } from '@tongxin/domain/patrol/schema.ts';
import type { PremisesView } from '@tongxin/domain/premises/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { NewSos, SosView } from '@tongxin/domain/sos/schema.ts';
import type { NewRequest } from '@tongxin/domain/visit/schema.ts';
import type { SheetRow } from '@tongxin/domain/visit/sheet/schema.ts';
import type { Http, Seen } from './http.ts';
import type { Me, PartyDetails } from './shapes.ts';
import { putFile, type UploadFile } from './upload.ts';

const at = encodeURIComponent;

/** Every call of the app for those who work outside (docs/field.md): apart from the rest, so that residents do not load it. */
export const makeFieldApi = (http: Http) => ({
  getMe: () => http<Me>('GET', '/me'),
  /** Without a value where the device has it already, by its ETag. */
  bundle: (areaId?: string, etag?: string) => http<Seen<Bundle>>('GET', '/field/bundle', { query: { areaId }, known: { etag } }),
  sendEdit: (edit: NewEdit) => http<EditAnswer>('POST', '/field/edits', { json: edit, idempotent: true }),
  /** `folder` ends where the file's id follows: `/cases/{id}/files`, `/field/files/visit/{id}`. */
  upload: (folder: string, file: UploadFile) => putFile(http, `${folder}/${file.fileId}`, file),
  fileCase: (body: NewCase) => http<Receipt>('POST', '/cases', { json: body, idempotent: true }),
  getCase: (id: string, signal?: AbortSignal) => http<CaseView>('GET', `/cases/${at(id)}`, { signal }),
  act: (id: string, action: NewAction) => http<CaseView>('POST', `/cases/${at(id)}/actions`, { json: action, idempotent: true }),
  answerTask: (id: string, taskId: string, body: { commandId: string; status: 'acknowledged' | 'done' | 'returned'; words?: string }) =>
    http<{ version: number }>('POST', `/cases/${at(id)}/tasks/${at(taskId)}`, { json: body, idempotent: true }),
  readParty: (id: string, partyId: string, body: { purpose: string; fields: string[] }) =>
    http<PartyDetails>('POST', `/cases/${at(id)}/parties/${at(partyId)}/read`, { json: body }),
  getProcedure: (id: string, version: number) => http<Procedure>('GET', `/procedures/${at(id)}/${version}`),
  listCategories: async () => (await http<{ categories: CategoryView[] }>('GET', '/categories')).categories,
  openRequest: (visitId: string, body: NewRequest) =>
    http<Receipt>('POST', `/visits/${at(visitId)}/requests`, { json: body, idempotent: true }),
  sheets: async (visitId: string) => (await http<{ sheets: SheetRow[] }>('GET', `/visits/${at(visitId)}/sheets`)).sheets,
  fillSheet: (visitId: string, sheetId: string) =>
    http<Blob>('POST', `/visits/${at(visitId)}/sheets/${at(sheetId)}`, { json: {}, blob: true, idempotent: true }),
  openFinding: (patrolId: string, body: NewFinding) =>
    http<Receipt>('POST', `/patrols/${at(patrolId)}/findings`, { json: body, idempotent: true }),
  findPremises: async (words: string, signal?: AbortSignal) =>
    (await http<{ premises: PremisesView[] }>('GET', '/premises', { query: { words }, signal })).premises,
  pressSos: (body: NewSos) => http<SosView>('POST', '/sos', { json: body, idempotent: true }),
  listSos: async () => (await http<{ calls: SosView[] }>('GET', '/sos')).calls,
  endSos: (id: string) => http<SosView>('POST', `/sos/${at(id)}/end`, { json: {}, idempotent: true }),
});
export type FieldApi = ReturnType<typeof makeFieldApi>;
