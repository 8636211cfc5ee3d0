// long: one line for each call the desk and the portal make; where it is cut nothing else becomes simpler
import type { Changed } from '@tongxin/domain/administration/view.ts';
import type { AidStandard, NewAidStandard } from '@tongxin/domain/aid/schema.ts';
import type { BoundaryFileView } from '@tongxin/domain/area/import/schema.ts';
import type {
  AreaHistory,
  NetFindings,
  NetView,
  NewRezoning,
  RezoningDraft,
  RezoningPreview,
  RezoningView,
} from '@tongxin/domain/area/rezoning/schema.ts';
import type { AreaDetail, AreaView, ResolvedPoint } from '@tongxin/domain/area/schema.ts';
import type { NewPreview, Preview } from '@tongxin/domain/bulk/schema.ts';
import type { BurdenView } from '@tongxin/domain/burden/view.ts';
import type { CasePage, CaseView, FileView, Light, NewAction, NewCase, NewPlace, Receipt, SimilarCase } from '@tongxin/domain/case/view.ts';
import type { CategoryView } from '@tongxin/domain/category/schema.ts';
import type {
  AgreementView,
  CourtGround,
  NewOffer,
  NewPaper,
  SavedText,
  SignedByAccount,
  SignedOnScreen,
} from '@tongxin/domain/dispute/agreement/schema.ts';
import type { CentreForm, CentreView } from '@tongxin/domain/dispute/centre/schema.ts';
import type {
  Appointment,
  ChallengeAnswer,
  ChoosingView,
  OwnChoice,
  RecordedChoice,
  SteppingAside,
} from '@tongxin/domain/dispute/choosing/schema.ts';
import type { ConsentsView, OwnConsent, RecordedConsent } from '@tongxin/domain/dispute/consent/schema.ts';
import type { SideErasure } from '@tongxin/domain/dispute/erasing/schema.ts';
import type {
  HelperRemoval,
  HelpersView,
  Invitation,
  InvitationAnswer,
  NewHelper,
  ObjectionAnswer,
  OwnObjection,
  RecordedObjection,
} from '@tongxin/domain/dispute/joining/schema.ts';
import type { MediatorForm, MediatorsView } from '@tongxin/domain/dispute/mediator/schema.ts';
import type {
  Application,
  ApplicationReceipt,
  CaseToMediation,
  ReferralRow,
  Report,
  SendingUp,
  SentView,
} from '@tongxin/domain/dispute/referral/schema.ts';
import type { DisputeCounts, DisputeReceipt, DisputeRelease, DisputeRow, NewDispute } from '@tongxin/domain/dispute/schema.ts';
import type { HeldSession, NewDisputeSession, Screening, SessionsView } from '@tongxin/domain/dispute/session/schema.ts';
import type { NewSlip, Slip } from '@tongxin/domain/dispute/slip/schema.ts';
import type { NewSubsidyRates, SubsidyMonth, SubsidyRates } from '@tongxin/domain/dispute/subsidy/schema.ts';
import type { DocumentKind, Draft } from '@tongxin/domain/document/schema.ts';
import type { DocumentsView, NewDocument } from '@tongxin/domain/document/view.ts';
import type { DossierPlace, DossierView, NewArchive } from '@tongxin/domain/dossier/schema.ts';
import type { FacilityView } from '@tongxin/domain/facility/schema.ts';
import type { FollowedView, FollowingReceipt, NearbyReport, NewFollowing } from '@tongxin/domain/follow/schema.ts';
import type { Handover, HandoverDraft, HandoverRow, NewHandover } from '@tongxin/domain/handover/schema.ts';
import type {
  DeskHearing,
  HearingReceipt,
  NewHearing,
  NewHearingPublication,
  NewMinutes,
  NewOpinion,
  Panellist,
  PanellistChange,
  PublicHearing,
  Reason,
} from '@tongxin/domain/hearing/schema.ts';
import type { Count, NewView, Question, SavedView } from '@tongxin/domain/inbox/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { LeaseView } from '@tongxin/domain/lease/schema.ts';
import type { AreaCounts, FoundAreas, MapGround } from '@tongxin/domain/map/schema.ts';
import type { AddressesView, ChannelsView, MessageView, PushSubscription, WishView } from '@tongxin/domain/message/schema.ts';
import type { NoticeSettings } from '@tongxin/domain/notice/schema.ts';
import type { OfficeView, OrganizationView } from '@tongxin/domain/organization/schema.ts';
import type { Mapping, Migrated, MigrationPreview } from '@tongxin/domain/procedure/migrate/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { NewDecision, PublicationArea, PublicationChange, PublicReports, ReviewRow } from '@tongxin/domain/publication/schema.ts';
import type { MonthRelease } from '@tongxin/domain/publish/schema.ts';
import type { RatingView, SharedView } from '@tongxin/domain/receipt/view.ts';
import type {
  DeskSession,
  HoursKind,
  NewSession,
  NewTalkCase,
  ReceptionMonth,
  SessionRow,
  SessionView,
  TalkRead,
} from '@tongxin/domain/reception/schema.ts';
import type { NewReplyTemplate, ReplyTemplate, ReplyTemplateChange } from '@tongxin/domain/reply/schema.ts';
import type { NewReport, Overview, OwnUnit, UnitChange } from '@tongxin/domain/screening/schema.ts';
import type { SosView } from '@tongxin/domain/sos/schema.ts';
import type { Causes, MeasureView, NewMeasure } from '@tongxin/domain/source/schema.ts';
import type { DisplayView, MadeDisplay, NewDisplay, WallMap, WallView } from '@tongxin/domain/wall/view.ts';
import { exchangeCalls } from './exchange.ts';
import { hotlineCalls } from './hotline.ts';
import type { Http } from './http.ts';
import { ApiProblem } from './problem.ts';
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
  Standing,
} from './shapes.ts';
import { type UploadFile, uploadFile } from './upload.ts';

