import { deviceStore } from '@tongxin/client/outbox-store.ts';
import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { Channel, DemandKind } from '@tongxin/domain/case/schema.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { BehalfOf } from './behalf-of-fields.tsx';

export const LOG_CHANNELS = ['hotline', 'window', 'letter', 'patrol', 'department', 'media'] as const satisfies readonly Channel[];
export const DEMANDS = ['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise'] as const satisfies readonly DemandKind[];

/** A report as it is typed while somebody tells it. Its ids are made with it: sent twice it is filed once. */
export interface LogDraft {
  readonly id: string;
  readonly caseId: string;
  readonly procedure: 'order' | 'letter';
  readonly channel: (typeof LOG_CHANNELS)[number];
  readonly text: string;
  readonly demandKind?: DemandKind | undefined;
  readonly categoryId?: string | undefined;
  readonly path: readonly AreaView[];
  readonly address: string;
  readonly name: string;
  readonly phone: string;
  readonly protected: boolean;
  readonly callBackWanted: boolean;
  /** They want to hear of it by SMS, and said so. */
  readonly notify: boolean;
  readonly behalfOf?: BehalfOf | undefined;
  readonly respondent?: string | undefined;
  readonly files: readonly UploadFile[];
  /** A question answered on the spot: the words, and the article they came from. */
  readonly reply: string;
  readonly articleId?: string | undefined;
}

const store = deviceStore<LogDraft>('tongxin-desk-log');

/** What was typed and not filed goes with whoever signs out: the next person at this desk must not find it. */
export const clearLogDrafts = async (): Promise<void> => {
  for (const { id } of await store.all()) await store.remove(id);
};

const SAVE_AFTER_MS = 300;

const fresh = (id: string, begun: Partial<LogDraft>): LogDraft => ({
  id,
  caseId: uuidv7(),
  procedure: 'order',
  channel: 'hotline',
  text: '',
  path: [],
  address: '',
  name: '',
  phone: '',
  protected: false,
  callBackWanted: false,
  notify: false,
  files: [],
  reply: '',
  ...begun,
});

/** A report being typed: found again after a closed tab, written to the device as it changes, and never waiting for anything. */
export const useLogDraft = (id: string, begun: Partial<LogDraft> = {}) => {
  const [draft, setDraft] = useState(() => fresh(id, begun));
  const [found, setFound] = useState(false);
  const latest = useRef(draft);
  const touched = useRef(false);
  const over = useRef(false);
  const save = useCallback((): void => {
    if (touched.current && !over.current) void store.put(latest.current);
  }, []);
  useEffect(() => {
    let here = true;
    void store.get(id).then((before) => {
      // Whoever typed faster than the device read keeps what they typed.
      if (!here || !before || touched.current) return;
      setFound(true);
      setDraft(before);
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
  return {
    draft,
    found,
    change: useCallback((part: Partial<LogDraft>) => {
      touched.current = true;
      setDraft((now) => ({ ...now, ...part }));
    }, []),
    /** It is filed, or given up: nothing of it stays on the device. */
    forget: useCallback(() => {
      over.current = true;
      void store.remove(id);
    }, [id]),
  };
};
