/** Stable codes this module answers with, beside the refusals of domain/procedure. Sentences: platform/errors/titles.*. */
export const CASE_ERRORS = [
  'caseChanged',
  'commandReused',
  'unknownOrganization',
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
