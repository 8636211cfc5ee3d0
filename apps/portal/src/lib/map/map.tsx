import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../i18n/i18n.tsx';
import { api } from '../services.ts';
import { groundLayer } from './tiles.ts';

export interface Point {
  readonly lon: number;
  readonly lat: number;
}
export interface Pin extends Point {
  readonly words: string;
}

interface MapProps {
  /** What it shows or is for, for who cannot see it. */
  readonly label: string;
  readonly start?: Point | undefined;
  readonly pins?: readonly Pin[];
  /** Where given, the middle of the map is marked and its place told. */
  readonly onMove?: (middle: Point) => void;
}

const CLOSE = 16;

/** A piece of its own that comes when a map is asked for. Moved by finger, mouse, or arrow keys; zoomed by buttons, fingers, or + and −. */
export const LightMap = ({ label, start, pins, onMove }: MapProps) => {
  const { t, language } = useWords();
  const holder = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map | undefined>(undefined);
  const moved = useRef(onMove);
  moved.current = onMove;
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const made = L.map(holder.current!, { zoomControl: false, attributionControl: false, minZoom: 8, maxZoom: 19, zoomAnimation: false });
    L.control.zoom({ zoomInTitle: t('map.closer'), zoomOutTitle: t('map.farther') }).addTo(made);
    map.current = made;
    const tell = (): void => {
      const { lng, lat } = made.getCenter();
      moved.current?.({ lon: Math.round(lng * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 });
    };
    made.on('moveend', tell);
    if (moved.current) made.on('click', ({ latlng }) => made.panTo(latlng, { animate: false }));
    if (start) made.setView([start.lat, start.lon], CLOSE);
    api
      .getMapGround()
      .then(({ bounds }) => {
        if (map.current !== made) return;
        if (!start && bounds)
          made.fitBounds([
            [bounds[1], bounds[0]],
            [bounds[3], bounds[2]],
          ]);
        else if (!start) made.setView([22.52, 113.38], 10);
        groundLayer(language).addTo(made);
      })
      .catch(() => setFailed(true));
    return () => {
      map.current = undefined;
      made.remove();
    };
  }, [language]);
  useEffect(() => {
    const made = map.current;
    if (!made || !pins) return;
    const layer = L.layerGroup(
      pins.map(({ lon, lat, words }) => {
        const words_ = document.createElement('span');
        words_.textContent = words;
        return L.circleMarker([lat, lon], { radius: 9, color: '#0b5a4a', weight: 3, fillOpacity: 0.4 }).bindPopup(words_);
      }),
    ).addTo(made);
    return () => void layer.remove();
  }, [pins, language]);
  return (
    <div class="map-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the map itself takes the arrow keys */}
      <div ref={holder} class="map" role="application" aria-label={label} tabIndex={0} />
      {onMove ? <span class="map-middle" aria-hidden="true" /> : null}
      {failed ? (
        <p class="wrong" role="alert">
          {t('map.failed')}
        </p>
      ) : null}
    </div>
  );
};
