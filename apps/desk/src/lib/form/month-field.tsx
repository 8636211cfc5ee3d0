import { localDate } from '@tongxin/ui/time.ts';
import { Select } from 'antd';
import { useWords } from '../i18n/i18n.tsx';
import { FormField } from './form-field.tsx';

interface MonthFieldProps {
  readonly id: string;
  readonly label: string;
  /** `YYYY-MM`; empty where none is chosen. */
  readonly value: string;
  readonly onChange: (month: string) => void;
  /** None need be chosen. */
  readonly optional?: boolean;
}

const YEARS_BACK = 12;
const MONTHS = Array.from({ length: 12 }, (_, n) => String(n + 1).padStart(2, '0'));

/** A month in the language of the desk: the browser's own field speaks the browser's, and some browsers have none. */
export const MonthField = ({ id, label, value, onChange, optional = false }: MonthFieldProps) => {
  const { t, language } = useWords();
  const [year = '', month = ''] = value.split('-');
  const now = Number(localDate(Date.now()).slice(0, 4));
  const years = Array.from({ length: YEARS_BACK + 2 }, (_, n) => String(now + 1 - n));
  const known = year === '' || years.includes(year) ? years : [year, ...years];
  const names = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { month: 'long', timeZone: 'UTC' });
  return (
    <FormField id={id} label={label}>
      {(tied) => (
        <div className="row month">
          <Select
            {...tied}
            allowClear={optional}
            placeholder={t('form.year')}
            value={year || undefined}
            onChange={(chosen) => onChange(chosen ? `${chosen}-${month || '01'}` : '')}
            options={known.map((one) => ({ value: one, label: t('form.yearOf', { n: one }) }))}
          />
          <Select
            aria-label={`${label} ${t('form.month')}`}
            placeholder={t('form.month')}
            value={month || undefined}
            onChange={(chosen) => onChange(`${year || now}-${chosen}`)}
            options={MONTHS.map((one) => ({ value: one, label: names.format(new Date(`2026-${one}-01`)) }))}
          />
        </div>
      )}
    </FormField>
  );
};
