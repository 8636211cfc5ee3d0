import { resolve } from 'node:path';
import { arrows } from './check/arrows.ts';
import { foreign } from './check/foreign.ts';
import { generated } from './check/generated.ts';
import { hygiene } from './check/hygiene.ts';
import { layout } from './check/layout.ts';
import { length } from './check/length.ts';
import { licences } from './check/licences.ts';
import { links } from './check/links.ts';
import { lock } from './check/lock.ts';
import { describeOutcome, runCheck } from './check/report.ts';
import { tables } from './check/tables.ts';
import { unused } from './check/unused.ts';
import { words } from './check/words.ts';

/** The rules of this repository, each with what it looks at, why it exists and what to do. `node scripts/check.ts [name…]` */
const CHECKS = [layout, length, hygiene, foreign, words, licences, lock, links, arrows, tables, generated, unused] as const;

const root = resolve(import.meta.dirname, '..');
const only = process.argv.slice(2);
const unknown = only.filter((name) => !CHECKS.some((check) => check.name === name));
if (unknown.length > 0) console.error(`no such check: ${unknown.join(', ')}; there are ${CHECKS.map(({ name }) => name).join(', ')}`);

let [violations, ran] = [0, 0];
for (const check of CHECKS.filter(({ name }) => only.length === 0 || only.includes(name))) {
  const since = performance.now();
  const outcome = await runCheck(check, root);
  const [first, ...rest] = describeOutcome(check, outcome);
  console.log([`${first} (${((performance.now() - since) / 1000).toFixed(1)} s)`, ...rest].join('\n'));
  violations += outcome.violations.length;
  ran += 1;
}
console.log(violations === 0 ? `${ran} checks, nothing found` : `${ran} checks, ${violations} violations`);
process.exitCode = violations > 0 || ran === 0 || unknown.length > 0 ? 1 : 0;
