import { importColumns, lackingKeys } from '@tongxin/domain/exchange/register/rules.ts';
import type { RegisterMap } from '@tongxin/domain/exchange/register/schema.ts';
import { Alert, Button, Radio, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

const DATUMS = ['wgs84', 'gcj02', 'bd09'] as const;

interface Props {
  readonly header: readonly string[];
  readonly map: RegisterMap;
  readonly busy: boolean;
  readonly onRehearse: (map: RegisterMap) => void;
}

/** Which column of the table is which of the register; what is not chosen stays as it is. */
export const RegisterMapForm = ({ header, map, busy, onRehearse }: Props) => {
  const { t, l, of, list } = useWords('exchange');
  const [reading, setReading] = useState(map);
  const [told, setTold] = useState(false);
  const columns = importColumns(map.register);
  const lacking = lackingKeys(reading);
  const options = header.filter((name) => name !== '').map((name) => ({ value: name, label: name }));
  const put = (field: string, name: string | undefined): void =>
    setReading((now) => {
      const { [field]: _, ...rest } = now.columns;
      return { ...now, columns: name === undefined ? rest : { ...rest, [field]: name } };
    });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTold(lacking.length > 0);
    if (lacking.length === 0) onRehearse(reading);
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="columns even">
        {columns.map(({ id, label, needed }) => (
          <FormField key={id} id={`map-${id}`} label={needed ? t('exchange.needed', { column: l(label) }) : l(label)}>
            {(tied) => (
              <Select {...tied} allowClear options={options} value={reading.columns[id]} onChange={(name?: string) => put(id, name)} />
            )}
          </FormField>
        ))}
      </div>
      {reading.columns.lon ? (
        <FormField id="map-datum" label={t('areas.datum')} hint={t('areas.datumHint')}>
          {(tied) => (
            <Select
              {...tied}
              value={reading.datum ?? 'wgs84'}
              onChange={(datum: (typeof DATUMS)[number]) => setReading((now) => ({ ...now, datum }))}
              options={DATUMS.map((value) => ({ value, label: of('areas.datum', value.toUpperCase(), value) }))}
            />
          )}
        </FormField>
      ) : null}
      <fieldset className="field">
        <legend>{t('exchange.namesIn')}</legend>
        <Radio.Group
          value={reading.language}
          onChange={(event) => setReading((now) => ({ ...now, language: event.target.value as 'zh' | 'en' }))}
          options={[
            { value: 'zh', label: t('exchange.namesIn.zh') },
            { value: 'en', label: t('exchange.namesIn.en') },
          ]}
        />
      </fieldset>
      {told && lacking.length > 0 ? (
        <Alert
          role="alert"
          type="warning"
          showIcon
          className="field"
          title={t('exchange.keysLack', {
            columns: list(columns.flatMap(({ id, label }) => (lacking.includes(id) ? [l(label)] : []))),
          })}
        />
      ) : null}
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('exchange.rehearse')}
      </Button>
    </form>
  );
};
