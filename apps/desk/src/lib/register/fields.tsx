import type { Label } from '@tongxin/domain/label/schema.ts';
import { Input } from 'antd';
import { FormField } from '../form/form-field.tsx';
import { useWords } from '../i18n/i18n.tsx';

interface LabelFieldsProps {
  readonly id: string;
  readonly label: string;
  readonly value: Label;
  readonly onChange: (value: Label) => void;
}

/** A name in Chinese and, where there is one, in English. */
export const LabelFields = ({ id, label, value, onChange }: LabelFieldsProps) => {
  const { t } = useWords();
  return (
    <>
      <FormField id={id} label={label}>
        {(tied) => (
          <Input {...tied} required maxLength={200} value={value.zh} onChange={(event) => onChange({ ...value, zh: event.target.value })} />
        )}
      </FormField>
      <FormField id={`${id}-en`} label={t('admin.inEnglish', { label })}>
        {(tied) => (
          <Input
            {...tied}
            lang="en"
            maxLength={400}
            value={value.en ?? ''}
            onChange={(event) => onChange({ zh: value.zh, ...(event.target.value ? { en: event.target.value } : {}) })}
          />
        )}
      </FormField>
    </>
  );
};

interface DayFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export const DayField = ({ id, label, hint, value, onChange }: DayFieldProps) => (
  <FormField id={id} label={label} hint={hint}>
    {({ status: _status, ...tied }) => <input {...tied} type="date" value={value} onChange={(event) => onChange(event.target.value)} />}
  </FormField>
);
