import type { Scope } from '../../platform/tx/tx.ts';
import { type Alike, findAlike, searchCases, type Where } from './repo.ts';
import { askedBy, segment } from './segment/service.ts';

/** The lexeme by which documents carry where their case stands. What is somebody's own, or of a dedicated grid, is few cases, found by the cases themselves. */
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
    case 'overlay':
    case 'respondent':
      return [];
    default:
      return by satisfies never;
  }
};

/** Ids of cases of a list the caller sees that say every phrase asked for, newest first, at most `limit`. */
export const findByWords = async (scope: Scope, question: string, where: Where, limit: number): Promise<string[]> => {
  const { query, phrases } = askedBy(question, whereLexeme(where));
  return query === undefined ? [] : searchCases(scope.tx, { query, phrases }, where, limit);
};

/** Words that say what a text is about: two signs or more, the longest first. */
const tellingWords = (text: string): string[] =>
  segment(text, 200)
    .filter((word) => [...word].length > 1 && !/^[\d*]+$/u.test(word))
    .sort((a, b) => b.length - a.length)
    .slice(0, 8);

/** Cases the caller sees that share words with a text, within an area or a receiving body, most shared first. */
export const alikeInWords = async (
  scope: Scope,
  text: string,
  where: { readonly by: 'city' | 'town' | 'receiving'; readonly id: string },
  except: string,
  limit: number,
): Promise<Alike[]> => {
  const lexemes = tellingWords(text);
  return lexemes.length === 0 ? [] : findAlike(scope.tx, lexemes, whereLexeme(where)[0]!, except, limit);
};
