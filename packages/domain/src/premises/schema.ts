import { type Static, Type } from 'typebox';
import { Point } from '../case/schema.ts';
import { Uuid } from '../case/view.ts';
import { FieldName, FieldValue } from '../edit/schema.ts';
import { Label } from '../label/schema.ts';

/** 场所: a shop, workshop, rented building or school at an address, with who answers for it and what that duty is. A place, never a person's home life. */
export const PREMISES_KINDS = [
  'shop',
  'restaurant',
  'workshop',
  'warehouse',
  'rentedBuilding',
  'lodging',
  'school',
  'clinic',
  'entertainment',
  'chargingStation',
  'publicBuilding',
  'residentialBuilding',
  'other',
] as const;
export const PremisesKind = Type.Enum([...PREMISES_KINDS]);
export type PremisesKind = Static<typeof PremisesKind>;

/** A duty of whoever runs or owns it, from the rules of its kind: read, not filled. */
export const PremisesDuty = Type.Object({
  who: Type.Enum(['operator', 'owner', 'property']),
  words: Label,
  source: Type.Optional(Type.String()),
});
export type PremisesDuty = Static<typeof PremisesDuty>;

export const PremisesView = Type.Object({
  id: Uuid,
  kind: PremisesKind,
  name: Type.String(),
  address: Type.String(),
  areaId: Uuid,
  point: Type.Optional(Point),
  /** Form of its base facts, and the facts: what several people keep. */
  formId: Type.String(),
  formVersion: Type.Integer(),
  fields: Type.Record(FieldName, FieldValue),
  /** Counts edits; a device says which it saw. */
  version: Type.Integer(),
  duties: Type.Array(PremisesDuty),
  updatedAt: Type.String(),
});
export type PremisesView = Static<typeof PremisesView>;
