import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { PublicationArea } from '@tongxin/domain/publication/schema.ts';
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { useCategoryOptions } from '../../../lib/form/category-options.ts';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { changePublicationArea } from '../mutations.ts';
import { publicationAreasQuery } from '../queries.ts';

const Setting = ({ area, isNew = false, saved }: { area: PublicationArea; isNew?: boolean; saved: () => void }) => {
  const { t, l, why } = useWords('publication');
  const categories = useCategoryOptions();
  const [commandId, setCommandId] = useState(uuidv7);
  const [nearby, setNearby] = useState(area.nearby);
  const [listed, setListed] = useState(area.listed);
  const [categoryIds, setCategoryIds] = useState<string[]>([...area.categoryIds]);
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    setWrong('');
    try {
      await changePublicationArea(area.areaId, { commandId, version: area.version, nearby, listed, categoryIds });
      setCommandId(uuidv7());
      saved();
    } catch (problem) {
      setWrong(why(problem));
    }
    setBusy(false);
  };
  const id = `publication-${area.areaId}`;
  return (
    <li>
      <strong>{l(area.label)}</strong>
      <div>
        <Checkbox checked={nearby} onChange={(event) => setNearby(event.target.checked)}>
          {t('publication.nearby')}
        </Checkbox>
      </div>
      <div>
        <Checkbox checked={listed} onChange={(event) => setListed(event.target.checked)}>
          {t('publication.listed')}
        </Checkbox>
      </div>
      <FormField id={id} label={t('publication.categories')} hint={t('publication.categoriesHint')} wrong={wrong || undefined}>
        {(tied) => (
          <Select
            {...tied}
            mode="multiple"
            optionFilterProp="label"
            style={{ width: '100%' }}
            options={categories}
            value={categoryIds}
            onChange={setCategoryIds}
          />
        )}
      </FormField>
      <Button type={isNew ? 'primary' : 'default'} loading={busy} onClick={() => void save()}>
        {t('publication.save')}
      </Button>
    </li>
  );
};

/** What each area tells anybody. Where nothing is said, nothing is told. */
export const Settings = () => {
  const { t } = useWords('publication');
  const client = useQueryClient();
  const query = useQuery(publicationAreasQuery);
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const chosen = path.at(-1);
  const saved = (): void => {
    setPath([]);
    void client.invalidateQueries({ queryKey: keys.publications });
  };
  return (
    <section className="card" aria-labelledby="publication-areas">
      <h2 id="publication-areas">{t('publication.areas')}</h2>
      <p className="quiet">{t('publication.areasHint')}</p>
      <Loaded query={query}>
        {(areas) => (
          <>
            <ul className="cards">
              {areas.map((area) => (
                <Setting key={`${area.areaId} ${area.version}`} area={area} saved={saved} />
              ))}
            </ul>
            <FormField id="publication-new" label={t('publication.new')}>
              {(tied) => (
                <AreaCascader id={tied.id} empty={t('publication.newEmpty')} value={path.map(({ id }) => id)} onChange={setPath} />
              )}
            </FormField>
            {chosen && !areas.some(({ areaId }) => areaId === chosen.id) ? (
              <ul className="cards">
                <Setting
                  key={chosen.id}
                  isNew
                  area={{ areaId: chosen.id, label: chosen.name, nearby: true, listed: false, categoryIds: [], version: 1 }}
                  saved={saved}
                />
              </ul>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
};
