import { expect, test } from 'vitest';
import { misheld, referralsFor, riskOf, unsafe } from './rules.ts';
import { SAFETY_QUESTIONS } from './schema.ts';

test('nobody is brought together before safety was asked, nor after a yes of danger; a minor alone stops nothing', () => {
  expect(unsafe(undefined)).toBe('screeningMissing');
  for (const question of SAFETY_QUESTIONS)
    expect([question, unsafe([question])]).toEqual([question, question === 'minor' ? undefined : 'safetyFirst']);
  expect(unsafe([])).toBeUndefined();
});

test('danger has a telephone: 110, 12338, 12356 (反家庭暴力法 第十四条; 未成年人保护法 第十一条)', () => {
  const of = (...yes: (typeof SAFETY_QUESTIONS)[number][]) => referralsFor(yes).map(({ telephone }) => telephone);
  expect(of('violence')).toEqual(['110', '12338']);
  expect(of('suicide')).toEqual(['110', '12356']);
  expect(of('childHarmed')).toEqual(['110']);
  expect(of('minor')).toEqual([]);
});

test('a stop is written down with the danger that was told, and only dangers there is a word for', () => {
  expect([riskOf(['violence']), riskOf(['fear', 'suicide']), riskOf(['violence', 'suicide'])]).toEqual(['violence', 'life', 'violence']);
});

test('a minor has a guardian beside them, all who came agree to a recording, and nobody else is at a separate talk', () => {
  const held = { attended: ['a'], guardian: false, recorded: false, recordingAgreedBy: [] };
  expect(misheld(held, ['a'], [])).toBeUndefined();
  expect(misheld({ ...held, attended: ['b'] }, ['a'], [])).toBe('unknownParty');
  expect(misheld(held, ['a'], ['minor'])).toBe('guardianMissing');
  expect(misheld({ ...held, guardian: true }, ['a'], ['minor'])).toBeUndefined();
  expect(misheld({ ...held, recorded: true }, ['a'], [])).toBe('recordingNotAgreed');
  expect(misheld({ ...held, recorded: true, recordingAgreedBy: ['a'] }, ['a'], [])).toBeUndefined();
});