/** Which running cases go on under which version, and how. */
export interface AskedMigration {
  readonly procedureId: string;
  readonly from: number;
  readonly to: number;
  readonly areaId: string;
  readonly caseId?: string;
  readonly mapping: Mapping;
}
/** A list's question with the page that is asked for. */
export interface CaseFilter extends Question {
  readonly count?: boolean;
  /** Ids with commas between, a hundred at most: which of these the list holds. */
  readonly ids?: string;
  readonly cursor?: string;
  readonly limit?: number;
}
/** What of the cases a map shows: what is open, or all that was filed from one day to another. */
export interface MapFilter {
  readonly show?: 'open' | 'filed' | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly stage?: string | undefined;
  readonly light?: Light | undefined;
  readonly categoryId?: string | undefined;
}
export interface CountFilter {
  readonly measure: 'filed' | 'entered' | 'standing' | 'overdue';
  readonly by: 'stage' | 'category' | 'day' | 'area' | 'procedure';
  readonly areaId?: string;
  readonly from?: string;
  readonly to?: string;
}
export interface NoticeFilter {
  readonly cursor?: string;
  readonly unread?: boolean;
  readonly kind?: string;
  readonly digestId?: string;
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

/**
 * Sends; where the server asks for some work first (428 `effortNeeded`), does it and sends again. A stamp holds for an hour or two: a
 * phone that slept in between is asked a second time.
 */
const withEffort = async <T>(send: (headers: Readonly<Record<string, string>>) => Promise<T>): Promise<T> => {
  let headers: Readonly<Record<string, string>> = {};
  for (let asked = 0; ; asked++) {
    try {
      return await send(headers);
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'effortNeeded' || asked === 2) throw problem;
      const { makeEffort } = await import('./effort.ts');
      headers = { 'x-effort': await makeEffort(String(problem.params.stamp), Number(problem.params.bits)) };
    }
  }
};

