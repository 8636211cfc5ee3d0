import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { ApiProblem, isPassing } from '@tongxin/client/problem.ts';
import type { AllowedAction, CaseView } from '@tongxin/domain/case/view.ts';
import { inputOf, type Misfits, misfits } from '@tongxin/ui/field.ts';
import { Alert, Button, Drawer } from 'antd';
import { type FormEvent, useState } from 'react';
import { useActDraft } from '../../../lib/draft/act-draft.ts';
import { drafts } from '../../../lib/draft/drafts.ts';
import { FileField } from '../../../lib/form/file-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { AnswerField } from './answer-field.tsx';
import { Consequences } from './consequences.tsx';
import { ReplyPicker } from './reply-picker.tsx';
import { useShow } from './unsent.tsx';

interface ActDrawerProps {
  readonly view: CaseView;
  readonly action: AllowedAction;
  readonly personId: string;
  readonly close: () => void;
}

/** The form of one action, drawn from its definition: questions, evidence, and what will follow. */
export const ActDrawer = ({ view, action, personId, close }: ActDrawerProps) => {
  const { t, l, of, why } = useWords();
  const client = useQueryClient();
  const show = useShow();
  const { draft, found, kept, setValue, setFiles, hold, reread, discard } = useActDraft(view, action, personId);
  const [wrong, setWrong] = useState<Misfits>({});
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [few, setFew] = useState(false);
  const least = action.evidence?.min ?? 0;
  const kinds = (action.evidence?.kinds ?? []).map((kind) => of('form.kind', kind, t('case.document'))).join(' / ');

  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!draft) return;
    const form = event.currentTarget;
    const unfit = misfits(action.form, draft.values);
    setWrong(unfit);
    setFew(draft.files.length < least);
    if (Object.keys(unfit).length || draft.files.length < least) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    setProblem(undefined);
    // What waits already is sent as it was; the rest as it is now, on the case as it is now.
    const sent = draft.state === 'waiting' ? draft : { ...draft, version: view.version, input: inputOf(action.form, draft.values) };
    try {
      hold();
      const next = await drafts.send(sent);
      show(next);
      close();
      return;
    } catch (failure) {
      setProblem(failure);
      await reread();
      // What the screen showed is no longer so: show what is, and keep what was written.
      if (failure instanceof ApiProblem && failure.status === 409) void client.invalidateQueries({ queryKey: keys.case(view.id) });
      // Reading one's right to see it may have gone with the action: the list is the place to look.
      if (failure instanceof ApiProblem && failure.status === 404) void client.invalidateQueries({ queryKey: keys.allCases });
    }
    setBusy(false);
  };
  const changed = problem instanceof ApiProblem && problem.code === 'caseChanged';
  const waits = draft?.state === 'waiting';
  const passing = isPassing(problem) || (problem instanceof ApiProblem && problem.status === 401);
  const came = !problem && draft?.problem ? new ApiProblem(draft.problem.status, draft.problem.code, draft.problem.title) : undefined;
  return (
    <Drawer open title={l(action.label)} onClose={close} size={520} mask={{ closable: false }} styles={{ wrapper: { maxWidth: '100vw' } }}>
      {draft ? (
        <form onSubmit={(event) => void send(event)} noValidate aria-label={l(action.label)}>
          {found ? (
            <div className="row field" role="status">
              <span className="quiet">{t(waits ? 'draft.foundWaiting' : 'draft.found')}</span>
              <Button
                size="small"
                onClick={() => {
                  discard();
                  close();
                }}
              >
                {t('draft.discard')}
              </Button>
            </div>
          ) : null}
          {came ? <Alert role="alert" type="warning" title={t('draft.why', { why: why(came) })} className="field" /> : null}
          {action.form.map((field) => (
            <AnswerField
              key={field.id}
              field={field}
              value={draft.values[field.id]}
              wrong={wrong[field.id] ? of('misfit', wrong[field.id]!, t('misfit.other')) : undefined}
              suggested={view.suggested}
              onChange={(value) => setValue(field.id, value)}
              above={
                field.type === 'longText' ? (
                  <ReplyPicker
                    view={view}
                    field={field}
                    insert={(words) => {
                      const before = String(draft.values[field.id] ?? '');
                      setValue(field.id, before.trim() ? `${before.trimEnd()}\n${words}` : words);
                    }}
                  />
                ) : undefined
              }
            />
          ))}
          <FileField
            id="act-files"
            label={t('form.files')}
            hint={least ? t('form.evidence', { n: least, kinds }) : undefined}
            files={draft.files}
            onChange={setFiles}
          />
          {few ? (
            <p className="wrong" role="alert">
              {t('form.fewFiles', { n: least })}
            </p>
          ) : null}
          <Consequences action={action} />
          {problem ? (
            <Alert
              role="alert"
              type={passing ? 'warning' : 'error'}
              showIcon
              title={changed ? t('case.changed') : passing && waits ? t('draft.keptWaiting', { why: why(problem) }) : why(problem)}
              className="field"
            />
          ) : null}
          <div className="row">
            <Button type="primary" htmlType="submit" loading={busy}>
              {t(waits ? 'draft.sendNow' : 'form.submit')}
            </Button>
            <Button onClick={close}>{t(waits ? 'draft.later' : 'form.cancel')}</Button>
            <span role="status" className="quiet">
              {kept && !busy && !waits ? t('draft.kept') : ''}
            </span>
          </div>
        </form>
      ) : null}
    </Drawer>
  );
};
