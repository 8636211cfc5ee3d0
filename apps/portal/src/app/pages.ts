import { pages as home } from '../features/home/routes.tsx';
import type { Page } from './router.tsx';

/** A feature of the portal: its addresses are known from the start, its code comes when one of them is opened. */
interface Feature {
  readonly paths: readonly string[];
  readonly load: () => Promise<{ readonly pages: readonly Page[] }>;
}

/** The first page is there at once; everything else is a piece of its own, so that nobody loads what they do not open. */
export const FEATURES: readonly Feature[] = [
  { paths: ['/'], load: async () => ({ pages: home }) },
  { paths: ['/report', '/letter/write'], load: () => import('../features/intake/routes.tsx') },
  { paths: ['/letter'], load: () => import('../features/letter/routes.tsx') },
  {
    paths: [
      '/field',
      '/field/new',
      '/field/cases/:id',
      '/field/patrols',
      '/field/patrols/:id',
      '/field/visits',
      '/field/visits/:id',
      '/field/premises',
      '/field/premises/:id',
      '/field/outbox',
      '/field/sos',
    ],
    load: () => import('../features/field/routes.tsx'),
  },
  { paths: ['/me', '/me/readings', '/me/settings', '/me/data'], load: () => import('../features/me/routes.tsx') },
  { paths: ['/track', '/r/:code', '/receipt/:id', '/s/:token', '/rate/:code'], load: () => import('../features/receipt/routes.tsx') },
  { paths: ['/reception', '/legal', '/advice', '/reception/:id', '/booking/:id'], load: () => import('../features/reception/routes.tsx') },
  { paths: ['/legal/aid'], load: () => import('../features/aid/routes.tsx') },
  { paths: ['/hearings', '/hearings/:id'], load: () => import('../features/hearing/routes.tsx') },
  { paths: ['/mediate', '/centres', '/centres/:id'], load: () => import('../features/mediation/routes.tsx') },
  { paths: ['/public'], load: () => import('../features/publication/routes.tsx') },
];

export const addresses = FEATURES.flatMap(({ paths, load }) => paths.map((path) => ({ path, load })));
