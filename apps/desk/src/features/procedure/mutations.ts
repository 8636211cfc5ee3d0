import type { AskedMigration } from '@tongxin/client/api.ts';
import type { SavedDraft } from '@tongxin/client/shapes.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { carriedOver, changeBetween } from '@tongxin/domain/variant/rules.ts';
import { api } from '../../lib/services.ts';

/**
 * Begins a draft of a version for an area. Of a variant it begins with what that changes of its own base; on another version of the standard
 * procedure, with as much of that as still has its place there. Answers the draft's id.
 */
export const beginDraft = async (whole: Procedure, areaId: string, on?: number): Promise<string> => {
  const { id, version } = whole.extends ?? whole;
  const change = whole.extends ? changeBetween(await api.getProcedureVersion(id, version), whole) : {};
  const baseVersion = on ?? version;
  const fitting = baseVersion === version ? change : carriedOver(await api.getProcedureVersion(id, baseVersion), change);
  const draftId = uuidv7();
  await api.putProcedureDraft(draftId, { version: 0, procedureId: id, baseVersion, areaId, change: fitting });
  return draftId;
};
/** Keeps what somebody wrote as a draft of its own, beside the one that another saved. */
export const keepApart = async (draft: Omit<SavedDraft, 'version'>): Promise<string> => {
  const draftId = uuidv7();
  await api.putProcedureDraft(draftId, { ...draft, version: 0 });
  return draftId;
};
/** Makes a sender for one change of version: its id stays, so trying again after a lost answer moves nothing twice. */
export const prepareMigration = () => {
  const id = uuidv7();
  return (asked: AskedMigration & { after?: string }) => api.migrateCases({ id, ...asked });
};
export const { previewMigration, putProcedureDraft, dropProcedureDraft, publishProcedureDraft, dropProcedureUse } = api;
/** Makes a sender for one use: its id stays, so trying again after a lost answer sets it once. */
export const prepareUse = () => {
  const id = uuidv7();
  return (use: { procedureId: string; version: number; areaId: string; from: string; note: string }) => api.setProcedureUse({ id, ...use });
};