/** Every call the screens make, by what it is for. Answers are the API's own shapes. */
export const makeApi = (http: Http) => ({
  ...exchangeCalls(http),
  ...hotlineCalls(http),
  fileCase: (body: NewCase) => withEffort((headers) => http<Receipt>('POST', '/cases', { json: body, idempotent: true, headers })),
  uploadToCase: (caseId: string, file: UploadFile): Promise<FileView> => uploadFile(http, `/cases/${caseId}`, file),
  listCases: (filter: CaseFilter, signal?: AbortSignal) => http<CasePage>('GET', '/cases', { query: { ...filter }, signal }),
  getCase: (id: string, signal?: AbortSignal) => http<CaseView>('GET', `/cases/${at(id)}`, { signal }),
  previewBulk: (body: NewPreview, signal?: AbortSignal) =>
    http<Preview>('POST', '/cases/preview', { json: body, idempotent: true, signal }),
  listLeases: async () => (await http<{ leases: LeaseView[] }>('GET', '/leases')).leases,
  /** Takes a case in hand, or keeps it. */
  claim: (id: string) => http<LeaseView>('PUT', `/cases/${at(id)}/lease`),
  takeOver: (id: string, commandId: string) =>
    http<LeaseView>('POST', `/cases/${at(id)}/lease/takeover`, { json: { commandId }, idempotent: true }),
  release: (id: string) => http<unknown>('DELETE', `/cases/${at(id)}/lease`),
  listViews: async () => (await http<{ views: SavedView[] }>('GET', '/inbox/views')).views,
  saveView: (id: string, view: NewView) => http<SavedView>('PUT', `/inbox/views/${at(id)}`, { json: view }),
  removeView: (id: string) => http<unknown>('DELETE', `/inbox/views/${at(id)}`),
  viewCounts: async (postId?: string) =>
    (await http<{ counts: { view: string; count?: Count }[] }>('GET', '/inbox/counts', { query: { postId } })).counts,
  actMinimal: (id: string, action: NewAction) =>
    http<Written>('POST', `/cases/${at(id)}/actions`, { json: action, idempotent: true, minimal: true }),
  similarCases: async (id: string, signal?: AbortSignal) =>
    (await http<{ cases: SimilarCase[] }>('GET', `/cases/${at(id)}/similar`, { signal })).cases,
  caseDiagramUrl: (id: string, version: number, language: string) => `/api/v1/cases/${at(id)}/diagram.svg?lang=${language}&v=${version}`,
  act: (id: string, action: NewAction) => http<CaseView>('POST', `/cases/${at(id)}/actions`, { json: action, idempotent: true }),
  openTask: (id: string, body: { commandId: string; taskId: string; organizationId: string; words: string; dueOn?: string }) =>
    http<Written>('POST', `/cases/${at(id)}/tasks`, { json: body, idempotent: true }),
  changeTask: (id: string, taskId: string, body: { commandId: string; status: TaskStatus; words?: string }) =>
    http<Written>('POST', `/cases/${at(id)}/tasks/${at(taskId)}`, { json: body, idempotent: true }),
  placeCase: (id: string, body: { commandId: string; version: number } & NewPlace) =>
    http<Written>('POST', `/cases/${at(id)}/place`, { json: body, idempotent: true }),
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
  getDossier: (id: string) => http<DossierView>('GET', `/cases/${at(id)}/dossier`),
  placeInDossier: (id: string, place: DossierPlace) =>
    http<Written>('POST', `/cases/${at(id)}/dossier/place`, { json: place, idempotent: true }),
  archiveDossier: (id: string, archive: NewArchive) =>
    http<Written>('POST', `/cases/${at(id)}/dossier/archive`, { json: archive, idempotent: true }),
  readDossier: (id: string, reading: { commandId: string; purpose: string }) =>
    http<Blob>('POST', `/cases/${at(id)}/dossier/read`, { json: reading, blob: true, idempotent: true }),
  getReceipt: (code: string, signal?: AbortSignal) => http<CaseView>('GET', `/receipts/${at(code)}`, { signal }),
  getReceiptReadings: (code: string, signal?: AbortSignal) => http<Readings>('GET', `/receipts/${at(code)}/access-log`, { signal }),
  addresses: () => http<AddressesView>('GET', '/me/addresses'),
  addMail: (id: string, address: string) => http<AddressesView>('PUT', `/me/addresses/${at(id)}/mail`, { json: { address } }),
  proveMail: (id: string, code: string) => http<AddressesView>('POST', `/me/addresses/${at(id)}/prove`, { json: { code } }),
  addBrowser: (id: string, subscription: PushSubscription) =>
    http<AddressesView>('PUT', `/me/addresses/${at(id)}/push`, { json: subscription }),
  removeAddress: (id: string) => http<AddressesView>('DELETE', `/me/addresses/${at(id)}`),
  channels: (signal?: AbortSignal) => http<ChannelsView>('GET', '/channels', { signal }),
  caseMessages: async (id: string) => (await http<{ messages: MessageView[] }>('GET', `/cases/${at(id)}/messages`)).messages,
  getReceiptWish: (code: string, signal?: AbortSignal) => http<WishView>('GET', `/receipts/${at(code)}/notify`, { signal }),
  chooseReceiptWish: (code: string, sms: boolean) => http<WishView>('PUT', `/receipts/${at(code)}/notify`, { json: { sms } }),
  actOnReceipt: (code: string, action: NewAction) =>
    http<CaseView>('POST', `/receipts/${at(code)}/actions`, { json: action, idempotent: true }),
  /** Open reports around a spot, as far as the area tells of them. */
  nearby: async (around: { lon?: number; lat?: number; areaId?: string; categoryId?: string }, signal?: AbortSignal) =>
    (await http<{ reports: NearbyReport[] }>('GET', '/nearby', { query: around, signal })).reports,
  follow: (following: NewFollowing) =>
    withEffort((headers) => http<FollowingReceipt>('POST', '/nearby/follows', { json: following, idempotent: true, headers })),
  getFollowed: (code: string, signal?: AbortSignal) => http<FollowedView>('GET', `/follows/${at(code)}`, { signal }),
  stopFollowing: (code: string) => http<unknown>('DELETE', `/follows/${at(code)}`),
  shareReceipt: (code: string) => http<{ token: string }>('GET', `/receipts/${at(code)}/share`),
  getShared: (token: string, signal?: AbortSignal) => http<SharedView>('GET', `/shared/${at(token)}`, { signal }),
  getRating: (code: string, signal?: AbortSignal) => http<RatingView>('GET', `/ratings/${at(code)}`, { signal }),
  rate: (code: string, value: string) => http<{ rated: string }>('POST', `/ratings/${at(code)}`, { json: { value }, idempotent: true }),
  publicReports: (query: { areaId?: string; before?: string } = {}, signal?: AbortSignal) =>
    http<PublicReports>('GET', '/public/reports', { query, signal }),
  /** Where somebody stands is asked once and kept nowhere. */
  listReceptions: async (asked: { kind?: HoursKind; lon?: number; lat?: number } = {}, signal?: AbortSignal) =>
    (await http<{ sessions: SessionView[] }>('GET', '/reception/sessions', { query: { ...asked }, signal })).sessions,
  adviceReleases: async (signal?: AbortSignal) =>
    (await http<{ releases: MonthRelease[] }>('GET', '/reception/releases', { signal })).releases,
  aidStandards: async (signal?: AbortSignal) =>
    (await http<{ standards: AidStandard[] }>('GET', '/legal-aid/standards', { signal })).standards,
  setAidStandard: (body: NewAidStandard) => http<AidStandard>('POST', '/legal-aid/standards', { json: body, idempotent: true }),
  listOwnReceptions: async () => (await http<{ sessions: SessionRow[] }>('GET', '/reception/desk')).sessions,
  receptionMonths: async () => (await http<{ months: ReceptionMonth[] }>('GET', '/reception/months')).months,
  publishReception: (id: string, session: NewSession) =>
    http<SessionView>('PUT', `/reception/sessions/${at(id)}`, { json: session, idempotent: true }),
  callOffReception: (id: string, because: string) =>
    http<SessionView>('POST', `/reception/sessions/${at(id)}/call-off`, { json: { because }, idempotent: true }),
  getReception: (id: string) => http<DeskSession>('GET', `/reception/sessions/${at(id)}/bookings`),
  readBooking: (id: string, purpose: string) => http<TalkRead>('POST', `/reception/bookings/${at(id)}/read`, { json: { purpose } }),
  markAttendance: (id: string, came: boolean) =>
    http<DeskSession>('POST', `/reception/bookings/${at(id)}/attendance`, { json: { came }, idempotent: true }),
  noteTalk: (id: string, words: string) =>
    http<DeskSession>('PUT', `/reception/bookings/${at(id)}/minutes`, { json: { words }, idempotent: true }),
  adviseOn: (id: string, words: string) =>
    http<DeskSession>('PUT', `/reception/bookings/${at(id)}/advice`, { json: { words }, idempotent: true }),
  declineTurn: (id: string) => http<DeskSession>('POST', `/reception/bookings/${at(id)}/decline`, { json: {}, idempotent: true }),
  openTalkCase: (id: string, body: NewTalkCase) =>
    http<Receipt>('POST', `/reception/bookings/${at(id)}/case`, { json: body, idempotent: true }),
  followersOf: (id: string) => http<{ n: number }>('GET', `/cases/${at(id)}/followers`),
  registerDispute: (body: NewDispute) => http<DisputeReceipt>('POST', '/disputes', { json: body, idempotent: true }),
  listDisputes: async () => (await http<{ disputes: DisputeRow[] }>('GET', '/disputes')).disputes,
  getAgreement: (id: string, signal?: AbortSignal) => http<AgreementView>('GET', `/disputes/${at(id)}/agreement`, { signal }),
  recordOffer: (id: string, body: NewOffer) => http<AgreementView>('POST', `/disputes/${at(id)}/offers`, { json: body, idempotent: true }),
  conveyOffer: (id: string, offerId: string) =>
    http<AgreementView>('POST', `/disputes/${at(id)}/offers/${at(offerId)}/convey`, { json: {}, idempotent: true }),
  recordAnswer: (id: string, offerId: string, body: { readonly partyId: string; readonly accepts: boolean }) =>
    http<AgreementView>('POST', `/disputes/${at(id)}/offers/${at(offerId)}/answers`, { json: body, idempotent: true }),
  saveAgreement: (id: string, body: SavedText) => http<AgreementView>('POST', `/disputes/${at(id)}/text`, { json: body, idempotent: true }),
  putInWriting: (id: string, commandId: string) =>
    http<{ version: number }>('POST', `/disputes/${at(id)}/writing`, { json: { commandId }, idempotent: true }),
  reviseAgreement: (id: string, commandId: string) =>
    http<{ version: number }>('POST', `/disputes/${at(id)}/revision`, { json: { commandId }, idempotent: true }),
  signAgreement: (id: string, documentId: string, signers: readonly string[]) =>
    http<AgreementView>('POST', `/disputes/${at(id)}/signatures`, { json: { documentId, signers, readBack: true }, idempotent: true }),
  takeEffect: (id: string, body: { readonly commandId: string; readonly effectiveOn: string }) =>
    http<{ version: number }>('POST', `/disputes/${at(id)}/effect`, { json: body, idempotent: true }),
  performTerm: (id: string, body: { readonly commandId: string; readonly no: number; readonly performedOn: string }) =>
    http<{ version: number }>('POST', `/disputes/${at(id)}/performances`, { json: body, idempotent: true }),
  recordApplicant: (id: string, partyId: string) =>
    http<AgreementView>('POST', `/disputes/${at(id)}/applicants`, { json: { partyId }, idempotent: true }),
  applyForConfirmation: (
    id: string,
    body: { readonly commandId: string; readonly ground: CourtGround; readonly court: string; readonly appliedOn: string },
  ) => http<{ version: number }>('POST', `/disputes/${at(id)}/confirmation`, { json: body, idempotent: true }),
  issueDisputePaper: (id: string, body: NewPaper) =>
    http<{ version: number }>('POST', `/disputes/${at(id)}/papers`, { json: body, idempotent: true }),
  getDisputeSessions: (id: string, signal?: AbortSignal) => http<SessionsView>('GET', `/disputes/${at(id)}/sessions`, { signal }),
  screenSafety: (id: string, screening: Screening) =>
    http<SessionsView>('POST', `/disputes/${at(id)}/safety`, { json: screening, idempotent: true }),
  proposeSession: (id: string, body: NewDisputeSession) =>
    http<SessionsView>('POST', `/disputes/${at(id)}/sessions`, { json: body, idempotent: true }),
  recordSessionAnswer: (id: string, sessionId: string, body: { readonly partyId: string; readonly accepts: boolean }) =>
    http<SessionsView>('POST', `/disputes/${at(id)}/sessions/${at(sessionId)}/answers`, { json: body, idempotent: true }),
  holdSession: (id: string, sessionId: string, body: HeldSession) =>
    http<SessionsView>('POST', `/disputes/${at(id)}/sessions/${at(sessionId)}/holding`, { json: body, idempotent: true }),
  dropSession: (id: string, sessionId: string) =>
    http<SessionsView>('POST', `/disputes/${at(id)}/sessions/${at(sessionId)}/cancellation`, { json: {}, idempotent: true }),
  noteSession: (id: string, sessionId: string, body: { readonly id: string; readonly words: string }) =>
    http<SessionsView>('POST', `/disputes/${at(id)}/sessions/${at(sessionId)}/notes`, { json: body, idempotent: true }),
  addMediationRoom: (id: string, body: { readonly id: string; readonly name: string }) =>
    http<SessionsView>('POST', `/disputes/${at(id)}/rooms`, { json: body, idempotent: true }),
  listHelpers: (id: string, signal?: AbortSignal) => http<HelpersView>('GET', `/disputes/${at(id)}/helpers`, { signal }),
  askHelper: (id: string, body: NewHelper) => http<HelpersView>('POST', `/disputes/${at(id)}/helpers`, { json: body, idempotent: true }),
  recordObjection: (id: string, helperId: string, body: RecordedObjection) =>
    http<HelpersView>('POST', `/disputes/${at(id)}/helpers/${at(helperId)}/objections`, { json: body, idempotent: true }),
  answerObjection: (id: string, helperId: string, body: ObjectionAnswer) =>
    http<HelpersView>('POST', `/disputes/${at(id)}/helpers/${at(helperId)}/answer`, { json: body, idempotent: true }),
  eraseSide: (id: string, body: SideErasure) =>
    http<{ version: number }>('POST', `/disputes/${at(id)}/erasures`, { json: body, idempotent: true }),
  makeSlip: (id: string, body: NewSlip) => http<Slip>('POST', `/disputes/${at(id)}/slips`, { json: body, idempotent: true }),
  takeHelperOff: (id: string, helperId: string, body: HelperRemoval) =>
    http<HelpersView>('POST', `/disputes/${at(id)}/helpers/${at(helperId)}/removal`, { json: body, idempotent: true }),
  ownHelpers: (code: string, signal?: AbortSignal) => http<HelpersView>('GET', `/receipts/${at(code)}/helpers`, { signal }),
  objectToHelper: (code: string, helperId: string, body: OwnObjection) =>
    http<HelpersView>('POST', `/receipts/${at(code)}/helpers/${at(helperId)}/objections`, { json: body, idempotent: true }),
  listInvitations: async (signal?: AbortSignal) =>
    (await http<{ invitations: Invitation[] }>('GET', '/me/helping', { signal })).invitations,
  answerInvitation: async (id: string, body: InvitationAnswer) =>
    (await http<{ invitations: Invitation[] }>('POST', `/me/helping/${at(id)}`, { json: body, idempotent: true })).invitations,
  ownSessions: (code: string, signal?: AbortSignal) => http<SessionsView>('GET', `/receipts/${at(code)}/sessions`, { signal }),
  answerSession: (code: string, sessionId: string, accepts: boolean) =>
    http<SessionsView>('POST', `/receipts/${at(code)}/sessions/${at(sessionId)}/answer`, { json: { accepts }, idempotent: true }),
  ownAgreement: (code: string, signal?: AbortSignal) => http<AgreementView>('GET', `/receipts/${at(code)}/agreement`, { signal }),
  makeOffer: (code: string, body: Omit<NewOffer, 'by'>) =>
    http<AgreementView>('POST', `/receipts/${at(code)}/offers`, { json: body, idempotent: true }),
  answerOffer: (code: string, offerId: string, accepts: boolean) =>
    http<AgreementView>('POST', `/receipts/${at(code)}/offers/${at(offerId)}/answer`, { json: { accepts }, idempotent: true }),
  sendSigningCode: (code: string, digest: string) =>
    http<{ ok: boolean }>('POST', `/receipts/${at(code)}/signature/code`, { json: { digest } }),
  signOnScreen: (code: string, body: SignedOnScreen) =>
    http<AgreementView>('POST', `/receipts/${at(code)}/signature`, { json: body, idempotent: true }),
  signByAccount: (body: SignedByAccount) => http<AgreementView>('POST', '/me/signatures', { json: body, idempotent: true }),
  applyOneself: (code: string) => http<AgreementView>('POST', `/receipts/${at(code)}/application`, { json: {}, idempotent: true }),
  countDisputes: (month: string) => http<DisputeCounts>('GET', '/disputes/counts', { query: { month } }),
  subsidyOfMonth: (month: string) => http<SubsidyMonth>('GET', '/disputes/subsidy', { query: { month } }),
  subsidySheet: (month: string) => http<Blob>('GET', '/disputes/subsidy/xlsx', { query: { month }, blob: true }),
  subsidyRates: async () => (await http<{ rates: SubsidyRates[] }>('GET', '/disputes/subsidy/rates')).rates,
  setSubsidyRates: (rates: NewSubsidyRates) => http<SubsidyRates>('POST', '/disputes/subsidy/rates', { json: rates, idempotent: true }),
  disputeReport: (month: string) => http<Blob>('GET', '/disputes/report/xlsx', { query: { month }, blob: true }),
  releaseDisputes: (month: string) => http<DisputeRelease>('POST', '/disputes/releases', { json: { month }, idempotent: true }),
  listConsents: (id: string, signal?: AbortSignal) => http<ConsentsView>('GET', `/disputes/${at(id)}/consents`, { signal }),
  recordConsent: (id: string, body: RecordedConsent) =>
    http<ConsentsView>('POST', `/disputes/${at(id)}/consents`, { json: body, idempotent: true }),
  listMediators: () => http<MediatorsView>('GET', '/mediators'),
  keepMediator: (id: string, body: MediatorForm) => http<Changed>('PUT', `/mediators/${at(id)}`, { json: body, idempotent: true }),
  listCentres: async (areaId?: string, signal?: AbortSignal) =>
    (await http<{ centres: CentreView[] }>('GET', '/centres', { query: { areaId }, signal })).centres,
  getCentre: (id: string, signal?: AbortSignal) => http<CentreView>('GET', `/centres/${at(id)}`, { signal }),
  keepCentre: (id: string, body: CentreForm) => http<Changed>('PUT', `/centres/${at(id)}`, { json: body, idempotent: true }),
  getChoosing: (id: string, signal?: AbortSignal) => http<ChoosingView>('GET', `/disputes/${at(id)}/choosing`, { signal }),
  recordChoice: (id: string, body: RecordedChoice) =>
    http<ChoosingView>('POST', `/disputes/${at(id)}/choices`, { json: body, idempotent: true }),
  appointMediator: (id: string, body: Appointment) =>
    http<{ version: number }>('POST', `/disputes/${at(id)}/mediator`, { json: body, idempotent: true }),
  stepAside: (id: string, body: SteppingAside) =>
    http<{ version: number }>('POST', `/disputes/${at(id)}/mediator/step-aside`, { json: body, idempotent: true }),
  answerChallenge: (id: string, body: ChallengeAnswer) =>
    http<{ version: number }>('POST', `/disputes/${at(id)}/challenge`, { json: body, idempotent: true }),
  ownChoosing: (code: string, signal?: AbortSignal) => http<ChoosingView>('GET', `/receipts/${at(code)}/choosing`, { signal }),
  makeChoice: (code: string, body: OwnChoice) =>
    http<ChoosingView>('POST', `/receipts/${at(code)}/choices`, { json: body, idempotent: true }),
  applyForMediation: (body: Application) =>
    withEffort((headers) => http<ApplicationReceipt>('POST', '/dispute-applications', { json: body, idempotent: true, headers })),
  passToMediation: (id: string, body: CaseToMediation) =>
    http<SentView>('POST', `/cases/${at(id)}/mediation`, { json: body, idempotent: true }),
  listReferrals: async () => (await http<{ referrals: ReferralRow[] }>('GET', '/disputes/referrals')).referrals,
  reportDispute: (id: string, body: Report) => http<SentView>('POST', `/disputes/${at(id)}/report`, { json: body, idempotent: true }),
  centresAbove: async (id: string) =>
    (await http<{ centres: { id: string; label: Label }[] }>('GET', `/disputes/${at(id)}/centres`)).centres,
  sendUp: (id: string, body: SendingUp) => http<Written>('POST', `/disputes/${at(id)}/send-up`, { json: body, idempotent: true }),
  ownConsents: (code: string, signal?: AbortSignal) => http<ConsentsView>('GET', `/receipts/${at(code)}/consents`, { signal }),
  giveConsent: (code: string, body: OwnConsent) =>
    http<ConsentsView>('POST', `/receipts/${at(code)}/consents`, { json: body, idempotent: true }),
  disputeReleases: async () => (await http<{ releases: DisputeRelease[] }>('GET', '/disputes/releases')).releases,
  disputeCauses: (from: string, to: string) => http<Causes>('GET', '/sources/causes', { query: { from, to } }),
  listMeasures: async () => (await http<{ measures: MeasureView[] }>('GET', '/sources/measures')).measures,
  addMeasure: async (id: string, measure: NewMeasure) =>
    (await http<{ measures: MeasureView[] }>('PUT', `/sources/measures/${at(id)}`, { json: measure, idempotent: true })).measures,
  publicHearings: async (signal?: AbortSignal) =>
    (await http<{ hearings: PublicHearing[] }>('GET', '/public/hearings', { signal })).hearings,
  listHearings: async () => (await http<{ hearings: DeskHearing[] }>('GET', '/hearings')).hearings,
  listCandidates: async () => (await http<{ panellists: Panellist[] }>('GET', '/hearings/candidates')).panellists,
  listPanellists: async () => (await http<{ panellists: Panellist[] }>('GET', '/panellists')).panellists,
  changePanellist: (id: string, change: PanellistChange) =>
    http<Changed>('POST', `/panellists/${at(id)}`, { json: change, idempotent: true }),
  conveneHearing: (hearing: NewHearing) => http<HearingReceipt>('POST', '/hearings', { json: hearing, idempotent: true }),
  drawPanel: (id: string, body: { commandId: string; spoken: string }) =>
    http<DeskHearing>('POST', `/hearings/${at(id)}/draw`, { json: body, idempotent: true }),
  replacePanellist: (id: string, body: { commandId: string; no: string; reason: Reason }) =>
    http<DeskHearing>('POST', `/hearings/${at(id)}/replace`, { json: body, idempotent: true }),
  callOffHearing: (id: string, body: { commandId: string; because: string }) =>
    http<DeskHearing>('POST', `/hearings/${at(id)}/calling-off`, { json: body, idempotent: true }),
  recordHearing: (id: string, body: NewMinutes) =>
    http<DeskHearing>('POST', `/hearings/${at(id)}/minutes`, { json: body, idempotent: true }),
  giveOpinion: (id: string, body: NewOpinion) => http<DeskHearing>('POST', `/hearings/${at(id)}/opinion`, { json: body, idempotent: true }),
  publishHearing: (id: string, body: NewHearingPublication) =>
    http<DeskHearing>('POST', `/hearings/${at(id)}/publication`, { json: body, idempotent: true }),
  ownScreening: async () => (await http<{ units: OwnUnit[] }>('GET', '/screening/own')).units,
  reportScreening: async (id: string, report: NewReport) =>
    (await http<{ units: OwnUnit[] }>('PUT', `/screening/reports/${at(id)}`, { json: report, idempotent: true })).units,
  screeningOverview: (month: string) => http<Overview>('GET', '/screening/overview', { query: { month } }),
  screeningWorkbook: (month: string) => http<Blob>('GET', '/screening/overview/xlsx', { query: { month }, blob: true }),
  changeScreeningUnit: (organizationId: string, change: UnitChange) =>
    http<Changed>('POST', `/screening/units/${at(organizationId)}`, { json: change, idempotent: true }),
  listSos: async () => (await http<{ calls: SosView[] }>('GET', '/sos')).calls,
  acknowledgeSos: (id: string) => http<SosView>('POST', `/sos/${at(id)}/acknowledge`, { json: {}, idempotent: true }),
  endSos: (id: string) => http<SosView>('POST', `/sos/${at(id)}/end`, { json: {}, idempotent: true }),
  listReviews: async (state: 'waiting' | 'shown' | 'refused') =>
    (await http<{ rows: ReviewRow[] }>('GET', '/publication/reviews', { query: { state } })).rows,
  decidePublication: (id: string, decision: NewDecision) =>
    http<{ version: number }>('PUT', `/cases/${at(id)}/publication`, { json: decision }),
  listPublicationAreas: async () => (await http<{ areas: PublicationArea[] }>('GET', '/publication/areas')).areas,
  changePublicationArea: (areaId: string, change: PublicationChange) =>
    http<unknown>('POST', `/publication/areas/${at(areaId)}`, { json: change, idempotent: true }),
  uploadToReceipt: (code: string, file: UploadFile): Promise<FileView> => uploadFile(http, `/receipts/${at(code)}`, file),
  /** Where the holder of a code sees a file; the view's own address is for people who are signed in. */
  receiptFileUrl: (code: string, fileId: string) => `/api/v1/receipts/${at(code)}/files/${at(fileId)}`,
  listAreas: async (parentId?: string) => (await http<{ areas: AreaView[] }>('GET', '/areas', { query: { parentId } })).areas,
  listOffices: async (procedure: string, areaId?: string) =>
    (await http<{ offices: OfficeView[] }>('GET', '/offices', { query: { procedure, areaId } })).offices,
  areaNet: (id: string, signal?: AbortSignal) => http<NetView>('GET', `/areas/${at(id)}/net`, { signal }),
  areaFindings: (id: string, signal?: AbortSignal) => http<NetFindings>('GET', `/areas/${at(id)}/findings`, { signal }),
  areaHistory: (id: string, signal?: AbortSignal) => http<AreaHistory>('GET', `/areas/${at(id)}/history`, { signal }),
  areaBoundariesUrl: (id: string) => `/api/v1/areas/${at(id)}/boundaries`,
  readBoundaryFile: (file: Blob, query: { format: string; datum: string }) =>
    http<BoundaryFileView>('POST', '/areas/boundary-files', {
      query,
      bytes: { blob: file, headers: { 'content-type': 'application/octet-stream' } },
      idempotent: true,
    }),
  previewRezoning: (draft: RezoningDraft) => http<RezoningPreview>('POST', '/areas/rezonings/preview', { json: draft, idempotent: true }),
  applyRezoning: (rezoning: NewRezoning) => http<RezoningView>('POST', '/areas/rezonings', { json: rezoning, idempotent: true }),
  getRezoning: (id: string, signal?: AbortSignal) => http<RezoningView>('GET', `/areas/rezonings/${at(id)}`, { signal }),
  listFacilities: async (areaId: string) =>
    (await http<{ facilities: FacilityView[] }>('GET', '/facilities', { query: { areaId } })).facilities,
  getArea: (id: string) => http<AreaDetail>('GET', `/areas/${at(id)}`),
  listFacilitiesIn: async (bbox: readonly [number, number, number, number]) =>
    (await http<{ facilities: FacilityView[] }>('GET', '/facilities', { query: { bbox: bbox.join(',') } })).facilities,
  listReplyTemplates: async (retired = false) =>
    (await http<{ templates: ReplyTemplate[] }>('GET', '/reply-templates', { query: { ...(retired ? { retired } : {}) } })).templates,
  makeReplyTemplate: (body: NewReplyTemplate) => http<ReplyTemplate>('POST', '/reply-templates', { json: body, idempotent: true }),
  changeReplyTemplate: (id: string, body: ReplyTemplateChange) =>
    http<ReplyTemplate>('POST', `/reply-templates/${at(id)}`, { json: body, idempotent: true }),
  listHandovers: async () => (await http<{ handovers: HandoverRow[] }>('GET', '/handovers')).handovers,
  getHandover: (id: string) => http<Handover>('GET', `/handovers/${at(id)}`),
  draftHandover: (organizationId: string) => http<HandoverDraft>('GET', `/organizations/${at(organizationId)}/handover`),
  leaveShift: (body: NewHandover) => http<Handover>('POST', '/handovers', { json: body, idempotent: true }),
  receiveShift: (id: string, body: { words?: string }) =>
    http<Handover>('POST', `/handovers/${at(id)}/receive`, { json: body, idempotent: true }),
  resolveArea: (lon: number, lat: number) => http<ResolvedPoint>('GET', '/areas/resolve', { query: { lon, lat } }),
  getMapGround: () => http<MapGround>('GET', '/map'),
  countOnMap: (filter: MapFilter & { areaId?: string | undefined; postId?: string | undefined }, signal?: AbortSignal) =>
    http<AreaCounts>('GET', '/map/counts', { query: { ...filter }, signal }),
  findAreas: async (q: string, signal?: AbortSignal) => (await http<FoundAreas>('GET', '/map/areas', { query: { q }, signal })).areas,
  /** Address of tiles of a layer; the map asks them itself. */
  tilesUrl: (layer: 'areas' | 'cases' | 'facilities' | 'teams', filter: MapFilter = {}) => {
    const asked = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
    const query = new URLSearchParams(asked).toString();
    return `/api/v1/map/tiles/${layer}/{z}/{x}/{y}.mvt${query ? `?${query}` : ''}`;
  },
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
  previewMigration: (asked: AskedMigration) => http<MigrationPreview>('POST', '/procedure-migrations/preview', { json: asked }),
  migrateCases: (asked: AskedMigration & { id: string; after?: string }) =>
    http<Migrated>('POST', '/procedure-migrations', { json: asked, idempotent: true }),
  dropProcedureUse: (id: string) => http<unknown>('DELETE', `/procedure-uses/${at(id)}`),
  listProcedureDrafts: async () => (await http<{ drafts: ProcedureDraft[] }>('GET', '/procedure-drafts')).drafts,
  getProcedureDraft: (id: string) => http<ProcedureDraft>('GET', `/procedure-drafts/${at(id)}`),
  putProcedureDraft: (id: string, draft: SavedDraft) => http<ProcedureDraft>('PUT', `/procedure-drafts/${at(id)}`, { json: draft }),
  dropProcedureDraft: (id: string, version: number) => http<unknown>('DELETE', `/procedure-drafts/${at(id)}`, { query: { version } }),
  publishProcedureDraft: (id: string, publication: { version: number; note: string; from: string }) =>
    http<{ id: string; version: number }>('POST', `/procedure-drafts/${at(id)}/publish`, { json: publication, idempotent: true }),
  getMe: () => http<Me>('GET', '/me'),
  listNotices: (filter: NoticeFilter = {}) => http<NoticePage>('GET', '/notices', { query: { ...filter } }),
  readAllNotices: (upTo: string) => http<{ read: number }>('POST', '/notices/read', { json: { upTo }, idempotent: true }),
  noticeSettings: () => http<NoticeSettings>('GET', '/notices/settings'),
  chooseNotices: (settings: NoticeSettings) => http<NoticeSettings>('PUT', '/notices/settings', { json: settings }),
  readNotice: (id: string) => http<unknown>('POST', `/notices/${at(id)}/read`, { idempotent: true }),
  chooseLanguage: (language: 'zh' | 'en') => http<unknown>('POST', '/me/language', { json: { language }, idempotent: true }),
  counts: (filter: CountFilter) => http<Counts>('GET', '/statistics/cases', { query: { ...filter } }),
  durations: (filter: DurationFilter) => http<Durations>('GET', '/statistics/durations', { query: { ...filter } }),
  standing: () => http<Standing>('GET', '/statistics/standing'),
  wall: (areaId?: string) => http<WallView>('GET', '/wall', { query: { areaId } }),
  wallMap: (areaId?: string) => http<WallMap>('GET', '/wall/map', { query: { areaId } }),
  listDisplays: async () => (await http<{ displays: DisplayView[] }>('GET', '/wall/displays')).displays,
  addDisplay: (display: NewDisplay) => http<MadeDisplay>('POST', '/wall/displays', { json: display, idempotent: true }),
  revokeDisplay: (id: string) => http<DisplayView>('POST', `/wall/displays/${at(id)}/revoke`, { idempotent: true }),
  burden: (filter: { areaId?: string; from: string; to: string }) =>
    http<BurdenView>('GET', '/statistics/burden', { query: { ...filter } }),
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
