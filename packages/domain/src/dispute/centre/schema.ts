import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { Label } from '../../label/schema.ts';
import { DisputeKind } from '../kind/schema.ts';

/** What a centre tells of itself: an office's telephone, never a person's. */
export const CentreForm = Type.Object(
  {
    commandId: Uuid,
    address: Type.String({ minLength: 1, maxLength: 200 }),
    telephone: Type.Optional(Type.String({ minLength: 3, maxLength: 40 })),
    /** As it stands on the door. */
    hours: Type.String({ minLength: 1, maxLength: 200 }),
    /** Kinds of quarrel it takes; none named: all. */
    kinds: Type.Array(DisputeKind, { maxItems: 40, uniqueItems: true }),
  },
  { additionalProperties: false },
);
export type CentreForm = Static<typeof CentreForm>;

/** Working days, the middle one of those counted; absent where too few were counted to tell. */
const Waiting = Type.Object({
  from: Type.String(),
  until: Type.String(),
  takenUp: Type.Optional(Type.Integer({ minimum: 0 })),
  met: Type.Optional(Type.Integer({ minimum: 0 })),
});

export const CentreView = Type.Object({
  id: Uuid,
  label: Label,
  areaLabel: Type.Optional(Label),
  /** County, town or community. */
  tier: Type.Enum(['district', 'town', 'community', 'other']),
  address: Type.Optional(Type.String()),
  telephone: Type.Optional(Type.String()),
  hours: Type.Optional(Type.String()),
  kinds: Type.Array(DisputeKind),
  /** Posts on duty on the day, by time; never persons. */
  duty: Type.Array(Type.Object({ post: Label, from: Type.String(), to: Type.String() })),
  /** Of the last ninety days that are over; absent: nothing is told yet. */
  waiting: Type.Optional(Waiting),
});
export type CentreView = Static<typeof CentreView>;
