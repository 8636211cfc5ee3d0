import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

let jieba: Jieba | undefined;

/** Loaded once, on first use: about 60 ms and 30 MB. */
const segmenter = (): Jieba => {
  jieba ??= Jieba.withDict(dict);
  return jieba;
};

const WORD = /[\p{L}\p{N}]/u;

/** Words of a text for the index: long words also as their parts; lower case; at most `most`, in order of first appearance. */
export const segment = (text: string, most = 2000): string[] => {
  const words = new Set<string>();
  for (const word of segmenter().cutForSearch(text.slice(0, 40_000).toLowerCase(), true)) {
    if (!WORD.test(word)) continue;
    words.add(word.slice(0, 60));
    if (words.size >= most) break;
  }
  return [...words];
};

/** Words of a query: the shortest cut, so that every one must match. */
export const segmentQuery = (text: string): string[] => {
  const words = new Set<string>();
  for (const word of segmenter().cut(text.slice(0, 200).toLowerCase(), true)) if (WORD.test(word)) words.add(word.slice(0, 60));
  return [...words].slice(0, 12);
};
