import type { Geometry, Position, Ring } from '@tongxin/domain/area/schema.ts';

type Spot = { readonly lon: number; readonly lat: number };

const inRing = (ring: Ring, [x, y]: Position): boolean => {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
};

/** Whether a spot lies in a polygon: in its outer ring and in none of its holes. */
export const contains = (rings: readonly Ring[], spot: Spot): boolean =>
  rings.length > 0 && inRing(rings[0]!, [spot.lon, spot.lat]) && !rings.slice(1).some((hole) => inRing(hole, [spot.lon, spot.lat]));

const size = (ring: Ring): number =>
  Math.abs(ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length]![1] - y * ring[(i + 1) % ring.length]![0], 0)) / 2;

/**
 * A spot that surely lies within a boundary, degrees WGS-84: the middle of the widest stretch across its largest part. It stands for "somewhere
 * in this area" when a person chose the area from a list; undefined when the boundary encloses nothing.
 */
export const spotInside = (geometry: Geometry): Spot | undefined => {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings = [...polygons].sort((a, b) => size(b[0] ?? []) - size(a[0] ?? []))[0];
  if (!rings?.[0]?.length) return undefined;
  const heights = rings[0].map(([, y]) => y);
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  let best: { spot: Spot; width: number } | undefined;
  for (const share of [0.5, 0.37, 0.63, 0.21, 0.79, 0.11, 0.89]) {
    const lat = low + (high - low) * share;
    const crossings: number[] = [];
    for (const ring of rings)
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i]!;
        const [xj, yj] = ring[j]!;
        if (yi > lat !== yj > lat) crossings.push(((xj - xi) * (lat - yi)) / (yj - yi) + xi);
      }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const width = crossings[i + 1]! - crossings[i]!;
      if (width > (best?.width ?? 0)) best = { spot: { lon: (crossings[i]! + crossings[i + 1]!) / 2, lat }, width };
    }
  }
  return best?.spot;
};
