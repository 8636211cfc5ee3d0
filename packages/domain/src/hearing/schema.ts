import { type Static, Type } from 'typebox';
import { Uuid } from '../case/view.ts';
import { Label } from '../label/schema.ts';

/** What a panellist brings: 人大代表、政协委员、律师、专家、居民、干部. */
export const FIELDS = ['deputy', 'adviser', 'lawyer', 'expert', 'resident', 'official'] as const;
export const PanelField = Type.Enum([...FIELDS]);
export type PanelField = Static<typeof PanelField>;

/** Why somebody on the roster does not sit. `organization` is also found by the body the roster names. */
export const REASONS = ['kin', 'party', 'organization', 'handled', 'challenged', 'unavailable'] as const;
export const Reason = Type.Enum([...REASONS]);
export type Reason = Static<typeof Reason>;

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Words = (most: number) => Type.String({ minLength: 1, maxLength: most });
const closed = { additionalProperties: false } as const;
/** The number of a panellist on the roster: what everybody is told in place of a name. */
export const Number4 = Type.String({ pattern: '^\\d{4,9}$' });

/** A line of the roster 听证员库, as its keepers and the bodies that convene see it. */
export const Panellist = Type.Object({
  id: Uuid,
  no: Number4,
  areaId: Uuid,
  name: Type.String(),
  field: PanelField,
  organizationId: Type.Optional(Uuid),
  organizationLabel: Type.Optional(Label),
  since: Day,
  until: Type.Optional(Day),
});
export type Panellist = Static<typeof Panellist>;

/** POST /panellists/{id}: somebody agreed to serve, for an area and from a day, up to and without another. */
export const PanellistChange = Type.Object(
  {
    commandId: Uuid,
    areaId: Uuid,
    name: Words(60),
    field: PanelField,
    organizationId: Type.Optional(Uuid),
    since: Day,
    until: Type.Optional(Day),
  },
  closed,
);
export type PanellistChange = Static<typeof PanellistChange>;

const Excluded = Type.Object({ no: Number4, reason: Reason }, closed);

/** POST /hearings: convened and announced in one. The id is the client's; everybody reads matter and place. */
export const NewHearing = Type.Object(
  {
    id: Uuid,
    matter: Words(300),
    place: Words(120),
    startsAt: Type.String({ minLength: 16, maxLength: 40 }),
    evidenceBy: Day,
    /** Everybody is told of it; closed where privacy or a secret is heard. */
    open: Type.Boolean(),
    seats: Type.Integer({ minimum: 3, maximum: 15 }),
    /** The case it is about, if there is one. */
    onCaseId: Type.Optional(Uuid),
    /** A hearing of the same body that was called off, whose place this one takes. */
    follows: Type.Optional(Uuid),
    parties: Type.Array(Type.Object({ name: Words(80), phone: Type.Optional(Words(40)) }, closed), { maxItems: 10 }),
    excluded: Type.Array(Excluded, { maxItems: 200 }),
  },
  closed,
);
export type NewHearing = Static<typeof NewHearing>;
export const HearingReceipt = Type.Object({ id: Uuid, number: Type.String(), queryCodes: Type.Array(Type.String()) });
export type HearingReceipt = Static<typeof HearingReceipt>;

const Beside = Type.Object({ id: Uuid, startsAt: Type.String() });
/** As everybody may read it: numbers in place of names, the lot as it was committed to and as it fell. */
export const PublicHearing = Type.Object({
  id: Uuid,
  organizationLabel: Label,
  matter: Type.String(),
  place: Type.String(),
  startsAt: Type.String(),
  evidenceBy: Day,
  stage: Type.String(),
  stageLabel: Label,
  seats: Type.Integer(),
  announcedAt: Type.String(),
  commitment: Type.String(),
  candidates: Type.Array(Type.String()),
  excluded: Type.Array(Excluded),
  /** Once the lot was drawn. */
  lot: Type.Optional(
    Type.Object({
      seed: Type.String(),
      spoken: Type.String(),
      drawnAt: Type.String(),
      panel: Type.Array(Type.String()),
      fallenOut: Type.Array(Excluded),
    }),
  ),
  /** Why it was called off, without personal data. */
  calledOff: Type.Optional(Type.String()),
  /** The hearing that was called off and whose place this one takes; and the one that took this one's. */
  follows: Type.Optional(Beside),
  followedBy: Type.Optional(Beside),
  /** Once somebody of the body has released it. */
  published: Type.Optional(
    Type.Object({
      votes: Type.Object({ for: Type.Integer(), against: Type.Integer(), abstained: Type.Integer() }),
      opinion: Type.String(),
      reply: Type.String(),
    }),
  ),
});
export type PublicHearing = Static<typeof PublicHearing>;

/** The same for the body that convened it, with who sits. */
export const DeskHearing = Type.Object({
  ...PublicHearing.properties,
  number: Type.String(),
  open: Type.Boolean(),
  onCaseId: Type.Optional(Uuid),
  sitting: Type.Array(Type.Object({ no: Type.String(), name: Type.String(), field: PanelField })),
});
export type DeskHearing = Static<typeof DeskHearing>;

const command = { commandId: Uuid } as const;
/** Words spoken by those present before the seed is opened: neither they nor the office can steer the lot alone. */
export const NewDraw = Type.Object({ ...command, spoken: Words(40) }, closed);
export const NewReplacement = Type.Object({ ...command, no: Number4, reason: Reason }, closed);
/** Why it is not held: everybody reads it. */
export const NewCallOff = Type.Object({ ...command, because: Words(300) }, closed);
const Votes = Type.Integer({ minimum: 0, maximum: 15 });
/** What took place, written down once it has begun; photographs of the signed pages go beside it. */
export const NewMinutes = Type.Object(
  { ...command, minutes: Words(20_000), fileIds: Type.Optional(Type.Array(Uuid, { maxItems: 20 })) },
  closed,
);
export type NewMinutes = Static<typeof NewMinutes>;
export const NewOpinion = Type.Object(
  {
    ...command,
    for: Votes,
    against: Votes,
    abstained: Votes,
    opinion: Words(5000),
    dissent: Type.Optional(Words(5000)),
  },
  closed,
);
export type NewOpinion = Static<typeof NewOpinion>;
export const NewHearingPublication = Type.Object({ opinion: Words(3000), reply: Words(3000) }, closed);
export type NewHearingPublication = Static<typeof NewHearingPublication>;
