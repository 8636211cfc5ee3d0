import { useNavigate } from '@tanstack/react-router';
import type { Light } from '@tongxin/domain/case/view.ts';
import { lightNames } from '@tongxin/ui/light.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Button, Select } from 'antd';
import { CategorySelect } from '../../../lib/form/category-select.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useStages } from '../../../lib/stages.ts';
import { type MapSearch, questionOf } from '../filter.ts';

/** Which cases the map counts and shows: the same filters as a list has. All of it lives in the address. */
export const MapFilters = ({ search }: { search: MapSearch }) => {
  const { t, l } = useWords();
  const navigate = useNavigate({ from: '/map' });
  const stages = useStages();
  const change = (part: Partial<MapSearch>): void => void navigate({ search: (now) => ({ ...now, ...part }) });
  const asked = questionOf(search, Date.now());
  const filtered = Boolean(search.stage || search.light || search.categoryId || search.from || search.to || search.show);
  const filed = search.show === 'filed';
  return (
    <search aria-label={t('inbox.filters')}>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <label htmlFor="map-show">
          {t('onemap.show')}
          <Select
            id="map-show"
            value={search.show ?? 'open'}
            onChange={(show: 'open' | 'filed') =>
              change({ show: show === 'filed' ? 'filed' : undefined, light: undefined, from: undefined, to: undefined })
            }
            options={(['open', 'filed'] as const).map((value) => ({ value, label: t(`onemap.show.${value}`) }))}
          />
        </label>
        {filed ? (
          <>
            <label htmlFor="map-from">
              {t('onemap.from')}
              <input
                id="map-from"
                type="date"
                value={asked.from}
                max={asked.to}
                onChange={(event) => change({ from: event.target.value || undefined })}
              />
            </label>
            <label htmlFor="map-to">
              {t('onemap.to')}
              <input
                id="map-to"
                type="date"
                value={asked.to}
                min={asked.from}
                max={localDate(Date.now())}
                onChange={(event) => change({ to: event.target.value || undefined })}
              />
            </label>
          </>
        ) : (
          <label htmlFor="map-light">
            {t('inbox.light')}
            <Select
              id="map-light"
              allowClear
              placeholder={t('inbox.all')}
              value={search.light}
              onChange={(light?: Light) => change({ light })}
              options={lightNames.map((light) => ({ value: light, label: t(`light.${light}`) }))}
            />
          </label>
        )}
        <label htmlFor="map-stage">
          {t('inbox.stage')}
          <Select
            id="map-stage"
            allowClear
            placeholder={t('inbox.all')}
            value={search.stage}
            onChange={(stage?: string) => change({ stage })}
            options={stages.map(({ id, label }) => ({ value: id, label: l(label) }))}
          />
        </label>
        <label htmlFor="map-category">
          {t('inbox.category')}
          <CategorySelect
            id="map-category"
            empty={t('inbox.all')}
            value={search.categoryId}
            onChange={(categoryId) => change({ categoryId })}
          />
        </label>
        {filtered ? (
          <div className="row">
            <Button onClick={() => void navigate({ search: ({ areaId, figure }) => ({ areaId, figure }) })}>{t('inbox.clear')}</Button>
          </div>
        ) : null}
      </form>
    </search>
  );
};
