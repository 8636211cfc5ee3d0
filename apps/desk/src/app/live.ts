import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { listenLive } from '@tongxin/client/live.ts';
import { useEffect, useState } from 'react';

/** Lists change in bursts; one refresh serves them all. */
const GATHER_MS = 1_500;

/** Marks what is shown as stale when a case of the reader's scope changes. Answers whether the line is up. */
export const useLive = (): boolean => {
  const client = useQueryClient();
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const stop = listenLive(
      '/api/v1/live',
      ({ id }) => {
        void client.invalidateQueries({ queryKey: keys.case(id) });
        gathering ??= setTimeout(() => {
          gathering = undefined;
          void client.invalidateQueries({ queryKey: keys.allCases });
        }, GATHER_MS);
      },
      setConnected,
      () => void client.invalidateQueries({ queryKey: keys.notices }),
    );
    return () => {
      clearTimeout(gathering);
      stop();
    };
  }, [client]);
  return connected;
};
