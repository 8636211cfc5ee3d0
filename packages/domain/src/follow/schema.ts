import { type Static, Type } from 'typebox';
import { RecordEntry, Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

const Instant = Type.String({ description: 'ISO 8601, UTC', maxLength: 40 });

/** An open report around a spot, told to somebody who is about to report the same: its kind, day, state and community. No words, no hour, no spot. */
export const NearbyReport = Type.Object({
  /** Stands for the report for as long as the answer is looked at; it names no case. */
  ref: Type.String(),
  categoryId: Type.Optional(Type.String()),
  categoryLabel: Type.Optional(Label),
  areaLabels: Type.Array(Label),
  stageLabel: Label,
  /** A day in China. */
  reportedOn: Type.String(),
  /** How many follow it besides whoever reported it. */
  followers: Type.Integer(),
});
export type NearbyReport = Static<typeof NearbyReport>;
export const NearbyReports = Type.Object({ reports: Type.Array(NearbyReport) });

/** 我也遇到了. `id` is a UUIDv7 made by the client: the same again gives the same code. */
export const NewFollowing = Type.Object({ id: Uuid, ref: Type.String({ pattern: '^[\\w-]{20,200}$' }) }, { additionalProperties: false });
export type NewFollowing = Static<typeof NewFollowing>;

export const FollowingReceipt = Type.Object({ id: Uuid, queryCode: Type.String() });
export type FollowingReceipt = Static<typeof FollowingReceipt>;

/** What a follower reads: what the office did and answered. Nothing of whoever reported it, nor of other followers. */
export const FollowedView = Type.Object({
  categoryLabel: Type.Optional(Label),
  areaLabels: Type.Array(Label),
  stageLabel: Label,
  ended: Type.Boolean(),
  /** It ended without an answer: what is still there is to be reported anew. */
  unanswered: Type.Boolean(),
  organizationLabel: Type.Optional(Label),
  dueAt: Type.Optional(Instant),
  overdue: Type.Boolean(),
  provisional: Type.Boolean(),
  record: Type.Array(RecordEntry),
  joinedAt: Instant,
  followers: Type.Integer(),
});
export type FollowedView = Static<typeof FollowedView>;

export const Followers = Type.Object({ n: Type.Integer() });

/** What an account follows: as coarse as everybody is told of it, with the code that opens it. */
export const OwnFollowing = Type.Object({
  queryCode: Type.String(),
  categoryLabel: Type.Optional(Label),
  areaLabels: Type.Array(Label),
  stageLabel: Label,
  ended: Type.Boolean(),
  joinedAt: Type.String(),
});
export type OwnFollowing = Static<typeof OwnFollowing>;
