import { checkInput } from '@tongxin/domain/form/rules.ts';
import type { Field } from '@tongxin/domain/procedure/schema.ts';

export type Values = Readonly<Record<string, unknown>>;
/** Why an answer is not accepted yet, by field id. Codes of domain/form: `missing`, `tooLong`, `notDate`, … */
export type Misfits = Readonly<Record<string, string>>;

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (typeof value === 'string' && !value.trim());

/** What is asked at first: nothing is answered for the person, except that an optional yes-or-no starts as no answer. */
export const emptyValues = (): Values => ({});

/** The answers to send: blanks left out, texts without blanks at the ends, an instant typed in Shanghai's time made whole. */
export const inputOf = (form: readonly Field[], values: Values): Record<string, unknown> => {
  const input: Record<string, unknown> = {};
  for (const field of form) {
    const value = values[field.id];
    if (isEmpty(value)) continue;
    if (typeof value !== 'string') input[field.id] = value;
    else if (field.type === 'instant' && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value)) input[field.id] = `${value}:00+08:00`;
    else input[field.id] = field.type === 'integer' ? Number(value) : value.trim();
  }
  // A required yes-or-no that was never touched is a no: an unticked box says so.
  for (const field of form) if (field.type === 'boolean' && field.required && input[field.id] === undefined) input[field.id] = false;
  return input;
};

/** Every field that does not fit, judged by the same rules as the server's. */
export const misfits = (form: readonly Field[], values: Values): Misfits => {
  const input = inputOf(form, values);
  const found: Record<string, string> = {};
  for (const field of form) {
    const checked = checkInput([field], field.id in input ? { [field.id]: input[field.id] } : {});
    if (!checked.ok) found[field.id] = checked.code === 'fieldMissing' ? 'missing' : String(checked.params?.why ?? checked.code);
  }
  return found;
};
