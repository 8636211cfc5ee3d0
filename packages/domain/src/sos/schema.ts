import { type Static, Type } from 'typebox';
import { Point } from '../case/schema.ts';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

const Instant = Type.String({ description: 'ISO 8601, UTC', maxLength: 40 });

/** Pressed by the worker and by nobody else; one place, of that press. */
export const NewSos = Type.Object(
  { id: Uuid, point: Type.Optional(Point), words: Type.Optional(Type.String({ maxLength: 200 })), pressedAt: Type.Optional(Instant) },
  { additionalProperties: false },
);
export type NewSos = Static<typeof NewSos>;

export const SosView = Type.Object({
  id: Uuid,
  areaId: Uuid,
  areaLabel: Type.Optional(Label),
  organizationLabel: Type.Optional(Label),
  postLabel: Type.Optional(Label),
  mine: Type.Boolean(),
  /** When the worker pressed: by the device's clock where that can be, without signal it is told later. */
  pressedAt: Instant,
  point: Type.Optional(Point),
  words: Type.Optional(Type.String()),
  /** How many were told. */
  told: Type.Integer(),
  acknowledgedAt: Type.Optional(Instant),
  acknowledgedBy: Type.Optional(Label),
  endedAt: Type.Optional(Instant),
  mayAcknowledge: Type.Boolean(),
  mayEnd: Type.Boolean(),
});
export type SosView = Static<typeof SosView>;
