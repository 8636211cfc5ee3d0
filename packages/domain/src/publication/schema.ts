import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

const CategoryIds = Type.Array(Type.String({ minLength: 1, maxLength: 240 }), { maxItems: 200 });

/** 公开: what an area tells anybody of its reports. Where nothing is said, nothing is told. */
export const PublicationArea = Type.Object({
  areaId: Uuid,
  label: Label,
  /** Whoever reports is told that the same was reported around the spot. */
  nearby: Type.Boolean(),
  /** What was looked over stands on the public list and map. */
  listed: Type.Boolean(),
  /** Categories, or groups of them, of which that is said. */
  categoryIds: Type.Array(Type.String()),
  version: Type.Integer(),
});
export type PublicationArea = Static<typeof PublicationArea>;
export const PublicationAreas = Type.Object({ areas: Type.Array(PublicationArea) });

export const PublicationChange = Type.Object(
  { commandId: Uuid, version: Type.Integer({ minimum: 1 }), nearby: Type.Boolean(), listed: Type.Boolean(), categoryIds: CategoryIds },
  { additionalProperties: false },
);
export type PublicationChange = Static<typeof PublicationChange>;

/** A report that is to be looked over, or was. `version` 0: nothing was decided yet. */
export const ReviewRow = Type.Object({
  id: Uuid,
  number: Type.String(),
  /** The reporter's words as lists show them: for whoever decides, and for nobody else. */
  title: Type.String(),
  categoryLabel: Type.Optional(Label),
  areaLabels: Type.Array(Label),
  reportedOn: Type.String(),
  state: Type.Optional(Type.Enum(['shown', 'refused'])),
  /** As everybody reads them. */
  words: Type.Optional(Type.String()),
  version: Type.Integer({ minimum: 0 }),
});
export type ReviewRow = Static<typeof ReviewRow>;
export const ReviewRows = Type.Object({ rows: Type.Array(ReviewRow) });

export const NewDecision = Type.Object(
  {
    state: Type.Enum(['shown', 'refused']),
    /** Short, written for everybody; needed where it is shown. */
    words: Type.Optional(Type.String({ maxLength: 200 })),
    version: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type NewDecision = Static<typeof NewDecision>;
export const Decided = Type.Object({ version: Type.Integer() });

/** A report as everybody reads it: words written for that, kind, days, state, community, and the middle of a cell of some six hundred metres. */
export const PublicReport = Type.Object({
  ref: Type.String(),
  words: Type.String(),
  categoryLabel: Type.Optional(Label),
  areaLabels: Type.Array(Label),
  stageLabel: Label,
  ended: Type.Boolean(),
  reportedOn: Type.String(),
  updatedOn: Type.String(),
  place: Type.Optional(Type.Object({ lon: Type.Number(), lat: Type.Number() })),
  followers: Type.Integer(),
});
export type PublicReport = Static<typeof PublicReport>;
export const PublicReports = Type.Object({
  /** Whether any area has a public list at all. */
  open: Type.Boolean(),
  reports: Type.Array(PublicReport),
  /** What the next page is asked with. */
  next: Type.Optional(Type.String()),
});
export type PublicReports = Static<typeof PublicReports>;
