import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Check, filesOf, lineAt, type Rule, textOf, type Violation, withoutComments } from './report.ts';

const RULES = {
  pair: {
    id: 'both-languages',
    why: 'Whoever reads English and whoever reads Chinese use the same product.',
    mend: 'Add the sentence to the other catalogue, in plain words.',
  },
  unused: {
    id: 'unused-words',
    why: 'Sentences nobody shows are translated, reviewed and kept for nothing.',
    mend: 'Remove the key from both catalogues, or use it.',
  },
  missing: {
    id: 'missing-words',
    why: 'A key without a sentence shows the reader a code.',
    mend: 'Add the key to zh.ts and en.ts.',
  },
  literal: {
    id: 'words-in-catalogues',
    why: 'Words inside components exist in one language only, and nobody who edits texts finds them.',
    mend: 'Move the words into the catalogue (src/lib/i18n) and show them by key.',
  },
} as const satisfies Record<string, Rule>;

/** Where catalogues stand in pairs, and which sources use them. */
const PAIRS = [
  { folder: 'apps/desk/src/lib/i18n/', zh: 'zh.ts', en: 'en.ts', call: 't', users: /^apps\/desk\/src\/.*\.tsx?$/u },
  { folder: 'apps/portal/src/lib/i18n/', zh: 'zh.ts', en: 'en.ts', call: 't', users: /^apps\/portal\/src\/.*\.tsx?$/u },
  // Words of those who work outside: residents do not load them.
  {
    folder: 'apps/portal/src/lib/field/words/',
    zh: 'zh.ts',
    en: 'en.ts',
    call: 'f',
    users: /^apps\/portal\/src\/(?:features|lib)\/field\/.*\.tsx?$/u,
  },
  {
    folder: 'apps/server/src/platform/errors/',
    zh: 'titles.zh.ts',
    en: 'titles.en.ts',
    call: 't',
    users: /^(?:apps\/server|packages\/domain)\/src\/.*\.ts$/u,
  },
] as const;

/** Keys of the one catalogue a file exports. */
const keysOf = async (path: string): Promise<string[]> => {
  const exported = Object.values((await import(pathToFileURL(path).href)) as Record<string, unknown>);
  const catalogue = exported.find((value) => typeof value === 'object' && value !== null);
  return Object.keys(catalogue ?? {});
};

const isCatalogue = (file: string): boolean => PAIRS.some(({ folder, zh, en }) => file === folder + zh || file === folder + en);

/** A key is used when it stands in a source as it is, or when its family is put together there: `family.${member}`, of('family', member). */
const isUsed = (key: string, sources: string): boolean => {
  if (new RegExp(`['"\`]${key.replaceAll('.', '\\.')}['"\`]`, 'u').test(sources)) return true;
  const families = key.split('.').map((_, at, parts) => parts.slice(0, at).join('.'));
  return families
    .filter((family) => family !== '')
    .some((family) =>
      new RegExp(`\`${family.replaceAll('.', '\\.')}\\.?[\\w.]*\\$\\{|\\bof\\(\\s*'${family.replaceAll('.', '\\.')}'`, 'u').test(sources),
    );
};

const pairFindings = async (root: string, files: readonly string[], pair: (typeof PAIRS)[number]): Promise<Violation[]> => {
  const [zhFile, enFile] = [pair.folder + pair.zh, pair.folder + pair.en];
  if (!existsSync(join(root, zhFile)) || !existsSync(join(root, enFile))) return [];
  const [zh, en] = await Promise.all([keysOf(join(root, zhFile)), keysOf(join(root, enFile))]);
  const sources = files.filter((file) => pair.users.test(file) && !isCatalogue(file) && !file.endsWith('.test.ts'));
  const text = sources.map((file) => withoutComments(textOf(root, file))).join('\n');
  const lacks = (file: string, has: readonly string[], others: readonly string[]): Violation[] =>
    others.filter((key) => !has.includes(key)).map((key) => ({ file, rule: RULES.pair, found: `'${key}' is missing` }));
  const unused = zh.filter((key) => !isUsed(key, text)).map((key): Violation => ({ file: zhFile, rule: RULES.unused, found: `'${key}'` }));
  const missing = sources.flatMap((file) =>
    [...textOf(root, file).matchAll(new RegExp(`\\b${pair.call}\\(\\s*'([\\w.]+)'`, 'gu'))]
      .filter(([, key]) => !zh.includes(key!))
      .map((match): Violation => ({ file, line: lineAt(textOf(root, file), match.index), rule: RULES.missing, found: `'${match[1]}'` })),
  );
  return [...lacks(enFile, en, zh), ...lacks(zhFile, zh, en), ...unused, ...missing];
};

const literals = (root: string, file: string): Violation[] => {
  const text = withoutComments(textOf(root, file));
  return [...text.matchAll(/\p{Script=Han}[^'"`<>{}\n]*/gu)].map((match) => ({
    file,
    line: lineAt(text, match.index),
    rule: RULES.literal,
    found: match[0],
  }));
};

/** Catalogues in both languages, nothing unused or missing, no words inside components. */
export const words: Check = {
  name: 'words',
  looksAt: 'catalogues of desk, portal and server, and the sources that show their words',
  run: async (root) => {
    const files = filesOf(root);
    const screens = files.filter(
      (file) => /^apps\/(?:desk|portal)\/src\/.*\.tsx?$/u.test(file) && !isCatalogue(file) && !/\.test\.tsx?$/u.test(file),
    );
    const pairs = await Promise.all(PAIRS.map((pair) => pairFindings(root, files, pair)));
    const catalogues = files.filter(isCatalogue);
    return { files: catalogues.length + screens.length, violations: [...pairs.flat(), ...screens.flatMap((file) => literals(root, file))] };
  },
};
