import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { titlesEn } from './titles.en.ts';
import { titlesZh } from './titles.zh.ts';

const ROOT = resolve(import.meta.dirname, '../../../../..');
/** Calls that name a code: problems of the server, refusals of the domain; which of their arguments it is. */
const CALLS: readonly (readonly [call: RegExp, argument: number])[] = [
  [/\bnew Problem\(/gu, 1],
  [/\b(?:forbidden|conflict|invalid|refuse|refused|fault)\(/gu, 0],
];
/** Refusals as values: `{ ok: false, code: 'fieldMissing' }`; and tables `NAME: [422, 'fieldMissing']`. */
const VALUES = /\bok: false,\s*code: ([^}]*?)[,}]|: \[\d{3}, ([^\]]*)\]/gu;
const WORD = /'([a-z][A-Za-z0-9]+)'/gu;

/** The arguments of a call whose bracket has just been opened. */
const argumentsAt = (text: string, from: number): string[] => {
  const found = [''];
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const mark = text[at]!;
    if ('([{'.includes(mark)) depth += 1;
    if (')]}'.includes(mark) && --depth < 0) break;
    if (mark === ',' && depth === 0) found.push('');
    else found[found.length - 1] += mark;
  }
  return found;
};

/** The codes in an expression; a comparison's word is none: `why === 'missing' ? 'fieldMissing' : 'fieldUnfit'`. */
const codesIn = (expression: string): string[] => [...expression.replace(/[!=]==\s*'[^']*'/gu, '').matchAll(WORD)].map(([, code]) => code!);

const sources = (): [file: string, text: string][] =>
  ['apps/server/src/**/*.ts', 'packages/domain/src/**/*.ts'].flatMap((pattern) =>
    globSync(pattern, { cwd: ROOT })
      .filter((file) => !/\.test\.ts$|\.build\.ts$|\/build\.ts$|titles\.\w\w\.ts$/u.test(file))
      .map((file): [string, string] => [file, readFileSync(resolve(ROOT, file), 'utf8')]),
  );

/** Whose refusals carry their own words: findings of the soundness check, and the command line's last resort. */
const OWN_WORDS = /domain\/src\/soundness\/|cli\/main\.ts$/u;

/** Every code that is thrown or answered as a refusal, with a file that does. */
const thrownCodes = (files: readonly (readonly [string, string])[]): Map<string, string> => {
  const codes = new Map<string, string>();
  for (const [file, text] of files) {
    if (OWN_WORDS.test(file)) continue;
    for (const [call, argument] of CALLS)
      for (const { index, 0: opening } of text.matchAll(call))
        for (const code of codesIn(argumentsAt(text, index + opening.length)[argument] ?? '')) codes.set(code, file);
    for (const [, value = '', row = ''] of text.matchAll(VALUES)) for (const code of codesIn(value + row)) codes.set(code, file);
  }
  return codes;
};

describe('whoever is refused', () => {
  it('is told why in words, in both languages, for every code in our sources', () => {
    const codes = thrownCodes(sources());
    expect(codes.size).toBeGreaterThan(80);
    expect([...codes].filter(([code]) => !(code in titlesZh)).map(([code, file]) => `${code} (${file})`)).toEqual([]);
    expect(Object.keys(titlesEn).sort()).toEqual(Object.keys(titlesZh).sort());
  });

  it('is found to have no words where a planted refusal has none', () => {
    const planted = `if (x) throw invalid(why === 'missing' ? 'plantedOne' : 'plantedTwo', { field: 'x' });
      return { ok: false, code: 'plantedThree', where: '' }; throw new Problem(at(1, 2), 'plantedFour'); const T = { A: [409, 'plantedFive'] };`;
    expect([...thrownCodes([['planted.ts', planted]]).keys()].sort()).toEqual(
      ['plantedFive', 'plantedFour', 'plantedOne', 'plantedThree', 'plantedTwo'].sort(),
    );
  });

  it('meets no words that nobody says', () => {
    const said = new Set(sources().flatMap(([, text]) => codesIn(text)));
    expect(Object.keys(titlesZh).filter((code) => !said.has(code))).toEqual([]);
  });

  it('reads a sentence, not a word', () => {
    for (const title of Object.values(titlesZh)) expect(title).toMatch(/^[^A-Z].{3,}[。]$/u);
    for (const title of Object.values(titlesEn)) expect(title).toMatch(/^[A-Z].{8,}\.$/u);
  });
});
