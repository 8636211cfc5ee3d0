import type { Refusal } from '@tongxin/domain/case/schema.ts';
import { Problem } from '../../platform/errors/problem.ts';

/** Stable codes this module answers with, beside the refusals of domain/procedure. Sentences: platform/errors/titles.*. */
export const CASE_ERRORS = [
  'caseChanged',
  'caseHeld',
  'commandReused',
  'unknownOrganization',
  'bodyNotRespondent',
  'unknownCategory',
  'unknownCase',
  'unknownFile',
  'mainCaseIsMerged',
  'mainCaseIsConfidential',
  'mainCaseHasEnded',
  'mainCaseNotAccepted',
  'othersWereMerged',
  'othersWait',
  'procedureNotPublished',
] as const;

const REFUSAL_STATUS: Readonly<Record<string, number>> = {
  notYours: 403,
  sameHands: 403,
  respondentMayNot: 403,
  wrongStage: 409,
  conditionNotMet: 409,
  taskExists: 409,
  wrongTaskStatus: 409,
  unknownAction: 422,
};

/** A refusal of the rules on its way to the caller. */
export const refused = ({ code, params }: Refusal): Problem => new Problem(REFUSAL_STATUS[code] ?? 422, code, params ?? {});
