import { type Static, Type } from 'typebox';
import { MOST_SIGNS } from '../category/rules.ts';
import { Limit } from '../clock/schema.ts';
import { Ahead, Consequence } from '../consequence/schema.ts';
import { Label } from '../label/schema.ts';
import { Field } from '../procedure/schema.ts';
import { Channel, DemandKind, Point } from './schema.ts';

/** Shapes of /api/v1 that concern cases. The server validates with them, the client takes its types from them. */

export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
const Instant = Type.String({ description: 'ISO 8601, UTC', maxLength: 40 });

/** Who files for somebody else. */
export const FiledBy = Type.Enum(['family', 'neighbour', 'blockLead', 'gridWorker', 'other']);
export type FiledBy = Static<typeof FiledBy>;

/** POST /api/v1/cases. `id` is a UUIDv7 made by the client: the same id and body give the same answer. */
export const NewCase = Type.Object(
  {
    id: Uuid,
    /** A published procedure; absent: the grid event and hotline order. */
    procedure: Type.Optional(Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,59}$' })),
    channel: Type.Optional(Channel),
    demandKind: Type.Optional(DemandKind),
    categoryId: Type.Optional(Type.String({ maxLength: 240 })),
    text: Type.String({ minLength: 1, maxLength: MOST_SIGNS }),
    point: Type.Optional(Point),
    address: Type.Optional(Type.String({ maxLength: 400 })),
    /** The area somebody chose from the list; places the case that far when there is no point. */
    areaId: Type.Optional(Uuid),
    facilityId: Type.Optional(Uuid),
    /** The office it is addressed to: one that receives such matters there or above. Absent: the nearest one. */
    officeId: Type.Optional(Uuid),
    reporter: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ maxLength: 80 })),
          phone: Type.Optional(Type.String({ maxLength: 40 })),
          protected: Type.Optional(Type.Boolean()),
          callBackWanted: Type.Optional(Type.Boolean()),
          /** Hear of the matter outside the portal, by this number: said for this alone, and taken back with the query code. */
          notify: Type.Optional(Type.Object({ channel: Type.Literal('sms') }, { additionalProperties: false })),
        },
        { additionalProperties: false },
      ),
    ),
    /** 代报: filed for somebody else, who agrees. Both are parties, and the one it is about has a query code of their own. */
    behalfOf: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ maxLength: 80 })),
          phone: Type.Optional(Type.String({ maxLength: 40 })),
          /** Who files, to them. */
          by: Type.Optional(FiledBy),
          /** Said by whoever files: without it nobody files for another. */
          consent: Type.Literal(true),
        },
        { additionalProperties: false },
      ),
    ),
    /** The body complained of. From the filing on it may reply and rectify, and judges nothing (R5). */
    respondentOrganizationId: Type.Optional(Uuid),
    /** Files uploaded before with PUT /api/v1/cases/{id}/files/{fileId}. */
    fileIds: Type.Optional(Type.Array(Uuid, { maxItems: 20 })),
    occurredAt: Type.Optional(Instant),
    /** By which of the filer's posts, one that files: it is recorded. Absent: their first that files; the one chosen by the header stands first. */
    postId: Type.Optional(Uuid),
  },
  { additionalProperties: false },
);
export type NewCase = Static<typeof NewCase>;

/** Answer to a filing. The query code is shown once on screen and can always be derived again by the server for the same filer. */
export const Receipt = Type.Object({
  id: Uuid,
  number: Type.String(),
  queryCode: Type.String(),
  /** Of a filing for somebody else: their own, to be handed to them. */
  behalfOfQueryCode: Type.Optional(Type.String()),
  receivedAt: Instant,
});
export type Receipt = Static<typeof Receipt>;

/** POST /api/v1/cases/{id}/actions and /api/v1/receipts/{code}/actions. */
export const NewAction = Type.Object(
  {
    commandId: Uuid,
    action: Type.String({ maxLength: 60 }),
    /** Version the actor saw; another version answers 409 `caseChanged`. */
    version: Type.Integer({ minimum: 1 }),
    input: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Type.Unknown())),
    fileIds: Type.Optional(Type.Array(Uuid, { maxItems: 20 })),
    occurredAt: Type.Optional(Instant),
    /** By which of the actor's posts: it is recorded where it may take the action. Else, and absent: the one chosen by the header, or their first that may. */
    postId: Type.Optional(Uuid),
  },
  { additionalProperties: false },
);
export type NewAction = Static<typeof NewAction>;

