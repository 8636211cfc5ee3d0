import { ApiProblem } from '@tongxin/client/problem.ts';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import { fill, isKnownKey, listed } from '@tongxin/ui/words.ts';
import { createContext, type ReactNode, use, useContext, useEffect, useMemo, useState } from 'react';
import { bring, bringAnew, catalogues, catchUp } from './catalogues.ts';
import type { Key, Part } from './parts.ts';

export type { Language };

/** What a key's first parts may be: `inbox` and `inbox.view` of `inbox.view.todo`. */
type FamilyOf<K extends string> = K extends `${infer First}.${infer Rest}` ? First | `${First}.${FamilyOf<Rest>}` : never;

/** Words of the desk, and of the parts named. */
export interface Words<P extends Part = never> {
  readonly language: Language;
  /** Shows the other language as soon as its words are there; refused when they cannot be had. */
  readonly setLanguage: (language: Language) => Promise<void>;
  readonly t: (key: Key<P>, params?: Readonly<Record<string, string | number>>) => string;
  /** A sentence of a family by its last part (`channel`, `portal`); the spare where the family has no such member, never the raw code. */
  readonly of: (family: FamilyOf<Key<P>>, member: string, spare: string) => string;
  /** A limit: `3 working days`, `1 working day`. */
  readonly limit: (limit: Limit) => string;
  /** The words of a label that the server sent. */
  readonly l: (label: Label) => string;
  /** Several in one sentence: `甲、乙`, `a, b`. */
  readonly list: (items: readonly string[]) => string;
  /** A sentence for why something did not work. */
  readonly why: (problem: unknown) => string;
}

const KEPT = 'tongxin.language';

/** The language of calls made outside components. */
export const currentLanguage = (): Language => {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'zh' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh';
};

/** Has words ready in the language of the screen. */
export const loadWords = async (...parts: readonly Part[]): Promise<void> => {
  await Promise.all(parts.map((part) => bringAnew(currentLanguage(), part)));
};

/** A piece of the desk together with its words, so that neither waits for the other. */
export const withWords =
  <M,>(load: () => Promise<M>, ...parts: readonly Part[]) =>
  async (): Promise<M> => {
    const [module] = await Promise.all([load(), loadWords(...parts)]);
    return module;
  };

const wordsIn = (language: Language, setLanguage: Words['setLanguage']): Words<Part> => {
  const t: Words<Part>['t'] = (key, params) => fill(catalogues[language][key] ?? '', params);
  const of: Words<Part>['of'] = (family, member, spare) => {
    const key = `${family}.${member}`;
    return isKnownKey(catalogues[language], key) ? fill(catalogues[language][key] ?? '') : spare;
  };
  const why: Words['why'] = (problem) =>
    problem instanceof ApiProblem ? of('problem', problem.code, problem.title ?? t('problem.other')) : t('problem.other');
  const limit: Words['limit'] = ({ amount, unit }) =>
    `${amount} ${t(amount === 1 || language === 'zh' ? `unit.one.${unit}` : `unit.${unit}`)}`;
  return { language, setLanguage, t, of, why, limit, l: (label) => inLanguage(label, language), list: (items) => listed(items, language) };
};

const Context = createContext<Words<Part>>(wordsIn('zh', async () => undefined));

/** Words of the desk and of the parts named; a screen whose part has not come waits for it as it waits for its code. */
export const useWords = <P extends Part = never>(...parts: readonly P[]): Words<P> => {
  const words = useContext(Context);
  // Also what has come: a component that waited and is drawn again must ask for the same, or React loses its place among its hooks (error 467).
  for (const part of parts) use(bring(words.language, part));
  return words as unknown as Words<P>;
};

export const WordsProvider = ({ children }: { children: ReactNode }) => {
  const [language, setLanguage] = useState(currentLanguage);
  const words = useMemo(
    () =>
      wordsIn(language, async (next) => {
        await catchUp(language, next);
        localStorage.setItem(KEPT, next);
        setLanguage(next);
      }),
    [language],
  );
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = words.t('app.name');
  }, [language, words]);
  return <Context value={words}>{children}</Context>;
};
