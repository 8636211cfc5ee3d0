import { routes } from './routes.ts';

export { changedClocks, type NewParty, sendClocks, sendEvents, sendFiling } from './append/repo.ts';
export { refused } from './errors.ts';
export { type ExportedRow, exportCases } from './export/service.ts';
export { presentLeaseChange } from './lease/present.ts';
export { endLeases, findLeasesAfter } from './lease/repo.ts';
export { LIST_COLUMNS, type ListRow, WAITS_FOR_CALL } from './list/repo.ts';
export { countInScope, type ListQuery, listPage, presentRow } from './list/service.ts';
export { countSendings, readPhoneToSend, readSealedParty } from './party/repo.ts';
export { type CodeHolder, codeOfParty, derivedId, partyIdOf, partyPlace, sidesInOrder } from './party/service.ts';
export { findCandidates, type Placed } from './place/repo.ts';
export { newPlace, placeBatch, placeColumnsOf } from './place/service.ts';
export { type CaseMaterial, filesAt, postLabel, presentCase } from './present.ts';
export {
  CASE_COLUMNS,
  type CaseRecord,
  derivedColumns,
  EVENT_COLUMNS,
  type EventRow,
  type FileRow,
  filedRow,
  findCase,
  keptAfter,
  type PartyRow,
  spotColumns,
  UNTOUCHED,
} from './repo.ts';
export {
  actForParty,
  actInScope,
  actOnCase,
  addNote,
  appendAndCommit,
  checkRespondent,
  decideSystemAction,
  occurredAtOf,
  procedureOf,
  readMaterial,
  systemActor,
  viewCase,
  viewInScope,
  withLocked,
} from './service.ts';

export const caseModule = { name: 'case', routes };
