import { createHash } from 'node:crypto';
import type { BulkAction, NewPreview, Outcome, Preview, PreviewRow } from '@tongxin/domain/bulk/schema.ts';
import { readerKind } from '@tongxin/domain/case/rules.ts';
import type { CaseState, Command } from '@tongxin/domain/case/schema.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { maskWords } from '@tongxin/domain/mask/rules.ts';
import { inverseOf } from '@tongxin/domain/procedure/inverse/rules.ts';
import { allowedActions, decide } from '@tongxin/domain/procedure/rules.ts';
import type { Action, Procedure } from '@tongxin/domain/procedure/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { titleOf } from '../../../platform/errors/plugin.ts';
import { notFound, Problem } from '../../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { refused } from '../errors.ts';
import { heldBy, isHeld } from '../lease/present.ts';
import { findLease } from '../lease/repo.ts';
import type { CaseRecord } from '../repo.ts';
import { findCase } from '../repo.ts';
import { checkReferences, moves, procedureOf } from '../service.ts';
import { surroundings } from '../standing/present.ts';

/** What is asked and shown is the same in both: one form serves them. */
const keyOf = (id: string, { label, form = [] }: Action): string =>
  `${id}.${createHash('sha256').update(canonical({ label, form })).digest('hex').slice(0, 12)}`;

/** Pictures and papers belong to one case each: what needs them is done one by one. */
const openTo = (procedure: Procedure, state: CaseState, scope: Scope): [key: string, id: string][] =>
  allowedActions(procedure, state, scope.actor)
    .filter((id) => !procedure.actions[id]!.evidence?.min)
    .map((id) => [keyOf(id, procedure.actions[id]!), id]);

const outcomeOf = async (
  deps: Deps,
  scope: Scope,
  row: CaseRecord,
  procedure: Procedure,
  actionId: string,
  input: Command['input'],
  language: Language,
): Promise<Outcome> => {
  try {
    const command: Command = { action: actionId, input, files: [] };
    const decision = decide(procedure, row.state, command, scope.actor, surroundings(deps, row));
    if (!decision.ok) throw refused(decision);
    const lease = await findLease(scope.tx, row.case_id);
    if (moves(procedure, actionId) && isHeld(lease, deps.clock.now()) && lease.person_id !== scope.actor.personId)
      throw heldBy(deps, scope.actor, lease, language);
    await checkReferences(deps, scope, procedure, row, command);
    const { stage, leadOrganizationId, clocks } = decision.state;
    const lead = leadOrganizationId ? deps.directory.organization(leadOrganizationId)?.label : undefined;
    const dues = [procedure.lights.overall, procedure.lights.handling].flatMap((id) => {
      const clock = id ? clocks[id] : undefined;
      return clock?.dueAt && clock.status !== 'stopped' ? [clock.dueAt] : [];
    });
    return {
      ok: true,
      stageLabel: procedure.stages[stage]?.label ?? { zh: stage },
      ...(lead ? { leadOrganizationLabel: lead } : {}),
      ...(dues.length ? { dueAt: dues.sort()[0] } : {}),
    };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return { ok: false, code: problem.code, why: titleOf(problem, language) };
  }
};

/**
 * What may be done to each of several cases, and what an action with these answers would do: judged by the rules that will judge it, and nothing
 * is written. Whoever then acts, acts case by case, on the versions that were looked at.
 */
export const previewBulk = (deps: Deps, who: Who, { ids, actionKey, input }: NewPreview, language: Language): Promise<Preview> =>
  withScope(deps.pools.app, who, async (scope) => {
    const actions = new Map<string, BulkAction>();
    const rows: PreviewRow[] = [];
    for (const id of ids) {
      const row = await findCase(scope.tx, id);
      if (!row) {
        const gone = notFound();
        rows.push({ id, allowed: [], outcome: { ok: false, code: gone.code, why: titleOf(gone, language) } });
        continue;
      }
      const procedure = procedureOf(deps, row);
      const open = openTo(procedure, row.state, scope);
      for (const [key, actionId] of open) {
        const { label, form = [], primary = false, duty } = procedure.actions[actionId]!;
        const known = actions.get(key);
        const back = inverseOf(procedure, row.state, actionId, scope.actor);
        actions.set(key, {
          ...(known ?? { key, id: actionId, label, form, primary, duty }),
          n: (known?.n ?? 0) + 1,
          ...(back ? { undo: { id: back, label: procedure.actions[back]!.label } } : {}),
        });
      }
      // One that is not open is judged all the same: why not, is the answer.
      const asked = actionKey && (open.find(([key]) => key === actionKey)?.[1] ?? actionKey.split('.')[0]!);
      const shield = row.reporter_protected && readerKind(row.state, scope.actor) === 'respondent';
      rows.push({
        id,
        number: row.number,
        title: shield ? maskWords(row.title ?? '') : (row.title ?? ''),
        version: row.version,
        stageLabel: procedure.stages[row.stage]?.label ?? { zh: row.stage },
        allowed: open.map(([key]) => key),
        ...(asked ? { outcome: await outcomeOf(deps, scope, row, procedure, asked, input ?? {}, language) } : {}),
      });
    }
    return { rows, actions: [...actions.values()].sort((a, b) => b.n - a.n || Number(b.primary) - Number(a.primary)) };
  });
