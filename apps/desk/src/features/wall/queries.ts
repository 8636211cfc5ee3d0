import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { makeApi } from '@tongxin/client/api.ts';
import { makeHttp } from '@tongxin/client/http.ts';
import { keys } from '@tongxin/client/keys.ts';
import { listenStream } from '@tongxin/client/stream.ts';
import { useEffect, useState } from 'react';
import { currentLanguage } from '../../lib/i18n/i18n.tsx';

const KEPT = 'tongxin.display';

/** The token a display was set up with: it comes once behind the address's `#`, where no server reads it, and stays on this screen. */
const displayToken = (): string | undefined => {
  const given = /^#([\w-]{40,64})$/u.exec(location.hash)?.[1];
  if (given) {
    localStorage.setItem(KEPT, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return localStorage.getItem(KEPT) ?? undefined;
};
const token = displayToken();
export const isDisplay = token !== undefined;
const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
const api = makeApi(makeHttp({ base: '/api/v1', language: currentLanguage, headers: () => headers }));

/** What happens in bursts is fetched together; what changes by the clock, each minute. */
const GATHER_MS = 2_000;
const MINUTE_MS = 60_000;

const wallQuery = (areaId?: string) =>
  queryOptions({
    queryKey: keys.wall(areaId),
    queryFn: () => api.wall(areaId),
    refetchInterval: MINUTE_MS,
    refetchIntervalInBackground: true,
    placeholderData: keepPreviousData,
  });
export const wallMapQuery = (areaId?: string) =>
  queryOptions({
    queryKey: keys.wallMap(areaId),
    queryFn: () => api.wallMap(areaId),
    staleTime: 60 * MINUTE_MS,
    refetchInterval: (query) => (query.state.data ? 60 * MINUTE_MS : MINUTE_MS / 4),
  });

/** The figures, fetched anew when the server says there are others. What was shown stays until then. */
export const useWall = (areaId?: string) => {
  const client = useQueryClient();
  const [connected, setConnected] = useState(true);
  const query = useQuery(wallQuery(areaId));
  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const stop = listenStream({
      url: `/api/v1/wall/live${areaId ? `?areaId=${encodeURIComponent(areaId)}` : ''}`,
      headers,
      connected: setConnected,
      heard: () => {
        gathering ??= setTimeout(() => {
          gathering = undefined;
          void client.invalidateQueries({ queryKey: keys.wall(areaId) });
        }, GATHER_MS);
      },
    });
    return () => {
      clearTimeout(gathering);
      stop();
    };
  }, [client, areaId]);
  return { query, connected };
};
