import type { Scope } from '../../platform/tx/tx.ts';
import { searchCases, type Where } from './repo.ts';
import { segmentQuery } from './segment/service.ts';

/** The lexeme by which documents carry where their case stands. What is somebody's own is few cases, found by the cases themselves. */
const whereLexeme = ({ by, id }: Where): string[] => {
  switch (by) {
    case 'lead':
      return [`o:${id}`];
    case 'receiving':
      return [`r:${id}`];
    case 'city':
    case 'district':
    case 'town':
    case 'community':
    case 'grid':
      return [`a:${id}`];
    case 'handler':
    case 'dispatcher':
    case 'participant':
    case 'supporting':
    case 'respondent':
      return [];
    default:
      return by satisfies never;
  }
};

/** Ids of cases of a list the caller sees whose words hold the phrase, newest first, at most `limit`. Every word of the phrase must stand in the case. */
export const findByWords = async (scope: Scope, words: string, where: Where, limit: number): Promise<string[]> => {
  const lexemes = segmentQuery(words);
  if (lexemes.length === 0) return [];
  return searchCases(scope.tx, [...lexemes, ...whereLexeme(where)], words.length <= 40 ? words.toLowerCase() : '', where, limit);
};
