import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { WebhookView } from '@tongxin/client/exchange.ts';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { WEBHOOK_EVENTS, type WebhookEvent } from '@tongxin/domain/webhook/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button, Checkbox, Input, Popconfirm, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { organizationsQuery } from '../../../lib/directory.ts';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { makeWebhook, removeWebhook, rotateWebhook, switchWebhook, testWebhook } from '../mutations.ts';
import { deliveriesQuery, webhooksQuery } from '../queries.ts';
import { SecretOnce } from './secret-once.tsx';

const Deliveries = ({ id }: { id: string }) => {
  const { t, of, language } = useWords('interfaces');
  const query = useQuery(deliveriesQuery(id));
  return (
    <Loaded query={query}>
      {(deliveries) =>
        deliveries.length ? (
          <table className="plain">
            <caption>{t('interfaces.deliveries')}</caption>
            <tbody>
              {deliveries.slice(0, 10).map((one) => (
                <tr key={one.id}>
                  <td>{formatInstant(one.createdAt, language)}</td>
                  <td>{t(`interfaces.event.${one.kind as WebhookEvent}`)}</td>
                  <td>{t(`interfaces.delivery.${one.status}`)}</td>
                  <td className="n">{t('interfaces.attempts', { n: one.attempts })}</td>
                  <td>{one.lastStatus ?? (one.lastProblem ? of('interfaces.problem', one.lastProblem, one.lastProblem) : '')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p className="quiet">{t('interfaces.noDeliveries')}</p>
        )
      }
    </Loaded>
  );
};

const Hook = ({ hook, bodyName }: { hook: WebhookView; bodyName: string }) => {
  const { t } = useWords('interfaces');
  const client = useQueryClient();
  const [secret, setSecret] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [shown, setShown] = useState(false);
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setProblem(undefined);
    await work().catch(setProblem);
    await client.invalidateQueries({ queryKey: keys.webhooks });
  };
  return (
    <li>
      <div className="row">
        <strong>{bodyName}</strong>
        <code>{hook.url}</code>
        <Mark tone={hook.status === 'failed' ? 'warn' : hook.status === 'on' ? 'good' : 'quiet'}>
          {t(`interfaces.status.${hook.status}`)}
        </Mark>
      </div>
      <p className="quiet">{hook.events.map((event) => t(`interfaces.event.${event}`)).join(' · ')}</p>
      <div className="row">
        <Button
          size="small"
          onClick={() =>
            void attempt(async () => {
              await testWebhook(hook.id);
              setShown(true);
            })
          }
        >
          {t('interfaces.test')}
        </Button>
        <Button size="small" onClick={() => void attempt(() => switchWebhook(hook.id, hook.status !== 'on'))}>
          {t(hook.status === 'on' ? 'interfaces.switchOff' : 'interfaces.switchOn')}
        </Button>
        <Button size="small" onClick={() => void attempt(async () => setSecret((await rotateWebhook(hook.id)).secret))}>
          {t('interfaces.rotate')}
        </Button>
        <Button size="small" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t('interfaces.deliveries')}
        </Button>
        <Popconfirm title={t('interfaces.removeSure')} onConfirm={() => void attempt(() => removeWebhook(hook.id))}>
          <Button size="small">{t('interfaces.remove')}</Button>
        </Popconfirm>
      </div>
      {secret ? <SecretOnce label={t('interfaces.secret')} secret={secret} close={() => setSecret(undefined)} /> : null}
      {problem ? <Failed problem={problem} /> : null}
      {shown ? <Deliveries id={hook.id} /> : null}
    </li>
  );
};

const NewHook = ({ options }: { options: readonly { value: string; label: string }[] }) => {
  const { t } = useWords('interfaces');
  const client = useQueryClient();
  const [id, setId] = useState(uuidv7);
  const [organizationId, setOrganization] = useState<string>();
  const [area, setArea] = useState<readonly string[]>();
  const [url, setUrl] = useState('https://');
  const [events, setEvents] = useState<readonly WebhookEvent[]>(['case.assigned']);
  const [secret, setSecret] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(undefined);
    setBusy(true);
    try {
      const areaId = area?.at(-1);
      const made = await makeWebhook({ id, organizationId: organizationId!, url: url.trim(), events, ...(areaId ? { areaId } : {}) });
      setSecret(made.secret);
      setId(uuidv7());
      setUrl('https://');
      await client.invalidateQueries({ queryKey: keys.webhooks });
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void make(event)}>
      <div className="filters wide">
        <label htmlFor="hook-body">
          {t('interfaces.body')}
          <Select
            id="hook-body"
            placeholder={t('form.pick')}
            showSearch
            optionFilterProp="label"
            value={organizationId}
            onChange={setOrganization}
            options={[...options]}
          />
        </label>
        <label htmlFor="hook-area">
          {t('interfaces.area')}
          <AreaCascader
            id="hook-area"
            empty={t('interfaces.ownCases')}
            value={area}
            onChange={(path) => setArea(path.map((one) => one.id))}
          />
        </label>
        <label htmlFor="hook-url">
          {t('interfaces.url')}
          <Input id="hook-url" type="url" maxLength={500} value={url} onChange={(event) => setUrl(event.target.value)} />
        </label>
      </div>
      <fieldset className="field">
        <legend>{t('interfaces.events')}</legend>
        <Checkbox.Group
          value={[...events]}
          onChange={(chosen) => setEvents(chosen as WebhookEvent[])}
          options={WEBHOOK_EVENTS.map((one) => ({ value: one, label: t(`interfaces.event.${one}`) }))}
        />
      </fieldset>
      {problem ? <Failed problem={problem} /> : null}
      <Button type="primary" htmlType="submit" loading={busy} disabled={!organizationId || !events.length || url.length < 9}>
        {t('interfaces.make')}
      </Button>
      {secret ? <SecretOnce label={t('interfaces.secret')} secret={secret} close={() => setSecret(undefined)} /> : null}
    </form>
  );
};

/** Which systems are told of what. */
export const Webhooks = () => {
  const { t, l } = useWords('interfaces');
  const query = useQuery(webhooksQuery);
  const { data: bodies = [] } = useQuery(organizationsQuery);
  const options = bodies.map((body) => ({ value: body.id, label: l(body.name) }));
  return (
    <section className="card" aria-labelledby="webhooks">
      <h2 id="webhooks">{t('interfaces.webhooks')}</h2>
      <p className="quiet">{t('interfaces.webhooksHint')}</p>
      <NewHook options={options} />
      <Loaded query={query}>
        {(hooks) =>
          hooks.length ? (
            <ul className="cards">
              {hooks.map((hook) => (
                <Hook
                  key={hook.id}
                  hook={hook}
                  bodyName={options.find(({ value }) => value === hook.organizationId)?.label ?? hook.organizationId}
                />
              ))}
            </ul>
          ) : (
            <p>{t('interfaces.noWebhooks')}</p>
          )
        }
      </Loaded>
    </section>
  );
};
