import { questionOf } from '../../collection/rules.ts';
import type { Form, Question } from '../../collection/schema.ts';
import { fieldOf, tidy } from '../../edit/rules.ts';
import type { Fields, FieldValue } from '../../edit/schema.ts';
import { writtenDay } from '../../exchange/template/rules.ts';
import type { SheetMap } from './schema.ts';

type Words = Readonly<Record<string, string>> | undefined;

const optionWords = (question: Question, value: string, words: Words): string =>
  words?.[value] ?? question.options?.find((option) => option.value === value)?.label.zh ?? value;

/** An answer as a department writes it. Nothing answered is an empty cell; numbers stay numbers, so that its formulas reckon. */
export const writtenAnswer = (question: Question, given: FieldValue, words?: Words): string | number | null => {
  const value = tidy(given);
  if (value === null) return null;
  if (typeof value === 'boolean') return words?.[String(value)] ?? (value ? '是' : '否');
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) {
    if (question.kind === 'choices') return value.map((one) => optionWords(question, one, words)).join('、');
    if (question.kind === 'signature') return words?.signed ?? '已签字';
    return `${value.length}${question.kind === 'sound' ? '段' : '张'}`;
  }
  if (typeof value === 'object') return `${value.lon.toFixed(6)},${value.lat.toFixed(6)}`;
  if (question.kind === 'date') return writtenDay(value);
  return question.kind === 'choice' ? optionWords(question, value, words) : value;
};

/** What a field of a sheet says of a form's answers. */
export const answerFor = (form: Form, fields: Fields, field: string, words?: Words): string | number | null => {
  const question = questionOf(form, field);
  return question && question !== 'row' ? writtenAnswer(question, fieldOf(fields, field), words) : null;
};

/** Questions a sheet takes: those whose answers are read to fill it. */
export const questionsOf = (map: SheetMap): string[] => [
  ...new Set([...map.cells, ...(map.list?.columns ?? [])].flatMap(({ question }) => (question ? [question] : []))),
];

/** What of a map the form does not have. */
export const unknownIn = (map: SheetMap, form: Form): string | undefined => {
  const { list } = map;
  const section = list && form.sections.find(({ id, repeat }) => id === list.section && repeat);
  if (list && !section) return list.section;
  if (list && list.lastRow < list.firstRow) return 'lastRow';
  const inList = list?.columns.find(({ question }) => question && !section?.questions.some(({ id }) => id === question))?.question;
  return inList ?? map.cells.find(({ question }) => question && !questionOf(form, question))?.question;
};
