import type { CaseView } from '@tongxin/domain/case/view.ts';
import type { Field } from '@tongxin/domain/procedure/schema.ts';
import { Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import { BodySelect } from '../../../lib/form/body-select.tsx';
import { CategorySelect } from '../../../lib/form/category-select.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { InsertArticle } from '../../../lib/knowledge/insert-article.tsx';
import { CaseSelect } from './case-select.tsx';

const UNITS = ['hour', 'workingHour', 'workingDay', 'day', 'month'] as const;
interface PartialLimit {
  readonly amount?: number;
  readonly unit?: (typeof UNITS)[number];
}

interface AnswerFieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly wrong?: string;
  readonly suggested: CaseView['suggested'];
  readonly onChange: (value: unknown) => void;
  /** Stands between the question and its field: help to answer it. */
  readonly above?: ReactNode;
}

/** A control for one question of a procedure's form. */
export const AnswerField = ({ field, value, wrong, suggested, onChange, above }: AnswerFieldProps) => {
  const { t, l, language } = useWords();
  const id = `answer-${field.id}`;
  const optional = field.required ? '' : language === 'zh' ? `（${t('form.optional')}）` : ` (${t('form.optional')})`;
  const label = `${l(field.label)}${optional}`;
  const hint = field.hint ? l(field.hint) : undefined;
  if (field.type === 'boolean')
    return (
      <div className="field">
        <Checkbox checked={value === true} onChange={(event) => onChange(event.target.checked)}>
          {l(field.label)}
        </Checkbox>
        {hint ? <div className="quiet">{hint}</div> : null}
      </div>
    );
  if (field.type === 'choice' && (field.options?.length ?? 0) <= 6)
    return (
      <fieldset className="field">
        <legend>{label}</legend>
        {hint ? <div className="quiet">{hint}</div> : null}
        <Radio.Group
          name={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          options={field.options?.map((option) => ({ value: option.value, label: l(option.label) })) ?? []}
        />
        {wrong ? (
          <div className="wrong" role="alert">
            {wrong}
          </div>
        ) : null}
      </fieldset>
    );
  return (
    <FormField id={id} label={label} hint={hint} wrong={wrong}>
      {(tied) => {
        switch (field.type) {
          case 'longText':
            return (
              <>
                {above}
                <Input.TextArea
                  {...tied}
                  autoSize={{ minRows: 3, maxRows: 12 }}
                  maxLength={field.maxLength ?? 5000}
                  value={String(value ?? '')}
                  onChange={(event) => onChange(event.target.value)}
                />
                {field.seenBy?.includes('reporter') ? (
                  <InsertArticle
                    label={l(field.label)}
                    insert={(words) => onChange(value ? `${String(value).trimEnd()}\n${words}` : words)}
                  />
                ) : null}
              </>
            );
          case 'choice':
            return (
              <Select
                {...tied}
                allowClear
                placeholder={t('form.pick')}
                value={value as string | undefined}
                onChange={onChange}
                options={field.options?.map((option) => ({ value: option.value, label: l(option.label) })) ?? []}
              />
            );
          case 'organization':
            return <BodySelect {...tied} value={value as string | undefined} suggested={suggested} onChange={onChange} />;
          case 'category':
            return <CategorySelect id={tied.id} empty={t('form.pick')} value={value as string | undefined} onChange={onChange} />;
          case 'case':
            return <CaseSelect {...tied} value={value as string | undefined} onChange={onChange} />;
          case 'integer':
            return (
              <InputNumber
                {...tied}
                precision={0}
                min={field.minimum}
                max={field.maximum}
                value={value as number | undefined}
                onChange={onChange}
              />
            );
          case 'limit': {
            const limit = (value ?? {}) as PartialLimit;
            const units = field.units ?? UNITS;
            // Where only one unit is allowed nobody has to choose it.
            const only = units.length === 1 ? units[0] : undefined;
            return (
              <div className="row">
                <InputNumber
                  {...tied}
                  aria-label={`${label} ${t('form.amount')}`}
                  precision={0}
                  min={1}
                  max={field.maximum ?? 10_000}
                  value={limit.amount}
                  onChange={(amount) => onChange({ ...limit, ...(only ? { unit: only } : {}), amount: amount ?? undefined })}
                />
                <Select
                  aria-label={`${label} ${t('form.unit')}`}
                  style={{ width: 130 }}
                  placeholder={t('form.unit')}
                  value={limit.unit ?? only}
                  onChange={(unit) => onChange({ ...limit, unit })}
                  options={units.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))}
                />
              </div>
            );
          }
          case 'date':
          case 'instant':
            return (
              <input
                id={tied.id}
                aria-describedby={tied['aria-describedby']}
                aria-invalid={tied['aria-invalid']}
                type={field.type === 'date' ? 'date' : 'datetime-local'}
                value={String(value ?? '')}
                onChange={(event) => onChange(event.target.value)}
              />
            );
          default:
            return (
              <Input
                {...tied}
                maxLength={field.maxLength ?? 200}
                value={String(value ?? '')}
                onChange={(event) => onChange(event.target.value)}
              />
            );
        }
      }}
    </FormField>
  );
};
