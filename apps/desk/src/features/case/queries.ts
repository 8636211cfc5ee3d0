import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { CaseRow } from '@tongxin/domain/case/view.ts';
import type { Question } from '@tongxin/domain/inbox/schema.ts';
import { api } from '../../lib/services.ts';

/** A page holds several windows of rows; what changed is asked for by as many as the server gives. */
const PAGE = 50;
const MOST = 100;
/** Long enough to come back from a case, or from lunch. */
const KEPT_MS = 60 * 60_000;

export const readPage = (question: Question, cursor: string | undefined, signal?: AbortSignal) =>
  api.listCases({ ...question, limit: PAGE, ...(cursor ? { cursor } : {}) }, signal);

/** Pages of a list. They are never read again by themselves: rows are patched in place, and the reader says when to begin anew. */
export const inboxQuery = (question: Question) =>
  infiniteQueryOptions({
    queryKey: keys.inbox(question),
    queryFn: ({ pageParam, signal }) => readPage(question, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
  });

export const inboxCountQuery = (question: Question) =>
  queryOptions({
    queryKey: keys.inboxCount(question),
    queryFn: async ({ signal }) => (await api.listCases({ ...question, limit: 1, count: true }, signal)).count,
    placeholderData: (before) => before,
  });

export const viewsQuery = queryOptions({ queryKey: keys.views, queryFn: api.listViews, staleTime: KEPT_MS });
export const viewCountsQuery = (postId: string | undefined) =>
  queryOptions({ queryKey: keys.viewCountsOf(postId), queryFn: () => api.viewCounts(postId), staleTime: 30_000 });

/** Which of some cases a list holds, as they are now; as many requests as hundreds. */
export const rowsOf = async (question: Question, ids: readonly string[]): Promise<CaseRow[]> => {
  const parts = Array.from({ length: Math.ceil(ids.length / MOST) }, (_, i) => ids.slice(i * MOST, (i + 1) * MOST));
  const pages = await Promise.all(parts.map((part) => api.listCases({ ...question, ids: part.join(','), limit: MOST })));
  return pages.flatMap((page) => page.rows);
};

export const previewQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['preview', ids],
    queryFn: ({ signal }) => api.previewBulk({ ids: [...ids] }, signal),
    staleTime: 0,
    gcTime: 0,
  });

export const caseQuery = (id: string) => queryOptions({ queryKey: keys.case(id), queryFn: ({ signal }) => api.getCase(id, signal) });

export const documentsQuery = (id: string) =>
  queryOptions({ queryKey: keys.documents(id), queryFn: ({ signal }) => api.listDocuments(id, signal) });

/** Cases by number or words, among what one's post sees. */
export const foundCasesQuery = (q: string, postId: string | undefined) =>
  queryOptions({
    queryKey: ['cases', 'find', q, postId ?? null],
    queryFn: ({ signal }) => api.listCases({ q, limit: 10, ...(postId ? { postId } : {}) }, signal),
    enabled: q.length > 1,
    placeholderData: (before) => before,
  });

export const { caseDiagramUrl } = api;
export const caseCallsQuery = (id: string) =>
  queryOptions({ queryKey: keys.caseCalls(id), queryFn: ({ signal }) => api.caseCalls(id, signal) });
export const messagesQuery = (id: string) => queryOptions({ queryKey: keys.messages(id), queryFn: () => api.caseMessages(id) });
export const followersQuery = (id: string) => queryOptions({ queryKey: keys.followers(id), queryFn: () => api.followersOf(id) });
export const similarQuery = (id: string) =>
  queryOptions({ queryKey: keys.similar(id), queryFn: ({ signal }) => api.similarCases(id, signal), staleTime: 60_000 });

const HOUR = 60 * 60_000;
export const areaQuery = (id: string) => queryOptions({ queryKey: keys.area(id), queryFn: () => api.getArea(id), staleTime: HOUR });

/** Half the side of the box around a spot in which facilities are looked for, in degrees: about 300 metres. */
const BESIDE = 0.003;
export const facilitiesNearQuery = ({ lon, lat }: { readonly lon: number; readonly lat: number }) => {
  const bbox = [lon - BESIDE, lat - BESIDE, lon + BESIDE, lat + BESIDE] as const;
  return queryOptions({ queryKey: keys.facilitiesIn(bbox), queryFn: () => api.listFacilitiesIn(bbox), staleTime: HOUR });
};
