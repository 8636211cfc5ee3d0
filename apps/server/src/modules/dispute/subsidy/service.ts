import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { KIND_NAMES } from '@tongxin/domain/dispute/report/data.ts';
import { daysOfMonth } from '@tongxin/domain/dispute/rules.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import {
  DIFFICULTY_LABELS,
  RESULT_LABELS,
  SUBSIDY_COLUMNS,
  SUBSIDY_TITLE,
  SUBSIDY_TOTAL,
  UNREGISTERED,
} from '@tongxin/domain/dispute/subsidy/data.ts';
import { type EndedCase, ratesFor, type SubsidyLine, subsidyLines, subsidyTotal } from '@tongxin/domain/dispute/subsidy/rules.ts';
import type { NewSubsidyRates, SubsidyMonth, SubsidyRates } from '@tongxin/domain/dispute/subsidy/schema.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { pathOf } from '../../../platform/directory/directory.ts';
import { conflict, forbidden, invalid } from '../../../platform/errors/problem.ts';
import { writeRows } from '../../../platform/sheet/sheet.ts';
import { type ScopedTx, type Who, withScope } from '../../../platform/tx/tx.ts';
import { isFileComplete } from '../../document/index.ts';
import { mediatorName } from '../mediator/present.ts';
import { findMediators } from '../mediator/repo.ts';
import { presentRates } from './present.ts';
import { findEnded, findRates, insertRates, maySet } from './repo.ts';

const allRates = async (deps: Deps, tx: ScopedTx): Promise<SubsidyRates[]> => (await findRates(tx)).map((row) => presentRates(deps, row));

/** What localities pay for a case, every version. */
export const subsidyRates = (deps: Deps, who: Who): Promise<SubsidyRates[]> =>
  withScope(deps.pools.app, who, ({ tx }) => allRates(deps, tx));

/** Sets rates under an id made by the client. Throws 403 beyond one's area, 409 for an id that says something else. */
export const setRates = (deps: Deps, who: Who, asked: NewSubsidyRates): Promise<SubsidyRates> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const said = { ...asked, source: asked.source.trim() };
    if (said.source === '' || said.source.includes('\u0000') || !said.source.isWellFormed())
      throw invalid('fieldMissing', { field: 'source' });
    if (!deps.places.ofArea(asked.areaId)) throw invalid('unknownArea', { field: 'areaId' });
    if (!(await maySet(tx, asked.areaId))) throw forbidden('beyondYourArea');
    await insertRates(tx, said, deps.clock.now().toISOString());
    const made = (await allRates(deps, tx)).find(({ id }) => id === said.id);
    const { areaLabel: _label, ...kept } = made ?? {};
    if (!made || canonical(kept) !== canonical(said)) throw conflict('idTaken');
    return made;
  });

/** By committee: its mediators' names, and what ended there in a month, priced by the rates that hold where it is. */
const linesOf = (deps: Deps, who: Who, month: string): Promise<{ line: SubsidyLine; mediator: string | undefined }[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const { tx, actor } = scope;
    const headed = [
      ...new Set(
        actor.posts.filter(({ capabilities }) => capabilities.includes('mediator.manage')).map(({ organizationId }) => organizationId),
      ),
    ];
    const { from, to } = daysOfMonth(month);
    const [ended, register, rates] = [await findEnded(tx, headed, from, to), await findMediators(tx, headed), await allRates(deps, tx)];
    const cases: EndedCase[] = [];
    for (const row of ended)
      cases.push({
        organizationId: row.organization_id,
        mediatorId: row.handler_id ?? undefined,
        kind: row.kind as DisputeKind,
        result: row.result,
        sides: row.parties,
        sentUp: row.sent_up,
        fileComplete: await isFileComplete(deps, scope, row.case_id),
      });
    return headed.flatMap((organizationId) => {
      const areaId = deps.directory.organization(organizationId)?.areaId;
      const place = areaId ? deps.places.ofArea(areaId) : undefined;
      const own = cases.filter((one) => one.organizationId === organizationId);
      return subsidyLines(own, place && ratesFor(rates, pathOf(place), month)).map((line) => {
        const known = register.find((one) => one.organization_id === organizationId && one.person_id === line.mediatorId);
        return { line, mediator: known && mediatorName(deps, known) };
      });
    });
  });

/** 以案定补 of a month for who heads the committee: what the workbook has, to be read on the page. */
export const subsidyOfMonth = async (deps: Deps, who: Who, month: string): Promise<SubsidyMonth> => {
  const lines = await linesOf(deps, who, month);
  return {
    lines: lines.map(({ line: { organizationId, mediatorId: _id, ...line }, mediator }) => {
      const organizationLabel = deps.directory.organization(organizationId)?.label;
      return { ...line, ...(organizationLabel ? { organizationLabel } : {}), ...(mediator ? { mediator } : {}) };
    }),
    total: subsidyTotal(lines.map(({ line }) => line)),
  };
};

/** 以案定补 of a month for who heads the committee, as a workbook: nothing of any side, and nobody set above another. */
export const subsidySheet = async (deps: Deps, who: Who, month: string, language: Language): Promise<{ name: string; bytes: Buffer }> => {
  const lines = await linesOf(deps, who, month);
  const named = (label: Label): string => inLanguage(label, language);
  const yuan = (fen: number | undefined): number | null => (fen === undefined ? null : fen / 100);
  const rows = lines.map(({ line, mediator }) => ({
    committee: named(deps.directory.organization(line.organizationId)?.label ?? { zh: line.organizationId }),
    mediator: mediator ?? named(UNREGISTERED),
    kind: named(KIND_NAMES[line.kind]),
    result: named(RESULT_LABELS[line.result]),
    difficulty: named(DIFFICULTY_LABELS[line.difficulty]),
    file: line.fileComplete,
    cases: line.cases,
    each: yuan(line.each),
    amount: yuan(line.amount),
  }));
  const sums = subsidyTotal(lines.map(({ line }) => line));
  const total = {
    committee: named(SUBSIDY_TOTAL),
    mediator: '',
    kind: '',
    result: '',
    difficulty: '',
    file: null,
    cases: sums.cases,
    each: null,
    amount: yuan(sums.amount),
  };
  const out = new PassThrough();
  const bytes = buffer(out);
  const batches = async function* () {
    yield [...rows, total];
  };
  await writeRows('xlsx', out, batches(), {
    title: `${named(SUBSIDY_TITLE)} ${month}`,
    columns: SUBSIDY_COLUMNS,
    language,
    signal: AbortSignal.timeout(60_000),
    onRows: () => {},
  });
  return { name: `${named(SUBSIDY_TITLE)}-${month}.xlsx`, bytes: await bytes };
};
