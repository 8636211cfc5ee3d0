import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { NetworkFirst } from 'workbox-strategies';

/**
 * Runs beside the portal. Every part of one build is kept together and taken from that build only, so old and new never mix: a new build waits until
 * whoever is on the page says so. Of the API only lists that hold nobody's data are kept.
 */
interface Waitable {
  waitUntil(work: Promise<unknown>): void;
}
interface WindowClient {
  readonly url: string;
  focus(): Promise<WindowClient>;
  navigate(path: string): Promise<unknown>;
}
/** The worker's own globals: the library of their types cannot stand beside that of pages. */
const worker = self as unknown as {
  addEventListener(type: 'message', listen: (event: { data?: { type?: string } }) => void): void;
  addEventListener(type: 'push', listen: (event: Waitable & { data: { json(): unknown } | null }) => void): void;
  addEventListener(
    type: 'notificationclick',
    listen: (event: Waitable & { notification: { close(): void; data?: { link?: string } } }) => void,
  ): void;
  skipWaiting(): Promise<void>;
  readonly registration: { showNotification(text: string, options: object): Promise<void> };
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly WindowClient[]>;
    openWindow(path: string): Promise<unknown>;
  };
  readonly location: Location;
  /** Replaced by the build. */
  readonly __PARTS__: PrecacheEntry[];
};

precacheAndRoute(worker.__PARTS__);
cleanupOutdatedCaches();
clientsClaim();

/** Addresses of others on this server. */
const NOT_OURS = [/^\/(?:api|open311|ogc|metrics|healthz|readyz|desk|wall)(?:\/|$|\?)/u];
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: NOT_OURS }));

/** Lists that are the same for everybody. */
const REFERENCE = /^\/api\/v1\/(?:categories|areas|facilities|procedures|channels)(?:\/[\w-]+(?:\/\d+)?)?$/u;
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && REFERENCE.test(url.pathname) && !url.pathname.endsWith('/resolve'),
  new NetworkFirst({ cacheName: 'reference', networkTimeoutSeconds: 8 }),
);

worker.addEventListener('message', ({ data }) => {
  if (data?.type === 'SKIP_WAITING') void worker.skipWaiting();
});

worker.addEventListener('push', (event) => {
  const { id, text, language, link } = (event.data?.json() ?? {}) as { id?: string; text?: string; language?: string; link?: string };
  event.waitUntil(worker.registration.showNotification(text ?? '', { tag: id, lang: language, icon: '/icon-192.png', data: { link } }));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const target = new URL(event.notification.data?.link ?? '/', worker.location.origin);
  // Only ever our own pages, whatever was pushed.
  const path = target.origin === worker.location.origin && !target.pathname.startsWith('/api/') ? target.pathname : '/';
  event.waitUntil(
    worker.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((open) => {
      const portal = open.find((client) => !NOT_OURS[0]!.test(new URL(client.url).pathname));
      return portal ? portal.focus().then((client) => client.navigate(path)) : worker.clients.openWindow(path);
    }),
  );
});
