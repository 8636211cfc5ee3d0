import { Link } from '@tanstack/react-router';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { DeskBooking, DeskSession, HoursKind, TalkRead } from '@tongxin/domain/reception/schema.ts';
import { formatTime } from '@tongxin/ui/time.ts';
import { Alert, Button, Checkbox, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { adviseOn, declineTurn, markAttendance, noteTalk, openTalkCase, readBooking } from '../mutations.ts';

interface TalkProps {
  readonly booking: DeskBooking;
  readonly kind: HoursKind;
  /** From the day of the session on it can be said what became of it. */
  readonly onDay: boolean;
  readonly changed: (list?: DeskSession) => void;
}
type Open = 'read' | 'minutes' | 'letter' | 'advice';

interface FormProps {
  readonly label: string;
  readonly submit: string;
  readonly send: () => Promise<unknown>;
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A form under a turn: what went wrong is said, and a second press waits. */
const Form = ({ label, submit, send, close, children }: FormProps) => {
  const { t } = useWords('reception');
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const run = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await send();
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void run(event)} noValidate aria-label={label}>
      {children}
      <Wrong problem={problem} />
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy}>
          {submit}
        </Button>
        <Button onClick={close}>{t('form.cancel')}</Button>
      </div>
    </form>
  );
};

const Read = ({ id, close }: { id: string; close: () => void }) => {
  const { t } = useWords('reception');
  const [purpose, setPurpose] = useState('');
  const [read, setRead] = useState<TalkRead>();
  if (read)
    return (
      <>
        <dl className="facts">
          {(['name', 'phone', 'behalfOf'] as const).map((field) =>
            read[field] || field !== 'behalfOf' ? (
              <div key={field} style={{ display: 'contents' }}>
                <dt>{t(field === 'behalfOf' ? 'reception.behalfOf' : `party.${field}`)}</dt>
                <dd>{read[field] ?? t('party.none')}</dd>
              </div>
            ) : null,
          )}
        </dl>
        <Button onClick={close}>{t('party.close')}</Button>
      </>
    );
  return (
    <Form
      label={t('reception.read')}
      submit={t('party.open')}
      close={close}
      send={async () => setRead(await readBooking(id, purpose.trim()))}
    >
      <FormField id={`purpose-${id}`} label={t('party.purpose')} hint={t('party.purposeHint')}>
        {(tied) => <Input {...tied} maxLength={200} value={purpose} onChange={(event) => setPurpose(event.target.value)} />}
      </FormField>
    </Form>
  );
};

const Minutes = ({ booking, changed, close }: Pick<TalkProps, 'booking' | 'changed'> & { close: () => void }) => {
  const { t } = useWords('reception');
  const [words, setWords] = useState(booking.minutes ?? '');
  return (
    <Form
      label={t('reception.note')}
      submit={t('admin.save')}
      close={close}
      send={async () => {
        changed(await noteTalk(booking.id, words));
        close();
      }}
    >
      <FormField id={`minutes-${booking.id}`} label={t('reception.note')} hint={t('reception.noteHint')}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={4000}
            autoSize={{ minRows: 3 }}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </FormField>
    </Form>
  );
};

/** What was advised: the person reads it on the own page, and has it erased there. */
const Advice = ({ booking, changed, close }: Pick<TalkProps, 'booking' | 'changed'> & { close: () => void }) => {
  const { t } = useWords('reception');
  const [words, setWords] = useState(booking.advice ?? '');
  return (
    <Form
      label={t('legal.advice')}
      submit={t('admin.save')}
      close={close}
      send={async () => {
        changed(await adviseOn(booking.id, words.trim()));
        close();
      }}
    >
      <FormField id={`advice-${booking.id}`} label={t('legal.advice')} hint={t('legal.adviceHint')}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={8000}
            autoSize={{ minRows: 4 }}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </FormField>
    </Form>
  );
};

const Letter = ({ booking, changed, close }: Pick<TalkProps, 'booking' | 'changed'> & { close: () => void }) => {
  const { t } = useWords('reception');
  const [caseId] = useState(uuidv7);
  const [text, setText] = useState(booking.purpose);
  const [isProtected, setProtected] = useState(false);
  return (
    <Form
      label={t('reception.letter')}
      submit={t('reception.letter')}
      close={close}
      send={async () => {
        await openTalkCase(booking.id, { caseId, text: text.trim(), protected: isProtected });
        changed();
        close();
      }}
    >
      <FormField id={`letter-${booking.id}`} label={t('reception.said')} hint={t('reception.letterHint')}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={9000}
            autoSize={{ minRows: 4 }}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </FormField>
      <Checkbox className="field" checked={isProtected} onChange={(event) => setProtected(event.target.checked)}>
        {t('reception.protected')}
      </Checkbox>
    </Form>
  );
};

