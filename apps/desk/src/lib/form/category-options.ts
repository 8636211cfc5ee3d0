import { useQuery } from '@tanstack/react-query';
import { categoriesQuery } from '../directory.ts';
import { useWords } from '../i18n/i18n.tsx';

/** Every category, first levels too: what is said of one holds for those below it. */
export const useCategoryOptions = (): { value: string; label: string }[] => {
  const { l } = useWords();
  const { data: all = [] } = useQuery(categoriesQuery);
  const parents = new Map(all.map((one) => [one.id, one]));
  return all.map((one) => {
    const parent = one.parentId ? parents.get(one.parentId) : undefined;
    return { value: one.id, label: parent ? `${l(parent.name)} › ${l(one.name)}` : l(one.name) };
  });
};
