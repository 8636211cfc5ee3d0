import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

/** What the log tells changes of; also the words `administration.kind.<kind>`. */
export const SUBJECTS = [
  'organization',
  'post',
  'person',
  'holding',
  'shift',
  'dutyList',
  'dutyItem',
  'category',
  'article',
  'mediator',
  'centre',
  'calendar',
  'facility',
  'publication',
  'screening',
  'panellist',
] as const;
export type SubjectKind = (typeof SUBJECTS)[number];

/** What was done; also the words `administration.what.<what>`. */
export const DEEDS = [
  'made',
  'changed',
  'closed',
  'appointed',
  'ended',
  'passwordGiven',
  'locked',
  'removed',
  'copied',
  'retired',
  'loaded',
  'replaced',
] as const;
export type Deed = (typeof DEEDS)[number];

/** A value as it was, in words where it is an id of something with a name. */
const Shown = Type.Union([Type.String(), Label]);

export const ChangeView = Type.Object({
  id: Type.String(),
  at: Type.String(),
  kind: Type.Enum([...SUBJECTS]),
  what: Type.Enum([...DEEDS]),
  subjectId: Type.String(),
  subject: Type.Optional(Shown),
  by: Type.Object({ name: Type.Optional(Type.String()), post: Type.Optional(Label), organization: Type.Optional(Label) }),
  changes: Type.Array(Type.Object({ field: Type.String(), before: Type.Optional(Shown), after: Type.Optional(Shown) })),
});
export type ChangeView = Static<typeof ChangeView>;

export const ChangePage = Type.Object({ rows: Type.Array(ChangeView), next: Type.Optional(Type.String()) });
export type ChangePage = Static<typeof ChangePage>;

/** What every change answers: the id of what was changed, and the version to change it from the next time. */
export const Changed = Type.Object({ id: Type.String(), version: Type.Integer() });
export type Changed = Static<typeof Changed>;
