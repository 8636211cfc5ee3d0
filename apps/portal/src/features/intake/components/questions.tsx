import { answered } from '@tongxin/domain/category/rules.ts';
import type { Answer, Question } from '@tongxin/domain/category/schema.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface QuestionsProps {
  readonly questions: readonly Question[];
  readonly answers: readonly Answer[];
  readonly wrong: boolean;
  readonly onChange: (answers: Answer[]) => void;
}

/** What a kind of matter asks beside the words. */
export const Questions = ({ questions, answers, wrong, onChange }: QuestionsProps) => {
  const { t, l, language } = useWords();
  if (!questions.length) return null;
  const answer = (question: Question, value: Answer['value']): void => onChange(answered(answers, question, value));
  return (
    <fieldset>
      <legend>{t('report.questions')}</legend>
      {questions.map((question) => {
        const { code, kind, required, label, hint, options = [] } = question;
        if (kind === 'note') return <p key={code}>{l(label)}</p>;
        const kept = answers.find((one) => one.code === code);
        const value = kept?.value ?? '';
        const missing = wrong && required && !kept?.line ? t('misfit.missing') : undefined;
        const optional = required ? '' : language === 'zh' ? `（${t('form.optional')}）` : ` (${t('form.optional')})`;
        const name = `${l(label)}${optional}`;
        const id = `question-${code}`;
        if (kind === 'choices')
          return (
            <fieldset key={code} aria-describedby={missing ? `${id}-wrong` : undefined}>
              <legend>{name}</legend>
              {hint ? <p class="hint">{l(hint)}</p> : null}
              {options.map((option) => (
                <label key={option.value} class="tick">
                  <input
                    type="checkbox"
                    checked={value.includes(option.value)}
                    onChange={(event) =>
                      answer(question, [
                        ...[value].flat().filter((one) => one !== option.value && one !== ''),
                        ...(event.currentTarget.checked ? [option.value] : []),
                      ])
                    }
                  />
                  <span>{l(option.label)}</span>
                </label>
              ))}
              {missing ? (
                <p class="wrong" id={`${id}-wrong`} role="alert">
                  {missing}
                </p>
              ) : null}
            </fieldset>
          );
        return (
          <FormField key={code} id={id} label={name} hint={hint ? l(hint) : undefined} wrong={missing}>
            {(tied) => {
              if (kind === 'choice')
                return (
                  <select {...tied} value={String(value)} onChange={(event) => answer(question, event.currentTarget.value)}>
                    <option value="">{t('report.pick')}</option>
                    {options.map((option) => (
                      <option key={option.value} value={option.value}>
                        {l(option.label)}
                      </option>
                    ))}
                  </select>
                );
              if (kind === 'longText')
                return (
                  <textarea
                    {...tied}
                    maxLength={1000}
                    value={String(value)}
                    onInput={(event) => answer(question, event.currentTarget.value)}
                  />
                );
              return (
                <input
                  {...tied}
                  type={(kind === 'number' ? 'number' : kind === 'instant' ? 'datetime-local' : 'text') as 'text'}
                  maxLength={200}
                  value={String(value)}
                  onInput={(event) => answer(question, event.currentTarget.value)}
                />
              );
            }}
          </FormField>
        );
      })}
    </fieldset>
  );
};
