import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Check, runCheck } from './report.ts';

/** A small repository in a folder of its own, gone after the test. Keys are paths. */
export const tree = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), 'tongxin-check-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

/** What a check finds in such a repository, as `file rule`. */
export const findings = async (check: Check, files: Readonly<Record<string, string>>): Promise<string[]> =>
  (await runCheck(check, tree(files))).violations.map(({ file, rule }) => `${file} ${rule.id}`);
