import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { formatEntered, localDate } from '@tongxin/ui/time.ts';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { InnerDoor } from '../../lib/closed.tsx';
import { FormField } from '../../lib/form/form-field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Loaded } from '../../lib/load-state.tsx';
import { meQuery } from '../../lib/me.ts';
import { DayField } from '../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../lib/register/register-drawer.tsx';
import { setAidStandard } from './mutations.ts';
import { standardsQuery } from './queries.ts';

/** Sets the number of a province, with where it stands written, for an area the reader counts for. */
const SetStandard = ({ close }: { close: () => void }) => {
  const { t, l } = useWords('aid');
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const posts = me?.posts.filter(({ capabilities }) => capabilities.includes('legalAid.manage')) ?? [];
  const [id] = useState(uuidv7);
  const [picked, setPicked] = useState<string>();
  const [income, setIncome] = useState<number>();
  const [source, setSource] = useState('');
  const [from, setFrom] = useState(localDate(Date.now()));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const areaId = picked ?? posts[0]?.areaId;
  const missing = !areaId
    ? t('legalAid.area')
    : !income
      ? t('legalAid.income')
      : !source.trim()
        ? t('legalAid.source')
        : from
          ? undefined
          : t('legalAid.from');
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await setAidStandard({ id, areaId: areaId!, monthlyIncome: income!, source: source.trim(), from });
      await client.invalidateQueries({ queryKey: keys.aidStandards });
      close();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <RegisterDrawer
      title={t('legalAid.set')}
      close={close}
      problem={problem}
      submit={{ label: t('legalAid.set'), busy, missing, run: () => void run() }}
    >
      <FormField id="aid-area" label={t('legalAid.area')}>
        {(tied) => (
          <Select
            {...tied}
            placeholder={t('form.pick')}
            value={areaId}
            onChange={(chosen: string) => setPicked(chosen)}
            options={posts.map((post) => ({ value: post.areaId, label: l(post.area) }))}
          />
        )}
      </FormField>
      <FormField id="aid-income" label={t('legalAid.income')} hint={t('legalAid.incomeHint')}>
        {(tied) => (
          <InputNumber {...tied} min={1} max={100_000} precision={0} value={income ?? null} onChange={(n) => setIncome(n ?? undefined)} />
        )}
      </FormField>
      <FormField id="aid-source" label={t('legalAid.source')}>
        {(tied) => <Input {...tied} maxLength={200} value={source} onChange={(event) => setSource(event.target.value)} />}
      </FormField>
      <DayField id="aid-from" label={t('legalAid.from')} value={from} onChange={setFrom} />
    </RegisterDrawer>
  );
};

/** 法律援助标准: what the check on the portal reckons with. */
export const AidPage = () => {
  const { t, l, language } = useWords('aid');
  const query = useQuery(standardsQuery);
  const [setting, setSetting] = useState(false);
  return (
    <>
      <h1>{t('legalAid.title')}</h1>
      <p className="quiet">{t('legalAid.hint')}</p>
      <InnerDoor route="/legal-aid">
        <p>
          <Button type="primary" onClick={() => setSetting(true)}>
            {t('legalAid.set')}
          </Button>
        </p>
      </InnerDoor>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <div className="scroll card">
              <table className="plain stacked">
                <thead>
                  <tr>
                    <th scope="col">{t('legalAid.area')}</th>
                    <th scope="col" className="n">
                      {t('legalAid.income')}
                    </th>
                    <th scope="col">{t('legalAid.from')}</th>
                    <th scope="col">{t('legalAid.source')}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      <td>{row.areaLabel ? l(row.areaLabel) : '–'}</td>
                      <td data-label={t('legalAid.income')} className="n">
                        {row.monthlyIncome}
                      </td>
                      <td data-label={t('legalAid.from')} className="nowrap">
                        {formatEntered(row.from, language)}
                      </td>
                      <td data-label={t('legalAid.source')}>{row.source}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <p className="card">{t('legalAid.none')}</p>
          )
        }
      </Loaded>
      {setting ? <SetStandard close={() => setSetting(false)} /> : null}
    </>
  );
};
