import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { Button, Input, Popconfirm, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { organizationsQuery } from '../../../lib/directory.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { makeLine, revokeLine } from '../mutations.ts';
import { linesQuery } from '../queries.ts';
import { SecretOnce } from './secret-once.tsx';

/** Telephone systems that announce calls to a hotline's screen. */
export const Lines = () => {
  const { t, l } = useWords('interfaces');
  const client = useQueryClient();
  const query = useQuery(linesQuery);
  const { data: bodies = [] } = useQuery(organizationsQuery);
  const [organizationId, setOrganization] = useState<string>();
  const [name, setName] = useState('');
  const [id, setId] = useState(uuidv7);
  const [made, setMade] = useState<{ secret: string; address: string }>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const bodyName = (one: string): string => {
    const body = bodies.find((candidate) => candidate.id === one);
    return body ? l(body.name) : '';
  };
  const changed = () => client.invalidateQueries({ queryKey: keys.lines });
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(undefined);
    setBusy(true);
    try {
      const line = await makeLine({ id, organizationId: organizationId!, name: name.trim() });
      if (line.secret) setMade({ secret: line.secret, address: `${location.origin}/api/v1/hotline/lines/${line.id}/news` });
      setName('');
      setId(uuidv7());
      await changed();
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  return (
    <section className="card" aria-labelledby="lines">
      <h2 id="lines">{t('interfaces.lines')}</h2>
      <p className="quiet">{t('interfaces.linesHint')}</p>
      <form onSubmit={(event) => void make(event)} className="filters">
        <label htmlFor="line-body">
          {t('interfaces.body')}
          <Select
            id="line-body"
            placeholder={t('form.pick')}
            showSearch
            optionFilterProp="label"
            value={organizationId}
            onChange={setOrganization}
            options={bodies.map((body) => ({ value: body.id, label: l(body.name) }))}
          />
        </label>
        <label htmlFor="line-name">
          {t('interfaces.lineName')}
          <Input id="line-name" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <div className="row">
          <Button type="primary" htmlType="submit" loading={busy} disabled={!organizationId || !name.trim()}>
            {t('interfaces.connect')}
          </Button>
        </div>
      </form>
      {made ? (
        <>
          <p>
            {t('interfaces.lineAddress')} <code>{made.address}</code>
          </p>
          <SecretOnce label={t('interfaces.secret')} secret={made.secret} close={() => setMade(undefined)} />
        </>
      ) : null}
      {problem ? <Failed problem={problem} /> : null}
      <Loaded query={query}>
        {(lines) =>
          lines.length ? (
            <ul className="cards">
              {lines.map((line) => (
                <li key={line.id} className="row">
                  <strong>{line.name}</strong>
                  <span>{bodyName(line.organizationId)}</span>
                  {line.revokedAt ? (
                    <Mark tone="warn">{t('interfaces.disconnected')}</Mark>
                  ) : (
                    <Popconfirm title={t('interfaces.disconnectSure')} onConfirm={() => void revokeLine(line.id).then(changed, setProblem)}>
                      <Button size="small">{t('interfaces.disconnect')}</Button>
                    </Popconfirm>
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <p>{t('interfaces.noLines')}</p>
          )
        }
      </Loaded>
    </section>
  );
};
