import { type Static, Type } from 'typebox';
import { ClockDefinition, LimitSource, Rung } from '../clock/schema.ts';
import { Label } from '../label/schema.ts';
import { Action, Field, Stage } from '../procedure/schema.ts';

const { by, notBy, evidence } = Action.properties;

/**
 * Numbers of versions: the product's own procedures count from 1, a locality's variants from here on, whoever they are for. So neither ever
 * meets the other, and what a case has pinned means one thing for good (docs/decisions/0012).
 */
export const FIRST_LOCAL_VERSION = 1001;
export const isLocalVersion = (version: number): boolean => version >= FIRST_LOCAL_VERSION;

const parts = {
  title: Type.Optional(Label),
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })),
  stages: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Object(
        { label: Type.Optional(Stage.properties.label), told: Type.Optional(Stage.properties.told) },
        { additionalProperties: false },
      ),
    ),
  ),
  clocks: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Object(
        {
          label: Type.Optional(ClockDefinition.properties.label),
          limit: Type.Optional(LimitSource),
          ladder: Type.Optional(Type.Array(Rung, { maxItems: 12 })),
          source: Type.Optional(ClockDefinition.properties.source),
        },
        { additionalProperties: false },
      ),
    ),
  ),
  actions: Type.Optional(
    Type.Record(
      Type.String(),
      Type.Object(
        {
          label: Type.Optional(Label),
          told: Type.Optional(Label),
          by: Type.Optional(by),
          notBy: Type.Optional(Type.Union([notBy, Type.Null()])),
          evidence: Type.Optional(Type.Union([evidence, Type.Null()])),
          form: Type.Optional(Type.Array(Field, { maxItems: 40 })),
        },
        { additionalProperties: false },
      ),
    ),
  ),
};

/**
 * What a locality may change of a procedure: words, limits, ladders, forms, who acts, evidence. It cannot add or remove stages or actions,
 * nor touch guards, facts, duties or appeals: that would be another procedure. `null` clears.
 */
export const VariantChange = Type.Object(parts, { additionalProperties: false });
export type VariantChange = Static<typeof VariantChange>;

/** A change with what it is a change of, and the number under which it is published. */
export const VariantPatch = Type.Object(
  {
    extends: Type.Object({ id: Type.String(), version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
    version: Type.Integer({ minimum: FIRST_LOCAL_VERSION }),
    ...parts,
  },
  { additionalProperties: false },
);
export type VariantPatch = Static<typeof VariantPatch>;
