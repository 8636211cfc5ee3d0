import { QueryClient } from '@tanstack/react-query';
import { makeAdministration } from '@tongxin/client/administration.ts';
import { makeApi, makeSignIn } from '@tongxin/client/api.ts';
import { makeHttp } from '@tongxin/client/http.ts';
import { byChosenPost } from '@tongxin/client/post.ts';
import { currentLanguage } from './i18n/i18n.tsx';
import { chosenPost, postRefused } from './post.ts';

const online = (): boolean => navigator.onLine;
/** The client already repeats what is safe to repeat. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 10_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

/** Every call is made by the post chosen in the head of the page; that it is the reader's no more is heard wherever it is said. */
const http = byChosenPost(makeHttp({ base: '/api/v1', language: currentLanguage, online }), {
  chosen: chosenPost,
  refused: (postId) => postRefused(queryClient, postId),
});
export const api = makeApi(http);
export const administration = makeAdministration(http);
export const signIn = makeSignIn(makeHttp({ base: '/api/auth', language: currentLanguage, online }));
