import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { DISPUTE_KINDS, type DisputeKind } from '@tongxin/domain/dispute/kind/schema.ts';
import type { ApplicationReceipt } from '@tongxin/domain/dispute/referral/schema.ts';
import { useState } from 'preact/hooks';
import { FormField, Tick } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { applyForMediation } from '../mutations.ts';
import { AreaChoice } from './area-choice.tsx';

const BLANK = { facts: '', wish: '', place: '', name: '', phone: '', otherName: '', otherPhone: '', forName: '', forPhone: '' };
type Written = typeof BLANK;
/** Numbers of the sentence about danger: one tap calls. */
const NUMBERS = /\b(110|12338)\b/u;

/** The applicant's own words, who the other side is, and what is wished for. Nothing of it is kept on the phone. */
export const ApplyForm = ({ done }: { done: (receipt: ApplicationReceipt) => void }) => {
  const { t, why } = useWords();
  const [id] = useState(uuidv7);
  const [written, setWritten] = useState<Written>(BLANK);
  const [kind, setKind] = useState<DisputeKind>('neighbour');
  const [areaId, setAreaId] = useState<string>();
  const [forOther, setForOther] = useState(false);
  const [consented, setConsented] = useState(false);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [sending, setSending] = useState(false);
  const said = (key: keyof Written): string | undefined => written[key].trim() || undefined;
  const missing = (is: unknown): string | undefined => (asked && !is ? t('misfit.missing') : undefined);
  const send = async (): Promise<void> => {
    setAsked(true);
    setProblem(undefined);
    const [facts, name, phone, otherName, forName] = (['facts', 'name', 'phone', 'otherName', 'forName'] as const).map(said);
    if (!facts || !name || !phone || !otherName || !areaId || (forOther && !(forName && consented))) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const [wish, place, otherPhone, forPhone] = (['wish', 'place', 'otherPhone', 'forPhone'] as const).map(said);
    setSending(true);
    try {
      done(
        await applyForMediation({
          id,
          kind,
          areaId,
          facts,
          applicant: { name, phone },
          others: [{ name: otherName, ...(otherPhone ? { phone: otherPhone } : {}) }],
          ...(wish ? { wish } : {}),
          ...(place ? { place } : {}),
          ...(forOther && forName ? { behalfOf: { name: forName, consented: true, ...(forPhone ? { phone: forPhone } : {}) } } : {}),
        }),
      );
    } catch (failure) {
      setProblem(failure);
      setSending(false);
    }
  };
  const line = (
    key: keyof Written,
    label: string,
    more: { readonly hint?: string; readonly wrong?: string | undefined; readonly tel?: true } = {},
  ) => (
    <FormField id={key} label={label} hint={more.hint} wrong={more.wrong}>
      {(tied) => (
        <input
          {...tied}
          type="text"
          inputMode={more.tel ? 'tel' : 'text'}
          autocomplete="off"
          maxLength={more.tel ? 40 : 80}
          value={written[key]}
          onInput={(event) => setWritten((now) => ({ ...now, [key]: event.currentTarget.value }))}
        />
      )}
    </FormField>
  );
  const words = (key: 'facts' | 'wish', label: string, wrong?: string) => (
    <FormField id={key} label={label} wrong={wrong}>
      {(tied) => (
        <textarea
          {...tied}
          rows={key === 'facts' ? 6 : 2}
          maxLength={key === 'facts' ? 5000 : 500}
          value={written[key]}
          onInput={(event) => setWritten((now) => ({ ...now, [key]: event.currentTarget.value }))}
        />
      )}
    </FormField>
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <p class="notice">
        {t('mediate.danger')
          .split(NUMBERS)
          .map((part) =>
            NUMBERS.test(part) ? (
              <a key={part} href={`tel:${part}`}>
                {part}
              </a>
            ) : (
              part
            ),
          )}
      </p>
      <FormField id="kind" label={t('mediate.kind')}>
        {(tied) => (
          <select {...tied} value={kind} onChange={(event) => setKind(event.currentTarget.value as DisputeKind)}>
            {DISPUTE_KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`mediate.kind.${one}`)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      {words('facts', t('mediate.facts'), missing(said('facts')))}
      {words('wish', t('mediate.wish'))}
      <AreaChoice wrong={missing(areaId)} onChange={setAreaId} />
      {line('place', t('mediate.place'))}
      <h2>{t('mediate.you')}</h2>
      {line('name', t('mediate.name'), { wrong: missing(said('name')) })}
      {line('phone', t('mediate.phone'), { tel: true, wrong: missing(said('phone')) })}
      <Tick label={t('mediate.forOther')} checked={forOther} onChange={setForOther} />
      {forOther ? (
        <>
          {line('forName', t('mediate.forName'), { wrong: missing(said('forName')) })}
          {line('forPhone', t('mediate.phone'), { tel: true })}
          <Tick label={t('mediate.consented')} checked={consented} onChange={setConsented} />
          {missing(consented) ? (
            <p class="wrong" role="alert">
              {t('mediate.consentNeeded')}
            </p>
          ) : null}
        </>
      ) : null}
      <h2>{t('mediate.other')}</h2>
      <p class="hint">{t('mediate.otherHint')}</p>
      {line('otherName', t('mediate.name'), { wrong: missing(said('otherName')) })}
      {line('otherPhone', t('mediate.phone'), { tel: true })}
      {problem ? (
        <p class="wrong" role="alert">
          {why(problem)}
        </p>
      ) : null}
      <button type="submit" class="primary" disabled={sending}>
        {t(sending ? 'form.sending' : 'mediate.send')}
      </button>
    </form>
  );
};