/** POST /api/v1/cases/{id}/place: the point, or the area where nobody knows it better. */
export const NewPlace = Type.Object({ point: Type.Optional(Point), areaId: Type.Optional(Uuid) }, { additionalProperties: false });
export type NewPlace = Static<typeof NewPlace>;

export const Light = Type.Enum(['none', 'green', 'amber', 'red', 'paused', 'provisional']);
export type Light = Static<typeof Light>;

export const CaseRow = Type.Object({
  id: Uuid,
  number: Type.String(),
  sourceNumber: Type.Optional(Type.String()),
  title: Type.String(),
  procedureId: Type.String(),
  stage: Type.String(),
  stageLabel: Label,
  channel: Type.String(),
  demandKind: Type.Optional(Type.String()),
  categoryId: Type.Optional(Type.String()),
  categoryLabel: Type.Optional(Label),
  areaLabel: Type.Optional(Label),
  leadOrganizationId: Type.Optional(Uuid),
  leadOrganizationLabel: Type.Optional(Label),
  overallDueAt: Type.Optional(Instant),
  /** The overall limit no longer counts down: answered, or ended. */
  overallStopped: Type.Boolean(),
  handlingDueAt: Type.Optional(Instant),
  light: Light,
  /** What was once done to it that lists are made of: `instructed`. */
  marks: Type.Array(Type.String()),
  imported: Type.Boolean(),
  reportedAt: Type.Optional(Instant),
  updatedAt: Instant,
  version: Type.Integer(),
});
export type CaseRow = Static<typeof CaseRow>;

export const CasePage = Type.Object({
  rows: Type.Array(CaseRow),
  next: Type.Optional(Type.String()),
  /** Exact to 1,000; `more` when there are more. */
  count: Type.Optional(Type.Object({ n: Type.Integer(), more: Type.Boolean() })),
});
export type CasePage = Static<typeof CasePage>;

export const ClockView = Type.Object({
  clock: Type.String(),
  label: Label,
  status: Type.Enum(['running', 'paused', 'stopped']),
  startedAt: Instant,
  dueAt: Type.Optional(Instant),
  provisional: Type.Boolean(),
  light: Light,
  stoppedAt: Type.Optional(Instant),
  overdue: Type.Boolean(),
  /** The law or regulation it rests on; none where it is the locality's own. */
  source: Type.Optional(Type.String()),
  /** A time the reader has, not one somebody owes the reader: what can be asked for can be asked for until then. */
  window: Type.Boolean(),
  /** What the limit is; staff only, as all below. */
  limit: Type.Optional(Limit),
  /** What is left, in the limit's own family: working time of a limit in working time; negative when late. */
  left: Type.Optional(Type.Object({ amount: Type.Integer(), unit: Type.Enum(['minute', 'workingMinute', 'workingDay', 'day']) })),
  /** The step that stopped the counting, and since when. */
  paused: Type.Optional(Type.Object({ since: Instant, by: Type.Optional(Label) })),
  /** Years up to the due time whose holidays are not known yet. */
  unknownYears: Type.Optional(Type.Array(Type.Integer())),
});
export type ClockView = Static<typeof ClockView>;

export const AllowedAction = Type.Object({
  id: Type.String(),
  label: Label,
  form: Type.Array(Field),
  evidence: Type.Optional(Type.Object({ min: Type.Integer(), kinds: Type.Array(Type.String()) })),
  primary: Type.Boolean(),
  duty: Type.String(),
  /** What follows; told to staff. */
  consequence: Type.Optional(Consequence),
});
export type AllowedAction = Static<typeof AllowedAction>;

export const FileView = Type.Object({
  id: Uuid,
  kind: Type.String(),
  mediaType: Type.String(),
  bytes: Type.Integer(),
  url: Type.String(),
  /** Where the picture was taken, in WGS-84: told to staff only, of evidence whose place staff kept on purpose. */
  takenPlace: Type.Optional(Type.Object({ lon: Type.Number(), lat: Type.Number() })),
});
export type FileView = Static<typeof FileView>;

export const RecordEntry = Type.Object({
  no: Type.Integer(),
  type: Type.String(),
  action: Type.Optional(Type.String()),
  label: Label,
  at: Instant,
  occurredAt: Instant,
  /** Who, as post and organization, never as a person's name. */
  by: Type.Optional(Label),
  stageLabel: Type.Optional(Label),
  /** Answers of the form that this reader may see. */
  answers: Type.Array(Type.Object({ id: Type.String(), label: Label, value: Type.Unknown(), valueLabel: Type.Optional(Label) })),
  files: Type.Array(FileView),
  erased: Type.Boolean(),
  /** Whether the reporter is told of this step; said to staff. */
  reporterReads: Type.Optional(Type.Boolean()),
});
export type RecordEntry = Static<typeof RecordEntry>;

