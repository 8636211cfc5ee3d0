/** Stable codes this module answers with. Sentences: platform/errors/titles.*. */
export const DOCUMENT_ERRORS = [
  'documentNotOffered',
  'unknownDocument',
  'documentErased',
  'noFonts',
  'dossierArchived',
  'dossierNotOver',
] as const;
