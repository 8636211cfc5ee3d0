import { useQuery } from '@tanstack/react-query';
import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { Channel, DemandKind } from '@tongxin/domain/case/schema.ts';
import { answersTo, signsOver } from '@tongxin/domain/category/rules.ts';
import type { Answer, CategoryView } from '@tongxin/domain/category/schema.ts';
import { useCallback, useState } from 'react';
import { categoriesQuery } from '../directory.ts';
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
  /** To what the category asks beside the words. */
  readonly answers?: readonly Answer[];
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

/** What a report of its kind is asked, and what was said to it so far; what was said stands while the list of kinds has not come. */
export const askedOf = ({ categoryId, answers = [] }: Pick<LogDraft, 'categoryId' | 'answers'>, categories: readonly CategoryView[]) => {
  const questions = categories.find(({ id }) => id === categoryId)?.questions ?? [];
  return { questions, answers: categories.length ? answersTo(questions, answers) : answers };
};

/** How many signs are too many in the words with the answers on the screen. */
export const overIn = (draft: Pick<LogDraft, 'text' | 'categoryId' | 'answers'>, categories: readonly CategoryView[]): number =>
  signsOver(draft.text, askedOf(draft, categories).answers);

/** What must be mended before it can be filed, by the id of its field: words that lack or are too many, and what its kind must know. */
export const lackingIn = (draft: Pick<LogDraft, 'text' | 'categoryId' | 'answers'>, categories: readonly CategoryView[]): string[] => [
  ...(draft.text.trim() && overIn(draft, categories) === 0 ? [] : ['text']),
  ...askedOf(draft, categories).answers.flatMap(({ code, required, line }) => (required && !line ? [`question-${code}`] : [])),
];

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

/** Looks over a report before it is sent: what lacks or is too long is named beside its field from then on, and the first of it is gone to. */
export const useLogCheck = (draft: LogDraft) => {
  const { data: categories = [] } = useQuery(categoriesQuery);
  const [isRefused, setRefused] = useState(false);
  return {
    isRefused,
    /** What is filed: the answers on the screen, to what is asked today. */
    asked: { ...draft, answers: askedOf(draft, categories).answers },
    check: (): boolean => {
      const [first] = lackingIn(draft, categories);
      setRefused(first !== undefined);
      if (first !== undefined) document.getElementById(first)?.focus();
      return first === undefined;
    },
  };
};
