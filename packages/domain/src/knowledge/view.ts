import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** An article as it stands: plain words, never markup, so that they can stand in an answer as they are. */
export const ArticleView = Type.Object({
  id: Uuid,
  version: Type.Integer(),
  title: Type.String(),
  body: Type.String(),
  categoryIds: Type.Array(Type.String()),
  organizationId: Uuid,
  organization: Label,
  from: Type.String(),
  /** The first day on which it no longer holds. */
  to: Type.Optional(Type.String()),
  writtenAt: Type.String(),
  withdrawn: Type.Boolean(),
  /** Whether the reader may change it. */
  mayChange: Type.Boolean(),
});
export type ArticleView = Static<typeof ArticleView>;

export const ArticlePage = Type.Object({ rows: Type.Array(ArticleView), next: Type.Optional(Type.String()) });
export type ArticlePage = Static<typeof ArticlePage>;
