import { useQuery } from '@tanstack/react-query';
import { categoriesQuery } from '../directory.ts';
import { useWords } from '../i18n/i18n.tsx';
import { SearchSelect, type SearchSelectProps } from './search-select.tsx';

/** Categories with their first level in front; typing searches both. */
export const CategorySelect = (props: Pick<SearchSelectProps, 'id' | 'value' | 'empty' | 'onChange'>) => {
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
  return <SearchSelect {...props} loading={isLoading} options={options} />;
};
