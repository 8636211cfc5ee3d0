import { answered } from '@tongxin/domain/category/rules.ts';
import type { Answer, Question } from '@tongxin/domain/category/schema.ts';
import { Checkbox, Input, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import { FormField } from '../form/form-field.tsx';
import { useWords } from '../i18n/i18n.tsx';

interface QuestionsProps {
  readonly questions: readonly Question[];
  readonly answers: readonly Answer[];
  /** What must be answered and is not is said. */
  readonly isRefused: boolean;
  readonly onChange: (answers: Answer[]) => void;
}
interface OneProps {
  readonly question: Question;
  readonly answer: Answer;
  readonly wrong: string | undefined;
  readonly onAnswer: (value: Answer['value']) => void;
}

/** As many are read at a glance; more are looked for in a list. */
const AT_A_GLANCE = 6;
const TYPES = { text: 'text', number: 'number', instant: 'datetime-local' } as const;

/** Something to choose under its question; the whole can be gone to, as one field. */
const Choices = ({
  id,
  label,
  hint,
  wrong,
  children,
}: Record<'id' | 'label', string> & Record<'hint' | 'wrong', string | undefined> & { children: ReactNode }) => (
  <fieldset className="field" id={id} tabIndex={-1} aria-describedby={wrong ? `${id}-wrong` : undefined}>
    <legend>{label}</legend>
    {hint ? <div className="quiet">{hint}</div> : null}
    {children}
    {wrong ? (
      <div className="wrong" id={`${id}-wrong`} role="alert">
        {wrong}
      </div>
    ) : null}
  </fieldset>
);

const One = ({ question, answer, wrong, onAnswer }: OneProps) => {
  const { t, l, language } = useWords('intake');
  const { code, kind, required } = question;
  const id = `question-${code}`;
  const optional = required ? '' : language === 'zh' ? `（${t('form.optional')}）` : ` (${t('form.optional')})`;
  const named = { id, label: `${l(question.label)}${optional}`, hint: question.hint ? l(question.hint) : undefined, wrong };
  const options = (question.options ?? []).map(({ value, label }) => ({ value, label: l(label) }));
  const text = String(answer.value);
  if (kind === 'choices')
    return (
      <Choices {...named}>
        <Checkbox.Group options={options} value={[answer.value].flat()} onChange={onAnswer} />
      </Choices>
    );
  // What need not be answered can be taken back: a radio that is chosen is left by another one alone.
  const radios = required ? options : [...options, { value: '', label: t('log.noAnswer') }];
  if (kind === 'choice' && options.length <= AT_A_GLANCE)
    return (
      <Choices {...named}>
        <Radio.Group name={id} options={radios} value={text} onChange={(event) => onAnswer(event.target.value)} />
      </Choices>
    );
  return (
    <FormField {...named}>
      {(tied) => {
        if (kind === 'choice')
          return (
            <Select
              {...tied}
              allowClear
              placeholder={t('form.pick')}
              options={options}
              value={text || undefined}
              onChange={(value) => onAnswer(value ?? '')}
            />
          );
        if (kind === 'longText')
          return (
            <Input.TextArea
              {...tied}
              autoSize={{ minRows: 2, maxRows: 8 }}
              maxLength={1000}
              value={text}
              onChange={(event) => onAnswer(event.target.value)}
            />
          );
        return (
          <Input
            {...tied}
            type={TYPES[kind as keyof typeof TYPES]}
            maxLength={200}
            value={text}
            onChange={(event) => onAnswer(event.target.value)}
          />
        );
      }}
    </FormField>
  );
};

/** What a kind of matter asks beside the words, as the portal asks it; who tells it may not know, and then that is said. */
export const Questions = ({ questions, answers, isRefused, onChange }: QuestionsProps) => {
  const { t, l } = useWords('intake');
  if (!questions.length) return null;
  return (
    <fieldset className="card questions">
      <legend>{t('log.asks')}</legend>
      {questions.map((question) => {
        const answer = answers.find(({ code }) => code === question.code);
        // What is only to be read has no answer.
        if (!answer) return <p key={question.code}>{l(question.label)}</p>;
        return (
          <div key={question.code}>
            <One
              question={question}
              answer={answer}
              wrong={isRefused && question.required && !answer.line ? t('misfit.missing') : undefined}
              onAnswer={(value) => onChange(answered(answers, question, value))}
            />
            {question.required ? (
              <Checkbox
                className="field unknown"
                aria-label={`${l(question.label)} ${t('log.unknown')}`}
                checked={answer.isUnknown === true}
                onChange={(event) =>
                  onChange(answered(answers, question, event.target.checked ? { isUnknown: true } : question.kind === 'choices' ? [] : ''))
                }
              >
                {t('log.unknown')}
              </Checkbox>
            ) : null}
          </div>
        );
      })}
    </fieldset>
  );
};
