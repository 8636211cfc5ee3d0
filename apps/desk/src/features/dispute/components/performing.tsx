import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { AgreementView, CourtGround } from '@tongxin/domain/dispute/agreement/schema.ts';
import { formatDay, formatEntered } from '@tongxin/ui/time.ts';
import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { applyForConfirmation, performTerm, recordApplicant } from '../mutations.ts';
import { Papers } from './papers.tsx';
import { useStep } from './use-step.tsx';

const today = (): string => instantToLocalDate(new Date().toISOString());

/** What is owed, what was done, what was missed, and what is open then. */
export const Performing = ({ view }: { view: AgreementView }) => {
  const { t, l, language } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const [on, setOn] = useState(today);
  const open = ['effective', 'confirming'].includes(view.stage);
  return (
    <>
      <section className="card" aria-label={t('agreement.obligations')}>
        <h2>{t('agreement.obligations')}</h2>
        <div className="scroll">
          <table className="plain stacked">
            <thead>
              <tr>
                <th scope="col">{t('agreement.no')}</th>
                <th scope="col">{t('agreement.promise')}</th>
                <th scope="col">{t('agreement.dueOn')}</th>
                <th scope="col">{t('agreement.performed')}</th>
              </tr>
            </thead>
            <tbody>
              {view.obligations.map(({ no, text, term, performedOn, missed }) => (
                <tr key={no}>
                  <td>{no}</td>
                  <td data-label={t('agreement.promise')}>{text}</td>
                  <td data-label={t('agreement.dueOn')} className="nowrap">
                    {term.dueOn ? formatEntered(term.dueOn, language) : '–'}
                  </td>
                  <td data-label={t('agreement.performed')} className="nowrap">
                    {performedOn ? (
                      `✓ ${formatEntered(performedOn, language)}`
                    ) : (
                      <span className="row">
                        {missed ? <Mark tone="warn">{t('agreement.missed')}</Mark> : null}
                        {open ? (
                          <Button size="small" disabled={busy} onClick={() => void run(() => performTerm(view.caseId, no, on))}>
                            {t('agreement.perform')}
                          </Button>
                        ) : null}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {open ? (
          <FormField id="performed-on" label={t('agreement.performedOn')}>
            {(tied) => <Input {...tied} type="date" max={today()} value={on} onChange={(event) => setOn(event.target.value)} />}
          </FormField>
        ) : null}
        {view.ways.length ? (
          <Alert
            type="warning"
            showIcon
            title={t('agreement.ways')}
            description={
              <ul>
                {view.ways.map(({ label, article }) => (
                  <li key={article}>
                    {l(label)} <span className="quiet">{article}</span>
                  </li>
                ))}
              </ul>
            }
          />
        ) : null}
        <Wrong problem={problem} />
      </section>
      <Court view={view} />
      <Papers
        caseId={view.caseId}
        kinds={view.confirmation.grounds.length ? ['confirmation', 'commitment', 'followUpRecord'] : ['followUpRecord']}
      />
    </>
  );
};

/** The joint application: who wants it, which court and why that one, until when. */
const Court = ({ view }: { view: AgreementView }) => {
  const { t, l, language } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const { confirmation } = view;
  const [ground, setGround] = useState<CourtGround>(confirmation.grounds[0]?.ground ?? 'home');
  const [court, setCourt] = useState('');
  const waits = view.stage === 'effective' && confirmation.state === 'open';
  const missing = view.sides.filter(({ partyId }) => !confirmation.applicants.includes(partyId));
  return (
    <section className="card" aria-label={t('agreement.court')}>
      <h2>{t('agreement.court')}</h2>
      <p>
        {t(`agreement.confirmation.${confirmation.state as 'open'}`)}{' '}
        {confirmation.until ? <strong>{t('agreement.until', { day: formatDay(confirmation.until, language) })}</strong> : null}
      </p>
      {confirmation.court ? <p>{confirmation.court}</p> : null}
      {confirmation.others ? (
        <p className="quiet">
          {l(confirmation.others.label)}
          <br />
          <small>{confirmation.others.article}</small>
        </p>
      ) : null}
      {waits ? (
        <>
          <p className="quiet">{t('agreement.both')}</p>
          <div className="row field">
            {view.sides.map(({ partyId, label }) =>
              confirmation.applicants.includes(partyId) ? (
                <Mark key={partyId} tone="good">
                  {t('agreement.sideApplies', { side: l(label) })}
                </Mark>
              ) : (
                <Button key={partyId} disabled={busy} onClick={() => void run(() => recordApplicant(view.caseId, partyId))}>
                  {t('agreement.sideApplies', { side: l(label) })}
                </Button>
              ),
            )}
          </div>
          <FormField id="ground" label={t('agreement.ground')} hint={t('agreement.groundHint')}>
            {(tied) => (
              <Select
                {...tied}
                value={ground}
                onChange={(value: CourtGround) => setGround(value)}
                options={confirmation.grounds.map((one) => ({ value: one.ground, label: l(one.label) }))}
              />
            )}
          </FormField>
          <FormField id="court" label={t('agreement.courtName')}>
            {(tied) => <Input {...tied} maxLength={120} value={court} onChange={(event) => setCourt(event.target.value)} />}
          </FormField>
          <Button
            type="primary"
            loading={busy}
            disabled={missing.length > 0 || court.trim().length < 2}
            onClick={() => void run(() => applyForConfirmation(view.caseId, { ground, court: court.trim(), appliedOn: today() }))}
          >
            {t('agreement.apply')}
          </Button>
        </>
      ) : null}
      <Wrong problem={problem} />
    </section>
  );
};
