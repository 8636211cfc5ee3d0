import { type Static, Type } from 'typebox';
import { AREA_KINDS } from '../area/schema.ts';
import { Channel } from '../case/schema.ts';
import { Light, Uuid } from '../case/view.ts';
import { MARKS } from '../post/policy.ts';

/** Lists that everybody has. What each asks for: `data.ts`. */
export const VIEWS = [
  'todo',
  'dueToday',
  'overdue',
  'dueSoon',
  'objected',
  'callBack',
  'mine',
  'dispatched',
  'organization',
  'supporting',
  'receiving',
  'respondent',
  'instructed',
  'area',
] as const;
export const ViewId = Type.Enum([...VIEWS]);
export type ViewId = (typeof VIEWS)[number];

export const ORDERS = ['changed', 'due'] as const;
export const Order = Type.Enum([...ORDERS]);
export type Order = (typeof ORDERS)[number];

/** Columns a list may show, in the order in which they stand when nobody chose. */
export const COLUMNS = [
  'number',
  'title',
  'stage',
  'light',
  'due',
  'overall',
  'lead',
  'category',
  'area',
  'channel',
  'demandKind',
  'reported',
  'updated',
] as const;
export const Column = Type.Enum([...COLUMNS]);
export type Column = (typeof COLUMNS)[number];

const Day = Type.String({ pattern: '^(?:19|20|21)\\d\\d-\\d\\d-\\d\\d$' });

/** What narrows a list, besides the area. */
const narrowing = {
  stage: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  light: Type.Optional(Light),
  categoryId: Type.Optional(Type.String({ maxLength: 240 })),
  channel: Type.Optional(Channel),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  /** Days in China, both counted in. */
  filedFrom: Type.Optional(Day),
  filedTo: Type.Optional(Day),
  dueFrom: Type.Optional(Day),
  dueTo: Type.Optional(Day),
  /** `west,south,east,north` in degrees: what lies on the map within it. */
  bbox: Type.Optional(Type.String({ maxLength: 100 })),
  order: Type.Optional(Order),
};

/** A list as its reader chose it: what stands in its address, and what is saved under a name. */
export const Filter = Type.Object(
  {
    view: Type.Optional(ViewId),
    ...narrowing,
    /** Ids from the top of the area tree to the chosen area. */
    area: Type.Optional(Type.Array(Uuid, { maxItems: 6 })),
  },
  { additionalProperties: false },
);
export type Filter = Static<typeof Filter>;

/** Whose work a list is of; nothing: whatever the caller's post sees. */
export const Whose = Type.Enum(['mine', 'dispatched', 'organization', 'receiving', 'supporting', 'respondent', 'reported', 'area']);
export type Whose = Static<typeof Whose>;

/** The same as a question to the server. */
export const Question = Type.Object(
  {
    ...narrowing,
    view: Type.Optional(Whose),
    level: Type.Optional(Type.Enum([...AREA_KINDS])),
    areaId: Type.Optional(Uuid),
    organizationId: Type.Optional(Uuid),
    /** From which of the caller's own posts; their first, unless it is said. */
    postId: Type.Optional(Uuid),
    procedureId: Type.Optional(Type.String({ maxLength: 60 })),
    open: Type.Optional(Type.Boolean()),
    mark: Type.Optional(Type.Enum([...MARKS])),
    /** `callBack`: whose reporter waits to be called. */
    due: Type.Optional(Type.Enum(['today', 'callBack'])),
  },
  { additionalProperties: false },
);
export type Question = Static<typeof Question>;

/** A list somebody named for themselves. */
export const NewView = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40 }),
    filter: Filter,
    columns: Type.Array(Column, { maxItems: COLUMNS.length, uniqueItems: true }),
  },
  { additionalProperties: false },
);
export type NewView = Static<typeof NewView>;
export const SavedView = Type.Object({ id: Uuid, ...NewView.properties });
export type SavedView = Static<typeof SavedView>;

/** Exact to 1,000; `more` when there are more. */
export const Count = Type.Object({ n: Type.Integer(), more: Type.Boolean() });
export type Count = Static<typeof Count>;
