import type { Limit } from '@tongxin/domain/clock/schema.ts';
import { InputNumber, Select } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';

const UNITS = ['hour', 'workingHour', 'workingDay', 'day', 'month'] as const;

interface EditLimitProps {
  readonly id: string;
  /** What the length is of, for whoever hears the controls. */
  readonly of: string;
  readonly value: Limit;
  readonly onChange: (limit: Limit) => void;
}

/** A length of time: an amount and its unit. */
export const EditLimit = ({ id, of, value, onChange }: EditLimitProps) => {
  const { t } = useWords('procedure');
  return (
    <span className="row">
      <InputNumber
        id={id}
        aria-label={`${of} ${t('procedure.amount')}`}
        min={0}
        max={10_000}
        precision={0}
        value={value.amount}
        onChange={(amount) => amount !== null && onChange({ ...value, amount })}
      />
      <Select
        className="unit"
        aria-label={`${of} ${t('procedure.unit')}`}
        value={value.unit}
        onChange={(unit) => onChange({ ...value, unit })}
        options={UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))}
      />
    </span>
  );
};
