/** Puts parameters into a catalogue's sentence: `{name}`. A parameter that is missing leaves nothing behind. */
export const fill = (sentence: string, params: Readonly<Record<string, string | number | boolean>> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));

/** Whether a catalogue has a sentence under this name. */
export const isKnownKey = <C extends object>(catalogue: C, key: string): key is Extract<keyof C, string> => Object.hasOwn(catalogue, key);
