import type { HoldingView, StaffView } from '@tongxin/domain/staff/view.ts';
import type { Deps } from '../../platform/deps.ts';
import { namePlace } from '../person/index.ts';
import type { HoldingRow, StaffRow } from './repo.ts';

const stateOf = ({ valid_from, valid_to }: HoldingRow, today: string): HoldingView['state'] =>
  valid_to !== null && valid_to <= today ? 'over' : valid_from > today ? 'later' : 'now';

export const presentHolding = (row: HoldingRow, today: string): HoldingView => ({
  id: row.holding_id,
  postId: row.post_id,
  title: row.title,
  role: row.role,
  organizationId: row.organization_id,
  organization: row.organization,
  area: row.area,
  from: row.valid_from,
  ...(row.valid_to ? { to: row.valid_to } : {}),
  state: stateOf(row, today),
});

export const staffName = (deps: Deps, row: Pick<StaffRow, 'person_id' | 'name_sealed' | 'username'>): string | undefined =>
  row.name_sealed ? deps.crypto.open(row.name_sealed, namePlace(row.person_id)).toString('utf8') : undefined;

export const presentStaff = (
  deps: Deps,
  row: StaffRow,
  account: { readonly enabled: boolean; readonly secondFactor: boolean } | undefined,
  holdings: readonly HoldingRow[],
  today: string,
): StaffView => {
  const name = staffName(deps, row);
  return {
    id: row.person_id,
    ...(name ? { name } : {}),
    ...(row.username ? { username: row.username } : {}),
    account: !account ? 'none' : !account.enabled ? 'locked' : row.password_once ? 'once' : 'open',
    secondFactor: account?.secondFactor ?? false,
    elsewhere: row.elsewhere,
    holdings: holdings.map((holding) => presentHolding(holding, today)),
  };
};

/** What a person is called in a list of colleagues. */
export const shownName = (deps: Deps, row: StaffRow | undefined): string => (row && (staffName(deps, row) ?? row.username)) || '—';
