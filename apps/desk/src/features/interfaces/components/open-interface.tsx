import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { formatDay } from '@tongxin/ui/time.ts';
import { Button, Input, InputNumber, Popconfirm, Switch } from 'antd';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { issueOpen311Key, openOpen311List, revokeOpen311Key } from '../mutations.ts';
import { open311Query } from '../queries.ts';
import { SecretOnce } from './secret-once.tsx';

/** Clients of the open interface: keys with a day's quota, and whether the coarse list is told to anybody. */
export const OpenInterface = () => {
  const { t, language } = useWords('interfaces');
  const client = useQueryClient();
  const query = useQuery(open311Query);
  const [name, setName] = useState('');
  const [perDay, setPerDay] = useState(1000);
  const [days, setDays] = useState(365);
  const [id, setId] = useState(uuidv7);
  const [key, setKey] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const changed = () => client.invalidateQueries({ queryKey: keys.open311 });
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setProblem(undefined);
    setBusy(true);
    try {
      await work();
      await changed();
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  const issue = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const issued = await issueOpen311Key({ id, name: name.trim(), perDay, days });
      setKey(issued.key);
      setName('');
      setId(uuidv7());
    });
  };
  return (
    <section className="card" aria-labelledby="open311">
      <h2 id="open311">{t('interfaces.open311')}</h2>
      <p className="quiet">{t('interfaces.open311Hint')}</p>
      <form onSubmit={issue} className="filters">
        <label htmlFor="open311-name">
          {t('interfaces.client')}
          <Input id="open311-name" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label htmlFor="open311-per-day">
          {t('interfaces.perDay')}
          <InputNumber
            id="open311-per-day"
            style={{ display: 'flex', width: 120 }}
            min={1}
            max={1_000_000}
            precision={0}
            value={perDay}
            onChange={(n) => setPerDay(n ?? 1000)}
          />
        </label>
        <label htmlFor="open311-days">
          {t('interfaces.days')}
          <InputNumber
            id="open311-days"
            style={{ display: 'flex', width: 110 }}
            min={1}
            max={3650}
            precision={0}
            value={days}
            onChange={(n) => setDays(n ?? 365)}
          />
        </label>
        <div className="row">
          <Button type="primary" htmlType="submit" loading={busy} disabled={!name.trim()}>
            {t('interfaces.issueKey')}
          </Button>
        </div>
      </form>
      {key ? <SecretOnce label={t('interfaces.key')} secret={key} close={() => setKey(undefined)} /> : null}
      {problem ? <Failed problem={problem} /> : null}
      <Loaded query={query}>
        {({ keys: issued, listOpen }) => (
          <>
            {issued.length ? (
              <ul className="cards">
                {issued.map((one) => (
                  <li key={one.id} className="row">
                    <strong>{one.name}</strong>
                    <span className="quiet">…{one.ending}</span>
                    <span>{t('interfaces.usedToday', { n: one.usedToday, of: one.perDay })}</span>
                    <span className="quiet">{t('interfaces.until', { day: formatDay(one.until, language) })}</span>
                    {one.revoked ? (
                      <Mark tone="warn">{t('interfaces.revoked')}</Mark>
                    ) : (
                      <Popconfirm title={t('interfaces.revokeSure')} onConfirm={() => void run(() => revokeOpen311Key(one.id))}>
                        <Button size="small">{t('interfaces.revoke')}</Button>
                      </Popconfirm>
                    )}
                  </li>
                ))}
              </ul>
            ) : (
              <p>{t('interfaces.noKeys')}</p>
            )}
            <p className="row">
              <Switch
                id="open311-list"
                aria-labelledby="open311-list-label"
                checked={listOpen}
                loading={busy}
                onChange={(on) => void run(() => openOpen311List(on))}
              />
              <span id="open311-list-label">{t('interfaces.listOpen')}</span>
            </p>
            <p className="quiet">{t('interfaces.listOpenHint')}</p>
          </>
        )}
      </Loaded>
    </section>
  );
};
