import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

let jieba: Jieba | undefined;

/** Loaded once, on first use: about 60 ms and 30 MB. */
const segmenter = (): Jieba => {
  jieba ??= Jieba.withDict(dict);
  return jieba;
};

const WORD = /[\p{L}\p{N}]/u;

/** Words of a text, by which alike ones are found: long words also as their parts; lower case; at most `most`, in order of first appearance. */
export const segment = (text: string, most = 2000): string[] => {
  const words = new Set<string>();
  for (const word of segmenter().cutForSearch(text.slice(0, 40_000).toLowerCase(), true)) {
    if (!WORD.test(word)) continue;
    words.add(word.slice(0, 60).toWellFormed());
    if (words.size >= most) break;
  }
  return [...words];
};

/** Stretches of Han signs, and words of anything else. */
const STRETCH = /\p{Script=Han}+|[[\p{L}\p{M}\p{N}]--\p{Script=Han}]+/gv;
const HAN = /^\p{Script=Han}/u;
const stretches = (text: string): string[][] =>
  (text.toLowerCase().match(STRETCH) ?? []).map((stretch) => (HAN.test(stretch) ? [...stretch] : [[...stretch].slice(0, 60).join('')]));

/**
 * What a text is found by: every two Han signs side by side, and the last of a stretch alone, so that one sign finds what it begins; whole words of
 * other scripts. Whatever stands in a text is found, however a dictionary would cut it.
 */
export const signsOf = (text: string): string[] => [
  ...new Set(stretches(text).flatMap((signs) => signs.map((sign, at) => sign + (signs[at + 1] ?? '')))),
];

/** All a document is found by: its signs, the longer words by which alike ones are found, and what else it bears. */
export const lexemesOf = (text: string, also: readonly string[] = []): string[] => [
  ...new Set([...signsOf(text), ...segment(text).filter((word) => [...word].length > 2), ...also]),
];

/** Of one question: phrases, and signs in all. */
const MOST_PHRASES = 6;
const MOST_SIGNS = 24;

export interface Asked {
  /** A tsquery over `signsOf`; undefined where nothing was asked. */
  readonly query?: string;
  /** Patterns of `like` over lower case: each phrase word for word, if it is no longer than forty signs. */
  readonly phrases: readonly string[];
}

const quoted = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/**
 * What a question asks for: all its phrases, which spaces part. Pairs need not overlap, for the phrase is compared word for word. One Han sign alone, and a
 * word of two letters or more at the end, may go on. `also`: lexemes that must be there besides.
 */
export const askedBy = (question: string, also: readonly string[] = []): Asked => {
  const phrases = question.trim().toLowerCase().split(/\s+/u).slice(0, MOST_PHRASES);
  const signs = phrases.flatMap((phrase) =>
    stretches(phrase).flatMap((stretch, nth, { length }) =>
      stretch.length === 1
        ? [`${quoted(stretch[0]!)}${HAN.test(stretch[0]!) || (nth === length - 1 && stretch[0]!.length > 1) ? ':*' : ''}`]
        : stretch.flatMap((sign, at) => {
            if (at === stretch.length - 1) return [];
            return at % 2 === 0 || at === stretch.length - 2 ? [quoted(`${sign}${stretch[at + 1]}`)] : [];
          }),
    ),
  );
  return {
    ...(signs.length > 0 ? { query: [...new Set(signs.slice(0, MOST_SIGNS)), ...also.map(quoted)].join(' & ') } : {}),
    phrases: phrases.filter((phrase) => phrase.length <= 40).map((phrase) => `%${phrase.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`),
  };
};
