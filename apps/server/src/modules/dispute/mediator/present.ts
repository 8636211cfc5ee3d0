import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { isCourtInvited } from '@tongxin/domain/dispute/mediator/rules.ts';
import type { MediatorView } from '@tongxin/domain/dispute/mediator/schema.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { MediatorRow } from './repo.ts';

/** What binds a sealed field of the register to its line. */
export const mediatorPlace = (mediatorId: string, field: 'name' | 'phone' | 'home'): string => `mediator:${mediatorId}:${field}`;

const open = (deps: Deps, { mediator_id }: MediatorRow, field: 'name' | 'phone' | 'home', sealed: Buffer | null): string | undefined =>
  sealed ? deps.crypto.open(sealed, mediatorPlace(mediator_id, field)).toString('utf8') : undefined;

export const mediatorName = (deps: Deps, row: MediatorRow): string => open(deps, row, 'name', row.name_sealed)!;
export const mediatorHome = (deps: Deps, row: MediatorRow): string | undefined => open(deps, row, 'home', row.home_sealed);

export const courtOf = ({ court, court_from, court_to }: MediatorRow): MediatorView['court'] =>
  court && court_from ? { name: court, from: court_from, ...(court_to ? { to: court_to } : {}) } : undefined;

/** A line of the register; telephone, home and load for whoever keeps it. */
export const presentMediator = (deps: Deps, row: MediatorRow, kept: { readonly load: number } | undefined): MediatorView => {
  const label = deps.directory.organization(row.organization_id)?.label;
  const [court, phone, home] = [courtOf(row), open(deps, row, 'phone', row.phone_sealed), mediatorHome(deps, row)];
  return {
    id: row.mediator_id,
    organizationId: row.organization_id,
    ...(label ? { organizationLabel: label } : {}),
    personId: row.person_id,
    name: mediatorName(deps, row),
    kinds: row.kinds as DisputeKind[],
    languages: row.languages,
    ...(row.filing_number ? { filingNumber: row.filing_number } : {}),
    ...(court ? { court } : {}),
    courtNow: isCourtInvited(court, instantToLocalDate(deps.clock.now().toISOString())),
    available: row.available,
    ...(kept
      ? {
          load: kept.load,
          ...(phone ? { phone } : {}),
          ...(home ? { home } : {}),
          ...(row.home_area_id ? { homeAreaId: row.home_area_id } : {}),
        }
      : {}),
  };
};
