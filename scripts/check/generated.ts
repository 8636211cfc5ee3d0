import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { generateDocs, stalePages } from '../generate-docs.ts';
import type { Check, Rule } from './report.ts';

const STALE: Rule = {
  id: 'generated-docs',
  why: 'Pages written from the code are believed; one that lags behind it misleads.',
  mend: 'Run `npm run docs` and commit docs/generated with the change.',
};

/** docs/generated is what `npm run docs` would write. */
export const generated: Check = {
  name: 'generated',
  looksAt: 'docs/generated against the code',
  run: (root) => {
    if (!existsSync(join(root, 'apps/server/migrations'))) return { files: 0, violations: [] };
    const pages = generateDocs(root);
    return { files: pages.size, violations: stalePages(root, pages).map((stale) => ({ ...stale, rule: STALE })) };
  },
};
