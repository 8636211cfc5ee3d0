import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { FACILITY_KINDS, FACILITY_LABELS, facilityKindLabel } from '@tongxin/domain/facility/data.ts';
import type { FacilityView } from '@tongxin/domain/facility/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Button, Checkbox, Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { meQuery } from '../../../lib/me.ts';
import { RegisterHead } from '../../../lib/register/register-head.tsx';
import { RegisterTable } from '../../../lib/register/register-table.tsx';
import { facilitiesQuery, facilityQuery } from '../queries.ts';
import { AreaName } from './area-name.tsx';
import { FacilityForm } from './facility-form.tsx';

const Facility = ({ id, close }: { id: string; close: () => void }) => {
  const query = useQuery(facilityQuery(id));
  return <Loaded query={query}>{(facility) => <FacilityForm key={facility.version} facility={facility} close={close} />}</Loaded>;
};

/** Lamps, lifts, bus stops of an area: where they are and what number they bear. */
export const Facilities = () => {
  const { t, l, language } = useWords('administration');
  const { data: me } = useQuery(meQuery);
  const own = me?.posts.find(({ capabilities }) => capabilities.includes('facility.manage'))?.areaId;
  const [area, setArea] = useState<AreaView>();
  const [kind, setKind] = useState<string>();
  const [words, setWords] = useState('');
  const [closed, setClosed] = useState(false);
  const q = useDeferredValue(words.trim());
  const query = useInfiniteQuery(
    facilitiesQuery({
      areaId: area?.id ?? own,
      ...(kind ? { kind } : {}),
      ...(q ? { q } : {}),
      ...(closed ? { closed } : {}),
    }),
  );
  const rows = query.data?.pages.flatMap(({ facilities }) => facilities) ?? [];
  const [open, setOpen] = useState<FacilityView | 'new'>();
  const close = (): void => setOpen(undefined);
  return (
    <>
      <RegisterHead
        title={t('admin.facilities')}
        help={t('admin.facilitiesHelp')}
        files="facilities"
        add={{ label: t('admin.newFacility'), run: () => setOpen('new') }}
      >
        <FormField id="facilities-area" label={t('admin.area')}>
          {(tied) => <AreaCascader id={tied.id} empty={t('admin.allAreas')} onChange={(path) => setArea(path.at(-1))} />}
        </FormField>
        <FormField id="facilities-kind" label={t('admin.facilityKind')}>
          {(tied) => (
            <Select
              id={tied.id}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('admin.allKinds')}
              value={kind}
              onChange={setKind}
              options={FACILITY_KINDS.map((one) => ({ value: one, label: l(FACILITY_LABELS[one]) }))}
            />
          )}
        </FormField>
        <FormField id="facilities-words" label={t('admin.facilityWords')}>
          {(tied) => <Input {...tied} allowClear maxLength={60} value={words} onChange={(event) => setWords(event.target.value)} />}
        </FormField>
        <Checkbox checked={closed} onChange={(event) => setClosed(event.target.checked)}>
          {t('admin.alsoClosedFacilities')}
        </Checkbox>
      </RegisterHead>
      <Loaded query={query}>
        {() => (
          <RegisterTable<FacilityView>
            label={t('admin.facilities')}
            rows={rows}
            idOf={(row) => row.id}
            empty={t('admin.noFacilities')}
            columns={[
              { id: 'name', title: t('admin.facilityName'), show: (row) => l(row.name) },
              { id: 'kind', title: t('admin.facilityKind'), show: (row) => l(facilityKindLabel(row.kind)) },
              { id: 'code', title: t('admin.facilityCode'), show: (row) => row.code ?? '—' },
              { id: 'area', title: t('admin.area'), show: (row) => <AreaName id={row.areaId} /> },
              ...(closed
                ? [
                    {
                      id: 'closed',
                      title: t('admin.closedOn'),
                      show: (row: FacilityView) => (row.closedOn ? formatEntered(row.closedOn, language) : '—'),
                    },
                  ]
                : []),
            ]}
            actions={(row) =>
              row.closedOn ? null : (
                <Button size="small" aria-label={t('admin.openOf', { name: l(row.name) })} onClick={() => setOpen(row)}>
                  {t('admin.open')}
                </Button>
              )
            }
            {...(query.hasNextPage ? { more: { busy: query.isFetchingNextPage, fetch: () => void query.fetchNextPage() } } : {})}
          />
        )}
      </Loaded>
      {open === 'new' ? <FacilityForm close={close} /> : null}
      {open && open !== 'new' ? <Facility id={open.id} close={close} /> : null}
    </>
  );
};
