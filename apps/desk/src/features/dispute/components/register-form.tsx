import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { Referral } from '@tongxin/domain/dispute/referral/schema.ts';
import { firstStep } from '@tongxin/domain/dispute/rules.ts';
import {
  DISPUTE_KINDS,
  DISPUTE_ORIGINS,
  type DisputeKind,
  type DisputeReceipt,
  type NewDispute,
  OUTCOMES,
  type Outcome,
} from '@tongxin/domain/dispute/schema.ts';
import { Button, Input, Radio, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { registerDispute } from '../mutations.ts';
import { blankParty, PartyFields, type WrittenParty } from './party-fields.tsx';
import { ReferralFields } from './referral-fields.tsx';

type Written = Omit<NewDispute, 'id' | 'kind' | 'areaId' | 'parties' | 'outcome' | 'referral'> & {
  readonly referral: Referral;
  readonly kind?: DisputeKind;
  readonly outcome?: Outcome;
  readonly path: readonly AreaView[];
  readonly parties: readonly WrittenParty[];
};

const today = (): string => instantToLocalDate(new Date().toISOString());

const words = (text: string | undefined): string | undefined => text?.trim() || undefined;

const referralOf = ({ body, number, ...referral }: Referral): Referral => {
  const [sender, theirs] = [words(body), words(number)];
  return { ...referral, ...(sender ? { body: sender } : {}), ...(theirs ? { number: theirs } : {}) };
};

/** What is sent, as far as it is written; undefined while something that every dispute has is missing. */
const disputeOf = (id: string, written: Written): NewDispute | undefined => {
  const { kind, outcome, path, parties, origin, mediatedOn, performBy } = written;
  const areaId = path.at(-1)?.id;
  const facts = words(written.facts);
  if (!kind || !outcome || !areaId || !facts || parties.some(({ name }) => name.trim() === '')) return undefined;
  const [place, together, agreement, ways] = [written.place, written.together, written.agreement, written.ways].map(words);
  const agreed = outcome === 'atOnce' || outcome === 'byDay';
  return {
    id,
    kind,
    origin,
    areaId,
    facts,
    mediatedOn,
    outcome,
    parties: parties.map(({ name, phone, agrees }) => ({
      name: name.trim(),
      ...(phone.trim() ? { phone: phone.trim() } : {}),
      ...(agrees && outcome === 'asks' ? { agrees: true as const } : {}),
    })),
    ...(origin === 'referred' ? { referral: referralOf(written.referral) } : {}),
    ...(place ? { place } : {}),
    ...(together ? { together } : {}),
    ...(agreed && agreement ? { agreement } : {}),
    ...(outcome === 'byDay' && performBy ? { performBy } : {}),
    ...(outcome === 'unsettled' && ways ? { ways } : {}),
  };
};

/** 简易登记: a quarrel, its sides and how it ended, in two minutes. Nothing of it is kept on the device. */
export const RegisterForm = ({ done }: { done: (receipt: DisputeReceipt, names: readonly string[]) => void }) => {
  const { t } = useWords('dispute');
  const client = useQueryClient();
  const [id] = useState(uuidv7);
  const [written, setWritten] = useState<Written>(() => ({
    origin: 'applied',
    facts: '',
    path: [],
    parties: [blankParty(), blankParty()],
    mediatedOn: today(),
    referral: { sender: 'police', receivedOn: today(), fileConsent: true },
    ways: t('dispute.waysUsual'),
  }));
  const [isAsked, setAsked] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const change = (more: Partial<Written>): void => setWritten((now) => ({ ...now, ...more }));
  const { outcome } = written;
  const missing = (is: unknown): { wrong?: string } => (isAsked && !is ? { wrong: t('misfit.missing') } : {});
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    setProblem(undefined);
    const dispute = disputeOf(id, written);
    if (!dispute || !firstStep(dispute, today()).ok) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    try {
      const receipt = await registerDispute(dispute);
      await client.invalidateQueries({ queryKey: keys.disputes });
      done(
        receipt,
        dispute.parties.map(({ name }) => name),
      );
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <form className="columns" onSubmit={(event) => void send(event)} noValidate autoComplete="off">
      <div className="card">
        <FormField id="kind" label={t('dispute.kind')} {...missing(written.kind)}>
          {(tied) => (
            <Select
              {...tied}
              placeholder={t('form.pick')}
              {...(written.kind ? { value: written.kind } : {})}
              onChange={(kind: DisputeKind) => change({ kind })}
              options={DISPUTE_KINDS.map((value) => ({ value, label: t(`dispute.kind.${value}`) }))}
            />
          )}
        </FormField>
        <FormField id="facts" label={t('dispute.facts')} {...missing(words(written.facts))}>
          {(tied) => (
            <Input.TextArea
              {...tied}
              maxLength={2000}
              autoSize={{ minRows: 3, maxRows: 10 }}
              value={written.facts}
              onChange={(event) => change({ facts: event.target.value })}
            />
          )}
        </FormField>
        <FormField id="area" label={t('dispute.area')} {...missing(written.path.length)}>
          {(tied) => (
            <AreaCascader
              id={tied.id}
              empty={t('dispute.choose')}
              value={written.path.map((area) => area.id)}
              onChange={(path) => change({ path })}
            />
          )}
        </FormField>
        <FormField id="place" label={t('dispute.place')}>
          {(tied) => (
            <Input {...tied} maxLength={200} value={written.place ?? ''} onChange={(event) => change({ place: event.target.value })} />
          )}
        </FormField>
        <fieldset className="field">
          <legend>{t('dispute.origin')}</legend>
          <Radio.Group
            name="origin"
            value={written.origin}
            onChange={(event) => change({ origin: event.target.value })}
            options={DISPUTE_ORIGINS.map((value) => ({ value, label: t(`dispute.origin.${value}`) }))}
          />
        </fieldset>
        {written.origin === 'referred' ? <ReferralFields referral={written.referral} change={(referral) => change({ referral })} /> : null}
        <PartyFields
          asks={outcome === 'asks'}
          parties={written.parties}
          change={(parties) => change({ parties })}
          wrong={isAsked ? t('misfit.missing') : undefined}
        />
      </div>
      <div>
        <div className="card">
          <FormField id="mediated-on" label={t('dispute.mediatedOn')} {...missing(written.mediatedOn && written.mediatedOn <= today())}>
            {(tied) => (
              <Input
                {...tied}
                type="date"
                max={today()}
                value={written.mediatedOn}
                onChange={(event) => change({ mediatedOn: event.target.value })}
              />
            )}
          </FormField>
          <fieldset className="field">
            <legend>{t('dispute.outcome')}</legend>
            <Radio.Group
              name="outcome"
              vertical
              value={outcome}
              onChange={(event) => change({ outcome: event.target.value })}
              options={OUTCOMES.map((value) => ({ value, label: t(`dispute.outcome.${value}`) }))}
            />
            {isAsked && !outcome ? (
              <div className="wrong" role="alert">
                {t('misfit.missing')}
              </div>
            ) : null}
          </fieldset>
          {outcome === 'atOnce' || outcome === 'byDay' ? (
            <FormField
              id="agreement"
              label={t('dispute.agreement')}
              hint={t('dispute.agreementHint')}
              {...missing(words(written.agreement))}
            >
              {(tied) => (
                <Input.TextArea
                  {...tied}
                  maxLength={2000}
                  autoSize={{ minRows: 3, maxRows: 10 }}
                  value={written.agreement ?? ''}
                  onChange={(event) => change({ agreement: event.target.value })}
                />
              )}
            </FormField>
          ) : null}
          {outcome === 'byDay' ? (
            <FormField id="perform-by" label={t('dispute.performBy')} {...missing(written.performBy)}>
              {(tied) => (
                <Input
                  {...tied}
                  type="date"
                  min={today()}
                  value={written.performBy ?? ''}
                  onChange={(event) => change({ performBy: event.target.value })}
                />
              )}
            </FormField>
          ) : null}
          {outcome === 'unsettled' ? (
            <FormField id="ways" label={t('dispute.ways')} hint={t('dispute.waysHint')} {...missing(words(written.ways))}>
              {(tied) => (
                <Input.TextArea
                  {...tied}
                  maxLength={2000}
                  autoSize={{ minRows: 3, maxRows: 10 }}
                  value={written.ways ?? ''}
                  onChange={(event) => change({ ways: event.target.value })}
                />
              )}
            </FormField>
          ) : null}
          <FormField id="together" label={t('dispute.together')} hint={t('dispute.togetherHint')}>
            {(tied) => (
              <Input
                {...tied}
                maxLength={200}
                value={written.together ?? ''}
                onChange={(event) => change({ together: event.target.value })}
              />
            )}
          </FormField>
        </div>
        <Wrong problem={problem} />
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('dispute.submit')}
        </Button>
      </div>
    </form>
  );
};
