import type { AreaView, FacilityView, ResolvedPoint } from '@tongxin/domain/area/schema.ts';
import type { CasePage, CaseView, FileView, NewAction, NewCase, Receipt } from '@tongxin/domain/case/view.ts';
import type { CategoryView } from '@tongxin/domain/category/schema.ts';
import type { DocumentKind, Draft } from '@tongxin/domain/document/schema.ts';
import type { DocumentsView, NewDocument } from '@tongxin/domain/document/view.ts';
import type { OrganizationView } from '@tongxin/domain/organization/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { exchangeCalls } from './exchange.ts';
import type { Http } from './http.ts';
import type {
  Counts,
  DemoAccount,
  Durations,
  Late,
  Me,
  NewProcedureUse,
  NoticePage,
  PartyDetails,
  ProcedureDraft,
  ProcedureSummary,
  ProcedureUse,
  Readings,
  SavedDraft,
} from './shapes.ts';
import { type UploadFile, uploadFile } from './upload.ts';

export interface CaseFilter {
  readonly view?: 'mine' | 'organization' | 'receiving' | 'supporting' | 'respondent' | 'reported' | 'area';
  readonly level?: string;
  readonly areaId?: string;
  readonly stage?: string;
  readonly light?: string;
  readonly categoryId?: string;
  readonly organizationId?: string;
  readonly open?: boolean;
  readonly count?: boolean;
  readonly q?: string;
  readonly cursor?: string;
  readonly limit?: number;
}
export interface CountFilter {
  readonly measure: 'filed' | 'entered' | 'standing' | 'overdue';
  readonly by: 'stage' | 'category' | 'day' | 'area' | 'procedure';
  readonly areaId?: string;
  readonly from?: string;
  readonly to?: string;
}
export interface DurationFilter {
  readonly areaId?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What a write answers when it does not send the whole view. */
export interface Written {
  readonly id: string;
  readonly version: number;
}
export type TaskStatus = 'acknowledged' | 'done' | 'returned' | 'cancelled';

const at = encodeURIComponent;

/** Every call the screens make, by what it is for. Answers are the API's own shapes. */
export const makeApi = (http: Http) => ({
  ...exchangeCalls(http),
  fileCase: (body: NewCase) => http<Receipt>('POST', '/cases', { json: body, idempotent: true }),
  uploadToCase: (caseId: string, file: UploadFile): Promise<FileView> => uploadFile(http, `/cases/${caseId}`, file),
  listCases: (filter: CaseFilter, signal?: AbortSignal) => http<CasePage>('GET', '/cases', { query: { ...filter }, signal }),
  getCase: (id: string, signal?: AbortSignal) => http<CaseView>('GET', `/cases/${at(id)}`, { signal }),
  act: (id: string, action: NewAction) => http<CaseView>('POST', `/cases/${at(id)}/actions`, { json: action, idempotent: true }),
  openTask: (id: string, body: { commandId: string; taskId: string; organizationId: string; words: string }) =>
    http<Written>('POST', `/cases/${at(id)}/tasks`, { json: body, idempotent: true }),
  changeTask: (id: string, taskId: string, body: { commandId: string; status: TaskStatus; words?: string }) =>
    http<Written>('POST', `/cases/${at(id)}/tasks/${at(taskId)}`, { json: body, idempotent: true }),
  addNote: (id: string, body: { commandId: string; words: string }) =>
    http<Written>('POST', `/cases/${at(id)}/notes`, { json: body, idempotent: true }),
  readParty: (id: string, partyId: string, body: { purpose: string; fields: string[] }) =>
    http<PartyDetails>('POST', `/cases/${at(id)}/parties/${at(partyId)}/read`, { json: body }),
  listDocuments: (id: string, signal?: AbortSignal) => http<DocumentsView>('GET', `/cases/${at(id)}/documents`, { signal }),
  draftDocument: (id: string, kind: DocumentKind) => http<Draft>('GET', `/cases/${at(id)}/documents/draft`, { query: { kind } }),
  previewDocument: (id: string, kind: DocumentKind, draft: Draft) =>
    http<Blob>('POST', `/cases/${at(id)}/documents/preview`, { json: { kind, draft }, blob: true, idempotent: true }),
  issueDocument: (id: string, document: NewDocument) =>
    http<Written>('POST', `/cases/${at(id)}/documents`, { json: document, idempotent: true }),
  signDocument: (id: string, documentId: string, body: { commandId: string; fileIds: readonly string[] }) =>
    http<Written>('POST', `/cases/${at(id)}/documents/${at(documentId)}/signed`, { json: body, idempotent: true }),
  documentUrl: (id: string, documentId: string, format: 'docx' | 'pdf') => `/api/v1/cases/${at(id)}/documents/${at(documentId)}/${format}`,
  getReceipt: (code: string, signal?: AbortSignal) => http<CaseView>('GET', `/receipts/${at(code)}`, { signal }),
  getReceiptReadings: (code: string, signal?: AbortSignal) => http<Readings>('GET', `/receipts/${at(code)}/access-log`, { signal }),
  actOnReceipt: (code: string, action: NewAction) =>
    http<CaseView>('POST', `/receipts/${at(code)}/actions`, { json: action, idempotent: true }),
  uploadToReceipt: (code: string, file: UploadFile): Promise<FileView> => uploadFile(http, `/receipts/${at(code)}`, file),
  /** Where the holder of a code sees a file; the view's own address is for people who are signed in. */
  receiptFileUrl: (code: string, fileId: string) => `/api/v1/receipts/${at(code)}/files/${at(fileId)}`,
  listAreas: async (parentId?: string) => (await http<{ areas: AreaView[] }>('GET', '/areas', { query: { parentId } })).areas,
  listFacilities: async (areaId: string) =>
    (await http<{ facilities: FacilityView[] }>('GET', '/facilities', { query: { areaId } })).facilities,
  resolveArea: (lon: number, lat: number) => http<ResolvedPoint>('GET', '/areas/resolve', { query: { lon, lat } }),
  listOrganizations: async (areaId?: string) =>
    (await http<{ organizations: OrganizationView[] }>('GET', '/organizations', { query: { areaId, ...(areaId ? { deep: true } : {}) } }))
      .organizations,
  listCategories: async () => (await http<{ categories: CategoryView[] }>('GET', '/categories')).categories,
  /** Every published version of every procedure. */
  listProcedureVersions: async () => (await http<{ procedures: ProcedureSummary[] }>('GET', '/procedures')).procedures,
  /** The newest version of each published procedure that holds everywhere. */
  listProcedures: async (): Promise<ProcedureSummary[]> => {
    const { procedures } = await http<{ procedures: ProcedureSummary[] }>('GET', '/procedures');
    const newest = new Map<string, ProcedureSummary>();
    for (const one of procedures) if (!one.areaId && (newest.get(one.id)?.version ?? 0) < one.version) newest.set(one.id, one);
    return [...newest.values()];
  },
  /** The latest published definition. */
  getProcedure: (id: string) => http<Procedure>('GET', `/procedures/${at(id)}`),
  getProcedureVersion: (id: string, version: number) => http<Procedure>('GET', `/procedures/${at(id)}/${version}`),
  listProcedureUses: async () => (await http<{ uses: ProcedureUse[] }>('GET', '/procedure-uses')).uses,
  setProcedureUse: (use: NewProcedureUse) => http<ProcedureUse>('POST', '/procedure-uses', { json: use, idempotent: true }),
  dropProcedureUse: (id: string) => http<unknown>('DELETE', `/procedure-uses/${at(id)}`),
  listProcedureDrafts: async () => (await http<{ drafts: ProcedureDraft[] }>('GET', '/procedure-drafts')).drafts,
  getProcedureDraft: (id: string) => http<ProcedureDraft>('GET', `/procedure-drafts/${at(id)}`),
  putProcedureDraft: (id: string, draft: SavedDraft) => http<ProcedureDraft>('PUT', `/procedure-drafts/${at(id)}`, { json: draft }),
  dropProcedureDraft: (id: string, version: number) => http<unknown>('DELETE', `/procedure-drafts/${at(id)}`, { query: { version } }),
  publishProcedureDraft: (id: string, publication: { version: number; note: string; from: string }) =>
    http<{ id: string; version: number }>('POST', `/procedure-drafts/${at(id)}/publish`, { json: publication, idempotent: true }),
  getMe: () => http<Me>('GET', '/me'),
  listNotices: () => http<NoticePage>('GET', '/notices'),
  readNotice: (id: string) => http<unknown>('POST', `/notices/${at(id)}/read`, { idempotent: true }),
  chooseLanguage: (language: 'zh' | 'en') => http<unknown>('POST', '/me/language', { json: { language }, idempotent: true }),
  counts: (filter: CountFilter) => http<Counts>('GET', '/statistics/cases', { query: { ...filter } }),
  durations: (filter: DurationFilter) => http<Durations>('GET', '/statistics/durations', { query: { ...filter } }),
  late: (areaId?: string) => http<Late>('GET', '/statistics/late', { query: { areaId } }),
  demoAccounts: () => http<DemoAccount[]>('GET', '/demo/accounts'),
});
export type Api = ReturnType<typeof makeApi>;

/** Sign-in lives outside /api/v1; `http` here has the base `/api/auth`. */
export const makeSignIn = (http: Http) => ({
  /** `secondStep` when the account also asks for a code from the authenticator. */
  password: async (username: string, password: string): Promise<'done' | 'secondStep'> => {
    const answer = await http<{ secondFactor: boolean }>('POST', '/sign-in/username', { json: { username, password } });
    return answer.secondFactor ? 'secondStep' : 'done';
  },
  totp: (code: string) => http<unknown>('POST', '/two-factor/verify-totp', { json: { code } }),
  signOut: () => http<unknown>('POST', '/sign-out', { json: {} }),
  /** Sets an authenticator up: it counts from the first code that `totp` accepts. */
  setUpAuthenticator: (password: string) =>
    http<{ totpURI: string; backupCodes: string[] }>('POST', '/two-factor/enable', { json: { password } }),
  giveUpAuthenticator: (password: string) => http<unknown>('POST', '/two-factor/disable', { json: { password } }),
  changePassword: (currentPassword: string, newPassword: string) =>
    http<unknown>('POST', '/change-password', { json: { currentPassword, newPassword } }),
});
export type SignIn = ReturnType<typeof makeSignIn>;
