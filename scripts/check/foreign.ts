import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Check, filesOf, lineAt, type Rule, textOf, type Violation } from './report.ts';

const RULES = {
  foreign: {
    id: 'foreign-text',
    why: 'The test data hold what real people wrote. It was lent for testing: copied into a repository it is published, and cannot be taken back.',
    mend: 'Write an invented text of the same form. Tests over real data read them where they lie and assert counts and shapes, not words.',
  },
  absent: {
    id: 'data-absent',
    why: 'Without the data folder nothing can be compared, and CI would pass whatever was copied.',
    mend: 'Put the data folder beside the clone, or name it in TONGXIN_TEST_DATA.',
  },
} as const satisfies Record<string, Rule>;

/** So many words in the same order are no accident. A Chinese character is a word here, and so is a number: coordinates are found too. */
const RUN = 12;
const TEXTS = /\.(?:tsx?|mjs|cjs|css|sql|md|json|geojson|csv|ya?ml|html|svg|txt)$/u;
/** Maps name the columns of the tables they read: that is what they are for. The lock file is npm's. */
const SPARED = /^packs\/maps\/|^package-lock\.json$/u;
/** Titles that anybody may write out, long enough to be a run: of laws and regulations, of statutory holidays. */
const PUBLIC = /全国年节及纪念日放假办法|中国人民抗日战争暨世界反法西斯战争胜利/gu;
const WORD = /\p{Script=Han}|[\p{L}\p{N}_.]+/gu;

interface Word {
  readonly text: string;
  readonly at: number;
}
const wordsOf = (text: string): Word[] => [...text.matchAll(WORD)].map((match) => ({ text: match[0].toLowerCase(), at: match.index }));

/** Runs made of a few words over and over (rulers, paths, zeros) say nothing of where they come from. */
const isTelling = (run: readonly string[]): boolean => new Set(run).size > RUN / 2;

const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
};

interface Place {
  readonly file: string;
  readonly at: number;
}

/** Where each run of words stands in our own texts. */
const runsOf = (root: string, files: readonly string[]): { runs: Map<string, Place>; known: Set<string> } => {
  const runs = new Map<string, Place>();
  const known = new Set<string>();
  for (const file of files) {
    const words = wordsOf(textOf(root, file).replace(PUBLIC, (title) => ' '.repeat(title.length)));
    for (const { text } of words) known.add(text);
    for (let i = 0; i + RUN <= words.length; i++) {
      const run = words.slice(i, i + RUN).map(({ text }) => text);
      const key = run.join(' ');
      if (!runs.has(key) && isTelling(run)) runs.set(key, { file, at: words[i]!.at });
    }
  }
  return { runs, known };
};

/** Whether text of the data folder stands in ours. What is found is placed and never quoted. */
export const foreignTo = (folderOf: (root: string) => string): Check => ({
  name: 'foreign',
  looksAt: `texts, for ${RUN} words in a row that stand in the data folder too`,
  run: (root) => {
    const files = filesOf(root).filter((file) => TEXTS.test(file) && !SPARED.test(file));
    const folder = folderOf(root);
    if (!existsSync(folder)) {
      const violations = process.env.CI ? [{ file: '.', rule: RULES.absent, found: 'no data folder' }] : [];
      return { files: files.length, violations, warnings: ['real data absent: nothing was compared'] };
    }
    const { runs, known } = runsOf(root, files);
    const found = new Map<string, Violation>();
    for (const source of globSync('**/*.{csv,json,geojson,txt}', { cwd: folder }).sort()) {
      let run: string[] = [];
      for (const [word] of decode(readFileSync(join(folder, source))).matchAll(WORD)) {
        const text = word.toLowerCase();
        if (!known.has(text)) {
          run = [];
          continue;
        }
        run.push(text);
        if (run.length > RUN) run.shift();
        const place = run.length === RUN ? runs.get(run.join(' ')) : undefined;
        if (!place) continue;
        const line = lineAt(textOf(root, place.file), place.at);
        const key = `${place.file}:${line}`;
        if (!found.has(key)) found.set(key, { file: place.file, line, rule: RULES.foreign, found: `words of ${source}` });
      }
    }
    const violations = [...found.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line! - b.line!));
    return { files: files.length, violations };
  },
});

export const foreign = foreignTo((root) => process.env.TONGXIN_TEST_DATA ?? resolve(root, '../shared/data'));
