import type { UploadFile } from '@tongxin/client/upload.ts';
import type { AllowedAction, CaseView } from '@tongxin/domain/case/view.ts';
import { inputOf, type Misfits, misfits, type Values } from '@tongxin/ui/field.ts';
import { isKnownKey } from '@tongxin/ui/words.ts';
import { useState } from 'preact/hooks';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { AnswerField } from '../../../lib/form/answer-field.tsx';
import { PhotoField } from '../../../lib/form/photo-field.tsx';
import { zh } from '../../../lib/i18n/zh.ts';
import { act } from '../mutations.ts';
import { NO_SHOTS, ProofField, type Shots, useProof } from './proof.tsx';

interface CaseActProps {
  readonly view: CaseView;
  readonly action: Pick<AllowedAction, 'id' | 'label' | 'form' | 'evidence'> & { readonly to?: string };
  readonly place: string;
  readonly unit: string;
  readonly close: () => void;
}

/** The form of one step of handling. It goes into the queue; where there is a network it leaves at once. */
export const CaseAct = ({ view, action, place, unit, close }: CaseActProps) => {
  const { f, t, l } = useFieldWords();
  const [values, setValues] = useState<Values>({});
  const [photos, setPhotos] = useState<readonly UploadFile[]>([]);
  const [shots, setShots] = useState<Shots>(NO_SHOTS);
  const [wrong, setWrong] = useState<Misfits>({});
  const [few, setFew] = useState(false);
  const [busy, setBusy] = useState(false);
  const { filesOf } = useProof();
  const least = action.evidence?.min ?? 0;
  const compares = action.id === 'resolve';
  const say = (code: string | undefined): string | undefined => {
    if (!code) return undefined;
    const key = `misfit.${code}`;
    return t(isKnownKey(zh, key) ? key : 'misfit.other');
  };
  const send = async (): Promise<void> => {
    const found = misfits(action.form, values);
    const enough = (compares ? shots.before.length + shots.after.length : photos.length) >= least;
    setWrong(found);
    setFew(!enough);
    if (Object.keys(found).length > 0 || !enough) return;
    setBusy(true);
    const files = compares ? await filesOf(shots, place, unit) : photos;
    await act({
      caseId: view.id,
      number: view.number,
      version: view.version,
      action: action.id,
      label: action.label,
      ...(action.to ? { to: action.to } : {}),
      input: inputOf(action.form, values),
      files,
    });
    close();
  };
  return (
    <form
      class="notice"
      noValidate
      aria-label={l(action.label)}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3>{l(action.label)}</h3>
      {action.form.map((field) => (
        <AnswerField
          key={field.id}
          field={field}
          value={values[field.id]}
          {...(say(wrong[field.id]) ? { wrong: say(wrong[field.id])! } : {})}
          onChange={(value) => setValues((now) => ({ ...now, [field.id]: value }))}
        />
      ))}
      {compares ? (
        <ProofField shots={shots} onChange={setShots} />
      ) : action.evidence || action.form.some(({ type }) => type === 'longText') ? (
        <PhotoField legend={t('form.addPhotos')} photos={photos} onChange={setPhotos} />
      ) : null}
      {few ? (
        <p class="wrong" role="alert">
          {t('form.needFiles', { n: least })}
        </p>
      ) : null}
      <div class="row">
        <button type="submit" class="primary" disabled={busy}>
          {f('case.send')}
        </button>
        <button type="button" onClick={close}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  );
};
