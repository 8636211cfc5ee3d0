import { isDate, isInstant } from '../calendar/rules.ts';
import type { Refusal } from '../case/schema.ts';
import type { Limit } from '../clock/schema.ts';
import type { Field } from '../procedure/schema.ts';

type Checked = { ok: true; codes: Record<string, unknown>; content: Record<string, unknown> } | Refusal;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LIMIT_UNITS = ['hour', 'workingHour', 'workingDay', 'day', 'month'];

const isLimit = (value: unknown): value is Limit => {
  if (typeof value !== 'object' || value === null) return false;
  const { amount, unit } = value as { amount?: unknown; unit?: unknown };
  return Number.isInteger(amount) && (amount as number) > 0 && (amount as number) <= 10_000 && LIMIT_UNITS.includes(unit as string);
};

/** Why a value does not fit its field, as a code; undefined when it fits. */
const misfit = (field: Field, value: unknown): string | undefined => {
  switch (field.type) {
    case 'text':
    case 'longText': {
      if (typeof value !== 'string') return 'notText';
      const longest = field.maxLength ?? (field.type === 'text' ? 200 : 5000);
      if ([...value].length > longest) return 'tooLong';
      return field.required && value.trim() === '' ? 'missing' : undefined;
    }
    case 'choice':
      return field.options?.some((option) => option.value === value) ? undefined : 'notOffered';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'notYesOrNo';
    case 'date':
      return typeof value === 'string' && isDate(value) ? undefined : 'notDate';
    case 'instant':
      return typeof value === 'string' && isInstant(value) ? undefined : 'notInstant';
    case 'integer':
      if (!Number.isSafeInteger(value)) return 'notInteger';
      return (field.minimum !== undefined && (value as number) < field.minimum) ||
        (field.maximum !== undefined && (value as number) > field.maximum)
        ? 'outOfRange'
        : undefined;
    case 'limit':
      if (!isLimit(value)) return 'notLimit';
      if (field.units && !field.units.includes(value.unit)) return 'notLimit';
      return field.maximum !== undefined && value.amount > field.maximum ? 'outOfRange' : undefined;
    case 'category':
      return typeof value === 'string' && value.length > 0 && value.length <= 240 ? undefined : 'notKnown';
    case 'organization':
    case 'person':
    case 'case':
      return typeof value === 'string' && UUID.test(value) ? undefined : 'notId';
    default:
      return field.type satisfies never;
  }
};

/** Checks an action's answers against its form and parts codes from words. Unknown fields are refused: nothing is stored unasked. */
export const checkInput = (form: readonly Field[], input: Readonly<Record<string, unknown>>): Checked => {
  const codes: Record<string, unknown> = {};
  const content: Record<string, unknown> = {};
  for (const key of Object.keys(input))
    if (!form.some((field) => field.id === key)) return { ok: false, code: 'unknownField', params: { field: key } };
  for (const field of form) {
    const value = input[field.id];
    if (value === undefined || value === null || value === '') {
      if (field.required) return { ok: false, code: 'fieldMissing', params: { field: field.id } };
      continue;
    }
    const why = misfit(field, value);
    if (why) return { ok: false, code: why === 'missing' ? 'fieldMissing' : 'fieldUnfit', params: { field: field.id, why } };
    if (field.content) content[field.id] = value;
    else codes[field.id] = value;
  }
  return { ok: true, codes, content };
};
