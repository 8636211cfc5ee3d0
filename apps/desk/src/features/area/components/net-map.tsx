import type { NetAreaView, NetFindings } from '@tongxin/domain/area/rezoning/schema.ts';
import { boundsOf, namePointOf } from '@tongxin/domain/area/rules.ts';
import type { Geometry } from '@tongxin/domain/area/schema.ts';
import type { GeoJSONSourceSpecification, Map as MapLibreMap } from 'maplibre-gl';
import { useMemo, useState } from 'react';
import { useDark } from '../../../lib/dark.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { type Pen, type Sketch, useDrawing } from '../../../lib/map/drawing.ts';
import { FONTS, nameIn, paletteOf } from '../../../lib/map/ground.ts';
import { type MapLayer, MapView } from '../../../lib/map/map-view.tsx';

type Mark = 'same' | 'chosen' | 'changed' | 'gone';

interface NetMapProps {
  readonly label: string;
  readonly around: NetAreaView;
  readonly areas: readonly NetAreaView[];
  readonly marks: ReadonlyMap<string, Mark>;
  readonly gone?: readonly NetAreaView[];
  readonly findings?: NetFindings | undefined;
  readonly pen?: Pen | undefined;
  readonly sketch?: Sketch | undefined;
  readonly onSketch?: ((sketch: Sketch) => void) | undefined;
  readonly onPick?: ((areaId: string) => void) | undefined;
}

const shapeOf = (area: NetAreaView): Geometry | undefined => area.boundary as Geometry | undefined;
const collection = (features: unknown[]): GeoJSONSourceSpecification => ({
  type: 'geojson',
  data: { type: 'FeatureCollection', features } as never,
});
const feature = (geometry: unknown, properties: object) => ({ type: 'Feature', properties, geometry });

const CHOSEN = '#0a58ca';
const CHANGED = '#0b7a5e';
const GONE = '#a11616';
const GAP = '#c77700';

const layersOf = (dark: boolean, language: 'zh' | 'en'): MapLayer[] => {
  const p = paletteOf(dark);
  const mark = (is: Mark) => ['==', ['get', 'mark'], is] as never;
  const dedicated = ['==', ['get', 'kind'], 'dedicatedGrid'] as never;
  return [
    { id: 'net-ground', type: 'fill', source: 'around', paint: { 'fill-color': p.land } },
    { id: 'net-fill', type: 'fill', source: 'net', filter: ['!', dedicated], paint: { 'fill-color': p.land, 'fill-opacity': 0.6 } },
    { id: 'net-changed', type: 'fill', source: 'net', filter: mark('changed'), paint: { 'fill-color': CHANGED, 'fill-opacity': 0.22 } },
    { id: 'net-chosen', type: 'fill', source: 'net', filter: mark('chosen'), paint: { 'fill-color': CHOSEN, 'fill-opacity': 0.22 } },
    { id: 'net-line', type: 'line', source: 'net', filter: ['!', dedicated], paint: { 'line-color': p.line, 'line-width': 1.4 } },
    { id: 'net-dedicated-fill', type: 'fill', source: 'net', filter: dedicated, paint: { 'fill-color': '#7b3fa0', 'fill-opacity': 0.12 } },
    {
      id: 'net-dedicated',
      type: 'line',
      source: 'net',
      filter: dedicated,
      paint: { 'line-color': dark ? '#cda3e6' : '#7b3fa0', 'line-width': 2, 'line-dasharray': [3, 2] },
    },
    { id: 'net-chosen-line', type: 'line', source: 'net', filter: mark('chosen'), paint: { 'line-color': CHOSEN, 'line-width': 3.5 } },
    {
      id: 'net-gone',
      type: 'line',
      source: 'gone',
      paint: { 'line-color': dark ? '#ff9c94' : GONE, 'line-width': 2, 'line-dasharray': [1, 2] },
    },
    { id: 'net-around', type: 'line', source: 'around', paint: { 'line-color': p.line, 'line-width': 3 } },
    { id: 'net-gaps', type: 'fill', source: 'gaps', paint: { 'fill-color': GAP, 'fill-opacity': 0.45 } },
    { id: 'net-overlaps', type: 'fill', source: 'overlaps', paint: { 'fill-color': GONE, 'fill-opacity': 0.55 } },
    {
      // The numbers under which the list beside the map names them.
      id: 'net-found',
      type: 'symbol',
      source: 'found',
      layout: {
        'text-field': ['get', 'n'],
        'text-font': FONTS,
        'text-size': 13,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': '#ffffff', 'text-halo-color': '#1a1a1a', 'text-halo-width': 1.6 },
    },
    {
      id: 'net-names',
      type: 'symbol',
      source: 'names',
      layout: { 'text-field': nameIn(language) as never, 'text-font': FONTS, 'text-size': 13, 'text-max-width': 7, 'text-padding': 2 },
      paint: { 'text-color': p.words, 'text-halo-color': p.halo, 'text-halo-width': 1.8 },
    },
  ] as MapLayer[];
};

/** The net as it is or would be: what is chosen, what changed, what goes, gaps and overlaps; with a pen over it. */
export const NetMap = ({ label, around, areas, marks, gone = [], findings, pen, sketch, onSketch, onPick }: NetMapProps) => {
  const { language } = useWords();
  const dark = useDark();
  const [map, setMap] = useState<MapLibreMap>();
  useDrawing(map, pen, sketch ?? { positions: [], by: 'text' }, onSketch ?? (() => {}));
  const layers = useMemo(() => layersOf(dark, language), [dark, language]);
  const sources = useMemo(() => {
    const drawn = areas.filter(shapeOf);
    const words = ({ id, name, kind }: NetAreaView) => ({ id, kind, zh: name.zh, en: name.en ?? name.zh, mark: marks.get(id) ?? 'same' });
    return {
      around: collection(shapeOf(around) ? [feature(around.boundary, {})] : []),
      net: collection(drawn.map((area) => feature(area.boundary, words(area)))),
      gone: collection(gone.filter(shapeOf).map((area) => feature(area.boundary, {}))),
      gaps: collection((findings?.gaps ?? []).map(({ geometry }) => feature(geometry, {}))),
      overlaps: collection((findings?.overlaps ?? []).map(({ geometry }) => feature(geometry, {}))),
      found: collection(
        [...(findings?.overlaps ?? []), ...(findings?.gaps ?? [])].map(({ geometry }, i) =>
          feature({ type: 'Point', coordinates: namePointOf(geometry as Geometry) }, { n: String(i + 1) }),
        ),
      ),
      names: collection(drawn.map((area) => feature({ type: 'Point', coordinates: namePointOf(shapeOf(area)!) }, words(area)))),
    };
  }, [areas, around, marks, gone, findings]);
  const bounds = useMemo(() => {
    const shape = shapeOf(around) ?? areas.map(shapeOf).find((one) => one);
    return shape ? boundsOf(shape) : undefined;
  }, [around, areas]);
  return (
    <MapView
      label={label}
      bare
      className="net-map"
      bounds={bounds}
      sources={sources}
      layers={layers}
      onReady={(ready) => {
        setMap(ready);
        return () => setMap(undefined);
      }}
      onClick={({ features }) => {
        if (pen || !onPick) return;
        const hit = features.filter(({ source }) => source === 'net' || source === 'names').map(({ properties }) => String(properties.id));
        if (hit[0]) onPick(hit[0]);
      }}
    />
  );
};
