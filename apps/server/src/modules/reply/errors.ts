/** Stable codes this module answers with. Sentences: platform/errors/titles.*. */
export const REPLY_ERRORS = ['unknownPlaceholder', 'personInTemplate', 'templateChanged', 'idTaken', 'unknownCategory'] as const;
