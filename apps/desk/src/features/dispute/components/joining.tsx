import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { HELPER_ROLES, type HelperRole, type HelpersView, type NewHelper } from '@tongxin/domain/dispute/joining/schema.ts';
import type { SessionsView } from '@tongxin/domain/dispute/session/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Alert, Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { answerObjection, askHelper, recordObjection, takeHelperOff } from '../mutations.ts';
import { choosingQuery, disputeSessionsQuery, helpersQuery } from '../queries.ts';
import { useStep } from './use-step.tsx';

interface PartProps {
  readonly view: HelpersView;
  readonly sessions: SessionsView;
}

/** Who mediates along, advises or interprets: asked, answered, objected to, taken off. */
export const Helpers = ({ caseId, open }: { caseId: string; open: boolean }) => {
  const { t } = useWords('dispute');
  const query = useQuery(helpersQuery(caseId));
  const sessions = useQuery(disputeSessionsQuery(caseId));
  return (
    <Loaded query={query}>
      {(view) => (
        <Loaded query={sessions}>
          {(times) => (
            <div className="columns">
              <div>
                <p className="quiet">{t('helper.hint')}</p>
                {view.helpers.length ? null : <p className="card">{t('helper.none')}</p>}
                {view.helpers.map((one) => (
                  <Helper key={one.id} view={view} sessions={times} one={one} />
                ))}
              </div>
              <div>{open && view.mayAsk ? <Ask view={view} sessions={times} /> : null}</div>
            </div>
          )}
        </Loaded>
      )}
    </Loaded>
  );
};

const Helper = ({ view, sessions, one }: PartProps & { one: HelpersView['helpers'][number] }) => {
  const { t, l, language } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const [words, setWords] = useState('');
  const said = words.trim();
  const nameOf = (partyId: string | undefined): string => {
    const side = sessions.sides.find((known) => known.partyId === partyId);
    return side ? l(side.label) : '';
  };
  const session = sessions.sessions.find(({ id }) => id === one.sessionId);
  const isOn = one.standing === 'asked' || one.standing === 'joined' || one.standing === 'objected';
  const command = { commandId: uuidv7(), why: said };
  const done = (work: () => Promise<unknown>): void => void run(work).then((went) => (went ? setWords('') : undefined));
  return (
    <article className="card" aria-label={one.name}>
      <div className="row">
        <strong>{one.name}</strong>
        <Mark>{t(`helper.role.${one.role}`)}</Mark>
        {one.subject ? <Mark>{one.subject}</Mark> : null}
        <Mark tone={one.standing === 'joined' ? 'good' : one.standing === 'objected' ? 'warn' : 'quiet'}>
          {t(`helper.standing.${one.standing}`)}
        </Mark>
        <span className="quiet">{[one.phone, session ? formatInstant(session.startsAt, language) : ''].filter(Boolean).join(' · ')}</span>
      </div>
      {one.objection ? <p>{t('helper.objection', { side: nameOf(one.objection.partyId), why: one.objection.why ?? '' })}</p> : null}
      {one.kept ? <p>{t('helper.kept', { why: one.kept })}</p> : null}
      {isOn ? (
        <>
          <FormField id={`helper-words-${one.id}`} label={t('helper.words')}>
            {(tied) => <Input {...tied} maxLength={500} value={words} onChange={(event) => setWords(event.target.value)} />}
          </FormField>
          <div className="row">
            {one.standing === 'objected' && view.mayAnswer
              ? [true, false].map((upheld) => (
                  <Button
                    key={String(upheld)}
                    size="small"
                    disabled={busy || !said}
                    onClick={() => done(() => answerObjection(view.caseId, one.id, { ...command, upheld }))}
                  >
                    {t(upheld ? 'helper.uphold' : 'helper.keep')}
                  </Button>
                ))
              : null}
            {one.standing === 'objected'
              ? null
              : sessions.sides.map(({ partyId, label }) => (
                  <Button
                    key={partyId}
                    size="small"
                    disabled={busy || !said}
                    onClick={() => done(() => recordObjection(view.caseId, one.id, { ...command, partyId }))}
                  >
                    {t('helper.object', { side: l(label) })}
                  </Button>
                ))}
            {view.mayAsk ? (
              <Button
                size="small"
                disabled={busy}
                onClick={() =>
                  done(() => takeHelperOff(view.caseId, one.id, { commandId: command.commandId, ...(said ? { why: said } : {}) }))
                }
              >
                {t('helper.off')}
              </Button>
            ) : null}
          </div>
        </>
      ) : null}
      <Wrong problem={problem} />
    </article>
  );
};

