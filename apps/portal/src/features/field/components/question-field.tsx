import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { Question } from '@tongxin/domain/collection/schema.ts';
import type { FieldValue } from '@tongxin/domain/edit/schema.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { PhotoField } from '../../../lib/form/photo-field.tsx';
import { PlaceField } from './place-field.tsx';
import { SignatureField } from './signature-field.tsx';
import { RecordButton, SpokenField } from './spoken-field.tsx';

interface QuestionFieldProps {
  readonly question: Question;
  /** Where its answer stands; also the id of its control. */
  readonly field: string;
  readonly value: FieldValue;
  readonly wrong?: string | undefined;
  /** Files that are on this device. */
  readonly files: readonly UploadFile[];
  readonly onChange: (value: FieldValue) => void;
  /** New files with the ids that now stand in the answer. */
  readonly onFiles: (files: readonly UploadFile[], value: FieldValue) => void;
}

const idsOf = (value: FieldValue): readonly string[] => (Array.isArray(value) ? value : []);
const textOf = (value: FieldValue): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');

/** A control for one question of a form of the field, by its kind. */
export const QuestionField = ({ question, field, value, wrong, files, onChange, onFiles }: QuestionFieldProps) => {
  const { f, t, l, language } = useFieldWords();
  const optional = question.required ? '' : language === 'zh' ? `（${t('form.optional')}）` : ` (${t('form.optional')})`;
  const label = `${l(question.label)}${optional}`;
  const hint = question.hint ? l(question.hint) : undefined;
  const id = `q-${field.replaceAll('/', '-')}`;
  const fault = wrong ? (
    <p class="wrong" id={`${id}-wrong`} role="alert">
      {wrong}
    </p>
  ) : null;
  const many = (kind: 'radio' | 'checkbox', options: readonly { value: string | boolean; words: string }[]) => (
    <fieldset id={id} aria-describedby={wrong ? `${id}-wrong` : undefined}>
      <legend>{label}</legend>
      {hint ? <p class="hint">{hint}</p> : null}
      <div class="choices">
        {options.map((option) => {
          const chosen = kind === 'radio' ? value === option.value : idsOf(value).includes(String(option.value));
          return (
            <label key={String(option.value)} class="tick">
              <input
                type={kind}
                name={id}
                checked={chosen}
                onChange={() =>
                  onChange(
                    kind === 'radio'
                      ? option.value
                      : chosen
                        ? idsOf(value).filter((one) => one !== option.value)
                        : [...idsOf(value), String(option.value)],
                  )
                }
              />
              <span>{option.words}</span>
            </label>
          );
        })}
      </div>
      {kind === 'radio' && value !== null && !question.required ? (
        <button type="button" class="plain" onClick={() => onChange(null)}>
          {f('question.noAnswer')}
        </button>
      ) : null}
      {fault}
    </fieldset>
  );
  const mine = files.filter(({ fileId }) => idsOf(value).includes(fileId));
  const elsewhere = idsOf(value).length - mine.length;
  const hold = (chosen: readonly UploadFile[]): void => {
    const kept = idsOf(value).filter((one) => !files.some(({ fileId }) => fileId === one));
    onFiles(chosen, [...kept, ...chosen.map(({ fileId }) => fileId)]);
  };
  switch (question.kind) {
    case 'note':
      return <p class="note">{l(question.label)}</p>;
    case 'boolean':
      return many('radio', [
        { value: true, words: t('case.answerYes') },
        { value: false, words: t('case.answerNo') },
      ]);
    case 'choice':
    case 'choices':
      return many(
        question.kind === 'choice' ? 'radio' : 'checkbox',
        (question.options ?? []).map((option) => ({ value: option.value, words: l(option.label) })),
      );
    case 'longText':
      return (
        <SpokenField
          id={id}
          label={label}
          hint={hint}
          wrong={wrong}
          value={textOf(value)}
          maxLength={question.maxLength}
          onChange={onChange}
        />
      );
    case 'place':
      return (
        <>
          <PlaceField value={value} onChange={onChange} label={label} />
          {fault}
        </>
      );
    case 'photo':
      return (
        <>
          <PhotoField legend={label} photos={mine} onChange={hold} />
          {elsewhere > 0 ? <p class="small">{f('question.filesSent', { n: elsewhere })}</p> : null}
          {fault}
        </>
      );
    case 'sound':
      return (
        <fieldset>
          <legend>{label}</legend>
          {hint ? <p class="hint">{hint}</p> : null}
          <div class="row">
            <RecordButton onSound={(sound) => hold([...mine, sound])} />
            <label class="button file">
              {f('question.pickSound')}
              <input
                type="file"
                accept="audio/*"
                onChange={(event) => {
                  const chosen = event.currentTarget.files?.[0];
                  if (chosen) hold([...mine, { fileId: uuidv7(), kind: 'sound', name: chosen.name, blob: chosen }]);
                  event.currentTarget.value = '';
                }}
              />
            </label>
          </div>
          {mine.map((sound, i) => (
            <p key={sound.fileId} class="row">
              {f('question.sound', { n: i + 1 })}
              <button type="button" onClick={() => hold(mine.filter((one) => one !== sound))}>
                {f('question.remove')}
              </button>
            </p>
          ))}
          {elsewhere > 0 ? <p class="small">{f('question.filesSent', { n: elsewhere })}</p> : null}
          {fault}
        </fieldset>
      );
    case 'signature':
      return (
        <>
          <SignatureField
            label={label}
            signed={mine[0] ?? (idsOf(value).length > 0 ? 'sent' : undefined)}
            onSign={(file) => onFiles(file ? [file] : [], file ? [file.fileId] : null)}
          />
          {fault}
        </>
      );
    default: {
      const isNumber = question.kind === 'integer' || question.kind === 'number';
      const type = isNumber ? 'number' : question.kind === 'date' ? 'date' : 'text';
      return (
        <FormField id={id} label={label} {...(hint ? { hint } : {})} {...(wrong ? { wrong } : {})}>
          {(tied) => (
            <input
              {...tied}
              type={type as 'text'}
              inputMode={question.kind === 'integer' ? 'numeric' : isNumber ? 'decimal' : undefined}
              step={question.kind === 'number' ? 'any' : undefined}
              min={question.minimum}
              max={question.maximum}
              maxLength={isNumber ? undefined : (question.maxLength ?? 200)}
              value={textOf(value)}
              onInput={(event) => {
                const typed = event.currentTarget.value;
                onChange(typed === '' ? null : isNumber ? Number(typed) : typed);
              }}
            />
          )}
        </FormField>
      );
    }
  }
};
