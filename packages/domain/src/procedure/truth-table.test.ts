import { describe, expect, it } from 'vitest';
import { mediationProcedure } from '../dispute/procedure.ts';
import { hearingProcedure } from '../hearing/procedure.ts';
import { letterProcedure } from '../letter/procedure.ts';
import { orderProcedure } from '../order/procedure.ts';
import { actorFor, decisions, replay } from '../soundness/build.ts';
import { explore, pathTo, takers } from '../soundness/explore/rules.ts';
import { truthTable } from './build.ts';
import { mayAct } from './rules.ts';
import type { Procedure, Relation } from './schema.ts';

const PROCEDURES = [orderProcedure, letterProcedure, mediationProcedure, hearingProcedure];

/** One reachable state of each stage, as the engine makes it. */
const aStateOfEach = (procedure: Procedure) => {
  const graph = explore(procedure, 200_000)!;
  return Object.keys(procedure.stages).map((stage) => {
    const index = graph.nodes.findIndex((node) => node.stage === stage);
    return { stage, node: graph.nodes[index]!, state: replay(procedure, pathTo(graph, index)).at(-1)! };
  });
};

describe('who may do what at which stage', () => {
  for (const procedure of PROCEDURES) {
    it(`is what was reviewed: ${procedure.title.zh}`, async () => {
      await expect(truthTable(procedure)).toMatchFileSnapshot(`./truth-table/${procedure.id}.txt`);
    });

    it(`is what the engine does, for every stage and action: ${procedure.title.zh}`, () => {
      for (const { node, state } of aStateOfEach(procedure))
        for (const [id, action] of Object.entries(procedure.actions)) {
          const byRules = takers(procedure, id, node).length > 0;
          const byEngine = decisions(procedure, state, id, {}).length > 0;
          expect({ stage: node.stage, id, byEngine }).toEqual({ stage: node.stage, id, byEngine: byRules });
          // Somebody who stands in no relation to the case gets nowhere, and neither does a post without the capability.
          expect(mayAct(procedure, state, id, { kind: 'person', personId: 'nobody', posts: [] }).ok).toBe(false);
          for (const by of action.by) {
            if (!by.capability) continue;
            const actor = actorFor(state, by);
            const without = { ...actor, posts: actor.posts.map((post) => ({ ...post, capabilities: [] })) };
            expect(mayAct(procedure, state, id, without).ok).toBe(false);
          }
        }
    });

    it(`keeps the respondent to the acts of a party: ${procedure.title.zh}`, () => {
      for (const { state } of aStateOfEach(procedure))
        for (const [id, action] of Object.entries(procedure.actions)) {
          if (action.duty === 'party' || action.partyAct === 'rectify') continue;
          for (const by of action.by) {
            const side = actorFor(state, { relation: 'respondent' as Relation });
            const both = { ...side, posts: [...side.posts, ...actorFor(state, by).posts] };
            expect({ id, ok: mayAct(procedure, state, id, both).ok }).toEqual({ id, ok: false });
          }
        }
    });
  }
});
