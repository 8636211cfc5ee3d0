import type { AidAnswers, AidGroup, AidMatter, AidPaper, AidResult, AidStandard } from './schema.ts';

/** The article of the 法律援助法 (2022) that names a matter: 24 the accused (and 25, for whom a lawyer must be appointed), 31 civil and administrative matters, 32 those without a limit of means, 33 retrials. */
export const ARTICLE_OF = {
  wages: 31,
  workInjury: 31,
  otherInjury: 31,
  support: 31,
  benefits: 31,
  survivors: 31,
  environment: 31,
  capacity: 31,
  stateCompensation: 31,
  violence: 32,
  bravery: 32,
  heroes: 32,
  acquitted: 32,
  retrial: 33,
  criminal: 24,
  other: undefined,
} as const satisfies Record<AidMatter, number | undefined>;

/** 进城务工人员 are exempt for wages and injuries at work alone (第四十二条第三项). */
export const groupsFor = (matter: AidMatter): AidGroup[] =>
  matter === 'wages' || matter === 'workInjury' ? ['migrant', 'noIncome', 'relief', 'none'] : ['noIncome', 'relief', 'none'];

/** The standard in force on a day around areas, named from the top down: the nearest area's latest, the first that is given of one day. */
export const standardFor = (standards: readonly AidStandard[], path: readonly string[], today: string): AidStandard | undefined =>
  standards
    .filter(({ areaId, from }) => path.includes(areaId) && from <= today)
    .toSorted((a, b) => path.indexOf(b.areaId) - path.indexOf(a.areaId) || (a.from < b.from ? 1 : a.from > b.from ? -1 : 0))[0];

/**
 * Whether legal aid is likely, on what grounds and what to bring. It decides nothing: the agency does, within seven days (第四十三条). Pure, so that it
 * runs in the browser and keeps nothing. `limit` is the standard in yuan a month for each member of a household.
 */
export const preCheck = ({ matter, group, appointed, income, members, urgent }: AidAnswers, limit: number | undefined): AidResult => {
  const article = ARTICLE_OF[matter];
  const common: AidPaper[] = ['identity', 'facts', ...(matter === 'retrial' ? (['retrialProof'] as const) : [])];
  if (article === undefined) return { outcome: 'notListed', articles: [], bring: common, atOnce: false };
  const then = (outcome: AidResult['outcome'], more: readonly number[], papers: readonly AidPaper[]): AidResult => ({
    outcome,
    articles: [article, ...more, ...(urgent ? [44] : [])],
    bring: [...common, ...papers],
    atOnce: urgent,
  });
  if (article === 32) return then('noLimit', [], ['matterProof']);
  if (matter === 'criminal' && appointed) return { ...then('appointed', [], []), articles: [25] };
  if (group !== 'none' && groupsFor(matter).includes(group)) return then('exempt', [42], ['groupProof']);
  // Whoever must be given a lawyer is never told that means stand in the way.
  if (matter === 'criminal' && appointed === undefined) return { ...then('asked', [], ['means']), articles: [24, 25] };
  if (limit === undefined || income === undefined || !members) return then('unknown', [34, 41], ['means']);
  return then(income / members <= limit ? 'within' : 'above', [34, 41], ['means']);
};
