import type { Me } from '@tongxin/client/shapes.ts';
import type { Key } from '../lib/i18n/parts.ts';
import { ADMINISTERS, mayDo } from '../lib/me.ts';

interface Page {
  readonly to: string;
  readonly title: Key;
  /** Any of these opens it; nothing means everybody. */
  readonly needs?: readonly string[];
}

/** What the day is worked with: in the head of every page. */
const DAILY = [
  { to: '/', title: 'app.inbox' },
  { to: '/hotline', title: 'hotline.title', needs: ['call.answer'] },
  { to: '/log', title: 'app.log', needs: ['case.register'] },
  { to: '/disputes', title: 'dispute.title', needs: ['mediation.record'] },
  { to: '/disputes/counts', title: 'dispute.counts', needs: ['mediation.count'] },
  { to: '/sources', title: 'source.title', needs: ['mediation.count'] },
  { to: '/legal', title: 'legal.title', needs: ['legal.advise'] },
  { to: '/map', title: 'onemap.title' },
  { to: '/statistics', title: 'app.statistics', needs: ['statistics.read'] },
  { to: '/handovers', title: 'handover.title', needs: ['case.read'] },
  { to: '/notices', title: 'app.notices' },
] as const satisfies readonly Page[];

/** What is set up now and then: under one button. */
const MANAGED = [
  { to: '/admin', title: 'app.admin', needs: ADMINISTERS },
  { to: '/areas', title: 'app.areas', needs: ['area.manage'] },
  { to: '/procedures', title: 'app.procedures' },
  { to: '/reply-templates', title: 'reply.title', needs: ['case.read'] },
  { to: '/exchange', title: 'app.exchange', needs: ['case.read'] },
  { to: '/interfaces', title: 'app.interfaces', needs: ['exchange.manage'] },
  { to: '/displays', title: 'display.title', needs: ['wall.show'] },
  { to: '/reception', title: 'reception.title', needs: ['reception.manage'] },
  { to: '/hearings', title: 'hearing.title', needs: ['hearing.convene'] },
  { to: '/panellists', title: 'hearing.roster', needs: ['hearing.roster'] },
  { to: '/legal-aid', title: 'legalAid.title', needs: ['legalAid.manage'] },
  { to: '/screening', title: 'screening.title', needs: ['screening.report'] },
  { to: '/screening/overview', title: 'screening.overview', needs: ['screening.supervise'] },
  { to: '/statistics/burden', title: 'burden.title', needs: ['statistics.read'] },
  { to: '/mediators', title: 'mediator.title', needs: ['mediation.record'] },
  { to: '/sos', title: 'sos.title', needs: ['sos.answer'] },
  { to: '/publication', title: 'publication.title', needs: ['publication.review', 'publication.manage'] },
] as const satisfies readonly Page[];

const openTo =
  (me: Me | undefined) =>
  ({ needs }: Page): boolean =>
    needs === undefined || needs.some((capability) => mayDo(me, capability));

export const dailyPages = (me: Me | undefined) => DAILY.filter(openTo(me));
export const managedPages = (me: Me | undefined) => MANAGED.filter(openTo(me));
