import { type ActDraft, actDraftId, isBlank } from '@tongxin/client/act-outbox.ts';
import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AllowedAction, CaseView } from '@tongxin/domain/case/view.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { drafts } from './drafts.ts';
import { parting } from './parting.ts';

const SAVE_AFTER_MS = 300;

const fresh = (view: CaseView, action: AllowedAction, personId: string): ActDraft => ({
  id: actDraftId(personId, view.id, action.id),
  personId,
  caseId: view.id,
  action: action.id,
  caseNumber: view.number,
  label: action.label,
  commandId: uuidv7(),
  version: view.version,
  values: {},
  files: [],
  uploaded: [],
  state: 'writing',
  at: new Date().toISOString(),
});

/** The form of an action as it is filled in: found again after a closed tab, written to the device as it changes. */
export const useActDraft = (view: CaseView, action: AllowedAction, personId: string) => {
  const id = actDraftId(personId, view.id, action.id);
  const [draft, setDraft] = useState<ActDraft>();
  const [found, setFound] = useState(false);
  const [kept, setKept] = useState(false);
  const latest = useRef<ActDraft | undefined>(undefined);
  const touched = useRef(false);
  const over = useRef(false);

  const save = useCallback((): void => {
    const now = latest.current;
    if (!now || over.current || !touched.current || parting.now) return;
    if (isBlank(now)) {
      void drafts.remove(now.id);
      setKept(false);
    } else void drafts.put(now).then((done) => now === latest.current && setKept(done));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each form; what the case is by then is taken when it is sent
  useEffect(() => {
    let here = true;
    void drafts.get(id).then((before) => {
      if (!here) return;
      setFound(before !== undefined);
      setKept(before !== undefined);
      setDraft(before ?? fresh(view, action, personId));
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

  /** What is changed after it was sent is another command: the first may have arrived. */
  const change = useCallback((part: (now: ActDraft) => Partial<ActDraft>) => {
    touched.current = true;
    setDraft((now) => {
      if (!now) return now;
      const again = now.state === 'waiting' ? { commandId: uuidv7() } : {};
      return { ...now, ...part(now), ...again, state: 'writing', problem: undefined, at: new Date().toISOString() };
    });
  }, []);
  return {
    draft,
    /** There was one when the form was opened. */
    found,
    /** What is on the screen lies on the device. */
    kept,
    setValue: useCallback(
      (field: string, value: unknown) => change((now) => ({ values: { ...now.values, [field]: value ?? undefined } })),
      [change],
    ),
    setFiles: useCallback(
      (files: readonly UploadFile[]) => {
        // A picture takes a moment to lie there; words are also written when the tab goes.
        setKept(false);
        change((now) => ({ files, uploaded: now.uploaded.filter((one) => files.some(({ fileId }) => fileId === one)) }));
      },
      [change],
    ),
    /** While it is being sent, its state on the device is the sender's to write. */
    hold: useCallback(() => {
      over.current = true;
    }, []),
    /** Reads back what a sending that failed made of it. */
    reread: async (): Promise<void> => {
      over.current = false;
      const now = await drafts.get(id);
      if (now) setDraft(now);
      setKept(now !== undefined);
    },
    discard: useCallback(() => {
      over.current = true;
      void drafts.remove(id);
    }, [id]),
  };
};
