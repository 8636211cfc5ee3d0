import type { OwnCase } from '@tongxin/domain/account/schema.ts';
import { formatDay, formatTime } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { go, Link } from '../../../app/router.tsx';
import { FormField } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import type { Own } from '../../../lib/sign-in/signed-in.tsx';
import { claim, signIn } from '../mutations.ts';
import { bookings, cases } from '../queries.ts';
import { Follows } from './follows.tsx';
import { Helping } from './helping.tsx';

const Matter = ({ one }: { one: OwnCase }) => {
  const { t, l, language } = useWords();
  const by = one.dueAt
    ? t(one.overdue ? 'case.byLate' : one.dueProvisional ? 'case.byProvisional' : 'case.byDue', { day: formatDay(one.dueAt, language) })
    : '';
  return (
    <li>
      <Link to={`/r/${one.queryCode}`}>
        {one.title || one.number}
        <br />
        <small>
          {one.number} · {one.stageLabel ? l(one.stageLabel) : ''}
        </small>
        {one.office || by ? (
          <>
            <br />
            <small>{[one.office ? l(one.office) : '', by].filter(Boolean).join(' · ')}</small>
          </>
        ) : null}
        {one.mayAsk ? (
          <>
            <br />
            <strong>
              {one.mayAsk.until
                ? t('me.mayAskUntil', { what: l(one.mayAsk.label), day: formatDay(one.mayAsk.until, language) })
                : t('me.mayAsk', { what: l(one.mayAsk.label) })}
            </strong>
          </>
        ) : null}
      </Link>
    </li>
  );
};

const List = ({ title, none, list }: { title: string; none: string; list: readonly OwnCase[] }) => (
  <section>
    <h2>{title}</h2>
    {list.length ? (
      <ul class="list">
        {list.map((one) => (
          <Matter key={one.id} one={one} />
        ))}
      </ul>
    ) : (
      <p>{none}</p>
    )}
  </section>
);

/** Reception hours that were booked; what is over goes after a while by itself. */
const Bookings = () => {
  const { t, l, language } = useWords();
  const { loaded, reload } = useLoad(bookings, [language]);
  return (
    <section>
      <h2>{t('me.bookings')}</h2>
      {loaded.state !== 'ready' ? <LoadState loaded={loaded} again={reload} /> : null}
      {loaded.state === 'ready' && !loaded.data.length ? (
        <p>
          {t('reception.noneMine')} <Link to="/reception">{t('reception.title')}</Link> <Link to="/legal">{t('legal.title')}</Link>
        </p>
      ) : null}
      {loaded.state === 'ready' && loaded.data.length ? (
        <ul class="list">
          {loaded.data.map(({ id, at, slot, state, session }) => (
            <li key={id}>
              <Link to={`/booking/${id}`}>
                {formatDay(at, language)} {formatTime(at, language)} · {t('reception.number', { n: slot })}
                <br />
                <small>
                  {l(session.organizationLabel)} · {session.place} · {t(`reception.state.${state}`)}
                </small>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        <Link to="/advice">{t('legal.mine')}</Link>
      </p>
    </section>
  );
};

/** What a resident comes back for: where their matters stand, and the way to everything else of theirs. */
export const MyPage = ({ own }: Own) => {
  const { t, language } = useWords();
  const { loaded, reload, show } = useLoad(cases, [language]);
  const [code, setCode] = useState('');
  const { busy, wrong, said, run } = useDoing();
  return (
    <>
      <h1 tabIndex={-1}>{own.name ? t('me.greeting', { name: own.name }) : t('me.title')}</h1>
      {loaded.state === 'ready' ? (
        <>
          <List title={t('me.reports')} none={t('me.noReports')} list={loaded.data.filter(({ procedure }) => procedure !== 'letter')} />
          <List title={t('me.letters')} none={t('me.noLetters')} list={loaded.data.filter(({ procedure }) => procedure === 'letter')} />
        </>
      ) : (
        <LoadState loaded={loaded} again={reload} />
      )}
      <Helping />
      <Follows />
      <Bookings />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          run(async () => {
            show(await claim(code.replace(/\s/gu, '')));
            setCode('');
          }, t('me.claimed'));
        }}
      >
        <FormField id="claim" label={t('me.claim')} hint={t('me.claimHint')}>
          {(tied) => (
            <input
              {...tied}
              type="text"
              autocomplete="off"
              autocapitalize="characters"
              maxLength={40}
              value={code}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          )}
        </FormField>
        <button type="submit" class="wide" disabled={busy || code.trim().length < 8}>
          {t('me.claimSubmit')}
        </button>
        <Outcome wrong={wrong} said={said} />
      </form>
      <nav aria-label={t('me.more')} class="ways">
        {(['readings', 'settings', 'data'] as const).map((page) => (
          <Link key={page} to={`/me/${page}`} class="way">
            <strong>{t(`me.${page}`)}</strong>
            <span>{t(`me.${page}Hint`)}</span>
          </Link>
        ))}
      </nav>
      <button type="button" class="plain" onClick={() => run(() => signIn.signOut().then(() => go('/')))}>
        {t('me.signOut')}
      </button>
    </>
  );
};
