import type { OfficeView } from '@tongxin/domain/organization/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { invalid } from '../../../platform/errors/problem.ts';

/** Whom a matter may be addressed to from an area, nearest first; without an area, the offices of the whole installation. */
export const officesFor = ({ procedures, places, directory }: Deps, procedureId: string, areaId: string | undefined): OfficeView[] => {
  const procedure = procedures.latest(procedureId);
  if (!procedure) throw invalid('procedureNotPublished', { procedure: procedureId });
  const place = areaId ? places.ofArea(areaId) : { overlayIds: [] };
  if (!place) throw invalid('unknownArea', { field: 'areaId' });
  return directory.offices(procedure.receivedBy, place).flatMap((id) => {
    const found = directory.organization(id);
    const areaLabel = found ? directory.area(found.areaId)?.label : undefined;
    return found ? [{ id, label: found.label, ...(areaLabel ? { areaLabel } : {}) }] : [];
  });
};
