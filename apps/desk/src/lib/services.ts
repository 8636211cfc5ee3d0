import { QueryClient } from '@tanstack/react-query';
import { makeAdministration } from '@tongxin/client/administration.ts';
import { makeApi, makeSignIn } from '@tongxin/client/api.ts';
import { type Call, type Http, type Method, makeHttp } from '@tongxin/client/http.ts';
import { ApiProblem } from '@tongxin/client/problem.ts';
import { currentLanguage } from './i18n/i18n.tsx';
import { postRefused } from './post.ts';

const online = (): boolean => navigator.onLine;
/** The client already repeats what is safe to repeat. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 10_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

const asked = makeHttp({ base: '/api/v1', language: currentLanguage, online });
/** The post a call names, in its question, its body or the list it is about. */
const postNamed = ({ query, json }: Call = {}): string | undefined => {
  const body = json as { postId?: string; filter?: { postId?: string } } | undefined;
  return (query?.postId as string | undefined) ?? body?.postId ?? body?.filter?.postId;
};
/** Every call; that a post is the reader's no more is heard wherever it is said. */
const http: Http = <T>(method: Method, path: string, call?: Call) =>
  asked<T>(method, path, call).catch((problem: unknown) => {
    if (problem instanceof ApiProblem && problem.code === 'postNotYours') postRefused(queryClient, postNamed(call));
    throw problem;
  });
export const api = makeApi(http);
export const administration = makeAdministration(http);
export const signIn = makeSignIn(makeHttp({ base: '/api/auth', language: currentLanguage, online }));
