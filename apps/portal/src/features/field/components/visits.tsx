import { prefilled } from '@tongxin/domain/collection/rules.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import type { PremisesView } from '@tongxin/domain/premises/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { go } from '../../../app/router.tsx';
import { hereNow } from '../../../lib/field/here.ts';
import { beginRecord, type LocalRecord, localRecord } from '../../../lib/field/records.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FormField, Tick } from '../../../lib/form/field.tsx';
import { openRequest } from '../mutations.ts';
import { formOf, formsFor, knownPremises } from '../queries.ts';
import { type Ground, Inside } from './inside.tsx';
import { RecordForm } from './record-form.tsx';
import { RecordList } from './record-list.tsx';
import { Sheets } from './sheets.tsx';

/** What the platform knows already is not asked twice. */
const knownOf = (ground: Ground, premises: PremisesView | undefined, words: { l: (label: { zh: string; en?: string }) => string }) => ({
  ...(premises ? { premisesName: premises.name, premisesAddress: premises.address, visitedAddress: premises.address } : {}),
  ...(ground.bundle ? { areaName: words.l(ground.bundle.area.label) } : {}),
  ...(ground.me.posts[0]
    ? { organizationName: words.l(ground.me.posts[0].organization), postTitle: words.l(ground.me.posts[0].title) }
    : {}),
  today: localDate(Date.now()),
});

const Start = ({ form, ground, cancel }: { form: Form; ground: Ground; cancel: () => void }) => {
  const { f, l } = useFieldWords();
  const [premisesId, setPremisesId] = useState('');
  const [address, setAddress] = useState('');
  const [agrees, setAgrees] = useState<boolean>();
  const [wrong, setWrong] = useState(false);
  const known = useDevice(() => knownPremises(ground.bundle), [ground.bundle]);
  const fits = (known ?? []).filter(({ kind }) => !form.premisesKinds || form.premisesKinds.includes(kind));
  const begin = async (): Promise<void> => {
    if (form.consent && agrees === undefined) return setWrong(true);
    const premises = fits.find(({ id }) => id === premisesId);
    const before = ground.bundle?.visits.find((visit) => visit.formId === form.id && premises && visit.premisesId === premises.id);
    const point = premises?.point ?? (await hereNow().catch(() => undefined));
    const first = prefilled(form, knownOf(ground, premises, { l }), before?.fields ?? {});
    const personal = new Set(form.sections.flatMap(({ questions }) => questions.filter((one) => one.personal).map(({ id }) => id)));
    const values = agrees === false ? Object.fromEntries(Object.entries(first).filter(([id]) => !personal.has(id))) : first;
    const where = premises?.name ?? address.trim();
    const id = await beginRecord(
      form,
      'visit',
      where ? `${l(form.title)} · ${where}` : l(form.title),
      {
        ...(ground.bundle ? { areaId: ground.bundle.area.id } : {}),
        ...(premises ? { premisesId: premises.id } : {}),
        ...(point ? { point } : {}),
        ...(address.trim() ? { address: address.trim() } : {}),
        ...(form.consent ? { consent: agrees === true } : {}),
      },
      values,
    );
    go(`/field/visits/${id}`);
  };
  return (
    <form
      class="notice"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <h3>{l(form.title)}</h3>
      <p>{f('visits.purpose', { purpose: l(form.purpose), basis: l(form.basis) })}</p>
      <FormField id="premises" label={f('visits.premises')}>
        {(tied) => (
          <select {...tied} value={premisesId} onChange={(event) => setPremisesId(event.currentTarget.value)}>
            <option value="">{f('visits.noPremises')}</option>
            {fits.map(({ id, name, address: at }) => (
              <option key={id} value={id}>
                {name} · {at}
              </option>
            ))}
          </select>
        )}
      </FormField>
      {premisesId ? null : (
        <FormField id="address" label={f('visits.address')}>
          {(tied) => (
            <input {...tied} type="text" maxLength={400} value={address} onInput={(event) => setAddress(event.currentTarget.value)} />
          )}
        </FormField>
      )}
      {form.consent ? (
        <fieldset>
          <legend>{f('visits.consent')}</legend>
          <p class="hint">{f('visits.consentHint', { days: form.retentionDays })}</p>
          {[true, false].map((choice) => (
            <label key={String(choice)} class="tick">
              <input type="radio" name="consent" checked={agrees === choice} onChange={() => setAgrees(choice)} />
              <span>{f(choice ? 'visits.agrees' : 'visits.declines')}</span>
            </label>
          ))}
          {wrong && agrees === undefined ? (
            <p class="wrong" role="alert">
              {f('visits.consentMissing')}
            </p>
          ) : null}
        </fieldset>
      ) : null}
      <div class="row">
        <button type="submit" class="primary">
          {f('visits.begin')}
        </button>
        <button type="button" onClick={cancel}>
          {f('visits.notNow')}
        </button>
      </div>
    </form>
  );
};

