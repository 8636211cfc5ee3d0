import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { DISPUTE_KINDS, type DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { BodySelect } from '../../../lib/form/body-select.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { DayField } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { addMeasure } from '../mutations.ts';

/** What was tried: where, against which trade, from which day, by whom. Nothing asks for a target. */
export const MeasureDrawer = ({ close }: { close: () => void }) => {
  const { t } = useWords('source');
  const client = useQueryClient();
  const [id] = useState(uuidv7);
  const [what, setWhat] = useState('');
  const [area, setArea] = useState<readonly string[]>([]);
  const [kind, setKind] = useState<DisputeKind | ''>('');
  const [organizationId, setOrganization] = useState<string>();
  const [from, setFrom] = useState(localDate(Date.now()));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const missing = !what.trim() ? t('source.what') : !area.length ? t('source.place') : !organizationId ? t('source.by') : undefined;
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const measure = { areaId: area.at(-1)!, what: what.trim(), organizationId: organizationId!, from, ...(kind ? { kind } : {}) };
      client.setQueryData(keys.measures, await addMeasure(id, measure));
      close();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <RegisterDrawer
      title={t('source.add')}
      close={close}
      problem={problem}
      submit={{ label: t('source.save'), busy, run: () => void run(), ...(missing ? { missing } : {}) }}
    >
      <FormField id="measure-what" label={t('source.what')} hint={t('source.whatHint')}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={300}
            autoSize={{ minRows: 2 }}
            value={what}
            onChange={(event) => setWhat(event.target.value)}
          />
        )}
      </FormField>
      <FormField id="measure-area" label={t('source.place')}>
        {(tied) => (
          <AreaCascader id={tied.id} empty={t('form.pick')} value={area} onChange={(path) => setArea(path.map((one) => one.id))} />
        )}
      </FormField>
      <FormField id="measure-kind" label={t('dispute.kind')}>
        {(tied) => (
          <Select
            {...tied}
            value={kind}
            onChange={(chosen: DisputeKind | '') => setKind(chosen)}
            options={[
              { value: '', label: t('source.allKinds') },
              ...DISPUTE_KINDS.map((value) => ({ value, label: t(`dispute.kind.${value}`) })),
            ]}
          />
        )}
      </FormField>
      <FormField id="measure-body" label={t('source.by')}>
        {(tied) => <BodySelect id={tied.id} {...(organizationId ? { value: organizationId } : {})} onChange={setOrganization} />}
      </FormField>
      <DayField id="measure-from" label={t('source.from')} value={from} onChange={setFrom} />
    </RegisterDrawer>
  );
};
