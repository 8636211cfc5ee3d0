import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { listenLive } from '@tongxin/client/live.ts';
import { useEffect, useState } from 'react';
import { forget, hear } from '../lib/inbox/changes.ts';
import { noteLease } from '../lib/lease/leases.ts';
import { tellLine } from '../lib/live/line.ts';

/** Lists change in bursts; one refresh serves them all. */
const GATHER_MS = 1_500;

/** Marks what is shown as stale when a case of the reader's scope changes; the inbox hears of each. Answers whether the line is up. */
export const useLive = (): boolean => {
  const client = useQueryClient();
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let wasUp = true;
    let first = true;
    const stop = listenLive(
      '/api/v1/live',
      ({ id }) => {
        hear(id);
        void client.invalidateQueries({ queryKey: keys.case(id) });
        gathering ??= setTimeout(() => {
          gathering = undefined;
          for (const queryKey of [keys.allCases, keys.allInboxCounts, keys.viewCounts]) void client.invalidateQueries({ queryKey });
        }, GATHER_MS);
      },
      (up) => {
        // Whose hands a case is in is told once: after a gap it is asked for.
        if (up && !wasUp) void client.invalidateQueries({ queryKey: keys.leases });
        // Between the first page and the line that tells of changes something may have changed. A line that comes back goes on where it was.
        if (up && first) forget();
        if (up) first = false;
        wasUp = up;
        tellLine(up);
        // What rang while nobody told of it.
        if (up) void client.invalidateQueries({ queryKey: keys.calls });
        setConnected(up);
      },
      noteLease,
      () => {
        for (const queryKey of [keys.notices, keys.sos]) void client.invalidateQueries({ queryKey });
      },
      () => void client.invalidateQueries({ queryKey: keys.calls }),
    );
    return () => {
      clearTimeout(gathering);
      stop();
      tellLine(false);
    };
  }, [client]);
  return connected;
};
