import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';
import { EndReason, Relation } from '../procedure/schema.ts';

const Instant = Type.String({ description: 'ISO 8601, UTC', maxLength: 40 });

/** What an action will do to a limit. Where its end depends on the form, `byField` names the question. */
export const ClockEffect = Type.Object({
  clock: Type.String(),
  label: Label,
  change: Type.Enum(['started', 'stopped', 'paused', 'resumed', 'extended']),
  dueAt: Type.Optional(Instant),
  provisional: Type.Boolean(),
  byField: Type.Optional(Label),
});
export type ClockEffect = Static<typeof ClockEffect>;

/** What follows from an action if it is taken now, in codes and labels; the screens put it into words. */
export const Consequence = Type.Object({
  /** Absent: the case stays where it is. */
  to: Type.Optional(Type.Object({ stage: Type.String(), label: Label, end: Type.Optional(EndReason), owner: Type.Optional(Relation) })),
  clocks: Type.Array(ClockEffect),
  /** Whose work it becomes: the body named by a question, nobody, or the actor's own. */
  lead: Type.Optional(Type.Union([Type.Object({ byField: Label }), Type.Literal('actor'), Type.Literal('none')])),
  /** The sentence the reporter reads; absent: the reporter is not told of this step. */
  reporterReads: Type.Optional(Label),
  /** Answers of the form that the reporter reads too. */
  reporterSees: Type.Array(Label),
  /** Actions that whoever takes this one may not take on this case afterwards. */
  barred: Type.Array(Label),
  /** Of a refusal: how it can be contested, or the article that makes it final. */
  appeal: Type.Optional(Type.Union([Type.Object({ action: Label }), Type.Object({ final: Type.String() })])),
});
export type Consequence = Static<typeof Consequence>;

/** Where a case may go next from where it stands, by whatever hand. */
export const Ahead = Type.Object({ stage: Type.String(), label: Label, actions: Type.Array(Label) });
export type Ahead = Static<typeof Ahead>;
