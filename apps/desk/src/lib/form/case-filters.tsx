import type { Light } from '@tongxin/domain/case/view.ts';
import { lightNames } from '@tongxin/ui/light.ts';
import { Select } from 'antd';
import { useWords } from '../i18n/i18n.tsx';
import { stagesOf } from '../stage-names.ts';
import { useProcedures } from '../stages.ts';
import { CategorySelect } from './category-select.tsx';

interface FilterProps<T> {
  readonly id: string;
  readonly value: T | undefined;
  readonly onChange: (value: T | undefined) => void;
}

/** What cases are narrowed by, on a list as on the map. */
export const StageFilter = ({ id, value, onChange }: FilterProps<string>) => {
  const { t, l } = useWords();
  const options = stagesOf(useProcedures()).map((stage) => ({ value: stage.id, label: stage.labels.map(l).join(' / ') }));
  return (
    <label htmlFor={id}>
      {t('inbox.stage')}
      <Select id={id} allowClear placeholder={t('inbox.all')} value={value} onChange={onChange} options={options} />
    </label>
  );
};

export const LightFilter = ({ id, value, onChange }: FilterProps<Light>) => {
  const { t } = useWords();
  const options = lightNames.map((light) => ({ value: light, label: t(`light.${light}`) }));
  return (
    <label htmlFor={id}>
      {t('inbox.light')}
      <Select id={id} allowClear placeholder={t('inbox.all')} value={value} onChange={onChange} options={options} />
    </label>
  );
};

export const CategoryFilter = ({ id, value, onChange }: FilterProps<string>) => {
  const { t } = useWords();
  return (
    <label htmlFor={id}>
      {t('inbox.category')}
      <CategorySelect id={id} empty={t('inbox.all')} value={value} onChange={onChange} />
    </label>
  );
};