const Visits = (ground: Ground) => {
  const { f, l } = useFieldWords();
  const [form, setForm] = useState<Form>();
  const forms = formsFor(ground.bundle, 'visit');
  return (
    <>
      <h2>{f('visits.start')}</h2>
      {form ? (
        <Start form={form} ground={ground} cancel={() => setForm(undefined)} />
      ) : (
        forms.map((one) => (
          <button key={one.id} type="button" class="wide way-button" onClick={() => setForm(one)}>
            {l(one.title)}
          </button>
        ))
      )}
      {forms.length === 0 ? <p>{f('forms.none')}</p> : null}
      <h2>{f('visits.kept')}</h2>
      <RecordList kind="visit" />
    </>
  );
};

export const VisitsPage = () => {
  const { f } = useFieldWords();
  return <Inside title={f('visits.title')}>{(ground) => <Visits {...ground} />}</Inside>;
};

/** 代办: what the person asks to have done for them. */
const Request = ({ form, local, bundle }: { form: Form; local: LocalRecord; bundle: Ground['bundle'] }) => {
  const { f, l } = useFieldWords();
  const [open, setOpen] = useState(false);
  const [categoryId, setCategory] = useState('');
  const [words, setWords] = useState('');
  const [consent, setConsent] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [sent, setSent] = useState(false);
  const offered = (bundle?.categories ?? []).filter(({ id }) => form.requests?.includes(id));
  const send = async (): Promise<void> => {
    if (!categoryId || !words.trim() || !consent) return setWrong(true);
    await openRequest(local.record.subjectId, { categoryId, words: words.trim(), consent: true });
    setOpen(false);
    setWords('');
    setConsent(false);
    setWrong(false);
    setSent(true);
  };
  if (local.record.consent === false || offered.length === 0) return null;
  return (
    <section>
      <h2>{f('request.title')}</h2>
      {sent ? (
        <p class="good" role="status">
          {f('request.queued')}
        </p>
      ) : null}
      {open ? (
        <div class="notice">
          <FormField id="request-category" label={f('request.category')}>
            {(tied) => (
              <select {...tied} value={categoryId} onChange={(event) => setCategory(event.currentTarget.value)}>
                <option value="">{f('request.pick')}</option>
                {offered.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {l(label)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <FormField id="request-words" label={f('request.words')}>
            {(tied) => <textarea {...tied} maxLength={2000} value={words} onInput={(event) => setWords(event.currentTarget.value)} />}
          </FormField>
          <Tick label={f('request.consent')} checked={consent} onChange={setConsent} />
          {wrong ? (
            <p class="wrong" role="alert">
              {f('request.missing')}
            </p>
          ) : null}
          <div class="row">
            <button type="button" class="primary" onClick={() => void send()}>
              {f('request.send')}
            </button>
            <button type="button" onClick={() => setOpen(false)}>
              {f('request.not')}
            </button>
          </div>
        </div>
      ) : (
        <button type="button" onClick={() => setOpen(true)}>
          {f('request.open')}
        </button>
      )}
    </section>
  );
};

const Visit = ({ id, ground }: { id: string; ground: Ground }) => {
  const { f } = useFieldWords();
  const local = useDevice(async () => ({ found: await localRecord('visit', id) }), [id]);
  if (!local) return null;
  const form = local.found && formOf(ground.bundle, local.found.record.formId, local.found.record.formVersion);
  if (!local.found || !form) return <p>{f('records.notHere')}</p>;
  return (
    <>
      <p class="small">
        {local.found.record.name} · {f(`status.${local.found.status}`)}
      </p>
      {local.found.status === 'declined' ? <p class="notice">{f('visits.declinedHint')}</p> : null}
      <RecordForm key={id} form={form} local={local.found} finishes />
      <Request form={form} local={local.found} bundle={ground.bundle} />
      {local.found.status === 'done' && local.found.waiting === 0 ? <Sheets visitId={id} /> : null}
    </>
  );
};

export const VisitPage = ({ id }: { id: string }) => {
  const { f } = useFieldWords();
  return <Inside title={f('visits.one')}>{(ground) => <Visit id={id} ground={ground} />}</Inside>;
};
