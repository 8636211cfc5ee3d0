import type { Me } from '@tongxin/client/shapes.ts';
import { needsOf } from '../lib/doors.ts';
import type { Key } from '../lib/i18n/parts.ts';
import { mayDo } from '../lib/me.ts';

interface Page {
  readonly to: string;
  readonly title: Key;
  /** Any of these has use for it, where that is narrower than whom the page opens to (lib/doors.ts). */
  readonly needs?: readonly string[];
}

/** What the day is worked with: in the head of every page. */
const DAILY = [
  { to: '/', title: 'app.inbox' },
  { to: '/hotline', title: 'hotline.title' },
  { to: '/log', title: 'app.log' },
  { to: '/disputes', title: 'dispute.title' },
  { to: '/disputes/counts', title: 'dispute.counts', needs: ['mediation.count'] },
  { to: '/sources', title: 'source.title' },
  { to: '/legal', title: 'legal.title' },
  { to: '/map', title: 'onemap.title' },
  { to: '/statistics', title: 'app.statistics' },
  { to: '/handovers', title: 'handover.title' },
  { to: '/notices', title: 'app.notices' },
] as const satisfies readonly Page[];

/** What is set up now and then: under one button. */
const MANAGED = [
  { to: '/admin', title: 'app.admin' },
  { to: '/areas', title: 'app.areas' },
  { to: '/procedures', title: 'app.procedures' },
  { to: '/reply-templates', title: 'reply.title' },
  { to: '/exchange', title: 'app.exchange', needs: ['case.read'] },
  { to: '/interfaces', title: 'app.interfaces' },
  { to: '/displays', title: 'display.title' },
  { to: '/reception', title: 'reception.title' },
  { to: '/hearings', title: 'hearing.title' },
  { to: '/panellists', title: 'hearing.roster' },
  { to: '/legal-aid', title: 'legalAid.title', needs: ['legalAid.manage'] },
  { to: '/screening', title: 'screening.title' },
  { to: '/screening/overview', title: 'screening.overview' },
  { to: '/statistics/burden', title: 'burden.title' },
  { to: '/mediators', title: 'mediator.title' },
  { to: '/sos', title: 'sos.title', needs: ['sos.answer'] },
  { to: '/publication', title: 'publication.title' },
] as const satisfies readonly Page[];

const openTo =
  (me: Me | undefined) =>
  ({ to, needs = needsOf(to) }: Page): boolean =>
    needs === undefined || needs.some((capability) => mayDo(me, capability));

export const dailyPages = (me: Me | undefined) => DAILY.filter(openTo(me));
export const managedPages = (me: Me | undefined) => MANAGED.filter(openTo(me));
