import 'maplibre-gl/dist/maplibre-gl.css';
import { useQuery } from '@tanstack/react-query';
import {
  AttributionControl,
  type Map as MapLibreMap,
  Map as MapObject,
  Marker,
  NavigationControl,
  type Point,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useDark } from '../dark.ts';
import { type Language, useWords, type Words } from '../i18n/i18n.tsx';
import { Loading } from '../load-state.tsx';
import { groundQuery, useBackdrop } from './backdrop.ts';
import { Boxing } from './boxing.tsx';
import { GROUND, groundStyle } from './ground.ts';
import type { MapBounds, MapMarker, MapViewProps } from './map-view.tsx';

setWorkerUrl(workerUrl);

/** All of China: for a map that nobody has told where to look, of an installation without areas. */
const SOMEWHERE = { center: [104, 35] as [number, number], zoom: 3 };

const localeOf = (t: Words['t'], label: string): Record<string, string> => ({
  'Map.Title': label,
  'NavigationControl.ZoomIn': t('map.zoomIn'),
  'NavigationControl.ZoomOut': t('map.zoomOut'),
  'NavigationControl.ResetBearing': t('map.north'),
  'AttributionControl.ToggleAttribution': t('map.attribution'),
  'ScaleControl.Meters': t('map.metres'),
  'ScaleControl.Kilometers': t('map.kilometres'),
  'Marker.Title': t('map.marker'),
  'CooperativeGesturesHandler.MobileHelpText': t('map.twoFingers'),
  'CooperativeGesturesHandler.WindowsHelpText': t('map.controlWheel'),
  'CooperativeGesturesHandler.MacHelpText': t('map.controlWheel'),
});

/** The box between two spots of the canvas. */
const boxBetween = (map: MapLibreMap, from: Point, to: Point): MapBounds => {
  const [low, high] = [
    map.unproject([Math.min(from.x, to.x), Math.max(from.y, to.y)]),
    map.unproject([Math.max(from.x, to.x), Math.min(from.y, to.y)]),
  ];
  return [low.lng, low.lat, high.lng, high.lat];
};

const boundsOf = (map: MapLibreMap): MapBounds => {
  const seen = map.getBounds();
  return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
};

/** The caller's layers among those of the ground: under its boundaries, under its names, or over all. */
const styleOf = (
  ground: StyleSpecification,
  { sources = {}, layers = [] }: Pick<MapViewProps, 'sources' | 'layers'>,
): StyleSpecification => {
  const firstOf = (part: string): number => {
    const found = ground.layers.findIndex(({ id }) => id.startsWith(`${GROUND}-${part}-`));
    return found < 0 ? ground.layers.length : found;
  };
  const [lines, names] = [firstOf('line'), firstOf('names')];
  const of = (where: 'under' | 'between' | 'over') =>
    layers
      .filter(({ over, under }) => (over ? 'over' : under ? 'under' : 'between') === where)
      .map(({ over: _over, under: _under, ...layer }) => layer);
  return {
    ...ground,
    sources: { ...ground.sources, ...sources },
    layers: [
      ...ground.layers.slice(0, lines),
      ...of('under'),
      ...ground.layers.slice(lines, names),
      ...of('between'),
      ...ground.layers.slice(names),
      ...of('over'),
    ] as StyleSpecification['layers'],
  };
};

/** Takes a style on and leaves alone what others (terra-draw) put on the map by hand. */
const dress = (map: MapLibreMap, style: StyleSpecification, worn: Set<string>): void => {
  map.setStyle(style, {
    diff: true,
    transformStyle: (before, next) => {
      const layers = before?.layers.filter(({ id }) => !worn.has(id)) ?? [];
      const sources = Object.entries(before?.sources ?? {}).filter(([id]) => !worn.has(id));
      worn.clear();
      for (const id of [...Object.keys(next.sources), ...next.layers.map((layer) => layer.id)]) worn.add(id);
      return { ...next, sources: { ...next.sources, ...Object.fromEntries(sources) }, layers: [...next.layers, ...layers] };
    },
  });
};

const drawMarker = (map: MapLibreMap, { lon, lat, label, sign, tone = 'good', onClick, onMove }: MapMarker): Marker => {
  const element = document.createElement(onClick ? 'button' : 'div');
  element.className = `map-marker ${tone}`;
  element.setAttribute('aria-label', label);
  element.title = label;
  if (element instanceof HTMLButtonElement) element.type = 'button';
  else element.setAttribute('role', 'img');
  element.textContent = sign ?? '';
  if (onClick)
    element.addEventListener('click', (event) => {
      event.stopPropagation();
      onClick();
    });
  const marker = new Marker({ element, anchor: 'bottom', draggable: onMove !== undefined }).setLngLat([lon, lat]).addTo(map);
  if (onMove)
    marker.on('dragend', () => {
      const to = marker.getLngLat();
      onMove(to.lng, to.lat);
    });
  return marker;
};

