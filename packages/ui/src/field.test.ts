import { checkInput } from '@tongxin/domain/form/rules.ts';
import type { Field } from '@tongxin/domain/procedure/schema.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputOf, misfits } from './field.ts';

const field = (id: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  id,
  type,
  label: { zh: id },
  required: true,
  content: false,
  ...more,
});
const FORM: Field[] = [
  field('words', 'longText', { content: true, maxLength: 20 }),
  field('score', 'choice', { options: [{ value: 'good', label: { zh: '好' } }] }),
  field('times', 'integer', { minimum: 1, maximum: 3, required: false }),
  field('when', 'instant', { required: false }),
  field('solved', 'boolean'),
];

test('every empty required question is named at once, an untouched box is a no', () => {
  expect(misfits(FORM, {})).toEqual({ words: 'missing', score: 'missing' });
  expect(misfits(FORM, { words: '   ' })).toMatchObject({ words: 'missing' });
});

test('an answer that does not fit says why', () => {
  expect(misfits(FORM, { words: '字'.repeat(21), score: 'bad', times: '9', when: 'tomorrow' })).toEqual({
    words: 'tooLong',
    score: 'notOffered',
    times: 'outOfRange',
    when: 'notInstant',
  });
});

test('a time typed on the spot is Shanghai’s', () => {
  expect(inputOf(FORM, { when: '2026-09-30T21:40' })).toEqual({ when: '2026-09-30T21:40:00+08:00', solved: false });
});

test('whatever is typed: no misfit on screen means that the same rules on the server accept it', () => {
  const anything = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined), fc.constant('good'));
  fc.assert(
    fc.property(fc.record({ words: anything, score: anything, times: anything, when: anything, solved: anything }), (values) => {
      const accepted = checkInput(FORM, inputOf(FORM, values)).ok;
      expect(Object.keys(misfits(FORM, values)).length === 0).toBe(accepted);
    }),
  );
});
