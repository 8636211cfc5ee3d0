import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { KIND_NAMES, REPORT_COLUMNS, REPORT_TITLE, REPORT_TOTAL } from '@tongxin/domain/dispute/report/data.ts';
import { daysOfMonth } from '@tongxin/domain/dispute/rules.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { writeRows } from '../../../platform/sheet/sheet.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { findReport, SUMS } from './repo.ts';

/** The month's report to the justice station as a workbook: committees by kind, exact, and the sum below. */
export const monthReport = async (deps: Deps, who: Who, month: string, language: Language): Promise<{ name: string; bytes: Buffer }> => {
  const lines = await withScope(deps.pools.app, who, ({ tx, actor }) => {
    const { from, to } = daysOfMonth(month);
    const { areaId } = actor.posts.find(({ capabilities }) => capabilities.includes('mediation.count'))!;
    return findReport(tx, areaId, from, to);
  });
  const named = (label: Label): string => inLanguage(label, language);
  const rows = lines.map(({ organization_id, kind, ...sums }) => ({
    committee: named(deps.directory.organization(organization_id)?.label ?? { zh: organization_id }),
    kind: named(KIND_NAMES[kind as DisputeKind]),
    ...sums,
  }));
  const total = Object.fromEntries(SUMS.map((name) => [name, lines.reduce((sum, line) => sum + line[name], 0)]));
  const out = new PassThrough();
  const bytes = buffer(out);
  const batches = async function* () {
    yield [...rows, { committee: named(REPORT_TOTAL), kind: '', ...total }];
  };
  await writeRows('xlsx', out, batches(), {
    title: `${named(REPORT_TITLE)} ${month}`,
    columns: REPORT_COLUMNS,
    language,
    signal: AbortSignal.timeout(60_000),
    onRows: () => {},
  });
  return { name: `${named(REPORT_TITLE)}-${month}.xlsx`, bytes: await bytes };
};
