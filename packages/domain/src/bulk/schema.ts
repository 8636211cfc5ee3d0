import { type Static, Type } from 'typebox';
import { AllowedAction, Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** How many cases one action is taken on at once. */
export const MOST = 100;

/** What would be done to several cases. Without an action: what may be done to each. */
export const NewPreview = Type.Object(
  {
    ids: Type.Array(Uuid, { minItems: 1, maxItems: MOST, uniqueItems: true }),
    /** `key` of one of the actions of a preview before. */
    actionKey: Type.Optional(Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,59}\\.[0-9a-f]{12}$' })),
    input: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Type.Unknown())),
  },
  { additionalProperties: false },
);
export type NewPreview = Static<typeof NewPreview>;

/** What an action with these answers would do to one case, or why it cannot be taken: a stable code and its sentence. */
const Outcome = Type.Union([
  Type.Object({
    ok: Type.Literal(true),
    stageLabel: Label,
    leadOrganizationLabel: Type.Optional(Label),
    dueAt: Type.Optional(Type.String()),
  }),
  Type.Object({ ok: Type.Literal(false), code: Type.String(), why: Type.String() }),
]);
export type Outcome = Static<typeof Outcome>;

export const PreviewRow = Type.Object({
  id: Uuid,
  number: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  /** Names what was looked at, so that only this is acted on. */
  version: Type.Optional(Type.Integer()),
  stageLabel: Type.Optional(Label),
  /** Keys of the actions open to the caller. */
  allowed: Type.Array(Type.String()),
  outcome: Type.Optional(Outcome),
});
export type PreviewRow = Static<typeof PreviewRow>;

/** An action that may be taken on some of the cases. One id with two forms, of two procedures, is two. */
export const BulkAction = Type.Object({
  key: Type.String(),
  ...AllowedAction.properties,
  /** How many of the cases allow it. */
  n: Type.Integer(),
  /** The action by which the same hands may take it back. */
  undo: Type.Optional(Type.Object({ id: Type.String(), label: Label })),
});
export type BulkAction = Static<typeof BulkAction>;

export const Preview = Type.Object({ rows: Type.Array(PreviewRow), actions: Type.Array(BulkAction) });
export type Preview = Static<typeof Preview>;
