type Schema = { readonly type?: string; readonly properties?: Readonly<Record<string, Schema>> };

const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/u;
const INTEGER = /^-?\d{1,15}$/u;

const read = (type: string | undefined, words: unknown): unknown => {
  if (typeof words !== 'string') return words;
  if (type === 'integer' && INTEGER.test(words)) return Number(words);
  if (type === 'number' && NUMBER.test(words)) return Number(words);
  if (type === 'boolean' && (words === 'true' || words === 'false')) return words === 'true';
  return words;
};

/**
 * Addresses are text: numbers and truths are read from it where the schema wants them, and only when they are written as such. What is not
 * stays text, so that the schema refuses it: `1.5` is no integer, nothing is not zero.
 */
export const readAddress = (schema: Schema, input: unknown): unknown => {
  if (typeof input !== 'object' || input === null || !schema.properties) return input;
  const { properties } = schema;
  return Object.fromEntries(
    Object.entries(input).map(([name, words]) => [name, read(Object.hasOwn(properties, name) ? properties[name]?.type : undefined, words)]),
  );
};
