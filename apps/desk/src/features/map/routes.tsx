import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { boxText } from '@tongxin/domain/map/rules.ts';
import { Button } from 'antd';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useDark } from '../../lib/dark.ts';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { areaLayers } from '../../lib/map/area-layers.ts';
import { CASES, caseLayers, caseSource, facilityLayers, facilitySource, teamLayers, teamSource } from '../../lib/map/case-layers.ts';
import { type MapBounds, type MapClick, MapView } from '../../lib/map/map-view.tsx';
import { usePost } from '../../lib/post.ts';
import { AreaPanel } from './components/area-panel.tsx';
import { FindPlace } from './components/find-place.tsx';
import { InSight, type SeenCase, type SeenFacility, type SeenTeam } from './components/in-sight.tsx';
import { MapFilters } from './components/map-filters.tsx';
import { Switches, useShown } from './components/switches.tsx';
import { FIGURES, inboxOf, placeFrom, placeText, questionOf } from './filter.ts';
import { countsQuery } from './queries.ts';

/** From this zoom on cases stand one by one. */
const CLOSE = 14;
interface SeenAll {
  readonly cases: readonly SeenCase[];
  readonly facilities: readonly SeenFacility[];
  readonly teams: readonly SeenTeam[];
}
const NOTHING: SeenAll = { cases: [], facilities: [], teams: [] };

/** What a layer drew one by one, each once, though tiles overlap. */
const drawnBy = <T,>(map: MapLibreMap, layer: string): readonly T[] => {
  if (!map.getLayer(layer)) return [];
  const found = map.queryRenderedFeatures({ layers: [layer] });
  return [...new Map(found.map(({ properties }) => [String(properties.id), properties as T])).values()];
};
const seenOn = (map: MapLibreMap): SeenAll => ({
  cases: map.getZoom() >= CLOSE ? drawnBy<SeenCase>(map, 'case-points') : [],
  facilities: drawnBy<SeenFacility>(map, 'facility-points'),
  teams: drawnBy<SeenTeam>(map, 'team-points'),
});

export const MapPage = () => {
  const { t, language } = useWords('map');
  const dark = useDark();
  const router = useRouter();
  const navigate = useNavigate({ from: '/map' });
  const search = useSearch({ from: '/inside/map' });
  const [shown, setShown] = useShown();
  const [zoom, setZoom] = useState(0);
  const [view, setView] = useState<MapBounds>();
  const [boxing, setBoxing] = useState(false);
  const [seen, setSeen] = useState(NOTHING);
  const [chosen, setChosen] = useState<string>();
  // The view of the address one came with stands until another area is chosen.
  const [came] = useState(() => ({ areaId: search.areaId, place: placeFrom(search.at) }));
  const place = came.areaId === search.areaId ? came.place : undefined;
  const held = useRef<MapLibreMap>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: today is today until the filter changes
  const filter = useMemo(
    () => questionOf(search, Date.now()),
    [search.show, search.from, search.to, search.stage, search.light, search.categoryId],
  );
  const query = useQuery(countsQuery(filter, search.areaId, usePost()));
  const counts = query.data;
  const figure = search.show === 'filed' && search.figure === 'late' ? 'n' : (search.figure ?? 'n');
  const figures = useMemo(() => (counts?.rows ?? []).map((row) => ({ id: row.id, n: row[figure] })), [counts?.rows, figure]);

  const sources = useMemo(
    () => ({
      ...(shown.cases ? { [CASES]: caseSource(filter) } : {}),
      ...(shown.facilities ? { facilities: facilitySource() } : {}),
      ...(shown.teams ? { teams: teamSource() } : {}),
    }),
    [filter, shown],
  );
  const layers = useMemo(
    () => [
      ...areaLayers(figures, counts?.area.id, { dark, language, colored: shown.figures }),
      ...(shown.facilities ? facilityLayers(dark, language) : []),
      ...(shown.teams ? teamLayers(dark, language) : []),
      ...(shown.cases ? caseLayers(dark) : []),
    ],
    [figures, counts?.area.id, dark, shown, language],
  );

  // Figures are asked again when a case of the reader's changes; the tiles with them.
  const { dataUpdatedAt } = query;
  useEffect(() => {
    const map = held.current;
    if (dataUpdatedAt && map?.getSource(CASES)) map.refreshTiles(CASES);
  }, [dataUpdatedAt]);

  const ready = useCallback((map: MapLibreMap) => {
    held.current = map;
    const look = (): void => setSeen(seenOn(map));
    map.on('idle', look);
    return () => {
      held.current = undefined;
    };
  }, []);

  const choose = useCallback(
    ({ lon, lat, features }: MapClick): void => {
      const [top] = features.filter(({ layer }) => /^(case|team|facility|area)-/u.test(layer.id));
      if (!top) return;
      if (/^(case|facility)-cell/u.test(top.layer.id)) held.current?.easeTo({ center: [lon, lat], zoom: held.current.getZoom() + 2 });
      else if (!top.layer.id.startsWith('area-')) setChosen(String(top.properties.id));
      else void navigate({ search: (now) => ({ ...now, areaId: String(top.properties.id) }) });
    },
    [navigate],
  );

  return (
    <>
      <h1>{t('onemap.title')}</h1>
      <MapFilters search={search} />
      <div className="one-map">
        <div>
          <p className="row map-tools">
            <Button aria-pressed={boxing} type={boxing ? 'primary' : 'default'} onClick={() => setBoxing(!boxing)}>
              {t('onemap.box')}
            </Button>
            {view ? (
              <Link to="/" search={inboxOf(search, Date.now(), { bbox: boxText(view) })}>
                {t('onemap.thisView')}
              </Link>
            ) : null}
            <span className="quiet" role="status">
              {boxing ? t('onemap.boxing') : ''}
            </span>
          </p>
          <MapView
            className="tall"
            label={t('onemap.label')}
            {...(place ?? { bounds: counts?.area.bounds })}
            sources={sources}
            layers={layers}
            onReady={ready}
            onClick={choose}
            onMoved={(bounds, now) => {
              setZoom(now);
              setView(bounds);
              const middle = held.current?.getCenter();
              // A map that comes to rest while its reader is on the way elsewhere calls nobody back.
              if (middle && router.latestLocation.pathname === '/map')
                void navigate({
                  search: (before) => ({ ...before, at: placeText(middle.lng, middle.lat, now) }),
                  replace: true,
                  resetScroll: false,
                });
            }}
            boxing={boxing}
            onBox={(bounds) => void navigate({ to: '/', search: inboxOf(search, Date.now(), { bbox: boxText(bounds) }) })}
          />
        </div>
        <div>
          <FindPlace />
          <fieldset className="row figure-of">
            <legend>{t('onemap.colored')}</legend>
            {FIGURES.filter((one) => one !== 'late' || search.show !== 'filed').map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="figure"
                  checked={figure === one}
                  onChange={() => void navigate({ search: (now) => ({ ...now, figure: one === 'n' ? undefined : one }) })}
                />{' '}
                {t(one === 'n' ? `onemap.n.${search.show ?? 'open'}` : `onemap.${one}`)}
              </label>
            ))}
          </fieldset>
          <InSight
            cases={shown.cases ? seen.cases : []}
            facilities={shown.facilities ? seen.facilities : []}
            teams={shown.teams ? seen.teams : []}
            chosen={chosen}
          />
          <Loaded query={query}>{(data) => <AreaPanel counts={data} search={search} figure={figure} />}</Loaded>
          <Switches shown={shown} onSwitch={setShown} figures={figures} close={zoom >= 13} />
        </div>
      </div>
    </>
  );
};
