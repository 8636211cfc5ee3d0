import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TemplateView } from '@tongxin/client/exchange.ts';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { Alert, Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { FilePick } from '../../../lib/form/file-pick.tsx';
import { MonthField } from '../../../lib/form/month-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { bringTemplate, fillTemplate, retireTemplate } from '../mutations.ts';
import { templatesQuery } from '../queries.ts';
import { TemplateReading } from './template-reading.tsx';

const KEPT = 'tongxin.preparedBy';

/** The month before this one, which is the one that is reported. */
const lastMonth = (): string => {
  const now = new Date(Date.now() + 8 * 3_600_000);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
};

const Form = ({ form, onRead, changed }: { form: TemplateView; onRead: () => void; changed: () => Promise<void> }) => {
  const { t } = useWords('exchange');
  const client = useQueryClient();
  const [month, setMonth] = useState(lastMonth);
  const [by, setBy] = useState(() => localStorage.getItem(KEPT) ?? '');
  const [problem, setProblem] = useState<unknown>();
  const [started, setStarted] = useState(false);
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    setProblem(undefined);
    setBusy(true);
    const fine = await work().then(
      () => true,
      (refused: unknown) => {
        setProblem(refused);
        return false;
      },
    );
    setBusy(false);
    return fine;
  };
  const fill = async (): Promise<void> => {
    localStorage.setItem(KEPT, by);
    const fine = await attempt(() => fillTemplate(form.id, { id: uuidv7(), month, ...(by.trim() ? { preparedBy: by.trim() } : {}) }));
    setStarted(fine);
    await client.invalidateQueries({ queryKey: keys.jobs });
  };
  return (
    <li>
      <div className="row">
        <strong>{form.name}</strong>
        <span className="quiet">{t('exchange.version', { n: form.version })}</span>
        <Button size="small" onClick={onRead}>
          {t('exchange.reading')}
        </Button>
        <Popconfirm title={t('exchange.retireSure')} onConfirm={() => void attempt(() => retireTemplate(form.id)).then(changed)}>
          <Button size="small">{t('exchange.retire')}</Button>
        </Popconfirm>
      </div>
      {form.isRead ? (
        <div className="filters">
          <MonthField id={`month-${form.id}`} label={t('exchange.month')} value={month} onChange={setMonth} />
          <label htmlFor={`by-${form.id}`}>
            {t('exchange.value.preparedBy')}
            <Input id={`by-${form.id}`} maxLength={80} value={by} onChange={(event) => setBy(event.target.value)} />
          </label>
          <div className="row">
            <Button type="primary" loading={busy} disabled={!month} onClick={() => void fill()}>
              {t('exchange.fill')}
            </Button>
          </div>
        </div>
      ) : (
        <Alert type="info" title={t('exchange.notRead')} />
      )}
      {started ? (
        <p role="status">
          {t('exchange.started')} <Link to="/exchange">{t('exchange.toJobs')}</Link>
        </p>
      ) : null}
      {problem ? <Failed problem={problem} /> : null}
    </li>
  );
};

/** Forms of the superior: brought once, read once, filled each month. */
export const Templates = () => {
  const { t } = useWords('exchange');
  const client = useQueryClient();
  const query = useQuery(templatesQuery);
  const [reading, setReading] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const changed = async (): Promise<void> => client.invalidateQueries({ queryKey: keys.templates });
  const bring = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setProblem(undefined);
    try {
      const form = await bringTemplate(uuidv7(), file);
      client.setQueryData(keys.template(form.id), form);
      setReading(form.id);
      await changed();
    } catch (refused) {
      setProblem(refused);
    }
  };
  return (
    <section className="card" aria-label={t('exchange.forms')}>
      <p className="quiet">{t('exchange.formsHint')}</p>
      <div className="field">
        <label htmlFor="form-file">{t('exchange.formFile')}</label>
        <FilePick id="form-file" accept=".xlsx" onPick={(file) => void bring(file)} />
      </div>
      {problem ? <Failed problem={problem} /> : null}
      {reading ? <TemplateReading id={reading} close={() => setReading(undefined)} /> : null}
      <Loaded query={query}>
        {(forms) =>
          forms.length ? (
            <ul className="cards">
              {forms.map((form) => (
                <Form key={form.id} form={form} onRead={() => setReading(form.id)} changed={changed} />
              ))}
            </ul>
          ) : (
            <p>{t('exchange.noForms')}</p>
          )
        }
      </Loaded>
    </section>
  );
};
