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

/** Categories with their first level in front; typing searches both. */
export const CategorySelect = ({ id, value, empty, onChange }: CategorySelectProps) => {
  const { l } = useWords();
  const { data: all = [], isLoading } = useQuery(categoriesQuery);
  const parents = new Map(all.map((one) => [one.id, one]));
  const inner = new Set(all.map(({ parentId }) => parentId));
  const options = all
    .filter(({ id: one }) => !inner.has(one))
    .map((one) => {
      const parent = one.parentId ? parents.get(one.parentId) : undefined;
      return { value: one.id, label: parent ? `${l(parent.name)} › ${l(one.name)}` : l(one.name) };
    });
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={isLoading}
      placeholder={empty}
      value={value}
      onChange={(chosen?: string) => onChange(chosen)}
      options={options}
    />
  );
};
