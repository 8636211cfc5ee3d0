import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

export const FacilityView = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  code: Type.Optional(Type.String()),
  name: Label,
  areaId: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
  synthetic: Type.Boolean(),
  /** The day it was taken out of the register. */
  closedOn: Type.Optional(Type.String()),
});
export type FacilityView = Static<typeof FacilityView>;

/** One facility, with the version to change it from. */
export const FacilityDetail = Type.Intersect([FacilityView, Type.Object({ version: Type.Integer() })]);
export type FacilityDetail = Static<typeof FacilityDetail>;

export const FacilityPage = Type.Object({
  facilities: Type.Array(FacilityView),
  more: Type.Boolean(),
  /** Where the next page begins, when there is one. */
  next: Type.Optional(Type.String()),
});
export type FacilityPage = Static<typeof FacilityPage>;
