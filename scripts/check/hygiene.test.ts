import { expect, it } from 'vitest';
import { hygiene } from './hygiene.ts';
import { findings } from './tree.build.ts';

/** Put together here, so that this file does not hold what it plants. */
const planted = (...parts: string[]): string => parts.join('');

it('tests that are left out, or leave others out, are found in every spelling', async () => {
  expect(
    await findings(hygiene, {
      'a.test.ts': planted('it', '.only("x", f);'),
      'b.test.ts': planted('describe', '.skip("x", f);'),
      'c.test.ts': planted('test', '.todo("x");'),
      'd.test.ts': planted('it', '.each', '.skip("x", f);'),
      'e.test.ts': planted('describe', '.skipIf(!there)("x", f);'),
      'f.test.ts': planted('describe', '.runIf(existsSync(data))("x", f);'),
      'g.test.ts': planted('test', '.concurrent', '.runIf(there)("x", f);'),
      'h.test.ts': 'rows.skip(3); jobs.runIf(due);',
    }),
  ).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name}.test.ts whole-suite`));
});

it('types switched off, exceptions without a reason and owed work without an issue are found', async () => {
  expect(
    await findings(hygiene, {
      'a.ts': planted('// @ts', '-ignore'),
      'b.ts': planted('const a = b as', ' any;'),
      'c.ts': planted('// biome', '-ignore lint/style/x: because'),
      'd.ts': planted('// biome', '-ignore lint/style/x: rows are typed where they are read'),
      'e.ts': planted('// TO', 'DO later'),
      'f.ts': planted('// TO', 'DO(issue 12) when the second procedure comes'),
    }),
  ).toEqual(['a.ts checked-types', 'b.ts checked-types', 'c.ts reason', 'e.ts owed-work']);
});

it('hosts of registries and paths of one machine are found in any text', async () => {
  expect(
    await findings(hygiene, {
      'a.md': planted('see https://registry', '.npmjs.org/x'),
      'b.json': planted('{"at": "/', 'root/clone"}'),
      'c.ts': planted("const data = '/", "work/data';"),
      'd.ts': "const url = '/framework/x';",
    }),
  ).toEqual(['a.md any-machine', 'b.json any-machine', 'c.ts any-machine']);
});

it('a repository without texts does not pass', async () => {
  expect(await findings(hygiene, { 'a.png': '' })).toEqual(['. nothing-seen']);
});
