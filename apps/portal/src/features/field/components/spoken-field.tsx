import type { UploadFile } from '@tongxin/client/upload.ts';
import { useDictation } from '../../../lib/field/voice.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { LONGEST_S, useRecorder } from '../../../lib/form/recorder.ts';

interface SpokenFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly wrong?: string | undefined;
  readonly value: string;
  readonly maxLength?: number | undefined;
  readonly onChange: (value: string) => void;
  /** Takes a recording where the browser cannot type by voice. */
  readonly onSound?: ((sound: UploadFile) => void) | undefined;
}

/** Recording, as a button. */
export const RecordButton = ({ onSound }: { onSound: (sound: UploadFile) => void }) => {
  const { f, t } = useFieldWords();
  const { seconds, denied, start, stop } = useRecorder(onSound);
  if (!start) return null;
  const recording = seconds !== undefined;
  return (
    <>
      <button type="button" aria-pressed={recording} onClick={() => (recording ? stop() : void start())}>
        {f(recording ? 'voice.stop' : 'voice.record')}
      </button>
      {recording ? <span role="timer">{t('voice.recording', { n: seconds, max: LONGEST_S })}</span> : null}
      {denied ? (
        <p class="wrong" role="alert">
          {f('voice.noMicrophone')}
        </p>
      ) : null}
    </>
  );
};

/** Words typed or spoken: by the browser's own recognition where it has one, otherwise as a recording. */
export const SpokenField = ({ id, label, hint, wrong, value, maxLength = 5000, onChange, onSound }: SpokenFieldProps) => {
  const { f, language } = useFieldWords();
  const { listening, failed, start, stop } = useDictation(language, (words) => onChange(`${value}${words}`));
  return (
    <FormField id={id} label={label} {...(hint ? { hint } : {})} {...(wrong ? { wrong } : {})}>
      {(tied) => (
        <>
          <textarea {...tied} maxLength={maxLength} value={value} onInput={(event) => onChange(event.currentTarget.value)} />
          {start && navigator.onLine ? (
            <button type="button" aria-pressed={listening} onClick={() => (listening ? stop() : start())}>
              {f(listening ? 'voice.stop' : 'voice.speak')}
            </button>
          ) : onSound ? (
            <RecordButton onSound={onSound} />
          ) : null}
          {failed ? (
            <p class="wrong" role="alert">
              {f('voice.notHeard')}
            </p>
          ) : null}
        </>
      )}
    </FormField>
  );
};
