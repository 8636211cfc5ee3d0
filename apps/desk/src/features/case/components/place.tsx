import { useQuery } from '@tanstack/react-query';
import { boundsOf, metresBetween } from '@tongxin/domain/area/rules.ts';
import type { Geometry } from '@tongxin/domain/area/schema.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useDark } from '../../../lib/dark.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { type MapLayer, type MapMarker, MapView } from '../../../lib/map/map-view.tsx';
import { areaQuery, facilitiesNearQuery } from '../queries.ts';
import { PlaceDrawer } from './place-drawer.tsx';

const NEAREST = 8;

/** Where it is: the spot, the boundary of its grid and what stands nearby; without a spot the grid alone; without either, so many words. */
export const Place = ({ view }: { view: CaseView }) => {
  const { t, l } = useWords();
  const dark = useDark();
  const { point, areaId } = view;
  const [placing, setPlacing] = useState(false);
  const area = useQuery({ ...areaQuery(areaId ?? ''), enabled: areaId !== undefined });
  const near = useQuery({ ...facilitiesNearQuery(point ?? { lon: 0, lat: 0 }), enabled: point !== undefined });
  const boundary = area.data?.boundary as Geometry | undefined;
  const facilities = useMemo(
    () =>
      point
        ? (near.data ?? [])
            .map((one) => ({ ...one, metres: Math.round(metresBetween(point, one)) }))
            .sort((a, b) => a.metres - b.metres)
            .slice(0, NEAREST)
        : [],
    [near.data, point],
  );
  const sources = useMemo(
    () =>
      boundary
        ? { place: { type: 'geojson' as const, data: { type: 'Feature' as const, properties: {}, geometry: boundary as never } } }
        : undefined,
    [boundary],
  );
  const layers = useMemo(
    (): readonly MapLayer[] =>
      boundary
        ? [
            {
              id: 'place-boundary',
              type: 'line',
              source: 'place',
              paint: { 'line-color': dark ? '#6fd0b5' : '#0b5a4a', 'line-width': 3, 'line-dasharray': [2, 1] },
            },
          ]
        : [],
    [boundary, dark],
  );
  const markers = useMemo(
    (): readonly MapMarker[] => [
      ...facilities.map(
        (one, index): MapMarker => ({
          id: one.id,
          lon: one.lon,
          lat: one.lat,
          label: t('place.facility', { name: l(one.name), n: one.metres }),
          sign: String(index + 1),
          tone: 'quiet',
        }),
      ),
      ...(point ? [{ id: 'place', ...point, label: t('place.here'), sign: '●', tone: 'bad' as const }] : []),
    ],
    [facilities, point, t, l],
  );
  const where = area.data ? l(area.data.area.name) : '';
  return (
    <section className="card" aria-labelledby="place">
      <h2 id="place">{t('case.where')}</h2>
      <p>{view.address ?? t('place.noAddress')}</p>
      <p className="quiet">
        {view.areaLabels.length ? view.areaLabels.map(l).join(' › ') : t('place.unplaced')}
        {point ? ` · ${point.lon.toFixed(5)}, ${point.lat.toFixed(5)}` : ''}
      </p>
      {point || boundary ? (
        <MapView
          label={t(point ? 'place.map' : 'place.mapOfArea', { area: where })}
          className="small"
          {...(point ? { center: [point.lon, point.lat] as const, zoom: 15 } : {})}
          {...(!point && boundary ? { bounds: boundsOf(boundary) } : {})}
          sources={sources}
          layers={layers}
          markers={markers}
        />
      ) : view.areaLabels.length > 1 ? null : (
        <p role="status">{t('place.none')}</p>
      )}
      {point ? null : boundary ? <p className="quiet">{t('place.onlyArea', { area: where })}</p> : null}
      {view.mayPlace ? (
        <p>
          <Button size="small" onClick={() => setPlacing(true)}>
            {t(point || view.areaLabels.length > 1 ? 'place.correct' : 'place.put')}
          </Button>
        </p>
      ) : null}
      {placing ? <PlaceDrawer view={view} close={() => setPlacing(false)} /> : null}
      {facilities.length ? (
        <details>
          <summary>{t('place.nearby', { n: facilities.length })}</summary>
          <ol className="cards">
            {facilities.map((one) => (
              <li key={one.id}>
                {t('place.facility', { name: l(one.name), n: one.metres })}
                {one.code ? <span className="quiet"> {one.code}</span> : null}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </section>
  );
};
