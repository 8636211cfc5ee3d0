import 'maplibre-gl/dist/maplibre-gl.css';
import {
  AttributionControl,
  type Map as MapLibreMap,
  Map as MapObject,
  Marker,
  NavigationControl,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { useEffect, useMemo, useRef } from 'react';
import { useDark } from '../dark.ts';
import { type Language, useWords } from '../i18n/i18n.tsx';
import { useBackdrop } from './backdrop.ts';
import { GROUND, groundStyle } from './ground.ts';
import type { MapBounds, MapMarker, MapViewProps } from './map-view.tsx';

setWorkerUrl(workerUrl);

/** Around Zhongshan: for a map that nobody has told where to look. */
const SOMEWHERE = { center: [113.38, 22.52] as [number, number], zoom: 9 };

type Words = ReturnType<typeof useWords>['t'];
const localeOf = (t: Words, label: string): Record<string, string> => ({
  'Map.Title': label,
  'NavigationControl.ZoomIn': t('map.zoomIn'),
  'NavigationControl.ZoomOut': t('map.zoomOut'),
  'NavigationControl.ResetBearing': t('map.north'),
  'AttributionControl.ToggleAttribution': t('map.attribution'),
  'ScaleControl.Meters': t('map.metres'),
  'ScaleControl.Kilometers': t('map.kilometres'),
  'Marker.Title': t('map.marker'),
  'Popup.Close': t('map.close'),
});

const boundsOf = (map: MapLibreMap): MapBounds => {
  const seen = map.getBounds();
  return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
};

/** Ground, then the caller's layers under the names, then names, then what stands over them. */
const styleOf = (
  ground: StyleSpecification,
  { sources = {}, layers = [] }: Pick<MapViewProps, 'sources' | 'layers'>,
): StyleSpecification => {
  const firstName = ground.layers.findIndex(({ id }) => id.startsWith(`${GROUND}-names-`));
  const cut = firstName < 0 ? ground.layers.length : firstName;
  const plain = layers.map(({ over, ...layer }) => ({ over: over === true, layer }));
  const of = (over: boolean) => plain.filter((one) => one.over === over).map((one) => one.layer);
  return {
    ...ground,
    sources: { ...ground.sources, ...sources },
    layers: [...ground.layers.slice(0, cut), ...of(false), ...ground.layers.slice(cut), ...of(true)] as StyleSpecification['layers'],
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

const begin = (container: HTMLElement, t: Words, props: MapViewProps, style: StyleSpecification): MapLibreMap => {
  const { bounds, center, zoom, label } = props;
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
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left');
  map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
  return map;
};

/** The map itself: made once for a language, dressed anew when what it shows changes. */
export const MapCanvas = (props: Omit<MapViewProps, 'alternative'> & { readonly onRefused: () => void }) => {
  const { t, language } = useWords();
  // A map keeps the words of its controls; another language is another map.
  return <CanvasIn key={language} t={t} language={language} {...props} />;
};

const CanvasIn = (
  props: Omit<MapViewProps, 'alternative'> & { readonly onRefused: () => void; readonly t: Words; readonly language: Language },
) => {
  const { t, language, bounds, center, zoom, sources, layers, markers, bare = false } = props;
  const dark = useDark();
  const backdrop = useBackdrop(dark);
  const box = useRef<HTMLDivElement>(null);
  const held = useRef<MapLibreMap>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const worn = useRef(new Set<string>());
  const style = useMemo(
    () => styleOf(groundStyle({ dark, language, backdrop, areas: !bare }, location.origin), { sources, layers }),
    [dark, language, backdrop, bare, sources, layers],
  );
  const dressed = useRef(style);

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes later is handed on by the effects below
  useEffect(() => {
    let map: MapLibreMap;
    try {
      map = begin(box.current!, t, latest.current, style);
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
      box.current?.setAttribute('data-ready', 'true');
    });
    map.on('click', ({ lngLat, point }) =>
      latest.current.onClick?.({ lon: lngLat.lng, lat: lngLat.lat, features: map.queryRenderedFeatures(point) }),
    );
    map.on('moveend', () => latest.current.onMoved?.(boundsOf(map), map.getZoom()));
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

  return <div ref={box} className="map-box" />;
};
