import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { ConsentsView } from '@tongxin/domain/dispute/consent/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Button, Input, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { recordConsent } from '../mutations.ts';
import { consentsQuery } from '../queries.ts';

const HOW = ['oral', 'telephone', 'written'] as const;

/** What one side said, written down by whoever heard it. A no goes with the other ways that were named. */
const ConsentForm = ({ caseId, partyId, done }: { caseId: string; partyId: string; done: () => void }) => {
  const { t } = useWords('dispute');
  const client = useQueryClient();
  const [commandId] = useState(uuidv7);
  const [agrees, setAgrees] = useState(true);
  const [how, setHow] = useState<(typeof HOW)[number]>('telephone');
  const [on, setOn] = useState(() => instantToLocalDate(new Date().toISOString()));
  const [ways, setWays] = useState(() => t('dispute.waysUsual'));
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await recordConsent(caseId, { commandId, partyId, agrees, how, on, ...(agrees ? {} : { ways }) });
      await client.invalidateQueries({ queryKey: keys.dispute(caseId) });
      done();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      <fieldset className="field">
        <legend>{t('consent.answer')}</legend>
        <Radio.Group
          name={`answer-${partyId}`}
          value={agrees}
          onChange={(event) => setAgrees(event.target.value)}
          options={[
            { value: true, label: t('consent.yes') },
            { value: false, label: t('consent.no') },
          ]}
        />
      </fieldset>
      <fieldset className="field">
        <legend>{t('consent.how')}</legend>
        <Radio.Group
          name={`how-${partyId}`}
          value={how}
          onChange={(event) => setHow(event.target.value)}
          options={HOW.map((value) => ({ value, label: t(`consent.how.${value}`) }))}
        />
      </fieldset>
      <FormField id={`on-${partyId}`} label={t('consent.on')}>
        {(tied) => <Input {...tied} type="date" value={on} onChange={(event) => setOn(event.target.value)} />}
      </FormField>
      {agrees ? null : (
        <FormField id={`ways-${partyId}`} label={t('dispute.ways')} hint={t('consent.noHint')}>
          {(tied) => (
            <Input.TextArea
              {...tied}
              maxLength={2000}
              autoSize={{ minRows: 2 }}
              value={ways}
              onChange={(event) => setWays(event.target.value)}
            />
          )}
        </FormField>
      )}
      <Wrong problem={problem} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('consent.write')}
        </Button>
        <Button onClick={done}>{t('form.cancel')}</Button>
      </div>
    </form>
  );
};

const Sides = ({ caseId, view }: { caseId: string; view: ConsentsView }) => {
  const { t, language } = useWords('dispute');
  const [asking, setAsking] = useState<string>();
  return (
    <ul className="cards">
      {view.sides.map(({ partyId, spokenFor, answer, how, on }, index) => (
        <li key={partyId}>
          <div className="row">
            <strong>{t('dispute.party', { n: index + 1 })}</strong>
            {answer ? (
              <Mark tone={answer === 'agreed' ? 'good' : 'warn'}>{t(`consent.${answer}`)}</Mark>
            ) : (
              <Mark>{t('consent.waiting')}</Mark>
            )}
            {spokenFor ? <Mark tone="warn">{t('consent.spokenFor')}</Mark> : null}
            {how && on ? (
              <span className="quiet">
                {t(`consent.how.${how}`)} · {formatEntered(on, language)}
              </span>
            ) : null}
            {asking === partyId ? null : (
              <Button size="small" onClick={() => setAsking(partyId)}>
                {t('consent.write')}
              </Button>
            )}
          </div>
          {asking === partyId ? (
            // Another side may be asked by the time this answer is written down.
            <ConsentForm caseId={caseId} partyId={partyId} done={() => setAsking((open) => (open === partyId ? undefined : open))} />
          ) : null}
        </li>
      ))}
    </ul>
  );
};

/** Nobody is mediated who does not want to be (第十七条). */
export const Consents = ({ caseId }: { caseId: string }) => {
  const { t } = useWords('dispute');
  const query = useQuery(consentsQuery(caseId));
  return (
    <section className="card" aria-labelledby="consents">
      <h2 id="consents">{t('consent.title')}</h2>
      <p className="quiet">{t('consent.hint')}</p>
      <Loaded query={query}>{(view) => <Sides caseId={caseId} view={view} />}</Loaded>
    </section>
  );
};
