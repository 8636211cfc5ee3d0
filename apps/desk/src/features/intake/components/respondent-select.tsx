import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { organizationsQuery } from '../../../lib/directory.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface RespondentSelectProps {
  readonly id: string;
  readonly value: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

/** The body complained of, when there is one. */
export const RespondentSelect = ({ id, value, onChange }: RespondentSelectProps) => {
  const { t, l } = useWords();
  const { data: all = [], isLoading } = useQuery(organizationsQuery);
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={isLoading}
      placeholder={t('form.pick')}
      value={value}
      onChange={(chosen?: string) => onChange(chosen)}
      options={all.filter((one) => one.kind !== 'service' && one.respondent).map((one) => ({ value: one.id, label: l(one.name) }))}
    />
  );
};
