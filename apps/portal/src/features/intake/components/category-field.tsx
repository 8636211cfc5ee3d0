import type { CategoryView } from '@tongxin/domain/category/schema.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface CategoryFieldProps {
  readonly all: readonly CategoryView[];
  readonly value?: string;
  readonly onChange: (category: CategoryView | undefined) => void;
}

/** Kinds of matter, grouped. Nobody has to know: when the list cannot be had, the question is left out and the centre decides. */
export const CategoryField = ({ all, value, onChange }: CategoryFieldProps) => {
  const { t, l } = useWords();
  if (!all.length) return null;
  const groups = all.filter((one) => !one.parentId);
  return (
    <FormField id="category" label={t('report.category')}>
      {(tied) => (
        <select {...tied} value={value ?? ''} onChange={(event) => onChange(all.find(({ id }) => id === event.currentTarget.value))}>
          <option value="">{t('report.unsure')}</option>
          {groups.map((group) => {
            const within = all.filter(({ parentId }) => parentId === group.id);
            return within.length ? (
              <optgroup key={group.id} label={l(group.name)}>
                {within.map((one) => (
                  <option key={one.id} value={one.id}>
                    {l(one.name)}
                  </option>
                ))}
              </optgroup>
            ) : null;
          })}
        </select>
      )}
    </FormField>
  );
};
