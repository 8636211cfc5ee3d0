import { expect, it } from 'vitest';
import { arrows } from './arrows.ts';
import { findings } from './tree.build.ts';

const SERVER = 'apps/server/src';
/** Every file that is imported below, so that each import leads somewhere. */
const there = {
  [`${SERVER}/modules/case/index.ts`]: 'export const caseModule = 1;',
  [`${SERVER}/modules/case/repo.ts`]: "import { a } from '../../platform/tx/tx.ts';\nexport const row = a;",
  [`${SERVER}/modules/case/service.ts`]: "import { row } from './repo.ts';\nexport const use = row;",
  [`${SERVER}/platform/tx/tx.ts`]: 'export const a = 1;',
  'packages/domain/src/case/rules.ts': 'export const rule = 1;',
  'packages/ui/src/light.ts': 'export const light = 1;',
  'packages/testing/src/world.ts':
    "import { caseModule } from '../../../apps/server/src/modules/case/index.ts';\nexport const world = caseModule;",
};
const found = async (file: string, source: string): Promise<string[]> => findings(arrows, { ...there, [file]: source });
const importOf = (path: string): string => `import { x } from '${path}';\nexport const y = x;`;

it('a house in order passes', async () => {
  expect(await findings(arrows, there)).toEqual([]);
});

it.each([
  ['packages/client/src/api.ts', '../../../apps/server/src/platform/tx/tx.ts', 'packages-know-no-apps'],
  ['apps/desk/src/lib/a.ts', '../../../server/src/platform/tx/tx.ts', 'apps-are-apart'],
  [`${SERVER}/modules/case/present.ts`, '../../../../../packages/testing/src/world.ts', 'testing-is-for-tests'],
  ['packages/domain/src/area/rules.ts', '../../../ui/src/light.ts', 'domain-stands-alone'],
  ['packages/domain/src/area/rules.ts', 'node:fs', 'domain-does-no-io'],
  [`${SERVER}/modules/case/routes.ts`, './repo.ts', 'routes-call-services'],
  [`${SERVER}/modules/area/service.ts`, '../case/service.ts', 'modules-meet-at-the-door'],
  [`${SERVER}/platform/feed/feed.ts`, '../../modules/case/index.ts', 'platform-knows-no-modules'],
])('%s may not import %s', async (file, path, rule) => {
  expect(await found(file, importOf(path))).toEqual([`${file} ${rule}`]);
});

it('only repos speak SQL; the type of a handle may be named anywhere', async () => {
  const library = {
    'node_modules/kysely/package.json': '{"name":"kysely","exports":"./index.js"}',
    'node_modules/kysely/index.js': 'exports.sql = 1;',
  };
  const service = `${SERVER}/modules/area/service.ts`;
  const speaks = { ...there, ...library, [service]: "import { sql } from 'kysely';\nexport const q = sql;" };
  expect(await findings(arrows, speaks)).toEqual([`${service} only-repos-speak-sql`]);
  expect(await findings(arrows, { ...speaks, [service]: "import type { sql } from 'kysely';\nexport const q: sql = 1;" })).toEqual([]);
});

it('a repo that calls its service is found, as a step back and as a ring', async () => {
  const repo = `${SERVER}/modules/case/repo.ts`;
  const rules = await findings(arrows, { ...there, [repo]: "import { use } from './service.ts';\nexport const row = use;" });
  expect(rules).toContain(`${repo} repos-know-no-services`);
  expect(rules.filter((rule) => rule.endsWith(' no-cycles'))).not.toEqual([]);
});

it('a command that reads modules before it runs is found; a type, or one that waits, is none', async () => {
  const file = `${SERVER}/cli/record.ts`;
  const module = '../modules/case/index.ts';
  expect(await found(file, importOf(module))).toEqual([`${file} commands-wait-with-modules`]);
  expect(await found(file, `import type { x } from '${module}';\nexport const y: x = 1;`)).toEqual([]);
  expect(await found(file, `export const run = () => import('${module}');`)).toEqual([]);
});

it('a feature that imports a feature is found', async () => {
  const file = 'apps/desk/src/features/inbox/routes.tsx';
  const files = { ...there, 'apps/desk/src/features/case/queries.ts': 'export const x = 1;', [file]: importOf('../case/queries.ts') };
  expect(await findings(arrows, files)).toEqual([`${file} features-stand-alone`]);
});

it('an import that leads nowhere is found, and a repository in which nothing was cruised', async () => {
  expect(await found('packages/ui/src/time.ts', importOf('./nowhere.ts'))).toEqual(['packages/ui/src/time.ts resolvable']);
  expect(await findings(arrows, { 'README.md': '' })).toEqual(['. nothing-seen']);
  expect(await findings(arrows, { 'apps/readme.txt': '' })).toEqual(['. nothing-seen']);
});
