import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, machine, type Result } from './bench.ts';
import { desk } from './desk.ts';
import { feed } from './feed.ts';
import { inbox } from './inbox.ts';
import { intake } from './intake.ts';
import { loop } from './loop.ts';
import { place } from './place.ts';
import { portal } from './portal.ts';
import { ROOT } from './product.ts';
import { search } from './search.ts';
import { start } from './start.ts';

/** `npm run bench -- [name …] [--json] [--write] [--sizes 1e4,1e5] [--seconds 10]` */
const BENCHES: Readonly<Record<string, Bench>> = { intake, loop, inbox, search, place, feed, start, desk, portal };
const words = process.argv.slice(2);
const optionOf = (flag: string): string | undefined => {
  const at = words.indexOf(flag);
  return at === -1 ? undefined : words[at + 1];
};
const flags = new Set(['--sizes', '--seconds']);
const names = words.filter((word, i) => !word.startsWith('--') && !flags.has(words[i - 1] ?? ''));
const unknown = names.find((name) => !BENCHES[name]);
if (unknown) {
  console.error(`there is no benchmark ${unknown}; there are ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}
const sizes = (optionOf('--sizes') ?? '1e4,1e5,1e6').split(',').map(Number);
const seconds = Number(optionOf('--seconds') ?? 10);

const results: Result[] = [];
for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
  const on = machine();
  const at = new Date().toISOString();
  const result = await BENCHES[name]!({ sizes, seconds, say: (line) => console.error(`${name}: ${line}`) });
  results.push({ name, machine: on, at, ...result });
  if (words.includes('--json')) console.log(JSON.stringify(results.at(-1)));
  else console.log(JSON.stringify(results.at(-1), null, 2));
}

const table = (title: string, values: Readonly<Record<string, number>>): string =>
  Object.keys(values).length === 0
    ? ''
    : `| ${title} | |\n|-|-:|\n${Object.entries(values)
        .map(([key, value]) => `| ${key} | ${value.toLocaleString('en')} |`)
        .join('\n')}\n\n`;

const page = (all: readonly Result[]): string => `# Benchmarks

Written by \`npm run bench -- --write\`, never by hand. Each figure stands beside its physical limit, timed in the same run; a missed aim says so.

${all
  .map(
    (one) => `## ${one.name}

${one.at.slice(0, 16).replace('T', ' ')} UTC · ${one.machine}

${table('figure', one.figures)}${table('limit', one.limit)}${table('ratio', one.ratio)}${table('growth', one.growth)}${one.aims.map(({ aim, met }) => `- ${met ? 'met' : '**missed**'}: ${aim}`).join('\n')}

${one.notes.map((note) => `Note: ${note}.`).join('\n')}
`,
  )
  .join('\n')}`;

if (words.includes('--write')) {
  const store = join(ROOT, 'bench/benchmarks.json');
  const before: Result[] = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : [];
  const merged = Object.keys(BENCHES).flatMap(
    (name) => results.find((one) => one.name === name) ?? before.find((one) => one.name === name) ?? [],
  );
  writeFileSync(store, `${JSON.stringify(merged, null, 2)}\n`);
  writeFileSync(join(ROOT, 'docs/benchmarks.md'), page(merged));
}
process.exit(0);
