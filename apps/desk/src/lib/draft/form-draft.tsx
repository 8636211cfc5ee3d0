import { useQuery } from '@tanstack/react-query';
import { deviceStore } from '@tongxin/client/outbox-store.ts';
import { Button } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/i18n.tsx';
import { meQuery } from '../me.ts';
import { parting } from './parting.ts';

interface FormDraft {
  readonly id: string;
  readonly personId: string;
  readonly value: unknown;
}

const SAVE_AFTER_MS = 300;
const store = deviceStore<FormDraft>('tongxin-desk-forms');
const all = (): Promise<FormDraft[]> => store.all().catch(() => []);
const remove = (id: string): Promise<void> => store.remove(id).catch(() => undefined);

/** Half-filled forms that are no action of a case (a call being logged, an article, a template): kept as those are, and erased with them. */
export const formDrafts = {
  of: async (personId: string): Promise<number> => (await all()).filter((draft) => draft.personId === personId).length,
  clear: async (): Promise<void> => {
    for (const { id } of await all()) await remove(id);
  },
  /** Forgets what others left on this device. */
  keepOnly: async (personId: string): Promise<void> => {
    for (const draft of await all()) if (draft.personId !== personId) await remove(draft.id);
  },
};

/**
 * Keeps what is written in a form on the device until it was sent: found again after a closed tab. `value` is all that somebody can write in it;
 * what it is at first is not kept. `restore` puts what was found into the form.
 */
export const useFormDraft = <T extends object>(form: string, value: T, restore: (kept: T) => void) => {
  const { data: me } = useQuery(meQuery);
  const personId = me?.personId;
  const [found, setFound] = useState(false);
  const words = JSON.stringify(value);
  const state = useRef({ untouched: words, words, value: value as unknown, isRead: false, isOver: false });
  Object.assign(state.current, { words, value });
  const put = useRef(restore);
  put.current = restore;
  const id = personId ? `${personId}/${form}` : undefined;

  const save = useCallback((): void => {
    const now = state.current;
    if (!id || !personId || !now.isRead || now.isOver || parting.now) return;
    if (now.words === now.untouched) void remove(id);
    else void store.put({ id, personId, value: now.value }).catch(() => undefined);
  }, [id, personId]);
  useEffect(() => {
    if (!id) return;
    let here = true;
    void store
      .get(id)
      .catch(() => undefined)
      .then((kept) => {
        if (!here) return;
        state.current.isRead = true;
        // Whoever began to write before it was read goes on with that.
        if (!kept || state.current.words !== state.current.untouched) return;
        put.current(kept.value as T);
        setFound(true);
      });
    addEventListener('pagehide', save);
    return () => {
      here = false;
      removeEventListener('pagehide', save);
      save();
    };
  }, [id, save]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever what is written changes
  useEffect(() => {
    const later = setTimeout(save, SAVE_AFTER_MS);
    return () => clearTimeout(later);
  }, [words, save]);

  return {
    /** Something was there when the form was opened. */
    found,
    /** Keeps this at once: for what becomes of a form in the moment in which it closes. */
    keep: (next: T): void => {
      Object.assign(state.current, { words: JSON.stringify(next), value: next });
      save();
    },
    /** It was sent, or is wanted no more. */
    forget: useCallback(async (): Promise<void> => {
      state.current.isOver = true;
      setFound(false);
      if (id) await remove(id);
    }, [id]),
  };
};

/** Says that what stands in the form was found, and lets it go. */
export const FoundDraft = ({ found, drop }: { readonly found: boolean; readonly drop: () => void }) => {
  const { t } = useWords();
  return found ? (
    <div className="row field" role="status">
      <span className="quiet">{t('draft.found')}</span>
      <Button size="small" onClick={drop}>
        {t('draft.discard')}
      </Button>
    </div>
  ) : null;
};
