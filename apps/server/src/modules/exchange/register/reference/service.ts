import { COLUMNS } from '@tongxin/domain/exchange/data.ts';
import { codeWords } from '@tongxin/domain/exchange/rules.ts';
import type { ImportRegister, Reference, Register } from '@tongxin/domain/exchange/schema.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import type { Scope } from '../../../../platform/tx/tx.ts';
import { findNames, type NameRow } from './repo.ts';

export type Named = Pick<NameRow, 'id' | 'name' | 'open'> & Partial<NameRow>;

/** Names of what registers refer to: an id in words that lead back to it, and words to the id. */
export interface References {
  readonly words: (reference: Reference, id: string, language: Language) => string;
  /** `within`: the body whose posts are meant. */
  readonly find: (reference: Reference, words: string, within?: string) => { readonly id: string } | 'nameUnknown' | 'nameAmbiguous';
  /** Something that a table is about to make. */
  readonly add: (reference: Reference, named: Named) => void;
}

const LANGUAGES = ['zh', 'en'] as const;
/** What a cell with several names is split at. */
const SPLITS = /[、;；,，\n]/u;

const folded = (words: string): string => words.trim().toLowerCase();
const keyOf = (within: string | null | undefined, words: string): string => `${within ?? ''} ${folded(words)}`;

interface Index {
  readonly byId: Map<string, Named>;
  readonly byWords: Map<string, Set<string>>;
}

const besideOf = (named: Named): Label | undefined =>
  named.role ? { zh: codeWords('role', named.role, 'zh')!, en: codeWords('role', named.role, 'en')! } : (named.beside ?? undefined);

const bare = (named: Named, language: Language): string => inLanguage(named.name, language).trim();
const qualified = (named: Named, language: Language): string => {
  const beside = besideOf(named);
  return beside ? `${bare(named, language)}（${inLanguage(beside, language)}）` : bare(named, language);
};
/** Exact where even that is said of two. */
const numbered = (named: Named, language: Language): string => `${bare(named, language)}〔${named.id.slice(-8)}〕`;

const put = ({ byId, byWords }: Index, named: Named): void => {
  byId.set(named.id, named);
  const forms = LANGUAGES.flatMap((language) => [bare(named, language), qualified(named, language), numbered(named, language)]);
  for (const words of [named.id, ...(named.codes ?? []), ...forms]) {
    const key = keyOf(named.within, words);
    byWords.set(key, (byWords.get(key) ?? new Set()).add(named.id));
  }
};

const found = ({ byId, byWords }: Index, within: string | null | undefined, words: string): readonly string[] => {
  const ids = [...(byWords.get(keyOf(within, words)) ?? [])];
  const open = ids.filter((id) => byId.get(id)!.open);
  return open.length ? open : ids;
};

/** Reads the names of all that the columns of a register refer to, as the caller's scope sees them. */
export const loadReferences = async (scope: Scope, register: Register | ImportRegister): Promise<References> => {
  const indexes = new Map<Reference, Index>();
  for (const reference of new Set(COLUMNS[register].flatMap(({ refers }) => refers ?? []))) {
    const index: Index = { byId: new Map(), byWords: new Map() };
    for (const row of await findNames(scope.client, reference)) put(index, row);
    indexes.set(reference, index);
  }
  return {
    words: (reference, id, language) => {
      const index = indexes.get(reference)!;
      const named = index.byId.get(id);
      if (!named) return id;
      const forms = [bare(named, language), qualified(named, language), numbered(named, language)];
      const fit = forms.find((words) => found(index, named.within, words).join() === id && !SPLITS.test(words));
      return fit ?? id;
    },
    find: (reference, words, within) => {
      const ids = found(indexes.get(reference)!, within, words);
      return ids.length === 1 ? { id: ids[0]! } : ids.length ? 'nameAmbiguous' : 'nameUnknown';
    },
    add: (reference, named) => put(indexes.get(reference)!, named),
  };
};
