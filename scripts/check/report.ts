import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A rule of the repository: what it is called, why it exists, and what to do where it is broken. */
export interface Rule {
  readonly id: string;
  readonly why: string;
  readonly mend: string;
}

export interface Violation {
  readonly file: string;
  readonly line?: number;
  readonly rule: Rule;
  /** What was found there. */
  readonly found: string;
}

/** What one check did. `files` counts what it really looked at; a check that looked at nothing has failed. */
export interface Outcome {
  readonly files: number;
  readonly violations: readonly Violation[];
  /** Things to know that fail nothing. */
  readonly warnings?: readonly string[];
}

export interface Check {
  readonly name: string;
  /** What it looks at, in words. */
  readonly looksAt: string;
  readonly run: (root: string) => Outcome | Promise<Outcome>;
}

const NOTHING_SEEN: Rule = {
  id: 'nothing-seen',
  why: 'A check that looks at no file passes whatever the repository holds.',
  mend: 'Mend the pattern the check looks for, or remove the check together with what it guarded.',
};

/** Runs a check; having looked at nothing is itself a violation. */
export const runCheck = async (check: Check, root: string): Promise<Outcome> => {
  const outcome = await check.run(root);
  if (outcome.files > 0) return outcome;
  return { ...outcome, violations: [...outcome.violations, { file: '.', rule: NOTHING_SEEN, found: `${check.looksAt}: no file` }] };
};

const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|\.git|\.data|\.tmp|coverage|screenshots)(?:\/|$)/u;

/** Files of the repository, paths from `root` with `/`, sorted: what git knows or would add; without git, everything but built things. */
export const filesOf = (root: string): string[] => {
  const known = existsSync(join(root, '.git'))
    ? execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, maxBuffer: 1 << 26 })
        .toString()
        .split('\0')
    : globSync('**/*', { cwd: root, exclude: (path) => LEFT_OUT.test(path) });
  const there = known.filter(
    (path) => path !== '' && !LEFT_OUT.test(path) && existsSync(join(root, path)) && statSync(join(root, path)).isFile(),
  );
  return [...new Set(there)].sort();
};

export const textOf = (root: string, file: string): string => readFileSync(join(root, file), 'utf8');

/** Source text with its comments blanked, line for line, so that line numbers stay. Good enough for our own formatted sources. */
export const withoutComments = (source: string): string =>
  source
    .replace(/\/\*[\s\S]*?\*\//gu, (comment) => comment.replace(/[^\n]/gu, ' '))
    .replace(/(^|[\s;{(,])\/\/[^\n]*/gmu, (comment) => ' '.repeat(comment.length).replace(/^ /u, comment[0] === '\n' ? '\n' : ' '));

/** Number, from 1, of the line that holds `index`. */
export const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** One outcome as lines to read. */
export const describeOutcome = (check: Check, { files, violations, warnings = [] }: Outcome): string[] => [
  `${violations.length === 0 ? 'ok  ' : 'FAIL'} ${check.name}: ${check.looksAt}; ${files} looked at`,
  ...warnings.map((warning) => `     note: ${warning}`),
  ...violations.flatMap(({ file, line, rule, found }) => [
    `     ${file}${line ? `:${line}` : ''}  [${rule.id}] ${found}`,
    `         why: ${rule.why}`,
    `         do:  ${rule.mend}`,
  ]),
];
