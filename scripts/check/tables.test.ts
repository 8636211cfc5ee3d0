import { expect, it } from 'vitest';
import { tables } from './tables.ts';
import { findings } from './tree.build.ts';

const AT = 'apps/server/src/modules';
const house = {
  'apps/server/migrations/0001-ballot-create-tables.sql': 'create table ballot (\n  id uuid\n);\ncreate table room (id uuid);\n',
  [`${AT}/ballot/README.md`]: '# ballot\n\nOwns `ballot`. Reads `room`.\n',
  [`${AT}/room/README.md`]: '# room\n\nOwns `room`.\n',
  [`${AT}/ballot/repo.ts`]: 'sql`insert into ballot select id from room`; // update room',
};

it('a module that writes the table of another is found; one that reads it is not', async () => {
  expect(await findings(tables, house)).toEqual([]);
  for (const statement of [
    'insert into room values (1)',
    'update room set id = 1',
    'delete from room',
    'truncate room',
    'copy room from stdin',
  ])
    expect(await findings(tables, { ...house, [`${AT}/ballot/repo.ts`]: `sql\`${statement}\`` })).toEqual([
      `${AT}/ballot/repo.ts foreign-table`,
    ]);
});

it('a table that no README owns is found', async () => {
  expect(await findings(tables, { ...house, [`${AT}/room/README.md`]: '# room\n' })).toEqual([
    'apps/server/migrations/0001-ballot-create-tables.sql table-without-owner',
  ]);
});

it('a repository without tables does not pass', async () => {
  expect(await findings(tables, { [`${AT}/ballot/repo.ts`]: 'sql`insert into ballot values (1)`' })).toEqual(['. nothing-seen']);
});
