import type { OwnBooking } from '@tongxin/domain/reception/schema.ts';
import { formatDay, formatTime } from '@tongxin/ui/time.ts';
import { useMemo, useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { FormField, Tick } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import type { Own } from '../../../lib/sign-in/signed-in.tsx';
import { prepareBooking, remindByPhone } from '../mutations.ts';
import { addresses, findSession } from '../queries.ts';
import { SessionFacts } from './session-facts.tsx';
import { type Turn, TurnFields } from './turn-fields.tsx';

/** What was booked, and a reminder where one can come. */
const Booked = ({ booking }: { booking: OwnBooking }) => {
  const { t, language } = useWords();
  const { loaded, show } = useLoad(addresses, []);
  const { busy, wrong, said, run } = useDoing();
  const ways = loaded.state === 'ready' ? loaded.data : undefined;
  const byPhone = ways?.smsOffered && !ways.addresses.some(({ channel }) => channel === 'sms');
  return (
    <>
      <h1 tabIndex={-1}>✓ {t('reception.booked')}</h1>
      <div class="notice">
        <p class="stage">
          {formatDay(booking.at, language)} {formatTime(booking.at, language)}
        </p>
        <p>
          {t('reception.number', { n: booking.slot })} · {booking.session.place}
        </p>
        <p class="hint">{t(booking.session.way === 'place' ? 'reception.bookedHint' : 'legal.bookedHint')}</p>
      </div>
      {byPhone ? (
        <button type="button" class="wide" disabled={busy} onClick={() => run(async () => show(await remindByPhone()), t('me.kept'))}>
          {t('reception.remind')}
        </button>
      ) : null}
      <Outcome wrong={wrong} said={said} />
      <Link to="/me" class="button primary">
        {t('reception.seeMine')}
      </Link>
    </>
  );
};

/** Books one turn of a session, for oneself or somebody who agrees. */
export const BookPage = ({ id, own }: Pick<Own, 'own'> & { readonly id: string }) => {
  const { t } = useWords();
  const { loaded, reload } = useLoad((signal) => findSession(id, signal), [id]);
  const book = useMemo(prepareBooking, []);
  const [turn, setTurn] = useState<Turn>({ slot: 0, purpose: '', needs: [], companions: 0 });
  const [name, setName] = useState(own.name ?? '');
  const [onBehalf, setOnBehalf] = useState(false);
  const [other, setOther] = useState('');
  const [otherPhone, setOtherPhone] = useState('');
  const [missing, setMissing] = useState(false);
  const [booking, setBooking] = useState<OwnBooking>();
  const { busy, wrong, said, run } = useDoing();
  if (booking) return <Booked booking={booking} />;
  const session = loaded.state === 'ready' ? loaded.data : undefined;
  if (!session)
    return (
      <>
        <h1 tabIndex={-1}>{t('reception.book')}</h1>
        {loaded.state === 'ready' ? <p role="alert">{t('reception.gone')}</p> : <LoadState loaded={loaded} again={reload} />}
        <Link to="/reception" class="button">
          {t('reception.others')}
        </Link>
      </>
    );
  const isLegal = session.kind === 'legal';
  const send = (form: HTMLFormElement): void => {
    const whole = turn.purpose.trim() && name.trim() && (!onBehalf || other.trim());
    setMissing(!whole);
    if (!whole) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const { slot, purpose, needs, companions } = turn;
    run(() =>
      book({
        sessionId: id,
        ...(slot ? { slot } : {}),
        purpose: purpose.trim(),
        needs: [...needs],
        companions,
        name: name.trim(),
        ...(onBehalf ? { behalfOf: { name: other.trim() } } : {}),
        ...(isLegal && otherPhone.trim() ? { otherPhone: otherPhone.trim() } : {}),
      })
        .then(setBooking)
        .catch((problem) => {
          // Somebody else was quicker: what is left is shown.
          reload();
          setTurn((now) => ({ ...now, slot: 0 }));
          throw problem;
        }),
    );
  };
  return (
    <>
      <h1 tabIndex={-1}>{t(isLegal ? 'legal.book' : 'reception.book')}</h1>
      <div class="notice">
        <SessionFacts session={session} />
      </div>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send(event.currentTarget);
        }}
      >
        <TurnFields session={session} turn={turn} wrong={missing} onChange={(part) => setTurn((now) => ({ ...now, ...part }))} />
        <FormField id="name" label={t('me.name')} wrong={missing && !name.trim() ? t('misfit.missing') : undefined}>
          {(tied) => (
            <input
              {...tied}
              type="text"
              autocomplete="name"
              maxLength={60}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </FormField>
        <Tick label={t('reception.onBehalf')} hint={t('reception.onBehalfHint')} checked={onBehalf} onChange={setOnBehalf} />
        {onBehalf ? (
          <FormField id="other" label={t('report.behalfOfName')} wrong={missing && !other.trim() ? t('misfit.missing') : undefined}>
            {(tied) => (
              <input
                {...tied}
                type="text"
                autocomplete="off"
                maxLength={60}
                value={other}
                onInput={(event) => setOther(event.currentTarget.value)}
              />
            )}
          </FormField>
        ) : null}
        {isLegal ? (
          <FormField id="other-phone" label={t('legal.otherPhone')} hint={t('legal.otherPhoneHint')}>
            {(tied) => (
              <input
                {...tied}
                type="tel"
                autocomplete="off"
                maxLength={40}
                value={otherPhone}
                onInput={(event) => setOtherPhone(event.currentTarget.value)}
              />
            )}
          </FormField>
        ) : null}
        <p class="hint">{t(isLegal ? 'legal.privacy' : 'reception.privacy')}</p>
        <Outcome wrong={wrong} said={said} />
        <button type="submit" class="primary wide" disabled={busy}>
          {t(busy ? 'form.sending' : 'reception.submit')}
        </button>
      </form>
    </>
  );
};
