import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { go } from '../../../app/router.tsx';
import { type Draft, type DraftFault, faultsOf } from '../../../lib/draft/draft.ts';
import { useDraft } from '../../../lib/draft/draft-state.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { sendDraft } from '../mutations.ts';

interface DraftFormProps {
  readonly id: Draft['id'];
  readonly title: string;
  readonly submit: string;
  readonly children: (draft: Draft, change: (part: Partial<Draft>) => void, faults: readonly DraftFault[]) => ComponentChildren;
}

/** The frame of report and letter: a kept draft, its faults, and sending. */
export const DraftForm = ({ id, title, submit, children }: DraftFormProps) => {
  const { t, why } = useWords();
  const { draft, found, change, restart, finish } = useDraft(id);
  const [seen, setFaults] = useState<readonly DraftFault[]>([]);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  if (!draft)
    return (
      <p class="state" role="status">
        {t('load.loading')}
      </p>
    );

  // What was wrong when it was to be sent, and is wrong still.
  const wrongNow = faultsOf(draft);
  const faults = seen.filter((fault) => wrongNow.includes(fault));
  const send = async (form: HTMLFormElement): Promise<void> => {
    setFaults(wrongNow);
    if (wrongNow.length) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setSending(true);
    try {
      const caseId = await sendDraft(draft);
      finish();
      go(`/receipt/${caseId}`);
    } catch (failure) {
      setProblem(failure);
      setSending(false);
    }
  };
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      {found ? (
        <div class="notice">
          {t('report.draftKept')}{' '}
          <button type="button" class="plain" onClick={restart}>
            {t('report.draftDrop')}
          </button>
        </div>
      ) : null}
      <form
        key={draft.caseId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send(event.currentTarget);
        }}
      >
        {children(draft, change, faults)}
        {faults.length ? (
          <p class="wrong" role="alert">
            {t('report.checkAbove')}
          </p>
        ) : null}
        {problem ? (
          <p class="wrong" role="alert">
            {why(problem)}
          </p>
        ) : null}
        <button type="submit" class="primary wide" disabled={sending}>
          {sending ? t('form.sending') : submit}
        </button>
      </form>
    </>
  );
};
