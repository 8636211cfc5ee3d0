import { type Check, filesOf, type Rule, textOf } from './report.ts';

const WARN = 300;
const MOST = 500;
const MOST_OF_TESTS = 900;

const LONG: Rule = {
  id: 'length',
  why: 'A file that fits into a head is read before it is changed; in code we admire nine files in ten stay under 300 lines.',
  mend: 'Split it by concern; where it is one thing, say so in its first line: `// long: <reason>` (`-- long:` in SQL, `/* long: … */` in CSS).',
};

const isTable = (file: string): boolean => /\.test\.tsx?$|\.build\.ts$|\/build\.ts$|\.table\.ts$|\/(?:table|data)\.ts$/u.test(file);

/** Lengths of source files. Tests and tables may have 900 lines. */
export const length: Check = {
  name: 'length',
  looksAt: `source files: more than ${WARN} lines is noted, more than ${MOST} needs a reason`,
  run: (root) => {
    const files = filesOf(root).filter((file) => /\.(?:tsx?|mjs|cjs|css|sql)$/u.test(file));
    const long = files
      .map((file) => ({ file, text: textOf(root, file) }))
      .map(({ file, text }) => ({ file, lines: text.trimEnd().split('\n').length, reason: /^(?:\/\/|--|\/\*) long: \S{3}/u.test(text) }))
      .filter(({ lines }) => lines > WARN);
    const refused = long.filter(({ file, lines, reason }) => !reason && lines > (isTable(file) ? MOST_OF_TESTS : MOST));
    const noted = long.filter((entry) => !refused.includes(entry) && !isTable(entry.file));
    return {
      files: files.length,
      violations: refused.map(({ file, lines }) => ({ file, rule: LONG, found: `${lines} lines` })),
      warnings: noted.map(({ file, lines, reason }) => `${file} has ${lines} lines${reason ? ', with a reason' : ''}`),
    };
  },
};
