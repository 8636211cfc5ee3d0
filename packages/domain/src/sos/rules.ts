/** Somebody who answers for an area, by a post. */
export interface Answerer {
  readonly personId: string;
  /** Levels from the top of the area tree: the greatest is the nearest. */
  readonly depth: number;
  readonly isOnDuty: boolean;
}

/** More people than this are not helped by hearing of it. */
const MOST = 30;

/**
 * Who hears a call for help: whoever is on duty for the area and whoever is nearest; where nobody is on duty, everybody who answers for it below the
 * whole city, and the city where there is nobody else. Never the one who pressed.
 */
export const toldOf = (answerers: readonly Answerer[], pressedBy: string): string[] => {
  const others = answerers.filter(({ personId }) => personId !== pressedBy).toSorted((a, b) => b.depth - a.depth);
  const nearest = others[0]?.depth;
  const onDuty = others.filter(({ isOnDuty }) => isOnDuty);
  const below = others.filter(({ depth }) => depth > 1);
  const chosen = onDuty.length > 0 ? others.filter((one) => one.isOnDuty || one.depth === nearest) : below.length > 0 ? below : others;
  return [...new Set(chosen.map(({ personId }) => personId))].slice(0, MOST);
};
