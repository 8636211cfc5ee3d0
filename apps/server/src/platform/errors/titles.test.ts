import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { titlesEn } from './titles.en.ts';
import { titlesZh } from './titles.zh.ts';

const ROOT = resolve(import.meta.dirname, '../../../../..');
/** Every way in which our sources name a code: problems of the server, refusals of the domain. */
const CODE = /(?:new Problem\(\s*\d+,|forbidden\(|conflict\(|invalid\(|refuse\(|refused\()\s*'([a-zA-Z]+)'/gu;

const codesInSources = (): Map<string, string> => {
  const codes = new Map<string, string>();
  for (const pattern of ['apps/server/src/**/*.ts', 'packages/domain/src/**/*.ts'])
    for (const file of globSync(pattern, { cwd: ROOT })) {
      if (/\.test\.ts$|\/(pack|indicator)\//u.test(file)) continue;
      for (const [, code] of readFileSync(resolve(ROOT, file), 'utf8').matchAll(CODE)) codes.set(code!, file);
    }
  return codes;
};

describe('whoever is refused', () => {
  it('is told why in words, in both languages, for every code in our sources', () => {
    const codes = codesInSources();
    expect(codes.size).toBeGreaterThan(30);
    expect([...codes].filter(([code]) => !(code in titlesZh)).map(([code, file]) => `${code} (${file})`)).toEqual([]);
  });

  it('reads a sentence, not a word', () => {
    for (const title of Object.values(titlesZh)) expect(title).toMatch(/^[^A-Z].{3,}[。]$/u);
    for (const title of Object.values(titlesEn)) expect(title).toMatch(/^[A-Z].{8,}\.$/u);
  });
});
