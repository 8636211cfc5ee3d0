export interface Stop {
  readonly id: string;
  readonly point: { readonly lon: number; readonly lat: number };
}

/** Metres between two places close to each other. */
export const metresBetween = (a: Stop['point'], b: Stop['point']): number => {
  const metre = 111_320;
  const x = (b.lon - a.lon) * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return Math.hypot(x, b.lat - a.lat) * metre;
};

const lengthOf = (from: Stop['point'], stops: readonly Stop[]): number =>
  stops.reduce(({ at, sum }, { point }) => ({ at: point, sum: sum + metresBetween(at, point) }), { at: from, sum: 0 }).sum;

/**
 * An order to walk: always to the nearest that is left, then turned round wherever that makes it shorter. Reckoned on the device from one place, which
 * is kept nowhere.
 */
export const inOrderOfWalking = <T extends Stop>(from: Stop['point'], stops: readonly T[]): T[] => {
  const left = [...stops];
  const order: T[] = [];
  let at = from;
  while (left.length > 0) {
    let best = 0;
    for (let i = 1; i < left.length; i++) if (metresBetween(at, left[i]!.point) < metresBetween(at, left[best]!.point)) best = i;
    const [next] = left.splice(best, 1);
    order.push(next!);
    at = next!.point;
  }
  for (let better = true; better; ) {
    better = false;
    for (let i = 0; i < order.length - 1; i++)
      for (let j = i + 1; j < order.length; j++) {
        const turned = [...order.slice(0, i), ...order.slice(i, j + 1).reverse(), ...order.slice(j + 1)];
        if (lengthOf(from, turned) < lengthOf(from, order) - 0.5) {
          order.splice(0, order.length, ...turned);
          better = true;
        }
      }
  }
  return order;
};
