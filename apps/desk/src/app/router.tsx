import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { ApiProblem } from '@tongxin/client/problem.ts';
import { IMPORT_REGISTERS, type ImportRegister } from '@tongxin/domain/exchange/schema.ts';
import { filterFrom, questionFor } from '../features/case/filter.ts';
import { inboxQuery } from '../features/case/queries.ts';
import { mapSearchFrom } from '../features/map/filter.ts';
import { withWords } from '../lib/i18n/i18n.tsx';
import { Failed, Loading } from '../lib/load-state.tsx';
import { meQuery } from '../lib/me.ts';
import { chosenPost } from '../lib/post.ts';
import { queryClient } from '../lib/services.ts';
import { Layout } from './layout.tsx';
import { NotFound } from './not-found.tsx';

const root = createRootRoute({ notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string } =>
    typeof search.back === 'string' && search.back.startsWith('/') && !search.back.startsWith('//') ? { back: search.back } : {},
  component: lazyRouteComponent(
    withWords(() => import('../features/session/routes.tsx'), 'session'),
    'SignInPage',
  ),
});

/** Everything behind sign-in. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    // The first page of the list is asked for beside who is asking, and not after it; whoever may not see it is refused both.
    if (location.pathname === '/')
      void queryClient.prefetchInfiniteQuery(inboxQuery(questionFor(filterFrom(location.search), chosenPost())));
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
  component: lazyRouteComponent(
    withWords(() => import('../features/dossier/routes.tsx'), 'dossier'),
    'DossierPage',
  ),
});
const log = createRoute({
  getParentRoute: () => inside,
  path: '/log',
  component: lazyRouteComponent(
    withWords(() => import('../features/intake/routes.tsx'), 'intake'),
    'LogPage',
  ),
});
const hotline = createRoute({
  getParentRoute: () => inside,
  path: '/hotline',
  component: lazyRouteComponent(
    withWords(() => import('../features/hotline/routes.tsx'), 'hotline', 'intake'),
    'HotlinePage',
  ),
});
const callBacks = createRoute({
  getParentRoute: () => inside,
  path: '/hotline/call-backs',
  component: lazyRouteComponent(
    withWords(() => import('../features/hotline/routes.tsx'), 'hotline', 'intake'),
    'CallBacksPage',
  ),
});
const map = createRoute({
  getParentRoute: () => inside,
  path: '/map',
  validateSearch: mapSearchFrom,
  component: lazyRouteComponent(
    withWords(() => import('../features/map/routes.tsx'), 'map'),
    'MapPage',
  ),
});
const statistics = createRoute({
  getParentRoute: () => inside,
  path: '/statistics',
  component: lazyRouteComponent(
    withWords(() => import('../features/statistics/routes.tsx'), 'statistics'),
    'StatisticsPage',
  ),
});
const burden = createRoute({
  getParentRoute: () => inside,
  path: '/statistics/burden',
  component: lazyRouteComponent(
    withWords(() => import('../features/statistics/routes.tsx'), 'statistics'),
    'BurdenPage',
  ),
});
const procedures = createRoute({
  getParentRoute: () => inside,
  path: '/procedures',
  component: lazyRouteComponent(
    withWords(() => import('../features/procedure/routes.tsx'), 'procedure'),
    'ProceduresPage',
  ),
});
const areas = createRoute({
  getParentRoute: () => inside,
  path: '/areas',
  validateSearch: (search: Record<string, unknown>): { at?: string } =>
    typeof search.at === 'string' && /^[0-9a-f-]{36}$/u.test(search.at) ? { at: search.at } : {},
  component: lazyRouteComponent(
    withWords(() => import('../features/area/routes.tsx'), 'area'),
    'AreasPage',
  ),
});
const admin = createRoute({
  getParentRoute: () => inside,
  path: '/admin',
  component: lazyRouteComponent(
    withWords(() => import('../features/administration/routes.tsx'), 'administration', 'procedure'),
    'AdministrationPage',
  ),
});
const register = createRoute({
  getParentRoute: () => inside,
  path: '/admin/$register',
  component: lazyRouteComponent(
    withWords(() => import('../features/administration/routes.tsx'), 'administration', 'procedure'),
    'AdministrationPage',
  ),
});
const replies = createRoute({
  getParentRoute: () => inside,
  path: '/reply-templates',
  component: lazyRouteComponent(
    withWords(() => import('../features/reply/routes.tsx'), 'reply'),
    'RepliesPage',
  ),
});
const handovers = createRoute({
  getParentRoute: () => inside,
  path: '/handovers',
  component: lazyRouteComponent(
    withWords(() => import('../features/handover/routes.tsx'), 'handover'),
    'HandoversPage',
  ),
});
const handover = createRoute({
  getParentRoute: () => inside,
  path: '/handovers/$id',
  component: lazyRouteComponent(
    withWords(() => import('../features/handover/routes.tsx'), 'handover'),
    'HandoverPage',
  ),
});
const procedure = createRoute({
  getParentRoute: () => inside,
  path: '/procedures/$id/$version',
  component: lazyRouteComponent(
    withWords(() => import('../features/procedure/routes.tsx'), 'procedure'),
    'ProcedurePage',
  ),
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
  component: lazyRouteComponent(
    withWords(() => import('../features/procedure/routes.tsx'), 'procedure'),
    'ComparePage',
  ),
});
const procedureMigrate = createRoute({
  getParentRoute: () => inside,
  path: '/procedures/migrate',
  validateSearch: (search: Record<string, unknown>): ReturnType<typeof twoVersions> & { caseId?: string; number?: string } => ({
    ...twoVersions(search),
    ...(typeof search.caseId === 'string' && /^[0-9a-f-]{36}$/u.test(search.caseId) ? { caseId: search.caseId } : {}),
    ...(typeof search.number === 'string' ? { number: search.number.slice(0, 40) } : {}),
  }),
  component: lazyRouteComponent(
    withWords(() => import('../features/procedure/routes.tsx'), 'procedure'),
    'MigratePage',
  ),
});
const procedureDraft = createRoute({
  getParentRoute: () => inside,
  path: '/procedures/drafts/$draftId',
  component: lazyRouteComponent(
    withWords(() => import('../features/procedure/routes.tsx'), 'procedure'),
    'DraftPage',
  ),
});
const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: lazyRouteComponent(
    withWords(() => import('../features/session/routes.tsx'), 'session'),
    'AccountPage',
  ),
});
const exchange = createRoute({
  getParentRoute: () => inside,
  path: '/exchange',
  validateSearch: ({ tab, as }: Record<string, unknown>): { tab?: 'out' | 'in' | 'forms'; as?: ImportRegister } => ({
    ...(tab === 'out' || tab === 'in' || tab === 'forms' ? { tab } : {}),
    ...(tab === 'in' && IMPORT_REGISTERS.includes(as as ImportRegister) ? { as: as as ImportRegister } : {}),
  }),
  component: lazyRouteComponent(
    withWords(() => import('../features/exchange/routes.tsx'), 'exchange'),
    'ExchangePage',
  ),
});
const interfaces = createRoute({
  getParentRoute: () => inside,
  path: '/interfaces',
  component: lazyRouteComponent(
    withWords(() => import('../features/interfaces/routes.tsx'), 'interfaces'),
    'InterfacesPage',
  ),
});
const notices = createRoute({
  getParentRoute: () => inside,
  path: '/notices',
  component: lazyRouteComponent(
    withWords(() => import('../features/notice/routes.tsx'), 'notice'),
    'NoticesPage',
  ),
});
const noticeSettings = createRoute({
  getParentRoute: () => inside,
  path: '/notices/settings',
  component: lazyRouteComponent(
    withWords(() => import('../features/notice/routes.tsx'), 'notice'),
    'NoticeSettingsPage',
  ),
});
const displays = createRoute({
  getParentRoute: () => inside,
  path: '/displays',
  component: lazyRouteComponent(
    withWords(() => import('../features/display/routes.tsx'), 'display'),
    'DisplaysPage',
  ),
});
const disputes = createRoute({
  getParentRoute: () => inside,
  path: '/disputes',
  component: lazyRouteComponent(
    withWords(() => import('../features/dispute/routes.tsx'), 'dispute'),
    'DisputesPage',
  ),
});
const newDispute = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/new',
  component: lazyRouteComponent(
    withWords(() => import('../features/dispute/routes.tsx'), 'dispute'),
    'NewDisputePage',
  ),
});
const disputePeople = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/$id/people',
  component: lazyRouteComponent(
    withWords(() => import('../features/dispute/routes.tsx'), 'dispute'),
    'DisputePeoplePage',
  ),
});
const mediators = createRoute({
  getParentRoute: () => inside,
  path: '/mediators',
  component: lazyRouteComponent(
    withWords(() => import('../features/dispute/routes.tsx'), 'dispute'),
    'MediatorsPage',
  ),
});
const referrals = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/referrals',
  component: lazyRouteComponent(
    withWords(() => import('../features/dispute/routes.tsx'), 'dispute'),
    'ReferralsPage',
  ),
});
const disputePage = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/$id',
  component: lazyRouteComponent(
    withWords(() => import('../features/dispute/routes.tsx'), 'dispute'),
    'DisputePage',
  ),
});
const disputeCounts = createRoute({
  getParentRoute: () => inside,
  path: '/disputes/counts',
  component: lazyRouteComponent(
    withWords(() => import('../features/dispute/routes.tsx'), 'dispute'),
    'DisputeCountsPage',
  ),
});
const hearings = createRoute({
  getParentRoute: () => inside,
  path: '/hearings',
  component: lazyRouteComponent(
    withWords(() => import('../features/hearing/routes.tsx'), 'hearing'),
    'HearingsPage',
  ),
});
const newHearing = createRoute({
  getParentRoute: () => inside,
  path: '/hearings/new',
  validateSearch: (search: Record<string, unknown>): { case?: string; again?: string } => ({
    ...(typeof search.case === 'string' ? { case: search.case } : {}),
    ...(typeof search.again === 'string' ? { again: search.again } : {}),
  }),
  component: lazyRouteComponent(
    withWords(() => import('../features/hearing/routes.tsx'), 'hearing'),
    'NewHearingPage',
  ),
});
const panellists = createRoute({
  getParentRoute: () => inside,
  path: '/panellists',
  component: lazyRouteComponent(
    withWords(() => import('../features/hearing/routes.tsx'), 'hearing'),
    'PanellistsPage',
  ),
});
const sources = createRoute({
  getParentRoute: () => inside,
  path: '/sources',
  component: lazyRouteComponent(
    withWords(() => import('../features/source/routes.tsx'), 'source'),
    'SourcesPage',
  ),
});
const screening = createRoute({
  getParentRoute: () => inside,
  path: '/screening',
  component: lazyRouteComponent(
    withWords(() => import('../features/screening/routes.tsx'), 'screening'),
    'ScreeningPage',
  ),
});
const screeningOverview = createRoute({
  getParentRoute: () => inside,
  path: '/screening/overview',
  component: lazyRouteComponent(
    withWords(() => import('../features/screening/routes.tsx'), 'screening'),
    'ScreeningOverviewPage',
  ),
});
const sos = createRoute({
  getParentRoute: () => inside,
  path: '/sos',
  component: lazyRouteComponent(
    withWords(() => import('../features/sos/routes.tsx'), 'sos'),
    'SosPage',
  ),
});
const receptions = createRoute({
  getParentRoute: () => inside,
  path: '/reception',
  component: lazyRouteComponent(
    withWords(() => import('../features/reception/routes.tsx'), 'reception'),
    'ReceptionsPage',
  ),
});
const reception = createRoute({
  getParentRoute: () => inside,
  path: '/reception/$id',
  component: lazyRouteComponent(
    withWords(() => import('../features/reception/routes.tsx'), 'reception'),
    'ReceptionPage',
  ),
});
const duty = createRoute({
  getParentRoute: () => inside,
  path: '/legal',
  component: lazyRouteComponent(
    withWords(() => import('../features/reception/routes.tsx'), 'reception'),
    'DutyPage',
  ),
});
const aid = createRoute({
  getParentRoute: () => inside,
  path: '/legal-aid',
  component: lazyRouteComponent(
    withWords(() => import('../features/aid/routes.tsx'), 'aid'),
    'AidPage',
  ),
});
const publication = createRoute({
  getParentRoute: () => inside,
  path: '/publication',
  component: lazyRouteComponent(
    withWords(() => import('../features/publication/routes.tsx'), 'publication'),
    'PublicationPage',
  ),
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
