import { Uuid } from '@tongxin/domain/case/view.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { type Static, Type } from 'typebox';
import type { AccessRow } from './repo.ts';

export const AccessView = Type.Object({
  entries: Type.Array(
    Type.Object({
      id: Uuid,
      at: Type.String(),
      purpose: Type.String(),
      fields: Type.Array(Type.String()),
      caseId: Type.Optional(Uuid),
      post: Type.Optional(Label),
      organization: Type.Optional(Label),
      /** The case that my objection opened. */
      objectionCaseId: Type.Optional(Uuid),
    }),
  ),
  /** Ask again with `before` for what is older. */
  before: Type.Optional(Type.String()),
});
export type AccessView = Static<typeof AccessView>;

/** Posts and bodies, never the name of who read. */
export const presentAccess = (rows: readonly AccessRow[], limit: number): AccessView => {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    entries: rows.map(({ accessId, at, purpose, fields, caseId, post, organization, objectionCaseId }) => ({
      id: accessId,
      at: at.toISOString(),
      purpose,
      fields: [...fields],
      ...(caseId ? { caseId } : {}),
      ...(post ? { post } : {}),
      ...(organization ? { organization } : {}),
      ...(objectionCaseId ? { objectionCaseId } : {}),
    })),
    ...(last ? { before: last.at.toISOString() } : {}),
  };
};

export const OwnView = Type.Object({
  name: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
  mail: Type.Optional(Type.String()),
  language: Type.Enum(['zh', 'en']),
  largeType: Type.Boolean(),
});
