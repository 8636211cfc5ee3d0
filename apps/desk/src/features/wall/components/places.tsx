import { useQuery } from '@tanstack/react-query';
import type { Geometry, Position } from '@tongxin/domain/area/schema.ts';
import type { Coarse, WallMap, WallView } from '@tongxin/domain/wall/view.ts';
import { useMemo } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { wallMapQuery } from '../queries.ts';
import { useCoarse } from './lists.tsx';

/** The drawing's own units: text sizes are in them, so that it grows with the screen. */
const SIDE = 1000;
const LETTER = 34;
const CLASSES = 5;

const ringsOf = (geometry: Geometry): readonly (readonly Position[])[] =>
  geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();

/** Degrees to the drawing: at the size of a city a degree of longitude is shorter by the cosine of the latitude, and that is all. */
const project = (areas: WallMap['areas']) => {
  const all = areas.flatMap(({ geometry }) => ringsOf(geometry as Geometry).flat());
  const [west, east] = [Math.min(...all.map(([lon]) => lon)), Math.max(...all.map(([lon]) => lon))];
  const [south, north] = [Math.min(...all.map(([, lat]) => lat)), Math.max(...all.map(([, lat]) => lat))];
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = SIDE / Math.max((east - west) * narrow, north - south);
  return {
    width: (east - west) * narrow * scale,
    height: (north - south) * scale,
    point: ([lon, lat]: Position): [number, number] => [(lon - west) * narrow * scale, (north - lat) * scale],
  };
};

interface Shape {
  readonly id: string;
  readonly path: string;
  readonly middle: readonly [number, number];
  readonly size: number;
}

const shapesOf = (areas: WallMap['areas']): { width: number; height: number; shapes: Shape[] } => {
  const { width, height, point } = project(areas);
  const shapes = areas.map(({ id, geometry }): Shape => {
    const rings = ringsOf(geometry as Geometry).map((ring) => ring.map(point));
    const xs = rings.flat().map(([x]) => x);
    const ys = rings.flat().map(([, y]) => y);
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
    return {
      id,
      path: rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`).join(''),
      middle: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2],
      size: (box[2] - box[0]) * (box[3] - box[1]),
    };
  });
  return { width, height, shapes };
};

/** Shades by rank, so that one busy town does not pale the others; none and few have their own. */
const shadeOf = (open: Coarse, all: readonly Coarse[]): number => {
  if (open === 'few') return 1;
  if (open === 0) return 0;
  const known = all.filter((one): one is number => typeof one === 'number' && one > 0).sort((a, b) => a - b);
  return 2 + Math.min(CLASSES - 3, Math.floor(((CLASSES - 2) * known.filter((one) => one < open).length) / Math.max(1, known.length)));
};

/** Names that find room, the largest areas first: what overlaps is left to the shade. */
const labelled = (shapes: readonly Shape[], words: (id: string) => string): { id: string; text: string; x: number; y: number }[] => {
  const taken: { x: number; y: number; w: number }[] = [];
  return [...shapes]
    .sort((a, b) => b.size - a.size)
    .flatMap(({ id, middle: [x, y] }) => {
      const text = words(id);
      const w = [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 255 ? LETTER : LETTER * 0.6), 0);
      if (taken.some((one) => Math.abs(one.y - y) < LETTER * 1.15 && Math.abs(one.x - x) < (one.w + w) / 2)) return [];
      taken.push({ x, y, w });
      return [{ id, text, x, y }];
    });
};

/** The area by its parts: open cases as shades and numbers, and the same as a list for whoever cannot see it. */
export const Places = ({ view, areaId }: { view: WallView; areaId: string | undefined }) => {
  const { t, l } = useWords('wall');
  const coarse = useCoarse();
  const { data: map } = useQuery(wallMapQuery(areaId));
  const drawn = useMemo(() => (map?.areas.length ? shapesOf(map.areas) : undefined), [map]);
  const places = new Map(view.places.map((place) => [place.id, place]));
  const open = view.places.map((place) => place.open);
  return (
    <section className="wall-panel wall-places" aria-labelledby="wall-places">
      <h2 id="wall-places">
        {t('wall.places')} <span className="quiet">{t('wall.placesHint')}</span>
      </h2>
      {drawn ? (
        <svg viewBox={`-6 -6 ${drawn.width + 12} ${drawn.height + 12}`} aria-hidden="true">
          {drawn.shapes.map((shape) => (
            <path key={shape.id} d={shape.path} className={`wall-shade-${shadeOf(places.get(shape.id)?.open ?? 0, open)}`} />
          ))}
          {labelled(drawn.shapes, (id) => {
            const place = places.get(id);
            return !place ? '' : place.open === 'few' || place.open === 0 ? l(place.label) : `${l(place.label)} ${coarse(place.open)}`;
          }).map(({ id, text, x, y }) => (
            <text key={id} x={x} y={y} fontSize={LETTER}>
              {text}
            </text>
          ))}
        </svg>
      ) : null}
      {drawn ? (
        <p className="wall-legend" aria-hidden="true">
          {['0', t('wall.few'), t('wall.less'), t('wall.middling'), t('wall.more')].map((words, shade) => (
            <span key={words}>
              <svg viewBox="0 0 8 8" aria-hidden="true">
                <path d="M0 0H8V8H0Z" className={`wall-shade-${shade}`} />
              </svg>{' '}
              {words}
            </span>
          ))}
        </p>
      ) : null}
      <ul className={drawn ? 'unseen' : 'wall-rows'}>
        {view.places.map((place) => (
          <li key={place.id}>
            <span className="wall-name">{l(place.label)}</span>
            <strong>{coarse(place.open)}</strong>
            <span className="quiet">{t('wall.overdueOf', { n: coarse(place.overdue) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};
