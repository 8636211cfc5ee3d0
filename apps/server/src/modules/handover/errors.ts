/** Stable codes this module answers with. Sentences: platform/errors/titles.*. */
export const HANDOVER_ERRORS = ['handoverReceived', 'ownHandover', 'idTaken'] as const;
