import type { Box } from '@tongxin/domain/diagram/rules.ts';

/** Below this scale nobody reads the words of a drawing. */
const LEGIBLE = 0.6;

interface Extent {
  readonly width: number;
  readonly height: number;
}
interface Opening {
  /** Of the drawing's own size; without one it fills the width of its view, as far as its own. */
  readonly scale?: number;
  /** CSS pixels scrolled to the right. */
  readonly left: number;
}

/**
 * How a drawing begins in its view: whole where its words stay legible so, else as wide as the view, else legible from its left edge on, and only
 * where its first stage would lie out of sight there with that stage in the middle. Sizes in CSS pixels; the view's height is the most it may take.
 */
export const openingOf = (drawing: Extent & { readonly boxes: readonly Box[] }, view: Extent): Opening => {
  const across = Math.min(1, view.width / drawing.width);
  const whole = Math.min(across, view.height / drawing.height);
  if (whole >= LEGIBLE && whole < across) return { scale: whole, left: 0 };
  if (across >= LEGIBLE) return { left: 0 };
  const start = drawing.boxes.find(({ kind }) => kind === 'start');
  const isSeen = !start || (start.x + start.width) * LEGIBLE <= view.width;
  return { scale: LEGIBLE, left: isSeen ? 0 : (start.x + start.width / 2) * LEGIBLE - view.width / 2 };
};
