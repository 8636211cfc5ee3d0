import { describe, expect, it, test } from 'vitest';
import { ARTICLE_OF, preCheck, standardFor } from './rules.ts';
import { AID_MATTERS, type AidAnswers, type AidStandard } from './schema.ts';

const answers = (more: Partial<AidAnswers>): AidAnswers => ({ matter: 'wages', group: 'none', urgent: false, ...more });
const said = (more: Partial<AidAnswers>, limit?: number) => {
  const { outcome, articles } = preCheck(answers(more), limit);
  return `${outcome} ${articles.join(',')}`;
};

describe('legal aid, by the articles of the 法律援助法', () => {
  it.each([
    // 第三十二条: no limit of means, whatever is earned.
    [{ matter: 'violence', income: 90_000, members: 1 }, 1_000, 'noLimit 32'],
    [{ matter: 'bravery' }, undefined, 'noLimit 32'],
    // 第四十二条: means are not looked into; 第三项 is for wages and injuries at work alone.
    [{ matter: 'wages', group: 'migrant' }, 1_000, 'exempt 31,42'],
    [{ matter: 'support', group: 'migrant', income: 9_000, members: 1 }, 1_000, 'above 31,34,41'],
    [{ matter: 'support', group: 'relief' }, undefined, 'exempt 31,42'],
    [{ matter: 'criminal', group: 'noIncome' }, undefined, 'exempt 24,42'],
    // 第二十五条: a lawyer must be appointed whatever is earned; until that is answered, nobody hears of means.
    [{ matter: 'criminal', appointed: true, income: 90_000, members: 1 }, 1_000, 'appointed 25'],
    [{ matter: 'criminal', income: 90_000, members: 1 }, 1_000, 'asked 24,25'],
    [{ matter: 'criminal', appointed: false, income: 90_000, members: 1 }, 1_000, 'above 24,34,41'],
    // 第三十四条、第四十一条: the province's standard, for each member of the household; at the standard is within it.
    [{ income: 6_000, members: 3 }, 2_000, 'within 31,34,41'],
    [{ income: 6_001, members: 3 }, 2_000, 'above 31,34,41'],
    [{ income: 6_000, members: 3 }, undefined, 'unknown 31,34,41'],
    [{ income: 6_000 }, 2_000, 'unknown 31,34,41'],
    // 第三十三条: means count, and the court's decision has to be brought.
    [{ matter: 'retrial', income: 0, members: 1 }, 2_000, 'within 33,34,41'],
    // 第四十四条: before the period is over it is given first.
    [{ income: 0, members: 1, urgent: true }, 2_000, 'within 31,34,41,44'],
    [{ matter: 'other', urgent: true }, 2_000, 'notListed '],
  ] as const)('%j', (more, limit, result) => expect(said(more, limit)).toBe(result));

  it('names the papers that each ground needs, and never asks for means where they do not count', () => {
    for (const matter of AID_MATTERS) {
      const { bring } = preCheck(answers({ matter }), 2_000);
      expect([matter, bring.includes('means')]).toEqual([matter, ARTICLE_OF[matter] !== undefined && ARTICLE_OF[matter] !== 32]);
      expect([matter, bring.includes('retrialProof')]).toEqual([matter, matter === 'retrial']);
    }
  });
});

test('of the standards the nearest area’s latest that is in force counts', () => {
  const standard = (areaId: string, from: string, monthlyIncome: number): AidStandard => ({
    id: from,
    areaId,
    from,
    monthlyIncome,
    source: '某文件',
  });
  const all = [
    standard('city', '2024-01-01', 1),
    standard('city', '2026-01-01', 2),
    standard('city', '2027-01-01', 3),
    standard('town', '2025-01-01', 4),
  ];
  expect(standardFor(all, ['city'], '2026-09-30')?.monthlyIncome).toBe(2);
  expect(standardFor(all, ['city', 'town'], '2026-09-30')?.monthlyIncome).toBe(4);
  // Corrected on its day: what was set last is given first, and counts.
  expect(standardFor([standard('city', '2026-01-01', 5), ...all], ['city'], '2026-09-30')?.monthlyIncome).toBe(5);
  expect(standardFor(all, ['elsewhere'], '2026-09-30')).toBeUndefined();
});
