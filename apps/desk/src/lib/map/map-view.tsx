import type { LayerSpecification, MapGeoJSONFeature, Map as MapLibreMap, SourceSpecification } from 'maplibre-gl';
import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react';
import { useWords } from '../i18n/i18n.tsx';
import { Failed, Loading } from '../load-state.tsx';
import './map.css';

/** west, south, east, north in degrees (WGS-84), as everywhere. */
export type MapBounds = readonly [west: number, south: number, east: number, north: number];

/** A mark with a name that can be reached by keyboard; for a handful of places, not for thousands. */
export interface MapMarker {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly label: string;
  /** Shown in the mark itself: a sign or a short number. */
  readonly sign?: string;
  readonly tone?: 'good' | 'warn' | 'bad' | 'quiet';
  readonly onClick?: () => void;
  /** It can be moved by mouse; offer fields for the same beside the map. */
  readonly onMove?: (lon: number, lat: number) => void;
}

export interface MapClick {
  readonly lon: number;
  readonly lat: number;
  /** What is drawn there, the topmost first. */
  readonly features: readonly MapGeoJSONFeature[];
}

/** A layer over the ground: under the names of places, or `over` them, or `under` the boundaries too. */
export type MapLayer = LayerSpecification & { readonly over?: boolean; readonly under?: boolean };

export interface MapViewProps {
  /** What the map shows, for who does not see it. */
  readonly label: string;
  readonly center?: readonly [lon: number, lat: number] | undefined;
  readonly zoom?: number | undefined;
  /** Wins over centre and zoom. The map moves there whenever it changes. */
  readonly bounds?: MapBounds | undefined;
  /** Sources and layers in MapLibre's own words; keep them the same objects while they are the same. */
  readonly sources?: Readonly<Record<string, SourceSpecification>> | undefined;
  readonly layers?: readonly MapLayer[] | undefined;
  readonly markers?: readonly MapMarker[] | undefined;
  readonly onClick?: ((click: MapClick) => void) | undefined;
  /** After every movement, with what is in sight. */
  readonly onMoved?: ((bounds: MapBounds, zoom: number) => void) | undefined;
  /** Somebody drew a box: by dragging with shift, or without it while `boxing`. */
  readonly onBox?: ((bounds: MapBounds) => void) | undefined;
  readonly boxing?: boolean;
  /** Called once with the map itself, when layers may be added (terra-draw); what it returns runs before the map goes. */
  // biome-ignore lint/suspicious/noConfusingVoidType: the same as of an effect
  readonly onReady?: ((map: MapLibreMap) => (() => void) | void) | undefined;
  /** No areas below: for drawings that bring their own ground. */
  readonly bare?: boolean;
  readonly className?: string;
  /** The same in words: a table or list. It stands after the map, and alone where no map can be drawn. */
  readonly alternative?: ReactNode;
}

type Canvas = ComponentType<Omit<MapViewProps, 'alternative'> & { readonly onRefused: () => void }>;

let drawn: boolean | undefined;
/** Whether this browser can draw a map at all. */
const canDraw = (): boolean => {
  drawn ??= document.createElement('canvas').getContext('webgl2') !== null;
  return drawn;
};

/** A map over the city's own areas. The library is fetched when the first map is shown. */
export const MapView = ({ alternative, ...props }: MapViewProps) => {
  const { t } = useWords();
  const [canvas, setCanvas] = useState<{ readonly component?: Canvas; readonly problem?: unknown }>({});
  const [refused, setRefused] = useState(() => !canDraw());
  const fetchCanvas = useCallback(() => {
    setCanvas({});
    import('./map-canvas.tsx').then(
      ({ MapCanvas }) => setCanvas({ component: MapCanvas }),
      (problem: unknown) => setCanvas({ problem }),
    );
  }, []);
  useEffect(() => {
    if (!refused) fetchCanvas();
  }, [refused, fetchCanvas]);
  const { component: Component, problem } = canvas;
  return (
    <>
      {refused ? (
        <p role="status" className="strip">
          {t('map.noWebgl')}
        </p>
      ) : (
        <div className={`map ${props.className ?? ''}`}>
          {Component ? (
            <Component {...props} onRefused={() => setRefused(true)} />
          ) : problem ? (
            <Failed problem={problem} again={fetchCanvas} />
          ) : (
            <Loading />
          )}
        </div>
      )}
      {alternative}
    </>
  );
};
