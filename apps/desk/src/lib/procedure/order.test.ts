import { letterProcedure } from '@tongxin/domain/letter/procedure.ts';
import { orderProcedure } from '@tongxin/domain/order/procedure.ts';
import { describe, expect, it } from 'vitest';
import { actionsInOrder, stagesInOrder } from './order.ts';

describe.each([orderProcedure, letterProcedure])('the order in which $id is told', (procedure) => {
  it('begins where a case begins, ends with the ends, and leaves nothing out', () => {
    const stages = stagesInOrder(procedure);
    expect(stages[0]![0]).toBe(procedure.start);
    expect(stages.map(([id]) => id).sort()).toEqual(Object.keys(procedure.stages).sort());
    const firstEnd = stages.findIndex(([, stage]) => stage.end);
    expect(stages.slice(firstEnd).every(([, stage]) => stage.end)).toBe(true);
    expect(
      actionsInOrder(procedure)
        .map(([id]) => id)
        .sort(),
    ).toEqual(Object.keys(procedure.actions).sort());
  });

  it('does not depend on the order in which stages are kept', () => {
    const turned = <T>(part: Record<string, T>): Record<string, T> => Object.fromEntries(Object.entries(part).reverse());
    const other = { ...procedure, stages: turned(procedure.stages) };
    expect(stagesInOrder(other).map(([id]) => id)).toEqual(stagesInOrder(procedure).map(([id]) => id));
  });
});
