import type { LiveEvent } from './shapes.ts';

/** Listens to what changes in the reader's scope. EventSource reconnects by itself and resumes from the last id. Returns how to stop. */
export const listenLive = (
  url: string,
  heard: (event: LiveEvent) => void,
  connected?: (yes: boolean) => void,
  noticed?: () => void,
): (() => void) => {
  const source = new EventSource(url, { withCredentials: true });
  source.addEventListener('case', (message) => {
    try {
      heard(JSON.parse((message as MessageEvent<string>).data) as LiveEvent);
    } catch {
      // A line we cannot read changes nothing; the next full load will.
    }
  });
  source.addEventListener('notice', () => noticed?.());
  source.onopen = () => connected?.(true);
  source.onerror = () => connected?.(false);
  return () => source.close();
};
