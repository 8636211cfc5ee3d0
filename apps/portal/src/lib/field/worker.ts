import type { Me } from '@tongxin/client/shapes.ts';
import { useEffect, useState } from 'preact/hooks';
import { leaveDevice, startQueue, takeAlong, whoWorksHere } from './device.ts';
import { kept } from './kept.ts';

export type Worker =
  | { readonly state: 'looking' }
  | { readonly state: 'nobody' }
  | { readonly state: 'failed'; readonly problem: unknown }
  | { readonly state: 'here'; readonly me: Me; readonly signedIn: boolean };

let known: Worker = { state: 'looking' };
let looking: Promise<void> | undefined;
const listeners = new Set<() => void>();
const tell = (next: Worker): void => {
  known = next;
  for (const listener of listeners) listener();
};

/** Looks who works on this device: once for all pages, and again after signing in. */
export const lookAgain = (): Promise<void> => {
  looking ??= whoWorksHere()
    .then((found) => {
      if (found) startQueue();
      tell(found ? { state: 'here', ...found } : { state: 'nobody' });
      if (found?.signedIn) void freshen(true);
    })
    .catch((problem) => tell({ state: 'failed', problem }))
    .finally(() => {
      looking = undefined;
    });
  return looking;
};

export const leave = async (): Promise<void> => {
  await leaveDevice();
  tell({ state: 'nobody' });
};

export const useWorker = (): Worker => {
  const [worker, setWorker] = useState(known);
  useEffect(() => {
    const changed = (): void => setWorker(known);
    listeners.add(changed);
    if (known.state === 'looking' || known.state === 'failed') void lookAgain();
    else changed();
    // Back in the network after a day: the session is looked at, and what is new is taken along.
    const online = (): void => void lookAgain();
    addEventListener('online', online);
    return () => {
      listeners.delete(changed);
      removeEventListener('online', online);
    };
  }, []);
  return worker;
};

let last = 0;
const AGAIN_MS = 60_000;
let taking: Promise<void> | undefined;

/** Takes along what is new, not more often than once a minute unless asked for. */
export const freshen = (asked = false, areaId?: string): Promise<void> => {
  if (!asked && Date.now() - last < AGAIN_MS) return Promise.resolve();
  taking ??= (async () => {
    const area = areaId ?? (await kept.get('bundle'))?.bundle.area.id;
    await takeAlong(area);
    last = Date.now();
  })().finally(() => {
    taking = undefined;
  });
  return taking;
};
