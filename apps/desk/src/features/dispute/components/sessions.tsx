import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { unsafe } from '@tongxin/domain/dispute/session/rules.ts';
import {
  type DisputeSession,
  SAFETY_QUESTIONS,
  type SafetyQuestion,
  SESSION_RESULTS,
  type SessionsView,
} from '@tongxin/domain/dispute/session/schema.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Alert, Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import {
  addRoom,
  dropSession,
  holdSession,
  issuePaper,
  noteSession,
  proposeSession,
  recordSessionAnswer,
  screenSafety,
} from '../mutations.ts';
import { disputeSessionsQuery } from '../queries.ts';
import { Stop } from './stop.tsx';
import { useStep } from './use-step.tsx';

interface PartProps {
  readonly view: SessionsView;
}

/** Bringing people together: first whether it is safe, then a time that all accept, then what took place. */
export const Sessions = ({ caseId, open }: { caseId: string; open: boolean }) => {
  const { t } = useWords('dispute');
  const query = useQuery(disputeSessionsQuery(caseId));
  return (
    <Loaded query={query}>
      {(view) => (
        <div className="columns">
          <div>
            {view.sessions.length ? null : <p className="card">{t('session.none')}</p>}
            {view.sessions.map((session) => (
              <Session key={session.id} view={view} session={session} open={open} />
            ))}
          </div>
          <div>
            {!open && view.screening?.length ? <Told yes={view.screening} /> : null}
            {open ? <Safety key={view.screening?.join() ?? 'unasked'} view={view} /> : null}
            {open && !(view.screening && unsafe(view.screening)) ? <Propose view={view} /> : null}
          </div>
        </div>
      )}
    </Loaded>
  );
};

const Safety = ({ view }: PartProps) => {
  const { t, l } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const [yes, setYes] = useState<readonly SafetyQuestion[]>(view.screening ?? []);
  const [why, setWhy] = useState('');
  // A danger that was told is taken back with a reason.
  const lifts = unsafe(view.screening) === 'safetyFirst' && !unsafe(yes);
  return (
    <section className="card" aria-label={t('session.safety')}>
      <h2>{t('session.safety')}</h2>
      <p className="quiet">{t('session.safetyHint')}</p>
      {SAFETY_QUESTIONS.map((question) => (
        <p key={question}>
          <Checkbox
            checked={yes.includes(question)}
            onChange={(event) => setYes(event.target.checked ? [...yes, question] : yes.filter((one) => one !== question))}
          >
            {t(`session.safety.${question}`)}
          </Checkbox>
        </p>
      ))}
      <Wrong problem={problem} />
      <div className="field">
        {lifts ? (
          <FormField id="safe-why" label={t('session.safeWhy')}>
            {(tied) => <Input.TextArea {...tied} autoSize maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />}
          </FormField>
        ) : null}
        <Button
          loading={busy}
          disabled={lifts && !why.trim()}
          onClick={() => void run(() => screenSafety(view.caseId, { yes: [...yes], ...(lifts ? { why: why.trim() } : {}) }))}
        >
          {t(view.screening ? 'session.askedAgain' : 'session.asked')}
        </Button>
      </div>
      {view.screening && unsafe(view.screening) ? (
        <>
          <Alert
            type="error"
            showIcon
            className="field"
            title={t('session.stop')}
            description={view.refer.map(({ label, telephone }) => `${l(label)} ${telephone}`).join(' · ')}
          />
          <Stop caseId={view.caseId} yes={view.screening} />
        </>
      ) : null}
    </section>
  );
};

/** What was told about safety, once it is over: for whoever looks after the person now. */
const Told = ({ yes }: { yes: readonly SafetyQuestion[] }) => {
  const { t } = useWords('dispute');
  return (
    <section className="card" aria-label={t('session.safety')}>
      <h2>{t('session.safety')}</h2>
      <ul>
        {yes.map((question) => (
          <li key={question}>{t(`session.safety.${question}`)}</li>
        ))}
      </ul>
    </section>
  );
};

