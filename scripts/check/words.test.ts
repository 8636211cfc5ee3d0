import { expect, it } from 'vitest';
import { findings } from './tree.build.ts';
import { words } from './words.ts';

const AT = 'apps/portal/src/lib/i18n';
const PARTS = 'apps/desk/src/lib/i18n/words';
const catalogue = (language: string, entries: Record<string, string>): string => `export const ${language} = ${JSON.stringify(entries)};\n`;

it('a sentence in one language only is found, in whichever it is missing', async () => {
  expect(
    await findings(words, {
      [`${AT}/zh.ts`]: catalogue('zh', { 'case.open': '打开', 'case.shut': '关上' }),
      [`${AT}/en.ts`]: catalogue('en', { 'case.open': 'Open', 'case.late': 'Late' }),
      'apps/portal/src/app/app.tsx': "t('case.open'); t('case.shut'); ",
    }),
  ).toEqual([`${AT}/en.ts both-languages`, `${AT}/zh.ts both-languages`]);
});

it('a key nobody shows is found, and a shown key without a sentence; families put together count as shown', async () => {
  const both = { 'case.open': 'a', 'light.red': 'b', 'channel.portal': 'c', 'case.forgotten': 'd' };
  expect(
    await findings(words, {
      [`${AT}/zh.ts`]: catalogue('zh', both),
      [`${AT}/en.ts`]: catalogue('en', both),
      'apps/portal/src/app/app.tsx': "t('case.open'); of('channel', name, '-'); t('case.missing');\n// 'case.forgotten'",
      'apps/portal/src/app/light.tsx': `t(\`light.\${light}\`);`,
    }),
  ).toEqual([`${AT}/zh.ts unused-words`, 'apps/portal/src/app/app.tsx missing-words']);
});

it('words of the desk stand in parts: a pair that lacks a file, a key in two parts and a word of one feature in the first load are found', async () => {
  expect(
    await findings(words, {
      [`${PARTS}/desk/zh.ts`]: catalogue('words', { 'case.open': 'a', 'map.one': 'b', 'both.said': 'c' }),
      [`${PARTS}/desk/en.ts`]: catalogue('words', { 'case.open': 'a', 'map.one': 'b', 'both.said': 'c' }),
      [`${PARTS}/map/zh.ts`]: catalogue('words', { 'map.two': 'd', 'both.said': 'e' }),
      [`${PARTS}/map/en.ts`]: catalogue('words', { 'map.two': 'd', 'both.said': 'e' }),
      [`${PARTS}/sos/zh.ts`]: catalogue('words', { 'sos.none': 'f' }),
      'apps/desk/src/features/case/routes.tsx': "t('case.open');",
      'apps/desk/src/features/map/routes.tsx': "t('map.one'); t('map.two'); t('both.said'); t('map.three');",
      'apps/desk/src/features/sos/routes.tsx': "t('sos.none'); t('both.said');",
    }),
  ).toEqual([
    `${PARTS}/desk/zh.ts words-with-their-feature`,
    `${PARTS}/map/zh.ts words-once`,
    `${PARTS}/sos/en.ts both-languages`,
    'apps/desk/src/features/map/routes.tsx missing-words',
  ]);
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
