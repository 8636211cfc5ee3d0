import type { Operation } from './operations.ts';

/** Kept for this visit only: for browsers that refuse IndexedDB (private windows of some), and for tests. */
export const memoryStore = <T extends { readonly id: string } = Operation>() => {
  const items = new Map<string, T>();
  return {
    all: async () => [...items.values()],
    get: async (id: string) => items.get(id),
    put: async (item: T) => {
      items.set(item.id, item);
    },
    remove: async (id: string) => {
      items.delete(id);
    },
  };
};
