import { ApiProblem } from '@tongxin/client/problem.ts';
import { inLanguage, type Label } from '@tongxin/domain/label/schema.ts';
import { fill, isKnownKey, listed } from '@tongxin/ui/words.ts';
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { en } from './en.ts';
import { type Key, zh } from './zh.ts';

export type Language = 'zh' | 'en';
export interface Words {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: (key: Key, params?: Readonly<Record<string, string | number>>) => string;
  /** The words of a label that the server sent. */
  readonly l: (label: Label) => string;
  /** Several in one sentence: `甲、乙`, `a, b`. */
  readonly list: (items: readonly string[]) => string;
  /** A sentence for why something did not work. */
  readonly why: (problem: unknown) => string;
}

const KEPT = 'tongxin.language';
const catalogues = { zh, en } as const;

/** The language of calls made outside components. */
export const currentLanguage = (): Language => {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh';
};

const wordsIn = (language: Language, setLanguage: Words['setLanguage']): Words => {
  const t: Words['t'] = (key, params) => fill(catalogues[language][key], params);
  const why: Words['why'] = (problem) => {
    if (!(problem instanceof ApiProblem)) return t('problem.other');
    const key = `problem.${problem.code}`;
    return isKnownKey(zh, key) ? t(key) : (problem.title ?? t('problem.other'));
  };
  return { language, setLanguage, t, why, l: (label) => inLanguage(label, language), list: (items) => listed(items, language) };
};

const Context = createContext<Words>(wordsIn('zh', () => {}));
export const useWords = (): Words => useContext(Context);

export const WordsProvider = ({ children }: { children: ComponentChildren }) => {
  const [language, setLanguage] = useState(currentLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const words = useMemo(
    () =>
      wordsIn(language, (next) => {
        localStorage.setItem(KEPT, next);
        setLanguage(next);
      }),
    [language],
  );
  return <Context.Provider value={words}>{children}</Context.Provider>;
};
