import type { Procedure } from '../../procedure/schema.ts';
import type { Step } from '../../soundness/schema.ts';
import type { Drawing } from '../rules.ts';

/** Where a path of steps runs on a drawing: boxes with the numbers of the steps that pass them, and arrows by index. */
export interface Trace {
  readonly boxes: ReadonlyMap<string, readonly number[]>;
  readonly arrows: ReadonlySet<number>;
  /** The stage in which it ends. */
  readonly last: string;
}

/** Follows a path from filing over a drawing of the same procedure. Step 0 is the filing; what the drawing does not show is passed over. */
export const traceOf = (procedure: Procedure, drawing: Drawing, path: readonly Step[]): Trace => {
  const boxes = new Map<string, number[]>();
  const arrows = new Set<number>();
  const known = new Set(drawing.boxes.map((box) => box.id));
  const mark = (box: string, step: number): void => {
    const steps = boxes.get(box) ?? [];
    if (known.has(box) && steps.at(-1) !== step) boxes.set(box, [...steps, step]);
  };
  const cross = (from: string, to: string): boolean => {
    const index = drawing.arrows.findIndex((arrow) => arrow.from === from && arrow.to === to);
    if (index >= 0) arrows.add(index);
    return index >= 0;
  };
  let at = procedure.start;
  for (const [number, step] of path.entries()) {
    const action = step.kind === 'act' ? procedure.actions[step.action] : undefined;
    mark(at, number);
    if (step.kind !== 'act' || !action || action.to === 'same' || action.to === at) continue;
    const note = `note:${step.action}`;
    const source = known.has(note) ? note : at;
    const words = drawing.boxes.find(
      (box) => box.actions?.includes(step.action) && drawing.arrows.some((arrow) => arrow.from === source && arrow.to === box.id),
    );
    if (words && cross(source, words.id)) {
      mark(source, number);
      mark(words.id, number);
      cross(words.id, action.to);
    }
    at = action.to;
    mark(at, number);
  }
  return { boxes, arrows, last: at };
};
