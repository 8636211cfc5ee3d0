import { ApiProblem } from '@tongxin/client/problem.ts';
import type { UploadFile } from '@tongxin/client/upload.ts';
import type { AllowedAction, CaseView } from '@tongxin/domain/case/view.ts';
import { inputOf, type Misfits, misfits, type Values } from '@tongxin/ui/field.ts';
import { isKnownKey } from '@tongxin/ui/words.ts';
import { useState } from 'preact/hooks';
import { AnswerField } from '../../../lib/form/answer-field.tsx';
import { PhotoField } from '../../../lib/form/photo-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { zh } from '../../../lib/i18n/zh.ts';
import { prepareAct } from '../mutations.ts';

interface ActFormProps {
  readonly code: string;
  readonly view: CaseView;
  readonly action: AllowedAction;
  readonly done: (view: CaseView) => void;
  /** The case moved on meanwhile. */
  readonly changed: () => void;
  readonly cancel: () => void;
}

/** The form of one action, drawn from its definition. */
export const ActForm = ({ code, view, action, done, changed, cancel }: ActFormProps) => {
  const { t, l, why } = useWords();
  const [values, setValues] = useState<Values>({});
  const [files, setFiles] = useState<readonly UploadFile[]>([]);
  const [wrong, setWrong] = useState<Misfits>({});
  const [problem, setProblem] = useState<unknown>();
  const [sending, setSending] = useState(false);
  const [attempt, setAttempt] = useState(() => prepareAct(code, action.id));
  const least = action.evidence?.min ?? 0;
  const takesPhotos = action.evidence !== undefined || action.form.some((field) => field.type === 'longText');
  const [fewFiles, setFewFiles] = useState(false);

  const say = (misfit: string | undefined): string | undefined => {
    if (!misfit) return undefined;
    const key = `misfit.${misfit}`;
    return t(isKnownKey(zh, key) ? key : 'misfit.other');
  };

  const send = async (form: HTMLFormElement): Promise<void> => {
    const found = misfits(action.form, values);
    setWrong(found);
    setFewFiles(files.length < least);
    if (Object.keys(found).length || files.length < least) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"], .wrong ~ *, input')?.focus());
      return;
    }
    setSending(true);
    setProblem(undefined);
    try {
      done(await attempt(view.version, inputOf(action.form, values), files));
    } catch (failure) {
      setProblem(failure);
      if (failure instanceof ApiProblem && failure.code === 'caseChanged') {
        setAttempt(() => prepareAct(code, action.id));
        changed();
      }
    }
    setSending(false);
  };
  return (
    <form
      class="notice"
      noValidate
      aria-label={l(action.label)}
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      <h3>{l(action.label)}</h3>
      {action.form.map((field) => (
        <AnswerField
          key={field.id}
          field={field}
          value={values[field.id]}
          wrong={say(wrong[field.id])}
          onChange={(value) => setValues((now) => ({ ...now, [field.id]: value }))}
        />
      ))}
      {takesPhotos ? <PhotoField legend={t('form.addPhotos')} photos={files} onChange={setFiles} /> : null}
      {fewFiles ? (
        <p class="wrong" role="alert">
          {t('form.needFiles', { n: least })}
        </p>
      ) : null}
      {problem ? (
        <p class="wrong" role="alert">
          {why(problem)}
        </p>
      ) : null}
      <div class="row">
        <button type="submit" class="primary" disabled={sending}>
          {t(sending ? 'form.sending' : 'form.send')}
        </button>
        <button type="button" onClick={cancel}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  );
};
