import type { Field } from '@tongxin/domain/procedure/schema.ts';
import { useWords } from '../i18n/i18n.tsx';
import { FormField, Tick } from './field.tsx';

interface AnswerFieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly wrong?: string;
  readonly onChange: (value: unknown) => void;
}

const INPUT_TYPES = { text: 'text', date: 'date', instant: 'datetime-local', integer: 'number' } as const;

/** A control for one question of a procedure's form. Questions only staff can answer (bodies, persons) are not asked here. */
export const AnswerField = ({ field, value, wrong, onChange }: AnswerFieldProps) => {
  const { t, l, language } = useWords();
  const optional = field.required ? '' : language === 'zh' ? `（${t('form.optional')}）` : ` (${t('form.optional')})`;
  const label = `${l(field.label)}${optional}`;
  const hint = field.hint ? l(field.hint) : undefined;
  const id = `answer-${field.id}`;
  if (field.type === 'boolean') return <Tick label={l(field.label)} hint={hint} checked={value === true} onChange={onChange} />;
  if (field.type === 'choice')
    return (
      <fieldset aria-describedby={wrong ? `${id}-wrong` : undefined}>
        <legend>{label}</legend>
        {hint ? <p class="hint">{hint}</p> : null}
        {field.options?.map((option) => (
          <label key={option.value} class="tick">
            <input type="radio" name={id} checked={value === option.value} onChange={() => onChange(option.value)} />
            <span>{l(option.label)}</span>
          </label>
        ))}
        {wrong ? (
          <p class="wrong" id={`${id}-wrong`} role="alert">
            {wrong}
          </p>
        ) : null}
      </fieldset>
    );
  return (
    <FormField id={id} label={label} hint={hint} wrong={wrong}>
      {(tied) =>
        field.type === 'longText' ? (
          <textarea
            {...tied}
            maxLength={field.maxLength ?? 5000}
            value={String(value ?? '')}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        ) : (
          <input
            {...tied}
            // Which of these it is stands in the definition; the control's type has no name for "one of them".
            type={(INPUT_TYPES[field.type as keyof typeof INPUT_TYPES] ?? 'text') as 'number'}
            min={field.minimum}
            max={field.maximum}
            maxLength={field.maxLength}
            value={String(value ?? '')}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )
      }
    </FormField>
  );
};
