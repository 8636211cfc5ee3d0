import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';
import { MonthRelease } from '../publish/schema.ts';
import { DisputeKind } from './kind/schema.ts';
import { Referral } from './referral/schema.ts';

export { DISPUTE_KINDS, DisputeKind } from './kind/schema.ts';

/** How it came, as the register of acceptance asks (司法部 2010 格式): a party applied, the committee offered, somebody passed it on. */
export const DISPUTE_ORIGINS = ['applied', 'offered', 'referred'] as const;
export const DisputeOrigin = Type.Enum([...DISPUTE_ORIGINS]);
export type DisputeOrigin = Static<typeof DisputeOrigin>;

/** How it ended by the time it was written down; or all sides are to be asked first, which is the full way (`asks`). */
export const OUTCOMES = ['atOnce', 'byDay', 'unsettled', 'goesOn', 'asks'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });

/** POST /api/v1/disputes: 简易登记, also afterwards. `id` is a UUIDv7 made by the client: the same id and body give the same answer. */
export const NewDispute = Type.Object(
  {
    id: Uuid,
    kind: DisputeKind,
    origin: DisputeOrigin,
    /** The area it arose in, as near as it is known. */
    areaId: Uuid,
    place: Type.Optional(Words(200)),
    facts: Words(5000),
    parties: Type.Array(
      Type.Object(
        {
          name: Words(80),
          phone: Type.Optional(Words(40)),
          /** Said so on the spot, where all sides are asked. */
          agrees: Type.Optional(Type.Literal(true)),
        },
        { additionalProperties: false },
      ),
      { minItems: 2, maxItems: 10 },
    ),
    /** Who mediated beside whoever writes: relatives, neighbours, colleagues may be invited (第二十条). */
    together: Type.Optional(Words(200)),
    mediatedOn: Day,
    outcome: Type.Enum([...OUTCOMES]),
    agreement: Type.Optional(Words(2000)),
    performBy: Type.Optional(Day),
    ways: Type.Optional(Words(2000)),
    /** Of what somebody passed on. */
    referral: Type.Optional(Referral),
    /** By which of the writer's posts, one that mediates: it and its committee are recorded. Absent: their first that does. */
    postId: Type.Optional(Uuid),
  },
  { additionalProperties: false },
);
export type NewDispute = Static<typeof NewDispute>;

/** The parties' own codes, in their order: with it each of them reads the matter at the portal. */
export const DisputeReceipt = Type.Object({ id: Uuid, number: Type.String(), queryCodes: Type.Array(Type.String()) });
export type DisputeReceipt = Static<typeof DisputeReceipt>;

/** A line of the register: codes and days, nothing of a person. */
export const DisputeRow = Type.Object({
  id: Uuid,
  number: Type.String(),
  kind: DisputeKind,
  origin: DisputeOrigin,
  areaLabel: Type.Optional(Label),
  mediatedOn: Day,
  parties: Type.Integer(),
  stage: Type.String(),
  stageLabel: Label,
  dueOn: Type.Optional(Day),
  mine: Type.Boolean(),
});
export type DisputeRow = Static<typeof DisputeRow>;

/** Exact, for the office that reports by law; never for anybody else. */
export const DisputeCounts = Type.Object({
  month: Month,
  counts: Type.Array(
    Type.Object({
      areaId: Uuid,
      areaLabel: Type.Optional(Label),
      organizationId: Uuid,
      organizationLabel: Type.Optional(Label),
      kind: DisputeKind,
      stage: Type.String(),
      stageLabel: Label,
      cases: Type.Integer(),
    }),
  ),
  releasedAt: Type.Optional(Type.String()),
});
export type DisputeCounts = Static<typeof DisputeCounts>;

export const AskedMonth = Type.Object({ month: Month }, { additionalProperties: false });

/** What everybody may know of a month: areas, and the kinds of the whole. */
export const DisputeRelease = MonthRelease;
export type DisputeRelease = Static<typeof DisputeRelease>;
