import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';
import { DocumentKindSchema, Draft } from './schema.ts';

/** A paper as lists show it; `signed` are the pictures of the signed one. */
export const IssuedDocument = Type.Object({
  id: Uuid,
  kind: DocumentKindSchema,
  label: Label,
  number: Type.Optional(Type.String()),
  title: Type.String(),
  issuedAt: Type.String(),
  erased: Type.Boolean(),
  signed: Type.Array(Type.Object({ id: Uuid, mediaType: Type.String(), url: Type.String() })),
});
export type IssuedDocument = Static<typeof IssuedDocument>;

/** Papers of a case, which may be made of it, and whether the reader may issue them. */
export const DocumentsView = Type.Object({
  mayIssue: Type.Boolean(),
  offered: Type.Array(Type.Object({ kind: DocumentKindSchema, label: Label, mayHaveRedHead: Type.Boolean(), numbered: Type.Boolean() })),
  issued: Type.Array(IssuedDocument),
});
export type DocumentsView = Static<typeof DocumentsView>;

export const NewDocument = Type.Object(
  { commandId: Uuid, documentId: Uuid, kind: DocumentKindSchema, draft: Draft },
  { additionalProperties: false },
);
export type NewDocument = Static<typeof NewDocument>;
