import { type Check, filesOf, type Rule, textOf, type Violation } from './report.ts';

const RULES = {
  room: {
    id: 'room',
    why: 'The rooms of the house are few and known, so that everybody knows where a thing is and where it goes.',
    mend: 'Put the file into the room it belongs to (ARCHITECTURE.md), or add the room there and in scripts/check/layout.ts with its reason.',
  },
  vocabulary: {
    id: 'vocabulary',
    why: 'A reader who knows one module knows all: same file names, same order inside.',
    mend: 'Give the file one of the names of its kind of folder (STYLE.md), or put the concern into a folder of its own that repeats the shape.',
  },
  drawer: {
    id: 'drawer',
    why: 'helpers, common, misc, shared and utils are drawers in which things are lost; what has a name is found.',
    mend: 'Name the file after what is in it, in the words of docs/glossary.md, and keep it beside what uses it.',
  },
  migration: {
    id: 'migration',
    why: 'Migrations run once, forward, in the order of their numbers: a gap or a double means two people see two databases.',
    mend: 'Name it NNNN-module-verb-object.sql with the next free number.',
  },
  introduced: {
    id: 'introduced',
    why: 'A module is met through its README (tables, events, who may call, whose law) and used through its index.ts only.',
    mend: 'Write README.md in 15 lines or fewer, and an index.ts that exports what other modules may use.',
  },
  kebab: {
    id: 'kebab-case',
    why: 'Some file systems see no difference between upper and lower case; one spelling works everywhere.',
    mend: 'Rename the file in kebab-case.',
  },
} as const satisfies Record<string, Rule>;

const ROOT_FILES =
  /^(?:README|README\.zh-CN|ARCHITECTURE|STYLE|CONTRIBUTING)\.md$|^LICENSE$|^package(?:-lock)?\.json$|^tsconfig(?:\.\w+)?\.json$|^(?:biome|knip)\.json$|^lefthook\.yml$|^vitest\.config\.ts$|^\.dependency-cruiser\.cjs$|^\.(?:gitignore|gitattributes|npmrc|editorconfig)$/u;

/** Each room with what may stand in it. The first that fits a file's beginning judges it. */
const ROOMS: readonly (readonly [room: string, inside: RegExp])[] = [
  ['.ci/', /^run$/u],
  ['apps/server/bin/', /^tongxin\.mjs$/u],
  ['apps/server/migrations/', /^\d{4}-[a-z][a-z0-9]*(?:-[a-z]+)+\.sql$/u],
  ['apps/server/src/cli/', /^[a-z0-9-]+(?:\.test)?\.ts$/u],
  [
    'apps/server/src/platform/',
    /^deps\.ts$|^(?:access-plugin|calendar|clock|config|crypto|db|directory|embedded-postgres|errors|feed|files|http|jobs|live|messages|places|procedures|record|sheet|tx)\/(?:README\.md|(?:[a-z-]+\/)*[a-z0-9.-]+\.ts)$/u,
  ],
  [
    'apps/server/src/modules/',
    /^[a-z][a-z0-9-]*\/(?:[a-z-]+\/)*(?:README\.md|(?:index|routes|service|repo|present|jobs|consumers|events|errors|build)\.ts|[a-z-]+\.test\.ts|fixtures\/.+)$/u,
  ],
  [
    'apps/server/src/',
    /^(?:(?:access|bad-input|confidentiality)\.(?:build|table)|app|built-in|compose|main|modules|prepare|worker)\.ts$|^[a-z.-]+\.test\.ts$/u,
  ],
  ['apps/server/', /^(?:package|tsconfig)\.json$/u],
  [
    'apps/(?:desk|portal)/src/features/',
    /^[a-z-]+\/(?:(?:queries|mutations|filter|stages)\.ts|routes\.tsx|[a-z-]+\.test\.tsx?|components\/[a-z-]+(?:\.test)?\.tsx)$/u,
  ],
  ['apps/(?:desk|portal)/src/(?:app|lib)/', /^(?:[a-z0-9-]+\/)*[a-z0-9-]+(?:\.test)?\.(?:tsx?|css)$/u],
  [
    'apps/(?:desk|portal)/',
    /^src\/(?:main|wall)\.tsx$|^(?:index|wall)\.html$|^(?:package|tsconfig)\.json$|^vite\.config\.ts$|^public\/.+$/u,
  ],
  [
    'packages/domain/src/',
    /^[a-z0-9-]+\/(?:[a-z-]+\/)*(?:(?:schema|rules|procedure|policy|view|table|data|build)\.ts|[a-z-]+\.test\.ts|[a-z-]+\.(?:txt|json))$/u,
  ],
  ['packages/(?:client|ui|testing)/src/', /^(?:[a-z-]+\/)*[a-z0-9-]+(?:\.test)?\.tsx?$/u],
  ['packages/(?:client|domain|testing|ui)/', /^(?:package|tsconfig)\.json$/u],
  ['packs/maps/', /^[a-z0-9-]+\.json$/u],
  ['packs/(?:generator|zhongshan)/', /^(?:[a-z-]+\/)*(?:README\.md|[a-z0-9.-]+\.(?:ts|json|geojson))$/u],
  ['bench/', /^(?:[a-z-]+\/)*[a-z0-9.-]+\.(?:ts|json)$/u],
  ['e2e/', /^(?:[a-z-]+\/)*[a-z0-9-]+(?:\.test)?\.ts$|^fixtures\/.+$/u],
  ['scripts/', /^(?:[a-z-]+\/)*[a-z-]+(?:\.(?:test|build))?\.ts$|^system-deps$/u],
  ['docs/decisions/', /^\d{4}-[a-z0-9-]+\.md$/u],
  ['docs/generated/', /^(?:[a-z-]+\/)*[a-z0-9.-]+\.(?:md|svg|json)$/u],
  ['docs/pictures/', /^[a-z0-9.-]+\.(?:svg|png|jpg)$/u],
  ['docs/', /^[a-z0-9-]+\.md$/u],
];

