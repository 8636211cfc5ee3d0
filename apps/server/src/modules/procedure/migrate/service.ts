import { createHash } from 'node:crypto';
import type { Refusal } from '@tongxin/domain/case/schema.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import { declareMigration, type Migration, mappingFault, migrate } from '@tongxin/domain/procedure/migrate/rules.ts';
import type { Mapping, Migrated, MigrationPreview, StagePreview } from '@tongxin/domain/procedure/migrate/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { titleOf } from '../../../platform/errors/plugin.ts';
import { invalid, Problem } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { appendAndCommit } from '../../case/index.ts';
import { varyingPost } from '../draft/service.ts';
import { findNext, findStandings, lockToMigrate, type Which } from './repo.ts';

export interface Asked extends Which {
  readonly to: number;
  readonly mapping: Mapping;
}

/** The change as it was declared. Throws 422 `procedureNotPublished`, `mappingUnfit` with where. */
const declared = (deps: Pick<Deps, 'procedures'>, { procedureId, from, to, mapping }: Asked): Migration => {
  const [before, after] = [deps.procedures.get(procedureId, from), deps.procedures.get(procedureId, to)];
  if (!before || !after) throw invalid('procedureNotPublished', { procedure: procedureId });
  const where = mappingFault(before, after, mapping);
  if (where) throw invalid('mappingUnfit', { where });
  return declareMigration(before, after, mapping);
};

const refusalWords = ({ from }: Migration, { code, params }: Refusal, language: Language): string => {
  const clock = from.clocks[String(params?.clock)]?.label;
  return titleOf(new Problem(409, code, clock ? { clock: inLanguage(clock, language) } : {}), language);
};

/** What would become of the open cases, stage by stage: how many go on, how many keep their version and why. Changes nothing. */
export const previewMigration = (deps: Deps, who: Who, asked: Asked, language: Language): Promise<MigrationPreview> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    varyingPost(deps, actor, asked.areaId);
    const migration = declared(deps, asked);
    const { from, to } = migration;
    const stages = new Map<string, { cases: number; refused: Map<string, { code: string; why: string; cases: number }> }>();
    let [cases, moving] = [0, 0];
    for (const { cases: counted, ...standing } of await findStandings(tx, asked)) {
      const n = Number(counted);
      const judged = migration.judge(standing);
      const stage = stages.get(standing.stage) ?? { cases: 0, refused: new Map() };
      stages.set(standing.stage, stage);
      stage.cases += n;
      cases += n;
      if (judged.ok) moving += n;
      else {
        const why = refusalWords(migration, judged, language);
        stage.refused.set(why, { code: judged.code, why, cases: (stage.refused.get(why)?.cases ?? 0) + n });
      }
    }
    const rows = [...stages].map(([stage, { cases: here, refused }]): StagePreview => {
      const into = asked.mapping.stages[stage];
      return {
        stage,
        label: from.stages[stage]?.label ?? { zh: stage },
        ...(into && to.stages[into] ? { to: { stage: into, label: to.stages[into].label } } : {}),
        cases: here,
        refused: [...refused.values()],
      };
    });
    return { stages: rows, cases, moving };
  });

/** A command id that follows from the change and the case: the same case is moved once by the same change. */
const commandOf = (migrationId: string, caseId: string): string => {
  const hex = createHash('sha256').update(`migration:${migrationId}:${caseId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** A request moves at most this many, so that it answers in time; the screen asks again until all is done. */
const MOST = 200;

/**
 * Moves open cases to another version, each by an event of its own record in a transaction of its own. Killed anywhere, the same again goes on
 * and moves nothing twice; what may not go on keeps its version and is counted.
 */
export const migrateCases = async (
  deps: Deps,
  who: Who,
  { id, after, ...asked }: Asked & { readonly id: string; readonly after?: string | undefined },
): Promise<Migrated> => {
  const { migration, ids } = await withScope(deps.pools.app, who, async ({ tx, actor }) => {
    varyingPost(deps, actor, asked.areaId);
    return { migration: declared(deps, asked), ids: asked.caseId ? [asked.caseId] : await findNext(tx, asked, after, MOST) };
  });
  let [moved, refused] = [0, 0];
  for (const caseId of ids) {
    const came = await withScope(deps.pools.app, who, async (scope) => {
      const { personId, postId, organizationId } = varyingPost(deps, scope.actor, asked.areaId);
      const row = await lockToMigrate(scope.client, asked, caseId);
      if (!row) return undefined;
      const now = deps.clock.now().toISOString();
      const result = migrate(migration, row.state, { id, actor: { kind: 'person', personId, postId, organizationId }, now });
      if (!result.ok) return false;
      const command = commandOf(id, caseId);
      const digest = createHash('sha256').update(command).digest();
      await appendAndCommit(deps, scope, row, [result.event], result.state, { id: command, digest });
      return true;
    });
    if (came) moved += 1;
    else if (came === false) refused += 1;
  }
  const last = ids.at(-1);
  return { moved, refused, ...(!asked.caseId && ids.length === MOST && last ? { next: last } : {}) };
};
