import { describe, expect, it } from 'vitest';
import { letterProcedure } from '../../letter/procedure.ts';
import { orderProcedure } from '../../order/procedure.ts';
import { explore, pathTo } from '../../soundness/explore/rules.ts';
import { drawProcedure } from '../rules.ts';
import { traceOf } from './rules.ts';

describe('a path on the drawing', () => {
  for (const procedure of [orderProcedure, letterProcedure])
    it(`is found for every shortest way to every state, unbroken: ${procedure.id}`, () => {
      const drawing = drawProcedure(procedure, 'zh');
      const graph = explore(procedure, 50_000)!;
      for (let index = 0; index < graph.nodes.length; index += 7) {
        const path = pathTo(graph, index);
        const trace = traceOf(procedure, drawing, path);
        expect(trace.last).toBe(graph.nodes[index]!.stage);
        // Every step that moves the case has its words marked with its number.
        let at = procedure.start;
        for (const [number, step] of path.entries()) {
          const to = step.kind === 'act' ? procedure.actions[step.action]!.to : 'same';
          if (step.kind !== 'act' || to === 'same' || to === at) continue;
          expect(drawing.boxes.some((box) => box.actions?.includes(step.action) && trace.boxes.get(box.id)?.includes(number))).toBe(true);
          at = to;
        }
      }
    });

  it('is nothing but the start where there is no step', () => {
    const trace = traceOf(orderProcedure, drawProcedure(orderProcedure, 'en'), []);
    expect([trace.boxes.size, trace.arrows.size, trace.last]).toEqual([0, 0, 'received']);
  });
});