const Ask = ({ view, sessions }: PartProps) => {
  const { t, language } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const choosing = useQuery(choosingQuery(view.caseId));
  const [id, setId] = useState(uuidv7);
  const [role, setRole] = useState<HelperRole>('coMediator');
  const [mediatorId, setMediatorId] = useState<string>();
  const [written, setWritten] = useState({ name: '', phone: '', subject: '', despite: '' });
  const [sessionId, setSessionId] = useState('all');
  const [sidesTold, setSidesTold] = useState(false);
  const [confidenceTold, setConfidenceTold] = useState(false);
  const candidates = (choosing.data?.candidates ?? []).filter(
    (one) => one.available && !one.excluded && one.id !== choosing.data?.mediatorId,
  );
  const picked = candidates.find((one) => one.id === mediatorId);
  const isCo = role === 'coMediator';
  const ready = isCo ? mediatorId !== undefined : [written.name, written.phone, written.subject].every((one) => one.trim());
  const ask = async (): Promise<void> => {
    const despite = written.despite.trim();
    const body: NewHelper = {
      id,
      role,
      sidesTold: true,
      confidenceTold: true,
      ...(isCo
        ? { mediatorId: mediatorId! }
        : {
            name: written.name.trim(),
            phone: written.phone.trim(),
            subject: written.subject.trim(),
            ...(sessionId === 'all' ? {} : { sessionId }),
          }),
      ...(despite ? { despite } : {}),
    };
    if (!(await run(() => askHelper(view.caseId, body)))) return;
    setId(uuidv7());
    setWritten({ name: '', phone: '', subject: '', despite: '' });
    setMediatorId(undefined);
    setSidesTold(false);
    setConfidenceTold(false);
  };
  const line = (field: keyof typeof written, label: string, hint?: string) => (
    <FormField id={`helper-${field}`} label={label} {...(hint ? { hint } : {})}>
      {(tied) => (
        <Input
          {...tied}
          maxLength={field === 'despite' ? 500 : field === 'phone' ? 40 : 60}
          value={written[field]}
          onChange={(event) => setWritten((now) => ({ ...now, [field]: event.target.value }))}
        />
      )}
    </FormField>
  );
  return (
    <section className="card" aria-label={t('helper.ask')}>
      <h2>{t('helper.ask')}</h2>
      <FormField id="helper-role" label={t('helper.role')}>
        {(tied) => (
          <Select
            {...tied}
            value={role}
            onChange={(value: HelperRole) => setRole(value)}
            options={HELPER_ROLES.map((value) => ({ value, label: t(`helper.role.${value}`) }))}
          />
        )}
      </FormField>
      <p className="quiet">{t(isCo ? 'helper.coHint' : 'helper.seesHint')}</p>
      {isCo ? (
        <FormField id="helper-mediator" label={t('helper.mediator')}>
          {(tied) => (
            <Select
              {...tied}
              value={mediatorId ?? null}
              onChange={(value: string) => setMediatorId(value)}
              options={candidates.map(({ id: value, name }) => ({ value, label: name }))}
            />
          )}
        </FormField>
      ) : (
        <>
          {line('name', t('helper.name'))}
          {line('phone', t('helper.phone'), t('helper.phoneHint'))}
          {line('subject', t(role === 'expert' ? 'helper.field' : 'helper.language'))}
          <FormField id="helper-session" label={t('helper.session')}>
            {(tied) => (
              <Select
                {...tied}
                value={sessionId}
                onChange={(value: string) => setSessionId(value)}
                options={[
                  { value: 'all', label: t('helper.all') },
                  ...sessions.sessions
                    .filter(({ state }) => state === 'proposed' || state === 'fixed')
                    .map((one) => ({ value: one.id, label: formatInstant(one.startsAt, language) })),
                ]}
              />
            )}
          </FormField>
        </>
      )}
      {picked?.conflicts?.length ? (
        <Alert
          type="warning"
          className="field"
          title={t('choosing.asked')}
          description={picked.conflicts.map(({ kind }) => t(`conflict.${kind}`)).join(' · ')}
        />
      ) : null}
      {view.mayAnswer ? line('despite', t('helper.despite')) : null}
      <p>
        <Checkbox checked={sidesTold} onChange={(event) => setSidesTold(event.target.checked)}>
          {t('helper.sidesTold')}
        </Checkbox>
      </p>
      <p>
        <Checkbox checked={confidenceTold} onChange={(event) => setConfidenceTold(event.target.checked)}>
          {t('helper.confidenceTold')}
        </Checkbox>
      </p>
      <Wrong problem={problem} />
      <Button type="primary" loading={busy} disabled={!ready || !sidesTold || !confidenceTold} onClick={() => void ask()}>
        {t('helper.send')}
      </Button>
    </section>
  );
};
