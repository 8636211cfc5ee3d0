import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { NewExport } from '@tongxin/client/exchange.ts';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { ExportFormat, ExportSource } from '@tongxin/domain/exchange/schema.ts';
import { Alert, Button, Checkbox, Input, Modal, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../form/form-field.tsx';
import { useWords } from '../i18n/i18n.tsx';
import { Loaded } from '../load-state.tsx';
import { mayDo, meQuery } from '../me.ts';
import { api } from '../services.ts';
import { exportsQuery } from './columns.ts';

interface Props {
  readonly source: ExportSource;
  /** Of cases: the question of the list, as it was asked. */
  readonly filter?: object;
  /** Of figures: of which area and days. */
  readonly figures?: NewExport['figures'];
}

/** A page of the list is not what is exported: all of it is. */
const wholeList = (filter: Props['filter']): Record<string, unknown> | undefined => {
  if (!filter) return undefined;
  const { limit: _limit, count: _count, cursor: _cursor, ...rest } = filter as Record<string, unknown>;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== ''));
};

const FORMATS: Readonly<Record<string, readonly ExportFormat[]>> = {
  cases: ['xlsx', 'csv', 'geojson'],
  facilities: ['xlsx', 'csv', 'geojson'],
};

const Choices = ({ source, filter, figures, close }: Props & { close: () => void }) => {
  const { t, l, why } = useWords();
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const query = useQuery(exportsQuery);
  const [id] = useState(uuidv7);
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [chosen, setChosen] = useState<readonly string[]>();
  const [purpose, setPurpose] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [started, setStarted] = useState(false);
  return (
    <Loaded query={query}>
      {(sources) => {
        const columns = (sources.find((one) => one.id === source)?.columns ?? []).filter((one) => !one.personal || mayDo(me, 'party.read'));
        const ids = chosen ?? columns.filter((one) => one.usual).map((one) => one.id);
        const named = columns.some((one) => one.personal && ids.includes(one.id));
        const start = async (event: FormEvent): Promise<void> => {
          event.preventDefault();
          if (named && purpose.trim().length < 2) return setWrong(t('party.purposeMissing'));
          setWrong(undefined);
          setBusy(true);
          try {
            const asked = wholeList(filter);
            await api.startExport({
              id,
              source,
              format,
              columns: ids,
              ...(asked ? { filter: asked } : {}),
              ...(figures ? { figures } : {}),
              ...(named ? { purpose: purpose.trim() } : {}),
            });
            await client.invalidateQueries({ queryKey: keys.jobs });
            setStarted(true);
          } catch (problem) {
            setWrong(why(problem));
          }
          setBusy(false);
        };
        if (started)
          return (
            <div role="status">
              <p>{t('exchange.started')}</p>
              <p className="row">
                <Link to="/exchange" onClick={close}>
                  {t('exchange.toJobs')}
                </Link>
                <Button onClick={close}>{t('exchange.stay')}</Button>
              </p>
            </div>
          );
        return (
          <form onSubmit={(event) => void start(event)} noValidate>
            <fieldset className="field">
              <legend>{t('exchange.format')}</legend>
              <Radio.Group value={format} onChange={(event) => setFormat(event.target.value as ExportFormat)}>
                {(FORMATS[source] ?? ['xlsx', 'csv']).map((one) => (
                  <Radio key={one} value={one}>
                    {t(`exchange.format.${one}`)}
                  </Radio>
                ))}
              </Radio.Group>
            </fieldset>
            <fieldset className="field">
              <legend>{t('exchange.columns')}</legend>
              <Checkbox.Group
                value={[...ids]}
                onChange={(values) => setChosen(values as string[])}
                options={columns.map((one) => ({ value: one.id, label: l(one.label) }))}
              />
            </fieldset>
            {named ? <Alert type="warning" showIcon title={t('exchange.named')} className="field" /> : null}
            {named ? (
              <FormField id="export-purpose" label={t('party.purpose')} hint={t('party.purposeHint')} wrong={wrong}>
                {(tied) => <Input {...tied} maxLength={200} value={purpose} onChange={(event) => setPurpose(event.target.value)} />}
              </FormField>
            ) : null}
            {wrong && !named ? <Alert role="alert" type="error" showIcon title={wrong} className="field" /> : null}
            <Button type="primary" htmlType="submit" loading={busy} disabled={ids.length === 0}>
              {t('exchange.start')}
            </Button>
          </form>
        );
      }}
    </Loaded>
  );
};

/** Takes a list or register along as a file: what and how is chosen, the work is done beside. */
export const ExportButton = (props: Props) => {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('exchange.export')}</Button>
      <Modal open={open} title={t('exchange.export')} onCancel={close} footer={null} destroyOnHidden width={640}>
        <Choices {...props} close={close} />
      </Modal>
    </>
  );
};
