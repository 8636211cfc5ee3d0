import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button, Input, InputNumber, Popconfirm, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { organizationsQuery } from '../../../lib/directory.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { issueToken, revokeToken } from '../mutations.ts';
import { tokensQuery } from '../queries.ts';
import { SecretOnce } from './secret-once.tsx';

/** Tokens by which systems of departments call. */
export const Tokens = () => {
  const { t, l, language } = useWords('interfaces');
  const client = useQueryClient();
  const query = useQuery(tokensQuery);
  const { data: bodies = [] } = useQuery(organizationsQuery);
  const [organizationId, setOrganization] = useState<string>();
  const [name, setName] = useState('');
  const [days, setDays] = useState(365);
  const [id, setId] = useState(uuidv7);
  const [token, setToken] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const bodyName = (one: string): string => {
    const body = bodies.find((candidate) => candidate.id === one);
    return body ? l(body.name) : one;
  };
  const changed = () => client.invalidateQueries({ queryKey: keys.tokens });
  const issue = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(undefined);
    setBusy(true);
    try {
      const issued = await issueToken({ id, organizationId: organizationId!, name: name.trim(), days });
      setToken(issued.token);
      setName('');
      setId(uuidv7());
      await changed();
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  return (
    <section className="card" aria-labelledby="tokens">
      <h2 id="tokens">{t('interfaces.tokens')}</h2>
      <p className="quiet">{t('interfaces.tokensHint')}</p>
      <form onSubmit={(event) => void issue(event)} className="filters">
        <label htmlFor="token-body">
          {t('interfaces.body')}
          <Select
            id="token-body"
            placeholder={t('form.pick')}
            showSearch
            optionFilterProp="label"
            value={organizationId}
            onChange={setOrganization}
            options={bodies.map((body) => ({ value: body.id, label: l(body.name) }))}
          />
        </label>
        <label htmlFor="token-name">
          {t('interfaces.name')}
          <Input id="token-name" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label htmlFor="token-days">
          {t('interfaces.days')}
          <InputNumber
            id="token-days"
            style={{ display: 'flex', width: 110 }}
            min={1}
            max={730}
            precision={0}
            value={days}
            onChange={(n) => setDays(n ?? 365)}
          />
        </label>
        <div className="row">
          <Button type="primary" htmlType="submit" loading={busy} disabled={!organizationId || !name.trim()}>
            {t('interfaces.issue')}
          </Button>
        </div>
      </form>
      {token ? <SecretOnce label={t('interfaces.token')} secret={token} close={() => setToken(undefined)} /> : null}
      {problem ? <Failed problem={problem} /> : null}
      <Loaded query={query}>
        {(tokens) =>
          tokens.length ? (
            <ul className="cards">
              {tokens.map((one) => (
                <li key={one.id} className="row">
                  <strong>{one.name}</strong>
                  <span>{bodyName(one.organizationId)}</span>
                  <span className="quiet">…{one.ending}</span>
                  <span className="quiet">{t('interfaces.until', { day: formatInstant(one.expiresAt, language) })}</span>
                  {one.revokedAt ? (
                    <Mark tone="warn">{t('interfaces.revoked')}</Mark>
                  ) : (
                    <Popconfirm title={t('interfaces.revokeSure')} onConfirm={() => void revokeToken(one.id).then(changed, setProblem)}>
                      <Button size="small">{t('interfaces.revoke')}</Button>
                    </Popconfirm>
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <p>{t('interfaces.noTokens')}</p>
          )
        }
      </Loaded>
    </section>
  );
};
