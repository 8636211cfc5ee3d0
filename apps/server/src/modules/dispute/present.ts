import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { DisputeCounts, DisputeKind, DisputeRelease, DisputeRow } from '@tongxin/domain/dispute/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import type { Released } from '@tongxin/domain/publish/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { CountedDisputes, ListedDispute, ReleaseRecord } from './repo.ts';

const stageLabel = (deps: Deps, procedureId: string, version: number | undefined, stage: string): Label =>
  (version ? deps.procedures.get(procedureId, version) : deps.procedures.latest(procedureId))?.stages[stage]?.label ?? { zh: stage };

export const presentRow = (deps: Deps, row: ListedDispute, personId: string | undefined): DisputeRow => {
  const area = deps.directory.area(row.area_id)?.label;
  return {
    id: row.case_id,
    number: row.number,
    kind: row.kind as DisputeKind,
    origin: row.origin as DisputeRow['origin'],
    ...(area ? { areaLabel: area } : {}),
    mediatedOn: row.mediated_on,
    parties: row.parties,
    stage: row.stage,
    stageLabel: stageLabel(deps, row.procedure_id, row.procedure_version, row.stage),
    ...(row.due_at ? { dueOn: instantToLocalDate(row.due_at.toISOString()) } : {}),
    mine: row.handler_id !== null && row.handler_id === personId,
  };
};

export const presentCount = (deps: Deps, row: CountedDisputes): DisputeCounts['counts'][number] => {
  const area = deps.directory.area(row.area_id)?.label;
  const organization = deps.directory.organization(row.organization_id)?.label;
  return {
    areaId: row.area_id,
    ...(area ? { areaLabel: area } : {}),
    organizationId: row.organization_id,
    ...(organization ? { organizationLabel: organization } : {}),
    kind: row.kind as DisputeKind,
    stage: row.stage,
    stageLabel: stageLabel(deps, 'mediation', undefined, row.stage),
    cases: row.cases,
  };
};

const idsOf = (node: Released): string[] => [node.id, ...node.parts.flat().flatMap(idsOf)];

/** A release with the names of its areas; kinds are codes that every reader's language has words for. */
export const presentRelease = (deps: Deps, { month, least, figures, released_at }: ReleaseRecord): DisputeRelease => ({
  month,
  releasedAt: released_at.toISOString(),
  least,
  figures,
  labels: Object.fromEntries(
    idsOf(figures).flatMap((id) => {
      const label = deps.directory.area(id)?.label;
      return label ? [[id, label]] : [];
    }),
  ),
});
