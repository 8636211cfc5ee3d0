import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { categoriesQuery } from '../directory.ts';
import { useWords } from '../i18n/i18n.tsx';

interface CategorySelectProps {
  readonly id?: string;
  readonly value?: string;
  readonly empty: string;
  readonly onChange: (id: string | undefined) => void;
}

/** Categories grouped by their first level; typing searches. */
export const CategorySelect = ({ id, value, empty, onChange }: CategorySelectProps) => {
  const { l } = useWords();
  const { data: all = [], isLoading } = useQuery(categoriesQuery);
  const parents = new Set(all.flatMap(({ parentId }) => (parentId ? [parentId] : [])));
  const groups = all.filter((one) => parents.has(one.id) && !one.parentId);
  const loose = all.filter((one) => !one.parentId && !parents.has(one.id));
  const option = (one: (typeof all)[number]) => ({ value: one.id, label: l(one.name) });
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={isLoading}
      placeholder={empty}
      value={value}
      onChange={(chosen?: string) => onChange(chosen)}
      options={[
        ...groups.map((group) => ({ label: l(group.name), options: all.filter(({ parentId }) => parentId === group.id).map(option) })),
        ...loose.map(option),
      ]}
    />
  );
};
