import type { Capability } from '@tongxin/domain/post/policy.ts';

/** What opens the administration: each is a register there. */
export const ADMINISTERS = [
  'person.manage',
  'organization.manage',
  'roster.manage',
  'duty.manage',
  'category.manage',
  'knowledge.manage',
  'facility.manage',
  'calendar.manage',
  'administration.read',
] as const satisfies readonly Capability[];

type Needs = readonly Capability[];
const one = <C extends Capability>(capability: C) => [capability] as const;

/**
 * Pages that not everybody opens, by route as app/router.tsx writes it: a post with any of these capabilities opens it. Nobody is shut out whom
 * the server would answer: e2e/closed-pages.test.ts holds each against what the page asks of it. What is not here is open to whoever is signed in;
 * rights by area and by case are the server's to say.
 */
export const DOORS = {
  '/hotline': one('call.answer'),
  '/hotline/call-backs': one('call.answer'),
  '/log': one('case.register'),
  '/disputes': one('mediation.record'),
  '/disputes/new': one('mediation.record'),
  '/disputes/referrals': one('mediation.record'),
  '/disputes/$id': one('mediation.record'),
  '/disputes/$id/people': one('mediation.record'),
  '/mediators': one('mediation.record'),
  '/cases/$id/dossier': one('mediation.record'),
  '/sources': one('mediation.count'),
  '/legal': one('legal.advise'),
  '/reception': one('reception.manage'),
  '/reception/$id': ['reception.manage', 'legal.advise'],
  '/hearings': one('hearing.convene'),
  '/hearings/new': one('hearing.convene'),
  '/panellists': one('hearing.roster'),
  '/screening': one('screening.report'),
  '/screening/overview': one('screening.supervise'),
  '/statistics': one('statistics.read'),
  '/statistics/burden': one('statistics.read'),
  '/handovers': one('case.read'),
  '/handovers/$id': one('case.read'),
  '/reply-templates': one('case.read'),
  '/sos': one('case.read'),
  '/areas': one('area.manage'),
  '/admin': ADMINISTERS,
  '/admin/$register': ADMINISTERS,
  '/interfaces': one('exchange.manage'),
  '/displays': one('wall.show'),
  '/publication': ['publication.review', 'publication.manage'],
  '/procedures/migrate': one('procedure.vary'),
  '/procedures/drafts/$draftId': one('procedure.vary'),
} as const satisfies Readonly<Record<string, Needs>>;

/** Pages everybody reads, a part of which opens as a page does. */
export const INNER_DOORS = {
  '/disputes/counts': one('mediation.count'),
  '/legal-aid': one('legalAid.manage'),
} as const satisfies Readonly<Record<string, Needs>>;

export type ClosedRoute = keyof typeof DOORS;
export type ClosedPart = keyof typeof INNER_DOORS;

/** What a route needs; undefined: whoever is signed in opens it. */
export const needsOf = (route: string): Needs | undefined => (Object.hasOwn(DOORS, route) ? DOORS[route as ClosedRoute] : undefined);
