import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { CentreView } from '@tongxin/domain/dispute/centre/schema.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { keepCentre } from '../mutations.ts';
import { centreQuery } from '../queries.ts';
import { KindsField } from './kinds-field.tsx';

/** What a centre tells everybody of itself, written by who heads it; who is on duty is planned on the roster. */
export const Centre = ({ organizationId }: { organizationId: string }) => {
  const query = useQuery(centreQuery(organizationId));
  return <Loaded query={query}>{(centre) => <CentreForm key={JSON.stringify(centre)} centre={centre} />}</Loaded>;
};

const CentreForm = ({ centre }: { centre: CentreView }) => {
  const { t, l } = useWords('dispute');
  const client = useQueryClient();
  const [words, setWords] = useState({ address: centre.address ?? '', telephone: centre.telephone ?? '', hours: centre.hours ?? '' });
  const [kinds, setKinds] = useState<DisputeKind[]>(() => [...centre.kinds]);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const { telephone, ...told } = words;
      await keepCentre(centre.id, { commandId: uuidv7(), ...told, ...(telephone.trim() ? { telephone } : {}), kinds });
      await client.invalidateQueries({ queryKey: keys.centre(centre.id) });
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  const field = (key: keyof typeof words, label: string, hint?: string) => (
    <FormField id={`centre-${key}`} label={label} {...(hint ? { hint } : {})}>
      {(tied) => (
        <Input
          {...tied}
          maxLength={key === 'telephone' ? 40 : 200}
          value={words[key]}
          onChange={(event) => setWords((now) => ({ ...now, [key]: event.target.value }))}
        />
      )}
    </FormField>
  );
  return (
    <form className="card" aria-label={t('centre.title')} onSubmit={(event) => void send(event)} noValidate>
      <h2>
        {t('centre.title')} · {l(centre.label)}
      </h2>
      <p className="quiet">
        {t('centre.hint')}{' '}
        <Link to="/admin/$register" params={{ register: 'roster' }}>
          {t('admin.roster')}
        </Link>{' '}
        <a href={`/centres/${centre.id}`}>{t('centre.look')}</a>
      </p>
      {field('address', t('centre.address'))}
      {field('telephone', t('centre.telephone'), t('centre.telephoneHint'))}
      {field('hours', t('centre.hours'), t('centre.hoursHint'))}
      <KindsField id="centre-kinds" label={t('centre.kinds')} hint={t('centre.kindsHint')} value={kinds} onChange={setKinds} />
      <Wrong problem={problem} />
      <Button type="primary" htmlType="submit" loading={busy} disabled={!words.address.trim() || !words.hours.trim()}>
        {t('mediator.save')}
      </Button>
    </form>
  );
};
