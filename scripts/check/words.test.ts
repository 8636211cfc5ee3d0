import { expect, it } from 'vitest';
import { findings } from './tree.build.ts';
import { words } from './words.ts';

const AT = 'apps/desk/src/lib/i18n';
const catalogue = (language: string, entries: Record<string, string>): string => `export const ${language} = ${JSON.stringify(entries)};\n`;

it('a sentence in one language only is found, in whichever it is missing', async () => {
  expect(
    await findings(words, {
      [`${AT}/zh.ts`]: catalogue('zh', { 'case.open': '打开', 'case.shut': '关上' }),
      [`${AT}/en.ts`]: catalogue('en', { 'case.open': 'Open', 'case.late': 'Late' }),
      'apps/desk/src/app/app.tsx': "t('case.open'); t('case.shut'); ",
    }),
  ).toEqual([`${AT}/en.ts both-languages`, `${AT}/zh.ts both-languages`]);
});

it('a key nobody shows is found, and a shown key without a sentence; families put together count as shown', async () => {
  const both = { 'case.open': 'a', 'light.red': 'b', 'channel.portal': 'c', 'case.forgotten': 'd' };
  expect(
    await findings(words, {
      [`${AT}/zh.ts`]: catalogue('zh', both),
      [`${AT}/en.ts`]: catalogue('en', both),
      'apps/desk/src/app/app.tsx': "t('case.open'); of('channel', name, '-'); t('case.missing');\n// 'case.forgotten'",
      'apps/desk/src/app/light.tsx': `t(\`light.\${light}\`);`,
    }),
  ).toEqual([`${AT}/zh.ts unused-words`, 'apps/desk/src/app/app.tsx missing-words']);
});

it('Chinese inside a component is found; comments and tests may have it', async () => {
  expect(
    await findings(words, {
      'apps/portal/src/app/app.tsx': '/** 首页 */\nexport const App = () => <p>{t} 您好</p>; // 问候',
      'apps/portal/src/app/app.test.tsx': "expect('您好')",
    }),
  ).toEqual(['apps/portal/src/app/app.tsx words-in-catalogues']);
});

it('a repository without screens and catalogues does not pass', async () => {
  expect(await findings(words, { 'README.md': '' })).toEqual(['. nothing-seen']);
});
