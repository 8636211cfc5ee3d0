import type { CaseState } from '@tongxin/domain/case/schema.ts';
import { codeWords } from '@tongxin/domain/exchange/rules.ts';
import type { Cell } from '@tongxin/domain/exchange/schema.ts';
import { inLanguage, type Label, type Language } from '@tongxin/domain/label/schema.ts';
import { maskWords } from '@tongxin/domain/mask/rules.ts';
import { permitWork } from '@tongxin/domain/procedure/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';
import { openContent } from '../../../platform/record/chain.ts';
import type { Scope } from '../../../platform/tx/tx.ts';
import { type FindByWords, type ListQuery, presentRow, resolveFilter } from '../list/service.ts';
import { partyPlace } from '../party/service.ts';
import { countExport, type ExportRow, fetchExport, openExport, readReporters } from './repo.ts';

export type ExportedRow = Readonly<Record<string, Cell>>;

const BATCH = 125;
/** Names may be taken along for work on some cases, never as a list of who complained. */
const MOST_NAMED = 500;
const DAY_MS = 86_400_000;
/** Cases a search by words may find for an export. */
const MOST_FOUND = 2000;

interface Asked {
  readonly columns: ReadonlySet<string>;
  readonly language: Language;
  /** Why names and telephones are needed; without it they are not read. */
  readonly purpose?: string;
}

const cellsOf = (deps: Deps, row: ExportRow, { language, columns }: Asked, now: string): Record<string, Cell> => {
  const view = presentRow(deps, row, now);
  const words = (label: Label | undefined): string | null => (label ? inLanguage(label, language) : null);
  const area = (id: string | null): string | null => (id ? words(deps.directory.area(id)?.label) : null);
  const body = (id: string | null): string | null => (id ? words(deps.directory.organization(id)?.label) : null);
  const began = new Date(row.reported_at ?? row.created_at);
  const at = (instant: string | Date | null): Date | null => (instant === null ? null : new Date(instant));
  return {
    number: row.number,
    sourceNumber: row.source_number,
    title: row.title,
    procedure: words(deps.procedures.get(row.procedure_id, row.procedure_version)?.title),
    stage: words(view.stageLabel),
    channel: codeWords('channel', row.channel, language),
    demandKind: codeWords('demandKind', row.demand_kind, language),
    category: words(view.categoryLabel),
    town: area(row.town_id),
    community: area(row.community_id),
    grid: area(row.grid_id),
    leadOrganization: body(row.lead_organization_id),
    receivingOrganization: body(row.receiving_organization_id),
    reportedAt: at(row.reported_at),
    overallDueAt: at(row.overall_due_at),
    handlingDueAt: at(row.handling_due_at),
    light: codeWords('light', view.light, language),
    endedAt: row.ended_at,
    updatedAt: row.updated_at,
    days: row.ended_at ? Math.max(0, Math.round(((row.ended_at.getTime() - began.getTime()) / DAY_MS) * 10) / 10) : null,
    imported: row.imported,
    lon: row.lon,
    lat: row.lat,
    text: columns.has('text') && row.sealed ? maskedText(deps, row) : null,
  };
};

const maskedText = (deps: Deps, row: ExportRow): string => {
  const { text } = openContent(deps.crypto, row.case_id, 1, row.sealed!) as { text?: string };
  return maskWords(text ?? '');
};

/** Names and telephones of a batch, of those cases whose parties the caller may read. */
const reportersOf = async (deps: Deps, scope: Scope, rows: readonly ExportRow[], asked: Asked, now: string) => {
  const reads = rows.flatMap((row) => {
    const permitted = permitWork(row.state as CaseState, scope.actor, 'party.read');
    return permitted.ok ? [{ caseId: row.case_id, postId: permitted.post.postId, organizationId: permitted.post.organizationId }] : [];
  });
  const fields = [asked.columns.has('reporterName') ? 'name' : '', asked.columns.has('reporterPhone') ? 'phone' : ''].filter(Boolean);
  const found = reads.length ? await readReporters(scope.client, reads, fields, asked.purpose!, now) : [];
  const open = (caseId: string, partyId: string, field: 'name' | 'phone', sealed: Buffer | null): string | null =>
    sealed ? deps.crypto.open(sealed, partyPlace(caseId, partyId, field)).toString('utf8') : null;
  return new Map(
    found.map((one) => [
      one.case_id,
      {
        reporterName: open(one.case_id, one.party_id, 'name', one.name_sealed),
        reporterPhone: open(one.case_id, one.party_id, 'phone', one.phone_sealed),
      },
    ]),
  );
};

/**
 * Cases of a list as cells, in its order, batch by batch over one snapshot: whoever asks gets what that scope sees at this instant, as a list
 * would show it. Names come only with a purpose, and every reading is logged; more than 500 are refused with `tooManyNamed`.
 */
export async function* exportCases(
  deps: Deps,
  scope: Scope,
  query: ListQuery,
  asked: Asked,
  findByWords: FindByWords,
  onTotal: (total: number) => void = () => {},
): AsyncGenerator<readonly ExportedRow[]> {
  const filter = await resolveFilter(deps, scope, query, findByWords, MOST_FOUND);
  if (!filter) return onTotal(0);
  const named = asked.purpose !== undefined;
  const total = await countExport(scope.client, filter);
  if (named && total > MOST_NAMED) throw invalid('tooManyNamed', { most: MOST_NAMED });
  onTotal(total);
  await openExport(scope.client, filter, { text: asked.columns.has('text'), state: named });
  const now = deps.clock.now().toISOString();
  for (;;) {
    const rows = await fetchExport(scope.client, BATCH);
    if (rows.length === 0) return;
    const reporters = named ? await reportersOf(deps, scope, rows, asked, now) : undefined;
    yield rows.map((row) => ({ ...cellsOf(deps, row, asked, now), ...reporters?.get(row.case_id) }));
  }
}
