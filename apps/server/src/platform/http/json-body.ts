import { Problem } from '../errors/problem.ts';

/** Deeper nesting than any form of ours; a parser or validator further in never meets more. */
const MAX_DEPTH = 24;
const decoder = new TextDecoder('utf-8', { fatal: true });
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const tooDeep = (body: Buffer): boolean => {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]!;
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
};

/** Whether no string anywhere holds NUL or half a surrogate pair: Postgres takes neither, and no person types them. */
export const isPlain = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (Array.isArray(value)) return value.every(isPlain);
  if (value && typeof value === 'object') return Object.entries(value).every(([key, inner]) => isPlain(key) && isPlain(inner));
  return true;
};

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const withoutPrototypeKeys = (key: string, value: unknown): unknown => {
  if (FORBIDDEN_KEYS.has(key)) throw new Problem(400, 'malformedJson');
  return value;
};

/** Parses a request body. Throws 400 `malformedJson`, `notUtf8`, `nestedTooDeep` or `forbiddenCharacter`. */
export const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return undefined;
  if (tooDeep(body)) throw new Problem(400, 'nestedTooDeep', { limit: MAX_DEPTH });
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    throw new Problem(400, 'notUtf8');
  }
  let value: unknown;
  try {
    // Escapes are the only way to smuggle such keys and characters past a look at the text; most bodies have none.
    value = /__proto__|constructor|prototype|\\u/u.test(text) ? JSON.parse(text, withoutPrototypeKeys) : JSON.parse(text);
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(400, 'malformedJson');
  }
  if (text.includes('\\u') && !isPlain(value)) throw new Problem(400, 'forbiddenCharacter');
  return value;
};
