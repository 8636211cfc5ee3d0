import type { FacilityView } from '@tongxin/domain/facility/schema.ts';
import type { FacilityRow } from './repo.ts';

export const presentFacility = (row: FacilityRow): FacilityView => ({
  id: row.facility_id,
  kind: row.kind,
  ...(row.code ? { code: row.code } : {}),
  name: row.name,
  areaId: row.area_id,
  lon: row.lon,
  lat: row.lat,
  synthetic: row.synthetic,
  ...(row.closed_on ? { closedOn: row.closed_on } : {}),
});
