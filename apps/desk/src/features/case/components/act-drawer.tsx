import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { ApiProblem } from '@tongxin/client/problem.ts';
import type { UploadFile } from '@tongxin/client/upload.ts';
import type { AllowedAction, CaseView } from '@tongxin/domain/case/view.ts';
import { inputOf, type Misfits, misfits, type Values } from '@tongxin/ui/field.ts';
import { Alert, Button, Drawer } from 'antd';
import { type FormEvent, useState } from 'react';
import { FileField } from '../../../lib/form/file-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { prepareAct } from '../mutations.ts';
import { AnswerField } from './answer-field.tsx';

interface ActDrawerProps {
  readonly view: CaseView;
  readonly action: AllowedAction;
  readonly close: () => void;
}

/** The form of one action, drawn from its definition: questions, evidence, and what will follow. */
export const ActDrawer = ({ view, action, close }: ActDrawerProps) => {
  const { t, l, of, why } = useWords();
  const client = useQueryClient();
  const [values, setValues] = useState<Values>({});
  const [files, setFiles] = useState<readonly UploadFile[]>([]);
  const [wrong, setWrong] = useState<Misfits>({});
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(() => prepareAct(view.id, action.id));
  const least = action.evidence?.min ?? 0;
  const [few, setFew] = useState(false);
  const kinds = (action.evidence?.kinds ?? []).map((kind) => of('form.kind', kind, t('case.document'))).join(' / ');

  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = misfits(action.form, values);
    setWrong(found);
    setFew(files.length < least);
    if (Object.keys(found).length || files.length < least) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const next = await attempt(view.version, inputOf(action.form, values), files);
      client.setQueryData(keys.case(view.id), next);
      void client.invalidateQueries({ queryKey: keys.allCases });
      close();
      return;
    } catch (failure) {
      setProblem(failure);
      if (failure instanceof ApiProblem && failure.status !== 0) setAttempt(() => prepareAct(view.id, action.id));
      // What the screen showed is no longer so: show what is, and keep what was written.
      if (failure instanceof ApiProblem && failure.status === 409) void client.invalidateQueries({ queryKey: keys.case(view.id) });
      // Reading one's right to see it may have gone with the action: the list is the place to look.
      if (failure instanceof ApiProblem && failure.status === 404) void client.invalidateQueries({ queryKey: keys.allCases });
    }
    setBusy(false);
  };
  const changed = problem instanceof ApiProblem && problem.code === 'caseChanged';
  return (
    <Drawer open title={l(action.label)} onClose={close} size={520} mask={{ closable: false }} styles={{ wrapper: { maxWidth: '100vw' } }}>
      <form onSubmit={(event) => void send(event)} noValidate aria-label={l(action.label)}>
        {action.form.map((field) => (
          <AnswerField
            key={field.id}
            field={field}
            value={values[field.id]}
            wrong={wrong[field.id] ? of('misfit', wrong[field.id]!, t('misfit.other')) : undefined}
            suggested={view.suggested}
            onChange={(value) => setValues((now) => ({ ...now, [field.id]: value ?? undefined }))}
          />
        ))}
        <FileField
          id="act-files"
          label={t('form.files')}
          hint={least ? t('form.evidence', { n: least, kinds }) : undefined}
          files={files}
          onChange={setFiles}
        />
        {few ? (
          <p className="wrong" role="alert">
            {t('form.fewFiles', { n: least })}
          </p>
        ) : null}
        <p className="quiet">{of('form.consequence.duty', action.duty, t('form.consequence.duty.progress'))}</p>
        {problem ? <Alert role="alert" type="error" showIcon title={changed ? t('case.changed') : why(problem)} className="field" /> : null}
        <div className="row">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('form.submit')}
          </Button>
          <Button onClick={close}>{t('form.cancel')}</Button>
        </div>
      </form>
    </Drawer>
  );
};
