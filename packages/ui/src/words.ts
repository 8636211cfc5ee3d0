/** Puts parameters into a catalogue's sentence: `{name}`. A parameter that is missing leaves nothing behind. */
export const fill = (sentence: string, params: Readonly<Record<string, string | number | boolean>> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));

/** Whether a catalogue has a sentence under this name. */
export const isKnownKey = <C extends object>(catalogue: C, key: string): key is Extract<keyof C, string> => Object.hasOwn(catalogue, key);

const LISTS = { zh: new Intl.ListFormat('zh-CN', { style: 'narrow' }), en: new Intl.ListFormat('en', { style: 'narrow' }) };

/** Several things in one sentence, without an "and": `甲、乙、丙`, `a, b, c`. */
export const listed = (items: readonly string[], language: 'zh' | 'en'): string => LISTS[language].format(items);
