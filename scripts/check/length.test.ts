import { expect, it } from 'vitest';
import { length } from './length.ts';
import { runCheck } from './report.ts';
import { findings, tree } from './tree.build.ts';

const lines = (n: number): string => 'x;\n'.repeat(n);

it('a file of more than 500 lines is found unless its first line gives a reason; tests may have 900', async () => {
  expect(
    await findings(length, {
      'a.ts': lines(501),
      'b.ts': `// long: one table of the law, article by article\n${lines(600)}`,
      'c.test.ts': lines(900),
      'd.test.ts': lines(901),
      'e.sql': lines(500),
      'f.ts': `// long:\n${lines(600)}`,
    }),
  ).toEqual(['a.ts length', 'd.test.ts length', 'f.ts length']);
});

it('more than 300 lines are noted', async () => {
  const { warnings } = await runCheck(length, tree({ 'a.ts': lines(301), 'b.ts': lines(300) }));
  expect(warnings).toEqual(['a.ts has 301 lines']);
});

it('a repository without sources does not pass', async () => {
  expect(await findings(length, { 'README.md': '' })).toEqual(['. nothing-seen']);
});
