import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

/** The rules a definition is checked against; `definition` is about its form, `size` about whether it can be checked at all. */
export const SoundnessRule = Type.Enum([
  'definition',
  'size',
  'stageReachable',
  'endReachable',
  'noDeadAction',
  'clocksStop',
  'verifierApart',
  'refusalHasAppeal',
  'noSilentEnd',
  'respondentKeptApart',
]);
export type SoundnessRule = Static<typeof SoundnessRule>;

/** One step of a counter-example: the filing, an action with the answers that matter, or a joint task opened or closed. */
export const Step = Type.Union([
  Type.Object({ kind: Type.Literal('file'), facts: Type.Record(Type.String(), Type.Unknown()) }),
  Type.Object({ kind: Type.Literal('act'), action: Type.String(), input: Type.Record(Type.String(), Type.Unknown()) }),
  Type.Object({ kind: Type.Literal('task'), opens: Type.Boolean() }),
]);
export type Step = Static<typeof Step>;

/** What is wrong, where, and the shortest way there from filing. `code` is stable and names the variant of the rule. */
export const Finding = Type.Object({
  rule: SoundnessRule,
  code: Type.String(),
  where: Type.String(),
  path: Type.Array(Step),
  message: Label,
});
export type Finding = Static<typeof Finding>;

export interface Checked {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** States explored; 0 when the definition itself is unfit. */
  readonly states: number;
}
