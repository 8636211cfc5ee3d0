import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';

/**
 * A form that is filled at a door or in a basement: data, so that a department's question is added without an app's release, and small enough to be
 * carried offline (docs/decisions/0013). Kinds of questions are those of XLSForm by other names (`text`, `integer`, `decimal`, `date`, `select_one`,
 * `select_multiple`, `image`, `audio`, `geopoint`, `image` with `signature`, `note`, `begin_repeat`, `relevant`): a reader of XLSForm has somewhere to write to.
 */

export const QUESTION_KINDS = [
  'text',
  'longText',
  'integer',
  'number',
  'date',
  'boolean',
  'choice',
  'choices',
  'photo',
  'sound',
  'place',
  'signature',
  'note',
] as const;
export const QuestionKind = Type.Enum([...QUESTION_KINDS]);
export type QuestionKind = Static<typeof QuestionKind>;

/** Where a first value comes from: what the platform knows already is not asked twice. `previous`: the last answer at the same door. */
export const PREFILLS = [
  'visitedName',
  'visitedPhone',
  'visitedAddress',
  'premisesName',
  'premisesAddress',
  'premisesOperator',
  'premisesPhone',
  'areaName',
  'organizationName',
  'postTitle',
  'today',
  'previous',
] as const;
export const Prefill = Type.Enum([...PREFILLS]);
export type Prefill = Static<typeof Prefill>;

const Code = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' });
const Plain = Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()]);

/** One look at an answer of the same section, or of a section that does not repeat. Every part that is there must hold. */
export const Test = Type.Object(
  {
    question: Code,
    is: Type.Optional(Type.Array(Plain, { minItems: 1, maxItems: 40 })),
    isNot: Type.Optional(Type.Array(Plain, { minItems: 1, maxItems: 40 })),
    atLeast: Type.Optional(Type.Number()),
    atMost: Type.Optional(Type.Number()),
    answered: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type Test = Static<typeof Test>;

/** Branching: all of `all` and one of `any`. */
export const When = Type.Object(
  {
    all: Type.Optional(Type.Array(Test, { minItems: 1, maxItems: 10 })),
    any: Type.Optional(Type.Array(Test, { minItems: 1, maxItems: 10 })),
  },
  { additionalProperties: false },
);
export type When = Static<typeof When>;

export const Question = Type.Object(
  {
    id: Code,
    kind: QuestionKind,
    label: Label,
    hint: Type.Optional(Label),
    required: Type.Optional(Type.Boolean()),
    /** Not asked, and not stored, unless it holds. */
    when: Type.Optional(When),
    options: Type.Optional(
      Type.Array(Type.Object({ value: Type.String({ minLength: 1, maxLength: 60 }), label: Label }, { additionalProperties: false }), {
        minItems: 1,
        maxItems: 60,
      }),
    ),
    minimum: Type.Optional(Type.Number()),
    maximum: Type.Optional(Type.Number()),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
    /** Pictures or sounds at most. */
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
    prefill: Type.Optional(Prefill),
    /** Says something of a person: read only with a purpose, and the reading is logged. */
    personal: Type.Optional(Type.Boolean()),
    /** Departments whose sheet asks for it. Nobody asks: only this office wants it. */
    askedBy: Type.Optional(Type.Array(Code, { maxItems: 12 })),
    /** Seconds it is reckoned to take; absent: as its kind usually does. Nobody is timed. */
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 1800 })),
    /** On a checklist: an answer that is a finding, and the category of the case it becomes. */
    finding: Type.Optional(
      Type.Object(
        { is: Type.Array(Plain, { minItems: 1, maxItems: 20 }), categoryId: Type.Optional(Type.String({ maxLength: 240 })) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type Question = Static<typeof Question>;

export const Section = Type.Object(
  {
    id: Code,
    label: Label,
    when: Type.Optional(When),
    /** Filled as often as there is something: rows have ids made by the client. */
    repeat: Type.Optional(
      Type.Object(
        { least: Type.Integer({ minimum: 0, maximum: 50 }), most: Type.Integer({ minimum: 1, maximum: 50 }) },
        { additionalProperties: false },
      ),
    ),
    questions: Type.Array(Question, { minItems: 1, maxItems: 60 }),
  },
  { additionalProperties: false },
);
export type Section = Static<typeof Section>;

/** What a form is for: a visit (走访), a checklist of a patrol (巡查), or the facts of a premises (场所底数). */
export const FormKind = Type.Enum(['visit', 'patrol', 'premises']);
export type FormKind = Static<typeof FormKind>;

export const Department = Type.Object({ code: Code, label: Label }, { additionalProperties: false });
export type Department = Static<typeof Department>;

export const Form = Type.Object(
  {
    id: Code,
    version: Type.Integer({ minimum: 1, maximum: 100_000 }),
    kind: FormKind,
    title: Label,
    /** Why it is asked, said to whoever is asked; and on what ground. */
    purpose: Label,
    basis: Label,
    /** Days after which what was answered is erased. */
    retentionDays: Type.Integer({ minimum: 30, maximum: 3650 }),
    /** A visit asks whether the person agrees before anything personal is written. */
    consent: Type.Boolean(),
    departments: Type.Array(Department, { maxItems: 12 }),
    /** Kinds of premises it is for; absent: any, or none. */
    premisesKinds: Type.Optional(Type.Array(Code, { maxItems: 30 })),
    /** Categories of requests (代办) that are offered from a visit. */
    requests: Type.Optional(Type.Array(Type.String({ maxLength: 240 }), { maxItems: 30 })),
    sections: Type.Array(Section, { minItems: 1, maxItems: 40 }),
  },
  { additionalProperties: false },
);
export type Form = Static<typeof Form>;
