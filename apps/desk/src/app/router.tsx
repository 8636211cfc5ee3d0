import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ApiProblem } from '@tongxin/client/problem.ts';
import { IMPORT_REGISTERS, type ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { filterFrom, questionFor } from '../features/case/filter.ts';
import { inboxQuery } from '../features/case/queries.ts';
import { mapSearchFrom } from '../features/map/filter.ts';
import { Failed, Loading } from '../lib/load-state.tsx';
import { meQuery } from '../lib/me.ts';
import { queryClient } from '../lib/services.ts';
import { Layout } from './layout.tsx';
import { NotFound } from './not-found.tsx';

const root = createRootRoute({ notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string } =>
    typeof search.back === 'string' && search.back.startsWith('/') && !search.back.startsWith('//') ? { back: search.back } : {},
  component: lazyRouteComponent(() => import('../features/session/routes.tsx'), 'SignInPage'),
});

/** Everything behind sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    // The first page of the list is asked for beside who is asking, and not after it; whoever may not see it is refused both.
    if (location.pathname === '/') void queryClient.prefetchInfiniteQuery(inboxQuery(questionFor(filterFrom(location.search))));
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 401) throw redirect({ to: '/sign-in', search: { back: location.href } });
      throw problem;
    }
  },
  component: Layout,
});

const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: filterFrom,
  component: lazyRouteComponent(() => import('../features/case/routes.tsx'), 'InboxPage'),
});
const oneCase = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('../features/case/routes.tsx'), 'CasePage'),
});
const dossier = createRoute({
  getParentRoute: () => inside,
  path: '/cases/$id/dossier',
  component: lazyRouteComponent(() => import('../features/dossier/routes.tsx'), 'DossierPage'),
});
const log = createRoute({
  getParentRoute: () => inside,
  path: '/log',
  component: lazyRouteComponent(() => import('../features/intake/routes.tsx'), 'LogPage'),
});
const hotline = createRoute({
  getParentRoute: () => inside,
  path: '/hotline',
  component: lazyRouteComponent(() => import('../features/hotline/routes.tsx'), 'HotlinePage'),
});
const callBacks = createRoute({
  getParentRoute: () => inside,
  path: '/hotline/call-backs',
  component: lazyRouteComponent(() => import('../features/hotline/routes.tsx'), 'CallBacksPage'),
});
const map = createRoute({
  getParentRoute: () => inside,
  path: '/map',
  validateSearch: mapSearchFrom,
  component: lazyRouteComponent(() => import('../features/map/routes.tsx'), 'MapPage'),
});
const statistics = createRoute({
  getParentRoute: () => inside,
  path: '/statistics',
  component: lazyRouteComponent(() => import('../features/statistics/routes.tsx'), 'StatisticsPage'),
});
const burden = createRoute({
  getParentRoute: () => inside,
  path: '/statistics/burden',
  component: lazyRouteComponent(() => import('../features/statistics/routes.tsx'), 'BurdenPage'),
});
const procedures = createRoute({
  getParentRoute: () => inside,
  path: '/procedures',
  component: lazyRouteComponent(() => import('../features/procedure/routes.tsx'), 'ProceduresPage'),
});
const areas = createRoute({
  getParentRoute: () => inside,
  path: '/areas',
  validateSearch: (search: Record<string, unknown>): { at?: string } =>
    typeof search.at === 'string' && /^[0-9a-f-]{36}$/u.test(search.at) ? { at: search.at } : {},
  component: lazyRouteComponent(() => import('../features/area/routes.tsx'), 'AreasPage'),
});
const admin = createRoute({
  getParentRoute: () => inside,
  path: '/admin',
  component: lazyRouteComponent(() => import('../features/administration/routes.tsx'), 'AdministrationPage'),
});
const register = createRoute({
  getParentRoute: () => inside,
  path: '/admin/$register',
  component: lazyRouteComponent(() => import('../features/administration/routes.tsx'), 'AdministrationPage'),
});
const replies = createRoute({
  getParentRoute: () => inside,
  path: '/reply-templates',
  component: lazyRouteComponent(() => import('../features/reply/routes.tsx'), 'RepliesPage'),
});
const handovers = createRoute({
  getParentRoute: () => inside,
  path: '/handovers',
  component: lazyRouteComponent(() => import('../features/handover/routes.tsx'), 'HandoversPage'),
});
const handover = createRoute({
  getParentRoute: () => inside,
  path: '/handovers/$id',
  component: lazyRouteComponent(() => import('../features/handover/routes.tsx'), 'HandoverPage'),
});
const procedure = createRoute({
  getParentRoute: () => inside,
  path: '/procedures/$id/$version',
  component: lazyRouteComponent(() => import('../features/procedure/routes.tsx'), 'ProcedurePage'),
});
/** A procedure and two of its versions, as far as an address names them. */
const twoVersions = ({ id, a, b }: Record<string, unknown>): { id?: string; a?: number; b?: number } => {
  const version = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
  return { ...(typeof id === 'string' ? { id } : {}), ...(version(a) ? { a } : {}), ...(version(b) ? { b } : {}) };
};
const procedureCompare = createRoute({
  getParentRoute: () => inside,
  path: '/procedures/compare',
  validateSearch: twoVersions,
  component: lazyRouteComponent(() => import('../features/procedure/routes.tsx'), 'ComparePage'),
});
const procedureMigrate = createRoute({
  getParentRoute: () => inside,
  path: '/procedures/migrate',
  validateSearch: (search: Record<string, unknown>): ReturnType<typeof twoVersions> & { caseId?: string; number?: string } => ({
    ...twoVersions(search),
    ...(typeof search.caseId === 'string' && /^[0-9a-f-]{36}$/u.test(search.caseId) ? { caseId: search.caseId } : {}),
    ...(typeof search.number === 'string' ? { number: search.number.slice(0, 40) } : {}),
  }),
  component: lazyRouteComponent(() => import('../features/procedure/routes.tsx'), 'MigratePage'),
});
const procedureDraft = createRoute({
  getParentRoute: () => inside,
  path: '/procedures/drafts/$draftId',
  component: lazyRouteComponent(() => import('../features/procedure/routes.tsx'), 'DraftPage'),
});
const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(() => import('../features/session/routes.tsx'), 'AccountPage'),
});
const exchange = createRoute({
  getParentRoute: () => inside,
  path: '/exchange',
  validateSearch: ({ tab, as }: Record<string, unknown>): { tab?: 'out' | 'in' | 'forms'; as?: ImportRegister } => ({
    ...(tab === 'out' || tab === 'in' || tab === 'forms' ? { tab } : {}),
    ...(tab === 'in' && IMPORT_REGISTERS.includes(as as ImportRegister) ? { as: as as ImportRegister } : {}),
  }),
  component: lazyRouteComponent(() => import('../features/exchange/routes.tsx'), 'ExchangePage'),
});
const interfaces = createRoute({
  getParentRoute: () => inside,
  path: '/interfaces',
  component: lazyRouteComponent(() => import('../features/interfaces/routes.tsx'), 'InterfacesPage'),
});
const notices = createRoute({
  getParentRoute: () => inside,
  path: '/notices',
  component: lazyRouteComponent(() => import('../features/notice/routes.tsx'), 'NoticesPage'),
});
const noticeSettings = createRoute({
  getParentRoute: () => inside,
  path: '/notices/settings',
  component: lazyRouteComponent(() => import('../features/notice/routes.tsx'), 'NoticeSettingsPage'),
});
const displays = createRoute({
  getParentRoute: () => inside,
  path: '/displays',
  component: lazyRouteComponent(() => import('../features/display/routes.tsx'), 'DisplaysPage'),
});
const disputes = createRoute({
  getParentRoute: () => inside,
  path: '/disputes',
  component: lazyRouteComponent(() => import('../features/dispute/routes.tsx'), 'DisputesPage'),
});
const newDispute = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/new',
  component: lazyRouteComponent(() => import('../features/dispute/routes.tsx'), 'NewDisputePage'),
});
const disputePeople = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/$id/people',
  component: lazyRouteComponent(() => import('../features/dispute/routes.tsx'), 'DisputePeoplePage'),
});
const mediators = createRoute({
  getParentRoute: () => inside,
  path: '/mediators',
  component: lazyRouteComponent(() => import('../features/dispute/routes.tsx'), 'MediatorsPage'),
});
const referrals = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/referrals',
  component: lazyRouteComponent(() => import('../features/dispute/routes.tsx'), 'ReferralsPage'),
});
const disputePage = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/$id',
  component: lazyRouteComponent(() => import('../features/dispute/routes.tsx'), 'DisputePage'),
});
const disputeCounts = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/counts',
  component: lazyRouteComponent(() => import('../features/dispute/routes.tsx'), 'DisputeCountsPage'),
});
const hearings = createRoute({
  getParentRoute: () => inside,
  path: '/hearings',
  component: lazyRouteComponent(() => import('../features/hearing/routes.tsx'), 'HearingsPage'),
});
const newHearing = createRoute({
  getParentRoute: () => inside,
  path: '/hearings/new',
  validateSearch: (search: Record<string, unknown>): { case?: string } => (typeof search.case === 'string' ? { case: search.case } : {}),
  component: lazyRouteComponent(() => import('../features/hearing/routes.tsx'), 'NewHearingPage'),
});
const panellists = createRoute({
  getParentRoute: () => inside,
  path: '/panellists',
  component: lazyRouteComponent(() => import('../features/hearing/routes.tsx'), 'PanellistsPage'),
});
const sources = createRoute({
  getParentRoute: () => inside,
  path: '/sources',
  component: lazyRouteComponent(() => import('../features/source/routes.tsx'), 'SourcesPage'),
});
const screening = createRoute({
  getParentRoute: () => inside,
  path: '/screening',
  component: lazyRouteComponent(() => import('../features/screening/routes.tsx'), 'ScreeningPage'),
});
const screeningOverview = createRoute({
  getParentRoute: () => inside,
  path: '/screening/overview',
  component: lazyRouteComponent(() => import('../features/screening/routes.tsx'), 'ScreeningOverviewPage'),
});
const sos = createRoute({
  getParentRoute: () => inside,
  path: '/sos',
  component: lazyRouteComponent(() => import('../features/sos/routes.tsx'), 'SosPage'),
});
const receptions = createRoute({
  getParentRoute: () => inside,
  path: '/reception',
  component: lazyRouteComponent(() => import('../features/reception/routes.tsx'), 'ReceptionsPage'),
});
const reception = createRoute({
  getParentRoute: () => inside,
  path: '/reception/$id',
  component: lazyRouteComponent(() => import('../features/reception/routes.tsx'), 'ReceptionPage'),
});
const duty = createRoute({
  getParentRoute: () => inside,
  path: '/legal',
  component: lazyRouteComponent(() => import('../features/reception/routes.tsx'), 'DutyPage'),
});
const aid = createRoute({
  getParentRoute: () => inside,
  path: '/legal-aid',
  component: lazyRouteComponent(() => import('../features/aid/routes.tsx'), 'AidPage'),
});
const publication = createRoute({
  getParentRoute: () => inside,
  path: '/publication',
  component: lazyRouteComponent(() => import('../features/publication/routes.tsx'), 'PublicationPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    inside.addChildren([
      inbox,
      oneCase,
      dossier,
      hotline,
      callBacks,
      log,
      map,
      statistics,
      burden,
      procedures,
      procedure,
      procedureCompare,
      procedureMigrate,
      procedureDraft,
      areas,
      replies,
      handovers,
      handover,
      receptions,
      duty,
      aid,
      reception,
      exchange,
      interfaces,
      notices,
      noticeSettings,
      displays,
      publication,
      sos,
      disputes,
      newDispute,
      disputePeople,
      mediators,
      referrals,
      disputeCounts,
      hearings,
      newHearing,
      panellists,
      sources,
      disputePage,
      screening,
      screeningOverview,
      admin,
      register,
      account,
    ]),
  ]),
  basepath: '/desk',
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error, reset }) => (
    <div className="pad">
      <Failed problem={error} again={reset} />
    </div>
  ),
  // The list keeps its own place: how long it is when it comes back only it knows.
  scrollRestoration: ({ location }) => location.pathname !== '/',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
