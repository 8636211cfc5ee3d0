import { ApiProblem } from '@tongxin/client/problem.ts';
import { fill, isKnownKey } from '@tongxin/ui/words.ts';
import { useWords, type Words } from '../../i18n/i18n.tsx';
import { en } from './en.ts';
import { type FieldKey, zh } from './zh.ts';

const catalogues = { zh, en } as const;

export interface FieldWords extends Words {
  readonly f: (key: FieldKey, params?: Readonly<Record<string, string | number>>) => string;
  /** Words for a code of this catalogue's family; the code's own family word where it is unknown. */
  readonly of: (family: string, code: string, otherwise: FieldKey) => string;
}

/** The words of whoever works outside, with those that every page has. */
export const useFieldWords = (): FieldWords => {
  const words = useWords();
  const f: FieldWords['f'] = (key, params) => fill(catalogues[words.language][key], params);
  const of: FieldWords['of'] = (family, code, otherwise) => {
    const key = `${family}.${code}`;
    return f(isKnownKey(zh, key) ? key : otherwise);
  };
  const why: Words['why'] = (problem) => {
    const key = problem instanceof ApiProblem ? `problem.${problem.code}` : '';
    return isKnownKey(zh, key) ? f(key) : words.why(problem);
  };
  return { ...words, f, of, why };
};

/** One sentence in both languages, for what is kept and shown later. */
export const labelOf = (key: FieldKey): { readonly zh: string; readonly en: string } => ({ zh: zh[key], en: en[key] });
