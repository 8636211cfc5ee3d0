import { deviceStore } from '@tongxin/client/outbox-store.ts';
import type { Me } from '@tongxin/client/shapes.ts';
import type { UploadFile } from '@tongxin/client/upload.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { Applied, Conflict, Fields, SubjectKind } from '@tongxin/domain/edit/schema.ts';
import type { Bundle } from '@tongxin/domain/field/view.ts';
import type { PremisesView } from '@tongxin/domain/premises/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';

/** A record that is edited on the device: as the server last said, and how this device's edits of it hang together. */
export interface KeptRecord {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly subjectId: string;
  readonly formId: string;
  readonly formVersion: number;
  /** What it is called in lists. */
  readonly name: string;
  readonly areaId?: string;
  readonly premisesId?: string;
  /** Of a premises that was found here and is not in the register yet. */
  readonly premises?: Pick<PremisesView, 'kind' | 'address' | 'point'>;
  readonly consent?: boolean;
  /** As the server last said; empty for one that was begun here. */
  readonly fields: Fields;
  readonly version: number;
  /** The last edit of this device that the server has. */
  readonly lastSent?: string;
  readonly status: 'open' | 'done' | 'declined' | 'none';
  readonly at: string;
}

/** A form that is being filled: what was seen when it was opened, and what stands in it now. */
export interface KeptDraft {
  readonly id: string;
  readonly seen: Fields;
  readonly values: Fields;
  readonly files: readonly UploadFile[];
}

/** An edit that reached the server, so that it can be taken back. */
export interface KeptEdit {
  readonly id: string;
  readonly editId: string;
  readonly kind: SubjectKind;
  readonly subjectId: string;
  readonly name: string;
  readonly applied: readonly Applied[];
  readonly at: string;
  readonly undone?: boolean;
}

/** Both values of what two wrote, until the person decides. */
export interface KeptConflict {
  readonly id: string;
  readonly editId: string;
  readonly kind: SubjectKind;
  readonly subjectId: string;
  readonly name: string;
  readonly conflicts: readonly (Conflict & {
    readonly theirsBy?: { readonly postLabel?: { zh: string; en?: string }; readonly at: string };
  })[];
  readonly at: string;
}

/** Versions of a case as this device's own actions left them: the next action of the same chain stands on it. */
export interface KeptVersion {
  readonly id: string;
  readonly version: number;
}

interface Kinds {
  readonly me: { readonly id: string; readonly me: Me };
  readonly bundle: { readonly id: string; readonly bundle: Bundle; readonly etag?: string; readonly at: string };
  readonly case: { readonly id: string; readonly view: CaseView; readonly at: string };
  readonly procedure: { readonly id: string; readonly procedure: Procedure };
  readonly record: KeptRecord;
  readonly draft: KeptDraft;
  readonly edit: KeptEdit;
  readonly conflict: KeptConflict;
  readonly version: KeptVersion;
}
type Kind = keyof Kinds;
type Item = Kinds[Kind];

const store = deviceStore<Item>('tongxin-field');
const listeners = new Set<() => void>();
const changed = (): void => {
  for (const listener of listeners) listener();
};

const keptId = (kind: Kind, name = ''): string => `${kind}/${name}`;

/** All that a worker carries along, by kind and name. Erased at sign-out. */
export const kept = {
  get: <K extends Kind>(kind: K, name = ''): Promise<Kinds[K] | undefined> =>
    store.get(keptId(kind, name)) as Promise<Kinds[K] | undefined>,
  all: async <K extends Kind>(kind: K): Promise<Kinds[K][]> =>
    (await store.all()).filter(({ id }) => id.startsWith(`${kind}/`)) as Kinds[K][],
  /** `quiet`: nobody needs to draw anew, as while somebody types. */
  put: async <K extends Kind>(kind: K, name: string, value: Omit<Kinds[K], 'id'>, quiet?: 'quiet'): Promise<void> => {
    await store.put({ ...value, id: keptId(kind, name) } as unknown as Item);
    if (!quiet) changed();
  },
  remove: async (kind: Kind, name = ''): Promise<void> => {
    await store.remove(keptId(kind, name));
    changed();
  },
  erase: async (): Promise<void> => {
    for (const { id } of await store.all()) await store.remove(id);
    changed();
  },
  onChange: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
