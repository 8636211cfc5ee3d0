import { isDate } from '../calendar/rules.ts';
import { fieldOf, tidy } from '../edit/rules.ts';
import type { Fields, FieldValue } from '../edit/schema.ts';
import type { Form, Prefill, Question, QuestionKind, Section, Test, When } from './schema.ts';

/** A question at a place of a filled form: the field its answer stands in, and the row where its section repeats. */
export interface Asked {
  readonly section: Section;
  readonly question: Question;
  readonly field: string;
  readonly row?: string;
}

export const rowField = (section: string, row: string): string => `${section}/${row}`;
const fieldAt = (section: Section, question: Question, row: string | undefined): string =>
  row === undefined ? question.id : `${section.id}/${row}/${question.id}`;

/** Rows of a repeating section, in the order of their ids: those that were made and not taken away. */
export const rowsOf = (section: Section, fields: Fields): string[] =>
  section.repeat
    ? Object.entries(fields)
        .flatMap(([field, value]) => {
          const [id, row, question] = field.split('/');
          return id === section.id && row !== undefined && question === undefined && value === true ? [row] : [];
        })
        .sort()
    : [];

const holdsTest = (test: Test, value: FieldValue): boolean => {
  const answered = tidy(value) !== null;
  const among = (wanted: readonly unknown[]): boolean =>
    Array.isArray(value) ? value.some((item) => wanted.includes(item)) : wanted.includes(value);
  return (
    (test.answered === undefined || test.answered === answered) &&
    (test.is === undefined || (answered && among(test.is))) &&
    (test.isNot === undefined || !(answered && among(test.isNot))) &&
    (test.atLeast === undefined || (typeof value === 'number' && value >= test.atLeast)) &&
    (test.atMost === undefined || (typeof value === 'number' && value <= test.atMost))
  );
};

const holds = (when: When | undefined, answerTo: (question: string) => FieldValue): boolean => {
  const test = (one: Test): boolean => holdsTest(one, answerTo(one.question));
  return (when?.all ?? []).every(test) && (!when?.any || when.any.some(test));
};

/** What is asked now, given the answers: branches that do not hold are left out, also for what hangs on their questions. */
export const askedOf = (form: Form, fields: Fields): Asked[] => {
  const asked: Asked[] = [];
  const shown = new Set<string>();
  for (const section of form.sections) {
    const rows: (string | undefined)[] = section.repeat ? rowsOf(section, fields) : [undefined];
    for (const row of rows) {
      const answerTo = (id: string): FieldValue => {
        const inRow = row === undefined ? undefined : section.questions.find((question) => question.id === id);
        const field = inRow ? fieldAt(section, inRow, row) : id;
        return shown.has(field) ? fieldOf(fields, field) : null;
      };
      if (!holds(section.when, answerTo)) continue;
      for (const question of section.questions) {
        if (!holds(question.when, answerTo)) continue;
        const field = fieldAt(section, question, row);
        shown.add(field);
        asked.push({ section, question, field, ...(row === undefined ? {} : { row }) });
      }
    }
  }
  return asked;
};

/** The question a field belongs to; undefined for a field the form does not have. A row of a repeating section has none and is `'row'`. */
export const questionOf = (form: Form, field: string): Question | 'row' | undefined => {
  const [first, row, id] = field.split('/');
  if (row === undefined) {
    for (const section of form.sections)
      if (!section.repeat) {
        const found = section.questions.find((question) => question.id === first);
        if (found) return found;
      }
    return undefined;
  }
  const section = form.sections.find((one) => one.id === first && one.repeat);
  if (!section) return undefined;
  return id === undefined ? 'row' : section.questions.find((question) => question.id === id);
};

/** Fields whose lists are joined when two write them: pictures and sounds. */
export const joinsOf =
  (form: Form) =>
  (field: string): boolean => {
    const question = questionOf(form, field);
    return question !== undefined && question !== 'row' && (question.kind === 'photo' || question.kind === 'sound');
  };

