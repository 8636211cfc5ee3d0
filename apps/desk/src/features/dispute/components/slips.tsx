import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { SLIP_REASONS, type Slip } from '@tongxin/domain/dispute/slip/schema.ts';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { makeSlip } from '../mutations.ts';
import { consentsQuery } from '../queries.ts';

/** What is handed to one side: on paper a page of its own, with nothing of the quarrel on it. */
const Paper = ({ slip }: { slip: Slip }) => {
  const { t } = useWords('dispute');
  return (
    <div className="papers">
      <article className="paper alone">
        <h2>{t('slip.paper')}</h2>
        <dl className="facts">
          <dt>{t('slip.number')}</dt>
          <dd>{slip.number}</dd>
          <dt>{t('slip.code')}</dt>
          <dd className="paper-code">{slip.queryCode}</dd>
        </dl>
        <p>{t('slip.how', { address: `${location.origin}/track` })}</p>
        <p>{t('slip.keep')}</p>
      </article>
    </div>
  );
};

const Side = ({ caseId, partyId, n }: { caseId: string; partyId: string; n: number }) => {
  const { t } = useWords('dispute');
  const [commandId, setCommandId] = useState<string>();
  const [reason, setReason] = useState<(typeof SLIP_REASONS)[number]>('lost');
  const [slip, setSlip] = useState<Slip>();
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      setSlip(await makeSlip(caseId, { commandId: commandId!, partyId, why: reason }));
      setCommandId(undefined);
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <li>
      <div className="row no-print">
        <strong>{t('dispute.party', { n })}</strong>
        {slip ? (
          <>
            <span className="code">{slip.queryCode}</span>
            <Button onClick={() => print()}>{t('slip.print')}</Button>
            <Button onClick={() => setSlip(undefined)}>{t('slip.handed')}</Button>
          </>
        ) : commandId ? null : (
          <Button size="small" onClick={() => setCommandId(uuidv7())}>
            {t('slip.make')}
          </Button>
        )}
      </div>
      {commandId ? (
        <div className="no-print">
          <fieldset className="field">
            <legend>{t('slip.why')}</legend>
            <Radio.Group
              name={`slip-${partyId}`}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              options={SLIP_REASONS.map((value) => ({ value, label: t(`slip.why.${value}`) }))}
            />
          </fieldset>
          <Wrong problem={problem} />
          <div className="row">
            <Button type="primary" loading={busy} onClick={() => void make()}>
              {t('slip.makeNow')}
            </Button>
            <Button onClick={() => setCommandId(undefined)}>{t('form.cancel')}</Button>
          </div>
        </div>
      ) : null}
      {slip ? <Paper slip={slip} /> : null}
    </li>
  );
};

/** A side that was handed no query code, or lost it, gets a new one; the old one opens nothing from then on. */
export const Slips = ({ caseId }: { caseId: string }) => {
  const { t } = useWords('dispute');
  const query = useQuery(consentsQuery(caseId));
  return (
    <section className="card" aria-labelledby="slips">
      <h2 id="slips" className="no-print">
        {t('slip.title')}
      </h2>
      <p className="quiet no-print">{t('slip.hint')}</p>
      <Loaded query={query}>
        {({ sides }) => (
          <ul className="cards">
            {sides.map(({ partyId }, index) => (
              <Side key={partyId} caseId={caseId} partyId={partyId} n={index + 1} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
};
