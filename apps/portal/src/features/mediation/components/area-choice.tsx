import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { useState } from 'preact/hooks';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { api } from '../../../lib/services.ts';

interface AreaChoiceProps {
  readonly wrong: string | undefined;
  readonly onChange: (areaId: string | undefined) => void;
}

/** Town and community: whose committee it is. */
export const AreaChoice = ({ wrong, onChange }: AreaChoiceProps) => {
  const { t, l } = useWords();
  const [town, setTown] = useState('');
  const { loaded, reload } = useLoad(async () => {
    const found = await api.listAreas();
    return found.length === 1 && found[0]!.kind === 'city' ? api.listAreas(found[0]!.id) : found;
  }, []);
  const below = useLoad(async () => (town ? api.listAreas(town) : []), [town]);
  if (loaded.state !== 'ready') return <LoadState loaded={loaded} again={reload} />;
  const options = (areas: readonly AreaView[]) =>
    areas
      .filter(({ kind }) => kind !== 'dedicatedGrid')
      .map(({ id, name }) => (
        <option key={id} value={id}>
          {l(name)}
        </option>
      ));
  return (
    <>
      <FormField id="town" label={t('mediate.town')} wrong={wrong}>
        {(tied) => (
          <select
            {...tied}
            value={town}
            onChange={(event) => {
              setTown(event.currentTarget.value);
              onChange(event.currentTarget.value || undefined);
            }}
          >
            <option value="">{t('mediate.choose')}</option>
            {options(loaded.data)}
          </select>
        )}
      </FormField>
      {below.loaded.state === 'ready' && below.loaded.data.length ? (
        <FormField id="community" label={t('mediate.community')}>
          {(tied) => (
            <select {...tied} onChange={(event) => onChange(event.currentTarget.value || town)}>
              <option value="">{t('mediate.choose')}</option>
              {options(below.loaded.state === 'ready' ? below.loaded.data : [])}
            </select>
          )}
        </FormField>
      ) : null}
    </>
  );
};
