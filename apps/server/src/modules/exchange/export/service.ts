import { READERS, SOURCE_LABELS } from '@tongxin/domain/exchange/data.ts';
import { chosenColumns, wallTime } from '@tongxin/domain/exchange/rules.ts';
import type { Column, ExportFormat, ExportSource } from '@tongxin/domain/exchange/schema.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import { demand, postOf } from '../../../platform/access-plugin/demand.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { type JobCall, type JobEnd, type JobKind, type JobRow, startJob } from '../../../platform/jobs/jobs.ts';
import { MEDIA, type Rows, writeRows } from '../../../platform/sheet/sheet.ts';
import { type Scope, type Who, withScope } from '../../../platform/tx/tx.ts';
import { exportCases, type ListQuery } from '../../case/index.ts';
import { findByWords } from '../../search/index.ts';
import { type BurdenQuery, burdenRows } from '../../statistics/index.ts';
import { registerRows } from '../register/service.ts';

export interface NewExport {
  readonly id: string;
  readonly source: ExportSource;
  readonly format: ExportFormat;
  /** Of cases: what the list was asked. */
  readonly filter?: ListQuery;
  /** Of figures: of which area and days. */
  readonly figures?: BurdenQuery;
  readonly columns?: readonly string[];
  readonly purpose?: string;
}
interface ExportInput extends Omit<NewExport, 'id'> {
  readonly language: Language;
}

const columnsOf = ({ source, columns: ids, purpose }: Omit<NewExport, 'id'>): readonly Column[] => {
  const columns = chosenColumns(source, ids);
  if (!columns) throw invalid('unknownColumn');
  if (columns.some((column) => column.personal) && (purpose?.trim().length ?? 0) < 2) throw invalid('purposeMissing');
  return columns;
};

/** Refuses what only some read on the screen to whoever is not of them. */
export const demandSource = ({ actor }: Scope, source: ExportSource): void => {
  const needed = READERS[source];
  if (needed) demand(actor, needed);
};

/** Rows of what is no list of cases: sums of an area and days, or a register; within an area where one is named. */
export const otherRows = (
  deps: Deps,
  who: Who,
  scope: Scope,
  source: Exclude<ExportSource, 'cases'>,
  { figures = {}, areaId }: { readonly figures?: BurdenQuery | undefined; readonly areaId?: string },
  language: Language,
): Rows => (source === 'burden' ? burdenRows(deps, scope, figures, language) : registerRows(deps, who, scope, source, language, areaId));

/** Starts an export. Names and telephones need the capability and a purpose, and are refused before anything is queued. */
export const startExport = (deps: Deps, who: Who, { id, ...asked }: NewExport, language: Language): Promise<JobRow> => {
  const columns = columnsOf(asked);
  if (asked.format === 'geojson' && asked.source !== 'cases' && asked.source !== 'facilities') throw invalid('formatUnfit');
  return withScope(deps.pools.app, who, (scope) => {
    demandSource(scope, asked.source);
    if (asked.filter?.postId) postOf(scope.actor, asked.filter.postId);
    if (columns.some((column) => column.personal)) demand(scope.actor, 'party.read');
    const input: ExportInput = { ...asked, language };
    return startJob(deps, scope, { id, kind: 'export', input, about: { source: asked.source, format: asked.format } });
  });
};

const POINT: readonly string[] = ['lon', 'lat'];

const run = async ({ deps, who, input, signal, progress, file }: JobCall): Promise<JobEnd> => {
  const asked = input as ExportInput;
  const { source, format, language } = asked;
  const columns = columnsOf(asked);
  const named = columns.some((column) => column.personal);
  const title = inLanguage(SOURCE_LABELS[source], language);
  const out = file();
  let written = 0;
  await withScope(deps.pools.app, who, async (scope) => {
    // Posts may have changed since it was asked for.
    demandSource(scope, source);
    if (named) demand(scope.actor, 'party.read');
    const rows =
      source === 'cases'
        ? exportCases(
            deps,
            scope,
            asked.filter ?? {},
            {
              columns: new Set([...columns.map((column) => column.id), ...(format === 'geojson' ? POINT : [])]),
              language,
              ...(named ? { purpose: asked.purpose! } : {}),
            },
            findByWords,
            (total) => progress(0, total),
          )
        : otherRows(deps, who, scope, source, { figures: asked.figures }, language);
    await writeRows(format, out, rows, {
      title,
      columns,
      language,
      signal,
      onRows: (n) => {
        written = n;
        progress(n);
      },
    });
  });
  const day = wallTime(deps.clock.now()).slice(0, 16).replace(/[-: ]/gu, '');
  return { result: { rows: written }, file: { name: `${title}-${day}.${format}`, type: MEDIA[format] } };
};

export const exportJob: JobKind = { name: 'export', run };
