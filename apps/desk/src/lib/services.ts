import { QueryClient } from '@tanstack/react-query';
import { makeAdministration } from '@tongxin/client/administration.ts';
import { makeApi, makeSignIn } from '@tongxin/client/api.ts';
import { makeHttp } from '@tongxin/client/http.ts';
import { currentLanguage } from './i18n/i18n.tsx';

const online = (): boolean => navigator.onLine;
const http = makeHttp({ base: '/api/v1', language: currentLanguage, online });
export const api = makeApi(http);
export const administration = makeAdministration(http);
export const signIn = makeSignIn(makeHttp({ base: '/api/auth', language: currentLanguage, online }));

/** The client already repeats what is safe to repeat. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 10_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});
