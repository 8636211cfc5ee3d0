import { COMMON_FORMATS } from '@tongxin/domain/import/rules.ts';
import type { CaseMap } from '@tongxin/domain/import/schema.ts';
import { Button, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

const ONE = ['sourceNumber', 'department', 'reply'] as const;
const DATES = ['reportedAt', 'dueAt', 'closedAt'] as const;

interface Props {
  readonly header: readonly string[];
  readonly map: CaseMap | undefined;
  readonly busy: boolean;
  readonly onRehearse: (map: CaseMap) => void;
}

/** Which column is what. What the form does not show of a reading stays as it was. */
export const MapForm = ({ header, map, busy, onRehearse }: Props) => {
  const { t } = useWords('exchange');
  const [reading, setReading] = useState<Partial<CaseMap>>(map ?? { kind: 'cases', sourceSystem: '' });
  const [wrong, setWrong] = useState<{ field: 'system' | 'text'; words: string }>();
  const options = header.filter((name) => name !== '').map((name) => ({ value: name, label: name }));
  const put = (part: { [field in keyof CaseMap]?: CaseMap[field] | undefined }): void =>
    setReading(
      (now) => Object.fromEntries(Object.entries({ ...now, ...part }).filter(([, value]) => value !== undefined)) as Partial<CaseMap>,
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const systemFits = /^[a-z0-9][a-z0-9.-]{1,59}$/u.test(reading.sourceSystem ?? '');
    if (!systemFits) setWrong({ field: 'system', words: t('exchange.systemWrong') });
    else if (!reading.text?.length) setWrong({ field: 'text', words: t('exchange.textWrong') });
    else {
      setWrong(undefined);
      onRehearse({ ...reading, kind: 'cases' } as CaseMap);
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <FormField
        id="map-system"
        label={t('exchange.map.sourceSystem')}
        hint={t('exchange.systemHint')}
        wrong={wrong?.field === 'system' ? wrong.words : undefined}
      >
        {(tied) => (
          <Input {...tied} value={reading.sourceSystem} maxLength={60} onChange={(event) => put({ sourceSystem: event.target.value })} />
        )}
      </FormField>
      <div className="columns even">
        <FormField id="map-text" label={t('exchange.map.text')} wrong={wrong?.field === 'text' ? wrong.words : undefined}>
          {(tied) => (
            <Select {...tied} mode="multiple" options={options} value={reading.text} onChange={(text: string[]) => put({ text })} />
          )}
        </FormField>
        <FormField id="map-address" label={t('exchange.map.address')}>
          {(tied) => (
            <Select
              {...tied}
              mode="multiple"
              options={options}
              value={reading.address}
              onChange={(address: string[]) => put({ address: address.length ? address : undefined })}
            />
          )}
        </FormField>
        {ONE.map((field) => (
          <FormField key={field} id={`map-${field}`} label={t(`exchange.map.${field}`)}>
            {(tied) => (
              <Select
                {...tied}
                allowClear
                options={options}
                value={reading[field]}
                onChange={(column?: string) => put({ [field]: column })}
              />
            )}
          </FormField>
        ))}
        {DATES.map((field) => (
          <FormField key={field} id={`map-${field}`} label={t(`exchange.map.${field}`)}>
            {(tied) => (
              <Select
                {...tied}
                allowClear
                options={options}
                value={reading[field]?.column}
                onChange={(column?: string) =>
                  put({ [field]: column ? { formats: COMMON_FORMATS, ...reading[field], column } : undefined })
                }
              />
            )}
          </FormField>
        ))}
        <FormField id="map-category" label={t('exchange.map.category')}>
          {(tied) => (
            <Select
              {...tied}
              mode="multiple"
              options={options}
              value={reading.category?.columns}
              onChange={(columns: string[]) =>
                put({
                  category: columns.length ? { scheme: reading.category?.scheme ?? 'imported', columns: columns.slice(0, 4) } : undefined,
                })
              }
            />
          )}
        </FormField>
      </div>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('exchange.rehearse')}
      </Button>
    </form>
  );
};
