import { expect, it } from 'vitest';
import { layout } from './layout.ts';
import { findings } from './tree.build.ts';

const MODULE = 'apps/server/src/modules/ballot';
const whole = { [`${MODULE}/README.md`]: '# ballot\n', [`${MODULE}/index.ts`]: '', [`${MODULE}/count/service.ts`]: '' };

it('a file in no room, or under a name its room does not know, is found', async () => {
  expect(
    await findings(layout, {
      ...whole,
      'notes.txt': '',
      'tools/run.ts': '',
      [`${MODULE}/controller.ts`]: '',
      [`${MODULE}/count/Service.ts`]: '',
      'packages/domain/src/ballot/service.ts': '',
      'apps/desk/src/features/ballot/store.ts': '',
    }),
  ).toEqual([
    'apps/desk/src/features/ballot/store.ts vocabulary',
    `${MODULE}/controller.ts vocabulary`,
    `${MODULE}/count/Service.ts kebab-case`,
    'notes.txt room',
    'packages/domain/src/ballot/service.ts vocabulary',
    'tools/run.ts room',
  ]);
});

it('drawers are found wherever they stand, as a folder or a file', async () => {
  expect(await findings(layout, { ...whole, 'packages/ui/src/utils/a.ts': '', 'apps/server/src/platform/db/helpers.ts': '' })).toEqual([
    'apps/server/src/platform/db/helpers.ts drawer',
    'packages/ui/src/utils/a.ts drawer',
  ]);
});

it('a gap, a double or a shapeless name among migrations is found', async () => {
  const at = 'apps/server/migrations';
  expect(
    await findings(layout, {
      [`${at}/0001-case-create-tables.sql`]: '',
      [`${at}/0003-case-add-index.sql`]: '',
      [`${at}/0003-feed-add-index.sql`]: '',
    }),
  ).toEqual([`${at}/0003-case-add-index.sql migration`]);
  expect(await findings(layout, { [`${at}/0001-tables.sql`]: '' })).toEqual([`${at}/0001-tables.sql migration`]);
});

it('a module without its introduction or its door is found, and so is a long introduction', async () => {
  expect(await findings(layout, { [`${MODULE}/service.ts`]: '' })).toEqual([`${MODULE}/ introduced`, `${MODULE}/ introduced`]);
  expect(await findings(layout, { ...whole, [`${MODULE}/README.md`]: 'line\n'.repeat(16) })).toEqual([`${MODULE}/README.md introduced`]);
});

it('a whole module passes, an empty repository does not', async () => {
  expect(await findings(layout, whole)).toEqual([]);
  expect(await findings(layout, {})).toEqual(['. nothing-seen']);
});
