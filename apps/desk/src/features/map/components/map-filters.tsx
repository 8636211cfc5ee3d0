import { useNavigate } from '@tanstack/react-router';
import { localDate } from '@tongxin/ui/time.ts';
import { Button, Select } from 'antd';
import { CategoryFilter, LightFilter, StageFilter } from '../../../lib/form/case-filters.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { type MapSearch, questionOf } from '../filter.ts';

/** Which cases the map counts and shows: the same filters as a list has. All of it lives in the address. */
export const MapFilters = ({ search }: { search: MapSearch }) => {
  const { t } = useWords('map');
  const navigate = useNavigate({ from: '/map' });
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
          <LightFilter id="map-light" value={search.light} onChange={(light) => change({ light })} />
        )}
        <StageFilter id="map-stage" value={search.stage} onChange={(stage) => change({ stage })} />
        <CategoryFilter id="map-category" value={search.categoryId} onChange={(categoryId) => change({ categoryId })} />
        {filtered ? (
          <div className="row">
            <Button onClick={() => void navigate({ search: ({ areaId, figure }) => ({ areaId, figure }) })}>{t('inbox.clear')}</Button>
          </div>
        ) : null}
      </form>
    </search>
  );
};
