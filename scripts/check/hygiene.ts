import { type Check, filesOf, lineAt, type Rule, textOf, type Violation } from './report.ts';

interface Pattern {
  readonly rule: Rule;
  readonly pattern: RegExp;
  readonly where: RegExp;
}

const SOURCES = /\.(?:tsx?|mjs|cjs|css|sql)$/u;
const TESTS = /\.test\.tsx?$/u;
const TEXTS = /(?:\.(?:tsx?|mjs|cjs|css|sql|md|json|ya?ml|html|svg|txt)|^\.ci\/run|^scripts\/system-deps|^\.npmrc)$/u;

const PATTERNS: readonly Pattern[] = [
  {
    rule: {
      id: 'whole-suite',
      why: 'A test that is left out, or that leaves the others out, says green and guards nothing.',
      mend: 'Make the test run everywhere, over an invented set where the real one is not there, or remove it. What cannot run here is said by the test command.',
    },
    pattern: /\b(?:it|test|describe|suite|bench)(?:\.[a-z]+)*\.(?:only|skip|todo|skipIf|runIf)\b/gu,
    where: TESTS,
  },
  {
    rule: {
      id: 'checked-types',
      why: 'A type check that is switched off hides the next mistake as well.',
      mend: 'Mend the type; where the outside world is untyped, parse it with a schema at the edge.',
    },
    pattern: /@ts-(?:ignore|nocheck|expect-error)\b|\bas any\b/gu,
    where: SOURCES,
  },
  {
    rule: {
      id: 'reason',
      why: 'An exception without its reason is copied by the next reader.',
      mend: 'Write the reason after the colon: `<rule>: <why this place is different>`.',
    },
    pattern: /biome[-]ignore(?:-all|-start|-end)?\b(?! [a-zA-Z0-9/]+: \S+ \S+)/gu,
    where: SOURCES,
  },
  {
    rule: {
      id: 'owed-work',
      why: 'A note of owed work without an issue is read by nobody.',
      mend: 'Do it now, or name the issue in brackets: (issue 12).',
    },
    pattern: /\b(?:[T]ODO|[F]IXME|[X]XX)\b(?! ?\(issue \d+\))/gu,
    where: SOURCES,
  },
  {
    rule: {
      id: 'any-machine',
      why: 'Who clones this works on another machine and behind another mirror.',
      mend: 'Take the place from an argument, a setting or the location of the file itself; leave hosts to the configuration of the machine.',
    },
    pattern: /registry\.npmjs|npm[m]irror|deb\.debian|(?<![\w.])\/(?:work|root|home\/\w+|Users\/\w+)\/\w/gu,
    where: TEXTS,
  },
];

/** What must not stand in our texts. The lock file is npm's. */
export const hygiene: Check = {
  name: 'hygiene',
  looksAt: 'texts: tests left out, types switched off, exceptions without a reason, owed work, hosts and paths of one machine',
  run: (root) => {
    const files = filesOf(root).filter((file) => TEXTS.test(file) && file !== 'package-lock.json');
    const violations = files.flatMap((file): Violation[] => {
      const text = textOf(root, file);
      return PATTERNS.filter(({ where }) => where.test(file)).flatMap(({ rule, pattern }) =>
        [...text.matchAll(pattern)].map((match) => ({ file, line: lineAt(text, match.index), rule, found: match[0] })),
      );
    });
    return { files: files.length, violations };
  },
};
