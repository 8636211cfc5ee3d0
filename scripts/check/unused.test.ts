import { expect, it } from 'vitest';
import { findings } from './tree.build.ts';
import { unused } from './unused.ts';

const small = {
  'package.json': '{"name":"small","type":"module","dependencies":{"typebox":"1"}}',
  'knip.json': '{"entry":["main.ts"],"project":["*.ts"]}',
  'main.ts': "import { a } from './a.ts';\nconsole.log(a);",
  'a.ts': 'export const a = 1;\nexport const b = 2;',
  'lost.ts': 'export const c = 3;',
};

it('a file, an export and a package that nothing uses are found', async () => {
  expect((await findings(unused, small)).sort()).toEqual(['a.ts unused', 'lost.ts unused', 'package.json unused']);
});

it('a repository without its settings does not pass', async () => {
  expect(await findings(unused, { 'a.ts': '' })).toEqual(['. nothing-seen']);
});
