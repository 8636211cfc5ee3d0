import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** The pieces of a mediation's case file (调解卷宗), in the order of the ministry's format of December 2010; cover, contents and back cover go round them. */
export const SLOTS = [
  'application',
  'rights',
  'identity',
  'attorney',
  'inquiry',
  'evidence',
  'mediation',
  'agreement',
  'performance',
  'followUp',
  'confirmation',
  'note',
] as const;
export const Slot = Type.Enum([...SLOTS]);
export type Slot = Static<typeof Slot>;

/** How long a file is kept: how many years a term is, the county's justice office and archive say. */
export const RETENTIONS = ['permanent', 'long', 'short'] as const;
export const Retention = Type.Enum([...RETENTIONS]);
export type Retention = Static<typeof Retention>;

/** A paper of the system, something attached to the case, or a page that is made of the record when the file is bound. */
export const DossierItem = Type.Object({
  kind: Type.Enum(['paper', 'file', 'made']),
  id: Uuid,
  title: Type.String(),
  mediaType: Type.Optional(Type.String()),
  at: Type.Optional(Type.String()),
  /** In the file as it was signed and photographed. */
  signed: Type.Optional(Type.Literal(true)),
});
export type DossierItem = Static<typeof DossierItem>;

export const SlotView = Type.Object({
  slot: Slot,
  label: Label,
  /** Demanded of this case: of every one, or because an agreement was reached. */
  required: Type.Boolean(),
  missing: Type.Boolean(),
  items: Type.Array(DossierItem),
});
export type SlotView = Static<typeof SlotView>;

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const Archived = Type.Object({
  /** 卷号: that of the agreement where there is one, else the next of the same series. */
  number: Type.String(),
  archivedOn: Day,
  retention: Retention,
  note: Type.Optional(Type.String()),
});
export type Archived = Static<typeof Archived>;

/** GET /cases/{id}/dossier */
export const DossierView = Type.Object({
  slots: Type.Array(SlotView),
  /** What is attached and stands in no slot yet. */
  loose: Type.Array(DossierItem),
  archived: Type.Optional(Archived),
  /** Whether the matter is over, so that its file can be archived. */
  over: Type.Boolean(),
  mayArchive: Type.Boolean(),
  /** Who had the whole file opened, the latest first. */
  readings: Type.Array(Type.Object({ at: Type.String(), by: Type.Optional(Label), purpose: Type.String() })),
});
export type DossierView = Static<typeof DossierView>;

/** POST /cases/{id}/dossier/place; without a slot the attachment is taken out of the file. */
export const DossierPlace = Type.Object({ commandId: Uuid, fileId: Uuid, slot: Type.Optional(Slot) }, { additionalProperties: false });
export type DossierPlace = Static<typeof DossierPlace>;

/** POST /cases/{id}/dossier/archive */
export const NewArchive = Type.Object(
  {
    commandId: Uuid,
    archivedOn: Day,
    retention: Retention,
    /** 卷宗情况说明: what a reader of the file should know; asked for where a demanded piece is missing. */
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
  },
  { additionalProperties: false },
);
export type NewArchive = Static<typeof NewArchive>;
