import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../case/schema.ts';
import { orderProcedure } from '../../order/procedure.ts';
import { replay } from '../../soundness/build.ts';
import { explore, type Node, pathTo } from '../../soundness/explore/rules.ts';
import { evolve } from '../rules.ts';
import type { Procedure } from '../schema.ts';
import { declareMigration, factsToSay, mappingFault, migrate, sameStages } from './rules.ts';

const POST = { kind: 'person', personId: 'p', postId: 'o', organizationId: 'b' } as const;
const by = { id: '0192f000-0000-7000-8000-00000000000a', actor: POST, now: '2026-10-01T01:00:00.000Z' };
const next: Procedure = { ...orderProcedure, version: 1001, extends: { id: 'order', version: orderProcedure.version } };
const graph = explore(orderProcedure, 50_000)!;
const open = graph.nodes.flatMap((node: Node, index) => (orderProcedure.stages[node.stage]!.end ? [] : [index]));
/** A case as it stands after a way through the procedure, taken by the engine. */
const stateAt = (index: number): CaseState => replay(orderProcedure, pathTo(graph, index)).at(-1)!;
const anyOpen = fc.constantFrom(...open).map(stateAt);

/** The order with one of its stages under another name. */
const renamed = (from: string, to: string): Procedure => {
  const name = (id: string): string => (id === from ? to : id);
  return {
    ...next,
    stages: Object.fromEntries(Object.entries(next.stages).map(([id, stage]) => [name(id), stage])),
    actions: Object.fromEntries(
      Object.entries(next.actions).map(([id, action]) => [id, { ...action, from: action.from.map(name), to: name(action.to) }]),
    ),
  };
};

describe('a mapping is refused', () => {
  const same = sameStages(orderProcedure, next);
  it.each([
    ['of a version onto itself', orderProcedure, same, 'to'],
    ['from a stage that is not there', next, { stages: { ghost: 'received' } }, 'stages.ghost'],
    ['to a stage that is not there', next, { stages: { received: 'constructor' } }, 'stages.received'],
    ['that would end a case', next, { stages: { received: 'closed' } }, 'stages.received'],
    ['of what has ended', next, { stages: { closed: 'received' } }, 'stages.closed'],
    ['that says what a fact cannot', next, { ...same, facts: { callBack: 'often' } }, 'facts.callBack'],
  ])('%s', (_what, to, mapping, where) => {
    expect(mappingFault(orderProcedure, to, mapping)).toBe(where);
  });
  it('of a procedure that others may read onto one they may not', () => {
    expect(mappingFault(orderProcedure, { ...next, confidential: true }, same)).toBe('to');
  });
});

describe('a running case', () => {
  it('goes on under a variant from wherever it stands; nothing of it changes but the version, and due times stay as promised', () => {
    const mapping = sameStages(orderProcedure, next);
    expect(mappingFault(orderProcedure, next, mapping)).toBeUndefined();
    const migration = declareMigration(orderProcedure, next, mapping);
    fc.assert(
      fc.property(anyOpen, (state) => {
        const moved = migrate(migration, state, by);
        if (!moved.ok) throw new Error(moved.code);
        expect(moved.event.content).toBeUndefined();
        expect(moved.state).toEqual({ ...state, procedureVersion: 1001, version: state.version + 1 });
        expect(evolve(state, moved.event)).toEqual(moved.state);
        // Once it has moved it is not moved again.
        expect(migrate(migration, moved.state, by)).toEqual({ ok: false, code: 'caseChanged' });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its version where its stage is not mapped, and goes where it is', () => {
    const to = renamed('accepted', 'taken');
    const accepted = open.map(stateAt).find((state) => state.stage === 'accepted')!;
    const mapping = sameStages(orderProcedure, to);
    expect(migrate(declareMigration(orderProcedure, to, mapping), accepted, by)).toEqual({
      ok: false,
      code: 'stageUnmapped',
      params: { stage: 'accepted' },
    });
    const declared = { stages: { ...mapping.stages, accepted: 'taken' } };
    expect(migrate(declareMigration(orderProcedure, to, declared), accepted, by)).toMatchObject({
      ok: true,
      event: { type: 'case.migrated', header: { from: 'accepted', to: 'taken', codes: { fromVersion: 2, procedureVersion: 1001 } } },
      state: { stage: 'taken', procedureVersion: 1001 },
    });
  });

  it('keeps its version where a limit that runs would be lost', () => {
    const { acceptance: _, ...clocks } = next.clocks;
    const to = { ...next, clocks };
    const received = stateAt(0);
    expect(migrate(declareMigration(orderProcedure, to, sameStages(orderProcedure, to)), received, by)).toEqual({
      ok: false,
      code: 'clockUnmapped',
      params: { clock: 'acceptance' },
    });
  });

  it('keeps its version where it could not come to an end, or would end with a limit still running', () => {
    const migration = declareMigration(orderProcedure, next, { stages: { received: 'resolved' } });
    // Nobody has accepted it: its limit of acceptance would run on for ever.
    expect(migrate(migration, stateAt(0), by)).toMatchObject({ ok: false, code: 'wouldStick' });
  });

  it('is told what the new version must know; what nothing says keeps it', () => {
    const to: Procedure = {
      ...next,
      facts: { ...next.facts, weather: ['fair', 'storm'] },
      initial: { ...next.initial, weather: { filing: 'weather' } },
    };
    expect(factsToSay(orderProcedure, to)).toEqual(['weather']);
    const stages = sameStages(orderProcedure, to);
    expect(migrate(declareMigration(orderProcedure, to, stages), stateAt(0), by)).toEqual({
      ok: false,
      code: 'factUnmapped',
      params: { fact: 'weather' },
    });
    const said = { ...stages, facts: { weather: 'fair' } };
    expect(migrate(declareMigration(orderProcedure, to, said), stateAt(0), by)).toMatchObject({
      ok: true,
      event: { header: { set: { weather: 'fair' } } },
    });
  });
});
