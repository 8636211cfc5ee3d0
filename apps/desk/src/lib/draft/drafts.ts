import { type ActDraft, makeActOutbox } from '@tongxin/client/act-outbox.ts';
import { deviceStore } from '@tongxin/client/outbox-store.ts';
import { useEffect, useState } from 'react';
import { byPost } from '../by-post.ts';
import { api } from '../services.ts';

/** Forms of actions that are not sent yet, kept in this browser for one person until sign-out. */
export const drafts = makeActOutbox({
  store: deviceStore<ActDraft>('tongxin-desk-drafts'),
  upload: (caseId, file) => api.uploadToCase(caseId, file),
  act: async (caseId, action) => api.act(caseId, await byPost(action)),
});

/** What a person has not sent yet, oldest first. */
export const useDrafts = (personId: string | undefined): readonly ActDraft[] => {
  const [found, setFound] = useState<readonly ActDraft[]>([]);
  useEffect(() => {
    if (!personId) return;
    let here = true;
    const read = (): void => void drafts.of(personId).then((all) => here && setFound(all));
    read();
    const stop = drafts.onChange(read);
    return () => {
      here = false;
      stop();
    };
  }, [personId]);
  return found;
};
