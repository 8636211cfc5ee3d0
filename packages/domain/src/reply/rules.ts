import type { Refusal } from '../case/schema.ts';
import { maskWords } from '../mask/rules.ts';
import { PLACEHOLDERS, type Placeholder, type ReplyTemplate } from './schema.ts';

/** Anything in braces, so that a slip of the key is found and not printed to a resident. */
const OPEN = /\{([^{}]*)\}/gu;
/** What stands where a fact is not known: seen at once, and filled in by hand. */
export const BLANK = '＿＿＿＿';

const isPlaceholder = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/**
 * Whether words may be kept as a template: only known placeholders, no brace left open, and nothing that could name or reach a person, for a
 * template is sent to many.
 */
export const checkReply = ({ title, text }: Pick<ReplyTemplate, 'title' | 'text'>): { ok: true } | Refusal => {
  if (!title.trim()) return { ok: false, code: 'fieldMissing', params: { field: 'title' } };
  if (!text.trim()) return { ok: false, code: 'fieldMissing', params: { field: 'text' } };
  for (const [, name = ''] of text.matchAll(OPEN)) if (!isPlaceholder(name)) return { ok: false, code: 'unknownPlaceholder' };
  if (/[{}]/u.test(text.replace(OPEN, ''))) return { ok: false, code: 'unknownPlaceholder' };
  if (maskWords(`${title}\n${text}`) !== `${title}\n${text}`) return { ok: false, code: 'personInTemplate' };
  return { ok: true };
};

/** A template with a case's facts in it. A value is put in as it is: what looks like a placeholder in it stays words. */
export const fillReply = (text: string, values: Readonly<Partial<Record<Placeholder, string>>>): string =>
  text.replace(OPEN, (whole, name: string) => (isPlaceholder(name) ? values[name]?.trim() || BLANK : whole));

/** Whether a template is offered for a case of a category: those of all, of the category, and of one above it (`municipal` is above `municipal.lampOut`). */
export const suits = ({ categoryIds, retired }: Pick<ReplyTemplate, 'categoryIds' | 'retired'>, categoryId: string | undefined): boolean =>
  !retired &&
  (categoryIds.length === 0 ||
    (categoryId !== undefined && categoryIds.some((id) => id === categoryId || categoryId.startsWith(`${id}.`))));
