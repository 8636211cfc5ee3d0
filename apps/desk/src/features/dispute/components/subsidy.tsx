import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { monthBefore } from '@tongxin/domain/dispute/rules.ts';
import { DIFFICULTIES, SUBSIDY_RESULTS, type SubsidyRates } from '@tongxin/domain/dispute/subsidy/schema.ts';
import { formatMonth } from '@tongxin/ui/time.ts';
import { Button, Checkbox, Input, InputNumber } from 'antd';
import { type FormEvent, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { MonthField } from '../../../lib/form/month-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';
import { Wrong } from '../../../lib/wrong.tsx';
import { setSubsidyRates, takeSubsidy } from '../mutations.ts';
import { subsidyQuery, subsidyRatesQuery } from '../queries.ts';
import { SubsidyTable } from './subsidy-table.tsx';

const thisMonth = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

/** 以案定补: the sheet of a month, for who heads the committee. */
export const SubsidySheet = () => {
  const { t } = useWords('dispute');
  const [month, setMonth] = useState(() => monthBefore(thisMonth()));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const query = useQuery(subsidyQuery(month));
  const take = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    await takeSubsidy(month, t('subsidy.title')).catch(setProblem);
    setBusy(false);
  };
  return (
    <section className="card" aria-label={t('subsidy.title')}>
      <h2>{t('subsidy.title')}</h2>
      <p className="quiet">{t('subsidy.hint')}</p>
      <MonthField id="subsidy-month" label={t('subsidy.month')} value={month} onChange={setMonth} />
      <Loaded query={query}>{(found) => <SubsidyTable {...found} />}</Loaded>
      <Wrong problem={problem} />
      <Button loading={busy} onClick={() => void take()}>
        {t('subsidy.take')}
      </Button>
    </section>
  );
};

type Amounts = SubsidyRates['amounts'];
const NOTHING: Amounts = {
  oral: { ordinary: 0, difficult: 0 },
  written: { ordinary: 0, difficult: 0 },
  unsettled: { ordinary: 0, difficult: 0 },
};

/** What the locality pays for a case, by version; a new one is set by the justice office. */
export const SubsidyRatesCard = () => {
  const { t, l, language } = useWords('dispute');
  const query = useQuery(subsidyRatesQuery);
  const { data: me } = useQuery(meQuery);
  const amountsOf = ({ amounts }: SubsidyRates): string =>
    SUBSIDY_RESULTS.map((result) =>
      t('subsidy.amounts', {
        result: t(`subsidy.result.${result}`),
        ordinary: amounts[result].ordinary / 100,
        difficult: amounts[result].difficult / 100,
      }),
    ).join(t('subsidy.apart'));
  return (
    <section className="card" aria-label={t('subsidy.rates')}>
      <h2>{t('subsidy.rates')}</h2>
      <Loaded query={query}>
        {(rates) =>
          rates.length ? (
            <ul>
              {rates.map((one) => (
                <li key={one.id}>
                  {one.areaLabel ? l(one.areaLabel) : '–'} ·{' '}
                  {t('subsidy.since', { month: formatMonth(`${one.from}-15T04:00:00Z`, language) })} · {amountsOf(one)}
                  <br />
                  <small>
                    {one.source} · {t('subsidy.many', { n: one.manySides })}
                    {one.needsFile ? ` · ${t('subsidy.needsFile')}` : ''}
                  </small>
                </li>
              ))}
            </ul>
          ) : (
            <p className="quiet">{t('subsidy.none')}</p>
          )
        }
      </Loaded>
      {me && mayDo(me, 'mediation.count') ? <RatesForm /> : null}
    </section>
  );
};

const RatesForm = () => {
  const { t } = useWords('dispute');
  const client = useQueryClient();
  const [path, setPath] = useState<readonly Pick<AreaView, 'id'>[]>([]);
  const [from, setFrom] = useState(thisMonth);
  const [source, setSource] = useState('');
  const [amounts, setAmounts] = useState(NOTHING);
  const [manySides, setMany] = useState(5);
  const [needsFile, setNeeds] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const areaId = path.at(-1)?.id;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!areaId) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await setSubsidyRates({ id: uuidv7(), areaId, from, source: source.trim(), amounts, manySides, needsFile });
      await client.invalidateQueries({ queryKey: keys.subsidyRates });
      setSource('');
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  return (
    <form aria-label={t('subsidy.set')} onSubmit={(event) => void send(event)} noValidate>
      <h3>{t('subsidy.set')}</h3>
      <FormField id="subsidy-area" label={t('subsidy.area')}>
        {(tied) => <AreaCascader id={tied.id} empty={t('subsidy.area')} value={path.map(({ id }) => id)} onChange={setPath} />}
      </FormField>
      <MonthField id="subsidy-from" label={t('subsidy.from')} value={from} onChange={setFrom} />
      {SUBSIDY_RESULTS.map((result) => (
        <fieldset key={result} className="field">
          <legend>{t('subsidy.each', { result: t(`subsidy.result.${result}`) })}</legend>
          <div className="row">
            {DIFFICULTIES.map((difficulty) => (
              <label key={difficulty} htmlFor={`subsidy-${result}-${difficulty}`}>
                {t(`subsidy.${difficulty}`)}{' '}
                <InputNumber
                  id={`subsidy-${result}-${difficulty}`}
                  min={0}
                  max={100_000}
                  precision={2}
                  value={amounts[result][difficulty] / 100}
                  onChange={(yuan) =>
                    setAmounts((now) => ({ ...now, [result]: { ...now[result], [difficulty]: Math.round(Number(yuan ?? 0) * 100) } }))
                  }
                />
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <FormField id="subsidy-many" label={t('subsidy.manyLabel')}>
        {(tied) => <InputNumber {...tied} min={2} max={10} precision={0} value={manySides} onChange={(n) => setMany(Number(n ?? 5))} />}
      </FormField>
      <FormField id="subsidy-source" label={t('subsidy.source')}>
        {(tied) => <Input {...tied} maxLength={200} value={source} onChange={({ target }) => setSource(target.value)} />}
      </FormField>
      <div className="field">
        <Checkbox checked={needsFile} onChange={({ target }) => setNeeds(target.checked)}>
          {t('subsidy.needsFile')}
        </Checkbox>
      </div>
      <Wrong problem={problem} />
      <Button htmlType="submit" loading={busy} disabled={!areaId || !source.trim()}>
        {t('subsidy.set')}
      </Button>
    </form>
  );
};