const Standing = ({ state }: Pick<DeskBooking, 'state'>) => {
  const { t } = useWords('reception');
  if (state === 'came') return <Mark tone="good">{t('reception.came')}</Mark>;
  return state === 'absent' ? <Mark>{t('reception.absent')}</Mark> : <Mark tone="warn">{t('reception.waits')}</Mark>;
};

/** One turn of a session: what about, what is needed, and what became of it. Names only for a purpose. */
export const Talk = ({ booking, kind, onDay, changed }: TalkProps) => {
  const { t, why, language } = useWords('reception');
  const [open, setOpen] = useState<Open>();
  const [problem, setProblem] = useState<unknown>();
  const close = (): void => setOpen(undefined);
  const run = async (work: () => Promise<DeskSession>): Promise<void> => {
    setProblem(undefined);
    try {
      changed(await work());
    } catch (failure) {
      setProblem(failure);
    }
  };
  const mark = (came: boolean): Promise<void> => run(() => markAttendance(booking.id, came));
  const { id, slot, at, state, purpose, needs, companions, onBehalf, minutes, advice, caseId } = booking;
  const isLegal = kind === 'legal';
  const decline = (
    <Button size="small" danger={Boolean(booking.conflict)} onClick={() => void run(() => declineTurn(id))}>
      {t('legal.decline')}
    </Button>
  );
  const facts = [
    companions ? t('reception.with', { n: companions }) : '',
    onBehalf ? t('reception.onBehalf') : '',
    ...needs.map((need) => t(`reception.need.${need}`)),
  ].filter(Boolean);
  const of = t('reception.turn', { n: slot, time: formatTime(at, language) });
  if (booking.conflict)
    return (
      <li>
        <strong>{of}</strong>
        <Alert type="warning" showIcon title={t('legal.conflict')} className="field" />
        {problem ? <Alert role="alert" type="error" showIcon title={why(problem)} /> : null}
        <div className="row">{decline}</div>
      </li>
    );
  return (
    <li>
      <div className="row">
        <strong>{of}</strong>
        <Standing state={state} />
        {caseId ? (
          <Link to="/cases/$id" params={{ id: caseId }}>
            {t('reception.openLetter')}
          </Link>
        ) : null}
      </div>
      <p className="words">{purpose}</p>
      {facts.length ? <p className="quiet">{facts.join(' · ')}</p> : null}
      {minutes ? (
        <p className="words">
          <span className="quiet">{t('reception.note')}</span> {minutes}
        </p>
      ) : null}
      {advice ? (
        <p className="words">
          <span className="quiet">{t('legal.advice')}</span> {advice}
        </p>
      ) : null}
      {problem ? <Alert role="alert" type="error" showIcon title={why(problem)} /> : null}
      {open === 'advice' ? <Advice booking={booking} changed={changed} close={close} /> : null}
      {open === 'read' ? <Read id={id} close={close} /> : null}
      {open === 'minutes' ? <Minutes booking={booking} changed={changed} close={close} /> : null}
      {open === 'letter' ? <Letter booking={booking} changed={changed} close={close} /> : null}
      {open ? null : (
        <div className="row">
          <Button size="small" onClick={() => setOpen('read')}>
            {t('reception.read')}
          </Button>
          {onDay ? (
            <>
              {state === 'came' ? null : (
                <Button size="small" onClick={() => void mark(true)}>
                  {t('reception.markCame')}
                </Button>
              )}
              {state === 'absent' || caseId || advice ? null : (
                <Button size="small" onClick={() => void mark(false)}>
                  {t('reception.markAbsent')}
                </Button>
              )}
              {isLegal ? (
                <Button size="small" onClick={() => setOpen('advice')}>
                  {t('legal.writeAdvice')}
                </Button>
              ) : (
                <Button size="small" onClick={() => setOpen('minutes')}>
                  {t('reception.writeNote')}
                </Button>
              )}
              {isLegal || caseId ? null : (
                <Button size="small" onClick={() => setOpen('letter')}>
                  {t('reception.letter')}
                </Button>
              )}
            </>
          ) : null}
          {isLegal && state === 'booked' ? decline : null}
        </div>
      )}
    </li>
  );
};
