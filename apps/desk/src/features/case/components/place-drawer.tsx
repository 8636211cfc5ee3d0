import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { useCallback, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { PointField, type Spot } from '../../../lib/map/point-field.tsx';
import { useProcedureWords } from '../../../lib/procedure/words.ts';
import { useChange } from '../../../lib/register/change.ts';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { placeCase } from '../mutations.ts';

/** Where a case is: the point on the map, or the area where nobody knows it better. Its procedure stays as it is. */
export const PlaceDrawer = ({ view, close }: { view: CaseView; close: () => void }) => {
  const { t } = useWords();
  const words = useProcedureWords();
  const client = useQueryClient();
  const { busy, problem, change } = useChange();
  const [spot, setSpot] = useState<Partial<Spot>>(() => view.point ?? {});
  const [areaId, setAreaId] = useState<string>();
  const move = useCallback((next: Partial<Spot>) => setSpot(next), []);
  const { lon, lat } = spot;
  const isPlaced = lon !== undefined && lat !== undefined;
  const isMoved = isPlaced && (lon !== view.point?.lon || lat !== view.point.lat);
  const run = async (): Promise<void> => {
    const where = { ...(isMoved ? { point: { lon, lat } } : {}), ...(areaId ? { areaId } : {}) };
    if (!(await change((commandId) => placeCase(view.id, { commandId, version: view.version, ...where })))) return;
    void client.invalidateQueries({ queryKey: keys.case(view.id) });
    void client.invalidateQueries({ queryKey: keys.allCases });
    close();
  };
  return (
    <RegisterDrawer
      title={t(view.point || view.areaLabels.length > 1 ? 'place.correct' : 'place.put')}
      close={close}
      problem={problem}
      submit={{ label: t('admin.save'), busy, missing: isMoved || areaId ? undefined : t('field.place'), run: () => void run() }}
    >
      <p className="quiet">{t('place.keepsVersion', { version: words.version(view.procedureVersion) })}</p>
      <PointField id="case-place" value={spot} onChange={move} />
      <FormField id="case-area" label={t('admin.area')} hint={t('place.areaHint')}>
        {(tied) => <AreaCascader id={tied.id} empty={t('admin.byPlace')} onChange={(path) => setAreaId(path.at(-1)?.id)} />}
      </FormField>
    </RegisterDrawer>
  );
};
