import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { FIELDS, type PanelField, type Panellist } from '@tongxin/domain/hearing/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { BodySelect } from '../../../lib/form/body-select.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { DayField } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { changePanellist } from '../mutations.ts';

interface PanellistDrawerProps {
  /** Absent: another one. */
  readonly kept?: Panellist | undefined;
  readonly close: () => void;
}

/** Somebody who agreed to serve: for which area, what they bring, where they work, from when to when. */
export const PanellistDrawer = ({ kept, close }: PanellistDrawerProps) => {
  const { t } = useWords('hearing');
  const client = useQueryClient();
  const [id] = useState(() => kept?.id ?? uuidv7());
  const [commandId] = useState(uuidv7);
  const [name, setName] = useState(kept?.name ?? '');
  const [field, setField] = useState<PanelField>(kept?.field ?? 'resident');
  const [area, setArea] = useState<readonly string[]>(kept ? [kept.areaId] : []);
  const [organizationId, setOrganization] = useState(kept?.organizationId);
  const [since, setSince] = useState(kept?.since ?? localDate(Date.now()));
  const [until, setUntil] = useState(kept?.until ?? '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const missing = !name.trim() ? t('hearing.name') : area.length === 0 ? t('hearing.area') : undefined;
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await changePanellist(id, {
        commandId,
        areaId: area.at(-1)!,
        name: name.trim(),
        field,
        since,
        ...(organizationId ? { organizationId } : {}),
        ...(until ? { until } : {}),
      });
      await client.invalidateQueries({ queryKey: keys.panellists });
      close();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <RegisterDrawer
      title={kept ? `${kept.no} ${kept.name}` : t('hearing.addPanellist')}
      close={close}
      problem={problem}
      submit={{ label: t('hearing.save'), busy, run: () => void run(), ...(missing ? { missing } : {}) }}
    >
      {kept ? (
        <p>{t('hearing.keptHint')}</p>
      ) : (
        <>
          <FormField id="panellist-name" label={t('hearing.name')}>
            {(tied) => <Input {...tied} maxLength={60} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />}
          </FormField>
          <FormField id="panellist-field" label={t('hearing.field')}>
            {(tied) => (
              <Select
                {...tied}
                value={field}
                onChange={(chosen: PanelField) => setField(chosen)}
                options={FIELDS.map((value) => ({ value, label: t(`hearing.field.${value}`) }))}
              />
            )}
          </FormField>
          <FormField id="panellist-area" label={t('hearing.area')}>
            {(tied) => (
              <AreaCascader id={tied.id} empty={t('form.pick')} value={area} onChange={(path) => setArea(path.map((one) => one.id))} />
            )}
          </FormField>
          <FormField id="panellist-body" label={t('hearing.works')} hint={t('hearing.worksHint')}>
            {(tied) => <BodySelect id={tied.id} {...(organizationId ? { value: organizationId } : {})} onChange={setOrganization} />}
          </FormField>
        </>
      )}
      <DayField id="panellist-since" label={t('hearing.since')} value={since} onChange={setSince} />
      <DayField id="panellist-until" label={t('hearing.until')} value={until} onChange={setUntil} />
    </RegisterDrawer>
  );
};
