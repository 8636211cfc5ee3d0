import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { findCases } from '../queries.ts';

interface CaseSelectProps {
  readonly id: string;
  readonly status?: 'error';
  readonly value?: string;
  readonly onChange: (id: string | undefined) => void;
}

/** Another case, found by number or words: where this one is merged into, for example. */
export const CaseSelect = ({ id, status, value, onChange }: CaseSelectProps) => {
  const { t, l } = useWords();
  const [words, setWords] = useState('');
  const { data, isFetching } = useQuery({
    queryKey: ['cases', 'find', words],
    queryFn: () => findCases(words),
    enabled: words.trim().length > 1,
    placeholderData: (before) => before,
  });
  return (
    <Select
      id={id}
      status={status}
      allowClear
      showSearch={{ filterOption: false, onSearch: setWords }}
      loading={isFetching}
      placeholder={t('form.findCase')}
      value={value}
      onChange={(chosen?: string) => onChange(chosen)}
      options={data?.rows.map((row) => ({ value: row.id, label: `${row.number} ${row.title}（${l(row.stageLabel)}）` })) ?? []}
    />
  );
};
