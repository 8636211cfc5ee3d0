import { memoryStore } from './memory-store.ts';
import type { Operation, OperationStore } from './operations.ts';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const open = async (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore('items', { keyPath: 'id' });
  return settled(request);
};

/** A store in IndexedDB, which also keeps photographs; falls back to memory where the browser refuses. */
export const deviceStore = <T extends { readonly id: string } = Operation>(name: string) => {
  const opened = open(name).catch(() => undefined);
  const spare = memoryStore<T>();
  const items = async (mode: IDBTransactionMode): Promise<IDBObjectStore | undefined> =>
    (await opened)?.transaction('items', mode).objectStore('items');
  return {
    all: async (): Promise<T[]> => {
      const store = await items('readonly');
      return store ? settled(store.getAll() as IDBRequest<T[]>) : spare.all();
    },
    get: async (id: string): Promise<T | undefined> => {
      const store = await items('readonly');
      return store ? settled(store.get(id) as IDBRequest<T | undefined>) : spare.get(id);
    },
    put: async (item: T): Promise<void> => {
      const store = await items('readwrite');
      await (store ? settled(store.put(item)) : spare.put(item));
    },
    remove: async (id: string): Promise<void> => {
      const store = await items('readwrite');
      await (store ? settled(store.delete(id)) : spare.remove(id));
    },
  };
};

export const outboxStore = (name = 'tongxin-outbox'): OperationStore => deviceStore(name);
