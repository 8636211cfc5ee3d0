/**
 * The catalogue in parts, each in both languages: `desk` is there from the start, a feature's own words come with its pages. A word that two
 * features say stands in `desk`.
 */
export const PARTS = {
  desk: { zh: () => import('./words/desk/zh.ts'), en: () => import('./words/desk/en.ts') },
  administration: { zh: () => import('./words/administration/zh.ts'), en: () => import('./words/administration/en.ts') },
  aid: { zh: () => import('./words/aid/zh.ts'), en: () => import('./words/aid/en.ts') },
  area: { zh: () => import('./words/area/zh.ts'), en: () => import('./words/area/en.ts') },
  closed: { zh: () => import('./words/closed/zh.ts'), en: () => import('./words/closed/en.ts') },
  display: { zh: () => import('./words/display/zh.ts'), en: () => import('./words/display/en.ts') },
  dispute: { zh: () => import('./words/dispute/zh.ts'), en: () => import('./words/dispute/en.ts') },
  dossier: { zh: () => import('./words/dossier/zh.ts'), en: () => import('./words/dossier/en.ts') },
  exchange: { zh: () => import('./words/exchange/zh.ts'), en: () => import('./words/exchange/en.ts') },
  handover: { zh: () => import('./words/handover/zh.ts'), en: () => import('./words/handover/en.ts') },
  hearing: { zh: () => import('./words/hearing/zh.ts'), en: () => import('./words/hearing/en.ts') },
  hotline: { zh: () => import('./words/hotline/zh.ts'), en: () => import('./words/hotline/en.ts') },
  intake: { zh: () => import('./words/intake/zh.ts'), en: () => import('./words/intake/en.ts') },
  interfaces: { zh: () => import('./words/interfaces/zh.ts'), en: () => import('./words/interfaces/en.ts') },
  map: { zh: () => import('./words/map/zh.ts'), en: () => import('./words/map/en.ts') },
  notice: { zh: () => import('./words/notice/zh.ts'), en: () => import('./words/notice/en.ts') },
  procedure: { zh: () => import('./words/procedure/zh.ts'), en: () => import('./words/procedure/en.ts') },
  publication: { zh: () => import('./words/publication/zh.ts'), en: () => import('./words/publication/en.ts') },
  reception: { zh: () => import('./words/reception/zh.ts'), en: () => import('./words/reception/en.ts') },
  reply: { zh: () => import('./words/reply/zh.ts'), en: () => import('./words/reply/en.ts') },
  screening: { zh: () => import('./words/screening/zh.ts'), en: () => import('./words/screening/en.ts') },
  session: { zh: () => import('./words/session/zh.ts'), en: () => import('./words/session/en.ts') },
  sos: { zh: () => import('./words/sos/zh.ts'), en: () => import('./words/sos/en.ts') },
  source: { zh: () => import('./words/source/zh.ts'), en: () => import('./words/source/en.ts') },
  statistics: { zh: () => import('./words/statistics/zh.ts'), en: () => import('./words/statistics/en.ts') },
  wall: { zh: () => import('./words/wall/zh.ts'), en: () => import('./words/wall/en.ts') },
} as const satisfies Record<string, Record<'zh' | 'en', () => Promise<{ readonly words: Readonly<Record<string, string>> }>>>;

export type Part = keyof typeof PARTS;
type Catalogues = { readonly [P in Part]: Awaited<ReturnType<(typeof PARTS)[P]['zh']>>['words'] };
/** The keys of parts, with those that are always there. */
export type Key<P extends Part = never> = { [Q in P | 'desk']: Extract<keyof Catalogues[Q], string> }[P | 'desk'];
