import { type Static, Type } from 'typebox';
import { ClockDefinition, LimitSource, Rung } from '../clock/schema.ts';
import { Label } from '../label/schema.ts';
import { Action, Field, Stage } from '../procedure/schema.ts';

const { by, notBy, evidence } = Action.properties;

/**
 * What a locality may change of a procedure: words, limits, ladders, forms, who acts, evidence. It cannot add or remove stages or actions,
 * nor touch guards, facts, duties or appeals: that would be another procedure. `null` clears.
 */
export const VariantPatch = Type.Object(
  {
    extends: Type.Object({ id: Type.String(), version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
    /** Version under which the variant is published, beside the versions of what it extends. */
    version: Type.Integer({ minimum: 1 }),
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
  },
  { additionalProperties: false },
);
export type VariantPatch = Static<typeof VariantPatch>;
