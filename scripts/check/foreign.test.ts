import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { foreignTo } from './foreign.ts';
import { findings, tree } from './tree.build.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const MESSAGE = '河边步道第三盏路灯已经坏了半个月，晚上老人散步看不见台阶。';
/** A data folder with something to copy from it; gone after the test. */
const check = () => {
  const lent = tree({
    'messages.csv': `number,text\n17,"${MESSAGE}"\n`,
    'calls.csv': '2018,the light at the corner of Example Street has been out since the storm last week\n',
    'outline.geojson':
      '{"coordinates":[[120.100001,30.200002],[120.100003,30.200004],[120.100005,30.200006],[120.100007,30.200008],[120.1,30.2],[120.3,30.4]]}',
  });
  return foreignTo(() => lent);
};

it('a message, a call and an outline of the data folder are found in code, tests and documents', async () => {
  expect(
    await findings(check(), {
      'apps/a.test.ts': `const text = '${MESSAGE.slice(2, 20)}';`,
      'docs/b.md': 'He said: the light, at the corner of example street, has been out since Monday.',
      'packs/c.json':
        '[120.100001, 30.200002],\n[120.100003, 30.200004], [120.100005, 30.200006], [120.100007, 30.200008], [120.1, 30.2], [120.3, 30.4]',
      'docs/own.md': '人民公园北门坡道旁的路灯不亮，晚上看不清台阶。',
    }),
  ).toEqual(['apps/a.test.ts foreign-text', 'docs/b.md foreign-text', 'packs/c.json foreign-text']);
});

it('what is found is placed but not quoted, and a map may name columns', async () => {
  const root = tree({ 'docs/a.md': `一\n${MESSAGE}`, 'packs/maps/a.json': `"${MESSAGE}"` });
  const { violations } = await check().run(root);
  expect(violations).toMatchObject([{ file: 'docs/a.md', line: 2, found: 'words of messages.csv' }]);
  expect(JSON.stringify(violations)).not.toContain('步道');
});

it('the title of a law stands in both and belongs to everybody', async () => {
  const law = '依《全国年节及纪念日放假办法》计算';
  const lent = foreignTo(() => tree({ 'messages.csv': law }));
  expect(await findings(lent, { 'a.md': law })).toEqual([]);
});

it('without the data folder it says so, and in CI it fails', async () => {
  const nowhere = foreignTo((root) => join(root, 'nowhere'));
  vi.stubEnv('CI', '');
  expect(await findings(nowhere, { 'a.md': 'words' })).toEqual([]);
  vi.stubEnv('CI', 'true');
  expect(await findings(nowhere, { 'a.md': 'words' })).toEqual(['. data-absent']);
});

it('a repository without texts is a failure', async () => {
  expect(await findings(check(), { 'a.png': '' })).toEqual(['. nothing-seen']);
});
