import { Link } from '../../../app/router.tsx';
import { metresBetween, type Stop } from '../../../lib/field/route.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';

export interface WayStop extends Stop {
  readonly title: string;
  readonly to: string;
}

const SIZE = { width: 340, height: 220, edge: 24 };

/** Where stops lie to each other, drawn on the device: no map is asked of anybody, and no place of the worker is on it. */
const Sketch = ({ stops }: { stops: readonly WayStop[] }) => {
  const { f } = useFieldWords();
  const lons = stops.map(({ point }) => point.lon);
  const lats = stops.map(({ point }) => point.lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const narrower = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const inside = { width: SIZE.width - 2 * SIZE.edge, height: SIZE.height - 2 * SIZE.edge };
  const scale = Math.min(inside.width / Math.max((east - west) * narrower, 1e-5), inside.height / Math.max(north - south, 1e-5));
  const x = (lon: number): number => SIZE.width / 2 + (lon - (west + east) / 2) * narrower * scale;
  const y = (lat: number): number => SIZE.height / 2 - (lat - (south + north) / 2) * scale;
  return (
    <svg class="sketch" viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={f('way.sketch', { n: stops.length })}>
      <polyline points={stops.map(({ point }) => `${x(point.lon)},${y(point.lat)}`).join(' ')} class="walk" />
      {stops.map(({ id, point }, i) => (
        <g key={id} transform={`translate(${x(point.lon)} ${y(point.lat)})`}>
          <circle r="13" />
          <text text-anchor="middle" dy="5">
            {i + 1}
          </text>
        </g>
      ))}
      <text x={SIZE.width - 8} y="18" text-anchor="end" class="north">
        {f('way.north')}
      </text>
    </svg>
  );
};

/** Stops in the order of walking: a sketch and a list. */
export const Way = ({ stops }: { stops: readonly WayStop[] }) => {
  const { f } = useFieldWords();
  return (
    <>
      {stops.length > 1 ? <Sketch stops={stops} /> : null}
      <ol class="list way-list">
        {stops.map(({ id, title, to, point }, i) => (
          <li key={id}>
            <Link to={to} class="line">
              <strong>
                {i + 1}. {title}
              </strong>
              {i > 0 ? (
                <span class="small">{f('way.metres', { n: Math.round(metresBetween(stops[i - 1]!.point, point) / 10) * 10 })}</span>
              ) : null}
            </Link>
          </li>
        ))}
      </ol>
    </>
  );
};
