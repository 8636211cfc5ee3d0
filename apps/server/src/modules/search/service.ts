import type { Scope } from '../../platform/tx/tx.ts';
import { searchCases } from './repo.ts';
import { segmentQuery } from './segment/service.ts';

type Anchor = { readonly by: string; readonly id: string };

const anchorLexeme = (anchor: Anchor): string[] => {
  switch (anchor.by) {
    case 'lead':
      return [`o:${anchor.id}`];
    case 'receiving':
      return [`r:${anchor.id}`];
    case 'city':
    case 'district':
    case 'town':
    case 'community':
    case 'grid':
      return [`a:${anchor.id}`];
    default:
      return [];
  }
};

/** Ids of cases the caller sees whose words hold the phrase, newest first, at most `limit`. Every word of the phrase must stand in the case. */
export const findByWords = async (scope: Scope, words: string, anchor: Anchor, limit: number): Promise<string[]> => {
  const lexemes = segmentQuery(words);
  if (lexemes.length === 0) return [];
  return searchCases(scope.tx, [...lexemes, ...anchorLexeme(anchor)], words.length <= 40 ? words.toLowerCase() : '', limit);
};