export const PartyView = Type.Object({
  id: Uuid,
  role: Type.String(),
  protected: Type.Boolean(),
  /** Whether POST …/parties/{id}/read with a purpose is open to this reader. */
  readable: Type.Boolean(),
});

export const TaskView = Type.Object({
  id: Uuid,
  organizationLabel: Type.Optional(Label),
  organizationId: Uuid,
  status: Type.String(),
  /** What is asked; gone where it was erased. */
  words: Type.Optional(Type.String()),
  dueAt: Type.Optional(Instant),
});

/** GET /api/v1/cases/{id} for staff, GET /api/v1/receipts/{code} for the reporter: the same shape, each whitelisted for its reader. */
export const CaseView = Type.Object({
  id: Uuid,
  reader: Type.Enum(['staff', 'reporter', 'respondent', 'party']),
  number: Type.String(),
  sourceSystem: Type.Optional(Type.String()),
  sourceNumber: Type.Optional(Type.String()),
  version: Type.Integer(),
  procedureId: Type.String(),
  procedureVersion: Type.Integer(),
  /** The version that new cases of its place begin under, where that is another: a running case keeps its own. Staff only. */
  versionHere: Type.Optional(Type.Integer()),
  /** Whether this reader may say where it is. */
  mayPlace: Type.Optional(Type.Boolean()),
  stage: Type.String(),
  stageLabel: Label,
  /** What the reporter may expect next if all goes well; said to the reporter. */
  nextLabel: Type.Optional(Label),
  ended: Type.Boolean(),
  title: Type.String(),
  text: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
  point: Type.Optional(Point),
  channel: Type.String(),
  demandKind: Type.Optional(Type.String()),
  categoryId: Type.Optional(Type.String()),
  categoryLabel: Type.Optional(Label),
  areaLabels: Type.Array(Label),
  /** The smallest area it lies in, for the map. Staff only. */
  areaId: Type.Optional(Uuid),
  receivingOrganizationLabel: Type.Optional(Label),
  leadOrganizationLabel: Type.Optional(Label),
  leadOrganizationId: Type.Optional(Uuid),
  respondentOrganizationLabel: Type.Optional(Label),
  callBackWanted: Type.Boolean(),
  reporterProtected: Type.Boolean(),
  imported: Type.Boolean(),
  mainCaseId: Type.Optional(Uuid),
  /** Cases linked to this one, the latest twenty: `sameText` are those with the same words. Staff only. */
  links: Type.Array(Type.Object({ id: Uuid, number: Type.String(), kind: Type.String() })),
  /** Cases merged into this one: their reporters are owed the answer too. */
  merged: Type.Array(Type.Object({ id: Uuid, number: Type.String(), parties: Type.Array(PartyView) })),
  tasks: Type.Array(TaskView),
  clocks: Type.Array(ClockView),
  allowed: Type.Array(AllowedAction),
  /** Stages passed in order, the present one last, and where it may go from here. Staff only. */
  way: Type.Optional(
    Type.Object({
      came: Type.Array(Type.Object({ stage: Type.String(), label: Label, at: Instant, by: Type.Optional(Label) })),
      ahead: Type.Array(Ahead),
    }),
  ),
  record: Type.Array(RecordEntry),
  parties: Type.Array(PartyView),
  files: Type.Array(FileView),
  /** Bodies a duty list or the dispatch catalogue names for this category here, best first. */
  suggested: Type.Array(Type.Object({ organizationId: Uuid, label: Label, clause: Type.Optional(Type.String()) })),
  reportedAt: Type.Optional(Instant),
  updatedAt: Instant,
});
export type CaseView = Static<typeof CaseView>;

/** An earlier or parallel case like this one, with what came of it: the precedent at hand when somebody decides. */
export const SimilarCase = Type.Object({
  id: Uuid,
  number: Type.String(),
  title: Type.String(),
  /** `near`: within 200 metres; `grid`: in the same grid; `words`: told in like words nearby. */
  why: Type.Enum(['near', 'grid', 'words']),
  metres: Type.Optional(Type.Integer()),
  sameCategory: Type.Boolean(),
  stageLabel: Label,
  ended: Type.Boolean(),
  leadOrganizationLabel: Type.Optional(Label),
  reportedAt: Type.Optional(Instant),
  /** The last words the reporter was told, masked and short. */
  outcome: Type.Optional(Type.String()),
});
export type SimilarCase = Static<typeof SimilarCase>;
