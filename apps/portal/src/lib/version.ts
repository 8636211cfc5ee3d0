import { Workbox } from 'workbox-window';

let waiting: Workbox | undefined;
const listeners = new Set<() => void>();
const HOUR_MS = 3_600_000;

/** Begins to keep the portal on the device, once the page is drawn; looks every hour for a newer one. */
export const keepOnDevice = (): void => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const begin = async (): Promise<void> => {
    const workbox = new Workbox('/sw.js');
    const found = (): void => {
      waiting = workbox;
      for (const listener of listeners) listener();
    };
    workbox.addEventListener('waiting', found);
    // Another window said yes: this one goes along, so that no page of an old build stands on parts of a new one.
    workbox.addEventListener('controlling', ({ isUpdate }) => {
      if (isUpdate) location.reload();
    });
    const registration = await workbox.register();
    // Found and put off in an earlier visit.
    if (registration?.waiting && navigator.serviceWorker.controller) found();
    setInterval(() => void workbox.update().catch(() => undefined), HOUR_MS);
  };
  const soon = (): void => void setTimeout(() => void begin().catch(() => undefined), 500);
  if (document.readyState === 'complete') soon();
  else addEventListener('load', soon, { once: true });
};

export const newVersion = {
  isThere: (): boolean => waiting !== undefined,
  onChange: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  take: (): void => waiting?.messageSkipWaiting(),
};
