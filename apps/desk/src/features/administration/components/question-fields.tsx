import type { Question } from '@tongxin/domain/category/schema.ts';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LabelFields } from '../../../lib/register/fields.tsx';

const KINDS = ['text', 'longText', 'number', 'instant', 'choice', 'choices', 'note'] as const satisfies readonly Question['kind'][];
const MOST = 20;
type Options = NonNullable<Question['options']>;

/** Codes are for machines: what is made here gets one nobody has to think of. */
const code = (letter: string): string => `${letter}${Math.floor(Math.random() * 0xffffffff).toString(36)}`;
const chooses = ({ kind }: Question): boolean => kind === 'choice' || kind === 'choices';

/** Choices as lines, `中文 | English`. */
const linesOf = (options: Options = []): string =>
  options.map(({ label }) => (label.en ? `${label.zh} | ${label.en}` : label.zh)).join('\n');
/** The same back: a choice that is still there, or stands in the same place, keeps its code. */
const optionsFrom = (lines: string, before: Options = []): Options => {
  const read = lines.split('\n').map((line) => line.split(/[|｜]/u).map((part) => part.trim()));
  return read.map(([zh = '', en], index) => {
    const known = before.find(({ label }) => label.zh === zh) ?? (read.length === before.length ? before[index] : undefined);
    return { value: known?.value ?? code('o'), label: { zh, ...(en ? { en } : {}) } };
  });
};
/** As it is sent: without empty lines. */
export const writtenQuestions = (questions: readonly Question[]): Question[] =>
  questions.map(({ options, ...question }) => {
    const asked = { ...question, required: question.kind !== 'note' && question.required };
    return chooses(asked) ? { ...asked, options: (options ?? []).filter(({ label }) => label.zh !== '') } : asked;
  });
/** Whether each can be asked: it has words, and a choice has something to choose from. */
export const questionsStand = (questions: readonly Question[]): boolean =>
  writtenQuestions(questions).every((question) => question.label.zh.trim() !== '' && (!chooses(question) || question.options!.length > 0));

interface ChoicesProps {
  readonly id: string;
  readonly options: Options | undefined;
  readonly onChange: (options: Options) => void;
}

/** What is typed stays as it is typed; what it means goes on. */
const Choices = ({ id, options, onChange }: ChoicesProps) => {
  const { t } = useWords('administration');
  const [lines, setLines] = useState(() => linesOf(options));
  return (
    <FormField id={id} label={t('admin.questionOptions')} hint={t('admin.questionOptionsHint')}>
      {(tied) => (
        <Input.TextArea
          {...tied}
          autoSize={{ minRows: 2 }}
          value={lines}
          onChange={(event) => {
            setLines(event.target.value);
            onChange(optionsFrom(event.target.value, options));
          }}
        />
      )}
    </FormField>
  );
};

interface QuestionFieldsProps {
  readonly questions: readonly Question[];
  readonly onChange: (questions: readonly Question[]) => void;
}

/** What a category asks of whoever reports, beside their words. */
export const QuestionFields = ({ questions, onChange }: QuestionFieldsProps) => {
  const { t } = useWords('administration');
  const put = (index: number, part: Partial<Question>): void => onChange(questions.with(index, { ...questions[index]!, ...part }));
  const move = (index: number, by: 1 | -1): void => {
    const [one, other] = [questions[index]!, questions[index + by]!];
    onChange(questions.with(index, other).with(index + by, one));
  };
  return (
    <fieldset className="field">
      <legend>{t('admin.questions')}</legend>
      <p className="quiet">{t('admin.questionsHint')}</p>
      {questions.map((question, index) => {
        const id = `question-${question.code}`;
        const n = index + 1;
        return (
          <section key={question.code} className="card" aria-label={t('admin.questionOf', { n })}>
            <LabelFields id={id} label={t('admin.questionOf', { n })} value={question.label} onChange={(label) => put(index, { label })} />
            <FormField id={`${id}-kind`} label={t('admin.questionKind')}>
              {(tied) => (
                <Select
                  {...tied}
                  value={question.kind}
                  onChange={(kind: Question['kind']) => put(index, { kind })}
                  options={KINDS.map((kind) => ({ value: kind, label: t(`admin.questionKind.${kind}`) }))}
                />
              )}
            </FormField>
            {chooses(question) ? (
              <Choices id={`${id}-options`} options={question.options} onChange={(options) => put(index, { options })} />
            ) : null}
            <div className="row">
              {question.kind === 'note' ? null : (
                <Checkbox checked={question.required} onChange={(event) => put(index, { required: event.target.checked })}>
                  {t('procedure.required')}
                </Checkbox>
              )}
              <Button size="small" disabled={index === 0} aria-label={t('admin.questionUp', { n })} onClick={() => move(index, -1)}>
                ↑
              </Button>
              <Button
                size="small"
                disabled={n === questions.length}
                aria-label={t('admin.questionDown', { n })}
                onClick={() => move(index, 1)}
              >
                ↓
              </Button>
              <Button size="small" aria-label={t('admin.questionRemove', { n })} onClick={() => onChange(questions.toSpliced(index, 1))}>
                {t('admin.remove')}
              </Button>
            </div>
          </section>
        );
      })}
      <Button
        disabled={questions.length >= MOST}
        onClick={() => onChange([...questions, { code: code('q'), label: { zh: '' }, kind: 'text', required: false }])}
      >
        {t('admin.newQuestion')}
      </Button>
    </fieldset>
  );
};
