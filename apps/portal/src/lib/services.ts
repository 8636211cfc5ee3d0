import { makeApi } from '@tongxin/client/api.ts';
import { makeHttp } from '@tongxin/client/http.ts';
import { aloneInBrowser } from '@tongxin/client/operations.ts';
import { makeOutbox } from '@tongxin/client/outbox.ts';
import { outboxStore } from '@tongxin/client/outbox-store.ts';
import { currentLanguage } from './i18n/i18n.tsx';

export const api = makeApi(makeHttp({ base: '/api/v1', language: currentLanguage, online: () => navigator.onLine }));

/** What residents send goes through here: kept on the device first, so a closed tab or a lost network loses nothing. */
export const outbox = makeOutbox({
  store: outboxStore(),
  upload: api.uploadToCase,
  file: api.fileCase,
  alone: aloneInBrowser('tongxin-outbox'),
});

/** Sends what waits when the page opens, comes back to the eye or to a network; between them the outbox tries by itself. */
export const startOutbox = (): void => {
  const flush = (): void => void outbox.flush();
  addEventListener('online', flush);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') flush();
  });
  flush();
};
