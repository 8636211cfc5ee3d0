import type { FiledBy, NewCase } from '@tongxin/domain/case/view.ts';
import { Checkbox, Input, Select } from 'antd';
import { FormField } from '../form/form-field.tsx';
import { useWords } from '../i18n/i18n.tsx';

export interface BehalfOf {
  readonly name: string;
  readonly phone: string;
  readonly by: FiledBy;
}

const BY = ['family', 'neighbour', 'blockLead', 'gridWorker', 'other'] as const satisfies readonly FiledBy[];

/** What the form says, as it is filed. The tick that opened it said that they agree. */
export const statedBehalfOf = ({ name, phone, by }: BehalfOf): NonNullable<NewCase['behalfOf']> => ({
  ...(name.trim() ? { name: name.trim() } : {}),
  ...(phone.trim() ? { phone: phone.trim() } : {}),
  by,
  consent: true,
});

/** 代报: whom the report is for, once it is said that they agree. */
export const BehalfOfFields = ({ value, onChange }: { value: BehalfOf | undefined; onChange: (value: BehalfOf | undefined) => void }) => {
  const { t } = useWords('intake');
  return (
    <>
      <div>
        <Checkbox
          checked={value !== undefined}
          onChange={(event) => onChange(event.target.checked ? { name: '', phone: '', by: 'family' } : undefined)}
        >
          {t('log.onBehalf')}
        </Checkbox>
      </div>
      {value ? (
        <>
          <FormField id="behalfOfName" label={t('log.behalfOfName')}>
            {(tied) => (
              <Input {...tied} maxLength={80} value={value.name} onChange={(event) => onChange({ ...value, name: event.target.value })} />
            )}
          </FormField>
          <FormField id="behalfOfPhone" label={t('log.behalfOfPhone')}>
            {(tied) => (
              <Input
                {...tied}
                type="tel"
                maxLength={40}
                value={value.phone}
                onChange={(event) => onChange({ ...value, phone: event.target.value })}
              />
            )}
          </FormField>
          <FormField id="behalfOfBy" label={t('log.filedBy')}>
            {(tied) => (
              <Select
                id={tied.id}
                value={value.by}
                onChange={(by) => onChange({ ...value, by })}
                options={BY.map((one) => ({ value: one, label: t(`filedBy.${one}`) }))}
              />
            )}
          </FormField>
        </>
      ) : null}
    </>
  );
};
