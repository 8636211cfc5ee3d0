import type { OwnBooking, SessionView } from '@tongxin/domain/reception/schema.ts';
import { formatDay, formatTime } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { go, Link } from '../../../app/router.tsx';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import { cancelBooking, changeBooking } from '../mutations.ts';
import { bookings, listSessions } from '../queries.ts';
import { SessionFacts } from './session-facts.tsx';
import { type Turn, TurnFields } from './turn-fields.tsx';

/** Another day of the same office, another time, or other words. */
const Change = ({ booking, sessions, done }: { booking: OwnBooking; sessions: readonly SessionView[]; done: () => void }) => {
  const { t, language } = useWords();
  const { slot, purpose, needs, companions, session } = booking;
  const [sessionId, setSessionId] = useState(session.id);
  const [turn, setTurn] = useState<Turn>({ slot, purpose, needs, companions });
  const { busy, wrong, said, run } = useDoing();
  const choices = [session, ...sessions.filter(({ id, free }) => id !== session.id && free.length)];
  const chosen = choices.find(({ id }) => id === sessionId) ?? session;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        run(
          () =>
            changeBooking(booking.id, {
              sessionId: chosen.id,
              ...(turn.slot ? { slot: turn.slot } : {}),
              purpose: turn.purpose.trim(),
              needs: [...turn.needs],
              companions: turn.companions,
            }).finally(done),
          t('me.kept'),
        );
      }}
    >
      {choices.length > 1 ? (
        <FormField id="session" label={t('reception.day')}>
          {(tied) => (
            <select
              {...tied}
              value={sessionId}
              onChange={(event) => {
                const id = event.currentTarget.value;
                setSessionId(id);
                setTurn((now) => ({ ...now, slot: id === session.id ? slot : 0 }));
              }}
            >
              {choices.map(({ id, startsAt, place }) => (
                <option key={id} value={id}>
                  {formatDay(startsAt, language)} {formatTime(startsAt, language)} {place}
                </option>
              ))}
            </select>
          )}
        </FormField>
      ) : null}
      <TurnFields
        session={chosen}
        mine={chosen.id === session.id ? slot : undefined}
        turn={turn}
        wrong={false}
        onChange={(part) => setTurn((now) => ({ ...now, ...part }))}
      />
      <Outcome wrong={wrong} said={said} />
      <button type="submit" class="primary wide" disabled={busy || !turn.purpose.trim()}>
        {t('reception.change')}
      </button>
    </form>
  );
};

const load = async (signal: AbortSignal) => {
  const [own, sessions] = await Promise.all([bookings(signal), listSessions(signal)]);
  return { own, sessions };
};

/** One of my bookings: change it or take it back, as long as there is time. */
export const BookingPage = ({ id }: { id: string }) => {
  const { t, language } = useWords();
  const { loaded, reload } = useLoad(load, [id]);
  const { busy, wrong, said, run } = useDoing();
  const booking = loaded.state === 'ready' ? loaded.data.own.find((one) => one.id === id) : undefined;
  if (loaded.state !== 'ready' || !booking)
    return (
      <>
        <h1 tabIndex={-1}>{t('reception.mine')}</h1>
        {loaded.state === 'ready' ? <p role="alert">{t('reception.gone')}</p> : <LoadState loaded={loaded} again={reload} />}
      </>
    );
  const { session, state, next } = booking;
  return (
    <>
      <h1 tabIndex={-1}>{t('reception.mine')}</h1>
      <div class="notice">
        <p class="stage">
          {formatDay(booking.at, language)} {formatTime(booking.at, language)}
        </p>
        <p>
          {t('reception.number', { n: booking.slot })} · {t(`reception.state.${state}`)}
        </p>
        {session.calledOff ? <p>{t('reception.calledOff', { why: session.calledOff })}</p> : null}
        {state === 'calledOff' && !session.calledOff ? <p>{t('legal.declined')}</p> : null}
        <SessionFacts session={session} />
      </div>
      {state === 'calledOff' && session.kind === 'legal' && !next ? (
        <Link to="/legal" class="button primary wide">
          {t('legal.others')}
        </Link>
      ) : null}
      {next ? (
        <Link to={`/reception/${next.id}`} class="button primary wide">
          {t('reception.next', { day: formatDay(next.startsAt, language) })}
        </Link>
      ) : null}
      {booking.mayChange ? (
        <>
          <Change
            key={`${session.id} ${booking.slot}`}
            booking={booking}
            sessions={loaded.data.sessions.filter((other) =>
              session.kind === 'legal'
                ? other.postId === session.postId
                : other.kind === 'reception' && other.organizationId === session.organizationId,
            )}
            done={reload}
          />
          <button type="button" class="wide" disabled={busy} onClick={() => run(() => cancelBooking(id).then(() => go('/me')))}>
            {t('reception.cancel')}
          </button>
          <Outcome wrong={wrong} said={said} />
        </>
      ) : null}
      <Link to="/me" class="button">
        {t('me.back')}
      </Link>
    </>
  );
};