/** The hour as it stands in the form, of China. */
const instantOf = (local: string): string | undefined => {
  const at = new Date(`${local}:00+08:00`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

const Propose = ({ view }: PartProps) => {
  const { t, l } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const [id, setId] = useState(uuidv7);
  const [who, setWho] = useState('all');
  const [at, setAt] = useState('');
  const [minutes, setMinutes] = useState(60);
  const [roomId, setRoomId] = useState<string>();
  const [link, setLink] = useState('');
  const [online, setOnline] = useState(false);
  const hasServer = view.meetings.includes('template');
  const [room, setRoom] = useState('');
  const startsAt = instantOf(at);
  const propose = async (): Promise<void> => {
    if (!startsAt) return;
    const body = {
      id,
      startsAt,
      minutes,
      ...(who === 'all' ? {} : { aloneWith: who }),
      ...(roomId ? { roomId } : {}),
      ...(online ? { online: true as const } : link.trim() ? { link: link.trim() } : {}),
    };
    if (await run(() => proposeSession(view.caseId, body))) setId(uuidv7());
  };
  return (
    <section className="card" aria-label={t('session.propose')}>
      <h2>{t('session.propose')}</h2>
      {view.everybodyAgreed ? null : <Alert type="warning" showIcon className="field" title={t('session.consentFirst')} />}
      <FormField id="session-who" label={t('session.who')}>
        {(tied) => (
          <Select
            {...tied}
            value={who}
            onChange={(value: string) => setWho(value)}
            options={[
              { value: 'all', label: t('session.joint') },
              ...view.sides.map(({ partyId, label }) => ({ value: partyId, label: t('session.alone', { side: l(label) }) })),
            ]}
          />
        )}
      </FormField>
      <FormField id="session-at" label={t('session.at')}>
        {(tied) => <Input {...tied} type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />}
      </FormField>
      <FormField id="session-minutes" label={t('session.minutes')}>
        {(tied) => <InputNumber {...tied} min={15} max={480} value={minutes} onChange={(value) => setMinutes(Number(value ?? 60))} />}
      </FormField>
      <FormField id="session-room" label={t('session.room')}>
        {(tied) => (
          <Select
            {...tied}
            allowClear
            value={roomId ?? null}
            onChange={(value: string | undefined) => setRoomId(value ?? undefined)}
            options={view.rooms.map(({ id: value, name }) => ({ value, label: name }))}
          />
        )}
      </FormField>
      <FormField id="session-new-room" label={t('session.newRoom')}>
        {(tied) => (
          <div className="row">
            <Input {...tied} maxLength={60} style={{ flex: 1 }} value={room} onChange={(event) => setRoom(event.target.value)} />
            <Button
              disabled={busy || !room.trim()}
              onClick={() => void run(() => addRoom(view.caseId, room.trim())).then((done) => (done ? setRoom('') : undefined))}
            >
              {t('session.addRoom')}
            </Button>
          </div>
        )}
      </FormField>
      {hasServer ? (
        <p>
          <Checkbox checked={online} onChange={(event) => setOnline(event.target.checked)}>
            {t('session.online')}
          </Checkbox>
        </p>
      ) : null}
      <FormField id="session-link" label={t('session.link')} hint={t(hasServer ? 'session.linkHint' : 'session.linkOnly')}>
        {(tied) => <Input {...tied} maxLength={500} disabled={online} value={link} onChange={(event) => setLink(event.target.value)} />}
      </FormField>
      <Wrong problem={problem} />
      <Button
        type="primary"
        loading={busy}
        disabled={!view.everybodyAgreed || !startsAt || (!roomId && !link.trim() && !online)}
        onClick={() => void propose()}
      >
        {t('session.send')}
      </Button>
    </section>
  );
};

const Session = ({ view, session, open }: PartProps & { session: DisputeSession; open: boolean }) => {
  const { t, l, language } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const [note, setNote] = useState('');
  const [noteId, setNoteId] = useState(uuidv7);
  const nameOf = (partyId: string): string => view.sides.filter((side) => side.partyId === partyId).map(({ label }) => l(label))[0] ?? '';
  const invited = session.aloneWith ? [session.aloneWith] : view.sides.map(({ partyId }) => partyId);
  const keep = async (): Promise<void> => {
    if (!(await run(() => noteSession(view.caseId, session.id, { id: noteId, words: note.trim() })))) return;
    setNote('');
    setNoteId(uuidv7());
  };
  const waits = open && (session.state === 'proposed' || session.state === 'fixed');
  return (
    <article className="card">
      <div className="row">
        <strong>{formatInstant(session.startsAt, language)}</strong>
        <Mark>{session.aloneWith ? t('session.alone', { side: nameOf(session.aloneWith) }) : t('session.joint')}</Mark>
        <Mark tone={session.state === 'fixed' || session.state === 'held' ? 'good' : 'quiet'}>{t(`session.state.${session.state}`)}</Mark>
        {session.result ? <Mark>{t(`session.result.${session.result}`)}</Mark> : null}
      </div>
      <p>
        {session.room ?? ''}{' '}
        {session.link && session.state !== 'cancelled' ? (
          <a href={session.link} target="_blank" rel="noreferrer">
            {session.link}
          </a>
        ) : null}
      </p>
      {session.link ? <p className="quiet">{t('session.linkRules')}</p> : null}
      {waits ? (
        <>
          <ul>
            {invited.map((partyId) => (
              <li key={partyId}>
                <span className="row">
                  {nameOf(partyId)}
                  <span className="quiet">
                    {t(
                      session.accepted.includes(partyId)
                        ? 'session.accepts'
                        : session.declined.includes(partyId)
                          ? 'session.declines'
                          : 'session.silent',
                    )}
                  </span>
                  {[true, false].map((accepts) => (
                    <Button
                      key={String(accepts)}
                      size="small"
                      disabled={busy}
                      onClick={() => void run(() => recordSessionAnswer(view.caseId, session.id, { partyId, accepts }))}
                    >
                      {t(accepts ? 'session.accepts' : 'session.declines')}
                    </Button>
                  ))}
                </span>
              </li>
            ))}
          </ul>
          <Button size="small" disabled={busy} onClick={() => void run(() => dropSession(view.caseId, session.id))}>
            {t('session.cancel')}
          </Button>
        </>
      ) : null}
      {open && session.state === 'fixed' ? <Hold view={view} session={session} invited={invited} nameOf={nameOf} /> : null}
      {session.record ? (
        <>
          <p className="words">{session.record}</p>
          <div className="field">
            <Button size="small" disabled={busy} onClick={() => void run(() => issuePaper(view.caseId, 'mediationRecord', session.id))}>
              {t('session.print')}
            </Button>
          </div>
        </>
      ) : null}
      {session.aloneWith && session.state !== 'cancelled' ? (
        <section aria-label={t('session.notes')}>
          <h3>{t('session.notes')}</h3>
          <p className="quiet">{t('session.notesHint')}</p>
          {session.notes.map((one) => (
            <p key={one.at}>{one.words}</p>
          ))}
          {open ? (
            <>
              <Input.TextArea
                aria-label={t('session.notes')}
                maxLength={5000}
                autoSize={{ minRows: 2, maxRows: 8 }}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
              <Button size="small" loading={busy} disabled={!note.trim()} onClick={() => void keep()}>
                {t('session.keepNote')}
              </Button>
            </>
          ) : null}
        </section>
      ) : null}
      <Wrong problem={problem} />
    </article>
  );
};

interface HoldProps extends PartProps {
  readonly session: DisputeSession;
  readonly invited: readonly string[];
  readonly nameOf: (partyId: string) => string;
}

const Hold = ({ view, session, invited, nameOf }: HoldProps) => {
  const { t } = useWords('dispute');
  const { run, busy, problem } = useStep(view.caseId);
  const [attended, setAttended] = useState<readonly string[]>(invited);
  const [guardian, setGuardian] = useState(false);
  const [recorded, setRecorded] = useState(false);
  const [record, setRecord] = useState('');
  const [result, setResult] = useState<(typeof SESSION_RESULTS)[number]>('goesOn');
  const hold = () =>
    holdSession(view.caseId, session.id, {
      attended: [...attended],
      guardian,
      recorded,
      recordingAgreedBy: recorded ? [...attended] : [],
      record: record.trim(),
      result,
    });
  return (
    <fieldset className="field">
      <legend>{t('session.hold')}</legend>
      <Checkbox.Group
        value={[...attended]}
        onChange={(values) => setAttended(values as string[])}
        options={invited.map((value) => ({ value, label: t('session.came', { side: nameOf(value) }) }))}
      />
      <p>
        <Checkbox checked={guardian} onChange={(event) => setGuardian(event.target.checked)}>
          {t('session.guardian')}
        </Checkbox>
      </p>
      <p>
        <Checkbox checked={recorded} onChange={(event) => setRecorded(event.target.checked)}>
          {t('session.recorded')}
        </Checkbox>
      </p>
      <FormField id={`record-${session.id}`} label={t('session.record')} hint={t('session.recordHint')}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={5000}
            autoSize={{ minRows: 3, maxRows: 12 }}
            value={record}
            onChange={(event) => setRecord(event.target.value)}
          />
        )}
      </FormField>
      <Radio.Group
        value={result}
        onChange={(event) => setResult(event.target.value)}
        options={SESSION_RESULTS.map((value) => ({ value, label: t(`session.result.${value}`) }))}
      />
      <Wrong problem={problem} />
      <div className="row">
        <Button type="primary" loading={busy} disabled={!record.trim() || attended.length === 0} onClick={() => void run(hold)}>
          {t('session.saveRecord')}
        </Button>
      </div>
    </fieldset>
  );
};
