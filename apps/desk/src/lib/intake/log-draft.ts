import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { Channel, DemandKind } from '@tongxin/domain/case/schema.ts';
import { useCallback, useState } from 'react';
import { useFormDraft } from '../draft/form-draft.tsx';
import type { BehalfOf } from './behalf-of-fields.tsx';

export const LOG_CHANNELS = ['hotline', 'window', 'letter', 'patrol', 'department', 'media'] as const satisfies readonly Channel[];
export const DEMANDS = ['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise'] as const satisfies readonly DemandKind[];

/** A report as it is typed while somebody tells it. Its ids are made with it: sent twice it is filed once. */
export interface LogDraft {
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

const fresh = (begun: Partial<LogDraft>): LogDraft => ({
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

/** A report being typed, kept on the device as other forms are; it never waits for anything. */
export const useLogDraft = (form: string, begun: Partial<LogDraft> = {}) => {
  const [draft, setDraft] = useState(() => fresh(begun));
  const { found, forget } = useFormDraft(form, draft, setDraft);
  return {
    draft,
    found,
    change: useCallback((part: Partial<LogDraft>) => setDraft((now) => ({ ...now, ...part })), []),
    /** It is filed, or given up: nothing of it stays on the device. */
    forget,
  };
};
