import { type Static, Type } from 'typebox';
import type { ClockState } from '../../clock/schema.ts';
import { Label } from '../../label/schema.ts';
import type { FactValue } from '../schema.ts';

const Id = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,59}$' });

/** How running cases of one version go on under another: by which stage, and what a fact says that does not carry over. */
export const Mapping = Type.Object(
  {
    stages: Type.Record(Id, Id, { maxProperties: 60 }),
    facts: Type.Optional(Type.Record(Id, Type.Union([Type.Boolean(), Type.String({ maxLength: 60 })]), { maxProperties: 60 })),
  },
  { additionalProperties: false },
);
export type Mapping = Static<typeof Mapping>;

/** All of a case that decides whether it may go on under another version, and how. */
export interface Standing {
  readonly stage: string;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly clocks: Readonly<Record<string, ClockState['status']>>;
  /** A body leads it. */
  readonly lead: boolean;
  /** Somebody has handled it. */
  readonly handled: boolean;
}

/** What would become of the open cases of one stage. */
export const StagePreview = Type.Object({
  stage: Id,
  label: Label,
  to: Type.Optional(Type.Object({ stage: Id, label: Label })),
  cases: Type.Integer(),
  /** Why some keep their version: stable codes with their sentences, and how many. */
  refused: Type.Array(Type.Object({ code: Type.String(), why: Type.String(), cases: Type.Integer() })),
});
export type StagePreview = Static<typeof StagePreview>;

export const MigrationPreview = Type.Object({
  stages: Type.Array(StagePreview),
  cases: Type.Integer(),
  /** Of them, those that would go on under the new version. */
  moving: Type.Integer(),
});
export type MigrationPreview = Static<typeof MigrationPreview>;

/** What one request moved. `next`: there may be more; asked again with it, it goes on. */
export const Migrated = Type.Object({ moved: Type.Integer(), refused: Type.Integer(), next: Type.Optional(Type.String()) });
export type Migrated = Static<typeof Migrated>;
