import { useEffect, useSyncExternalStore } from 'react';

/** Something the page that is open offers to the command palette. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly run: () => void;
}

let offered: readonly (readonly Command[])[] = [];
let all: readonly Command[] = [];
const listeners = new Set<() => void>();
const change = (next: typeof offered): void => {
  offered = next;
  all = offered.flat();
  for (const listener of listeners) listener();
};

/** Offers commands while the component is on the page. The list must keep its identity while it says the same. */
export const useCommands = (commands: readonly Command[]): void => {
  useEffect(() => {
    change([...offered, commands]);
    return () => change(offered.filter((one) => one !== commands));
  }, [commands]);
};

const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useOffered = (): readonly Command[] => useSyncExternalStore(listen, () => all);
