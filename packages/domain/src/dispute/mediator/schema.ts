import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { Label } from '../../label/schema.ts';
import { DisputeKind } from '../schema.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });

/** 调解员名册: a line as its committee keeps it. Filed (备案), not accredited; invited by a court for a time (特邀调解员). */
export const MediatorForm = Type.Object(
  {
    commandId: Uuid,
    organizationId: Uuid,
    /** Holds a post of the committee that mediates. */
    personId: Uuid,
    name: Words(80),
    phone: Type.Optional(Words(40)),
    /** Where the mediator lives, for the question of conflict only. */
    home: Type.Optional(Words(200)),
    homeAreaId: Type.Optional(Uuid),
    kinds: Type.Array(DisputeKind, { maxItems: 12, uniqueItems: true }),
    languages: Type.Array(Words(40), { maxItems: 10 }),
    filingNumber: Type.Optional(Words(60)),
    court: Type.Optional(Type.Object({ name: Words(80), from: Day, to: Type.Optional(Day) }, { additionalProperties: false })),
    available: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type MediatorForm = Static<typeof MediatorForm>;

export const MediatorView = Type.Object({
  id: Uuid,
  organizationId: Uuid,
  organizationLabel: Type.Optional(Label),
  personId: Uuid,
  name: Type.String(),
  phone: Type.Optional(Type.String()),
  home: Type.Optional(Type.String()),
  homeAreaId: Type.Optional(Uuid),
  kinds: Type.Array(DisputeKind),
  languages: Type.Array(Type.String()),
  filingNumber: Type.Optional(Type.String()),
  court: Type.Optional(Type.Object({ name: Type.String(), from: Day, to: Type.Optional(Day) })),
  courtNow: Type.Boolean(),
  available: Type.Boolean(),
  /** Disputes in hand; told to whoever heads the committee. */
  load: Type.Optional(Type.Integer()),
});
export type MediatorView = Static<typeof MediatorView>;

export const MediatorsView = Type.Object({
  mediators: Type.Array(MediatorView),
  /** Posts of the caller's committees that mediate, and who holds them, for whoever keeps the register. */
  holders: Type.Array(Type.Object({ personId: Uuid, organizationId: Uuid, postId: Uuid, title: Label })),
  mayKeep: Type.Boolean(),
});
export type MediatorsView = Static<typeof MediatorsView>;
