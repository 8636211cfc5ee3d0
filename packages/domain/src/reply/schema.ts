import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';

/** What a template may leave open: facts of the case that name nobody. */
export const PLACEHOLDERS = [
  'caseNumber',
  'category',
  'area',
  'stage',
  'leadOrganization',
  'organization',
  'dueDate',
  'reportedDate',
  'today',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

const Title = Type.String({ minLength: 1, maxLength: 60 });
const Text = Type.String({ minLength: 1, maxLength: 2000 });
/** Categories it is offered for, with those below them; empty: all. */
const CategoryIds = Type.Array(Type.String({ minLength: 1, maxLength: 240 }), { maxItems: 40 });

/** 回复模板: words an office writes often. */
export const ReplyTemplate = Type.Object({
  id: Uuid,
  organizationId: Uuid,
  title: Type.String(),
  text: Type.String(),
  categoryIds: Type.Array(Type.String()),
  version: Type.Integer(),
  retired: Type.Boolean(),
  updatedAt: Type.String(),
});
export type ReplyTemplate = Static<typeof ReplyTemplate>;

/** POST /api/v1/reply-templates: `id` is made by the client, so asking twice makes one. */
export const NewReplyTemplate = Type.Object(
  { id: Uuid, organizationId: Uuid, title: Title, text: Text, categoryIds: Type.Optional(CategoryIds) },
  { additionalProperties: false },
);
export type NewReplyTemplate = Static<typeof NewReplyTemplate>;

/** POST /api/v1/reply-templates/{id}: the whole of it as it shall be; `version` is the one that was read. */
export const ReplyTemplateChange = Type.Object(
  {
    version: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    title: Title,
    text: Text,
    categoryIds: Type.Optional(CategoryIds),
    retired: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type ReplyTemplateChange = Static<typeof ReplyTemplateChange>;
