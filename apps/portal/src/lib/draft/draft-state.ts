import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Draft, draftStore, emptyDraft, isEmptyDraft } from './draft.ts';

const SAVE_AFTER_MS = 300;

/** The unfinished draft of a kind: read from the device, written back as it changes. */
export const useDraft = (id: Draft['id']) => {
  const [draft, setDraft] = useState<Draft>();
  const [found, setFound] = useState(false);
  const latest = useRef<Draft | undefined>(undefined);
  const sent = useRef(false);

  const save = useCallback(() => {
    if (latest.current && !sent.current) void draftStore.put(latest.current);
  }, []);
  useEffect(() => {
    let here = true;
    void draftStore
      .get(id)
      .catch(() => undefined)
      .then((kept) => {
        if (!here) return;
        setFound(kept !== undefined && !isEmptyDraft(kept));
        setDraft(kept ?? emptyDraft(id));
      });
    addEventListener('pagehide', save);
    return () => {
      here = false;
      removeEventListener('pagehide', save);
      save();
    };
  }, [id, save]);
  useEffect(() => {
    latest.current = draft;
    const later = setTimeout(save, SAVE_AFTER_MS);
    return () => clearTimeout(later);
  }, [draft, save]);

  const change = useCallback((part: Partial<Draft>) => setDraft((now) => now && { ...now, ...part }), []);
  const restart = useCallback(() => {
    void draftStore.remove(id);
    setFound(false);
    setDraft(emptyDraft(id));
  }, [id]);
  /** From here on the draft is the outbox's. */
  const finish = useCallback(() => {
    sent.current = true;
  }, []);
  return { draft, found, change, restart, finish };
};
