import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../case/schema.ts';
import { decide } from '../../procedure/rules.ts';
import type { Procedure } from '../../procedure/schema.ts';
import { bruteForce } from '../brute/build.ts';
import { actorFor, around, commandFor, decisions, replay } from '../build.ts';
import { checkProcedure } from '../rules.ts';
import type { Finding } from '../schema.ts';
import { BROKEN, smallProcedure } from './build.ts';

const clock = (state: CaseState, id: string): string => state.clocks[id]?.status ?? 'off';

/** What the engine itself shows at the end of a counter-example, a variant at a time. */
const shows: Record<string, (definition: Procedure, finding: Finding, states: CaseState[]) => boolean> = {
  stageUnreachable: (definition, { where }, states) =>
    states.every((state) => state.stage !== where) &&
    Object.entries(definition.actions).every(
      ([id, action]) => action.to !== where || decisions(definition, states.at(-1)!, id, {}).length === 0,
    ),
  stuck: (definition, _, states) =>
    Object.keys(definition.actions).every((id) => decisions(definition, states.at(-1)!, id, {}).length === 0),
  neverEnds: (definition, { where }, states) => states.at(-1)!.stage === where && !definition.stages[where]!.end,
  endNeedsParty: (definition, { where }, states) =>
    states.at(-1)!.stage === where &&
    Object.keys(definition.actions)
      .flatMap((id) => decisions(definition, states.at(-1)!, id, {}))
      .filter(({ decision }) => definition.stages[decision.state.stage]!.end)
      .every(({ by }) => ['reporter', 'respondent', 'party'].includes(by.relation)),
  deadAction: (definition, { where }, states) => states.every((state) => decisions(definition, state, where, {}).length === 0),
  deadFrom: (definition, { where }, states) => decisions(definition, states.at(-1)!, where.split('@')[0]!, {}).length === 0,
  clockRunsAtEnd: (definition, { where }, states) => {
    const [id, stage] = where.split('@');
    return clock(states.at(-1)!, id!) === 'running' && states.at(-1)!.stage === stage && definition.stages[stage!]!.end !== undefined;
  },
  clockPausedAtEnd: (_, { where }, states) => clock(states.at(-1)!, where.split('@')[0]!) === 'paused',
  clockRestarted: (_, { where }, states) =>
    clock(states.at(-2)!, where.split('@')[0]!) === 'running' && clock(states.at(-1)!, where.split('@')[0]!) === 'running',
  sameHands: (definition, { where }, states) => {
    const before = states.at(-2)!;
    const [hands] = before.doers.handle!;
    return definition.actions[where]!.by.some(
      (by) => decide(definition, before, commandFor(definition.actions[where]!, where, {}), actorFor(before, by, hands), around).ok,
    );
  },
  verifierUnknown: (definition, { where }, states) => decisions(definition, states.at(-2)!, where, {}).some(({ by }) => !by.capability),
  appealUnreachable: (definition, { where }, states) => {
    const appeal = definition.actions[where]!.appeal as { action: string };
    return decisions(definition, states.at(-1)!, appeal.action, {}).length === 0;
  },
  endUnanswered: (_, __, states) => states.at(-1)!.facts.reporterReachable === true && states.at(-1)!.facts.answered === false,
  anonymousButReachable: (_, __, states) => states.at(-1)!.facts.reporterReachable === true,
  endUntold: (_, __, states) => states.at(-1)!.facts.reporterReachable === true && states.at(-1)!.facts.answered === false,
  mergedWithoutMain: (_, __, states) => states.at(-1)!.mainCaseId === undefined,
  stillMerged: (_, __, states) => states.at(-1)!.mainCaseId !== undefined && states.at(-1)!.stage === 'received',
  answeredUntold: (_, __, states) => states.at(-1)!.facts.answered === true && states.at(-2)!.facts.answered === false,
  answeredStale: (definition, _, states) =>
    states.at(-1)!.facts.answered === true && definition.stages[states.at(-2)!.stage]!.end !== undefined,
  reachableDenied: (_, __, states) => states.at(-2)!.facts.reporterReachable === true && states.at(-1)!.facts.reporterReachable === false,
  respondentEnds: (definition, _, states) => definition.stages[states.at(-1)!.stage]!.end !== undefined,
};

describe('a small sound procedure', () => {
  it('passes, with the checker and by brute force', () => {
    expect(checkProcedure(smallProcedure()).findings).toEqual([]);
    expect(bruteForce(smallProcedure())).toEqual([]);
  });
});

describe('a broken procedure is refused, and the way to the fault can be walked', () => {
  for (const { code, why, where, break: breaks } of BROKEN)
    it(`${code}: ${why}`, () => {
      const definition = smallProcedure();
      breaks(definition);
      const { ok, findings } = checkProcedure(definition);
      expect(ok).toBe(false);
      const finding = findings.find((one) => one.code === code && one.where === where);
      expect(findings.map((one) => `${one.code} ${one.where}`)).toContain(`${code} ${where}`);
      const states = finding!.path.length ? replay(definition, finding!.path) : [];
      // A stage to which nothing leads, or an action of such a stage, has no way to show.
      if (states.length === 0) expect(['stageUnreachable', 'deadAction']).toContain(code);
      else expect(shows[code]?.(definition, finding!, states) ?? true).toBe(true);
      expect(finding!.message.zh).not.toBe('');
      expect(bruteForce(definition)).toEqual(findings.map((one) => `${one.code} ${one.where}`).sort());
    });

  it('covers every variant the checker knows', () => {
    expect(new Set(BROKEN.map((one) => one.code)).size).toBe(27);
  });
});
