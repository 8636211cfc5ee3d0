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
    mend: 'Add the key to the catalogue in both languages.',
  },
  twice: {
    id: 'words-once',
    why: 'Parts of a catalogue are read as one: of two sentences under one key the one that came last is shown.',
    mend: 'Keep it where it belongs; what two features say belongs to the first load (words/desk).',
  },
  misplaced: {
    id: 'words-with-their-feature',
    why: 'What one feature alone says is loaded with it: the first load is for the inbox and what every page has.',
    mend: 'Move the key into the part of that feature (src/lib/i18n/words/<feature>).',
  },
  literal: {
    id: 'words-in-catalogues',
    why: 'Words inside components exist in one language only, and nobody who edits texts finds them.',
    mend: 'Move the words into the catalogue (src/lib/i18n) and show them by key.',
  },
} as const satisfies Record<string, Rule>;

interface Pair {
  readonly zh: string;
  readonly en: string;
}
/** A catalogue: one pair of files or a folder of them, by what name its words are called, and which sources do. */
interface CatalogueOf {
  readonly pairs: (files: readonly string[]) => readonly Pair[];
  readonly call: string;
  readonly users: RegExp;
}
const one =
  (folder: string, names: Pair = { zh: 'zh.ts', en: 'en.ts' }) =>
  (): readonly Pair[] => [{ zh: folder + names.zh, en: folder + names.en }];
const PART = /^(?<part>apps\/desk\/src\/lib\/i18n\/words\/[\w-]+\/)(?:zh|en)\.ts$/u;
/** The part of the desk's words that is there from the start. */
const FIRST = 'apps/desk/src/lib/i18n/words/desk/zh.ts';
const parts = (files: readonly string[]): readonly Pair[] =>
  [...new Set(files.flatMap((file) => PART.exec(file)?.groups?.part ?? []))].map((part) => ({ zh: `${part}zh.ts`, en: `${part}en.ts` }));

const CATALOGUES: readonly CatalogueOf[] = [
  { pairs: parts, call: 't', users: /^apps\/desk\/src\/.*\.tsx?$/u },
  { pairs: one('apps/portal/src/lib/i18n/'), call: 't', users: /^apps\/portal\/src\/.*\.tsx?$/u },
  // Words of those who work outside: residents do not load them.
  { pairs: one('apps/portal/src/lib/field/words/'), call: 'f', users: /^apps\/portal\/src\/(?:features|lib)\/field\/.*\.tsx?$/u },
  {
    pairs: one('apps/server/src/platform/errors/', { zh: 'titles.zh.ts', en: 'titles.en.ts' }),
    call: 't',
    users: /^(?:apps\/server|packages\/domain)\/src\/.*\.ts$/u,
  },
];

/** Keys of the one catalogue a file exports; none where there is no file. */
const keysOf = async (root: string, file: string): Promise<string[]> => {
  if (!existsSync(join(root, file))) return [];
  const exported = Object.values((await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>);
  const catalogue = exported.find((value) => typeof value === 'object' && value !== null);
  return Object.keys(catalogue ?? {});
};

const catalogueFiles = (files: readonly string[]): ReadonlySet<string> =>
  new Set(CATALOGUES.flatMap(({ pairs }) => pairs(files).flatMap(({ zh, en }) => [zh, en])));

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

/** Keys of the first load that one feature alone shows. The inbox, a case and what tells of notices are of the first load themselves. */
const misplaced = (keys: readonly string[], texts: ReadonlyMap<string, string>): string[] => {
  const features = new Map<string, string>();
  let shell = '';
  for (const [file, text] of texts) {
    const feature = /^apps\/desk\/src\/features\/(?!(?:case|notice)\/)([\w-]+)\//u.exec(file)?.[1];
    if (feature) features.set(feature, `${features.get(feature) ?? ''}\n${text}`);
    else shell += `\n${text}`;
  }
  return keys.filter((key) => !isUsed(key, shell) && [...features.values()].filter((text) => isUsed(key, text)).length === 1);
};

const findingsIn = async (root: string, files: readonly string[], { pairs, call, users }: CatalogueOf): Promise<Violation[]> => {
  const there = pairs(files).filter(({ zh, en }) => existsSync(join(root, zh)) || existsSync(join(root, en)));
  if (there.length === 0) return [];
  const catalogues = catalogueFiles(files);
  const sources = files.filter((file) => users.test(file) && !catalogues.has(file) && !file.endsWith('.test.ts'));
  const texts = new Map(sources.map((file) => [file, withoutComments(textOf(root, file))]));
  const text = [...texts.values()].join('\n');
  const home = new Map<string, string>();
  const violations: Violation[] = [];
  const find = (rule: Rule, file: string, keys: readonly string[], said = (key: string) => `'${key}'`): void => {
    violations.push(...keys.map((key): Violation => ({ file, rule, found: said(key) })));
  };
  for (const { zh: zhFile, en: enFile } of there) {
    const [zh, en] = await Promise.all([keysOf(root, zhFile), keysOf(root, enFile)]);
    const missing = (key: string): string => `'${key}' is missing`;
    find(
      RULES.pair,
      enFile,
      zh.filter((key) => !en.includes(key)),
      missing,
    );
    find(
      RULES.pair,
      zhFile,
      en.filter((key) => !zh.includes(key)),
      missing,
    );
    find(
      RULES.unused,
      zhFile,
      zh.filter((key) => !isUsed(key, text)),
    );
    find(
      RULES.twice,
      zhFile,
      zh.filter((key) => home.has(key)),
      (key) => `'${key}' stands in ${home.get(key)} too`,
    );
    if (zhFile === FIRST) find(RULES.misplaced, zhFile, misplaced(zh, texts));
    for (const key of zh) home.set(key, zhFile);
  }
  const missing = sources.flatMap((file) =>
    [...textOf(root, file).matchAll(new RegExp(`\\b${call}\\(\\s*'([\\w.]+)'`, 'gu'))]
      .filter(([, key]) => !home.has(key!))
      .map((match): Violation => ({ file, line: lineAt(textOf(root, file), match.index), rule: RULES.missing, found: `'${match[1]}'` })),
  );
  return [...violations, ...missing];
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
    const catalogues = catalogueFiles(files);
    const screens = files.filter(
      (file) => /^apps\/(?:desk|portal)\/src\/.*\.tsx?$/u.test(file) && !catalogues.has(file) && !/\.test\.tsx?$/u.test(file),
    );
    const found = await Promise.all(CATALOGUES.map((one) => findingsIn(root, files, one)));
    const seen = files.filter((file) => catalogues.has(file));
    return { files: seen.length + screens.length, violations: [...found.flat(), ...screens.flatMap((file) => literals(root, file))] };
  },
};
