import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { NewAction } from '@tongxin/domain/case/view.ts';
import type { NewPaper } from '@tongxin/domain/dispute/agreement/schema.ts';
import { byPost } from '../../lib/by-post.ts';
import { api } from '../../lib/services.ts';

const handOver = (file: Blob, name: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};
/** Fetches the statutory report of a month and hands it to the browser. */
export const takeReport = async (month: string, name: string): Promise<void> =>
  handOver(await api.disputeReport(month), `${name}-${month}.xlsx`);
/** The same of what mediators are due for the cases of a month. */
export const takeSubsidy = async (month: string, name: string): Promise<void> =>
  handOver(await api.subsidySheet(month), `${name}-${month}.xlsx`);

export const {
  registerDispute,
  releaseDisputes,
  recordConsent,
  keepMediator,
  keepCentre,
  setSubsidyRates,
  recordChoice,
  appointMediator,
  stepAside,
  answerChallenge,
  reportDispute,
  sendUp,
  recordOffer,
  conveyOffer,
  recordAnswer,
  saveAgreement,
  signAgreement,
  recordApplicant,
  documentUrl,
  screenSafety,
  proposeSession,
  recordSessionAnswer,
  holdSession,
  dropSession,
  makeSlip,
  eraseSide,
  noteSession,
  askHelper,
  recordObjection,
  answerObjection,
  takeHelperOff,
  answerInvitation,
} = api;
export const stopDispute = async (caseId: string, action: NewAction) => api.act(caseId, await byPost(action));
export const putInWriting = (id: string) => api.putInWriting(id, uuidv7());
export const reviseAgreement = (id: string) => api.reviseAgreement(id, uuidv7());
export const takeEffect = (id: string, effectiveOn: string) => api.takeEffect(id, { commandId: uuidv7(), effectiveOn });
export const performTerm = (id: string, no: number, performedOn: string) => api.performTerm(id, { commandId: uuidv7(), no, performedOn });
export const applyForConfirmation = (id: string, asked: Omit<Parameters<typeof api.applyForConfirmation>[1], 'commandId'>) =>
  api.applyForConfirmation(id, { commandId: uuidv7(), ...asked });
export const issuePaper = (id: string, kind: NewPaper['kind'], sessionId?: string) =>
  api.issueDisputePaper(id, { commandId: uuidv7(), documentId: uuidv7(), kind, ...(sessionId ? { sessionId } : {}) });
export const addRoom = (id: string, name: string) => api.addMediationRoom(id, { id: uuidv7(), name });
