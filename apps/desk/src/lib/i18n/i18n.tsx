import { ApiProblem } from '@tongxin/client/problem.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import { inLanguage, type Label } from '@tongxin/domain/label/schema.ts';
import { fill, isKnownKey } from '@tongxin/ui/words.ts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { en } from './en.ts';
import { type Key, zh } from './zh.ts';

export type Language = 'zh' | 'en';
export interface Words {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: (key: Key, params?: Readonly<Record<string, string | number>>) => string;
  /** A sentence of a family by its last part (`channel`, `portal`); the spare where the family has no such member, never the raw code. */
  readonly of: (family: string, member: string, spare: string) => string;
  /** A limit: `3 working days`, `1 working day`. */
  readonly limit: (limit: Limit) => string;
  /** The words of a label that the server sent. */
  readonly l: (label: Label) => string;
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
  const of: Words['of'] = (family, member, spare) => {
    const key = `${family}.${member}`;
    return isKnownKey(zh, key) ? t(key) : spare;
  };
  const why: Words['why'] = (problem) =>
    problem instanceof ApiProblem ? of('problem', problem.code, problem.title ?? t('problem.other')) : t('problem.other');
  const limit: Words['limit'] = ({ amount, unit }) =>
    `${amount} ${t(amount === 1 || language === 'zh' ? `unit.one.${unit}` : `unit.${unit}`)}`;
  return { language, setLanguage, t, of, why, limit, l: (label) => inLanguage(label, language) };
};

const Context = createContext<Words>(wordsIn('zh', () => {}));
export const useWords = (): Words => useContext(Context);

export const WordsProvider = ({ children }: { children: ReactNode }) => {
  const [language, setLanguage] = useState(currentLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = catalogues[language]['app.name'];
  }, [language]);
  const words = useMemo(
    () =>
      wordsIn(language, (next) => {
        localStorage.setItem(KEPT, next);
        setLanguage(next);
      }),
    [language],
  );
  return <Context value={words}>{children}</Context>;
};
