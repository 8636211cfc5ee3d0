import type { Action, Procedure, Stage } from '@tongxin/domain/procedure/schema.ts';

/** Stages in the order in which a case may come to them, ends last: definitions come from the database in no order that means anything. */
export const stagesInOrder = (procedure: Procedure): [id: string, stage: Stage][] => {
  const found = [procedure.start];
  for (const at of found)
    for (const { from, to } of Object.values(procedure.actions))
      if (from.includes(at) && to !== 'same' && !found.includes(to)) found.push(to);
  const all = [...found, ...Object.keys(procedure.stages).filter((id) => !found.includes(id))].filter((id) => procedure.stages[id]);
  const isEnd = (id: string): boolean => procedure.stages[id]!.end !== undefined;
  return [...all.filter((id) => !isEnd(id)), ...all.filter(isEnd)].map((id) => [id, procedure.stages[id]!]);
};

/** Actions by the first stage in which they may be taken; in one stage what is offered first, then what leads on, then what stays. */
export const actionsInOrder = (procedure: Procedure): [id: string, action: Action][] => {
  const place = new Map(stagesInOrder(procedure).map(([id], index) => [id, index]));
  const first = ({ from }: Action): number => Math.min(...from.map((stage) => place.get(stage) ?? place.size));
  const rank = ({ primary, to }: Action): number => (primary ? 0 : to === 'same' ? 2 : 1);
  return Object.entries(procedure.actions).sort(([, a], [, b]) => first(a) - first(b) || rank(a) - rank(b));
};