const begin = (
  container: HTMLElement,
  t: Words['t'],
  props: MapViewProps & { whole?: MapBounds | undefined },
  style: StyleSpecification,
  onBox: (map: MapLibreMap, from: Point, to: Point) => void,
): MapLibreMap => {
  const { center, zoom, label, whole } = props;
  const bounds = props.bounds ?? (center ? undefined : whole);
  const map = new MapObject({
    container,
    style,
    ...(bounds
      ? { bounds: [bounds[0], bounds[1], bounds[2], bounds[3]], fitBoundsOptions: { padding: 24 } }
      : { center: center ? [center[0], center[1]] : SOMEWHERE.center, zoom: zoom ?? SOMEWHERE.zoom }),
    locale: localeOf(t, label),
    localIdeographFontFamily: false,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    maxZoom: 20,
    minZoom: 3,
    renderWorldCopies: false,
    // One finger scrolls the page, two move the map.
    ...(props.onBox ? { boxZoom: { boxZoomEnd: (of, from, to) => onBox(of, from, to) } } : {}),
    cooperativeGestures: matchMedia('(pointer: coarse)').matches,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  // Each above the one before: whoever's map lies below may have a long name.
  map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-right');
  return map;
};

/** The map itself: made once for a language, dressed anew when what it shows changes. */
export const MapCanvas = (props: Omit<MapViewProps, 'alternative'> & { readonly onRefused: () => void }) => {
  const { t, language } = useWords();
  const lies = useQuery({ ...groundQuery, enabled: !props.bounds && !props.center });
  if (lies.isLoading) return <Loading />;
  // A map keeps the words of its controls; another language is another map.
  return <CanvasIn key={language} t={t} language={language} whole={lies.data?.bounds} {...props} />;
};

const CanvasIn = (
  props: Omit<MapViewProps, 'alternative'> & {
    readonly onRefused: () => void;
    readonly t: Words['t'];
    readonly language: Language;
    readonly whole: MapBounds | undefined;
  },
) => {
  const { t, language, bounds, center, zoom, sources, layers, markers, bare = false } = props;
  const dark = useDark();
  const backdrop = useBackdrop(dark);
  const box = useRef<HTMLDivElement>(null);
  const held = useRef<MapLibreMap>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const worn = useRef(new Set<string>());
  const [lacking, setLacking] = useState(false);
  const style = useMemo(
    () => styleOf(groundStyle({ dark, language, backdrop, areas: !bare }, location.origin), { sources, layers }),
    [dark, language, backdrop, bare, sources, layers],
  );
  const dressed = useRef(style);
  const boxed = (map: MapLibreMap, from: Point, to: Point): void => latest.current.onBox?.(boxBetween(map, from, to));

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes later is handed on by the effects below
  useEffect(() => {
    let map: MapLibreMap;
    try {
      map = begin(box.current!, t, latest.current, style, boxed);
    } catch {
      latest.current.onRefused();
      return;
    }
    held.current = map;
    dressed.current = style;
    worn.current = new Set([...Object.keys(style.sources), ...style.layers.map(({ id }) => id)]);
    let leave: (() => void) | undefined;
    map.once('load', () => {
      leave = latest.current.onReady?.(map) ?? undefined;
      latest.current.onMoved?.(boundsOf(map), map.getZoom());
    });
    // Drawn for the first time, with every tile it asked for.
    map.once('idle', () => box.current?.setAttribute('data-ready', 'true'));
    map.on('click', ({ lngLat, point }) =>
      latest.current.onClick?.({ lon: lngLat.lng, lat: lngLat.lat, features: map.queryRenderedFeatures(point) }),
    );
    map.on('moveend', () => {
      setLacking(false);
      latest.current.onMoved?.(boundsOf(map), map.getZoom());
    });
    // A tile that did not come: the rest of the map stays.
    map.on('error', () => setLacking(true));
    return () => {
      leave?.();
      held.current = undefined;
      map.remove();
    };
  }, []);

  useEffect(() => {
    const map = held.current;
    if (!map || dressed.current === style) return;
    dressed.current = style;
    const put = (): void => dress(map, style, worn.current);
    if (map.isStyleLoaded() || map.loaded()) put();
    else map.once('idle', put);
  }, [style]);

  const first = useRef(true);
  const [west, south, east, north] = bounds ?? [];
  const [lon, lat] = center ?? [];
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    if (west !== undefined) held.current?.fitBounds([west, south!, east!, north!], { padding: 24, maxZoom: 17 });
    else if (lon !== undefined) held.current?.easeTo({ center: [lon, lat!], ...(zoom === undefined ? {} : { zoom }) });
  }, [west, south, east, north, lon, lat, zoom]);

  useEffect(() => {
    const map = held.current;
    if (!map) return;
    const shown = (markers ?? []).map((marker) => drawMarker(map, marker));
    return () => {
      for (const marker of shown) marker.remove();
    };
  }, [markers]);

  return (
    <>
      <div ref={box} className="map-box" />
      {props.boxing ? <Boxing onDrawn={(from, to) => held.current && boxed(held.current, from, to)} /> : null}
      <p role="status" className="map-status">
        {lacking ? t('map.lacking') : ''}
      </p>
    </>
  );
};
