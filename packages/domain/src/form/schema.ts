import type { Label } from '../label/schema.ts';
import type { Field, ReaderKind } from '../procedure/schema.ts';

/** Short ways to write the fields of built-in forms. Words (`content`) are sealed and erasable; codes stand in the event header. */

export const label = (zh: string, en: string): Label => ({ zh, en });

interface Options {
  readonly required?: boolean;
  readonly seenBy?: readonly ReaderKind[];
  readonly maxLength?: number;
  readonly hint?: Label;
}

const rest = (options: Options): Partial<Field> => ({
  ...(options.seenBy ? { seenBy: [...options.seenBy] } : {}),
  ...(options.maxLength ? { maxLength: options.maxLength } : {}),
  ...(options.hint ? { hint: options.hint } : {}),
});

/** Words somebody writes. Required unless told otherwise. */
export const words = (id: string, name: Label, options: Options = {}): Field => ({
  id,
  label: name,
  type: 'longText',
  required: options.required ?? true,
  content: true,
  maxLength: 5000,
  ...rest(options),
});

/** A code chosen from a list of [value, zh, en]; a fourth element true marks the choice that refuses what was asked. */
export const choice = (
  id: string,
  name: Label,
  options: readonly (readonly [value: string, zh: string, en: string, refuses?: boolean])[],
  more: Options = {},
): Field => ({
  id,
  label: name,
  type: 'choice',
  required: more.required ?? true,
  content: false,
  options: options.map(([value, zh, en, refuses]) => ({ value, label: { zh, en }, ...(refuses ? { refuses: true } : {}) })),
  ...rest(more),
});

/** An id or date that is a code: organization, case, category, date. */
export const code = (id: string, name: Label, type: 'organization' | 'case' | 'category' | 'date' | 'text', more: Options = {}): Field => ({
  id,
  label: name,
  type,
  required: more.required ?? true,
  content: false,
  ...rest(more),
});

/** A length of time granted, bounded above. */
export const limit = (id: string, name: Label, units: NonNullable<Field['units']>, maximum: number, more: Options = {}): Field => ({
  id,
  label: name,
  type: 'limit',
  required: more.required ?? true,
  content: false,
  units,
  maximum,
  ...rest(more),
});
