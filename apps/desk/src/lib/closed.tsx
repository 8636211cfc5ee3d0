import { useQuery } from '@tanstack/react-query';
import { Link, useMatches } from '@tanstack/react-router';
import type { Me } from '@tongxin/client/shapes.ts';
import { APPOINTS, type Capability, ROLES } from '@tongxin/domain/post/policy.ts';
import { Alert } from 'antd';
import { type ReactNode, Suspense } from 'react';
import { type ClosedPart, type ClosedRoute, DOORS, INNER_DOORS, needsOf } from './doors.ts';
import { useWords } from './i18n/i18n.tsx';
import type { Key, Part } from './i18n/parts.ts';
import { Loading } from './load-state.tsx';
import { mayDo, meQuery } from './me.ts';

interface Said {
  /** Of the page, and the part of the catalogue it stands in. */
  readonly title: Key<Part>;
  readonly part?: Part;
  /** What is done there, and that this reader's posts do not do it. */
  readonly about: Key<'closed'>;
}

/** What stands on a page instead of it, for whoever it does not open to. */
const SAID: Readonly<Record<ClosedRoute, Said>> = {
  '/hotline': { title: 'hotline.title', about: 'closed.hotline' },
  '/hotline/call-backs': { title: 'hotline.title', about: 'closed.hotline' },
  '/log': { title: 'log.title', part: 'intake', about: 'closed.log' },
  '/disputes': { title: 'dispute.title', about: 'closed.disputes' },
  '/disputes/new': { title: 'dispute.new', part: 'dispute', about: 'closed.newDispute' },
  '/disputes/referrals': { title: 'referral.title', part: 'dispute', about: 'closed.referrals' },
  '/disputes/$id': { title: 'dispute.title', about: 'closed.disputes' },
  '/disputes/$id/people': { title: 'dispute.people', part: 'dispute', about: 'closed.people' },
  '/mediators': { title: 'mediator.title', about: 'closed.mediators' },
  '/cases/$id/dossier': { title: 'dossier.title', about: 'closed.dossier' },
  '/sources': { title: 'source.title', about: 'closed.sources' },
  '/legal': { title: 'legal.title', about: 'closed.legal' },
  '/reception': { title: 'reception.title', about: 'closed.reception' },
  '/reception/$id': { title: 'reception.title', about: 'closed.reception' },
  '/hearings': { title: 'hearing.title', about: 'closed.hearings' },
  '/hearings/new': { title: 'hearing.new', about: 'closed.hearings' },
  '/panellists': { title: 'hearing.roster', about: 'closed.panellists' },
  '/screening': { title: 'screening.title', about: 'closed.screening' },
  '/screening/overview': { title: 'screening.overview', about: 'closed.overview' },
  '/statistics': { title: 'app.statistics', about: 'closed.statistics' },
  '/statistics/burden': { title: 'burden.title', about: 'closed.burden' },
  '/handovers': { title: 'handover.title', about: 'closed.handovers' },
  '/handovers/$id': { title: 'handover.title', about: 'closed.handovers' },
  '/reply-templates': { title: 'reply.title', about: 'closed.replies' },
  '/sos': { title: 'sos.title', about: 'closed.sos' },
  '/areas': { title: 'app.areas', about: 'closed.areas' },
  '/admin': { title: 'app.admin', about: 'closed.admin' },
  '/admin/$register': { title: 'app.admin', about: 'closed.admin' },
  '/interfaces': { title: 'app.interfaces', about: 'closed.interfaces' },
  '/displays': { title: 'display.title', about: 'closed.displays' },
  '/publication': { title: 'publication.title', about: 'closed.publication' },
  '/procedures/migrate': { title: 'migrate.title', part: 'procedure', about: 'closed.migrate' },
  '/procedures/drafts/$draftId': { title: 'app.procedures', about: 'closed.procedureDraft' },
};
const SAID_WITHIN: Readonly<Record<ClosedPart, Key<'closed'>>> = {
  '/disputes/counts': 'closed.counts',
  '/legal-aid': 'closed.legalAid',
};

/** Of what an administrator appoints to, in that order: services are no people. */
const rolesWith = (needs: readonly Capability[]) =>
  APPOINTS.administrator.filter((role) => needs.some((need) => (ROLES[role].capabilities as readonly Capability[]).includes(need)));

/** What it is for, whom it opens to, and what to do about that. */
const Sentences = ({ about, needs }: { about: Key<'closed'>; needs: readonly Capability[] }) => {
  const { t, list } = useWords('closed');
  // Nearly every post works on cases: a list of them all tells nobody anything.
  const open = needs.includes('case.read')
    ? t('closed.toCaseWork')
    : t('closed.to', { posts: list(rolesWith(needs).map((role) => t(`admin.role.${role}`))) });
  return (
    <Alert
      role="status"
      type="info"
      showIcon
      className="field"
      title={t(about)}
      description={
        <>
          <div>{open}</div>
          <div>{t('app.askAdministrator')}</div>
        </>
      }
    />
  );
};

const ClosedPage = ({ route }: { route: ClosedRoute }) => {
  const { title, part, about } = SAID[route];
  const { t } = useWords(...(part ? [part] : []));
  return (
    <>
      <h1>{t(title as Key)}</h1>
      <Sentences about={about} needs={DOORS[route]} />
      <p>
        <Link to="/">‹ {t('app.inbox')}</Link>
      </p>
    </>
  );
};

/** Whose posts are known: not before it is known who asks, nor while their first password keeps their posts away (the head of the page says so). */
const isKnown = (me: Me | undefined): boolean => me !== undefined && !me.passwordOnce;

/** Where a page stands: itself for those whose posts open it; for others sentences, and nothing of it is asked of the server. */
export const Door = ({ children }: { children: ReactNode }) => {
  const { data: me } = useQuery(meQuery);
  const route = useMatches({ select: (matches) => matches.at(-1)?.fullPath ?? '' });
  const needs = needsOf(route);
  if (!needs || needs.some((need) => mayDo(me, need))) return <>{children}</>;
  if (!isKnown(me)) return null;
  return (
    <Suspense fallback={<Loading />}>
      <ClosedPage key={route} route={route as ClosedRoute} />
    </Suspense>
  );
};

/** A part of a page everybody reads, in the same way. */
export const InnerDoor = ({ route, children }: { route: ClosedPart; children: ReactNode }) => {
  const { data: me } = useQuery(meQuery);
  if (INNER_DOORS[route].some((need) => mayDo(me, need))) return <>{children}</>;
  if (!isKnown(me)) return null;
  return (
    <Suspense fallback={<Loading />}>
      <Sentences about={SAID_WITHIN[route]} needs={INNER_DOORS[route]} />
    </Suspense>
  );
};
