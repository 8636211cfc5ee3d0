import { readerKind } from '@tongxin/domain/case/rules.ts';
import { aheadOf } from '@tongxin/domain/consequence/rules.ts';
import { type Marks, procedureSvg } from '@tongxin/domain/diagram/rules.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import { readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { notFound, Problem } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { type EventRow, findCase, findRecord } from '../repo.ts';

const sinceMigration = (record: readonly EventRow[]): readonly EventRow[] =>
  record.slice(record.findLastIndex(({ type }) => type === 'case.migrated') + 1);

/** The procedure's diagram with a case on it, for staff. */
export const drawCase = (deps: Deps, who: Who, caseId: string, language: Language): Promise<Buffer> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await findCase(scope.tx, caseId);
    if (!row || readerKind(row.state, scope.actor) !== 'staff') throw notFound();
    const procedure = deps.procedures.get(row.procedure_id, row.procedure_version);
    if (!procedure) throw new Problem(503, 'procedureNotPublished', { procedure: row.procedure_id, version: row.procedure_version });
    const marks: Marks = {
      at: row.stage,
      // Under this version: arrows of another are not on the picture.
      came: sinceMigration(await findRecord(scope.tx, caseId)).flatMap((event) => {
        const { from, to, action } = readHeader(event.header).header;
        return from && to && action && from !== to ? [{ from, to, action }] : [];
      }),
      ahead: aheadOf(procedure, row.state).map(({ stage }) => stage),
    };
    return Buffer.from(procedureSvg(procedure, language, marks));
  });
