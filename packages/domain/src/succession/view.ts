import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** Open work that a person or a body would leave. Confidential cases are counted and not named. */
export const WorkLeft = Type.Object({
  cases: Type.Integer(),
  confidential: Type.Integer(),
  rows: Type.Array(Type.Object({ id: Uuid, number: Type.String(), stage: Type.Optional(Label), dueAt: Type.Optional(Type.String()) })),
  /** Joint tasks of the body that are not answered. */
  tasks: Type.Integer(),
  /** Shifts to come in which the person is named, or of the body. */
  shifts: Type.Integer(),
  /** Of a person: who of the same body could take the work over. */
  receivers: Type.Array(Type.Object({ personId: Uuid, name: Type.String(), post: Label })),
  /** Of a person: no other post is left afterwards, so the account may be locked with it. */
  lastPost: Type.Boolean(),
  /** Of a body: bodies below it and people with posts in it. */
  below: Type.Integer(),
  holders: Type.Integer(),
});
export type WorkLeft = Static<typeof WorkLeft>;

/** How far a succession has come; `done` when nothing is left. The same command again goes on where it stopped. */
export const SuccessionView = Type.Object({ id: Uuid, moved: Type.Integer(), done: Type.Boolean() });
export type SuccessionView = Static<typeof SuccessionView>;

/** What waits for somebody to go on: successions that stopped half-way, and posts that ran out with work still in hand. */
export const WaitingView = Type.Object({
  successions: Type.Array(
    Type.Object({
      id: Uuid,
      kind: Type.Enum(['person', 'body']),
      organizationId: Uuid,
      organization: Label,
      startedAt: Type.String(),
      /** The holding or the body it is about, and what was asked: what to ask again. */
      subjectId: Uuid,
      ask: Type.Record(Type.String(), Type.Union([Type.String(), Type.Boolean()])),
    }),
  ),
  lapsed: Type.Array(
    Type.Object({ holdingId: Uuid, personId: Uuid, name: Type.String(), post: Label, ended: Type.String(), cases: Type.Integer() }),
  ),
});
export type WaitingView = Static<typeof WaitingView>;
