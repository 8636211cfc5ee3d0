import { questionOf } from '@tongxin/domain/collection/rules.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import type { FieldValue } from '@tongxin/domain/edit/schema.ts';
import type { FieldWords } from './words/use-words.ts';

/** What a field is called, by its form. */
export const fieldName = (form: Form | undefined, field: string, { f, l }: Pick<FieldWords, 'f' | 'l'>): string => {
  const question = form && questionOf(form, field);
  if (question && question !== 'row') return l(question.label);
  const section = question === 'row' ? form?.sections.find(({ id }) => field.startsWith(`${id}/`)) : undefined;
  return section ? l(section.label) : f('value.unknown');
};

/** A value as people read it. */
export const valueWords = (
  form: Form | undefined,
  field: string,
  value: FieldValue,
  words: Pick<FieldWords, 'f' | 'l' | 't' | 'list'>,
): string => {
  const { f, l, t, list } = words;
  const question = form && questionOf(form, field);
  if (value === null || value === '') return f('value.nothing');
  if (question === 'row') return f(value === true ? 'value.there' : 'value.gone');
  if (typeof value === 'boolean') return t(value ? 'case.answerYes' : 'case.answerNo');
  if (typeof value === 'number') return String(value);
  const named = (one: string): string => {
    const option = question?.options?.find((offered) => offered.value === one);
    return option ? l(option.label) : one;
  };
  if (Array.isArray(value)) return question?.options ? list(value.map(named)) : f('value.files', { n: value.length });
  if (typeof value === 'object') return f('question.placed', { lon: value.lon.toFixed(5), lat: value.lat.toFixed(5) });
  return named(value);
};
