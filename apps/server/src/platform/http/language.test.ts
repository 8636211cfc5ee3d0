import { describe, expect, it } from 'vitest';
import { languageOf } from './language.ts';

describe('the language of an answer', () => {
  it.each([
    [undefined, undefined, 'zh'],
    [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    [undefined, 'en-GB,en;q=0.9,zh;q=0.2', 'en'],
    [undefined, 'fr-FR,fr;q=0.9,en;q=0.5', 'en'],
    [undefined, 'fr', 'zh'],
    [undefined, 'enm', 'zh'],
    [undefined, 'en;q=0, zh;q=0.1', 'zh'],
    [undefined, ';;;,,=q', 'zh'],
    ['en', 'zh', 'en'],
    ['zh', 'en', 'zh'],
    ['tlh', 'en', 'en'],
  ])('lang=%s with %j is %s', (lang, header, language) => expect(languageOf(lang, header)).toBe(language));
});
