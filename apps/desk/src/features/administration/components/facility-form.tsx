import { useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { FACILITY_KINDS, FACILITY_LABELS, facilityKindLabel } from '@tongxin/domain/facility/data.ts';
import type { FacilityDetail } from '@tongxin/domain/facility/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { Button, Input, Popconfirm, Select } from 'antd';
import { useCallback, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { PointField, type Spot } from '../../../lib/map/point-field.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { LabelFields } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration, api } from '../../../lib/services.ts';
import { useRefresh } from '../queries.ts';
import { Changes } from './changes.tsx';

/** In words, where a place lies: the areas around it from the town down. */
const usePlaceName = ({ lon, lat }: Partial<Spot>): string | undefined => {
  const { l } = useWords();
  const { data } = useQuery({
    queryKey: keys.register('place', [lon, lat]),
    queryFn: () => api.resolveArea(lon!, lat!),
    enabled: lon !== undefined && lat !== undefined,
    staleTime: 60_000,
  });
  return (
    data &&
    [...data.path, ...(data.area && data.path.at(-1)?.id !== data.area.id ? [data.area] : [])].map(({ name }) => l(name)).join(' › ')
  );
};

/** A new facility, or one that is changed or taken out. */
export const FacilityForm = ({ facility, close }: { facility?: FacilityDetail; close: () => void }) => {
  const { t, l } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [id] = useState(() => facility?.id ?? uuidv7());
  const [kind, setKind] = useState<string>(facility?.kind ?? 'lamp');
  const [code, setCode] = useState(facility?.code ?? '');
  const [name, setName] = useState<Label>(facility?.name ?? { zh: '' });
  const [spot, setSpot] = useState<Partial<Spot>>(() => (facility ? { lon: facility.lon, lat: facility.lat } : {}));
  const [chosen, setChosen] = useState<string>();
  const move = useCallback((next: Partial<Spot>) => setSpot(next), []);
  const around = usePlaceName(spot);
  const { lon, lat } = spot;
  const isMoved = facility !== undefined && (facility.lon !== lon || facility.lat !== lat);
  const areaId = chosen ?? (isMoved ? undefined : facility?.areaId);
  const missing = !name.zh.trim()
    ? t('admin.facilityName')
    : lon === undefined || lat === undefined
      ? t('field.place')
      : around === '' && !areaId
        ? t('admin.area')
        : undefined;
  const kinds = [...FACILITY_KINDS, ...(facility && !Object.hasOwn(FACILITY_LABELS, facility.kind) ? [facility.kind] : [])];
  const run = async (): Promise<void> => {
    const form = { kind, name, lon: lon!, lat: lat!, ...(code.trim() ? { code: code.trim() } : {}), ...(areaId ? { areaId } : {}) };
    const done = await change((commandId) =>
      facility
        ? administration.changeFacility(id, { commandId, version: facility.version, ...form })
        : administration.makeFacility({ commandId, id, ...form }),
    );
    if (!done) return;
    void refresh();
    close();
  };
  const takeOut = async (): Promise<void> => {
    if (!(await change((commandId) => administration.closeFacility(id, { commandId })))) return;
    void refresh();
    close();
  };
  return (
    <RegisterDrawer
      title={facility ? l(facility.name) : t('admin.newFacility')}
      close={close}
      problem={problem}
      submit={{ label: t('admin.save'), busy, missing, run: () => void run() }}
      below={
        facility ? (
          <>
            <h2>{t('admin.closeFacility')}</h2>
            <Popconfirm
              title={t('admin.closeFacilitySure')}
              okText={t('admin.closeFacility')}
              cancelText={t('form.cancel')}
              onConfirm={() => void takeOut()}
            >
              <Button danger loading={busy}>
                {t('admin.closeFacility')}
              </Button>
            </Popconfirm>
            <Changes kind="facility" subjectId={id} />
          </>
        ) : undefined
      }
    >
      <LabelFields id="facility-name" label={t('admin.facilityName')} value={name} onChange={setName} />
      <FormField id="facility-kind" label={t('admin.facilityKind')}>
        {(tied) => (
          <Select
            {...tied}
            showSearch={{ optionFilterProp: 'label' }}
            value={kind}
            onChange={(next: string) => setKind(next)}
            options={kinds.map((one) => ({ value: one, label: l(facilityKindLabel(one)) }))}
          />
        )}
      </FormField>
      <FormField id="facility-code" label={t('admin.facilityCode')} hint={t('admin.facilityCodeHint')}>
        {(tied) => <Input {...tied} maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />}
      </FormField>
      <PointField id="facility-place" value={spot} onChange={move} />
      <FormField
        id="facility-area"
        label={t('admin.area')}
        hint={
          around === undefined ? t('admin.facilityAreaHint') : around ? t('admin.facilityIn', { area: around }) : t('admin.facilityOutside')
        }
      >
        {(tied) => <AreaCascader id={tied.id} empty={t('admin.byPlace')} onChange={(path) => setChosen(path.at(-1)?.id)} />}
      </FormField>
    </RegisterDrawer>
  );
};
