import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { MediatorsView, MediatorView } from '@tongxin/domain/dispute/mediator/schema.ts';
import type { DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import { Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { keepMediator } from '../mutations.ts';
import { KindsField } from './kinds-field.tsx';

interface MediatorFormProps {
  readonly holders: MediatorsView['holders'];
  readonly mediator: MediatorView | undefined;
  readonly done: () => void;
}

/** A line of the register. Where somebody lives serves the question of conflict, and nobody reads it but whoever keeps the register. */
export const MediatorForm = ({ holders, mediator, done }: MediatorFormProps) => {
  const { t, l, list } = useWords('dispute');
  const client = useQueryClient();
  const [id] = useState(() => mediator?.id ?? uuidv7());
  const [holder, setHolder] = useState(() =>
    mediator ? { personId: mediator.personId, organizationId: mediator.organizationId } : holders[0],
  );
  const [words, setWords] = useState({
    name: mediator?.name ?? '',
    phone: mediator?.phone ?? '',
    home: mediator?.home ?? '',
    filingNumber: mediator?.filingNumber ?? '',
    languages: list(mediator?.languages ?? []),
    court: mediator?.court?.name ?? '',
    from: mediator?.court?.from ?? '',
    to: mediator?.court?.to ?? '',
  });
  const [kinds, setKinds] = useState<DisputeKind[]>(() => [...(mediator?.kinds ?? [])]);
  const [available, setAvailable] = useState(mediator?.available ?? true);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const said = (key: keyof typeof words): string | undefined => words[key].trim() || undefined;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!holder) return;
    setBusy(true);
    setProblem(undefined);
    const [phone, home, filingNumber, court, from, to] = (['phone', 'home', 'filingNumber', 'court', 'from', 'to'] as const).map(said);
    try {
      await keepMediator(id, {
        commandId: uuidv7(),
        organizationId: holder.organizationId,
        personId: holder.personId,
        name: words.name.trim(),
        kinds,
        languages: words.languages.split(/[、,，\s]+/u).filter(Boolean),
        available,
        ...(phone ? { phone } : {}),
        ...(home ? { home } : {}),
        ...(filingNumber ? { filingNumber } : {}),
        ...(court && from ? { court: { name: court, from, ...(to ? { to } : {}) } } : {}),
        ...(mediator?.homeAreaId ? { homeAreaId: mediator.homeAreaId } : {}),
      });
      await client.invalidateQueries({ queryKey: keys.mediators });
      done();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  const field = (key: keyof typeof words, label: string, more: { readonly hint?: string; readonly type?: string } = {}) => (
    <FormField id={`mediator-${key}`} label={label} {...(more.hint ? { hint: more.hint } : {})}>
      {(tied) => (
        <Input
          {...tied}
          {...(more.type ? { type: more.type } : {})}
          autoComplete="off"
          maxLength={key === 'home' ? 200 : 60}
          value={words[key]}
          onChange={(event) => setWords((now) => ({ ...now, [key]: event.target.value }))}
        />
      )}
    </FormField>
  );
  return (
    <form className="card" onSubmit={(event) => void send(event)} noValidate>
      <h2>{t(mediator ? 'mediator.change' : 'mediator.add')}</h2>
      {mediator ? null : (
        <FormField id="mediator-post" label={t('mediator.post')}>
          {(tied) => (
            <Select
              {...tied}
              {...(holder ? { value: holder.personId } : {})}
              onChange={(personId: string) => setHolder(holders.find((one) => one.personId === personId))}
              options={holders.map(({ personId, title }) => ({ value: personId, label: l(title) }))}
            />
          )}
        </FormField>
      )}
      {field('name', t('dispute.name'))}
      {field('phone', t('dispute.phone'))}
      {field('home', t('mediator.home'), { hint: t('mediator.homeHint') })}
      <KindsField id="mediator-kinds" label={t('mediator.kinds')} value={kinds} onChange={setKinds} />
      {field('languages', t('mediator.languages'))}
      {field('filingNumber', t('mediator.filing'), { hint: t('mediator.filingHint') })}
      {field('court', t('mediator.court'))}
      {words.court.trim() ? (
        <>
          {field('from', t('mediator.from'), { type: 'date' })}
          {field('to', t('mediator.to'), { type: 'date' })}
        </>
      ) : null}
      <div className="field">
        <Checkbox checked={available} onChange={(event) => setAvailable(event.target.checked)}>
          {t('mediator.available')}
        </Checkbox>
      </div>
      <Wrong problem={problem} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('mediator.save')}
        </Button>
        <Button onClick={done}>{t('form.cancel')}</Button>
      </div>
    </form>
  );
};
