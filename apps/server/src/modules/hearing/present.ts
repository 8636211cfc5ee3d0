import { numberOf } from '@tongxin/domain/hearing/rules.ts';
import type { DeskHearing, PanelField, Panellist, PublicHearing, Reason } from '@tongxin/domain/hearing/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OwnRow, PanellistRow, PublicRow } from './repo.ts';

export const namePlace = (panellistId: string): string => `panellist:${panellistId}:name`;
export const seedPlace = (caseId: string): string => `hearing:${caseId}:seed`;

export const presentPanellist = (deps: Deps, row: PanellistRow): Panellist => {
  const label = row.organization_id ? deps.directory.organization(row.organization_id)?.label : undefined;
  return {
    id: row.panellist_id,
    no: numberOf(row.no),
    areaId: row.area_id,
    name: deps.crypto.open(row.name_sealed, namePlace(row.panellist_id)).toString('utf8'),
    field: row.field as PanelField,
    ...(row.organization_id ? { organizationId: row.organization_id } : {}),
    ...(label ? { organizationLabel: label } : {}),
    since: row.since,
    ...(row.until ? { until: row.until } : {}),
  };
};

const reasons = (list: readonly { readonly no: string; readonly reason: string }[]) =>
  list.map(({ no, reason }) => ({ no, reason: reason as Reason }));

const beside = ({ id, at }: { readonly id: string; readonly at: string }) => ({ id, startsAt: new Date(at).toISOString() });

export const presentPublic = (deps: Deps, row: PublicRow): PublicHearing => ({
  id: row.case_id,
  organizationLabel: deps.directory.organization(row.organization_id)?.label ?? { zh: row.organization_id },
  matter: row.matter,
  place: row.place,
  startsAt: row.starts_at.toISOString(),
  evidenceBy: row.evidence_by,
  stage: row.stage,
  stageLabel: deps.procedures.latest('hearing')?.stages[row.stage]?.label ?? { zh: row.stage },
  seats: row.seats,
  announcedAt: row.announced_at.toISOString(),
  commitment: row.commitment,
  candidates: [...row.candidates],
  excluded: reasons(row.excluded),
  ...(row.seed
    ? {
        lot: {
          seed: row.seed,
          spoken: row.spoken!,
          drawnAt: row.drawn_at!.toISOString(),
          panel: [...row.panel!],
          fallenOut: reasons(row.fallen_out),
        },
      }
    : {}),
  ...(row.called_off_because ? { calledOff: row.called_off_because } : {}),
  ...(row.follows ? { follows: beside(row.follows) } : {}),
  ...(row.followed ? { followedBy: beside(row.followed) } : {}),
  ...(row.published_at ? { published: { votes: row.votes!, opinion: row.opinion!, reply: row.reply! } } : {}),
});

export const presentOwn = (deps: Deps, row: OwnRow, roster: readonly Panellist[]): DeskHearing => ({
  ...presentPublic(deps, row),
  number: row.number,
  open: row.open,
  ...(row.on_case ? { onCaseId: row.on_case } : {}),
  sitting: (row.panel ?? []).flatMap((no) => {
    const one = roster.find((panellist) => panellist.no === no);
    return one ? [{ no, name: one.name, field: one.field }] : [];
  }),
});