/** Fields that say something of a person. */
export const isPersonal = (form: Form, field: string): boolean => {
  const question = questionOf(form, field);
  return question !== undefined && question !== 'row' && (question.personal ?? false);
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const isIds = (value: FieldValue, most: number): boolean =>
  Array.isArray(value) && value.length <= most && value.every((item) => UUID.test(item));
const isPlace = (value: FieldValue): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  'lon' in value &&
  Math.abs(value.lon) <= 180 &&
  Math.abs(value.lat) <= 90;
const outOfRange = ({ minimum, maximum }: Question, value: number): boolean =>
  (minimum !== undefined && value < minimum) || (maximum !== undefined && value > maximum);
const LONGEST: Readonly<Partial<Record<QuestionKind, number>>> = { text: 200, longText: 5000 };

/** Why a value does not fit its question, as a code; undefined when it fits. Nothing always fits: what must be answered is asked at the end. */
export const misfitOf = (question: Question, given: FieldValue): string | undefined => {
  const value = tidy(given);
  if (value === null) return undefined;
  const offered = (one: unknown): boolean => question.options?.some((option) => option.value === one) ?? false;
  switch (question.kind) {
    case 'text':
    case 'longText': {
      if (typeof value !== 'string' || value.includes('\u0000') || !value.isWellFormed()) return 'notText';
      return [...value].length > (question.maxLength ?? LONGEST[question.kind]!) ? 'tooLong' : undefined;
    }
    case 'integer':
      if (!Number.isSafeInteger(value)) return 'notInteger';
      return outOfRange(question, value as number) ? 'outOfRange' : undefined;
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'notNumber';
      return outOfRange(question, value) ? 'outOfRange' : undefined;
    case 'date':
      return typeof value === 'string' && isDate(value) ? undefined : 'notDate';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'notYesOrNo';
    case 'choice':
      return offered(value) ? undefined : 'notOffered';
    case 'choices':
      return Array.isArray(value) && value.every(offered) ? undefined : 'notOffered';
    case 'photo':
    case 'sound':
      return isIds(value, question.most ?? 9) ? undefined : 'notFiles';
    case 'signature':
      return isIds(value, 1) ? undefined : 'notFiles';
    case 'place':
      return isPlace(value) ? undefined : 'notPlace';
    case 'note':
      return 'notAsked';
    default:
      return question.kind satisfies never;
  }
};

export interface Misfit {
  readonly field: string;
  readonly why: string;
}

/** Whether values may be written: fields the form has, values that fit. A half-filled form is no misfit. */
export const misfitsOf = (form: Form, values: Fields): Misfit[] =>
  Object.entries(values).flatMap(([field, value]) => {
    const question = questionOf(form, field);
    if (!question) return [{ field, why: 'unknownField' }];
    if (question === 'row') return value === true || tidy(value) === null ? [] : [{ field, why: 'notYesOrNo' }];
    const why = misfitOf(question, value);
    return why ? [{ field, why }] : [];
  });

/** What stands in the way of being finished: what must be answered and is not, rows too few or too many, values that do not fit. */
export const unfinishedOf = (form: Form, fields: Fields): Misfit[] => {
  const missing = askedOf(form, fields).flatMap(({ question, field }) => {
    const value = fieldOf(fields, field);
    if (tidy(value) === null) return question.required && question.kind !== 'note' ? [{ field, why: 'missing' }] : [];
    const why = misfitOf(question, value);
    return why ? [{ field, why }] : [];
  });
  const rows = form.sections.flatMap((section) => {
    if (!section.repeat) return [];
    const n = rowsOf(section, fields).length;
    if (n < section.repeat.least) return [{ field: section.id, why: 'tooFewRows' }];
    return n > section.repeat.most ? [{ field: section.id, why: 'tooManyRows' }] : [];
  });
  return [...missing, ...rows];
};

/** What is known already, by where it comes from. */
export type Known = Readonly<Partial<Record<Exclude<Prefill, 'previous'>, FieldValue>>>;

/** First values of a new form: what the platform knows, and last time's answers where the form says so. Only what fits. */
export const prefilled = (form: Form, known: Known, previous: Fields = {}): Fields => {
  const values: Record<string, FieldValue> = {};
  for (const section of form.sections)
    for (const question of section.repeat ? [] : section.questions) {
      if (!question.prefill) continue;
      const value = tidy((question.prefill === 'previous' ? previous[question.id] : known[question.prefill]) ?? null);
      if (value !== null && misfitOf(question, value) === undefined) values[question.id] = value;
    }
  return values;
};

/** Findings of a checklist: answers that say something is wrong, with the category of the case each may become. */
export const findingsOf = (form: Form, fields: Fields): (Asked & { readonly categoryId?: string })[] =>
  askedOf(form, fields).flatMap((asked) => {
    const { finding } = asked.question;
    const value = fieldOf(fields, asked.field);
    if (!finding || tidy(value) === null) return [];
    const isOne = Array.isArray(value) ? value.some((item) => finding.is.includes(item)) : finding.is.some((item) => item === value);
    return isOne ? [{ ...asked, ...(finding.categoryId ? { categoryId: finding.categoryId } : {}) }] : [];
  });

/** Seconds a question of a kind is reckoned to take: an assumption that is shown beside the figures. Nobody is timed. */
export const SECONDS: Readonly<Record<QuestionKind, number>> = {
  text: 15,
  longText: 45,
  integer: 8,
  number: 8,
  date: 8,
  boolean: 4,
  choice: 6,
  choices: 10,
  photo: 20,
  sound: 30,
  place: 8,
  signature: 20,
  note: 3,
};

/** What a filled form asked of whoever filled it, for each department, and once for all. */
export interface Effort {
  readonly fields: number;
  readonly seconds: number;
}
export interface Burden {
  /** Typed once: every question that was answered. */
  readonly once: Effort;
  /** What each department's sheet asks of it. Their sum is what typing into each system took. */
  readonly departments: Readonly<Record<string, Effort>>;
}

const NONE: Effort = { fields: 0, seconds: 0 };
const plus = (effort: Effort, seconds: number): Effort => ({ fields: effort.fields + 1, seconds: effort.seconds + seconds });

export const burdenOf = (form: Form, fields: Fields): Burden => {
  let once = NONE;
  const departments: Record<string, Effort> = Object.fromEntries(form.departments.map(({ code }) => [code, NONE]));
  for (const { question, field } of askedOf(form, fields)) {
    if (question.kind === 'note' || tidy(fieldOf(fields, field)) === null) continue;
    const seconds = question.seconds ?? SECONDS[question.kind];
    once = plus(once, seconds);
    for (const code of new Set(question.askedBy)) if (departments[code]) departments[code] = plus(departments[code], seconds);
  }
  return { once, departments };
};