const judgeFile = (file: string): Violation | null => {
  const drawer = file.split('/').find((part) => /^(?:helpers?|common|misc|shared|utils?)(?:\.|$)/u.test(part));
  if (drawer) return { file, rule: RULES.drawer, found: `a ${drawer} in the path` };
  if (!file.includes('/')) return ROOT_FILES.test(file) ? null : { file, rule: RULES.room, found: 'unknown at the top' };
  for (const [room, inside] of ROOMS) {
    const match = new RegExp(`^${room.replaceAll('.', '\\.')}`, 'u').exec(file);
    if (!match) continue;
    const rest = file.slice(match[0].length);
    if (inside.test(rest)) return null;
    if (/\/migrations\//u.test(file)) return { file, rule: RULES.migration, found: `${rest} is not NNNN-module-verb-object.sql` };
    const rule = /[A-Z_]/u.test(rest.replace('README.md', '')) ? RULES.kebab : RULES.vocabulary;
    return { file, rule, found: `${rest} is no name used in ${match[0]}` };
  }
  return { file, rule: RULES.room, found: 'in no known room' };
};

const migrationNumbers = (files: readonly string[]): Violation[] =>
  files
    .filter((file) => /^apps\/server\/migrations\/\d{4}-/u.test(file))
    .flatMap((file, at) => {
      const number = Number(/\/(\d{4})-/u.exec(file)![1]);
      return number === at + 1 ? [] : [{ file, rule: RULES.migration, found: `number ${number} stands where ${at + 1} belongs` }];
    });

const introductions = (root: string, files: readonly string[]): Violation[] => {
  const known = new Set(files);
  const modules = new Set(files.flatMap((file) => /^apps\/server\/src\/modules\/[^/]+\//u.exec(file)?.[0] ?? []));
  return [...modules].flatMap((module) => {
    const missing = ['README.md', 'index.ts'].filter((name) => !known.has(module + name));
    const found = missing.map((name): Violation => ({ file: module, rule: RULES.introduced, found: `${name} is missing` }));
    if (missing.includes('README.md')) return found;
    const lines = textOf(root, `${module}README.md`).trimEnd().split('\n').length;
    if (lines > 15) found.push({ file: `${module}README.md`, rule: RULES.introduced, found: `${lines} lines` });
    return found;
  });
};

/** Rooms, file vocabularies, drawers, numbers of migrations, introductions of modules. */
export const layout: Check = {
  name: 'layout',
  looksAt: 'every file of the repository, by its path',
  run: (root) => {
    const files = filesOf(root);
    const judged = files.flatMap((file) => judgeFile(file) ?? []);
    return { files: files.length, violations: [...judged, ...migrationNumbers(files), ...introductions(root, files)] };
  },
};
