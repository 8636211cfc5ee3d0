import type { Action, Procedure } from '../../procedure/schema.ts';

export interface Mutant {
  readonly kind: string;
  readonly where: string;
  readonly definition: Procedure;
}

const withAction = (base: Procedure, id: string, action: Action): Procedure => ({ ...base, actions: { ...base.actions, [id]: action } });
const without = <K extends keyof Action>(action: Action, key: K): Action => {
  const { [key]: _, ...rest } = action;
  return rest as Action;
};

/** Every weakening of a definition by one stroke: what a careless editor could do to it, action by action. */
export const mutants = (base: Procedure): Mutant[] => {
  const all: Mutant[] = [];
  const add = (kind: string, where: string, id: string, action: Action): void => {
    all.push({ kind, where, definition: withAction(base, id, action) });
  };
  const ends = Object.keys(base.stages).filter((stage) => base.stages[stage]!.end);
  for (const [id, action] of Object.entries(base.actions)) {
    if (action.appeal) add('appeal dropped', id, id, without(action, 'appeal'));
    if (action.appeal && 'final' in action.appeal) add('article dropped', id, id, { ...action, appeal: { final: '本单位决定' } });
    if (action.notBy) add('notBy dropped', id, id, without(action, 'notBy'));
    if (action.guard) add('guard removed', id, id, without(action, 'guard'));
    if (action.told) add('told dropped', id, id, without(action, 'told'));
    for (const fact of Object.keys(action.set ?? {})) {
      const { [fact]: _, ...set } = action.set!;
      add('set dropped', `${id}.${fact}`, id, { ...action, set });
    }
    for (const clock of action.clocks?.stop ?? [])
      add('stop dropped', `${id}.${clock}`, id, {
        ...action,
        clocks: { ...action.clocks, stop: action.clocks!.stop!.filter((one) => one !== clock) },
      });
    for (const part of ['resume', 'start'] as const)
      if (action.clocks?.[part]?.length) add(`${part} dropped`, id, id, { ...action, clocks: { ...action.clocks, [part]: [] } });
    if (action.assign?.mainCase) add('main case dropped', id, id, without(action, 'assign'));
    if (action.assign?.leadOrganization) add('lead dropped', id, id, without(action, 'assign'));
    if (action.from.length > 1)
      for (const stage of action.from)
        add('stage dropped', `${id}@${stage}`, id, { ...action, from: action.from.filter((one) => one !== stage) });
    for (const to of new Set([base.start, 'same', ...ends.slice(0, 2)]))
      if (to !== action.to) add('redirected', `${id}→${to}`, id, { ...action, to });
    if (!action.by.some((by) => by.relation === 'respondent'))
      add('respondent let in', id, id, { ...action, by: [...action.by, { relation: 'respondent' }] });
    if (!action.by.some((by) => by.relation === 'service')) add('left to the party', id, id, { ...action, by: [{ relation: 'party' }] });
    const { [id]: _, ...actions } = base.actions;
    all.push({ kind: 'action removed', where: id, definition: { ...base, actions } });
  }
  return all;
};
