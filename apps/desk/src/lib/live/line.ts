import { useSyncExternalStore } from 'react';

let isUp = false;
const watching = new Set<() => void>();

/** Said by whoever holds the line that tells of changes. */
export const tellLine = (up: boolean): void => {
  if (isUp === up) return;
  isUp = up;
  for (const changed of watching) changed();
};

const watch = (changed: () => void): (() => void) => {
  watching.add(changed);
  return () => watching.delete(changed);
};

/** Whether the server tells this window of changes; while it does not, what cannot wait is asked for. */
export const useLineUp = (): boolean => useSyncExternalStore(watch, () => isUp);
