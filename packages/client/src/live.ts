import type { LeaseChange } from '@tongxin/domain/lease/schema.ts';
import type { LiveEvent } from './shapes.ts';

/** Listens to what changes in the reader's scope. EventSource reconnects by itself and resumes from the last id. Returns how to stop. */
export const listenLive = (
  url: string,
  heard: (event: LiveEvent) => void,
  connected?: (yes: boolean) => void,
  changedHands?: (change: LeaseChange) => void,
  noticed?: () => void,
  rung?: () => void,
): (() => void) => {
  const source = new EventSource(url, { withCredentials: true });
  const on = <T>(name: string, tell: ((event: T) => void) | undefined): void =>
    source.addEventListener(name, (message) => {
      try {
        tell?.(JSON.parse((message as MessageEvent<string>).data) as T);
      } catch {
        // A line we cannot read changes nothing; the next full load will.
      }
    });
  on('case', heard);
  on('lease', changedHands);
  source.addEventListener('notice', () => noticed?.());
  source.addEventListener('calls', () => rung?.());
  source.onopen = () => connected?.(true);
  source.onerror = () => connected?.(false);
  return () => source.close();
};
