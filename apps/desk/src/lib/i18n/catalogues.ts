import type { Language } from '@tongxin/domain/label/schema.ts';
import { PARTS, type Part } from './parts.ts';

/** What has come so far, of all parts together: no key stands in two. */
export const catalogues: Record<Language, Record<string, string>> = { zh: {}, en: {} };
const come = { zh: new Set<Part>(), en: new Set<Part>() };
const coming = { zh: new Map<Part, Promise<void>>(), en: new Map<Part, Promise<void>>() };

/** What did not come: a screen that shows itself again is refused again, whoever goes somewhere asks anew. */
const failed = { zh: new Set<Part>(), en: new Set<Part>() };

export const bring = (language: Language, part: Part): Promise<void> => {
  const asked = coming[language].get(part);
  if (asked) return asked;
  const load = async (): Promise<void> => {
    try {
      Object.assign(catalogues[language], (await PARTS[part][language]()).words);
      come[language].add(part);
    } catch (problem) {
      failed[language].add(part);
      throw problem;
    }
  };
  const promise = load();
  // As React marks what it has waited for: what is here is read at once, whoever asked for it.
  promise.then(
    () => Object.assign(promise, { status: 'fulfilled', value: undefined }),
    () => undefined,
  );
  coming[language].set(part, promise);
  return promise;
};

export const bringAnew = (language: Language, part: Part): Promise<void> => {
  if (failed[language].delete(part)) coming[language].delete(part);
  return bring(language, part);
};

export const hasCome = (language: Language, part: Part): boolean => come[language].has(part);

/** Brings, in a language, all that was asked for in another, also what is asked for while these words are on their way. Refused when some cannot be had. */
export const catchUp = async (from: Language, to: Language): Promise<void> => {
  const lacking = (): Part[] => [...coming[from].keys()].filter((part) => !hasCome(to, part));
  for (let parts = lacking(); parts.length > 0; parts = lacking()) await Promise.all(parts.map((part) => bringAnew(to, part)));
};
